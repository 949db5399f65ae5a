"""The recipe form: one row a recipe field, made from the fields' own descriptions.

Changing a row changes nothing yet. The first button (or Enter) takes over what
the form says: as a change from here on, where a run is under way and everything
that differs may change in the middle of it; otherwise as a new run. A line above
the buttons says which of the two Enter will do; Enter with nothing new does
nothing. A recipe that cannot be trained is refused in one sentence and the form
stays as it is.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.naming import is_example
from nnviz.engine.changes import CHANGEABLE
from nnviz.engine.recipe import ALL, Recipe, RecipeError, Setting, read_setting, settings, used_by
from nnviz.numbers import editable
from nnviz.views.palette import Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.number_field import FieldUndo
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.fitting_letters import ChoiceField, FittingLetters
from nnviz.window.recipe.data_fields import DataFields

_EDITOR_WIDTH = 112
LEAST_ROWS = 60
"""Height of the rows at least, at a factor of 1; they scroll."""
_GOES_ON = "Enter: this run goes on with it from here."
_BEGINS = "Enter: a new run begins with it."
_COMES_BACK = f"{_BEGINS[:-1]}; Ctrl+Z brings this one back."


class RecipeForm(QWidget):
    """Edits a recipe.

    Signals:
        chosen(Recipe): start a new run with this recipe.
        changed(list): give these fields other values from here on: (name, value) each.
        refused(str): the recipe is impossible; one sentence says why.
        typed(Recipe): what the form says has changed, and is possible; nothing is in force yet.
    """

    chosen = Signal(object)
    changed = Signal(list)
    refused = Signal(str)
    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe = Recipe()
        self._usual: Recipe | None = None
        self._begun = False
        self._scale = TypeScale()
        self._editors: dict[str, ChoiceField | QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        # From the outside in: whatever moves under another parent is dressed anew, with all in it.
        scroll = _Rows(self)
        inner = QWidget(scroll)
        scroll.setWidget(inner)
        rows = QFormLayout(inner)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._data = DataFields(rows, inner)
        self._data.edited.connect(self._edited)
        self._data.submitted.connect(self.submit)
        for name, setting in settings().items():
            # The data menu chooses the data set, which may have to be loaded first; there are
            # fields for its parameters.
            if name != "dataset" and setting.typed:
                self._add_row(rows, name, setting)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows, self._inner, self._scroll = rows, inner, scroll
        tip = "Go on with this run, but with what is new above (Enter)."
        self._change = named(QPushButton("Change from here", self), tip=tip)
        self._change.clicked.connect(self.change)
        self._start = QPushButton("Start new run", self)
        self._start.clicked.connect(self.start)
        self._revert = named(QPushButton("Revert", self), tip="Show the running recipe again.")
        self._revert.clicked.connect(lambda: self.show_recipe(self._recipe))
        self._hint = named(QLabel(self, wordWrap=True), "enter_hint")
        tip = (
            "Write the usual values for this data set into the rows above; nothing is in force yet."
        )
        self._defaults = named(QToolButton(self), "defaults", tip=tip)
        self._defaults.setText("Defaults")
        self._defaults.clicked.connect(self.fill_in_defaults)
        said = QHBoxLayout()
        said.addWidget(self._hint, 1)
        said.addWidget(self._defaults)
        buttons = QHBoxLayout()
        buttons.addWidget(self._start, 1)
        buttons.addWidget(self._revert)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._box = box
        box.addWidget(scroll, 1)
        box.addLayout(said)
        box.addWidget(self._change)
        box.addLayout(buttons)
        self.show_recipe(self._recipe)

    def _add_row(self, rows: QFormLayout, name: str, setting: Setting) -> None:
        editor: ChoiceField | QLineEdit
        if setting.choices:
            editor = ChoiceField(rows.parentWidget())
            for choice in setting.choices:
                entry = setting.table.get(choice)
                editor.addItem(entry.label if entry else choice.replace("_", " "), choice)
                if entry:
                    tip = f"{entry.formula}\n{entry.use}"
                    editor.setItemData(editor.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            editor.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            editor.setMinimumContentsLength(6)
            editor.currentIndexChanged.connect(self._edited)
        else:
            editor = QLineEdit(rows.parentWidget())
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            editor.textEdited.connect(self._edited)
            editor.returnPressed.connect(self.submit)
            FieldUndo(editor)
            FittingLetters(editor)
        named(editor, name, tip=setting.help, said=setting.label)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        label = named(QLabel(setting.label, rows.parentWidget()), "FieldLabel", tip=setting.help)
        label.setBuddy(editor)
        rows.addRow(label, editor)
        self._editors[name] = editor
        self._labels[name] = label

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        space = theme.scale.space
        self._rows.setHorizontalSpacing(space(12))
        self._rows.setVerticalSpacing(space(7))
        self._rows.setContentsMargins(space(4), space(4), space(8), space(4))
        self._box.setSpacing(space(7))
        for editor in self._editors.values():
            editor.setMinimumWidth(space(_EDITOR_WIDTH))
        self._data.set_scale(theme.scale, space(_EDITOR_WIDTH))
        for letters in self.findChildren(FittingLetters):
            letters.set_scale(theme.scale)
        self._scale = theme.scale
        self._fit_width()

    def _fit_width(self) -> None:
        space = self._scale.space
        # Rows are scrolled up and down only, so the widest one sets the width.
        self._rows.invalidate()
        self._scroll.setMinimumWidth(self._inner.minimumSizeHint().width() + space(8))
        self._scroll.setMinimumHeight(space(LEAST_ROWS))

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the recipe of the run; what was typed and not started is forgotten."""
        self._recipe = recipe
        self._show_data()
        for name in self._editors:
            self._show_row(name)
        self._edited()

    def follow(self, recipe: Recipe, *, begun: bool, usual: Recipe | None = None) -> None:
        """Show what has changed in the recipe of the run; other rows keep what was typed.

        Args:
            recipe: of the run as it is now.
            begun: True once the run has gone beyond step 0, so that there is something to
                go on with.
            usual: what a run on its data set starts with; None where nobody knows.
        """
        before = self._recipe
        if recipe == before and begun == self._begun and usual == self._usual:
            return
        self._recipe, self._begun, self._usual = recipe, begun, usual
        if recipe.dataset != before.dataset:
            self._show_data()
        for name in self._editors:
            if getattr(recipe, name) != getattr(before, name):
                self._show_row(name)
        self._edited()

    def _show_data(self) -> None:
        if self._data.show(self._recipe.dataset):
            self._data.set_scale(self._scale, self._scale.space(_EDITOR_WIDTH))
            self._fit_width()

    def fill_in_defaults(self) -> None:
        """Write the usual values for the data set into the rows; nothing is in force yet."""
        if self._usual is not None:
            for name in self._editors:
                self._show_row(name, self._usual)
            self._edited()

    def _show_row(self, name: str, recipe: Recipe | None = None) -> None:
        editor, text = self._editors[name], _as_text(getattr(recipe or self._recipe, name))
        if isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.setCursorPosition(0)
            return
        editor.blockSignals(True)
        index = editor.findData(text)
        if index < 0:  # one activation a layer: a choice of its own
            editor.addItem(text.replace(",", " · "), text)
            index = editor.count() - 1
        editor.setCurrentIndex(index)
        editor.blockSignals(False)
        editor.letters.fit()

    def recipe(self, *, anew: bool = False) -> Recipe:
        """Return the recipe that the form says.

        Args:
            anew: True for that of a new run. All parameters train in it, unless some were typed
                for it or belong to an example: a switch of the run before is not one of the next.

        Raises:
            RecipeError: a row cannot be read or the rows do not go together.
        """
        values = {name: self._value(name) for name in self._editors}
        if anew and values["trained"] == self._recipe.trained:
            values["trained"] = self._anew(self._recipe).trained
        names = self._recipe.parameter_names
        return Recipe(dataset=self._data.dataset(), parameter_names=names, **values)

    def _anew(self, recipe: Recipe) -> Recipe:
        """Return a recipe for a new run: all train in it, but for those of an example."""
        return recipe if is_example(recipe.dataset) else replace(recipe, trained=ALL)

    def _value(self, name: str) -> Any:
        editor = self._editors[name]
        if isinstance(editor, QLineEdit):
            value = read_setting(name, editor.text().strip())
            inputs = self._data.inputs() if name == "layers" else None
            return value if inputs is None else (inputs, *value[1:])
        return read_setting(name, str(editor.currentData()))

    def submit(self) -> None:
        """Take over what the form says: as a change where that can be, else as a new run."""
        differing = self._differing()
        if not differing or self._goes_on_with(differing):
            self.change()
        else:
            self.start()

    def _goes_on_with(self, names: list[str]) -> bool:
        """Tell whether the run under way can go on with other values of these fields."""
        return self._begun and set(names) <= set(CHANGEABLE)

    # -- fields one by one ------------------------------------------------------------------------

    def fields(self) -> dict[str, bool]:
        """Return the fields that have a row, by name, and whether the recipe uses each of them."""
        return {name: not editor.isHidden() for name, editor in self._editors.items()}

    def edit_field(self, name: str) -> None:
        """Take the keys into the row of a field; what is typed replaces its value."""
        editor = self._editors[name]
        self._scroll.ensureWidgetVisible(editor)
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def set_field(self, name: str, value: Any) -> None:
        """Take over another value of one field, as Enter in its row does; other rows stay.

        Where the run cannot go on with it a new run begins.
        """
        if self._goes_on_with([name]):
            self.changed.emit([(name, value)])
            return
        try:
            self.chosen.emit(replace(self._anew(self._recipe), **{name: value}))
        except RecipeError as error:
            self.refused.emit(str(error))

    def goes_on_with(self, name: str) -> bool:
        """Tell whether the run under way goes on with another value of a field."""
        return self._goes_on_with([name])

    # -- what the buttons do ----------------------------------------------------------------------

    def start(self) -> None:
        """Start a new run with what the form says, or say why that cannot be."""
        recipe = self._recipe_or_refusal(anew=True)
        if recipe is not None:
            self.chosen.emit(recipe)

    def change(self) -> None:
        """Go on with what the form says, or say why that cannot be; nothing new is no change."""
        recipe = self._recipe_or_refusal()
        if recipe is not None:
            self.changed.emit([(name, getattr(recipe, name)) for name in self._differing()])

    def _recipe_or_refusal(self, *, anew: bool = False) -> Recipe | None:
        try:
            return self.recipe(anew=anew)
        except RecipeError as error:
            self.refused.emit(str(error))
            return None

    def _differing(self, recipe: Recipe | None = None) -> list[str]:
        """Return the fields whose rows say something else than a recipe; that of the run."""
        return [name for name in (*self._editors, "dataset") if self._differs(name, recipe)]

    def _differs(self, name: str, recipe: Recipe | None) -> bool:
        try:
            value = self._data.dataset() if name == "dataset" else self._value(name)
        except RecipeError:
            return True
        return bool(value != getattr(recipe or self._recipe, name))

    def _edited(self) -> None:
        chosen = {
            editor.currentData()
            for editor in self._editors.values()
            if isinstance(editor, QComboBox)
        }
        for name, editor in self._editors.items():
            if users := used_by(name):
                for widget in (editor, self._labels[name]):
                    widget.setVisible(not chosen.isdisjoint(users))
        with suppress(RecipeError):  # it is refused in a sentence when it is taken over
            self.typed.emit(self.recipe())
        differing = self._differing()
        change = bool(differing) and self._goes_on_with(differing)
        self._change.setVisible(change)
        self._revert.setVisible(bool(differing))
        self._say_what_enter_does(differing, change=change)
        self._defaults.setEnabled(self._usual is not None and bool(self._differing(self._usual)))
        _make_primary(self._change, change)
        _make_primary(self._start, bool(differing) and not change)

    def _say_what_enter_does(self, differing: list[str], *, change: bool) -> None:
        """Say it in one line where something is new, and in every row's tip."""
        begins = _COMES_BACK if self._begun else _BEGINS
        self._hint.setText("" if not differing else _GOES_ON if change else begins)
        enter = " (Enter)" if differing and not change else ""
        self._start.setToolTip(f"Begin again at step 0 with the recipe above{enter}.")
        for name, editor in self._editors.items():
            if isinstance(editor, QLineEdit):
                goes_on = self._goes_on_with([*differing, name])
                editor.setToolTip(f"{settings()[name].help}\n{_GOES_ON if goes_on else begins}")
            else:  # its text may end with …
                editor.setToolTip(f"{editor.currentText()}\n{settings()[name].help}")


class _Rows(QScrollArea):
    """Rows that scroll; the one being edited stays in sight when buttons come up below."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the row that has the focus."""
        super().resizeEvent(event)
        row = self.focusWidget()
        if row is not None and row.hasFocus():
            self.ensureWidgetVisible(row, 0, row.height() // 2)  # the cursor counts, not the row


def _make_primary(button: QPushButton, primary: bool) -> None:
    name = "Primary" if primary else ""
    if button.objectName() != name:
        button.setObjectName(name)
        button.style().unpolish(button)
        button.style().polish(button)


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    if isinstance(value, float):
        return editable(value)
    return str(value)
