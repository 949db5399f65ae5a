"""The gallery of ranked examples: what it shows, when it asks, and real clicks and keys on it."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetricsF

from nnviz.data import load_dataset
from nnviz.data.description import Column
from nnviz.engine.measure.ranking import rank
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.trainer import Trainer
from nnviz.messages.commands import FocusOn, Rank
from nnviz.numbers import write
from nnviz.views import VIEWS
from nnviz.views.examples import SPEC
from nnviz.views.examples.text import WAITING, numbers_of, tip_of, wordings
from nnviz.views.palette import DARK, THEMES, rgb
from nnviz.views.shared import request_gate as asking
from nnviz.views.shared.picture_cache import image_of
from nnviz.views.shared.tile_content import greys_of
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.sampled import sampled
from tests.views.grabbing import pixels
from tests.waiting import calm
from tests.wishes import on_wish

SIZES = [(220, 150), (281, 290), (340, 420)]
WORDS = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
         "Bag", "Ankle boot")  # fmt: skip


class Desk:
    """A view, and a worker's stand-in that ranks the examples when asked to."""

    def __init__(self, qtbot, show, make_snapshot, make_dataset, data=None):
        self.show_on_screen = show
        self.qtbot, self.make_snapshot = qtbot, make_snapshot
        self.data = data or make_dataset(examples=200)
        self.asked, self.times, self.examples = [], [], []
        self.snapshot = make_snapshot(steps=6, dataset=self.data, run=3)

    def open(self, size=(281, 290), theme=DARK, snapshot=None, answer=True, keep=None):
        self.view = self.show_on_screen(SPEC.view, None, size, theme)
        if keep is not None:
            self.view.restore(keep)
        on_wish(self.view, Rank, lambda rank: self._asked(rank.label, rank.wrong))
        on_wish(self.view, FocusOn, lambda focus: self.examples.append(focus.index))
        self.answers = answer
        self.qtbot.waitExposed(self.view)
        self.show(snapshot or self.snapshot)
        if answer:
            self.qtbot.waitUntil(lambda: self.view.gallery.count > 0)
        return self.view

    def show(self, snapshot):
        self.snapshot = snapshot
        self.view.show_snapshot(snapshot)

    def _asked(self, label, wrong):
        self.asked.append((label, wrong))
        if self.answers:
            self.view.show_ranking(self.ranking(label, wrong))

    def ranking(self, label=None, wrong=False, most=200):
        run, step = self.snapshot.run, self.snapshot.step
        return rank(self.snapshot.network(), self.data, label, wrong, most, run=run, step=step)

    def click(self, place):
        gallery = self.view.gallery
        where = gallery.box(place).center().toPoint()
        self.qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=where)

    def press(self, *keys):
        for key in keys:
            self.qtbot.keyClick(self.view.gallery, key)

    def choose_class(self, label):
        strip = self.view.classes.strip
        where = strip.box(label).center().toPoint()
        self.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=where)


@pytest.fixture
def desk(qtbot, show, make_snapshot, make_dataset):
    return Desk(qtbot, show, make_snapshot, make_dataset)


@pytest.fixture
def quick(monkeypatch):
    """Make the shortest times between two questions short enough for tests."""
    for name in ("PLAYING", "RESTING", "WISHED"):
        monkeypatch.setattr(f"nnviz.views.examples.view.{name}", 0.02)


def patch_of(view, place):
    """The pixels of an example's picture on screen."""
    gallery = view.gallery
    square = gallery.picture(place)
    left, top, side = round(square.left()), round(square.top()), round(square.width())
    return pixels(gallery.viewport())[top : top + side, left : left + side]


def test_it_is_among_the_views():
    assert SPEC in VIEWS
    assert SPEC.place == "left"


def test_nothing_of_another_run_is_shown(desk, quick, make_snapshot):
    view = desk.open()
    desk.answers = False
    desk.show(make_snapshot(steps=6, dataset=desk.data, run=4))
    assert view.gallery.count == 0
    desk.answers = True
    desk.qtbot.waitUntil(lambda: view.settled())
    desk.show(make_snapshot(steps=7, dataset=desk.data, run=4))
    desk.qtbot.waitUntil(lambda: view.gallery.count > 0)


