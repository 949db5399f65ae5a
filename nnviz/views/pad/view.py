"""The drawing pad: draw, drop or paste a digit; see what the net makes of it, ask why, teach it.

Every extension of a stroke goes the whole way (preparation, prediction, bars), as does every
new snapshot. A class may also bring pictures, put an earlier drawing back, ask which pixels
spoke for the answer, and say what it really is. A stroke on a picture begins a new drawing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from nnviz.data.drawings import Kept
from nnviz.engine.measure.familiar import holds_digits
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import takes_drawings
from nnviz.messages.commands import JudgeTrust
from nnviz.messages.data_commands import TeachDrawing
from nnviz.messages.events import (
    CalledOff,
    DrawingsLearned,
    DrawingWanted,
    HandWanted,
)
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import OpenPanel
from nnviz.views.pad import text
from nnviz.views.pad.earlier_drawings import Entry
from nnviz.views.pad.frames import Frames
from nnviz.views.pad.picture import DIGITS, picture
from nnviz.views.pad.picture_pad import PANEL, PicturePad
from nnviz.views.pad.state import PadState, plain_strokes
from nnviz.views.pad.strokes import Sheet
from nnviz.views.palette import DARK
from nnviz.views.shared.request_gate import Question, RequestGate
from nnviz.views.view import ViewSpec

PLAYING, RESTING = 3.0, 0.3
"""Fewest seconds between two questions about trust while training plays and while it rests."""
TURNS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
"""Keys that choose among several digits, and how many places on the one is."""


class PadView(PicturePad):
    """A pad whose drawing the network of the last snapshot reads.

    Signals:
        drawn(object): the prepared picture, (784,) float32 read-only, whenever the
            drawing changes; all zeros when it is cleared.
        focus_wanted(object): the prepared picture, (784,) float32 read-only, that the network
            is to be shown with; None for its own example.
    """

    _state: PadState = PadState()
    drawn = Signal(object)
    focus_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking = RequestGate(self)
        self._connect()
        self.set_theme(DARK)
        self.reader.answer()

    def _connect(self) -> None:
        canvas, tools = self.canvas, self.tools
        canvas.changed.connect(self._drawing_changed)
        self.reader.answered.connect(self._answered)
        self._asking.due.connect(self._ask_for_trust)
        canvas.finished.connect(self.reader.finish)
        canvas.finished.connect(self._keep_up)
        canvas.leaving.connect(lambda: self._keep(None))
        canvas.leaving.connect(self._begin_anew)
        canvas.frame_clicked.connect(self.look_at)
        tools.undo.clicked.connect(canvas.undo)
        tools.clear.clicked.connect(canvas.clear)
        tools.erase.toggled.connect(self._set_erasing)
        tools.why.clicked.connect(self._ask_on)
        tools.teach.clicked.connect(self._open_popup)
        self.bars.asked.connect(self.ask_why)
        self.bars.turned.connect(lambda: self._look_on(1))
        self.popup.chosen.connect(self.teach)
        self.earlier.picked.connect(self._put_back)
        self.drawn.connect(self._show_in_network)
        tools.album.triggered.connect(self._open_album)
        tools.as_one.toggled.connect(self._read_as_one)
        tools.in_network.toggled.connect(self._set_in_network)
        tools.hand.triggered.connect(self.lesson.begin)
        self.lesson.wanted.connect(self.wanted)
        self.lesson.changed.connect(self._show_lesson)

    def join(self, ports: Ports) -> None:
        """Let the network show drawings; take earlier ones, judgements and what is learned."""
        super().join(ports)
        self.focus_wanted.connect(lambda picture: ports.publish(DrawingWanted(picture)))
        ports.on(Judgement, self.show_judgement)
        ports.on(Kept, self._kept)
        ports.on(CalledOff, self._give_up)
        ports.on(DrawingsLearned, self.show_taught)
        ports.on(HandWanted, self._hand_wanted)

    def _kept(self, kept: Kept) -> None:
        self.earlier.keep(kept.drawings)
        self.tools.album.setEnabled(bool(self.earlier.entries))

    def _hand_wanted(self, _wanted: HandWanted) -> None:
        self.wanted.emit(OpenPanel(PANEL))
        self.lesson.begin()

    def state(self) -> dict[str, Any]:
        """Return what is chosen, and the strokes."""
        strokes = [list(map(list, stroke)) for stroke in plain_strokes(self.canvas.strokes)]
        kept = {"strokes": strokes, "hand": asdict(self.lesson.state)}
        return asdict(self._state) | kept  # lists, as a file gives them back

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose and draw these again."""
        before = replace(self._state, strokes=plain_strokes(self.canvas.strokes))
        found = before.restored(kept)
        if found.strokes != before.strokes:
            self.set_strokes([np.array(stroke) for stroke in found.strokes])
        self.tools.as_one.setChecked(found.as_one)  # which forgets what is chosen
        self._state = replace(found, strokes=())
        self.tools.erase.setChecked(found.erasing)
        self.tools.in_network.setChecked(found.in_network)
        self.lesson.restore(kept.get("hand"))
        self.reader.look_at(found.digit, as_one=self._as_one)
        self.reader.answer()

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let the net of this moment read the drawing."""
        self.reader.show_snapshot(snapshot)
        self.lesson.show_snapshot(snapshot)
        self.tools.allow_hand(allowed=takes_drawings(snapshot))
        self._keep_up()

    def show_judgement(self, judged: Judgement) -> None:
        """Say with the answer how much trust it deserves."""
        self._asking.answered(judged.step, judged.mark)
        self.reader.show_judgement(judged)

    def _keep_up(self) -> None:
        """Ask how much an answer deserves trust, where a digit is drawn that can be answered."""
        snapshot = self.reader.snapshot
        if snapshot is None or self.reader.reading.values is None or self.canvas.drawing:
            return
        if holds_digits(self.reader.description):
            self._asking.want(Question(snapshot), PLAYING if snapshot.playing else RESTING)

    def _ask_for_trust(self) -> None:
        if self.in_sight():
            self.wanted.emit(JudgeTrust())
        else:
            self._asking.put_off()

    def _give_up(self, _off: CalledOff) -> None:
        """Wait for no answer any more; at the next step it is asked again."""
        self._asking.called_off()

    def settled(self) -> bool:
        """Tell whether what it asked for has come."""
        return super().settled() and not self._asking.waiting

    def set_strokes(self, strokes: Sequence[NDArray[np.floating[Any]]]) -> None:
        """Draw from a program as by hand: arrays (points, 2) of fractions of the side."""
        self.canvas.set_strokes(strokes)

    # -- the answer -----------------------------------------------------------------------------

    def _drawing_changed(self) -> None:
        self._ask("", None)
        if self.canvas.empty:
            self._begin_anew()
        self._state = replace(self._state, digit=None)
        self.reader.drawing_changed()

    def _begin_anew(self) -> None:
        self.tools.as_one.setChecked(False)

    def _answered(self, redrawn: bool) -> None:
        self._show()
        if redrawn:
            self.bars.repaint()  # before anything else that wants to be painted
            self.drawn.emit(self.reader.row())

    def _show(self) -> None:
        reader = self.reader
        described, several = reader.description, reader.several
        shown = picture(reader.snapshot, self._state, reader.reading, described, several)
        self.picture = shown
        if self._state.asking and shown.outputs.asked is None and reader.reading.values is not None:
            self._ask("", None)
        if not self.lesson.open:
            self.canvas.set_hint(shown.hint)
        self.canvas.set_frames(Frames(shown.frames, shown.winner.shares, shown.chosen))
        self.stages.show_picture(shown.stages)
        self.bars.show_picture(shown.outputs)
        self.winner.show_picture(shown.winner)
        for part in (self.why_map, self.why_words):
            part.show_picture(shown.why)
            part.setVisible(shown.why is not None)
        self._show_answer()
        self.tools.undo.setEnabled(self.canvas.can_undo)
        self.tools.clear.setDisabled(self.canvas.empty)
        self.tools.as_one.setEnabled(bool(several) or reader.as_one)
        self.tools.why.setEnabled(shown.answered)
        self.tools.set_question(shown.question)
        self.tools.teach.setEnabled(shown.teachable)

    def _show_lesson(self) -> None:
        """Ask for a digit of a hand, or no more."""
        if self._as_one != self.reader.as_one:  # a hand is asked for digit by digit
            self.reader.look_at(None, as_one=self._as_one)
        if self.lesson.open:
            self._ask("", None)
            self.tools.erase.setChecked(False)
            self.canvas.set_hint(self.lesson.picture.hint or ("",), large=True)
        self._show()

    # -- hands ----------------------------------------------------------------------------------

    def _set_erasing(self, erasing: bool) -> None:
        self._state = replace(self._state, erasing=erasing)
        self.canvas.erasing = erasing

    def _set_in_network(self, shown: bool) -> None:
        self._state = replace(self._state, in_network=shown)
        self._show_in_network()

    def _show_in_network(self, _drawn: object = None) -> None:
        image = self.reader.image() if self._state.in_network else None
        self.focus_wanted.emit(None if image is None else image.reshape(-1))

    # -- several digits -------------------------------------------------------------------------

    def look_at(self, digit: int) -> None:
        """Let bars, stages and questions be about one of several digits, in reading order."""
        asking = self._state.asking
        self._ask(asking, None)
        self._state = replace(self._state, digit=digit)
        self.reader.look_at(digit, as_one=self._as_one)

    @property
    def _as_one(self) -> bool:
        """Whether all on the sheet is one digit, by choice or since one is asked for."""
        return self._state.as_one or self.lesson.open

    def _look_on(self, steps: int) -> None:
        several = self.reader.several
        if several:
            self.look_at((several.chosen + steps) % len(several.readings))

    def _read_as_one(self, as_one: bool) -> None:
        self._ask("", None)
        self._state = replace(self._state, digit=None, as_one=as_one)
        self.reader.look_at(None, as_one=self._as_one)

    # -- keys -----------------------------------------------------------------------------------

    def takes_key(self, event: QKeyEvent) -> bool:
        """Take Enter, Space and Escape while a hand is learned, ← and → with several digits."""
        return self.lesson.takes_key(event) or self._turn(event) != 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with a hand, or leave it; look at the digit before or after."""
        if self.lesson.takes_key(event):
            self.lesson.press(event)
        elif turn := self._turn(event):
            self._look_on(turn)
        else:
            super().keyPressEvent(event)

    def _turn(self, event: QKeyEvent) -> int:
        """Return how many digits on a key goes; 0 where it is not the pad's."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return TURNS.get(Qt.Key(event.key()), 0) if self.reader.several and not held else 0

    # -- questions and teaching -----------------------------------------------------------------

    def ask_why(self, output: int) -> None:
        """Show which pixels spoke for an output; asked once more, no longer."""
        again = self._state.asking == "one" and self._state.question == output
        self._ask("" if again else "one", None if again else output)
        self._show()

    def _ask_on(self) -> None:
        """Go on from no question to why, from there to why not another, and back."""
        asking = {"": "one", "one": "both", "both": ""}[self._state.asking]
        self._ask(asking, self._state.question if asking else None)
        self._show()

    def _ask(self, asking: str, question: int | None) -> None:
        self._state = replace(self._state, asking=asking, question=question)

    def teach(self, label: int) -> None:
        """Say what the drawing is."""
        image, digit = self.reader.image(), self.reader.digit
        if image is not None and digit is not None and self.picture.teachable:
            self._keep(label)
            self.wanted.emit(TeachDrawing(label, image, list(digit.strokes)))

    def show_taught(self, learned: DrawingsLearned) -> None:
        """Confirm that the drawing has become an example."""
        self.canvas.say(text.taught(learned.labels))

    def _open_popup(self) -> None:
        values = self.reader.reading.values
        guess = 0 if values is None else int(np.argmax(np.nan_to_num(values)))
        button = self.tools.teach if self.tools.teach.isVisible() else self.tools.more
        place = button.mapToGlobal(button.rect().topRight())
        place.setX(place.x() - self.popup.sizeHint().width())
        self.popup.open_at(place, guess % len(DIGITS))

    # -- earlier drawings -----------------------------------------------------------------------

    def _keep(self, label: int | None) -> None:
        """Put what lies there among the earlier drawings; of several digits the labelled one."""
        self.reader.finish()
        one, shown = self.reader.digit, self.picture
        if one is None:
            return
        alone = label is not None and bool(self.reader.several)
        image = self.reader.image() if alone else self.reader.whole_image()
        if image is not None:
            sheet = Sheet(one.strokes) if alone else self.canvas.sheet
            name = shown.name if alone else shown.winner.name
            self.earlier.add(Entry(image, sheet, name if shown.answered else "", label))
            self.tools.album.setEnabled(True)

    def _put_back(self, entry: Entry) -> None:
        self.canvas.put(Sheet(picture=entry.image) if entry.sheet.empty else entry.sheet)

    def _open_album(self) -> None:
        more = self.tools.more
        self.earlier.album.open_at(more.mapToGlobal(more.rect().topLeft()))


SPEC = ViewSpec(
    PANEL,
    "Draw a digit",
    "right",
    PadView,
    short="Draw",
    gestures=(
        (
            "Draw with mouse, finger or pen",
            "The network reads it at once; the pen's other end rubs out.",
        ),
        ("Arrows and Space", "Move a cursor of keys, put the pen down and lift it."),
        ("Backspace, Delete, or a right click", "Take the last stroke back, or everything."),
        ("Drop or paste a picture", "Reads a photo of a digit on paper."),
        ("Keys 0 to 9 at “it is a …”", "Say which digit it is: it joins the training data."),
    ),
)
