"""Several digits on the pad: told apart, read one by one, and one of them looked at."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.data.description import DataDescription, PictureRule
from nnviz.data.picture_inputs import strokes_stages
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.trust import Trust
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.data_commands import TeachDrawing
from nnviz.numbers import percent
from nnviz.views.pad.text import NO_DIGIT
from nnviz.views.pad.view import PadView
from nnviz.views.palette import DARK, rgb
from tests.snapshots import make_snapshot
from tests.views.grabbing import colours, pixels
from tests.waiting import calm
from tests.wishes import on_wish

LEFT = Qt.MouseButton.LeftButton
DIGITS = DataDescription(tuple("0123456789"), (28, 28), pictures=PictureRule())
Line = list[tuple[float, float]]
FOUR: list[Line] = [[(0.17, 0.3), (0.08, 0.56), (0.33, 0.56)], [(0.27, 0.38), (0.24, 0.76)]]
SEVEN: list[Line] = [[(0.42, 0.33), (0.64, 0.32), (0.52, 0.74)], [(0.45, 0.53), (0.64, 0.53)]]
ONE: list[Line] = [[(0.84, 0.29), (0.82, 0.72)]]
NUMBER = [*FOUR, *SEVEN, *ONE]


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    return replace(make_snapshot(steps=60), description=DIGITS)


@pytest.fixture
def view(show: Callable[..., PadView], moment: Snapshot) -> PadView:
    made = show(PadView, moment, (520, 300))
    QTest.qWaitForWindowExposed(made)
    return made


def place(view: PadView, x: float, y: float) -> QPoint:
    return QPoint(round(x * view.canvas.width()), round(y * view.canvas.width()))


def drag(view: PadView, line: Line) -> None:
    QTest.mousePress(view.canvas, LEFT, pos=place(view, *line[0]))
    for point in line[1:]:
        QTest.mouseMove(view.canvas, place(view, *point))
    QTest.mouseRelease(view.canvas, LEFT, pos=place(view, *line[-1]))
    calm(view)


def draw(view: PadView, lines: list[Line]) -> None:
    for line in lines:
        drag(view, line)


def row(strokes: list[np.ndarray], moment: Snapshot) -> np.ndarray:
    return strokes_stages(strokes, moment.description).image.reshape(-1)


def click(view: PadView, x: float, y: float) -> None:
    QTest.mouseClick(view.canvas, LEFT, pos=place(view, x, y))
    calm(view)


def shades(view: PadView) -> list[tuple[int, ...]]:
    return [tuple(shade) for shade in colours(pixels(view.canvas)).tolist()]


def test_two_dragged_digits_are_read_one_by_one_in_one_batch(
    view: PadView, moment: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(view, [*FOUR, *ONE])
    strokes = view.canvas.strokes
    assert len(view.picture.frames) == 2
    rows = np.stack([row(strokes[:2], moment), row(strokes[2:], moment)])
    expected = moment.network().predict(rows)
    for reading, values in zip(view.reader.readings, expected, strict=True):
        np.testing.assert_array_equal(reading.values, values)
    names = [view.picture.winner.name[n] for n in range(2)]
    assert view.picture.winner.sure[0].startswith("2 digits: ")
    assert view.picture.winner.tip.startswith(f"2 digits: {' '.join(names)}\n")
    batches: list[tuple[int, ...]] = []
    network = type(view.reader.reading.network)
    predict = network.predict
    monkeypatch.setattr(
        network, "predict", lambda net, x: batches.append(x.shape) or predict(net, x)
    )
    view.reader.answer()
    assert batches == [(2, 784)]


def test_each_is_prepared_exactly_as_if_it_were_drawn_alone(
    view: PadView, moment: Snapshot
) -> None:
    alone = []
    for digit in (FOUR, SEVEN, ONE):
        view.canvas.clear()
        draw(view, digit)
        assert view.picture.frames == ()
        alone.append(view.reader.row())
    view.canvas.clear()
    draw(view, NUMBER)
    for number, expected in enumerate(alone):
        view.look_at(number)
        np.testing.assert_array_equal(view.reader.row(), expected)


def test_bars_stages_and_network_are_about_the_last_written_until_another_is_chosen(
    view: PadView, moment: Snapshot
) -> None:
    shown: list[Any] = []
    view.focus_wanted.connect(shown.append)
    draw(view, [*ONE, *FOUR, *SEVEN])  # not in the order in which they are read
    strokes = view.canvas.strokes
    one, four, seven = (row(strokes[a:b], moment) for a, b in ((0, 1), (1, 3), (3, 5)))
    assert view.picture.chosen == 1
    np.testing.assert_array_equal(shown[-1], seven)
    for x, y, number, expected in ((0.2, 0.5, 0, four), (0.83, 0.5, 2, one), (0.55, 0.4, 1, seven)):
        click(view, x, y)
        assert view.picture.chosen == view.picture.winner.chosen == number
        assert view.picture.outputs.whose == f"digit {number + 1} of 3"
        np.testing.assert_array_equal(shown[-1], expected)
        np.testing.assert_array_equal(view.picture.stages.pictures[-1].ravel(), expected)
        np.testing.assert_array_equal(
            view.picture.outputs.values, view.reader.readings[number].values
        )
    assert len(view.canvas.strokes) == 5  # no click has left a dot


def test_a_stroke_that_begins_in_a_frame_is_drawn_whole(view: PadView) -> None:
    draw(view, [*FOUR, SEVEN[0], *ONE])
    before = len(view.canvas.strokes)
    drag(view, SEVEN[1])
    assert len(view.canvas.strokes) == before + 1
    side = view.canvas.width()
    np.testing.assert_allclose(view.canvas.strokes[-1][0], SEVEN[1][0], atol=1 / side)
    assert len(view.picture.frames) == 3
    assert view.picture.chosen == 1  # crossing it is writing it


def test_arrow_keys_and_the_bars_caption_go_from_digit_to_digit(view: PadView) -> None:
    draw(view, NUMBER)
    for key, chosen in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Left, 2), (Qt.Key.Key_Left, 1)):
        QTest.keyClick(view.canvas, key)
        assert view.picture.chosen == chosen
    QTest.mouseClick(view.bars, LEFT, pos=QPoint(20, 4))
    assert view.picture.chosen == 2
    view.canvas.clear()
    draw(view, ONE)
    QTest.mouseClick(view.bars, LEFT, pos=QPoint(20, 4))
    QTest.keyClick(view.canvas, Qt.Key.Key_Left)
    assert view.picture.chosen == 0


def test_the_chosen_frame_is_stronger_and_one_digit_has_none(view: PadView) -> None:
    frame = DARK.now
    draw(view, FOUR)
    assert tuple(rgb(frame)) not in shades(view)
    draw(view, ONE)
    assert tuple(rgb(frame)) in shades(view)
    left, top, right, bottom = view.canvas.frames.boxes[0]
    assert left < 0.08 < 0.33 < right
    assert top < 0.3 < 0.76 < bottom


class Upright:
    """Knows as a digit what is narrow: a stand-in for what has learnt digits' shapes."""

    def knows(self, x: Any) -> Any:
        """Look how wide the ink is."""
        return (x.reshape(-1, 28, 28).max(axis=1) > 0.2).sum(axis=1) < 12


