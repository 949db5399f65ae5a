"""The pad: what is drawn is prepared as MNIST was and read by the net of the last snapshot."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.data.description import DataDescription, PictureRule
from nnviz.engine.measure.answer import answer
from nnviz.engine.measure.familiar import Familiarity
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.trust import Trust
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import JudgeTrust
from nnviz.numbers import percent, write
from nnviz.views.pad import reader
from nnviz.views.pad.text import INVITATION, NO_DIGIT, NO_PICTURES
from nnviz.views.pad.view import PadView
from nnviz.views.palette import DARK, LIGHT, rgb
from tests.data.seen import strokes_to_image
from tests.snapshots import make_snapshot
from tests.views.grabbing import colours, pixels
from tests.waiting import calm, until
from tests.wishes import on_wish

DIGITS = DataDescription(tuple("0123456789"), (28, 28), pictures=PictureRule())
SEVEN = [(0.25, 0.25), (0.5, 0.24), (0.72, 0.26), (0.6, 0.5), (0.45, 0.85)]


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    return make_snapshot(steps=60)


@pytest.fixture
def view(show: Callable[..., PadView]) -> PadView:
    made = show(PadView, None, (460, 225))
    QTest.qWaitForWindowExposed(made)
    return made


def drag(view: PadView, points: list[tuple[float, float]] = SEVEN) -> None:
    side = view.canvas.width()
    places = [QPoint(round(x * side), round(y * side)) for x, y in points]
    QTest.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(view.canvas, place)
    QTest.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=places[-1])
    calm(view)


def predicted(view: PadView, snapshot: Snapshot) -> Any:
    image = strokes_to_image(view.canvas.strokes)
    return snapshot.network().predict(image.reshape(1, -1))[0]


def test_a_dragged_stroke_is_white_where_it_was_drawn(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    before = pixels(view.canvas)
    drag(view)
    picture = pixels(view.canvas)
    side = view.canvas.width()
    for x, y in SEVEN[:3] + SEVEN[-1:]:
        assert picture[round(y * side), round(x * side)].tolist() == [255, 255, 255]
    assert picture[side // 10, side // 2].tolist() == [0, 0, 0]
    assert (before == 255).all(axis=-1).sum() == 0
    assert len(np.unique(picture)) > 20  # smooth edges


def test_bars_are_the_networks_own_numbers(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    drag(view)
    expected = predicted(view, moment)
    assert view.picture.outputs.values is not None
    np.testing.assert_array_equal(view.picture.outputs.values, expected)
    assert view.picture.outputs.texts == tuple(f"{value:.2f}" for value in expected)
    assert view.picture.outputs.names == tuple("0123456789")
    found = answer(expected)
    assert view.picture.winner.name == (str(found.best) if found.decided else "?")
    assert ("undecided" in view.picture.winner.sure[0]) != found.decided
    assert "sure" not in view.picture.winner.sure[0]  # activations of sigmoid are no probabilities
    assert view.picture.outputs.caption == "activations ŷ"
    last = view.picture.stages.pictures[-1]
    np.testing.assert_array_equal(last, strokes_to_image(view.canvas.strokes))


def test_the_answer_follows_the_training(
    view: PadView, moment: Snapshot, with_theta: Callable[..., Snapshot]
) -> None:
    view.show_snapshot(moment)
    drag(view)
    other = with_theta(moment, -moment.theta)
    for snapshot in (moment, other):
        view.show_snapshot(snapshot)
    calm(view)
    np.testing.assert_array_equal(view.picture.outputs.values, predicted(view, other))


def test_every_stroke_is_answered_with_the_numbers_of_the_network(
    view: PadView, moment: Snapshot
) -> None:
    view.show_snapshot(moment)
    drag(view)
    for shift in np.linspace(0, 0.1, 9):
        view.set_strokes([np.array(SEVEN) + shift, np.array(SEVEN)[:, ::-1]])
        calm(view)
        np.testing.assert_array_equal(view.picture.outputs.values, predicted(view, moment))


def test_many_snapshots_are_answered_at_most_thirty_times_a_second(
    view: PadView, moment: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.show_snapshot(moment)
    drag(view)
    answers: list[object] = []
    show = view.bars.show_picture
    monkeypatch.setattr(
        view.bars, "show_picture", lambda *args: (answers.append(args), show(*args))
    )
    now = view.reader.answered_at
    monkeypatch.setattr(reader, "time", SimpleNamespace(perf_counter=lambda: now))
    for _ in range(300):  # one a millisecond
        now += 0.001
        view.show_snapshot(moment)
    assert 8 <= len(answers) <= 10
    before = len(answers)
    view.show_snapshot(moment)
    calm(view)  # the last one is not forgotten
    assert len(answers) <= before + 1


def test_prepared_picture_is_sent_out_read_only(view: PadView, moment: Snapshot) -> None:
    sent: list[Any] = []
    view.drawn.connect(sent.append)
    view.show_snapshot(moment)
    drag(view)
    assert sent[-1].shape == (784,)
    assert sent[-1].dtype == np.float32
    assert not sent[-1].flags.writeable
    assert sent[-1].max() == 1
    QTest.mouseClick(view.tools.clear, Qt.MouseButton.LeftButton)
    calm(view)
    assert sent[-1].max() == 0


def test_clear_undo_and_the_right_button(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    assert not view.tools.clear.isEnabled()
    drag(view)
    drag(view, [(0.3, 0.5), (0.6, 0.5)])
    assert len(view.canvas.strokes) == 2
    QTest.mouseClick(view.tools.undo, Qt.MouseButton.LeftButton)
    calm(view)
    assert len(view.canvas.strokes) == 1
    np.testing.assert_array_equal(view.picture.outputs.values, predicted(view, moment))

    QTest.mouseClick(view.tools.clear, Qt.MouseButton.LeftButton)
    calm(view)
    assert view.canvas.empty
    assert view.picture.outputs.values is None
    assert view.picture.outputs.texts == ()
    assert view.picture.winner.name == ""
    assert view.picture.stages.pictures == ()
    assert (pixels(view.canvas) == 255).all(axis=-1).sum() == 0

    drag(view)
    QTest.mouseClick(view.canvas, Qt.MouseButton.RightButton)
    assert view.canvas.empty


def test_a_dot_is_a_drawing(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    middle = view.canvas.rect().center()
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle)
    calm(view)
    assert pixels(view.canvas)[middle.y(), middle.x()].tolist() == [255, 255, 255]
    assert view.picture.outputs.values is not None


def test_strokes_leaving_the_sheet_stay_on_its_border(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    drag(view, [(0.5, 0.5), (1.8, -0.7), (0.5, 0.2)])
    for stroke in view.canvas.strokes:
        assert stroke.min() >= 0
        assert stroke.max() <= 1


def test_drawing_survives_another_size(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    drag(view)
    before = view.canvas.strokes
    view.resize(900, 600)
    side = view.canvas.width()
    assert pixels(view.canvas)[round(0.24 * side), round(0.5 * side)].tolist() == [255] * 3
    np.testing.assert_array_equal(view.canvas.strokes[0], before[0])


def test_strokes_from_a_program_take_the_same_way(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    view.set_strokes([np.array(SEVEN, dtype=np.float32), np.empty((0, 2))])
    calm(view)
    assert len(view.canvas.strokes) == 1
    np.testing.assert_array_equal(view.picture.outputs.values, predicted(view, moment))


def test_empty_pad_invites(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    assert view.canvas.hint == INVITATION
    assert len(colours(pixels(view.canvas))) > 5


def test_nets_that_read_no_pictures_are_told(
    view: PadView, make_snapshot: Callable[..., Snapshot], moment: Snapshot
) -> None:
    view.show_snapshot(moment)
    drag(view)
    toy = make_snapshot(Recipe(layers=(2, 3, 1)), steps=1, run=1)
    view.show_snapshot(toy)
    assert view.canvas.hint == NO_PICTURES
    assert view.picture.winner.name == ""
    drag(view)
    assert view.picture.outputs.values is None
    view.show_snapshot(replace(moment, run=2))
    assert view.canvas.hint == INVITATION
    assert view.picture.outputs.values is not None


def test_softmax_outputs_are_called_probabilities_and_linear_ones_are_not_percentages(
    view: PadView, make_snapshot: Callable[..., Snapshot]
) -> None:
    softmax = Recipe(output_activation="softmax", cost="categorical_cross_entropy")
    view.show_snapshot(make_snapshot(softmax, steps=5))
    drag(view)
    assert view.picture.outputs.caption == "probabilities ŷ"
    outputs = predicted(view, make_snapshot(softmax, steps=5))
    assert view.picture.outputs.texts == tuple(percent(float(value)) for value in outputs)
    said = f"undecided, {outputs.argmax()} first"
    said = f"probability {percent(float(outputs.max()))}" if outputs.max() > 0.5 else said
    assert view.picture.winner.sure[0] == said
    linear = Recipe(output_activation="linear", learning_rate=0.01)
    view.show_snapshot(make_snapshot(linear, steps=5, run=1))
    found = answer(predicted(view, make_snapshot(linear, steps=5)))
    said = f"ŷ = {write(found.value, 3)}" if found.decided else f"undecided, {found.best} first"
    assert view.picture.winner.sure[0] == said
    assert not any("%" in text for text in view.picture.outputs.texts)


def test_a_dot_is_not_read(qtbot: Any, view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.picture.outputs.values is not None)
    assert (view.picture.winner.name, view.picture.winner.sure[0]) == ("?", "only a dot: draw more")


def test_diverged_net_answers_without_warnings(
    view: PadView, moment: Snapshot, with_theta: Callable[..., Snapshot]
) -> None:
    view.show_snapshot(replace(with_theta(moment, moment.theta * np.nan), run=3))
    drag(view)
    assert view.picture.winner.name == "?"
    assert set(view.picture.outputs.texts) == {"–"}
    pixels(view)


def test_more_outputs_than_rows(view: PadView, make_snapshot: Callable[..., Snapshot]) -> None:
    view.resize(300, 220)
    view.show_snapshot(make_snapshot(Recipe(layers=(784, 10, 47)), steps=3))
    drag(view)
    assert view.picture.outputs.values is not None
    rows = list(view.bars.boxes())
    assert 3 < len(rows) < 47
    assert int(np.argmax(view.picture.outputs.values)) in rows
    pixels(view)


def test_themes(view: PadView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    drag(view)
    sheets = []
    for theme in (DARK, LIGHT):
        view.set_theme(theme)
        picture = pixels(view)
        assert picture[2, 2].tolist() == rgb(theme.panel).tolist()
        assert (np.abs(picture.astype(int) - rgb(theme.text)).max(axis=-1) < 3).sum() > 50
        sheets.append(pixels(view.canvas)[10:-10, 10:-10])
    assert (sheets[0] == sheets[1]).all()


HOUSE = [(0.25, 0.5), (0.5, 0.2), (0.75, 0.5), (0.75, 0.85), (0.25, 0.85), (0.25, 0.5)]


class Shapes(Familiarity):
    """Takes for digits what has no ink in the corner below at the left."""

    def __init__(self) -> None:
        """Know without having learnt."""

    def knows(self, x: Any) -> Any:
        """Look at the corner."""
        return x.reshape(-1, 28, 28)[:, 20:, :10].max(axis=(1, 2)) < 0.5


def judged(snapshot: Snapshot, run: int = 0) -> Judgement:
    trust = Trust(snapshot.recipe.output_activation, 2.0, Shapes())
    return Judgement(run or snapshot.run, snapshot.step, snapshot.mark, trust)


def test_trust_is_asked_for_once_a_digit_is_drawn_and_said_with_the_answer(
    view: PadView, moment: Snapshot
) -> None:
    moment, asked = replace(moment, description=DIGITS), []
    on_wish(view, JudgeTrust, asked.append)
    view.show_snapshot(moment)
    calm(view)
    assert asked == []
    drag(view)
    until(lambda: len(asked) == 1)
    assert not view.settled()
    assert "trust" not in view.picture.winner.sure[0]
    view.show_judgement(judged(moment))
    assert view.settled()
    expected = judged(moment).trust.sureness(predicted(view, moment)[np.newaxis])[0]
    assert view.picture.winner.sure[0].endswith(f"trust {percent(expected, 0)}")
    view.show_snapshot(moment)  # the same net is not asked about again
    calm(view)
    assert len(asked) == 1
    view.canvas.clear()
    drag(view, HOUSE)
    assert (view.picture.winner.name, view.picture.winner.sure) == ("?", NO_DIGIT)
    assert view.picture.outputs.values is not None


def test_a_judgement_of_another_run_or_of_other_data_is_out_of_date(
    view: PadView, moment: Snapshot
) -> None:
    moment = replace(moment, description=DIGITS)
    view.show_snapshot(moment)
    drag(view)
    view.show_judgement(judged(moment, run=moment.run + 1))
    assert "trust" not in view.picture.winner.sure[0]
    view.show_judgement(judged(moment))
    assert "trust" in view.picture.winner.sure[0]
    view.show_snapshot(replace(moment, recipe=replace(moment.recipe, dataset="mnist")))
    view.reader.answer()
    assert "trust" not in view.picture.winner.sure[0]


def test_of_what_are_no_digits_nobody_asks(view: PadView, moment: Snapshot) -> None:
    asked: list[JudgeTrust] = []
    on_wish(view, JudgeTrust, asked.append)
    letters = replace(DIGITS, class_names=tuple("KLMNOPQRST"))
    view.show_snapshot(replace(moment, description=letters))
    drag(view)
    calm(view)
    assert asked == []
    assert view.settled()
