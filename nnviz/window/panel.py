"""Panels: a titled frame around a view, and the dock that can be moved and closed."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
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
from nnviz.window import placing
from nnviz.window.theme import icon


def capitals(title: str) -> str:
    """Write a title in capitals, all but symbols with an index: w₁ is a weight, W₁ a matrix."""
    words = title.split(" ")
    return " ".join(
        word if any(letter.isdigit() for letter in word) else word.upper() for word in words
    )


def enlarge_tip(title: str) -> str:
    """Say what the button does that enlarges a panel."""
    return f"Enlarge {title}: let it fill the window  [Ctrl+Enter]"


class PanelTitle(QFrame):
    """The strip that carries a panel's title, in capitals, and its buttons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("PanelTitle")
        self._row = QHBoxLayout(self)
        self._label = QLabel()
        self.name(title)
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._folded = False

    def name(self, title: str) -> None:
        """Carry this title from now on."""
        self._label.setText(capitals(title))

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


class Vacancy(QWidget):
    """Keeps the place of content that is elsewhere: it wants and needs what that did here."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.hide()
        self.note()

    def note(self) -> None:
        """Stand for the content as it is now: elsewhere it may need more."""
        content = self._content
        self._wanted, self._needed = content.sizeHint(), content.minimumSizeHint()
        self.setSizePolicy(content.sizePolicy())
        self.setMinimumSize(content.minimumSize())
        self.setMaximumSize(content.maximumSize())

    def sizeHint(self) -> QSize:
        """Want what the content wanted."""
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        """Need what the content needed."""
        return self._needed


class PanelBody(QFrame):
    """The lower part of a panel, with its content."""

    _content: QWidget
    _vacancy: Vacancy | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PanelBody")
        self._box = QVBoxLayout(self)
        self._scale = TypeScale()
        self.set_tabbed(False)

    def hold(self, content: QWidget) -> None:
        """Take its content, best when it stands in its window: Qt dresses all anew that moves."""
        self._content = content
        self._box.addWidget(content)
        content.show()  # at once: Qt shows what is added to a layout only in its next turn

    def lend(self, borrower: "PanelBody") -> QWidget:
        """Let another hold its content for a while, and return that; its place stays as it is."""
        content = self._content
        if self._vacancy is None:
            self._vacancy = Vacancy(content)
            self._box.addWidget(self._vacancy)
        self._vacancy.note()
        borrower.hold(content)
        self._vacancy.show()  # not sooner: both would need more room than there is
        return content

    def take_back(self) -> QWidget:
        """Take the content again that was lent, and return it."""
        content, vacancy = self._content, self._vacancy
        if vacancy is not None:
            # It is as small as before when the layout asks what it needs.
            content.setParent(self)
            content.setGeometry(vacancy.geometry())
            content.show()
            vacancy.hide()
        self.hold(content)
        self._box.activate()
        return content

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
        titles: what it is called.
        body: its lower part.

    Signals:
        enlarge_wanted(): it is to fill the window.
    """

    enlarge_wanted = Signal()

    def __init__(self, id: str, title: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.id, self.titles = id, (title,)
        self._strip = PanelTitle(title)
        self._strip.add_button("enlarge", enlarge_tip(title)).clicked.connect(self.enlarge_wanted)
        self._waiting = QLabel("Getting ready…")
        self._waiting.setObjectName("Dim")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = PanelBody()
        self._pages = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._strip)
        box.addWidget(self.body, 1)
        self.body.hold(self._pages)
        self._pages.addWidget(self._waiting)
        self._pages.addWidget(content)

    def wait_for(self, what: str) -> None:
        """Say what is being waited for; not seen once the panel is ready."""
        self._waiting.setText(what)

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the title to a tab, or show it."""
        self._strip.fold(tabbed)
        self.body.set_tabbed(tabbed)

    def least(self) -> QSize:
        """Return the size it needs, with its title."""
        size = self.minimumSizeHint()
        if self.body.property("tabbed"):
            size += QSize(0, self._strip.height_unfolded() - self.body.more_above)
        return size

    def ready(self) -> None:
        """Show the content from now on."""
        self._pages.setCurrentIndex(1)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._strip.set_theme(theme)
        self.body.set_theme(theme)


class Dock(QDockWidget):
    """A titled frame that can be moved, floated and closed.

    Attributes:
        id: of the view in it.
        titles: what it is called, from the longest.
        body: its lower part.
        floated_at: where it is, or was last, a window of its own, in this start or one before.

    Signals:
        enlarge_wanted(): it is to fill the window.
    """

    enlarge_wanted = Signal()
    floated_at: QRect | None = None
    _has_floated = _closing = False

    def __init__(self, id: str, titles: Sequence[str], content: QWidget, parent: QWidget) -> None:
        title = titles[0]
        super().__init__(title, parent)
        self.id, self.titles = id, titles
        self.setObjectName(id)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = PanelTitle(title)
        self._title.add_button("enlarge", enlarge_tip(title)).clicked.connect(self.enlarge_wanted)
        self._title.add_button("float", f"Float {title}").clicked.connect(self.toggle_floating)
        self._title.add_button("close", f"Close {title}").clicked.connect(self.close)
        self.setTitleBarWidget(self._title)
        self._framing = QTimer(self, singleShot=True)
        self._framing.timeout.connect(self._take_frame)
        self.topLevelChanged.connect(self._floated)
        self.body = PanelBody()
        self.setWidget(self.body)
        self.body.hold(content)

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the title to the tab, where there is one; it takes the buttons' place too."""
        if tabbed == bool(self.body.property("tabbed")):
            return
        self._title.fold(tabbed)
        self.body.set_tabbed(tabbed)

    def shorten(self, shorter: bool) -> None:
        """Take on the short title for a tab, or the whole one; menus have the whole one."""
        self.setWindowTitle(self.titles[-1 if shorter else 0])
        self.toggleViewAction().setText(self.titles[0])

    def folded_height(self) -> int:
        """Return what it would need more with its title; 0 where that is in sight."""
        tabbed = self.body.property("tabbed")
        return self._title.height_unfolded() - self.body.more_above if tabbed else 0

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._title.set_theme(theme)
        self.body.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Come back in front of the window, where it is one of its own."""
        super().showEvent(event)
        if self.isFloating():
            QTimer.singleShot(0, self, self.raise_)

    def _floated(self, floats: bool) -> None:
        if floats:
            self._take_frame()

    def _take_frame(self) -> None:
        """Be a real window, with the desktop's frame and title: Qt floats a bare rectangle on X11.

        While it is dragged it stays one, or it could not be put back by dragging.
        """
        if not self.isFloating() or self.windowType() == Qt.WindowType.Window:
            return
        if QApplication.mouseButtons():
            self._framing.start(100)
            return
        place, shown, active = self.geometry(), not self.isHidden(), self.isActiveWindow()
        self.setWindowFlags(Qt.WindowType.Window)
        self.setGeometry(place)
        if shown:
            self.show()
        if active:
            self.activateWindow()

    def close(self) -> bool:
        """Close the panel, also where it floats."""
        self._closing = True
        closed = super().close()
        self._closing = False
        return closed

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go back to its place where it is the frame that closes it; else be closed."""
        window, asked = (
            self.parentWidget(),
            self._closing or not self.toggleViewAction().isChecked(),
        )
        if self.isFloating() and not asked and window is not None and window.isVisible():
            event.ignore()
            QTimer.singleShot(0, self, lambda: self.setFloating(False))
        else:
            super().closeEvent(event)

    def toggle_floating(self) -> None:
        """Make a window of its own of it, on another screen where there is one, or put it back."""
        first = not self.isFloating() and not self._has_floated
        self.setFloating(not self.isFloating())
        window = self.parentWidget()
        if first and window is not None:
            self._has_floated = True
            free = [screen.availableGeometry() for screen in QApplication.screens()]
            own, before = window.screen().availableGeometry(), self.floated_at
            seen = before is not None and any(one.intersects(before) for one in free)
            there = before if before is not None and seen else None
            self.setGeometry(there or placing.place_to_float(self.geometry(), own, free))

    def moveEvent(self, event: QMoveEvent) -> None:
        """Note where it stands as a window of its own."""
        super().moveEvent(event)
        self._note_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Note how large it is as a window of its own."""
        super().resizeEvent(event)
        self._note_place()

    def _note_place(self) -> None:
        alone = self.isFloating() and self.windowType() == Qt.WindowType.Window
        if alone and not self.windowState() & Qt.WindowState.WindowMaximized:
            self.floated_at = self.geometry()

    def toggle_filling(self) -> None:
        """Let its own window fill the screen, or be as it was."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowMaximized)


def in_sight(dock: QDockWidget) -> bool:
    """Tell whether a dock stands within its window: behind a tab Qt moves it outside."""
    around = dock.parentWidget()
    return dock.isVisible() and around is not None and around.rect().intersects(dock.geometry())
