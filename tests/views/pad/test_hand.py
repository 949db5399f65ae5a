"""Learning a hand on the pad: real strokes are asked for, taught as one change, and compared."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from nnviz.engine.changes import Edit
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import NONE, drawing, with_drawings
from nnviz.messages.commands import Pause, Play, Teach
from nnviz.messages.data_commands import KeepDrawing
from nnviz.views.pad import hand_text
from nnviz.views.pad.hand_picture import LESSON, Stage
from nnviz.views.pad.hand_state import HandState
from nnviz.views.pad.view import PadView
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import TypeScale
from tests.data.seen import strokes_to_image
from tests.sampled import sampled
from tests.snapshots import make_snapshot
from tests.views.pad.test_scale import check
from tests.waiting import calm

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    return make_snapshot(steps=60)


class Writer:
    """Somebody at a pad, and the run behind it: draws what is asked for, a little other each time.

    Attributes:
        sent: every command.
    """

    def __init__(self, view: PadView, moment: Snapshot, each: int = 1) -> None:
        self.view, self.moment = view, moment
        self.sent: list[Any] = []
        self.drawn = 0
        view.wanted.connect(self.sent.append)
        view.show_snapshot(moment)
        view.lesson.state = HandState(each=each)

    @property
    def lesson(self) -> Any:
        return self.view.lesson

    def stroke(self, shift: float = 0.0) -> None:
        """Draw one stroke with the mouse."""
        self.drawn += 1
        side, bend = self.view.canvas.width(), 0.02 * self.drawn % 0.5
        points = [(0.2 + shift, 0.2), (0.3 + bend + shift, 0.4), (0.4 - bend / 2 + shift, 0.8)]
        places = [QPoint(round(x * side), round(y * side)) for x, y in points]
        QTest.mousePress(self.view.canvas, LEFT, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(self.view.canvas, place)
        QTest.mouseRelease(self.view.canvas, LEFT, pos=places[-1])

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.canvas, key)

    def draw_all(self) -> list[int]:
        """Draw whatever is asked for; return what it was."""
        asked = []
        while self.lesson.state.wanted is not None:
            asked.append(self.lesson.state.wanted)
            self.stroke()
            self.press(Qt.Key.Key_Return)
        return asked

    def of(self, kind: type) -> list[Any]:
        return [command for command in self.sent if isinstance(command, kind)]

    def obey(self, *, step: int = 0, playing: bool = False, theta: Any = None) -> Snapshot:
        """Let the run do what it was told last, and go so many steps on."""
        lesson = self.of(Teach)[-1].drawings
        text = with_drawings(NONE, [drawing(label, image) for label, image in lesson])
        snapshot = replace(
            self.moment,
            recipe=replace(self.moment.recipe, taught=text),
            changes=(Edit(self.moment.step, "taught", text, NONE),),
            step=self.moment.step + step,
            playing=playing,
            theta=self.moment.theta if theta is None else theta,
        )
        self.view.show_snapshot(snapshot)
        return snapshot


@pytest.fixture
def writer(show: Callable[..., PadView], moment: Snapshot) -> Writer:
    view = show(PadView, None, (460, 225))
    QTest.qWaitForWindowExposed(view)
    return Writer(view, moment)


def test_a_digit_is_asked_for_and_taken_when_somebody_says_so(writer: Writer) -> None:
    view, lesson = writer.view, writer.lesson
    view.tools.hand.trigger()
    assert lesson.open
    assert lesson.sheet.isVisible()
    assert not any(part.isVisible() for part in (view.tools, view.bars, view.winner))
    wanted = lesson.state.wanted
    assert view.canvas.hint[0] == f"Draw a {wanted}"
    assert not lesson.buttons.on.isEnabled()
    writer.stroke()
    writer.stroke(0.5)  # the second stroke of the same digit
    assert len(view.canvas.strokes) == 2
    assert lesson.state.hand == ()
    assert lesson.buttons.on.isEnabled()
    image = strokes_to_image(view.canvas.strokes)  # both, however far apart
    QTest.mouseClick(lesson.buttons.on, LEFT)
    (taken,) = lesson.state.hand
    assert taken.label == wanted  # however it is read
    np.testing.assert_array_equal(np.rint(255 * image).ravel(), np.rint(255 * taken.image()))
    assert view.canvas.empty
    assert lesson.state.wanted != wanted


def test_an_empty_sheet_and_a_dot_are_not_taken(writer: Writer) -> None:
    writer.lesson.begin()
    canvas = writer.view.canvas
    writer.press(Qt.Key.Key_Space)
    assert canvas.note == hand_text.NOTHING_YET
    QTest.mouseClick(canvas, LEFT, pos=canvas.rect().center())
    writer.press(Qt.Key.Key_Space)
    assert canvas.note == hand_text.NO_DOT
    assert writer.lesson.state.hand == ()
    assert not canvas.empty


def test_escape_keeps_what_was_drawn_and_one_goes_on_later(writer: Writer, show: Any) -> None:
    writer.lesson.begin()
    for _ in range(3):
        writer.stroke()
        writer.press(Qt.Key.Key_Enter)
    assert len(writer.of(KeepDrawing)) == 2  # the last one may be drawn again
    writer.press(Qt.Key.Key_Escape)
    assert not writer.lesson.open
    assert writer.view.tools.isVisible()
    kept = writer.of(KeepDrawing)
    assert [one.label for one in kept] == [one.label for one in writer.lesson.state.hand]
    assert all(len(one.strokes) == 1 for one in kept)
    later = show(PadView, writer.moment, (460, 225))
    later.restore(writer.view.state())
    assert later.lesson.state == writer.lesson.state
    later.lesson.begin()
    assert later.lesson.state.wanted == writer.lesson.state.wanted
    later.lesson.leave()
    assert len(writer.of(KeepDrawing)) == 3  # none is kept twice


def test_again_and_skip(writer: Writer) -> None:
    lesson = writer.lesson
    lesson.begin()
    assert not lesson.buttons.again.isEnabled()
    writer.stroke()
    writer.press(Qt.Key.Key_Return)
    (first,) = lesson.state.hand
    QTest.mouseClick(lesson.buttons.again, LEFT)
    assert (lesson.state.hand, lesson.state.wanted) == ((), first.label)
    QTest.mouseClick(lesson.buttons.skip, LEFT)
    assert first.label not in writer.draw_all()
    assert lesson.picture.stage is Stage.READY
    assert not lesson.buttons.skip.isVisible()


def test_again_clears_the_sheet_first(writer: Writer) -> None:
    lesson = writer.lesson
    lesson.begin()
    writer.stroke()
    writer.press(Qt.Key.Key_Return)
    writer.stroke()
    for hand in (1, 0):
        QTest.mouseClick(lesson.buttons.again, LEFT)
        assert len(lesson.state.hand) == hand
        assert writer.view.canvas.empty


def test_an_eraser_is_put_away(writer: Writer) -> None:
    writer.view.tools.erase.setChecked(True)
    writer.lesson.begin()
    assert not writer.view.canvas.erasing


def test_another_run_closes_a_hand_that_was_learned_but_none_half_drawn(writer: Writer) -> None:
    lesson, other = writer.lesson, replace(writer.moment, run=writer.moment.run + 1)
    lesson.begin()
    writer.stroke()
    writer.press(Qt.Key.Key_Return)
    writer.view.show_snapshot(other)
    assert lesson.open
    writer.view.show_snapshot(writer.moment)
    writer.draw_all()
    lesson.go_on()
    writer.obey(step=LESSON)
    kept = writer.view.state()
    writer.view.show_snapshot(other)
    assert not lesson.open
    assert writer.view.tools.isVisible()
    writer.view.restore(kept)
    assert not lesson.open
    lesson.begin()
    assert lesson.picture.stage is Stage.READY


def test_every_digit_left_out_leaves_nothing_to_learn(writer: Writer) -> None:
    writer.lesson.begin()
    for _ in range(10):
        writer.lesson.skip()
    assert writer.lesson.picture.stage is Stage.DRAWING
    writer.press(Qt.Key.Key_Return)
    assert writer.sent == []


def test_a_hand_is_taught_at_once_and_compared_on_what_is_drawn_next(writer: Writer) -> None:
    lesson, view = writer.lesson, writer.view
    lesson.begin()
    asked = writer.draw_all()
    assert sorted(asked) == list(range(10))
    writer.press(Qt.Key.Key_Return)
    (teach,) = writer.of(Teach)
    assert [label for label, _ in teach.drawings] == asked
    images = np.array([image.ravel() for _, image in teach.drawings])
    before = writer.moment.network().predict(images).argmax(axis=1)
    assert lesson.state.before == "".join(map(str, before))
    assert writer.of(Play) == []  # not before the run has it

    taught = writer.obey()
    assert len(writer.of(Play)) == 1
    assert lesson.picture.stage is Stage.LEARNING
    writer.obey(step=LESSON // 2, playing=True)
    assert lesson.picture.share == 0.5
    theta = np.roll(writer.moment.theta, 3)
    now = writer.obey(step=LESSON, playing=True, theta=theta)
    assert len(writer.of(Pause)) == 1  # it rested before
    right = [int((read == np.array(asked)).sum()) for read in (before, read(now, images))]
    assert lesson.picture.figures == hand_text.brought(*right, 10)

    kept = len(writer.of(KeepDrawing))
    writer.press(Qt.Key.Key_Return)
    tried = writer.draw_all()
    assert sorted(tried) == list(range(10))
    assert len(writer.of(Teach)) == 1
    assert len(writer.of(KeepDrawing)) == kept == 10
    images = np.array([one.image() for one in lesson.state.tries])
    both = [read(taught, images), read(now, images)]
    assert lesson.state.before_tried == "".join(map(str, both[0]))
    before_right, now_right = (int((each == np.array(tried)).sum()) for each in both)
    assert lesson.picture.title == hand_text.result(before_right, now_right, 10)
    wrong = [cell.digit for row in lesson.picture.cells for cell in row if cell.wrong]
    missed = [label for label, seen in zip(tried, both[1], strict=True) if label != seen]
    assert sorted(wrong) == sorted(missed)
    writer.press(Qt.Key.Key_Return)  # a result is not thrown away by one key too many
    assert lesson.picture.stage is Stage.TRIED

    view.show_snapshot(replace(writer.moment, playing=True))  # taken back, or gone back before it
    assert lesson.picture.stage is Stage.READY
    writer.obey(step=LESSON, theta=theta)
    assert lesson.picture.stage is Stage.TRIED  # and there again
    view.show_snapshot(writer.moment)
    QTest.mouseClick(lesson.buttons.on, LEFT)
    assert len(writer.of(Teach)) == 2
    QTest.mouseClick(lesson.buttons.anew, LEFT)
    assert lesson.state == HandState(open=True, each=1)


def read(snapshot: Snapshot, images: Any) -> Any:
    return snapshot.network().predict(images).argmax(axis=1)


def test_training_that_goes_on_is_neither_started_nor_stopped(writer: Writer) -> None:
    writer.lesson.begin()
    writer.draw_all()
    writer.lesson.go_on()
    writer.obey(step=1, playing=True)
    writer.obey(step=LESSON + 1, playing=True)
    assert writer.of(Play) == writer.of(Pause) == []
    assert writer.lesson.picture.share == 1


def test_who_pauses_and_plays_by_hand_is_not_paused_again(writer: Writer) -> None:
    writer.lesson.begin()
    writer.draw_all()
    writer.lesson.go_on()
    writer.obey()
    writer.obey(step=5, playing=True)
    writer.obey(step=9)
    assert writer.lesson.picture.lines == (hand_text.PAUSED,)
    writer.obey(step=LESSON + 9, playing=True)
    assert (len(writer.of(Play)), writer.of(Pause)) == (1, [])


def test_after_a_new_start_the_net_before_is_not_made_up(writer: Writer, show: Any) -> None:
    writer.lesson.begin()
    writer.draw_all()
    writer.lesson.go_on()
    later = Writer(show(PadView, None, (460, 225)), writer.moment)
    later.sent += writer.of(Teach)
    later.view.restore(writer.view.state())
    later.obey(step=LESSON)
    later.lesson.begin()
    assert later.lesson.picture.stage is Stage.LEARNING
    later.lesson.go_on()
    later.drawn = 13
    later.stroke()
    later.press(Qt.Key.Key_Return)
    assert later.lesson.state.before_tried == "?"
    assert hand_text.FORGOT_BEFORE in later.lesson.picture.lines


def test_a_net_of_other_data_learns_no_hand(writer: Writer) -> None:
    view = writer.view
    view.lesson.begin()
    writer.stroke()
    writer.press(Qt.Key.Key_Return)
    shirts = replace(writer.moment, class_names=("shirt", *"123456789"))
    view.show_snapshot(shirts)
    assert not view.lesson.open
    assert not view.tools.hand.isEnabled()
    assert view.tools.hand.toolTip() == hand_text.NO_DIGITS
    assert len(view.lesson.state.hand) == 1
    view.show_snapshot(writer.moment)
    assert view.tools.hand.isEnabled()


def test_keys_are_the_run_s_where_nothing_is_drawn(writer: Writer) -> None:
    lesson, view = writer.lesson, writer.view
    assert not takes(view, Qt.Key.Key_Return)
    lesson.begin()
    assert takes(view, Qt.Key.Key_Space)
    assert takes(view, Qt.Key.Key_Escape)
    writer.draw_all()
    lesson.go_on()
    writer.obey()
    assert not takes(view, Qt.Key.Key_Space)  # play and pause
    assert takes(view, Qt.Key.Key_Return)


def takes(view: PadView, key: Qt.Key) -> bool:
    return view.takes_key(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize("size", sampled([(320, 220), (380, 620), (640, 400), (900, 700)], every=3))
@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
def test_all_is_whole_in_any_size(
    show: Callable[..., PadView], moment: Snapshot, size: tuple[int, int], factor: float
) -> None:
    view = show(PadView, None, size, replace(DARK, scale=TypeScale(factor)))
    view.resize(max(size[0], view.minimumSizeHint().width()), size[1])
    writer = Writer(view, moment)
    writer.lesson.begin()
    check_all(view, factor)
    writer.draw_all()
    check_all(view, factor)
    writer.lesson.go_on()
    writer.obey(step=9, playing=True)
    check_all(view, factor)
    writer.lesson.go_on()
    writer.stroke()
    writer.lesson.go_on()
    check_all(view, factor)
    writer.draw_all()
    check_all(view, factor)


def check_all(view: PadView, factor: float) -> None:
    calm(view)
    check(view.lesson.sheet, factor)
    for button in view.lesson.buttons._buttons:
        if button.isVisible():
            room = button.fontMetrics().horizontalAdvance(button.text())
            assert room <= button.width(), (button.text(), room, button.width())
