"""The evaluation: its figures, its colours, when it asks, and real clicks and keys on it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QWidget

from nnviz.data import load_dataset
from nnviz.data.description import Column, DataDescription, PictureRule
from nnviz.engine.measure.measured import score_text
from nnviz.engine.measure.ranking import rank
from nnviz.engine.measure.report import report
from nnviz.engine.recipe import Recipe
from nnviz.messages.commands import FocusOn, JudgeTrust, MakeReport, Rank, ReportEvery
from nnviz.messages.events import CalledOff
from nnviz.numbers import integer, write
from nnviz.views import VIEWS
from nnviz.views.evaluation import SPEC
from nnviz.views.evaluation import view as evaluation_asking
from nnviz.views.evaluation.pane import ink_on
from nnviz.views.evaluation.picture import picture
from nnviz.views.evaluation.state import EvaluationState
from nnviz.views.evaluation.text import percent
from nnviz.views.palette import DARK, LIGHT, THEMES, ramp, rgb
from nnviz.views.shared import request_gate as asking
from tests.sampled import sampled
from tests.views.evaluation.judged import judged
from tests.views.eyes import contrast
from tests.views.grabbing import pixels
from tests.waiting import calm
from tests.wishes import on_wish

SIZES = [(360, 260), (520, 300), (360, 620), (640, 400), (1000, 700)]
WORDS = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
         "Bag", "Ankle boot")  # fmt: skip


class Desk:
    """A view, and a worker's stand-in that answers what it asks for."""

    def __init__(self, qtbot, show, make_snapshot, make_dataset):
        self.show_on_screen = show
        self.qtbot, self.make_snapshot, self.make_dataset = qtbot, make_snapshot, make_dataset
        self.asked, self.cells, self.examples = 0, [], []
        self.answers = True

    def data(self, outputs=10, inputs=784, names=()):
        self.dataset = self.make_dataset(inputs, outputs, 200)
        if names:
            self.dataset = replace(self.dataset, class_names=names)
        return self.dataset

    def open(self, size=(1000, 700), theme=DARK, outputs=10, inputs=784, names=(), steps=6):
        data = self.data(outputs, inputs, names)
        recipe = Recipe(layers=(inputs, 12, outputs), dataset="tiny")
        return self.show_view(self.make_snapshot(recipe, data, steps=steps, run=3), size, theme)

    def show_view(self, snapshot, size, theme=DARK):
        self.view = self.show_on_screen(SPEC.view, None, size, theme)
        on_wish(self.view, MakeReport, lambda _: self._ask())
        on_wish(self.view, Rank, lambda rank: self._ask_cell(rank.label, rank.read_as))
        on_wish(self.view, FocusOn, lambda focus: self.examples.append(focus.index))
        self.qtbot.waitExposed(self.view)
        self.show(snapshot)
        if self.answers:
            self.qtbot.waitUntil(lambda: self.view.report is not None)
        return self.view

    def show(self, snapshot):
        self.snapshot = snapshot
        self.view.show_snapshot(snapshot)

    def report(self):
        at = self.snapshot
        return report(at.network(), self.dataset, run=at.run, step=at.step)

    def _ask(self):
        self.asked += 1
        if self.answers:
            self.view.show_report(self.report())

    def _ask_cell(self, wanted, read):
        self.cells.append((wanted, read))
        if self.answers:
            self.view.show_cell(self.ranking(wanted, read))

    def ranking(self, wanted, read):
        at = self.snapshot
        return rank(at.network(), self.dataset, wanted, read_as=read, run=at.run, step=at.step)

    def click(self, cell):
        matrix = self.view.matrix
        where = matrix.grid().box(cell).center().toPoint()
        self.qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=where)

    def page(self, name):
        self.qtbot.mouseClick(self.view.pages[name], Qt.MouseButton.LeftButton)

    def said(self):
        """What can be read on the view now."""
        self.view.grab()
        return [text for part in self.view.board.parts if part.isVisible() for text in part.said]


@pytest.fixture
def desk(qtbot, show, make_snapshot, make_dataset):
    return Desk(qtbot, show, make_snapshot, make_dataset)


@pytest.fixture
def quick(monkeypatch):
    """Make the shortest times between two questions short enough for tests."""
    for name in ("PLAYING", "RESTING"):
        monkeypatch.setattr(evaluation_asking, name, 0.02)


