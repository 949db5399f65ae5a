"""The lesson of a hand: asks for digits on the pad, teaches them, and asks for others to compare.

It joins what is drawn to the plain values of `hand_state`, and these to the run. A drawing is
taken when somebody says that it is done, never after a pause: a digit may need a second stroke.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.engine.network import Network
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import SIDE, TaughtError, drawing, takes_drawings
from nnviz.messages.commands import Teach
from nnviz.messages.data_commands import KeepDrawing
from nnviz.views.pad import hand_text
from nnviz.views.pad.canvas import PadCanvas
from nnviz.views.pad.hand_buttons import HandButtons
from nnviz.views.pad.hand_picture import (
    DRAWN,
    HandPicture,
    Stage,
    hand_picture,
    lesson_step,
    read_by,
    stage_of,
)
from nnviz.views.pad.hand_sheet import HandSheet
from nnviz.views.pad.hand_state import UNKNOWN, HandState
from nnviz.views.pad.lesson_pace import LessonPace
from nnviz.views.pad.reader import Reader
from nnviz.views.pad.strokes import Points
from nnviz.views.palette import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HandLesson(QObject):
    """Leads through a hand, on the sheet of a pad and in place of its answer and its buttons.

    Signals:
        wanted(object): a command, what is to be done.
        changed(): it was opened or left, or asks for something else.

    Attributes:
        picture: what is shown.
    """

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, canvas: PadCanvas, reader: Reader, parent: QWidget) -> None:
        """Begin with nothing drawn."""
        super().__init__(parent)
        self.state = HandState()
        self.picture = HandPicture()
        self.sheet, self.buttons = HandSheet(parent), HandButtons(parent)
        self._canvas, self._reader = canvas, reader
        self._before: tuple[int, Network] | None = None  # the run, and its net before the lesson
        self._strokes: dict[bytes, Sequence[Points]] = {}  # of drawings that are not kept yet
        self._pace = LessonPace(self.wanted.emit)
        self._run: int | None = None
        for widget in (self.sheet, self.buttons):
            widget.hide()
        buttons = self.buttons
        for button, does in (
            (buttons.on, self.go_on),
            (buttons.again, self.again),
            (buttons.skip, self.skip),
            (buttons.anew, self.begin_anew),
            (buttons.leave, self.leave),
        ):
            button.clicked.connect(does)
            button.clicked.connect(self._take_keys)
        canvas.changed.connect(self._show_buttons)

    @property
    def open(self) -> bool:
        """Whether the pad asks for a hand now."""
        return self.state.open

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.sheet.set_theme(theme)
        self.buttons.set_theme(theme)

    def restore(self, kept: object) -> None:
        """Go on where somebody was; what is broken stays as it is."""
        if isinstance(kept, Mapping):
            self.state = self.state.restored(kept)
            self._close_if_over()
            self._become(self.state)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the run: whether it has learned the hand, and whether that was taken back."""
        self._pace.follow(snapshot, lesson_step(self.state, snapshot))
        another, self._run = self._run != snapshot.run, snapshot.run
        if another:
            self._close_if_over()
        if not self.open:
            return
        if not takes_drawings(snapshot):
            self.leave()
            self._canvas.say(hand_text.OTHER_DATA)
        else:
            self._show()

    def _close_if_over(self) -> None:
        """Leave a hand that was learned where another run knows nothing of it."""
        stage = stage_of(self.state, self._reader.snapshot)
        if self.open and self.state.before and stage is Stage.READY:
            self.leave()

    # -- what hands do --------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask for a hand, from where somebody left it."""
        self._canvas.clear()
        self._become(self.state.opened())
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Ask no more; what was drawn is kept."""
        self._keep(len(self.state.hand))
        self._become(self.state.closed())

    def go_on(self) -> None:
        """Take the drawing, teach the hand, or ask for others to compare, whichever comes next."""
        stage = self.picture.stage
        if stage in DRAWN:
            self._take()
        elif stage is Stage.READY:
            self._learn()
        else:
            self._canvas.clear()
            self._become(self.state.trying_out())

    def again(self) -> None:
        """Clear the sheet or, where it is empty, ask once more for what was taken last."""
        if not self._canvas.empty:
            self._canvas.clear()
        elif self.picture.stage in (Stage.DRAWING, Stage.READY) and self.state.hand:
            self._become(self.state.without_last())

    def skip(self) -> None:
        """Leave out the digit that is asked for."""
        if self.state.wanted is not None:
            self._canvas.clear()
            self._become(self.state.without(self.state.wanted))

    def begin_anew(self) -> None:
        """Begin with another hand."""
        self._keep(len(self.state.hand))
        self._canvas.clear()
        self._become(self.state.anew())

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is meant for the lesson."""
        if not self.open or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, stage = event.key(), self.picture.stage
        if key == Qt.Key.Key_Space:
            return stage in DRAWN
        return key == Qt.Key.Key_Escape or (key in _ENTER and stage is not Stage.TRIED)

    def press(self, event: QKeyEvent) -> None:
        """Use a key."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif not event.isAutoRepeat():
            self.go_on()

    def _take_keys(self) -> None:
        """Give the keys back to the sheet, unless a button was reached by keys."""
        if self.open and not any(one.hasFocus() for one in self.buttons.findChildren(QPushButton)):
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        """Take what lies on the sheet as what was asked for, however it is read."""
        self._canvas.lift()
        self._reader.finish()
        image, digit = self._reader.image(), self.state.wanted
        if image is None or digit is None or self._reader.reading.dots:
            self._canvas.say(hand_text.NOTHING_YET if image is None else hand_text.NO_DOT)
            return
        one = drawing(digit, image)
        before = "".join(map(str, read_by(self._net_before(), (one,)))) or UNKNOWN
        try:
            state = self.state.with_drawing(one, before)
        except TaughtError as problem:
            self._canvas.say(str(problem))
            return
        self._strokes[one.pixels] = list(self._canvas.strokes)
        self._canvas.clear()
        self._become(state)
        self._keep(len(self.state.hand) - 1)  # the last one may still be drawn again

    def _learn(self) -> None:
        """Teach the hand; the net of this moment is what it is compared with afterwards."""
        snapshot, hand = self._reader.snapshot, self.state.hand
        if snapshot is None:
            return
        network = snapshot.network()
        self._before = snapshot.run, network
        self._keep(len(hand))
        self._pace.give()
        self._become(self.state.taught_with(read_by(network, hand)))
        lesson = tuple((one.label, one.image().reshape(SIDE, SIDE)) for one in hand)
        self.wanted.emit(Teach(lesson))

    def _net_before(self) -> Network | None:
        """Return the net before the lesson; None where nobody has it any more."""
        snapshot = self._reader.snapshot
        if self._before is None or snapshot is None or self._before[0] != snapshot.run:
            return None
        return self._before[1]

    def _keep(self, count: int) -> None:
        """See to it that so many drawings of the hand lie in the store."""
        hand, kept = self.state.hand, self.state.kept
        if count <= kept:
            return
        self.state = self.state.with_kept(count)
        for one in hand[kept:count]:
            image = one.image().reshape(SIDE, SIDE)
            self.wanted.emit(KeepDrawing(one.label, image, self._strokes.pop(one.pixels, ())))

    # -- what is shown --------------------------------------------------------------------------

    def _become(self, state: HandState) -> None:
        self.state = state
        self._canvas.keeps_keys = state.open
        self._show()

    def _show(self) -> None:
        snapshot = self._reader.snapshot
        if self.open:
            network = None if snapshot is None else snapshot.network()
            self.picture = hand_picture(self.state, snapshot, network)
            self.sheet.show_picture(self.picture)
            self._show_buttons()
        for widget in (self.sheet, self.buttons):
            widget.setVisible(self.open)
        self.changed.emit()

    def _show_buttons(self) -> None:
        if self.open:
            self.buttons.show_stage(self.picture.stage, self.state, drawn=not self._canvas.empty)