def test_trust_and_what_is_no_digit_are_said_of_each(view: PadView, moment: Snapshot) -> None:
    draw(view, [*FOUR, *ONE])
    trust = Trust(moment.recipe.output_activation, 2.0, Upright())
    view.show_judgement(Judgement(moment.run, moment.step, moment.mark, trust))
    values = np.stack([reading.values for reading in view.reader.readings])
    shares = trust.of(np.stack([d.stages.image.ravel() for d in view.reader.digits]), values)
    assert [reading.trust for reading in view.reader.readings] == shares.tolist()
    assert shares[0] == 0 < shares[1]
    assert view.picture.winner.name[0] == "?"
    short = view.picture.winner.sure[0].split(": ")[1].split(", ")
    assert short[0] == NO_DIGIT[1]
    if view.picture.winner.name[1] != "?":
        assert short[1] == percent(shares[1], 0)
    assert view.picture.outputs.winner in (int(values[1].argmax()), None)
    view.look_at(0)
    assert view.picture.outputs.winner is None  # no bar is strong of what is no digit


def test_how_sure_the_net_is_of_each_stands_below_its_frame(view: PadView) -> None:
    draw(view, [*FOUR, *ONE])
    frames, (_, _, _, bottom) = view.canvas.frames, view.canvas.frames.boxes[1]
    assert len(frames.shares) == 2
    said = pixels(view.canvas)[round(view.canvas.width() * bottom) + 4 :]
    view.canvas.set_frames(replace(frames, shares=()))
    silent = pixels(view.canvas)[round(view.canvas.width() * bottom) + 4 :]
    half = view.canvas.width() // 2
    assert (said != silent)[:, :half].any()
    assert (said != silent)[:, half:].any()