def test_the_worst_come_first_and_each_picture_is_its_own(desk):
    view = desk.open((340, 420))
    ranking = desk.ranking()
    for place in range(8):
        shown = patch_of(view, place)[3:-3, 3:-3, 0].astype(float)
        fits = []
        for row in ranking.index[:8]:
            side = int(view.gallery.tiles.side)
            (greys,) = greys_of(desk.data.x_test[[row]], (28, 28))
            alone = image_of(greys).scaled(  # one picture alone, scaled by Qt
                side, side, mode=Qt.TransformationMode.SmoothTransformation
            )
            wanted = np.array(
                [[alone.pixelColor(x, y).red() for x in range(3, side - 3)]
                 for y in range(3, side - 3)], dtype=float,
            )  # fmt: skip
            fits.append(np.abs(shown - wanted).mean())
        assert int(np.argmin(fits)) == place
        assert min(fits) < 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_only_misread_ones_carry_the_minus_hue(desk, theme):
    view = desk.open((340, 420), theme)
    ranking, gallery = desk.ranking(), view.gallery
    assert 0 < ranking.misread < ranking.examples
    for place in (0, ranking.misread - 1, ranking.misread, ranking.examples - 1):
        gallery.scroll_to(place)
        picture, box = pixels(gallery.viewport()), gallery.box(place)
        below = picture[round(box.top() + gallery.tiles.side) : round(box.bottom()),
                        round(box.left()) : round(box.right())].astype(int)  # fmt: skip
        assert below.size
        orange = (np.abs(below - rgb(theme.minus)).max(axis=2) < 40).any()
        assert orange == (ranking.wanted[place] != ranking.read[place])


def test_it_says_how_many_are_misread_and_when(desk):
    view = desk.open((340, 420))
    ranking = desk.ranking()
    assert view.words.text == (
        f"{ranking.misread} of 50 images misread, worst first, as of step {ranking.step}"
    )
    few = desk.ranking(label=3, wrong=True, most=1)
    assert f"of {few.examples} “3” misread" in wordings(few, "0123456789", True)[0]
    fine = replace(few, misread=0, index=few.index[:0])
    assert wordings(fine, "0123456789", True)[0].startswith("None of 5 “3” is misread")
    tip = tip_of(ranking, 0, "0123456789", True)
    assert f"Test image {ranking.index[0] + 1}" in tip
    assert "wrong" in tip
    assert f"cost C₀ = {ranking.cost[0]:.3g}" in tip


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_example_in_focus_is_framed_in_the_now_colour(desk, theme):
    view = desk.open(theme=theme)

    def framed(place):
        picture, box = pixels(view.gallery.viewport()), view.gallery.picture(place)
        return (picture[round(box.center().y()), round(box.left()) - 1] == rgb(theme.now)).all()

    index = int(desk.ranking().index[1])
    desk.show(replace(desk.snapshot, focus=replace(desk.snapshot.focus, index=index)))
    assert [framed(place) for place in range(4)] == [False, True, False, False]


# -- clicks and keys -------------------------------------------------------------------------------


def test_a_click_puts_the_example_through_the_network(desk):
    view = desk.open()
    index = desk.ranking().index
    desk.click(2)
    assert desk.examples == [index[2]]
    assert view.marked == index[2]
    desk.show(desk.snapshot)  # a moment from before the worker has heard of it
    assert view.marked == index[2]
    desk.show(replace(desk.snapshot, focus=replace(desk.snapshot.focus, index=int(index[5]))))
    assert view.marked == index[5]


def test_arrow_keys_go_from_example_to_example(desk):
    view = desk.open()
    index, columns = desk.ranking().index, view.gallery.tiles.columns
    desk.click(0)
    desk.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down)
    assert desk.examples == [index[place] for place in (0, 1, 2, 1, 1 + columns)]
    desk.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert view.marked == index[0]
    desk.press(*[Qt.Key.Key_PageDown] * 20)
    assert view.marked == index[-1]
    last = view.gallery.box(len(index) - 1)
    assert view.gallery.viewport().rect().contains(last.toRect().adjusted(0, 0, 0, -2))
    count = len(desk.examples)
    desk.press(Qt.Key.Key_Right)
    assert len(desk.examples) == count


def test_half_way_through_a_minibatch_no_example_can_be_chosen(desk):
    view = desk.open()
    desk.show(replace(desk.snapshot, focus=replace(desk.snapshot.focus, place=4)))
    desk.click(2)
    desk.press(Qt.Key.Key_Right)
    assert desk.examples == []
    assert view.marked == -1
    assert "minibatch" in view.gallery.tip_at(view.gallery.box(0).center())


