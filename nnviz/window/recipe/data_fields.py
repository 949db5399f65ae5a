"""Fields for the parameters of the data set in use, as rows of the recipe form.

They come and go with the kind of data. What they say is the name of a data set, so a change of
them is one of the recipe's.
"""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from nnviz.data.dataset import DataError
from nnviz.data.naming import referred, source_of
from nnviz.data.options import INPUTS, Option, options_of, with_options
from nnviz.engine.recipe import RecipeError
from nnviz.numbers import MINUS
from nnviz.views.shared.named import named
from nnviz.views.shared.number_field import FieldUndo
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.fitting_letters import FittingLetters

ACROSS = 4
"""Switches beside each other."""


class DataFields(QObject):
    """The rows, above those of the recipe's own fields.

    Signals:
        edited(): something was typed or switched.
        submitted(): Enter was pressed in a field.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, rows: QFormLayout, within: QWidget) -> None:
        """Put rows into a form, whose fields stand within a widget."""
        super().__init__(within)
        self._rows, self._within = rows, within
        self._scale = TypeScale()
        self._dataset = ""
        self._name = ""
        self._options: tuple[Option, ...] = ()
        self._typed: tuple[Option, ...] = ()
        self._shown: dict[str, Any] = {}
        self._editors: dict[str, QLineEdit | Switches] = {}

    def show(self, dataset: str) -> bool:
        """Show what a data set's name says; tell whether the rows are others than before."""
        reference = referred(dataset)
        source = source_of(reference.name)
        options = () if source is None else source.options
        others = options != self._options
        self._dataset, self._name, self._options = dataset, reference.name, options
        self._typed = tuple(option for option in options if option.typed)
        if others:
            self._make_rows()
        self._shown = options_of(reference, options) if options else {}
        for option in self._typed:
            self._write(option, self._shown[option.name])
        return others

    def set_scale(self, scale: TypeScale, least: int) -> None:
        """Follow the scale; no field is narrower than the least width, in pixels."""
        self._scale = scale
        for editor in self._editors.values():
            if isinstance(editor, Switches):
                editor.set_scale(scale)
            else:
                editor.setMinimumWidth(least)

    def dataset(self) -> str:
        """Return the name of the data set that the fields say.

        Raises:
            RecipeError: a field cannot be read; the sentence says what it takes.
        """
        values = self._values()
        if values == self._shown:
            return self._dataset
        return str(with_options(self._name, values, self._options))

    def inputs(self) -> int | None:
        """Return how many inputs a network for other data than those shown first has.

        None where they are the same, or where nobody knows.

        Raises:
            RecipeError: as `dataset`.
        """
        values = self._values()
        return None if values == self._shown or INPUTS not in values else len(values[INPUTS])

    def _values(self) -> dict[str, Any]:
        try:
            return {**self._shown, **{one.name: self._read(one) for one in self._typed}}
        except DataError as error:
            raise RecipeError(str(error)) from None

    def _read(self, option: Option) -> Any:
        editor = self._editors[option.name]
        if isinstance(editor, Switches):
            return editor.chosen()
        text = editor.text().strip()
        return option.read(text.removesuffix(option.unit).strip() if option.unit else text)

    def _write(self, option: Option, value: Any) -> None:
        editor = self._editors[option.name]
        if isinstance(editor, Switches):
            editor.choose(value)
        else:
            editor.setText(f"{option.write(value).replace('-', MINUS)}{option.unit}")
            editor.setCursorPosition(0)

    def _make_rows(self) -> None:
        for editor in self._editors.values():
            self._rows.removeRow(editor)
        self._editors.clear()
        for place, option in enumerate(self._typed):
            editor = self._editor(option)
            tip = option.help if option.choices else f"{option.help}\nIt takes {option.takes}."
            named(editor, f"data_{option.name}", tip=tip, said=option.label)
            self._editors[option.name] = editor
            label = named(QLabel(option.label, self._within), "FieldLabel", tip=tip)
            label.setBuddy(editor)
            if isinstance(editor, Switches):
                editor.put_behind(label)
                self._rows.insertRow(place, editor)
            else:
                self._rows.insertRow(place, label, editor)
        self._put_first()

    def _editor(self, option: Option) -> "QLineEdit | Switches":
        if option.choices:
            switches = Switches(option.choices, self._within)
            switches.changed.connect(self.edited)
            return switches
        field = QLineEdit(self._within)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.textEdited.connect(self.edited)
        field.returnPressed.connect(self.submitted)
        FieldUndo(field)
        FittingLetters(field).set_scale(self._scale)
        return field

    def _put_first(self) -> None:
        """Let Tab go through these rows before the others, which were there first."""
        stops = [stop for editor in self._editors.values() for stop in _stops(editor)]
        role = QFormLayout.ItemRole.FieldRole
        following = self._rows.itemAt(len(self._typed), role)
        own = None if following is None else following.widget()
        if stops and own is not None:
            before = own.previousInFocusChain()
            for stop in (*stops, own):
                if before is not None:
                    QWidget.setTabOrder(before, stop)
                before = stop


class Switches(QWidget):
    """Buttons that are on or off, at least one of them on.

    Signals:
        changed(): another one is on, or one is off.
    """

    changed = Signal()

    def __init__(self, choices: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, QToolButton] = {}
        for place, (name, symbol) in enumerate(choices):
            tip = f"Give the network {symbol} of each point, or not."
            button = named(QToolButton(self), f"switch_{name}", tip=tip, said=symbol)
            button.setText(symbol)
            button.setCheckable(True)
            button.setProperty("switch", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, button=button: self._clicked(button))
            row, column = divmod(place, ACROSS)
            self._grid.addWidget(button, row, column + 1)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.buttons[name] = button
        self.setFocusProxy(self.buttons[choices[0][0]])

    def put_behind(self, label: QLabel) -> None:
        """Stand behind a label, in the same row."""
        self._grid.addWidget(label, 0, 0)
        self._grid.setColumnStretch(0, 1)

    def set_scale(self, scale: TypeScale) -> None:
        """Follow the scale."""
        self._grid.setSpacing(scale.space(3))

    def chosen(self) -> tuple[str, ...]:
        """Return the names of those that are on, in their order."""
        return tuple(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, names: tuple[str, ...]) -> None:
        """Let these be on and no others."""
        for name, button in self.buttons.items():
            button.setChecked(name in names)

    def _clicked(self, button: QToolButton) -> None:
        if self.chosen():
            self.changed.emit()
        else:
            button.setChecked(True)  # the last one stays on


def _stops(editor: QLineEdit | Switches) -> list[QWidget]:
    return list(editor.buttons.values()) if isinstance(editor, Switches) else [editor]
