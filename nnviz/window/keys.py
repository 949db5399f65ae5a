"""Keys: the innermost thing that uses a key gets it, and only then the window's shortcuts.

What has the focus is asked first, then the panel around it. Pop-ups and menus need
no asking: the shortcuts are those of a window, and an open pop-up is one of its own.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)

from nnviz.views.view import TakesKeys, View
from nnviz.window.focus_ring import FocusRing

_KEY = Qt.Key
_ENTER = frozenset({_KEY.Key_Return, _KEY.Key_Enter})
_SIDEWAYS = frozenset({_KEY.Key_Left, _KEY.Key_Right})
_UP_DOWN = frozenset({_KEY.Key_Up, _KEY.Key_Down})
_PAGES = frozenset({_KEY.Key_PageUp, _KEY.Key_PageDown, _KEY.Key_Home, _KEY.Key_End})
_TURN = frozenset({_KEY.Key_Tab, _KEY.Key_Backtab})
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class FocusKeys(QObject):
    """Watches whatever has the focus in a window and in the panels that float over it.

    Attributes:
        ring: around what Tab has come to.
        everywhere: what is done on a key that nothing inside uses, before the window's shortcuts;
            None for nothing.
    """

    def __init__(self, window: QWidget, busy: Callable[[], bool]) -> None:
        """Begin to watch; where something takes long, Escape ends that before it leaves a panel."""
        super().__init__(window)
        self._window = window
        self._busy = busy
        self.ring = FocusRing()
        self.everywhere: Callable[[QKeyEvent], Callable[[], object] | None] = lambda _event: None
        self._turning = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        mine = new is not None and self._belongs(new)
        if new is not None and mine:
            new.installEventFilter(self)
        self.ring.mark(new if mine and self._turning and new is not self._window else None)
        self._turning = False

    def _belongs(self, widget: QWidget) -> bool:
        at: QWidget | None = widget
        while at is not None and at is not self._window:
            if isinstance(at, QDialog):
                return False
            at = at.parentWidget()
        return at is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a key that is used here from the window's shortcuts."""
        kind = event.type()
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            self._turning = event.key() in _TURN
            if self._taken(watched, event):
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress:
            if (deed := self._deed(watched, event)) is not None:
                deed()
                return True
            return isinstance(watched, QAbstractButton) and self._press(watched, event)
        return False

    def _deed(self, widget: QWidget, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what is done on a key that neither a widget nor a panel around it uses."""
        deed = self.everywhere(event)
        if deed is None or uses(widget, event) or self._taker(widget, event) is not None:
            return None
        return deed

    def _taken(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Tell whether the focused widget, or a panel around it, uses a key."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False  # it enlarges the panel, whatever in it has the focus
        # A running job is left before a panel, but after a field.
        escape = event.key() == _KEY.Key_Escape
        waits = escape and self._busy() and not is_field(widget)
        return (
            uses(widget, event)
            or (not waits and self._taker(widget, event) is not None)
            or self.everywhere(event) is not None
        )

    def _taker(self, widget: QWidget, event: QKeyEvent) -> TakesKeys | None:
        """Return the innermost panel around a widget, or itself, that uses a key."""
        at: QWidget | None = widget
        while at is not None and at is not self._window:
            if isinstance(at, TakesKeys) and at.takes_key(event):
                return at
            at = at.parentWidget()
        return None

    def _press(self, button: QAbstractButton, event: QKeyEvent) -> bool:
        """Let Enter press a button, and Enter, Space or ↓ open its menu; arrows are the panel's."""
        key = event.key()
        if event.modifiers() & _HELD:
            return False
        menu = _menu_of(button)
        if menu is not None:
            if key in _ENTER or key in (_KEY.Key_Space, _KEY.Key_Down):
                menu.popup(button.mapToGlobal(QPoint(0, button.height())))
                return True
        elif key in _ENTER:
            button.click()
            return True
        taker = self._taker(button, event)
        if taker is None or key not in _UP_DOWN | _SIDEWAYS or _chooses(button):
            return False
        taker.keyPressEvent(event)  # Qt would move the focus, which Tab is for
        return True


def is_field(widget: QWidget | None) -> bool:
    """Tell whether text can be typed here."""
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


def left_around(focused: QWidget | None, window: QWidget) -> bool:
    """Let the view that the keys are in leave what was opened there; tell whether there was any."""
    at = focused
    while at is not None and at is not window:
        if isinstance(at, View):
            return at.leave()
        at = at.parentWidget()
    return False


def leave_field(field: QWidget) -> None:
    """Take back what was typed since the field was filled."""
    if isinstance(field, QLineEdit):
        while field.isUndoAvailable():
            field.undo()


def uses(widget: QWidget, event: QKeyEvent) -> bool:
    """Tell whether a widget of Qt's own uses a key while it has the focus."""
    key, held = _KEY(event.key()), event.modifiers() & _HELD
    if isinstance(widget, QMenuBar):
        return not held and widget.activeAction() is not None
    if held:
        # Undo and the like: a field of Qt claims them itself.
        return isinstance(widget, QComboBox) and key in _UP_DOWN
    if is_field(widget):
        function = _KEY.Key_F1 <= key <= _KEY.Key_F35
        return not function and key != _KEY.Key_Escape and key not in _TURN
    printed = event.text() != "" and event.text().isprintable()
    if isinstance(widget, QComboBox):
        return printed or key in _UP_DOWN | _PAGES | _ENTER or key == _KEY.Key_F4
    if isinstance(widget, QAbstractButton):
        arrows = _UP_DOWN | _SIDEWAYS if _chooses(widget) else frozenset()
        down = {_KEY.Key_Down} if _menu_of(widget) else frozenset()
        return key in _ENTER | arrows | down or key in (_KEY.Key_Space, _KEY.Key_Select)
    if isinstance(widget, QAbstractSlider):
        return key in _UP_DOWN | _SIDEWAYS | _PAGES
    if isinstance(widget, QTabBar):
        return key in _SIDEWAYS | {_KEY.Key_Home, _KEY.Key_End}
    if isinstance(widget, QAbstractItemView):
        return key in _keys_of(widget)
    return False


def _keys_of(view: QAbstractItemView) -> frozenset[Qt.Key]:
    keys = _UP_DOWN | _PAGES | _ENTER
    across = isinstance(view, QListView) and view.flow() == QListView.Flow.LeftToRight
    if across or isinstance(view, QTreeView):
        keys |= _SIDEWAYS
    if view.selectionMode() not in (
        QAbstractItemView.SelectionMode.SingleSelection,
        QAbstractItemView.SelectionMode.NoSelection,
    ):
        keys |= {_KEY.Key_Space}
    return keys


def _chooses(button: QAbstractButton) -> bool:
    """Tell whether arrows go on to the next of several buttons of which one is down."""
    return button.autoExclusive() or button.group() is not None


def _menu_of(button: QAbstractButton) -> QMenu | None:
    return button.menu() if isinstance(button, QPushButton | QToolButton) else None