def test_a_class_and_only_the_misread_ones(desk, quick):
    view = desk.open()
    desk.choose_class(4)
    desk.qtbot.waitUntil(lambda: desk.asked[-1] == (4, False))
    assert view.gallery.count == 5
    desk.qtbot.mouseClick(view.misread, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: desk.asked[-1] == (4, True))
    assert view.gallery.count == desk.ranking(4, wrong=True).misread
    desk.choose_class(None)
    desk.qtbot.waitUntil(lambda: desk.asked[-1] == (None, True))
    assert view.classes.label is None


def test_names_too_long_for_a_strip_are_a_list(desk, quick):
    view = desk.open(snapshot=replace(desk.snapshot, class_names=WORDS))
    assert view.classes.list.isVisible()
    assert not view.classes.strip.isVisible()
    view.classes.list.setCurrentIndex(3)
    view.classes.list.activated.emit(3)
    desk.qtbot.waitUntil(lambda: desk.asked[-1] == (2, False))
    view.resize(1280, 700)
    desk.qtbot.waitUntil(view.classes.strip.isVisible)
    assert view.classes.strip.label == 2


# -- when it asks ----------------------------------------------------------------------------------


def test_nothing_is_asked_for_that_nobody_can_see(qtbot, desk):
    view = desk.open(answer=False)
    qtbot.waitUntil(lambda: len(desk.asked) == 1)
    view.hide()
    desk.show(desk.make_snapshot(steps=9, dataset=desk.data, run=3))
    calm(view)
    assert len(desk.asked) == 1
    view.show()
    qtbot.waitUntil(lambda: len(desk.asked) == 2)


def test_a_run_that_rests_is_asked_about_once_and_again_at_another_step(qtbot, desk, quick):
    view = desk.open()
    for _ in range(5):
        desk.show(desk.snapshot)
        calm(view)
    assert len(desk.asked) == 1
    desk.show(desk.make_snapshot(steps=9, dataset=desk.data, run=3))
    qtbot.waitUntil(lambda: len(desk.asked) == 2)
    theta = desk.snapshot.theta.copy()
    theta[-1] += 1  # an edit by hand, at the same step
    desk.show(replace(desk.snapshot, theta=theta))
    qtbot.waitUntil(lambda: len(desk.asked) == 3)
    qtbot.mouseClick(view.refresh, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(desk.asked) == 4)


def test_it_asks_at_most_once_a_second_and_less_often_while_training_plays(
    qtbot, desk, monkeypatch
):
    now = 1000.0
    monkeypatch.setattr(asking, "perf_counter", lambda: now)
    view = desk.open()
    (waiting,) = [timer for timer in view.findChildren(QTimer) if timer.parent() is view._asking]
    for playing, seconds in ((False, 1.0), (True, 3.0)):
        told = len(desk.asked)
        for step in range(30):
            desk.show(replace(desk.snapshot, step=step + 100 + told, playing=playing))
        assert len(desk.asked) == told
        assert waiting.isActive()
        assert waiting.interval() == pytest.approx(1000 * seconds, abs=1)
        now += seconds
        waiting.start(0)  # the time is over
        qtbot.waitUntil(lambda told=told: len(desk.asked) == told + 1)


def test_answers_to_what_is_not_asked_any_more_are_dropped(qtbot, desk):
    view = desk.open(answer=False)
    qtbot.waitUntil(lambda: desk.asked == [(None, False)])
    assert view.words.text == WAITING
    view.show_ranking(desk.ranking(label=2))
    view.show_ranking(replace(desk.ranking(), run=2))
    other = Recipe(dataset="other", layers=(16, 3, 4))
    assert view.gallery.count == 0
    late = desk.ranking()
    view.show_ranking(late)
    assert view.gallery.count == 50
    desk.show(desk.make_snapshot(other, run=4))
    assert view.gallery.count == 0
    view.show_ranking(replace(late, run=4))
    assert view.gallery.count == 0


# -- other data, other rooms -----------------------------------------------------------------------


def test_a_truth_table_is_rows_of_values(desk):
    desk.data = load_dataset("xor")
    snapshot = desk.make_snapshot(Recipe(dataset="xor", layers=(2, 3, 1)), desk.data, 50, example=1)
    view = desk.open(snapshot=snapshot)
    assert view.gallery.tiles.columns == 1
    assert view.gallery.count == 4
    assert view.classes.strip.names == ("0", "1")
    desk.click(3)
    assert desk.examples == [desk.ranking().index[3]]
    assert "examples misread" in view.words.text


