"""The rows of the recipe form: one a recipe field, in groups that fold.

Rows and groups are made from what the fields say of themselves.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLineEdit, QScrollArea, QWidget

from nnviz.engine.recipe import Recipe, RecipeError, Setting, settings
from nnviz.engine.recipe_settings import group_of, used_by
from nnviz.engine.settings import DATA, GROUPS
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.window.fitting_letters import ChoiceField, FittingLetters
from nnviz.window.recipe.data_fields import DataFields
from nnviz.window.recipe.row import EDITOR_WIDTH, MARK, Row, choice_field, typed_field
from nnviz.window.recipe.section import Section

LEAST_ROWS = 60
"""Height of the rows at least, at a factor of 1; they scroll."""
GAP = 8
"""Between a label and its field, at a factor of 1."""
_GROUPS = "groups"


class RecipeFields(QScrollArea):
    """Shows a recipe in rows, and reads what they say.

    Attributes:
        editors: what is typed or chosen in, by the field's name.

    Signals:
        edited(): they say something else, or may do so.
        submitted(): Enter was pressed in one of them.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._usual: Recipe | None = None
        self._sections: dict[str, Section] = {}
        self.editors: dict[str, ChoiceField | QLineEdit] = {}
        # From the outside in: whatever moves under another parent is dressed anew, with all in it.
        self._inner = QWidget(self)
        self.setWidget(self._inner)
        self._form = QFormLayout(self._inner)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        places = {name: group_of(name) for name in settings()}
        for group in GROUPS:
            section = Section(group, self._form, self._inner)
            section.turned_by_hand.connect(partial(self._turned, section))
            section.restored.connect(partial(self._restore_group, section))
            self._sections[group.name] = section
            if group == DATA and section.head is not None:
                first = self._form.rowCount()
                section.data = self._data = DataFields(self._form, section.head, first, self._inner)
            for name, setting in settings().items():
                # The data menu chooses the data set, which may have to be loaded first; there are
                # fields for its parameters.
                if name != "dataset" and setting.typed and places[name] == group:
                    section.rows[name] = self._row(name, setting)
        self._data.edited.connect(self.edited)
        self._data.submitted.connect(self.submitted)
        self._show_rows()  # what is folded is not laid out
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _row(self, name: str, setting: Setting) -> Row:
        editor: ChoiceField | QLineEdit
        edited, submit = self.edited, self.submitted
        if setting.choices:
            editor = choice_field(setting, edited, self._inner)
        else:
            editor = typed_field(setting.zero, self._theme.scale, edited, submit, self._inner)
        self.editors[name] = named(editor, name, tip=setting.help, said=setting.label)
        row = Row(setting.label, editor, self._inner)
        row.put_into(self._form, self._form.rowCount())
        row.restored.connect(partial(self._restore, name))
        return row

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space = theme.scale.space
        self._form.setHorizontalSpacing(space(GAP))
        self._form.setVerticalSpacing(space(5))
        self._form.setContentsMargins(space(4), space(4), space(4), space(4))
        for section in self._sections.values():
            section.set_theme(theme)
        for letters in self.findChildren(FittingLetters):
            letters.set_scale(theme.scale)
        self._fit_width()

    def _fit_width(self) -> None:
        """Be as wide as the widest row, in sight or not: rows are scrolled up and down only."""
        space, sections = self._theme.scale.space, self._sections.values()
        labels = [row.label for section in sections for row in section.rows.values()]
        for label in labels:
            label.ensurePolished()
        widest = max(label.sizeHint().width() for label in labels)
        labels[0].setMinimumWidth(widest)  # it is always in sight, so no column moves
        needed = widest + sum(space(each) for each in (GAP, EDITOR_WIDTH, 2, MARK))
        heads = [section.head.least_width() for section in sections if section.head is not None]
        self.setMinimumWidth(max(needed, self._data.least_width(), *heads) + space(16))
        self.setMinimumHeight(space(LEAST_ROWS))

    # -- what they show ---------------------------------------------------------------------------

    def show_data(self, dataset: str) -> None:
        """Show the parameters of a data set."""
        if self._data.show(dataset):
            self._fit_width()

    def show_field(self, name: str, recipe: Recipe) -> None:
        """Show one field of a recipe."""
        editor, text = self.editors[name], settings()[name].written(getattr(recipe, name))
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

    def value(self, name: str) -> Any:
        """Return what a row says; what all of the data's rows say for the data set.

        Raises:
            RecipeError: it cannot be read.
        """
        if name == "dataset":
            return self._data.dataset()
        setting, editor = settings()[name], self.editors[name]
        if isinstance(editor, QLineEdit):
            value = setting.read(name, editor.text().strip())
            inputs = self._data.inputs() if name == "layers" else None
            return value if inputs is None else (inputs, *value[1:])
        return setting.read(name, str(editor.currentData()))

    def differing(self, recipe: Recipe) -> list[str]:
        """Return the fields whose rows say something else than a recipe."""
        return [name for name in (*self.editors, "dataset") if self._differs(name, recipe)]

    def _differs(self, name: str, recipe: Recipe) -> bool:
        try:
            return bool(self.value(name) != getattr(recipe, name))
        except RecipeError:
            return True

    def of_use(self, name: str) -> bool:
        """Tell whether what is chosen in other rows reads a field."""
        users = used_by(name)
        choices = (one for one in self.editors.values() if isinstance(one, QComboBox))
        return not users or any(choice.currentData() in users for choice in choices)

    # -- what is usual ----------------------------------------------------------------------------

    def follow(self, usual: Recipe | None) -> bool:
        """Show the rows that are of use, and mark what is changed; tell whether anything is.

        Args:
            usual: what a run on these data starts with; None where nobody knows.
        """
        self._usual = usual
        self._show_rows()
        marked = [section.mark(self._changed(section)) for section in self._sections.values()]
        return any(marked)

    def _changed(self, section: Section) -> dict[str, str]:
        """Return the fields that are changed and of use, and what they usually are, in words."""
        usual = self._usual
        if usual is None:
            return {}
        names = [name for name in section.rows if self.of_use(name) and self._differs(name, usual)]
        return {name: _in_words(name, getattr(usual, name)) for name in names}

    def restore_usual(self) -> None:
        """Write the usual values into all rows."""
        for section in self._sections.values():
            self._write_usual(section)
        self.edited.emit()

    def _restore_group(self, section: Section) -> None:
        self._write_usual(section)
        self.edited.emit()

    def _write_usual(self, section: Section) -> None:
        if section.data is not None:
            section.data.restore()
        if self._usual is not None:
            for name in section.rows:
                self.show_field(name, self._usual)

    def _restore(self, name: str) -> None:
        if self._usual is not None:
            self.show_field(name, self._usual)
            self.edited.emit()

    # -- folding ----------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return which groups have been opened and folded by hand, as plain values."""
        turned = {name: section.turned for name, section in self._sections.items()}
        known = {name: open for name, open in turned.items() if open is not None}
        return {_GROUPS: known} if known else {}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Open and fold groups as they were; what is unknown is left out."""
        turned = kept.get(_GROUPS)
        if isinstance(turned, Mapping):
            for name, section in self._sections.items():
                open = turned.get(name)
                section.turned = open if isinstance(open, bool) else None
            self._show_rows()

    def edit_field(self, name: str) -> None:
        """Take the keys into the row of a field, whose group opens; what is typed replaces it."""
        section = self._sections[group_of(name).name]
        if not section.open:
            section.turned = True
            self._turned(section)
        editor = self.editors[name]
        self.ensureWidgetVisible(editor)
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def _turned(self, section: Section) -> None:
        self._show_rows()
        # The room to scroll in grows only when this has been heard of.
        QCoreApplication.sendPostedEvents(self._inner, QEvent.Type.LayoutRequest.value)
        if section.open:
            for part in section.parts_in_sight():
                self.ensureWidgetVisible(part, 0, 0)

    def _show_rows(self) -> None:
        for section in self._sections.values():
            section.show_rows(self.of_use)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row that has the focus in sight when buttons come up below."""
        super().resizeEvent(event)
        row = self.focusWidget()
        if row is not None and row.hasFocus():
            self.ensureWidgetVisible(row, 0, row.height() // 2)  # the cursor counts, not the row


def _in_words(name: str, value: object) -> str:
    setting = settings()[name]
    entry = setting.table.get(value) if isinstance(value, str) else None
    return entry.label if entry else setting.written(value)