def test_teaching_and_asking_why_are_about_the_chosen_one(view: PadView, moment: Snapshot) -> None:
    taught: list[TeachDrawing] = []
    on_wish(view, TeachDrawing, taught.append)
    draw(view, NUMBER)
    click(view, 0.55, 0.4)
    view.teach(7)
    strokes = view.canvas.strokes
    assert taught[0].label == 7
    np.testing.assert_array_equal(taught[0].image.ravel(), row(strokes[2:4], moment))
    assert list(map(id, taught[0].strokes)) == list(map(id, view.reader.digits[1].strokes))
    kept = view.earlier.entries[0]
    assert (kept.label, len(kept.sheet.strokes)) == (7, 2)
    view.ask_why(3)
    assert view.picture.why is not None
    np.testing.assert_array_equal(view.picture.why.seen.ravel(), row(strokes[2:4], moment))
    click(view, 0.2, 0.5)
    assert view.picture.why is not None
    np.testing.assert_array_equal(view.picture.why.seen.ravel(), row(strokes[:2], moment))


def test_all_can_be_read_as_one_digit_until_a_new_drawing(view: PadView, moment: Snapshot) -> None:
    assert not view.tools.as_one.isEnabled()
    draw(view, [*FOUR, *ONE])
    view.tools.as_one.trigger()
    assert view.picture.frames == ()
    assert view.state()["as_one"]
    np.testing.assert_array_equal(view.reader.row(), row(view.canvas.strokes, moment))
    draw(view, SEVEN)
    assert view.picture.frames == ()
    view.canvas.clear()
    draw(view, [*FOUR, *ONE])
    assert len(view.picture.frames) == 2
    assert not view.state()["as_one"]


def test_undo_erasing_and_clearing_divide_anew_and_the_whole_is_kept(view: PadView) -> None:
    draw(view, NUMBER)
    view.look_at(0)
    QTest.keyClick(view.canvas, Qt.Key.Key_Backspace)
    calm(view)
    assert (len(view.picture.frames), view.picture.chosen) == (2, 1)
    view.tools.erase.setChecked(True)
    drag(view, [(0.42, 0.33), (0.53, 0.32), (0.64, 0.32), (0.58, 0.53), (0.52, 0.74)])
    drag(view, SEVEN[1])
    assert view.picture.frames == ()
    view.tools.erase.setChecked(False)
    draw(view, ONE)
    name = view.picture.winner.name
    view.canvas.clear()
    calm(view)
    assert view.earlier.entries[0].read == name
    assert len(view.earlier.entries[0].sheet.strokes) == 3
    view.earlier.picked.emit(view.earlier.entries[0])
    calm(view)
    assert len(view.picture.frames) == 2


def test_the_choice_comes_back_with_the_state(
    view: PadView, show: Callable[..., PadView], moment: Snapshot
) -> None:
    draw(view, NUMBER)
    click(view, 0.55, 0.4)
    kept = view.state()
    assert (kept["digit"], kept["as_one"]) == (1, False)
    other = show(PadView, moment, (520, 300))
    other.restore(kept)
    calm(other)
    assert (len(other.picture.frames), other.picture.chosen) == (3, 1)
    other.restore(kept | {"digit": None, "as_one": True})
    calm(other)
    assert other.picture.frames == ()
    assert other.tools.as_one.isChecked()
    other.restore(kept | {"digit": 99})
    calm(other)
    assert other.picture.chosen == 2  # there is none such: the last written one


def test_while_a_hand_is_learned_all_is_the_digit_that_is_asked_for(
    view: PadView, moment: Snapshot
) -> None:
    view.lesson.begin()
    draw(view, [*FOUR, *ONE])
    assert view.picture.frames == ()
    np.testing.assert_array_equal(view.reader.row(), row(view.canvas.strokes, moment))
    view.lesson.leave()
    assert len(view.picture.frames) == 2


def test_of_what_are_no_digits_all_is_one_drawing(view: PadView, moment: Snapshot) -> None:
    letters = replace(DIGITS, class_names=tuple("KLMNOPQRST"))
    view.show_snapshot(replace(moment, description=letters))
    draw(view, NUMBER)
    assert view.picture.frames == ()
    assert len(view.reader.readings) == 1


def test_several_digits_of_a_picture_are_read_in_its_order(view: PadView) -> None:
    grey = np.full((200, 320), 0.85, dtype=np.float32)
    grey[60:150, 60:70] = 0.1  # 1
    grey[60:70, 180:240] = 0.1
    grey[60:150, 230:240] = 0.1  # 7
    view.show_picture(grey)
    calm(view)
    assert len(view.picture.frames) == 2
    assert view.picture.chosen == 0
    left, top, right, bottom = view.picture.frames[1]
    assert left < 180 / 320 < 240 / 320 < right
    assert top < (60 + 60) / 320 < (150 + 60) / 320 < bottom
    first = view.reader.row()
    click(view, 0.65, 0.5)
    assert view.picture.chosen == 1
    assert view.canvas.sheet.picture is grey  # a click begins no new drawing
    assert (view.reader.row() != first).any()
    drag(view, [(0.2, 0.3), (0.2, 0.7)])
    assert view.canvas.sheet.picture is None
