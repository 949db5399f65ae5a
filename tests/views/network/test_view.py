import sys
from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QMainWindow,
)

import nnviz
from nnviz.data.description import Column, DataDescription
from nnviz.engine.recipe import Recipe
from nnviz.views.network.edges import ends
from nnviz.views.network.headings import headings
from nnviz.views.network.text import footer_texts
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, LIGHT, THEMES, rgb
from nnviz.views.shared.type_scale import Step, TypeScale, sized
from tests.sampled import sampled
from tests.views.network.hands import lines_of, on_screen
from tests.waiting import settled

SIZES = [(480, 320), (600, 620), (850, 530), (1400, 900)]
LAYERS = [(784, 30, 10), (784, 100, 10), (784, 128, 64, 10), (784, 10), (2, 4, 3, 1), (40, 50, 3)]


@pytest.fixture
def show(show):
    return lambda snapshot, size=(850, 530), theme=DARK: show(NetworkView, snapshot, size, theme)


def pixels(view):
    image = view.grab().toImage().convertToFormat(view.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def middle_of_edge(view, index, t=0.5):
    x0, y0, x1, y1 = (part[index] for part in ends(view.place, view.edges))
    return x0 + t * (x1 - x0), y0 + (y1 - y0) * (3 * t**2 - 2 * t**3)


def near(picture, x, y, colour):
    """Return the smallest distance of a pixel close to the point from a colour."""
    x, y = round(x), round(y)
    patch = picture[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3)
    return int(np.abs(patch - rgb(colour).astype(int)).max(axis=1).min())


def texts(view):
    """Return text, letter height and box of every line on screen."""
    return [
        (line.text(), line.font().pixelSize(), line.sceneBoundingRect()) for line in lines_of(view)
    ]


@pytest.mark.parametrize("layers", [*LAYERS, (40, 30, 40)], ids=str)
@pytest.mark.parametrize("size", sampled([*SIZES, (620, 300)], every=3), ids=str)
def test_every_word_can_be_read(show, make_snapshot, layers, size):
    view = show(make_snapshot(Recipe(layers=layers), steps=2), size)
    lines = texts(view)
    assert min(height for _, height, _ in lines) >= Step.LABEL.value
    for text, _, box in lines:
        assert view.rect().toRectF().contains(box), text
    for (one, height, a), (other, _, b) in combinations(lines, 2):
        # Only letters count, not the space above and below them.
        gap = 0.15 * height
        a, b = a.adjusted(0, gap, 0, -gap), b.adjusted(0, gap, 0, -gap)
        assert not a.adjusted(1, 0, -1, 0).intersects(b.adjusted(1, 0, -1, 0)), (one, other)


FACTORS = [1.0, 1.5, 2.0, 2.5]


def on_each_other(view):
    """Return what of lines and buttons leaves the view, or stands on something else."""
    boxes = [
        (text, box.adjusted(1, 0.15 * size, -1, -0.15 * size)) for text, size, box in texts(view)
    ]
    buttons = [each for each in view.findChildren(QAbstractButton) if each.isVisible()]
    boxes += [(button.text(), button.geometry().toRectF()) for button in buttons]
    found = [text for text, box in boxes if not view.rect().toRectF().contains(box)]
    found += [
        f"{one} and {other}" for (one, a), (other, b) in combinations(boxes, 2) if a.intersects(b)
    ]
    wide = [b.text() for b in buttons if b.fontMetrics().horizontalAdvance(b.text()) >= b.width()]
    return found + wide


@pytest.mark.parametrize(
    ("layers", "factor"),
    sampled(
        [
            *product([(784, 30, 10), (784, 128, 64, 10), (2, 4, 3, 1), (40, 50, 3)], (1.0, 2.5)),
            ((784, 128, 64, 10), 1.5),
            ((40, 50, 3), 2.0),
        ],
        every=2,
        rows=True,
    ),
)
def test_larger_letters_neither_meet_nor_leave_the_view(show, make_snapshot, layers, factor):
    theme = replace(DARK, scale=TypeScale(factor))
    view = show(make_snapshot(Recipe(layers=layers), steps=2), theme=theme)
    for size in ((1, 1), (320, 220), (480, 320), (700, 500), (700, 900), (900, 700), (1900, 1000)):
        view.resize(*size)
        for numbers in (False, True):
            if view.chosen.numbers != numbers:
                view.choose(numbers=not view.chosen.numbers)
            assert not on_each_other(view), (size, numbers)
            letters = [height for _, height, _ in texts(view)]
            assert min(letters) >= theme.scale.px(Step.CAPTION)
            if view.width() >= 433 * factor and view.height() >= 265 * factor:
                assert min(letters) >= theme.scale.px(Step.LABEL)
                written = any(text.startswith("z ") for text, _, _ in texts(view))
                assert written == numbers


@pytest.mark.parametrize("factor", FACTORS)
def test_letters_lines_and_buttons_follow_the_scale_at_once(show, make_snapshot, factor):
    view = show(make_snapshot(Recipe(layers=(2, 4, 3, 1)), steps=2), (1, 1))
    assert (view.width(), view.height()) == (250, 110)
    before = {text: height for text, height, _ in texts(view)}
    button, ring = view.controls.chooser, view.drawing.stage._marks._ring.pen().widthF()
    tall, size = button.height(), button.font().pixelSize()
    view.set_theme(replace(LIGHT, scale=TypeScale(factor)))
    view.resize(1, 1)
    assert (view.width(), view.height()) == (250 * factor, 110 * factor)
    assert {text: height for text, height, _ in texts(view)} == {
        text: pytest.approx(factor * height, abs=0.6 * factor) for text, height in before.items()
    }
    assert button.font().pixelSize() == pytest.approx(factor * size, abs=1)
    assert button.height() == pytest.approx(factor * tall, abs=2)
    assert view.drawing.stage._marks._ring.pen().widthF() == pytest.approx(factor * ring)


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
@pytest.mark.parametrize(("sign", "hue"), [(1, "plus"), (-1, "minus")])
def test_a_weights_edge_has_the_hue_of_its_sign(show, make_snapshot, with_theta, theme, sign, hue):
    snapshot = make_snapshot(steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    index = 400 * 30 + 4
    theta[index] = sign * 2.5
    view = show(with_theta(snapshot, theta), theme=theme)
    picture = pixels(view)
    assert view.edges.parameter.tolist() == [index]
    places = [middle_of_edge(view, 0, t) for t in np.linspace(0.1, 0.9, 81)]
    drawn = [near(picture, x, y, getattr(theme, hue)) < 12 for x, y in places]
    (x, y), dashed = places[drawn.index(True)], np.count_nonzero(np.diff(drawn)) > 8
    assert dashed == (sign < 0)
    assert all(drawn) or sign < 0

    view.show_snapshot(with_theta(snapshot, np.zeros(len(theta))))
    picture = pixels(view)
    assert len(view.edges) == 0
    assert near(picture, x, y, theme.panel) == 0


def test_as_many_edges_are_drawn_as_are_counted(show, make_snapshot):
    view = show(make_snapshot(Recipe(layers=(2, 4, 3, 1)), steps=5))
    picture = pixels(view)
    assert len(view.edges) == view.edges.total == 23
    panel = rgb(DARK.panel).astype(int)
    for index in range(23):
        places = [middle_of_edge(view, index, t) for t in np.linspace(0.3, 0.36, 20)]
        patches = [picture[round(y) - 1 : round(y) + 2, round(x)] for x, y in places]
        assert max(np.abs(patch - panel).max() for patch in patches) > 2


def test_what_is_left_out_is_said():
    assert footer_texts(23, 23, whole=True) == ("all 23 edges drawn",)
    full = footer_texts(720, 23_820, whole=True)[0]
    assert full == "720 of 23\u202f820 edges drawn, the strongest |w| of each layer"
    assert all("720 of 23\u202f820" in text for text in footer_texts(720, 23_820, whole=False))


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_an_active_neuron_shines_and_a_silent_one_does_not(show, make_snapshot, with_theta, theme):
    snapshot = make_snapshot(steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    biases = theta[784 * 30 + 30 * 10 :]
    biases[:30] = -30
    biases[7] = 30
    view = show(with_theta(snapshot, theta), theme=theme)
    picture = pixels(view)
    column = view.place.columns[1]
    assert near(picture, column.x, column.y[7], theme.text) < 4
    assert near(picture, column.x, column.y[8], theme.panel) < 4


def test_signed_activations_take_the_colour_of_their_sign(show, make_snapshot, with_theta):
    snapshot = make_snapshot(Recipe(layers=(784, 30, 10), activation="tanh"), steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    theta[784 * 30 + 300 :][:30] = np.where(np.arange(30) % 2, 30, -30)
    view = show(with_theta(snapshot, theta))
    picture = pixels(view)
    column = view.place.columns[1]
    assert near(picture, column.x, column.y[1], DARK.plus) < 4
    assert near(picture, column.x, column.y[2], DARK.minus) < 4


def test_the_wanted_output_has_a_ring_whatever_the_network_says(show, make_snapshot, with_theta):
    snapshot = make_snapshot(steps=0, example=3)
    theta = np.zeros(snapshot.recipe.parameters)
    theta[-10:] = -9
    theta[-10 + 6] = 9
    view = show(with_theta(snapshot, theta))
    picture = pixels(view)
    column = view.place.columns[-1]
    ring = column.radius + 0.12 * view.place.unit
    assert near(picture, column.x - ring, column.y[3], DARK.now) < 30
    assert near(picture, column.x - ring, column.y[6], DARK.now) > 60
    bar = view.place.bars
    assert near(picture, bar.left + 0.5 * bar.width, column.y[6], DARK.text) < 12
    assert near(picture, bar.left + 0.5 * bar.width, column.y[3], DARK.raised) < 12


def test_the_tile_shows_the_picture(show, make_snapshot):
    snapshot = make_snapshot()
    view = show(snapshot)
    picture, tile = pixels(view), view.place.tile
    cell = tile.width / 28
    for row, column in ((0, 0), (5, 17), (27, 27), (13, 2)):
        x, y = tile.left + (column + 0.5) * cell, tile.top + (row + 0.5) * cell
        grey = round(255 * float(snapshot.focus.x[28 * row + column]))
        assert np.abs(picture[int(y), int(x)] - grey).max() <= 2


@pytest.mark.parametrize("layers", LAYERS, ids=str)
@pytest.mark.parametrize("size", sampled(SIZES, every=3), ids=str)
def test_nothing_is_cut_off_and_no_headings_touch(show, make_snapshot, layers, size):
    snapshot = make_snapshot(Recipe(layers=layers), steps=2)
    view = show(snapshot, size)
    picture = pixels(view)
    panel = rgb(DARK.panel)
    border = np.concatenate(
        (picture[:3].reshape(-1, 3), picture[-3:].reshape(-1, 3), picture[:, :3].reshape(-1, 3))
    )
    assert (border == panel).all()
    assert (picture[:, -3:] == panel).all()
    assert (picture != panel).any(axis=2).mean() > 0.02
    font = sized(view.font(), view.place.unit)
    metrics = QFontMetricsF(font)
    spans = [
        (x - metrics.horizontalAdvance(text) / 2, x + metrics.horizontalAdvance(text) / 2)
        for x, text in headings(snapshot.recipe, view.place, font)
    ]
    assert all(after[0] > before[1] for before, after in pairwise(spans))


def test_both_themes_and_a_change_between_them(show, make_snapshot):
    view = show(make_snapshot())
    assert (pixels(view)[0, 0] == rgb(DARK.panel)).all()
    view.set_theme(LIGHT)
    picture = pixels(view)
    assert (picture[0, 0] == rgb(LIGHT.panel)).all()
    assert (picture == rgb(DARK.panel)).all(axis=2).mean() < 0.001


def test_another_recipe_is_placed_anew(show, make_snapshot):
    view = show(make_snapshot())
    pixels(view)
    view.show_snapshot(make_snapshot(Recipe(layers=(2, 4, 3, 1)), steps=3, run=1))
    pixels(view)
    assert [column.shown for column in view.place.columns] == [2, 4, 3, 1]
    assert view.place.tile is None
    view.show_snapshot(make_snapshot(Recipe(layers=(784, 10)), steps=3, run=2))
    pixels(view)
    assert view.place.tile is not None


@pytest.mark.parametrize("value", sampled([np.nan, np.inf, -np.inf, 1e38], every=2))
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_a_diverged_network_is_drawn_all_the_same(
    show, make_snapshot, with_theta, value, activation
):
    recipe = Recipe(layers=(784, 30, 10), activation=activation)
    snapshot = make_snapshot(recipe, steps=0)
    theta = np.array(snapshot.theta)
    theta[::3] = value
    view = show(with_theta(snapshot, theta))
    assert (pixels(view) != rgb(DARK.panel)).any()


def test_while_it_plays_edges_and_neurons_are_of_the_same_moment(show, make_snapshot, with_theta):
    view = show(make_snapshot(playing=True))
    for seed in (1, 2, 3):
        moment = make_snapshot(Recipe(dataset="tiny", seed=seed), playing=True)
        view.show_snapshot(moment)
        assert np.array_equal(moment.theta[view.edges.parameter], view.edges.weight)
        picture = pixels(view)
        view.show_snapshot(with_theta(moment, moment.theta))
        assert np.array_equal(pixels(view), picture)


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_painting_runs_no_python_of_ours(qtbot, show, make_snapshot, with_theta):
    view = show(make_snapshot())
    window = QMainWindow()  # a view is never a window of its own
    qtbot.addWidget(window)
    window.setCentralWidget(view)
    window.show()
    canvas = view.findChild(QGraphicsView)
    assert type(canvas) is QGraphicsView
    assert {type(item).__module__ for item in canvas.scene().items()} == {"PySide6.QtWidgets"}
    paintings = Paintings(canvas.viewport())
    qtbot.waitUntil(lambda: paintings.count > 0)
    settled(window)
    moment = make_snapshot(steps=40, playing=True)
    called = []

    def note(frame, event, _):
        if event == "call":
            called.append(Path(frame.f_code.co_filename))

    before = paintings.count
    for changed in (moment, with_theta(moment, -moment.theta)):
        view.show_snapshot(changed)
        sys.setprofile(note)
        try:
            for _ in range(20):
                QApplication.processEvents()
        finally:
            sys.setprofile(None)
    assert paintings.count >= before + 2
    ours = Path(nnviz.__file__).parent
    assert [path for path in called if ours in path.parents] == []


def test_edges_are_kept_while_no_weight_changes(show, make_snapshot):
    view = show(make_snapshot(example=1))
    pixels(view)
    drawn = view.edges
    view.show_snapshot(make_snapshot(example=2))
    pixels(view)
    assert view.edges is drawn


def test_clicks_ask_for_examples_and_pick_edges(qtbot, show, make_snapshot, with_theta):
    snapshot = make_snapshot(steps=0, example=5)
    theta = np.zeros(snapshot.recipe.parameters)
    theta[784 * 30 + 4 * 10 + 7] = 3.06
    view = show(with_theta(snapshot, theta))
    pixels(view)

    def click(x, y, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, modifier, QPoint(round(x), round(y)))

    def middle(box):
        return box.left + box.width / 2, box.top + box.height / 2

    for box, wanted in ((view.place.previous, 4), (view.place.following, 6)):
        with qtbot.waitSignal(view.example_requested) as asked:
            click(*middle(box))
        assert asked.args == [wanted]
    x, y = middle_of_edge(view, 0)
    with qtbot.waitSignal(view.edge_picked) as edited, qtbot.assertNotEmitted(view.picked):
        click(x, y, Qt.KeyboardModifier.ShiftModifier)
    assert edited.args == [784 * 30 + 47]
    with qtbot.assertNotEmitted(view.edge_picked):
        click(x, y)
        click(view.width() / 2, view.place.heading)


def test_the_edge_under_the_mouse_is_highlighted_and_named(qtbot, show, make_snapshot, with_theta):
    snapshot = make_snapshot(steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    theta[784 * 30 + 4 * 10 + 7] = 3.06
    view = show(with_theta(snapshot, theta))
    pixels(view)
    x, y = middle_of_edge(view, 0)
    tip = view.tip_at(QPointF(x, y))
    assert tip.splitlines()[0] == "w²₈,₅ = 3.06"
    assert "neuron 5 of layer 1" in tip
    qtbot.mouseMove(view, QPoint(10, 10))
    qtbot.mouseMove(view, QPoint(round(x), round(y)))
    qtbot.waitUntil(lambda: near(pixels(view), x, y, DARK.now) < 12)
    column = view.place.columns[-1]
    assert "ŷ₈ = " in view.tip_at(QPointF(column.x, float(column.y[7])))
    assert view.tip_at(QPointF(view.width() / 2, 2)) == ""


def test_keys_it_does_not_know_pass_through(show, make_snapshot):
    view = show(make_snapshot(steps=1))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)
        assert not event.isAccepted()


def test_before_the_first_snapshot_it_says_so(show):
    view = show(None, (480, 320))
    assert len(np.unique(pixels(view).reshape(-1, 3), axis=0)) > 3


def test_it_follows_size_font_and_theme_with_nothing_new_to_show(show, make_snapshot):
    view = show(make_snapshot())
    pixels(view)
    unit, edges = view.place.unit, view.edges
    view.resize(1240, 760)
    assert (pixels(view) != rgb(DARK.panel)).any(axis=2)[:, 1000:].any()
    assert view.place.unit > unit
    assert np.array_equal(view.edges.parameter, edges.parameter)
    font = view.font()
    font.setItalic(True)
    view.setFont(font)
    items = view.findChild(QGraphicsView).scene().items()
    fonts = [item.font() for item in items if isinstance(item, QGraphicsSimpleTextItem)]
    assert fonts
    assert all(font.italic() for font in fonts)


def test_columns_of_a_table_are_named_as_far_as_there_is_room(show, make_snapshot):
    long = "a name much longer than any panel has room for"
    names = ("petal length", "w", f"{long} 1", f"{long} 2")
    known = DataDescription(inputs=tuple(Column(name) for name in names))
    snapshot = replace(make_snapshot(Recipe(layers=(4, 3, 2))), description=known)
    view = show(snapshot, (620, 420))
    texts = [
        item for item in view.drawing.scene.items()
        if isinstance(item, QGraphicsSimpleTextItem) and " = " in item.text()
    ]  # fmt: skip
    said = {item.text().split(" = ")[0] for item in texts}
    assert "w" in said
    assert len(said) == len(names), "cut names are told apart by their ends"
    assert any(name.startswith("a ") and "…" in name and name.endswith("1") for name in said)
    assert all(item.pos().x() >= 0 for item in texts), [(i.text(), i.pos().x()) for i in texts]
    place = view.place.columns[0]
    assert names[2] in view.tip_at(on_screen(view, place.x, float(place.y[2])))


@pytest.mark.parametrize("value", [1e59, -1.234e59, -99.994, 5e-300])
@pytest.mark.parametrize("size", [(480, 320), (850, 530)])
def test_a_number_never_touches_its_bar(show, make_snapshot, size, value):
    snapshot = make_snapshot(Recipe(layers=(2, 3, 1)))
    a = (*snapshot.focus.a[:-1], np.array([value]))
    view = show(replace(snapshot, focus=replace(snapshot.focus, a=a), class_names=()), size)
    place = view.place
    beside = [
        box
        for _, _, box in texts(view)
        if abs(box.center().y() - place.columns[-1].y[0]) < 2 and box.left() >= place.names - 1
    ]
    assert beside
    assert max(box.right() for box in beside) <= place.bars.left - 0.2 * place.unit


def test_where_all_weights_are_zero_there_is_no_scale(show, make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(2, 3, 1)))
    view = show(replace(snapshot, theta=np.zeros_like(snapshot.theta)))
    below = [text for text, _, box in texts(view) if box.top() > view.place.footer.top - 2]
    assert any("edges" in text for text in below)
    assert not any("weight" in text and text[0] in "0+−" for text in below)
