"""What is closed: hands in panels that a scene does not allow come to nothing, and are told when.

Commands are judged at the gate; here is what passes no port: buttons and lists of a panel, what is
turned or chosen on its picture, panels that are moved, pictures that are dropped. It is asked of
every mouse, wheel, key, finger, pen and drop, wherever a panel stands: in the window, afloat, on
the stage.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsOpacityEffect,
    QGraphicsView,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from nnviz.lessons.panels import NAMED, Needed, hands_in, is_alive
from nnviz.messages.events import CurvesLaidOver, PictureDropped, StepWanted
from nnviz.views.shared.scrolled import Content
from nnviz.views.view import TakesKeys, View
from nnviz.window.keys import uses
from nnviz.window.parts import Parts
from nnviz.window.recipe import RecipeForm

CONTROLS = QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractSlider
"""What is used to choose something, but for scroll bars, which only read on."""
EVENTS: Mapping[type, Needed] = {
    PictureDropped: ("draw",),
    StepWanted: ("goto",),
    CurvesLaidOver: (),
}
"""What is needed for what hands tell by events alone."""
FAINT = 0.4
"""How much is seen of a control that is closed."""
SETTLED_MS, LOOKS_MS = 250, 500
"""Milliseconds until controls are dimmed after what is alive has changed, so that nothing flashes
between two scenes; and between two looks whether others have come."""

_Type = QEvent.Type
_PRESSES = {_Type.MouseButtonPress, _Type.TouchBegin, _Type.TabletPress, _Type.ContextMenu}
_DROPS = {_Type.DragEnter, _Type.DragMove, _Type.Drop}
_TWICE = _Type.MouseButtonDblClick
_KINDS = {
    *_PRESSES,
    *_DROPS,
    *(_TWICE, _Type.MouseMove, _Type.Wheel, _Type.KeyPress, _Type.InputMethod, _Type.ToolTip),
}
_DEEDS = {*_PRESSES, _TWICE, _Type.Wheel, _Type.KeyPress}
_PASSING = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}
"""Keys that lead out of what is closed."""
_AS_TWICE = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_N}
"""Keys that do in a picture what a double click does, or choose how it is drawn."""


class Closed(QObject):
    """Keeps hands from what a scene does not allow, and dims it.

    Attributes:
        at: id of the panel that hands were in last; "" for none.
        why: what the tooltips of what is closed say.
        deed: returns what a key does in the lesson, or None.

    Signals:
        refused(): hands did something that is closed.
    """

    refused = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        """Begin with all open."""
        super().__init__(parent)
        self._parts = parts
        self.deed: Callable[[QKeyEvent], Callable[[], object] | None] = lambda _event: None
        self._allow: frozenset[str] | None = None
        self.at = self.why = ""
        self._dimmed: list[QWidget] = []
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self.dim)
        self._looking = QTimer(self, interval=LOOKS_MS)
        self._looking.timeout.connect(self.dim)

    def leave_alive(self, allow: Collection[str], why: str) -> None:
        """Let only these gestures live; `why` is what the tooltips of what is dim say."""
        allow, application = frozenset(allow), QApplication.instance()
        assert application is not None
        if self._allow is None:
            application.installEventFilter(self)
            self._parts.gate.hears = self._may_be_heard
            self._looking.start()
        if allow != self._allow:
            self._allow, self.why = allow, why
            self._settling.start()

    def open(self) -> None:
        """Let all be alive."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._parts.gate.hears = None
        self._allow = None
        for timer in (self._settling, self._looking):
            timer.stop()
        self.dim()

    def _may_be_heard(self, event: object) -> bool:
        """Tell whether an event that hands made may be told; say so where it may not."""
        may = self._allow is None or is_alive(EVENTS.get(type(event)), self._allow)
        if not may:
            self.refused.emit()
        return may

    # -- hands ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what hands do on what is closed."""
        kind = event.type()
        if kind not in _KINDS or self._allow is None or not isinstance(watched, QWidget):
            return False
        if is_alive(self._needed(watched, event), self._allow):
            return False
        if isinstance(event, QHelpEvent):
            if control_at(watched) is None:
                return False  # what is painted says what it is
            QToolTip.showText(event.globalPos(), self.why, watched)
            return True
        if isinstance(event, QKeyEvent):
            deed = self.deed(event)
            if deed is not None:
                deed()  # the lesson's own keys stay its own
                return True
        if kind == _TWICE and isinstance(event, QMouseEvent):
            QApplication.sendEvent(watched, _as_click(event))  # two clicks, as far as they may be
            return True
        if kind in _DROPS:
            event.ignore()
        if kind not in (_Type.MouseMove, _Type.DragMove):
            self.refused.emit()
        return True

    def _needed(self, widget: QWidget, event: QEvent) -> Needed:
        """Return what is needed for what hands do on a widget."""
        kind, control = event.type(), control_at(widget)
        dragging = isinstance(event, QMouseEvent) and bool(event.buttons())
        at: QWidget | None = widget
        while at is not None:
            if at.objectName() in NAMED:
                return None if kind == _Type.MouseMove else NAMED[at.objectName()]
            if isinstance(at, QTabBar) and (
                kind == _TWICE or (dragging and kind == _Type.MouseMove)
            ):
                return ("panels",)
            if isinstance(at, View | RecipeForm):
                break
            at = at.parentWidget()
        if kind == _Type.MouseMove:
            return None
        if kind in _DEEDS:
            self.at = "" if at is None else panel_of(at)
        if at is None:
            return None
        hands = hands_in(panel_of(at))
        if kind in _DROPS:
            return hands.picture if at.acceptDrops() or widget.acceptDrops() else None
        needed = hands.picture if control is None else hands.controls
        if isinstance(event, QKeyEvent):
            return self._for_key(widget, event, needed, None if control else hands.twice)
        if kind == _Type.Wheel:
            return None if control is None and _scrolls(widget, event) else needed
        if isinstance(widget, View) and isinstance(event, QMouseEvent):
            needed = hands.controls if widget.chooses_at(event.position()) else needed
        return hands.twice if control is None and kind == _TWICE else needed

    @staticmethod
    def _for_key(widget: QWidget, event: QKeyEvent, needed: Needed, twice: Needed) -> Needed:
        """Return what is needed for a key where a widget uses it; others are free."""
        key = Qt.Key(event.key())
        if key in _PASSING:
            return None
        if twice is not None and key in _AS_TWICE and isinstance(widget, View):
            return twice
        used = uses(widget, event) or (isinstance(widget, TakesKeys) and widget.takes_key(event))
        return needed if used else None

    # -- how it looks -----------------------------------------------------------------------------

    def dim(self) -> None:
        """Dim the controls in sight that are closed, and no others."""
        closed = [] if self._allow is None else list(self._closed(self._allow))
        dimmed, self._dimmed = self._dimmed, closed
        for control in dimmed:
            if control not in closed and isValid(control):
                _show_faintly(control, faint=False)
        for control in closed:
            if control not in dimmed:
                _show_faintly(control, faint=True)

    def _closed(self, allow: Collection[str]) -> Iterator[QWidget]:
        stage = self._parts.projector.stage
        for views in (self._parts.views, *([] if stage is None else [stage.views])):
            for view in views.built.values():
                if view.isVisible():
                    yield from _closed_in(view, allow)
        slider = self._parts.toolbar.slider
        if not is_alive(NAMED[slider.objectName()], allow):
            yield slider


