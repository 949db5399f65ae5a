"""The head of a group of rows: opens and folds it, and says what has been changed in it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from nnviz.engine.settings import Group
from nnviz.numbers import integer
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.window.recipe.row import dress_restore, restore_button
from nnviz.window.theme import icon

ARROW = 12
"""Side of the arrow at a factor of 1."""


MOST = 10
"""So many changed values have room for their number."""


def _changed(count: int) -> str:
    return f"{integer(count)} changed"


class GroupHead(QWidget):
    """The title of a group, which is a button, and how many of its values have been changed.

    Signals:
        turned(bool): it has been opened, or folded, by hand.
        restored(): the usual values of the group are wanted.
    """

    turned = Signal(bool)
    restored = Signal()

    def __init__(self, group: Group, parent: QWidget) -> None:
        super().__init__(parent)
        self._group, self._theme = group, DARK
        self.setObjectName("GroupHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.button = named(QToolButton(self), f"group_{group.name}")
        self.button.setText(group.title)
        self.button.setProperty("head", True)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.toggled.connect(self._dress_arrow)
        self.button.clicked.connect(self.turned)
        self._count = named(QLabel(self), f"changed_{group.name}")
        usual = f"the usual values of {group.title.lower()}"
        self._restore = restore_button(self, f"restore_group_{group.name}", f"Restore {usual}")
        tip = f"Defaults: write {usual} for these data; nothing is in force yet."
        self._restore.setToolTip(tip)
        self._restore.clicked.connect(self._clicked)
        self._box = QHBoxLayout(self)
        self._box.addWidget(self.button, 1)
        self._box.addWidget(self._count)
        self._box.addWidget(self._restore)
        self.say([])

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes to, in its order."""
        return [self.button, self._restore]

    @property
    def open(self) -> bool:
        """True where the rows of the group are to be seen."""
        return self.button.isChecked()

    def turn(self, *, open: bool) -> None:
        """Open it, or fold it."""
        self.button.setChecked(open)

    def least_width(self) -> int:
        """Return how wide it must be, whatever it says."""
        words = self._count.fontMetrics().horizontalAdvance(_changed(MOST))
        return self.button.sizeHint().width() + words + 2 * self._restore.width()

    def say(self, changed: Sequence[str]) -> None:
        """Say which of the group's values have been changed, by their labels."""
        count = len(changed)
        self._count.setText(_changed(count) if count else "")
        self._restore.setVisible(bool(count))
        said = f"\nChanged: {', '.join(changed)}." if count else ""
        does = "Fold" if self.open else "Open"
        tip = f"{self._group.help}{said}\n{does} it by a click, or Space."
        self.button.setToolTip(tip)
        self._count.setToolTip(tip)
        name = f"{self._group.title}, {self._count.text()}" if count else self._group.title
        self.button.setAccessibleName(name)

    def _clicked(self) -> None:
        self.button.setFocus()  # the other one goes away
        self.restored.emit()

    def _dress_arrow(self) -> None:
        self.button.setIcon(icon("down" if self.open else "right", self._theme.dim))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space = theme.scale.space
        self._box.setContentsMargins(0, space(2), 0, 0)
        self._box.setSpacing(space(2))
        self.button.setIconSize(QSize(space(ARROW), space(ARROW)))
        self._dress_arrow()
        dress_restore(self._restore, theme)