def clipped(view):
    """What of the view's words does not have the room it needs."""
    wrong = []
    for button in (view.misread, view.refresh):
        if button.width() < button.sizeHint().width() or button.height() < 16:
            wrong.append(button.text())
        if not view.rect().contains(button.geometry()):
            wrong.append(f"{button.text()} outside")
    metrics = QFontMetricsF(view.words.font())
    room = view.words.rect().toRectF()
    needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, view.words.text)
    if needed.height() > room.height() or needed.width() > room.width():
        wrong.append(view.words.text)
    strip = view.classes.strip
    if strip.isVisible():
        for at, label in enumerate((None, *range(len(strip.names)))):
            text = ("all", *strip.names)[at]
            if QFontMetricsF(strip.font()).horizontalAdvance(text) > strip.box(label).width():
                wrong.append(text)
        if strip.box(len(strip.names) - 1).right() > strip.width():
            wrong.append("strip")
    return wrong


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("names", [tuple("0123456789"), WORDS], ids=["digits", "words"])
def test_no_text_is_clipped_and_a_row_of_pictures_has_room(desk, size, names):
    view = desk.open(size, snapshot=replace(desk.snapshot, class_names=names))
    assert clipped(view) == []
    gallery, first = view.gallery, view.gallery.box(0)
    assert first.width() >= 36
    assert gallery.viewport().rect().contains(first.toRect().adjusted(0, 0, 0, -2))
    last = gallery.box(gallery.tiles.columns - 1)
    assert last.right() < gallery.viewport().width()
    if names != WORDS:
        assert gallery.tiles.lines == 1


@pytest.mark.parametrize(("factor", "sizes"), [(1.0, SIZES), (2.5, SIZES[1:])], ids=str)
def test_large_numbers_have_a_wording_that_fits(desk, factor, sizes):
    for size in sizes:
        view = desk.open(size)
        view.set_theme(replace(DARK, scale=TypeScale(factor)))
        view.layout().activate()
        moment = replace(desk.ranking(), examples=10_000, misread=9_021, step=1_234_567)
        view.show_ranking(moment)
        assert clipped(view) == []


def test_the_numbers_are_those_of_the_evaluation(desk):
    view = desk.open((340, 420))
    trainer = Trainer(Recipe(dataset="tiny"), desk.data)
    trainer.network.theta[...] = desk.snapshot.theta
    share = 1 - trainer.evaluate().test_accuracy
    assert view.words.text.startswith(f"{round(50 * share)} of 50 ")


HEIGHT = (Column("height", "cm", 150.0, 12.5),)


def test_numbers_are_neither_right_nor_wrong_and_stand_in_the_order_of_their_cost(
    qtbot, show, make_snapshot, make_dataset
):
    desk = Desk(qtbot, show, make_snapshot, make_dataset)
    data = make_dataset(4, 1)
    y_train, y_test = data.y_train / 3, data.y_test / 3
    desk.data = replace(data, y_train=y_train, y_test=y_test, targets=HEIGHT)
    desk.snapshot = make_snapshot(Recipe(layers=(4, 3, 1), dataset="tiny"), desk.data, run=3)
    view = desk.open((340, 420))
    pixels(view)
    assert not view.classes.isVisible()
    assert not view.misread.isVisible()
    assert view.words.text == f"50 examples, largest cost first, as of step {desk.snapshot.step}"
    ranking = desk.ranking()
    assert (np.diff(ranking.cost) <= 0).all()
    said = [numbers_of(ranking, place) for place in range(50)]
    row = int(ranking.index[0])
    actual = desk.snapshot.network().predict(desk.data.x_test[[row]])[0, 0]
    assert said[0] == (
        write(float(y_test[row, 0]) * 12.5 + 150, 4),
        write(float(actual) * 12.5 + 150, 4),
    )
    tip = tip_of(ranking, 0, (), False)
    assert f"desired {said[0][0]}\u00a0cm, actual {said[0][1]}\u00a0cm" in tip
    assert "right" not in tip
    assert "wrong" not in tip
    desk.click(2)
    assert desk.examples == [int(ranking.index[2])]


# -- what is kept, and sizes of letters --------------------------------------------------------


