"""The recipe form: one row a recipe field, made from the fields' own descriptions.

Changing a row changes nothing yet: the button (or Enter) starts a new run with
what the form says. A recipe that cannot be trained is refused in one sentence
and the form stays as it is.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
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
    QVBoxLayout,
    QWidget,
)

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.initialisers import INITIALISERS
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe import Recipe, RecipeError, Setting, read_setting, settings
from nnviz.engine.schedules import SCHEDULES

_TABLES: dict[str, dict[str, Any]] = {
    "activation": dict(ACTIVATIONS),
    "output_activation": dict(ACTIVATIONS),
    "cost": dict(COSTS),
    "optimiser": dict(OPTIMISERS),
    "initialiser": dict(INITIALISERS),
    "schedule": dict(SCHEDULES),
}
_EDITOR_WIDTH = 112


class RecipeForm(QWidget):
    """Edits a recipe.

    Signals:
        chosen(Recipe): start a new run with this recipe.
        refused(str): the recipe is impossible; one sentence says why.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._recipe = Recipe()
        self._editors: dict[str, QComboBox | QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(7)
        rows.setContentsMargins(4, 4, 8, 4)
        for name, setting in settings().items():
            if name != "dataset":  # the data menu chooses it: a set may have to be loaded first
                self._add_row(rows, name, setting)
        inner = QWidget()
        inner.setLayout(rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        # Rows are scrolled up and down only, so the widest one sets the width.
        scroll.setMinimumWidth(inner.minimumSizeHint().width() + 8)
        self._start = QPushButton("Start new run")
        self._start.setToolTip("Begin again at step 0 with the recipe above (Enter).")
        self._start.clicked.connect(self.submit)
        self._revert = QPushButton("Revert")
        self._revert.setToolTip("Show the running recipe again.")
        self._revert.clicked.connect(lambda: self.show_recipe(self._recipe))
        buttons = QHBoxLayout()
        buttons.addWidget(self._start, 1)
        buttons.addWidget(self._revert)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll, 1)
        box.addLayout(buttons)
        self.show_recipe(self._recipe)

    def _add_row(self, rows: QFormLayout, name: str, setting: Setting) -> None:
        editor: QComboBox | QLineEdit
        if setting.choices:
            editor = QComboBox()
            table = _TABLES.get(name, {})
            for choice in setting.choices:
                entry = table.get(choice)
                editor.addItem(entry.label if entry else choice, choice)
                if entry:
                    tip = f"{entry.formula}\n{entry.use}"
                    editor.setItemData(editor.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            editor.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            editor.setMinimumContentsLength(6)
            editor.currentIndexChanged.connect(self._changed)
        else:
            editor = QLineEdit()
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            editor.textEdited.connect(self._changed)
            editor.returnPressed.connect(self.submit)
        editor.setObjectName(name)
        editor.setMinimumWidth(_EDITOR_WIDTH)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        editor.setToolTip(setting.help)
        editor.setAccessibleName(setting.label)
        label = QLabel(setting.label)
        label.setObjectName("FieldLabel")
        label.setToolTip(setting.help)
        label.setBuddy(editor)
        rows.addRow(label, editor)
        self._editors[name] = editor
        self._labels[name] = label

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the recipe of the run; what was typed and not started is forgotten."""
        self._recipe = recipe
        for name, editor in self._editors.items():
            text = _as_text(getattr(recipe, name))
            if isinstance(editor, QLineEdit):
                editor.setText(text)
                editor.setCursorPosition(0)
                continue
            editor.blockSignals(True)
            index = editor.findData(text)
            if index < 0:  # one activation a layer: a choice of its own
                editor.addItem(text.replace(",", " · "), text)
                index = editor.count() - 1
            editor.setCurrentIndex(index)
            editor.blockSignals(False)
        self._changed()

    def recipe(self) -> Recipe:
        """Return the recipe that the form says.

        Raises:
            RecipeError: a row cannot be read or the rows do not go together.
        """
        values: dict[str, Any] = {"dataset": self._recipe.dataset}
        for name, editor in self._editors.items():
            if isinstance(editor, QLineEdit):
                text = editor.text().strip()
            else:
                text = str(editor.currentData())
            values[name] = read_setting(name, text)
        return Recipe(**values)

    def submit(self) -> None:
        """Start a new run with what the form says, or say why that cannot be."""
        try:
            recipe = self.recipe()
        except RecipeError as error:
            self.refused.emit(str(error))
            return
        self.chosen.emit(recipe)

    def _changed(self) -> None:
        chosen = {
            editor.currentData()
            for name in ("optimiser", "schedule")
            if isinstance(editor := self._editors[name], QComboBox)
        }
        for name, setting in settings().items():
            if setting.used_by and name in self._editors:
                for widget in (self._editors[name], self._labels[name]):
                    widget.setVisible(not chosen.isdisjoint(setting.used_by))
        try:
            differs = self.recipe() != self._recipe
        except RecipeError:
            differs = True
        self._revert.setVisible(differs)
        self._start.setObjectName("Primary" if differs else "")
        self._start.style().unpolish(self._start)
        self._start.style().polish(self._start)


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    if isinstance(value, float):
        short = f"{value:g}"
        return short if float(short) == value else repr(value)
    return str(value)