def colour_at(view, cell):
    """The colour of a cell's corner, where no digit is."""
    box = view.matrix.grid().box(cell)
    return pixels(view.matrix)[round(box.top()) + 3, round(box.left()) + 3].astype(int)


def test_it_is_among_the_views_and_closed_at_first():
    assert SPEC in VIEWS
    assert (SPEC.id, SPEC.title, SPEC.open) == ("evaluation", "How good is it really?", False)


def test_every_number_on_screen_is_the_reports(desk):
    view = desk.open()
    found, said = desk.report(), desk.said()
    assert percent(found.accuracy) in said
    assert any(f"{integer(found.right)} of {integer(found.examples)}" in text for text in said)
    assert any("as of step 6" in text for text in said)
    counts = [str(count) for count in found.confusion.ravel() if count]
    assert [text for text in view.matrix.said if text in set(counts)][-len(counts) :] == counts
    for share in found.class_accuracy:
        assert {percent(share), percent(share, 0)} & set(view.charts["classes"].said)
    assert any(percent(found.calibration.error) in text for text in said)
    assert percent(found.noise.uniform, 0) in view.charts["noise"].said
    assert percent(found.noise.shuffled, 0) in view.charts["noise"].said
    largest = write(float(found.noise.outputs[found.noise.read]), 3)
    assert any(f"ŷ = {largest}" in text for text in view.charts["noise"].said)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_errors_are_orange_by_their_share_and_the_diagonal_is_not(desk, theme):
    view = desk.open(theme=theme, steps=2)
    found = desk.report()
    ground, minus = rgb(theme.panel).astype(int), rgb(theme.minus).astype(int)
    errors = found.shares * (1 - np.eye(10))
    worst = tuple(int(at) for at in np.unravel_index(errors.argmax(), errors.shape))
    assert np.abs(colour_at(view, worst) - minus).max() <= 3
    clean = next(
        (r, c) for r in range(10) for c in range(10) if r != c and not found.confusion[r, c]
    )
    assert np.abs(colour_at(view, clean) - ground).max() <= 3
    for label in range(10):
        red, _, blue = colour_at(view, (label, label))
        assert blue >= red


def test_a_click_on_a_cell_asks_for_its_examples_and_shows_them(desk):
    view = desk.open()
    cell = view.matrix.shown.worst
    desk.click(cell)
    assert desk.cells == [cell]
    assert view.gallery.isVisible()
    assert not view.charts["classes"].isVisible()
    count = int(view.report.confusion[cell])
    assert view.gallery.count == count
    assert any(f"{count}" in text for text in view.board.caption.said or desk.said())
    expected = desk.dataset.x_test[view.ranking.index[0]].reshape(28, 28)
    box = view.gallery.box(0).toRect()
    shot = pixels(view.gallery.viewport())[box.top() : box.bottom(), box.left() : box.right(), 0]
    rows = np.linspace(0, 27, shot.shape[0]).round().astype(int)
    columns = np.linspace(0, 27, shot.shape[1]).round().astype(int)
    match = np.corrcoef(shot.ravel(), expected[np.ix_(rows, columns)].ravel())
    assert match[0, 1] > 0.6
    desk.qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.matrix.cell is None
    assert view.charts["classes"].isVisible()


def test_it_says_so_where_only_the_worst_are_shown(desk):
    view = desk.open(steps=20)
    desk.click((4, 4))
    ranking = view.ranking
    many = replace(ranking, examples=4444)
    view.show_cell(many)
    said = desk.said()
    assert any(f"the worst {len(ranking.index)} of 4\u202f444" in text for text in said)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_cell_can_be_hit(desk, size):
    desk.open(size)
    for cell in [(0, 0), (3, 7), (9, 9)]:
        desk.click(cell)
        assert desk.cells[-1] == cell
        if not desk.view.matrix.isVisible():
            desk.qtbot.mouseClick(desk.view.back, Qt.MouseButton.LeftButton)


