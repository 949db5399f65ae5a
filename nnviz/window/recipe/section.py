"""A section of the recipe form: the rows of one group, behind a head where the group folds."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFormLayout, QWidget

from nnviz.engine.settings import Group
from nnviz.views.palette import Theme
from nnviz.window.recipe.data_fields import DataFields
from nnviz.window.recipe.group_head import GroupHead
from nnviz.window.recipe.row import Row


class Section(QObject):
    """One group: opens and folds, and says what has been changed in it.

    Attributes:
        head: its title; None where it does not fold.
        rows: by the names of the recipe's fields.
        data: the rows of the data set's own parameters, where they stand in it.
        turned: True once it has been opened by hand, False once it has been folded; None until
            then: it is folded, unless it has parameters of the data set.

    Signals:
        turned_by_hand(): it has just been opened, or folded.
        restored(): the usual values of all its rows are wanted.
    """

    turned_by_hand = Signal()
    restored = Signal()

    def __init__(self, group: Group, form: QFormLayout, within: QWidget) -> None:
        """Begin with the head alone, at the end of a form."""
        super().__init__(within)
        self.head = GroupHead(group, within) if group.folds else None
        self.rows: dict[str, Row] = {}
        self.data: DataFields | None = None
        self.turned: bool | None = None
        if self.head is not None:
            form.addRow(self.head)
            self.head.turned.connect(self._turn)
            self.head.restored.connect(self.restored)

    @property
    def open(self) -> bool:
        """True where its rows are to be seen."""
        if self.head is None:
            return True
        return self.turned if self.turned is not None else bool(self.data and self.data.any)

    def _turn(self, open: bool) -> None:
        had_keys = self._has_keys()
        self.turned = open
        self.turned_by_hand.emit()
        if had_keys and not open and self.head is not None:
            self.head.button.setFocus()

    def _has_keys(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and any(row.isAncestorOf(focused) for row in self.rows.values())

    def show_rows(self, of_use: Callable[[str], bool]) -> None:
        """Show the rows that are of use, where it is open."""
        open = self.open
        if self.head is not None:
            self.head.turn(open=open)
        if self.data is not None:
            self.data.show_rows(on=open)
        for name, row in self.rows.items():
            row.show_row(on=open and of_use(name))

    def parts_in_sight(self) -> list[QWidget]:
        """Return its last row and its head, as far as they are shown."""
        shown = [row for row in self.rows.values() if not row.isHidden()]
        return [*shown[-1:], *([] if self.head is None else [self.head])]

    def mark(self, usual: Mapping[str, str]) -> bool:
        """Mark rows whose values are other than usual ones, which are given; tell whether any is.

        The data set's own parameters are marked where they are other than by default.
        """
        changed = [] if self.data is None else self.data.mark()
        for name, row in self.rows.items():
            row.mark(usual.get(name))
            if name in usual:
                changed.append(row.label.text())
        if self.head is not None:
            self.head.say(changed)
        return bool(changed)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        if self.head is not None:
            self.head.set_theme(theme)
        if self.data is not None:
            self.data.set_theme(theme)
        for row in self.rows.values():
            row.set_theme(theme)
