"""This example: the table of the one in focus, or a phase's sentence and its example's table."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QScrollArea

from nnviz.data import load_dataset
from nnviz.engine.explain import explain_cost
from nnviz.engine.explain.captions import caption
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.names import output_name
from nnviz.engine.run.snapshot import focus_on
from nnviz.engine.selection import Selection
from nnviz.engine.training.phases import phases_of
from nnviz.views.minibatch.layout import WRAPPED, title_font
from nnviz.views.minibatch.table import by_weight, in_step, rows_of
from nnviz.views.minibatch.text import COST, bound
from nnviz.views.minibatch.view import SPEC
from nnviz.views.palette import DARK, THEMES, rgb
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.type_scale import Step, sized
from tests.sampled import sampled
from tests.views.grabbing import pixels
from tests.views.phasing import at_phase, minibatch_of, names_of
from tests.views.textbook import first_moment
from tests.waiting import events_done, settled

SIZES = [
    (200, 110), (202, 130), (220, 150), (240, 300), (281, 290), (340, 420), (600, 200), (1280, 720)
]  # fmt: skip
LAYERS = [(784, 30, 10), (2, 3, 1), (40, 50, 3), (20, 6, 26)]


@pytest.fixture
def show(show):
    return lambda snapshot, size=(240, 320), theme=DARK: show(SPEC.view, snapshot, size, theme)


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


def test_it_goes_from_the_test_example_to_a_phase_and_back(show, moments):
    normal, at = moments()
    assert (show(None).sheet.picture.title, show(None).sheet.picture.sentence) == ("", NO_RUN[0])
    view = show(normal)
    assert view.sheet.picture.title == "Test image 1"
    before = pixels(view)
    view.show_snapshot(at("cost"))
    assert view.sheet.picture.title == "Cost"
    assert not np.array_equal(pixels(view), before)
    view.show_snapshot(normal)
    assert np.array_equal(pixels(view), before)


def test_every_phase_has_its_caption(show, moments):
    normal, at = moments()
    view = show(normal)
    for phase in phases_of(normal.recipe):
        moment = at(phase.name)
        view.show_snapshot(moment)
        names = [output_name(normal, j) for j in range(normal.recipe.layers[-1])]
        wanted = caption(normal.recipe, moment.minibatch, phase, 2, names)
        shown = view.sheet.picture
        assert (shown.title, plain(shown.sentence)) == (wanted.title, wanted.sentence)


def test_numbers_appear_in_the_phase_that_computes_them(show, moments):
    _, at = moments()
    view = show(at("forward 1"))
    assert [row.cells[0] for row in view.sheet.picture.rows] == ["0", "0", "1"] + 7 * ["0"]
    assert {row.cells[1:] for row in view.sheet.picture.rows} == {("", "", "")}
    assert not any(row.read for row in view.sheet.picture.rows)
    view.show_snapshot(at("forward 2"))
    a, y = at("pick").focus.a[-1], at("pick").focus.y
    assert [row.cells[1] for row in view.sheet.picture.rows] == [f"{value:.2f}" for value in a]
    assert [row.cells[2] for row in view.sheet.picture.rows] == [f"{v:.2f}" for v in np.abs(a - y)]
    assert view.sheet.picture.costs == ()
    assert {row.cells[3] for row in view.sheet.picture.rows} == {""}
    view.show_snapshot(at("cost"))
    parts = [float(row.cells[3]) for row in view.sheet.picture.rows]
    assert parts == pytest.approx(at("cost").minibatch.terms[2].tolist(), abs=0.0005)
    own, mean = (float(value) for _, value in view.sheet.picture.costs)
    network, minibatch = at("pick").network(), at("pick").minibatch
    assert own == pytest.approx(network.cost(minibatch.x[2:3], minibatch.y[2:3]), rel=0.006)
    assert mean == pytest.approx(network.cost(minibatch.x, minibatch.y), rel=0.006)
    view.show_snapshot(at("forward 2"))
    assert view.sheet.picture.costs == ()


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
    assert by_weight(rows) == (6, 9, 10, 2, 0, 3, 5, 1, 4, 7, 8)


def check_nothing_is_cut_off(view, size):
    """Everything that the panel says now stands in the room that was planned for it."""
    plan, sheet = view.sheet.plan, view.sheet
    assert plan.size >= DARK.scale.px(Step.LABEL)
    room = QRectF(0, 0, sheet.width() - 8, 1e6)
    metrics = QFontMetricsF(sized(view.font(), plan.size))
    needed = metrics.boundingRect(room, WRAPPED, sheet.picture.sentence)
    assert needed.width() <= room.width()
    assert needed.height() <= plan.sentence
    title = QFontMetricsF(title_font(view.font(), plan.size))
    assert title.height() <= plan.title
    assert title.horizontalAdvance(sheet.picture.title) <= room.width()
    assert plan.height <= sheet.height()
    columns = plan.columns
    assert (columns.count - 1) * columns.apart + columns.width <= room.width() + 0.5
    bold = QFontMetricsF(sized(view.font(), plan.size, bold=True))
    for row in sheet.shown():
        for width, text in zip(columns.cells, row.cells, strict=False):
            assert bold.horizontalAdvance(text) <= width
    if plan.costs:
        for label, value in sheet.picture.costs[: plan.costs]:
            assert metrics.horizontalAdvance(label + value) + 0.5 * plan.size <= room.width()
    if sheet.height() > size[1]:
        # What does not fit is scrolled to, beside the bar and not behind it.
        bar = view.findChild(QScrollArea).verticalScrollBar()
        assert bar.isVisible()
        assert sheet.width() + bar.width() <= size[0]
    else:
        assert sheet.width() == size[0]


@pytest.mark.parametrize(
    ("layers", "size"),
    sampled(
        [(layers, size) for at, layers in enumerate(LAYERS) for size in SIZES[at % 2 :: 2]],
        every=3,
        rows=True,
    ),
    ids=str,
)
def test_nothing_is_cut_off_in_any_room(show, moments, layers, size):
    normal, at = moments(Recipe(layers=layers, activation="tanh", optimiser="adam"))
    view = show(normal, size)
    check_nothing_is_cut_off(view, size)
    for name in names_of(normal):
        view.show_snapshot(at(name))
        check_nothing_is_cut_off(view, size)


def test_nothing_moves_while_one_steps(show, moments):
    normal, at = moments()
    for size in SIZES[::2]:
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


def test_what_is_shown_already_is_not_painted_again(qtbot, show, moments):
    normal, at = moments()
    for moment in (replace(normal, playing=True), at("cost")):
        view = show(moment)
        qtbot.waitExposed(view)
        settled(view)
        paintings = Paintings(view.sheet)
        for _ in range(3):
            view.show_snapshot(moment)
            events_done()
        assert paintings.count == 0


def test_numbers_stay_with_their_words():
    space = "\N{NO-BREAK SPACE}"
    assert bound("to 0.05 (output 2).") == f"to 0.05 (output{space}2)."
    assert bound("of w²₈,₅ = −0.03") == f"of w²₈,₅{space}={space}−0.03"
    assert bound("10 training examples, numbers 1, 2") == "10 training examples, numbers 1, 2"


@pytest.mark.parametrize("broken", [np.nan, np.inf, 1e30, -0.001])
def test_numbers_that_broke_are_shown_as_such(show, moments, broken):
    _, at = moments()
    for array in at("pick").minibatch.a:
        array[...] = broken
    for size in (SIZES[0], SIZES[4], SIZES[-1]):
        view = show(at("cost"), size)
        text = " ".join(cell for row in view.sheet.picture.rows for cell in row.cells)
        assert "nan" not in text
        assert "inf" not in text
        assert "−0.00" not in text
        pixels(view)


def test_keys_pass_through(show, moments):
    view = show(moments()[1]("cost"))
    assert view.findChild(QScrollArea).focusPolicy() == view.focusPolicy()


# -- outside phase mode: the test example in focus -------------------------------------------------

COSTS_OF = [
    ("quadratic", "sigmoid", "C₀ = Σⱼ ½ (ŷⱼ − yⱼ)²"),
    ("sum_of_squares", "tanh", "C₀ = Σⱼ (ŷⱼ − yⱼ)²"),
    ("mean_squared", "sigmoid", "C₀ = Σⱼ 1/10·(ŷⱼ − yⱼ)²"),
    ("absolute", "linear", "C₀ = Σⱼ |ŷⱼ − yⱼ|"),
    ("cross_entropy", "sigmoid", "C₀ = Σⱼ −[yⱼ ln ŷⱼ + (1 − yⱼ) ln(1 − ŷⱼ)]"),
    ("categorical_cross_entropy", "softmax", "C₀ = Σⱼ −yⱼ ln ŷⱼ"),
]


def value(text):
    mantissa, _, power = text.replace("−", "-").partition("×10")
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return float(mantissa) * 10 ** int(power.translate(digits) or 0)


@pytest.mark.parametrize(("cost", "output", "formula"), COSTS_OF, ids=str)
@pytest.mark.parametrize("steps", sampled([0, 150], every=2))
def test_the_table_is_the_cost_taken_apart(show, make_snapshot, cost, output, formula, steps):
    recipe = Recipe(dataset="tiny", cost=cost, output_activation=output, learning_rate=0.05)
    snapshot = make_snapshot(recipe, steps=steps, example=13)
    view = show(snapshot, (281, 290))
    parts = explain_cost(snapshot.network(), snapshot.focus.x, snapshot.focus.y)
    whole = parts.cost.value
    for part, row in zip(parts.parts, view.sheet.picture.rows, strict=True):
        assert value(row.cells[0]) == part.desired.value
        assert value(row.cells[1]) == pytest.approx(part.actual.value, abs=0.005)
        assert value(row.cells[2]) == pytest.approx(abs(part.difference), abs=0.005)
        assert value(row.cells[3]) == pytest.approx(part.term.value, abs=0.006 * whole)
    assert value(view.sheet.picture.costs[0][1]) == pytest.approx(whole, rel=0.006)
    terms = [value(row.cells[3]) for row in view.sheet.picture.rows]
    assert sum(terms) == pytest.approx(whole, rel=0.05)
    said = plain(view.sheet.picture.sentence)
    assert said.endswith(f"{formula} = {view.sheet.picture.costs[0][1]}")
    assert value(view.sheet.picture.costs[1][1]) == pytest.approx(
        snapshot.evaluations[-1].test_cost, rel=0.006
    )


def test_the_courses_sixes_differences_and_their_sum(moments):
    _, at = moments(Recipe(layers=(4, 11)), count=1)
    focus = at("pick", 0).focus
    focus.y.flags.writeable = focus.a[-1].flags.writeable = True
    focus.y[:] = np.arange(11) == 6
    focus.a[-1][:] = [0.3, 0, 0.5, 0.2, 0, 0.1, 0.3, 0, 0, 0.9, 0.8]
    squares = (focus.a[-1] - focus.y) ** 2
    rows = rows_of(focus, tuple("0123456789?"), squares, known=True)
    assert [row.cells[3] for row in rows] == [f"{square:.2f}" for square in squares]
    assert sum(float(row.cells[3]) for row in rows) == pytest.approx(2.33)
    assert max(rows, key=lambda row: row.share).name == "9"


def test_it_says_what_the_example_is_and_what_it_is_read_as(show, make_snapshot):
    snapshot = make_snapshot(steps=150, example=13)
    view = show(snapshot)
    read = int(np.argmax(snapshot.focus.a[-1]))
    assert read == 3
    assert view.sheet.picture.title == "Test image 14"
    assert plain(view.sheet.picture.sentence).startswith("This “3” is read as “3”: right.")
    twisted = focus_on(snapshot.network(), 14, snapshot.focus.x, np.eye(10, dtype=np.float32)[8])
    view.show_snapshot(replace(snapshot, focus=twisted))
    assert plain(view.sheet.picture.sentence).startswith("This “8” is read as “3”: wrong.")
    assert [row.name for row in view.sheet.picture.rows if row.wanted] == ["8"]
    assert [row.name for row in view.sheet.picture.rows if row.read] == ["3"]


def test_a_row_of_a_truth_table_is_told_in_numbers(show, make_snapshot):
    recipe = Recipe(dataset="xor", layers=(2, 3, 1))
    snapshot = make_snapshot(recipe, load_dataset("xor"), 5, example=1)
    view = show(snapshot)
    answer = f"{snapshot.focus.a[-1][0]:.2f}"
    assert view.sheet.picture.title == "Test example 2"
    assert plain(view.sheet.picture.sentence).startswith(
        f"For the input (x₁ = 0, x₂ = 1) the desired output is 1, the actual one {answer}.\n"
        "C₀ = ½ (ŷ − y)² = "
    )
    assert [row.cells[:2] for row in view.sheet.picture.rows] == [("1", answer)]


@pytest.mark.parametrize("size", sampled(SIZES, every=3), ids=str)
def test_nothing_moves_and_nothing_is_cut_off_while_it_plays(show, make_snapshot, size):
    moments = [make_snapshot(steps=steps, playing=True, example=3) for steps in (0, 7, 80, 300)]
    view = show(moments[0], size)
    plans = []
    for moment in moments + moments:
        view.show_snapshot(moment)
        check_nothing_is_cut_off(view, size)
        plans.append(view.sheet.plan)
    assert all(plan is plans[4] for plan in plans[4:])
    assert {(plan.size, plan.table, plan.columns.header) for plan in plans} == {
        (plans[0].size, plans[0].table, plans[0].columns.header)
    }


@pytest.mark.parametrize("size", [(220, 150), (281, 290), (340, 420), (1280, 720)], ids=str)
def test_a_click_on_a_row_picks_that_outputs_part_and_marks_it(qtbot, show, make_snapshot, size):
    view = show(make_snapshot(example=4), size)
    view.picked.connect(view.select)
    shown = [row.name for row in view.sheet.shown()]
    for name in shown:
        before = pixels(view)
        with qtbot.waitSignal(view.picked) as picked:
            where = view.sheet.box_of(int(name)).center().toPoint()
            qtbot.mouseClick(view.sheet, Qt.MouseButton.LeftButton, pos=where)
        assert picked.args == [Selection("output", 2, int(name))]
        changed = np.flatnonzero((pixels(view) != before).any(axis=(1, 2)))
        assert changed.size
    if view.sheet.plan.costs:
        with qtbot.waitSignal(view.picked) as picked:
            where = view.sheet.box_of(COST).center().toPoint()
            qtbot.mouseClick(view.sheet, Qt.MouseButton.LeftButton, pos=where)
        assert picked.args == [Selection("cost", 2)]
    view.select(Selection("neuron", 1, 3))
    assert view.sheet.marked is None


def test_a_cost_that_is_not_known_yet_cannot_be_picked(qtbot, show, moments):
    _, at = moments()
    view = show(at("forward 2"))
    place = view.sheet.box_of(3).center()
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view.sheet, Qt.MouseButton.LeftButton, pos=place.toPoint())
    view.show_snapshot(at("cost"))
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.mouseClick(view.sheet, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert picked.args == [Selection("output", 2, 3)]


def test_bars_behind_the_costs_are_as_long_as_these_are_large(show, make_snapshot):
    view = show(make_snapshot(steps=0), (340, 420))
    picture, sheet = pixels(view), view.sheet
    ground = rgb(DARK.line)
    lengths = []
    for output in range(10):
        box = sheet.box_of(output)
        line = picture[round(box.top() + 0.15 * box.height())]
        lengths.append(int((line == ground).all(axis=1).sum()))
    shares = [row.share for row in sheet.picture.rows]
    full = max(lengths)
    assert full > 30
    assert lengths == pytest.approx([share * full for share in shares], abs=3)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([0.5, 0.0634, 0.0], ["0.500", "0.063", "0.000"]),
        ([12.0, 3.0], ["12.00", "3.00"]),
        ([0.0000371, 0.0], ["0.00004", "0.00000"]),
        ([3e-9, 1e-9], ["3.0×10⁻⁹", "1.0×10⁻⁹"]),
        ([0.0, 0.0], ["0.00", "0.00"]),
        ([np.nan, 1.0], ["–", "1"]),
        ([-0.001, 0.5], ["−0.001", "0.500"]),
    ],
)
def test_parts_have_as_many_decimals_as_their_sum_needs(values, texts):
    array = np.array(values)
    assert in_step(array, float(array.sum())) == texts


def test_it_follows_the_drawing_that_the_network_shows(show, make_snapshot):
    snapshot = make_snapshot()
    view = show(snapshot)

    def said():
        sheet = view.sheet
        return sheet.picture.title, sheet.picture.sentence, sheet.picture.rows, sheet.picture.costs

    before = said()
    picture = np.linspace(0, 1, 784, dtype=np.float32)
    view.show_drawing(picture)
    title, sentence, rows, costs = said()
    assert title == "Your drawing"
    expected = snapshot.network().predict(picture.reshape(1, -1))[0]
    assert [row.cells[1] for row in rows] == [f"{value:.2f}" for value in expected]
    assert not any(row.wanted or row.cells[0] or row.cells[2] or row.cells[3] for row in rows)
    assert costs == ()
    assert "wrong" not in sentence
    assert "right" not in sentence
    view.show_drawing(np.zeros(3, np.float32))  # of a net that it does not fit
    assert said() == before
    view.show_drawing(picture)
    view.show_drawing(None)
    assert said() == before


def test_a_single_output_is_called_by_its_column(show):
    view = show(first_moment("park"), (420, 420))
    assert [row.name for row in view.sheet.picture.rows] == ["go to the park"]
