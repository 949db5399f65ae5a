"""A dock: a panel at a side of the window, which folds, is closed, and floats as one of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from nnviz.views.palette import Theme
from nnviz.window import placing
from nnviz.window.panel import PanelBody, PanelTitle, enlarge_tip


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
    _place: QRect | None = None  # where it floats next
    _closing = _had_keys = False

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

    def setVisible(self, visible: bool) -> None:
        """Come as a real window where it floats, with the desktop's frame and title.

        Qt floats a bare rectangle on X11. It must not be on screen as such before: of a window that
        comes, goes and comes again at once a window manager may only see that it goes.
        While it is dragged it stays bare, or it could not be put back by dragging.
        """
        if not visible:
            self._had_keys = self.isFloating() and self.isActiveWindow()
        dragged = self.windowFlags() & Qt.WindowType.X11BypassWindowManagerHint
        bare = self.isFloating() and self.windowType() != Qt.WindowType.Window
        if visible and bare and not dragged:
            place = self._place or self.geometry()
            self.setWindowFlags(Qt.WindowType.Window)
            self.setGeometry(place)  # before it comes: after that it is the desktop that places it
        super().setVisible(visible)

    def _floated(self, floats: bool) -> None:
        """Hand keys on to the window that it is put back into: else any of them may get them."""
        window = self.parentWidget()
        if not floats and self._had_keys and window is not None:
            window.activateWindow()

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
        window = self.parentWidget()
        if window is not None and not self.isFloating():
            free, own = placing.free_screens(window), window.screen().availableGeometry()
            self._place = self.floated_at
            if self._place is None or not any(one.intersects(self._place) for one in free):
                here = QRect(self.mapToGlobal(QPoint()), self.size())
                self._place = placing.place_to_float(here, own, free)
        self.setFloating(not self.isFloating())
        self._place = None

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