def test_a_picture_of_a_cell_goes_through_the_network(desk):
    view = desk.open(steps=20)
    commonest = view.report.confusion.argmax()
    desk.click((int(commonest) // 10, int(commonest) % 10))
    where = view.gallery.box(1).center().toPoint()
    desk.qtbot.mouseClick(view.gallery.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert desk.examples == [int(view.ranking.index[1])]
    assert "Click" in view.gallery.tip_at(where.toPointF())


def test_half_way_through_a_minibatch_no_example_can_be_chosen(desk):
    view = desk.open()
    desk.click((4, 4))
    desk.show(replace(desk.snapshot, focus=replace(desk.snapshot.focus, place=2)))
    where = view.gallery.box(0).center().toPoint()
    desk.qtbot.mouseClick(view.gallery.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert desk.examples == []


def test_keys_walk_over_the_cells(desk):
    view = desk.open()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        desk.qtbot.keyClick(view.matrix, key)
    assert desk.cells == [(0, 0), (1, 0), (1, 1), (0, 1), (0, 1)]
    desk.qtbot.keyClick(view.matrix, Qt.Key.Key_Escape)
    assert view.matrix.cell is None
    assert len(desk.cells) == 5


def test_the_keyboard_stays_on_the_matrix(desk, quick):
    view = desk.open()
    with desk.qtbot.waitActive(view):
        view.activateWindow()
    desk.click((3, 3))
    assert view.matrix.hasFocus()
    desk.qtbot.keyClick(view.matrix, Qt.Key.Key_Right)
    desk.show(replace(desk.snapshot, step=9))
    desk.qtbot.waitUntil(lambda: view.report.step == 9)
    assert view.matrix.hasFocus()
    assert view.matrix.cell == (3, 4)


def test_keys_walk_over_the_cells_where_room_is_short_too(desk):
    view = desk.open((360, 260))
    with desk.qtbot.waitActive(view):
        view.activateWindow()
    view.matrix.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        desk.qtbot.keyClick(view.focusWidget(), key)
    assert not view.matrix.isVisible(), "a cell's examples stand in its place"
    assert desk.cells == [(0, 0), (1, 0), (1, 1)]
    override = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier
    )
    assert view.takes_key(override), "the run would step instead"
    assert view.hasFocus()


def test_escape_leads_back_to_the_matrix_where_room_is_short(desk):
    view = desk.open((360, 260))
    with desk.qtbot.waitActive(view):
        view.activateWindow()
    desk.click((3, 3))
    assert not view.matrix.isVisible()
    desk.qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Escape)
    assert view.matrix.isVisible()
    assert view.matrix.hasFocus()


def test_a_new_report_asks_for_the_marked_cell_again(desk, quick):
    view = desk.open()
    desk.click((2, 3))
    desk.show(desk.make_snapshot(desk.snapshot.recipe, desk.dataset, steps=9, run=3))
    desk.qtbot.waitUntil(lambda: view.report.step == 9)
    assert desk.cells == [(2, 3), (2, 3)]
    assert view.ranking.step == 9


def test_answers_that_are_out_of_date_are_dropped(desk):
    view = desk.open()
    before, stale = view.report, desk.report()
    view.show_report(replace(stale, run=2))
    assert view.report is before
    small = np.eye(3, dtype=np.intp)
    view.show_report(replace(stale, confusion=small))
    assert view.report is before
    desk.click((1, 1))
    shown = view.ranking
    view.show_cell(desk.ranking(1, 2))
    assert view.ranking is shown


def test_it_asks_once_for_a_moment_and_never_while_hidden(desk, quick):
    view = desk.open()
    calm(view)
    asked = desk.asked
    desk.show(replace(desk.snapshot))
    calm(view)
    assert desk.asked == asked
    view.hide()
    desk.show(replace(desk.snapshot, step=7))
    calm(view)
    assert desk.asked == asked
    view.show()
    desk.qtbot.waitUntil(lambda: desk.asked == asked + 1)
    assert view.report.step == 7


def test_an_answer_about_another_net_leaves_the_question_open(desk, quick):
    view = desk.open()
    desk.answers = False
    here, asked = replace(desk.snapshot, step=8), desk.asked
    desk.show(here)
    desk.qtbot.waitUntil(lambda: desk.asked == asked + 1)
    desk.show(replace(here, step=7))  # the run has gone back when the thread comes to it
    view.show_report(desk.report())
    asked = desk.asked
    desk.answers = True
    desk.show(here)
    desk.qtbot.waitUntil(lambda: view.report.step == 8)


def test_a_report_that_was_called_off_is_asked_for_at_the_next_step(desk, quick):
    desk.answers = False
    view = desk.open()
    desk.qtbot.waitUntil(lambda: desk.asked == 1)
    waiting = view.board.picture.message
    view._give_up(CalledOff())
    assert view.settled()
    assert view.board.picture.message not in ("", waiting)
    desk.show(replace(desk.snapshot))
    calm(view)
    assert desk.asked == 1, "the same moment is left alone"
    desk.answers = True
    desk.show(replace(desk.snapshot, step=7))
    desk.qtbot.waitUntil(lambda: view.report is not None)
    assert (desk.asked, view.report.step) == (2, 7)


def test_while_training_plays_it_asks_now_and_then(desk, monkeypatch):
    now = 1000.0
    monkeypatch.setattr(asking, "perf_counter", lambda: now)
    view = desk.open()
    asked = desk.asked
    (waiting,) = [timer for timer in view.findChildren(QTimer) if timer.parent() is view._asking]
    for step in range(7, 37):
        desk.show(replace(desk.snapshot, step=step, playing=True))
    assert desk.asked == asked
    assert waiting.interval() == pytest.approx(1000 * evaluation_asking.PLAYING, abs=1)
    now += evaluation_asking.PLAYING
    waiting.start(0)  # the time is over
    desk.qtbot.waitUntil(lambda: desk.asked == asked + 1)


def test_behind_a_tab_it_waits(desk, quick, qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.resize(400, 300)
    desk.open((360, 260))
    desk.view.setParent(outer)
    desk.view.move(QPoint(-3000, 0))
    outer.show()
    desk.view.show()
    asked = desk.asked
    desk.show(replace(desk.snapshot, step=8))
    calm(desk.view)
    desk.view.setParent(None)
    assert desk.asked == asked


@pytest.mark.parametrize("theme", sampled(THEMES.values(), every=3), ids=lambda theme: theme.name)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(("outputs", "inputs"), [(2, 4), (3, 4), (10, 784), (26, 784)])
def test_no_text_is_cut_at_any_size(desk, size, theme, outputs, inputs):
    view = desk.open(size, theme, outputs, inputs)
    for page in view.pages:
        if view.pages[page].isVisible():
            desk.page(page)
        for text in desk.said():
            assert "…" not in text
        for button in view.pages.values():
            if button.isVisible():
                needed = QFontMetricsF(button.font()).horizontalAdvance(button.text())
                assert needed + 4 <= button.width()
    inside = QRect(QPoint(), view.size())
    shown = [part for part in view.board.parts if part.isVisible()]
    assert all(inside.contains(part.geometry()) for part in shown)
    for one in shown:
        for two in shown:
            assert one is two or not one.geometry().intersects(two.geometry())


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_long_names_are_not_cut(desk, size):
    view = desk.open(size, names=WORDS)
    for page in view.pages:
        if view.pages[page].isVisible():
            desk.page(page)
        assert [text for text in desk.said() if "…" in text] == []
    desk.page("mistakes")
    desk.click((6, 4))
    assert {"“Shirt” read as “Coat”", "Shirt → Coat"} & set(desk.said())


def test_pages_show_one_part_each_where_room_is_short(desk):
    view = desk.open((360, 260))
    assert view.matrix.isVisible()
    assert not view.pages["trust"].isVisible()  # these are no digits
    view.show_judgement(judged(desk.snapshot))
    for name, chart in view.charts.items():
        desk.page(name)
        assert chart.isVisible()
        assert not view.matrix.isVisible()
    view.resize(1000, 700)
    assert all(chart.isVisible() for chart in view.charts.values())
    assert not any(button.isVisible() for button in view.pages.values())


def test_the_curve_goes_through_the_reports_points(desk):
    view = desk.open()
    chart, found = view.charts["calibration"], view.report.calibration
    shot = pixels(chart)
    text = rgb(DARK.text).astype(int)
    for at in found.count.nonzero()[0]:
        where = chart.point(float(found.confidence[at]), float(found.accuracy[at])).toPoint()
        y, x = min(where.y(), shot.shape[0] - 1), min(where.x(), shot.shape[1] - 1)
        assert np.abs(shot[y, x].astype(int) - text).max() <= 12


def test_the_surest_noise_is_shown_as_it_is(desk):
    view = desk.open()
    chart, noise = view.charts["noise"], view.report.noise
    square, shot = chart.square(), pixels(chart)
    grey = noise.x.reshape(28, 28)
    side = square.width() / 28
    seen = [
        shot[int(square.top() + (row + 0.5) * side), int(square.left() + (row + 0.5) * side), 0]
        for row in range(1, 27)
    ]
    assert np.corrcoef(seen, [grey[row, row] for row in range(1, 27)])[0, 1] > 0.9


def test_a_single_output_and_no_pictures(desk):
    desk.dataset = load_dataset("xor")
    recipe = Recipe(dataset="xor", layers=(2, 3, 1))
    view = desk.show_view(desk.make_snapshot(recipe, desk.dataset, steps=3), (640, 400))
    assert view.report.classes == 2
    assert not view.charts["noise"].isVisible()
    desk.click((1, 1))
    assert desk.cells == [(1, 1)]
    view.grab()
    desk.page("noise")


def test_the_slider_moves_along_the_reject_curve(desk):
    view = desk.open((380, 300))
    found, chart = judged(desk.snapshot), view.charts["trust"]
    view.show_judgement(found)
    desk.page("trust")
    curve = found.rejecting
    chart.slider.setFocus()
    desk.qtbot.keyClick(chart.slider, Qt.Key.Key_End)
    desk.qtbot.keyClick(chart.slider, Qt.Key.Key_PageDown)
    level = chart.slider.value()
    assert 50 < level < 100
    assert view.state()["threshold"] == level / 100
    shown = view.board.picture.trust
    assert shown.here == (curve.shares[level], curve.accuracies[level])
    said = desk.said()
    assert any(percent(curve.accuracies[level]) in text for text in said)
    assert any("1.37" in text for text in said)
    at = chart.point(*shown.here).toPoint()
    assert pixels(chart)[at.y(), at.x()].tolist() == list(rgb(DARK.now))
    view.restore({"threshold": 0.25})
    assert chart.slider.value() == 25


def test_trust_is_asked_for_where_there_are_digits_and_of_this_run_alone(desk):
    view, asked = desk.open(), []
    on_wish(view, JudgeTrust, asked.append)
    rule = DataDescription(tuple("0123456789"), (28, 28), pictures=PictureRule())
    digits = desk.make_snapshot(view._snapshot.recipe, desk.dataset, steps=8, run=3)
    desk.show(digits)
    desk.qtbot.waitUntil(lambda: view.report.step == 8)
    assert asked == []
    desk.show(
        replace(desk.make_snapshot(digits.recipe, desk.dataset, steps=9, run=3), description=rule)
    )
    desk.qtbot.waitUntil(lambda: len(asked) == 1)
    assert not view.settled()
    view.show_judgement(replace(judged(desk.snapshot), run=4))
    assert view.board.picture.trust is None
    view.show_judgement(judged(desk.snapshot))
    assert view.settled()
    assert view.board.picture.trust is not None
    assert view.charts["trust"].isVisible()
    desk.show(replace(desk.snapshot, run=5))
    assert view.board.picture.trust is None


HEIGHT = (Column("height", "cm", 150.0, 12.5),)


def numbers(desk, targets=HEIGHT, **given):
    """Open the view on examples whose targets are numbers."""
    data = desk.data(1, 4)
    y_train, y_test = (
        np.concatenate([(part + 0.1 * row) / 3 for row in range(len(targets))], axis=1)
        for part in (data.y_train, data.y_test)
    )
    changed = {"y_train": y_train, "y_test": y_test, "targets": targets, "class_names": ()}
    desk.dataset = replace(data, **changed)
    recipe = Recipe(layers=(4, 3, len(targets)), dataset="tiny")
    return desk.show_view(desk.make_snapshot(recipe, desk.dataset, steps=3), **given)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_numbers_are_drawn_actual_against_desired_in_the_unit_of_the_file(desk, size):
    view = numbers(desk, size=size)
    assert view.report.classes == 0
    shown = {part for part in view.board.parts if part.isVisible()}
    assert shown == {view.board.headline, view.numbers}
    pixels(view)
    measured = desk.snapshot.measured.figures.test
    figure = score_text(measured, desk.dataset.targets)
    assert "cm" in figure
    assert view.board.headline.said[0] == figure
    found = view.report.numbers
    actual = desk.snapshot.network().predict(desk.dataset.x_test)[found.index, 0]
    assert found.actual[:, 0] == pytest.approx(actual.astype(float) * 12.5 + 150)
    assert found.desired[:, 0] == pytest.approx(desk.dataset.y_test[found.index, 0] * 12.5 + 150)
    plot, *others = view.numbers.charts()
    assert not others
    assert view.numbers.rect().toRectF().contains(plot)
    assert all(
        plot.adjusted(-1, -1, 1, 1).contains(view.numbers.point(0, desired, actual))
        for desired, actual in zip(found.desired[:, 0], found.actual[:, 0], strict=True)
    )


def test_an_output_that_is_no_number_has_no_point(desk):
    view = numbers(desk, size=(640, 400))
    found = view.report.numbers
    actual = found.actual.copy()
    actual[[0, 2], 0] = np.nan, np.inf
    report = replace(view.report, numbers=replace(found, actual=actual))
    (chart,) = picture(desk.snapshot, EvaluationState(), report).targets
    assert chart.index.tolist() == found.index.tolist()[1:]


def test_a_point_puts_its_example_through_the_network(desk):
    view = numbers(desk, size=(640, 400))
    found = view.report.numbers
    row = int(found.actual[:, 0].argmax())
    where = view.numbers.point(0, found.desired[row, 0], found.actual[row, 0]).toPoint()
    desk.qtbot.mouseClick(view.numbers, Qt.MouseButton.LeftButton, pos=where)
    assert desk.examples == [int(found.index[row])]


def test_every_target_has_a_chart_of_its_own(desk):
    targets = Column("height", "cm", 150.0, 12.5), Column("weight", "kg", 60.0, 8.0)
    view = numbers(desk, targets, size=(1000, 700))
    pixels(view)
    assert len(view.numbers.charts()) == 2
    said = " ".join(view.numbers.said)
    found = view.report.numbers
    for column, rmse in zip(targets, found.rmse, strict=True):
        assert f"{column.name}: RMSE {write(float(rmse), 4)}\u00a0{column.unit}" in said
    assert "RMSE" not in view.board.headline.said[0], "cm and kg are not added up"


def test_other_data_take_the_old_report_away(desk):
    view = desk.open()
    desk.click((1, 1))
    desk.answers = False
    desk.show(replace(desk.snapshot, run=4))
    assert view.report is None
    assert view.matrix.cell is None
    assert not view.matrix.isVisible()


def test_ink_stands_out_and_shares_are_percentages():
    for theme in THEMES.values():
        assert ink_on(theme.panel, theme) == theme.text
        assert ink_on(theme.text, theme) == theme.panel
        for hue in (theme.minus, theme.dim):
            for fill in ramp(theme.panel, hue, 50):
                ink = ink_on("#" + bytes(fill).hex(), theme)
                assert contrast(rgb(ink), fill) >= 4.5
    assert (percent(0.12345), percent(1.0, 0), percent(float("nan"))) == (
        "12.3\u202f%",
        "100\u202f%",
        "–",
    )


def test_outputs_are_not_called_sureness(desk):
    view = desk.open()
    said = []
    for chart in view.charts.values():
        chart.say = lambda _painter, _room, wordings, *_: said.extend(wordings)
        chart.resize(400, 160)
        chart.grab()
        said.extend(chart.title())
    assert any("ŷ = " in words for words in said)
    assert not [words for words in said if "sure" in words.split() or "surest" in words]


def test_what_was_chosen_is_chosen_again(desk):
    view = desk.open((380, 400))
    chosen = {"page": "mistakes", "cell": [4, 4], "every": "epoch", "step": None}
    every = []
    on_wish(view, ReportEvery, lambda how: every.append((how.epoch, how.steps)))
    view.restore(chosen)
    assert every == [(True, 0)]
    assert desk.cells == [(4, 4)]
    assert view.gallery.isVisible()
    assert "every epoch" in view.past.every.text()
    again = desk.show_view(desk.snapshot, (380, 400))
    again.restore(view.state())
    assert again.state() == view.state()
    assert again.matrix.cell == (4, 4)
    again.restore({"page": "noise", "cell": None})
    assert again.charts["noise"].isVisible()
    assert not again.gallery.isVisible()


def test_a_state_that_comes_before_the_moment_waits_for_it(desk):
    view = desk.show_on_screen(SPEC.view)
    on_wish(view, Rank, lambda rank: desk._ask_cell(rank.label, rank.read_as))
    view.restore({"cell": [4, 4], "page": "classes"})
    desk.view = view
    data = desk.data()
    recipe = Recipe(layers=(784, 12, 10), dataset="tiny")
    desk.show(desk.make_snapshot(recipe, data, steps=6, run=3))
    view.show_report(desk.report())
    assert view.matrix.cell == (4, 4)
    assert desk.cells == [(4, 4)]
