"""The enlarged panel: one that fills the window below the toolbar, until it goes back.

Its content alone moves, and leaves at its place what asks for the same room: no panel, tab or size
changes meanwhile, and what Qt writes about the window is what it would be without.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QVBoxLayout, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.view import COVER
from nnviz.window.dock import Dock
from nnviz.window.panel import Panel, PanelBody, PanelTitle
from nnviz.window.panels.room_at_left import taken_at_left

_MOVES = (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.ChildAdded)


class Enlarged(QWidget):
    """Lies over all panels of a window and shows the content of one of them.

    Attributes:
        id: of the panel whose content it shows; "" while it is not there.

    Signals:
        changed(): another panel is enlarged than before, or none.
    """

    changed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("enlarged")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing below it is painted
        self._window = window
        self._theme = DARK
        self.id = ""
        self._lender: PanelBody | None = None
        self._strip = PanelTitle("")
        back = self._strip.add_button("shrink", "Back to its place  [Esc]")
        back.setObjectName("shrink")
        back.clicked.connect(self.back)
        self._body = PanelBody()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._strip)
        box.addWidget(self._body, 1)
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Make way for a panel that is given the keys."""
        if self.isVisible() and new is not None and new.window() is self._window:
            self.make_way_for(panel_around(new) or self.id)

    def make_way_for(self, id: str) -> None:
        """Go back where another panel is to be seen."""
        if id != self.id:
            self.back()

    def show_panel(self, panel: Panel | Dock) -> None:
        """Show the content of a panel, whether that is open, behind a tab or closed."""
        self.back()
        focused = QApplication.focusWidget()
        self.id, self._lender = panel.id, panel.body
        self._strip.name(panel.titles[0])
        self.setAccessibleName(panel.titles[0])
        for widget in (self._window, *self._window.findChildren(QDockWidget)):
            widget.installEventFilter(self)
        self._window.setProperty(COVER, self)
        self._place()
        self.show()
        self.raise_()
        top = self._window.menuWidget()
        covered = focused is None or (
            focused.window() is self._window and not (top and top.isAncestorOf(focused))
        )
        self._give_focus(focused, panel.body.lend(self._body), lost=covered)
        self.changed.emit()

    def back(self) -> bool:
        """Let the content go back to its panel; tell whether there was any."""
        lender, self._lender = self._lender, None
        if lender is None:
            return False
        for widget in (self._window, *self._window.findChildren(QDockWidget)):
            widget.removeEventFilter(self)
        focused = QApplication.focusWidget()
        self.id = ""
        self._window.setProperty(COVER, None)
        self.hide()
        gone = focused is None or self.isAncestorOf(focused)
        self._give_focus(focused, lender.take_back(), lost=gone)
        self.changed.emit()
        return True

    def _give_focus(self, focused: QWidget | None, content: QWidget, *, lost: bool) -> None:
        """Leave the focus to what had it in the content, which moving took from it.

        Where it is lost by what comes or goes now, keys belong to the run.
        """
        inside = focused is not None and (content is focused or content.isAncestorOf(focused))
        if inside and focused is not None and focused.isVisible():
            focused.setFocus()
        elif lost:
            self._window.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the room of the window, and stay above panels and tabs that come to the front."""
        if watched is self._window and event.type() in _MOVES:
            self._place()
            if event.type() == QEvent.Type.ChildAdded:
                self.raise_()
        elif event.type() == QEvent.Type.ZOrderChange:
            watched.event(event)  # a dock comes out from behind its tab by being the topmost
            self.raise_()
            return True
        return False

    def _place(self) -> None:
        """Take all the room that panels have together."""
        window, top = self._window, self._window.menuWidget()
        room = window.rect() - window.contentsMargins()
        above = top.geometry().bottom() + 1 if top is not None else room.top()
        status = window.statusBar()
        below = status.geometry().top() if status.isVisible() else room.bottom() + 1
        beside = taken_at_left(window)
        place = QRect(room.left() + beside, above, room.width() - beside, below - above)
        if place != self.geometry():
            self.setGeometry(place)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self._strip.set_theme(theme)
        self._body.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the window's ground, which shows at the corners."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.ground))


def panel_around(widget: QWidget | None) -> str:
    """Return the id of the panel in which a widget stands; "" where it is in none."""
    while widget is not None and not isinstance(widget, Panel | Dock | Enlarged):
        widget = widget.parentWidget()
    return "" if widget is None else widget.id