def _closed_in(view: View, allow: Collection[str]) -> Iterator[QWidget]:
    usual = hands_in(panel_of(view)).controls
    for kind in CONTROLS:
        for control in view.findChildren(kind):
            if control_at(control) is control and control.window() is view.window():
                needed = next(
                    (NAMED[at.objectName()] for at in _up_to(view, control) if _is_named(at)), usual
                )
                if not is_alive(needed, allow):
                    yield control


def _up_to(view: QWidget, widget: QWidget) -> Iterator[QWidget]:
    at: QWidget | None = widget
    while at is not None and at is not view:
        yield at
        at = at.parentWidget()


def _is_named(widget: QWidget) -> bool:
    return widget.objectName() in NAMED


def _show_faintly(control: QWidget, *, faint: bool) -> None:
    effect = None
    if faint:
        effect = QGraphicsOpacityEffect(control)
        effect.setOpacity(FAINT)
    control.setGraphicsEffect(effect)  # type: ignore[arg-type]  # None takes it away


def panel_of(widget: QWidget) -> str:
    """Return the id of the panel that a view, or the recipe form, is."""
    return "recipe" if isinstance(widget, RecipeForm) else widget.objectName().removesuffix("_view")


def control_at(widget: QWidget) -> QWidget | None:
    """Return the button, list, field or slider that a widget is or belongs to; None for none."""
    found: QWidget | None = None
    at: QWidget | None = widget
    while at is not None and not isinstance(at, View | RecipeForm):
        if isinstance(at, CONTROLS) and not isinstance(at, QScrollBar):
            found = at
        at = at.parentWidget()
    return found


def _scrolls(widget: QWidget, event: QEvent) -> bool:
    """Tell whether a wheel only scrolls or magnifies here."""
    held = Qt.KeyboardModifier.ControlModifier
    if isinstance(event, QWheelEvent) and event.modifiers() & held:
        return True
    around = widget.parentWidget()
    area = isinstance(around, QAbstractScrollArea) and not isinstance(around, QGraphicsView)
    return area or isinstance(widget, Content | QAbstractScrollArea | QScrollBar)


def _as_click(event: QMouseEvent) -> QMouseEvent:
    """Return the press that a double click begins with where nothing is done twice."""
    return QMouseEvent(
        _Type.MouseButtonPress,
        event.position(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
    )
