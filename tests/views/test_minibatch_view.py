"""The minibatch view: the phase's sentence and the example's table, in any room."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QScrollArea

from nnviz.engine.captions import caption
from nnviz.engine.phases import phases_of
from nnviz.engine.recipe import Recipe
from nnviz.views.minibatch_plan import SMALLEST, WRAPPED, sized, title_font
from nnviz.views.minibatch_sheet import bound
from nnviz.views.minibatch_table import most_telling, rows_of
from nnviz.views.minibatch_view import HOW_TO_BEGIN, SPEC
from nnviz.views.palette import DARK, THEMES, rgb

from .grabbing import pixels
from .phasing import at_phase, minibatch_of, names_of

SIZES = [(200, 110), (202, 130), (220, 150), (240, 300), (320, 420), (600, 200), (1280, 720)]
LAYERS = [(784, 30, 10), (2, 3, 1), (40, 50, 3), (20, 6, 26)]


@pytest.fixture
def show(qtbot):
    def show(snapshot, size=(240, 320), theme=DARK):
        view = SPEC.view()
        qtbot.addWidget(view)
        view.resize(*size)
        view.set_theme(theme)
        if snapshot is not None:
            view.show_snapshot(snapshot)
        view.show()
        return view

    return show


@pytest.fixture
def moments(make_snapshot, make_dataset):
    def moments(recipe=None, count=10):
        recipe = recipe or Recipe(dataset="tiny", learning_rate=0.5)
        data = make_dataset(recipe.layers[0], recipe.layers[-1])
        snapshot = make_snapshot(recipe, data, 20)
        minibatch = minibatch_of(snapshot, data.x_train[:count], data.y_train[:count])
        return snapshot, lambda name, place=2: at_phase(snapshot, minibatch, name, place)

    return moments


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


def test_without_a_minibatch_it_says_how_to_begin_and_nothing_else(show, moments):
    normal, at = moments()
    for view in (show(None), show(normal)):
        assert (view.sheet.title, view.sheet.sentence) == ("", HOW_TO_BEGIN)
        assert view.sheet.rows == view.sheet.costs == ()
    before = pixels(view)
    view.show_snapshot(at("cost"))
    assert not np.array_equal(pixels(view), before)
    view.show_snapshot(normal)
    assert np.array_equal(pixels(view), before)


def test_every_phase_has_its_caption(show, moments):
    normal, at = moments()
    view = show(normal)
    for phase in phases_of(normal.recipe):
        moment = at(phase.name)
        view.show_snapshot(moment)
        wanted = caption(normal.recipe, moment.minibatch, phase, 2)
        assert (view.sheet.title, plain(view.sheet.sentence)) == (wanted.title, wanted.sentence)


def test_numbers_appear_in_the_phase_that_computes_them(show, moments):
    _, at = moments()
    view = show(at("forward 1"))
    assert [row.cells[0] for row in view.sheet.rows] == ["0", "0", "1"] + 7 * ["0"]
    assert {row.cells[1:] for row in view.sheet.rows} == {("", "")}
    assert not any(row.read for row in view.sheet.rows)
    view.show_snapshot(at("forward 2"))
    a, y = at("pick").focus.a[-1], at("pick").focus.y
    assert [row.cells[1] for row in view.sheet.rows] == [f"{value:.2f}" for value in a]
    assert [row.cells[2] for row in view.sheet.rows] == [f"{v:.2f}" for v in np.abs(a - y)]
    assert view.sheet.costs == ()
    view.show_snapshot(at("cost"))
    own, mean = (float(value) for _, value in view.sheet.costs)
    network, minibatch = at("pick").network(), at("pick").minibatch
    assert own == pytest.approx(network.cost(minibatch.x[2:3], minibatch.y[2:3]), rel=0.006)
    assert mean == pytest.approx(network.cost(minibatch.x, minibatch.y), rel=0.006)
    view.show_snapshot(at("forward 2"))
    assert view.sheet.costs == ()


def test_the_numbers_of_a_course_example_are_those_of_its_table(moments):
    _, at = moments(Recipe(layers=(4, 11)), count=1)
    focus = at("pick", 0).focus
    focus.y.flags.writeable = focus.a[-1].flags.writeable = True
    focus.y[:] = np.arange(11) == 6
    focus.a[-1][:] = [0.3, 0, 0.5, 0.2, 0, 0.1, 0.3, 0, 0, 0.9, 0.8]
    rows = rows_of(focus, tuple("0123456789?"), known=True)
    assert [float(row.cells[2]) for row in rows] == [
        0.3, 0, 0.5, 0.2, 0, 0.1, 0.7, 0, 0, 0.9, 0.8
    ]  # fmt: skip
    assert [row.name for row in rows if row.wanted] == ["6"]
    assert [row.name for row in rows if row.read] == ["9"]
    assert most_telling(rows, 4) == (2, 6, 9, 10)
    assert most_telling(rows, 99) == tuple(range(11))


@pytest.mark.parametrize("layers", LAYERS, ids=str)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut_off_in_any_room(show, moments, layers, size):
    normal, at = moments(Recipe(layers=layers, activation="tanh", optimiser="adam"))
    view = show(normal, size)
    for name in names_of(normal):
        view.show_snapshot(at(name))
        plan, sheet = view.sheet.plan, view.sheet
        assert plan.size >= SMALLEST
        room = QRectF(0, 0, sheet.width() - 8, 1e6)
        metrics = QFontMetricsF(sized(view.font(), plan.size))
        needed = metrics.boundingRect(room, WRAPPED, sheet.sentence)
        assert needed.width() <= room.width()
        assert needed.height() <= plan.sentence
        assert QFontMetricsF(title_font(view.font(), plan.size)).height() <= plan.title
        assert plan.height <= sheet.height()
        columns = plan.columns
        assert (columns.count - 1) * columns.apart + columns.width <= room.width() + 0.5
        bold = QFontMetricsF(sized(view.font(), plan.size, bold=True))
        for row in sheet.shown():
            for width, text in zip(columns.cells, row.cells, strict=True):
                assert bold.horizontalAdvance(text) <= width
        if sheet.height() > size[1]:
            # What does not fit is scrolled to, beside the bar and not behind it.
            bar = view.findChild(QScrollArea).verticalScrollBar()
            assert bar.isVisible()
            assert sheet.width() + bar.width() <= size[0]
        else:
            assert sheet.width() == size[0]


def test_nothing_moves_while_one_steps(show, moments):
    normal, at = moments()
    for size in SIZES:
        view = show(normal, size)
        plans = []
        for name in names_of(normal):
            view.show_snapshot(at(name))
            plans.append(view.sheet.plan)
        assert all(plan is plans[0] for plan in plans)


def test_all_rows_show_where_there_is_room_and_the_telling_ones_elsewhere(show, moments):
    _, at = moments()
    assert len(show(at("cost"), (240, 300)).sheet.shown()) == 10
    view = show(at("cost"), (220, 150))
    few = view.sheet.shown()
    assert 1 <= len(few) < 10
    assert any(row.wanted for row in few)
    assert show(at("cost"), (1280, 720)).sheet.plan.size >= 24


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_it_is_painted_in_the_colours_of_the_theme(show, moments, theme):
    _, at = moments()
    picture = pixels(show(at("cost"), theme=theme))
    for colour in (theme.text, theme.now, theme.panel):
        assert (np.abs(picture.astype(int) - rgb(colour)).max(axis=2) < 12).any(), colour
    assert (picture[:, :2] == rgb(theme.panel)).all()
    assert (picture[:, -2:] == rgb(theme.panel)).all()


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_it_costs_nothing_while_training_plays(qtbot, show, make_snapshot):
    view = show(make_snapshot(playing=True))
    qtbot.waitExposed(view)
    qtbot.wait(50)
    paintings = Paintings(view.sheet)
    for _ in range(3):
        view.show_snapshot(make_snapshot(steps=5, playing=True))
        qtbot.wait(20)
    assert paintings.count == 0


def test_numbers_stay_with_their_words():
    space = "\N{NO-BREAK SPACE}"
    assert bound("to 0.05 (output 2).") == f"to 0.05 (output{space}2)."
    assert bound("of w² 4→7 = −0.03") == f"of w²{space}4→7{space}={space}−0.03"
    assert bound("10 training examples, numbers 1, 2") == "10 training examples, numbers 1, 2"


@pytest.mark.parametrize("broken", [np.nan, np.inf, 1e30, -0.001])
def test_numbers_that_broke_are_shown_as_such(show, moments, broken):
    _, at = moments()
    for array in at("pick").minibatch.a:
        array[...] = broken
    for size in SIZES:
        view = show(at("cost"), size)
        text = " ".join(cell for row in view.sheet.rows for cell in row.cells)
        assert "nan" not in text
        assert "inf" not in text
        assert "−0.00" not in text
        pixels(view)


def test_keys_pass_through(show, moments):
    view = show(moments()[1]("cost"))
    assert view.findChild(QScrollArea).focusPolicy() == view.focusPolicy()
