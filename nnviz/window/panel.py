"""Panels: a titled frame around a view, and the dock that can be moved and closed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.theme import icon


def capitals(title: str) -> str:
    """Write a title in capitals, all but symbols with an index: w₁ is a weight, W₁ a matrix."""
    words = title.split(" ")
    return " ".join(
        word if any(letter.isdigit() for letter in word) else word.upper() for word in words
    )


class PanelTitle(QFrame):
    """The strip that carries a panel's title, in capitals, and a dock's two buttons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("PanelTitle")
        self._row = QHBoxLayout(self)
        self._row.addWidget(QLabel(capitals(title)))
        self._row.addStretch(1)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._folded = False

    def fold(self, folded: bool) -> None:
        """Take no room at all, or room again."""
        self._folded = folded
        for button, _ in self._buttons:
            button.setVisible(not folded)
        self.setMaximumHeight(0 if folded else self.height_unfolded())
        self.updateGeometry()

    def height_unfolded(self) -> int:
        """Return the height it has where it is not folded."""
        return super().sizeHint().height()

    def sizeHint(self) -> QSize:
        """Return the size it wants, of no height while folded."""
        hint = super().sizeHint()
        return QSize(hint.width(), 0) if self._folded else hint

    def minimumSizeHint(self) -> QSize:
        """Return the size it needs, of no height while folded."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self._folded else hint

    def add_button(self, icon_name: str, tip: str) -> QToolButton:
        """Add a small button at the right end."""
        button = QToolButton()
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)
        self._buttons.append((button, icon_name))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Redraw the icons in the theme's colour, and follow its scale."""
        space = theme.scale.space
        self._row.setContentsMargins(space(13), space(6), space(8), 0)
        self._row.setSpacing(space(2))
        for button, name in self._buttons:
            button.setIcon(icon(name, theme.dim))
            button.setIconSize(QSize(space(13), space(13)))
        self.fold(self._folded)


class PanelBody(QFrame):
    """The lower part of a panel, with its content."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PanelBody")
        self._box = QVBoxLayout(self)
        self._scale = TypeScale()
        self.set_tabbed(False)

    def hold(self, content: QWidget) -> None:
        """Take its content, best when it stands in its window: Qt dresses all anew that moves."""
        self._box.addWidget(content)

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the gap above that a tab needs, or the one below a title."""
        space = self._scale.space
        self._box.setContentsMargins(space(9), space(9 if tabbed else 2), space(9), space(9))
        if tabbed != self.property("tabbed"):
            self.setProperty("tabbed", tabbed)
            self.style().unpolish(self)
            self.style().polish(self)

    @property
    def more_above(self) -> int:
        """The gap above that a tab needs more than a title."""
        return self._scale.space(9) - self._scale.space(2)

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        self._scale = theme.scale
        self.set_tabbed(bool(self.property("tabbed")))


class Panel(QWidget):
    """A titled frame that stays where it is: the centre of the window.

    Until `ready` is called it shows what is being waited for.

    Attributes:
        id: of the view in it.
        title: what it is called.
    """

    def __init__(self, id: str, title: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.id, self.title = id, title
        self._strip = PanelTitle(title)
        self._waiting = QLabel("Getting ready…")
        self._waiting.setObjectName("Dim")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = PanelBody()
        self._pages = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._strip)
        box.addWidget(self._body, 1)
        self._body.hold(self._pages)
        self._pages.addWidget(self._waiting)
        self._pages.addWidget(content)

    def wait_for(self, what: str) -> None:
        """Say what is being waited for; not seen once the panel is ready."""
        self._waiting.setText(what)

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the title to a tab, or show it."""
        self._strip.fold(tabbed)
        self._body.set_tabbed(tabbed)

    def least(self) -> QSize:
        """Return the size it needs, with its title."""
        size = self.minimumSizeHint()
        if self._body.property("tabbed"):
            size += QSize(0, self._strip.height_unfolded() - self._body.more_above)
        return size

    def ready(self) -> None:
        """Show the content from now on."""
        self._pages.setCurrentIndex(1)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._strip.set_theme(theme)
        self._body.set_theme(theme)


class Dock(QDockWidget):
    """A titled frame that can be moved, floated and closed.

    Attributes:
        titles: what it is called, from the longest.
    """

    def __init__(self, id: str, titles: Sequence[str], content: QWidget, parent: QWidget) -> None:
        title = titles[0]
        super().__init__(title, parent)
        self.titles = titles
        self.setObjectName(id)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = PanelTitle(title)
        self._title.add_button("float", f"Float {title}").clicked.connect(self.toggle_floating)
        self._title.add_button("close", f"Close {title}").clicked.connect(self.close)
        self.setTitleBarWidget(self._title)
        self._body = PanelBody()
        self.setWidget(self._body)
        self._body.hold(content)

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the title to the tab, where there is one; it takes the buttons' place too."""
        if tabbed == bool(self._body.property("tabbed")):
            return
        self._title.fold(tabbed)
        self._body.set_tabbed(tabbed)

    def shorten(self, shorter: bool) -> None:
        """Take on the short title for a tab, or the whole one; menus have the whole one."""
        self.setWindowTitle(self.titles[-1 if shorter else 0])
        self.toggleViewAction().setText(self.titles[0])

    def folded_height(self) -> int:
        """Return what it would need more with its title; 0 where that is in sight."""
        tabbed = self._body.property("tabbed")
        return self._title.height_unfolded() - self._body.more_above if tabbed else 0

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._title.set_theme(theme)
        self._body.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Come back in front of the window, where it is one of its own."""
        super().showEvent(event)
        if self.isFloating():
            QTimer.singleShot(0, self, self.raise_)

    def toggle_floating(self) -> None:
        """Make a window of its own of it, or put it back."""
        self.setFloating(not self.isFloating())


def in_sight(dock: QDockWidget) -> bool:
    """Tell whether a dock stands within its window: behind a tab Qt moves it outside."""
    around = dock.parentWidget()
    return dock.isVisible() and around is not None and around.rect().intersects(dock.geometry())
