"""Fields for the parameters of the data set in use, as rows of the recipe form.

They come and go with the kind of data. What they say is the name of a data set, so a change of
them is one of the recipe's.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from nnviz.data.dataset import DataError
from nnviz.data.naming import referred, source_of
from nnviz.data.options import INPUTS, Option, options_of, with_options
from nnviz.engine.recipe import RecipeError
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.window.recipe.group_head import GroupHead
from nnviz.window.recipe.row import Row, typed_field
from nnviz.window.recipe.switches import Switches


class DataFields(QObject):
    """The rows, below the head of their group.

    Signals:
        edited(): something was typed or switched.
        submitted(): Enter was pressed in a field.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, form: QFormLayout, head: GroupHead, at: int, within: QWidget) -> None:
        """Put rows into a form, from this one on: below the head of their group.

        All of them stand within a widget.
        """
        super().__init__(within)
        self._form, self._head, self._at, self._within = form, head, at, within
        self._theme = DARK
        self._open = True
        self._dataset = ""
        self._name = ""
        self._options: tuple[Option, ...] = ()
        self._typed: tuple[Option, ...] = ()
        self._shown: dict[str, Any] = {}
        self._rows: dict[str, Row] = {}

    @property
    def any(self) -> bool:
        """True where there are rows."""
        return bool(self._rows)

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

    def show_rows(self, *, on: bool) -> None:
        """Be in the form, or folded away."""
        self._open = on
        for row in self._rows.values():
            row.show_row(on=on)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        for row in self._rows.values():
            row.set_theme(theme)
            if isinstance(row.editor, Switches):
                row.editor.set_scale(theme.scale)

    def least_width(self) -> int:
        """Return how wide the widest row that takes all of a form must be."""
        wide = [row for row in self._rows.values() if isinstance(row.editor, Switches)]
        return max((row.minimumSizeHint().width() for row in wide), default=0)

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

    def mark(self) -> list[str]:
        """Mark what is other than the data set has it by default; return the labels of that."""
        changed = []
        for option in self._typed:
            try:
                other = self._read(option) != option.default
            except DataError:
                other = True
            self._rows[option.name].mark(option.shown(option.default) if other else None)
            if other:
                changed.append(option.label)
        return changed

    def restore(self) -> None:
        """Write what the data set has by default."""
        for option in self._typed:
            self._write(option, option.default)

    def _restore(self, option: Option) -> None:
        self._write(option, option.default)
        self.edited.emit()

    def _values(self) -> dict[str, Any]:
        try:
            return {**self._shown, **{one.name: self._read(one) for one in self._typed}}
        except DataError as error:
            raise RecipeError(str(error)) from None

    def _read(self, option: Option) -> Any:
        editor = self._rows[option.name].editor
        if isinstance(editor, Switches):
            return editor.chosen()
        assert isinstance(editor, QLineEdit)
        text = editor.text().strip()
        return option.read(text.removesuffix(option.unit).strip() if option.unit else text)

    def _write(self, option: Option, value: Any) -> None:
        editor = self._rows[option.name].editor
        if isinstance(editor, Switches):
            editor.choose(value)
        elif isinstance(editor, QLineEdit):
            editor.setText(option.shown(value))
            editor.setCursorPosition(0)

    def _make_rows(self) -> None:
        for row in self._rows.values():
            self._form.removeRow(row)
        self._rows.clear()
        for place, option in enumerate(self._typed, self._at):
            editor = self._editor(option)
            tip = option.help if option.choices else f"{option.help}\nIt takes {option.takes}."
            named(editor, f"data_{option.name}", tip=tip, said=option.label)
            wide = isinstance(editor, Switches)
            row = Row(option.label, editor, self._within, wide=wide)
            if isinstance(editor, Switches):
                editor.put_behind(row.label)
            row.put_into(self._form, place)
            row.restored.connect(partial(self._restore, option))
            row.show_row(on=self._open)
            self._rows[option.name] = row
        self.set_theme(self._theme)
        self._put_first()

    def _editor(self, option: Option) -> QLineEdit | Switches:
        if option.choices:
            switches = Switches(option.choices, self._within)
            switches.changed.connect(self.edited)
            return switches
        scale, edited, submit = self._theme.scale, self.edited, self.submitted
        return typed_field(option.zero, scale, edited, submit, self._within)

    def _put_first(self) -> None:
        """Let Tab go through these rows before the others of the group, which were there first."""
        before = self._head.stops[-1]
        for row in self._rows.values():
            for stop in row.stops:
                QWidget.setTabOrder(before, stop)
                before = stop
