"""The bar over the network in which its shape is changed: + and − at the layers and between them.

It lies over the headings and is empty until the pointer or Tab comes. Then the layer or the gap
that is nearest has its buttons in place of its heading.
"""

from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QToolButton, QWidget

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.numbers import integer
from nnviz.views.network import text
from nnviz.views.network.layout import Layout
from nnviz.views.network.shaping import ChangeKind, Slot, choices, is_hidden, shape_changes, slots
from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import tool_button
from nnviz.views.shared.type_scale import sized

HEIGHT = 2.6
"""Height of the bar, in heights of a letter: neurons stand below it."""
GAP = 0.25
"""Between buttons, in heights of a letter."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
CHANGE_KEYS: dict[Qt.Key, tuple[ChangeKind, ...]] = {
    Qt.Key.Key_Plus: ("more", "insert"),
    Qt.Key.Key_Equal: ("more", "insert"),
    Qt.Key.Key_Minus: ("fewer",),
    Qt.Key.Key_Delete: ("remove",),
    Qt.Key.Key_Backspace: ("remove",),
}
"""What a key does, where it is offered."""


class ShapeBar(QWidget):
    """Buttons of one layer, or of one gap, at a time.

    Signals:
        reshaped(object): a new run of this recipe shall begin.
        keep_wished(bool): weights that still fit shall be kept, or not any more.
        explorer_wanted(): the activation functions shall be shown.
        span_changed(): the buttons stand elsewhere, or are hidden.

    Attributes:
        slots: the layers and gaps that have buttons, from left to right.
    """

    reshaped = Signal(object)
    keep_wished = Signal(bool)
    explorer_wanted = Signal()
    span_changed = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._place: Layout | None = None
        self._recipe: Recipe | None = None
        self._run, self._sent = -1, -1
        self.slots: tuple[Slot, ...] = ()
        self._at = -1
        self._keeps = True
        self._net, self._whole = False, True
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text.SHAPE)
        self.frame = QFrame(self)
        self.frame.setObjectName("shape")
        self.frame.hide()
        self.size_label = QLabel(self.frame)
        self.buttons: dict[ChangeKind, QToolButton] = {}
        for kind, words in text.CHANGES.items():
            button = self.buttons[kind] = tool_button(words, "", "", self.frame)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._do, kind))
        self.name = tool_button("", "", "", self.frame)
        self.name.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.name)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu.aboutToHide.connect(self._leave_unless_used)
        self.name.setMenu(self.menu)

    # -- what comes in --------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        style = styles.controls(theme, padding=(0, 4))
        self.frame.setStyleSheet(f"#shape {{ background: {theme.panel}; }} {style}")
        self.size_label.setStyleSheet(styles.label(theme))

    def show_net(self, snapshot: Snapshot | None, place: Layout | None, *, keeps: bool) -> None:
        """Follow the net on screen and its places; None where there is none to be changed."""
        self._keeps = keeps
        self._net = snapshot is not None and snapshot.minibatch is None
        self._see()
        if snapshot is None or place is None or not self._net:
            self._show(-1)
            return
        # A run that plays is shown on until the one that was asked for is there.
        waits = snapshot.run == self._sent and snapshot.playing
        if not waits:
            self._sent, self._run = -1, snapshot.run
            if snapshot.recipe is not self._recipe:
                self._recipe = snapshot.recipe
                self._show(self._at)
        if place is not self._place:
            self._place = place
            unit = place.unit
            self.setGeometry(0, 0, round(place.footer.right), round(HEIGHT * unit))
            self.slots = slots(place)
            self._show(min(self._at, len(self.slots) - 1))

    def zoomed(self, zoom: float) -> None:
        """Give way where the drawing is enlarged, and headings stand elsewhere."""
        self._whole = zoom == 1
        self._see()

    def _see(self) -> None:
        self.setVisible(self._net and self._whole)

    @property
    def slot(self) -> Slot | None:
        """The layer or gap whose buttons are shown."""
        fits = 0 <= self._at < len(self.slots) and self._recipe is not None
        if not fits or self._recipe is None:
            return None
        slot = self.slots[self._at]
        return slot if slot.layer + slot.gap < len(self._recipe.layers) else None

    @property
    def span(self) -> tuple[float, float] | None:
        """From where to where the buttons stand; None where none do."""
        if not self.frame.isVisibleTo(self) or self.isHidden():
            return None
        return self.frame.x(), self.frame.x() + self.frame.width()

    # -- what hands do --------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the buttons of what is nearest."""
        self.point_at(event.position().x())
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the buttons of what is nearest."""
        self.point_at(event.position().x())

    def point_at(self, x: float | None) -> None:
        """Show the buttons of what is nearest to a place in pixels; None for none."""
        away = [abs(slot.x - x) for slot in self.slots] if x is not None else []
        self._show(away.index(min(away)) if away else -1)

    def leaveEvent(self, _event: QEvent) -> None:
        """Hide the buttons, unless keys are used in them."""
        self._leave_unless_used()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the buttons of the first layer, or of where the pointer is."""
        super().focusInEvent(event)
        if self.slot is None and self.slots:
            self._show(min(1, len(self.slots) - 1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the buttons, unless a pointer or the menu is on them."""
        super().focusOutEvent(event)
        self._leave_unless_used()

    def _leave_unless_used(self) -> None:
        if not (self.hasFocus() or self.underMouse() or self.menu.isVisible()):
            self._show(-1)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own."""
        free = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        own = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, *ENTER, *CHANGE_KEYS}
        return not event.modifiers() & ~free and event.key() in own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another layer or gap, change the shape there, or open the menu."""
        key, slot = Qt.Key(event.key()), self.slot
        if not self.takes_key(event) or slot is None:
            event.ignore()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = 1 if key == Qt.Key.Key_Right else -1
            self._show(min(max(self._at + way, 0), len(self.slots) - 1))
        elif key in CHANGE_KEYS:
            for kind in CHANGE_KEYS[key]:
                if not self.buttons[kind].isHidden():
                    self.buttons[kind].click()
        elif not self.name.isHidden():
            self.menu.popup(self.name.mapToGlobal(self.name.rect().bottomLeft()))

    def _do(self, kind: ChangeKind) -> None:
        slot, recipe = self.slot, self._recipe
        if slot is not None and recipe is not None:
            self._begin(shape_changes(recipe, slot)[kind].recipe)

    def _begin(self, recipe: Recipe | None) -> None:
        """Ask for a run, and go on from its recipe: the next click may come before it does."""
        if recipe is not None:
            self._recipe, self._sent = recipe, self._run
            self._show(self._at)
            self.reshaped.emit(recipe)

    # -- what is shown --------------------------------------------------------------------------

    def _show(self, at: int) -> None:
        """Show the buttons of one layer or gap; −1 for none."""
        before, self._at = self.span, at
        slot, recipe, place = self.slot, self._recipe, self._place
        if slot is None or recipe is None or place is None:
            self.frame.hide()
        else:
            self._label(recipe, slot)
            self._arrange(place, slot)
            self.frame.show()
        if self.span != before:
            self.span_changed.emit()

    def _label(self, recipe: Recipe, slot: Slot) -> None:
        found = shape_changes(recipe, slot)
        for kind, button in self.buttons.items():
            change = found.get(kind)
            button.setVisible(change is not None)
            if change is not None:
                button.setEnabled(change.recipe is not None)
                button.setToolTip(change.tip)
                button.setAccessibleName(change.tip)
        self.size_label.setVisible(not slot.gap)
        self.name.setVisible(not slot.gap)
        if slot.gap:
            self.setAccessibleDescription(text.INSERT_TIP)
            return
        size, name = recipe.layers[slot.layer], recipe.activations[slot.layer - 1]
        self.size_label.setText(integer(size))
        self.name.setText(f"{ACTIVATIONS[name].word} ▾")
        tip = text.name_tip(integer(slot.layer), hidden=is_hidden(recipe, slot))
        self.name.setToolTip(tip)
        self.name.setAccessibleName(tip)
        self.setAccessibleDescription(tip)

    def _arrange(self, place: Layout, slot: Slot) -> None:
        """Put the buttons side by side, in the middle over the layer or the gap."""
        unit, space = place.unit, place.scale.space
        gap, high, x = round(GAP * unit), round(1.6 * unit), 0
        order: list[QToolButton | QLabel] = [
            *(self.buttons["fewer"], self.size_label, self.buttons["more"], self.name),
            *(self.buttons["remove"], self.buttons["insert"]),
        ]
        for part in order:
            if part.isHidden():
                continue
            part.setFont(sized(part.font(), unit))
            wide = part.fontMetrics().horizontalAdvance(part.text())
            wide = max(wide + space(14 if isinstance(part, QToolButton) else 4), high)
            part.setGeometry(x, 0, wide, high)
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            x += wide + gap
        wide = x - gap
        left = min(max(slot.x - wide / 2, 0), max(self.width() - wide, 0))
        self.frame.setGeometry(round(left), round(place.heading - high / 2), wide, high)

    def _fill_menu(self) -> None:
        """List every activation there is by now, with its formula."""
        menu, slot, recipe = self.menu, self.slot, self._recipe
        menu.clear()
        if slot is None or slot.gap or recipe is None:
            return
        for choice in choices(recipe, slot.layer):
            entry, change = choice.entry, choice.change
            action = menu.addAction(f"{entry.label}\t{entry.formula}")
            action.setCheckable(True)
            action.setChecked(choice.chosen)
            action.setEnabled(change.recipe is not None)
            action.setToolTip(change.tip)
            if not choice.chosen:
                action.triggered.connect(partial(self._begin, change.recipe))
        menu.addSeparator()
        keep = menu.addAction(text.KEEP)
        keep.setToolTip(text.KEEP_TIP)
        keep.setCheckable(True)
        with QSignalBlocker(keep):
            keep.setChecked(self._keeps)
        keep.toggled.connect(self.keep_wished)
        more = menu.addAction(text.EXPLORER)
        more.setToolTip(text.EXPLORER_TIP)
        more.triggered.connect(lambda: self.explorer_wanted.emit())
