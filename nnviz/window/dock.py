"""A dock: a panel at a side of the window, which folds, is closed, and floats as one of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QWidget,
)

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
        floats, window = not self.isFloating(), self.parentWidget()
        self.setFloating(floats)
        if not floats or window is None:
            return
        there = self.geometry() if self._has_floated else self.floated_at
        self._has_floated = True
        free, own = placing.free_screens(window), window.screen().availableGeometry()
        if there is None or not any(one.intersects(there) for one in free):
            there = placing.place_to_float(self.geometry(), own, free)
        self.setGeometry(there)

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