def test_what_was_chosen_is_chosen_again(desk, quick):
    view = desk.open((220, 150))
    desk.choose_class(4)
    desk.qtbot.mouseClick(view.misread, Qt.MouseButton.LeftButton)
    desk.choose_class(None)
    desk.qtbot.waitUntil(lambda: desk.asked[-1] == (None, True))
    desk.qtbot.mouseClick(view.misread, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: view.gallery.count == 50)
    view.gallery.scroll_to(4 * view.gallery.tiles.columns)
    desk.click(view.gallery.first_in_sight())
    kept = json.loads(json.dumps(view.state()))
    assert kept["first"] == 4 * view.gallery.tiles.columns
    assert kept["example"] == int(desk.ranking().index[kept["first"]])
    chosen = {**kept, "label": 4, "misread": True}

    other = Desk(desk.qtbot, desk.show_on_screen, desk.make_snapshot, None, desk.data)
    again = other.open((220, 150), keep=chosen)
    assert other.asked == [(4, True)]
    assert other.examples == [kept["example"]]
    assert again.classes.label == 4
    assert again.classes.list.currentIndex() == 5
    assert again.misread.isChecked()
    again.restore(kept)
    other.qtbot.waitUntil(lambda: again.gallery.count == 50)
    assert again.state() == kept
    assert again.marked == kept["example"]


@pytest.mark.parametrize(
    "broken",
    [{"label": "x", "misread": 1, "example": [3], "first": None}, {"other": 3}, {}],
    ids=str,
)
def test_what_is_broken_changes_nothing(desk, broken):
    view = desk.open()
    before = view.state()
    view.restore(broken)
    assert view.state() == {**before, "first": view.state()["first"]}
    assert desk.examples == []


def test_what_does_not_fit_does_no_harm(desk):
    wild = {"label": 99, "misread": False, "example": 2**40, "first": 10**12}
    view = desk.open(keep=wild)
    assert view.classes.label is None
    assert desk.asked == [(None, False)]
    assert desk.examples == []
    bar = view.gallery.verticalScrollBar()
    assert bar.value() == bar.maximum()
    view.restore({"label": -7, "first": -3})
    assert view.classes.label is None
    assert bar.value() == 0


def test_of_other_examples_every_class_is_shown_again(desk, quick):
    view = desk.open()
    desk.choose_class(4)
    desk.qtbot.waitUntil(lambda: desk.asked[-1] == (4, False))
    desk.show(replace(desk.snapshot, class_names=WORDS))
    assert view.classes.label is None
    assert view.state()["label"] == -1


@pytest.mark.parametrize("factor", sampled([1.0, 1.5, 2.0, 2.5], every=3))
@pytest.mark.parametrize("size", [(320, 220), (340, 420), (900, 700)], ids=str)
@pytest.mark.parametrize("names", [tuple("0123456789"), WORDS], ids=["digits", "words"])
def test_letters_grow_with_the_scale_and_nothing_is_clipped(desk, size, names, factor):
    view = desk.open(size, snapshot=replace(desk.snapshot, class_names=names))
    theme = replace(DARK, scale=TypeScale(factor))
    view.set_theme(theme)
    calm(view)
    assert clipped(view) == []
    parts = [
        part
        for part in (view.classes, view.misread, view.refresh, view.words, view.gallery)
        if part.isVisible()
    ]
    assert view.gallery in parts
    lettered = (view.classes.strip, view.classes.list, *parts[1:])
    assert all(part.font().pixelSize() >= theme.scale.px(Step.LABEL) for part in lettered)
    boxes = [part.geometry() for part in parts]
    assert all(view.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    gallery, bar = view.gallery, view.gallery.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert gallery.box(gallery.count - 1).bottom() <= gallery.viewport().height()
    below = gallery.box(0).height() - gallery.tiles.side
    assert below >= gallery.tiles.lines * QFontMetricsF(gallery.font()).ascent()


def test_a_scale_that_was_changed_and_one_from_the_start_look_alike(desk):
    pictures = {}
    for factors in ((1.0,), (2.5,), (2.5, 1.0), (1.0, 2.5)):
        view = desk.open((520, 420))
        for factor in factors:
            view.set_theme(replace(DARK, scale=TypeScale(factor)))
            calm(view)
        pictures[factors] = pixels(view)
    assert np.array_equal(pictures[1.0,], pictures[2.5, 1.0])
    assert np.array_equal(pictures[2.5,], pictures[1.0, 2.5])
    assert not np.array_equal(pictures[1.0,], pictures[2.5,])
