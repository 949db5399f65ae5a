"""What every view is: a widget that draws snapshots in the colours of a theme.

A view holds no training state: it is handed a frozen snapshot and draws it, on
the GUI thread only. It joins itself to the rest: what the user does in it goes out as
commands, and what it has to know besides comes as events. A view's module ends in its
`SPEC`; dock, menu entry and tour follow from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Literal, Protocol, runtime_checkable

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.events import Busy, CalledOff, DrawingShown, Selected
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import Select
from nnviz.views.palette import DARK, Theme

COVER = "cover"
"""A window's property: the widget that covers all its views but those that stand on it, or None."""
Place = Literal["centre", "below", "left", "right", "bottom"]


@runtime_checkable
class TakesKeys(Protocol):
    """A widget with keys of its own, which the window's shortcuts leave to it."""

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether it uses this key while the focus is on it or inside it."""
        ...

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use the key."""
        ...


@runtime_checkable
class DrawnWithFingers(Protocol):
    """A widget on which a finger draws: where it stays, that is a stroke and no long press."""

    draws_with_fingers: bool


class View(QWidget):
    """A panel of the window that shows one aspect of a run.

    Signals:
        picked(object): a `Selection` that was clicked here, or None for nothing any more.
        wanted(object): a command, what is to be done.
        busy(bool): something takes long that `call_off` ends; False for no more of that.

    Attributes:
        wished: width and height of the room that it asks for.
        magnifies: whether Ctrl and the wheel let it draw a part of itself larger.
        follows_own_input: whether it shows a drawing, or other input of the user's own, in place
            of the test example while the network view does.
    """

    picked = Signal(object)
    wanted = Signal(object)
    busy = Signal(bool)
    wished = 240, 300
    magnifies = False
    follows_own_input = False
    _waits = False
    _theme = DARK
    _snapshot: Snapshot | None = None
    _drawing: Array | None = None
    _state: Any = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # It lays its whole ground itself: panel and window below need not be painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def join(self, ports: Ports) -> None:
        """Connect to the rest, once: what is done here goes out, what concerns it comes in."""
        self.picked.connect(lambda selection: ports.send(Select(selection)))
        self.wanted.connect(ports.send)
        who = object()
        self.busy.connect(self._note_busy)
        self.busy.connect(lambda busy: ports.publish(Busy(who, busy)))
        ports.on(Selected, self._selected)
        ports.on(CalledOff, self._called_off)
        if self.follows_own_input:
            ports.on(DrawingShown, self._drawing_shown)

    def _selected(self, selected: Selected) -> None:
        self.select(selected.selection)

    def _drawing_shown(self, shown: DrawingShown) -> None:
        self.show_drawing(shown.picture)

    def show_drawing(self, picture: Array | None) -> None:
        """Show an own input, (inputs,), in place of the test example; None for that again."""
        self._drawing = picture
        if self._snapshot is not None and self.isVisible():
            self.show_snapshot(self._snapshot)

    def _note_busy(self, busy: bool) -> None:
        self._waits = busy

    def _called_off(self, _off: CalledOff) -> None:
        if self._waits:
            self.call_off()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment; called only while the view is visible, at most at its `rate`."""
        raise NotImplementedError

    def show_figures(self, snapshot: Snapshot) -> None:
        """Show how good the network is, where that is only a part of the view.

        It is called in the frames in which all views draw that show such `figures`, so that no two
        of them differ; what else there is draws at a rate of its own.
        """

    def select(self, selection: Selection | None) -> None:
        """Mark what was picked in whichever view; a view that marks nothing ignores it."""

    def chooses_at(self, _where: QPointF) -> bool:
        """Tell whether a click at a place of its picture chooses how that is drawn."""
        return False

    def leave(self) -> bool:
        """Leave what was opened or enlarged here, as on Escape; tell whether there was any."""
        return False

    def call_off(self) -> None:
        """Give up what takes long; a view in which nothing does ignores it."""

    def least_size(self) -> QSize:
        """Return a size in which nothing of it is crowded: on the stage letters follow that."""
        return self.minimumSizeHint().expandedTo(self.minimumSize())

    def settled(self) -> bool:
        """Tell whether all that it asked for has come, so that it can be photographed."""
        return not self._waits

    def state(self) -> dict[str, Any]:
        """Return what was chosen in it, as plain values; empty where there is nothing to choose."""
        return {} if self._state is None else asdict(self._state)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what `state` returned; what is unknown or broken stays as it is.

        It is called at once, whether the view has a snapshot yet or not, is in sight or behind a
        tab. Where the state belongs to a run that is only now coming, as at the start and when a
        session is opened, it is called a second time right after the view was handed its first
        moment of that run: what needs a net is chosen then. So calling it twice is harmless.
        """

    def wear(self, theme: Theme) -> None:
        """Take on a theme unless it has it: every view begins in the dark one at a factor of 1."""
        if theme != self._theme:
            self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and the sizes of `theme.scale`, at once."""
        raise NotImplementedError

    def _dress(self) -> None:
        """Let letters and places follow the size; a view in which Qt does that ignores it."""

    def sizeHint(self) -> QSize:
        """Ask for a panel's usual room."""
        return QSize(*self.wished)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let everything follow the size."""
        super().resizeEvent(event)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the panel's ground: a palette would be lost to the application's style sheet."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.panel))
        self._keep_up()  # what is painted can be seen, so it should be up to date

    def _keep_up(self) -> None:
        """Ask for what is new; a view that asks for nothing ignores it."""

    def in_sight(self) -> bool:
        """Tell whether it stands in its window: not moved out behind a tab, nor under a cover."""
        if not self.isVisible():
            return False
        window = self.window()
        cover = window.property(COVER)
        if cover is not None and not cover.isAncestorOf(self):
            return False
        return window.rect().intersects(QRect(self.mapTo(window, QPoint()), self.size()))

    def looked_at(self, focused: QWidget | None) -> bool:
        """Tell whether it is under the pointer, holds the focus, or fills most of its window.

        What stands on the cover counts even where large letters leave it less than half.
        """
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            return True
        around = self.window()
        cover = around.property(COVER)
        if cover is not None:
            return bool(cover.isAncestorOf(self))
        return 2 * self.width() * self.height() > around.width() * around.height()


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """How a view enters the window.

    Attributes:
        id: its name in settings, menus and picture files.
        title: its name on screen.
        place: where it stands at first.
        view: returns one, as its class does; what it imports first is imported when it is wanted.
        rate: most updates a second while training runs at full speed, at least 4. How many of them
            it gets is what the budget allows: see `RedrawScheduler`.
        open: False where it takes no room until it is asked for in the View menu.
        figures: True where it shows how good the network is on whole sets: all that do draw in the
            same frame, so that they never differ; see `View.show_figures`.
        short: its name on a tab that has no room for the title; "" where that is short.
        late: True where the window is to be on screen before it: it is slow to build, or behind a
            tab at first.
        least: width and height in pixels that it needs, until it is built and says so itself.
        gestures: what pointer and keys do in it that no button says, for the help sheet: each the
            gesture, and what it does.
    """

    id: str
    title: str
    place: Place
    view: Callable[[], View]
    rate: float = 15.0
    open: bool = True
    figures: bool = False
    short: str = ""
    late: bool = False
    least: tuple[int, int] = (0, 0)
    gestures: tuple[tuple[str, str], ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Its names on screen, from the longest."""
        return (self.title, self.short) if self.short else (self.title,)
