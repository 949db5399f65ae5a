"""Sign and class are told without their hue: in a theme where both have the same, they still show.

Every view that tells a sign or a class by a colour is drawn twice in such a theme, with the same
sizes and other signs, or other classes; what is drawn differs all the same.
"""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap

from nnviz.data.overview import look_over
from nnviz.engine.recipe import Recipe
from nnviz.views.data.scatter import Scatter
from nnviz.views.matrices.images import image_of
from nnviz.views.network.all_edges import paint
from nnviz.views.network.all_edges_figure import AllEdges, Strip
from nnviz.views.network.edges import strongest
from nnviz.views.network.maps_tiles import _Tile
from nnviz.views.network.neuron_figures import Circles
from nnviz.views.network.output_figures import Outputs
from nnviz.views.network.signals import Pulses, Wave
from nnviz.views.network.strands import Strands
from nnviz.views.palette import DARK, THEMES, Diverging, rgb
from nnviz.views.plane.answer import Kind
from nnviz.views.plane.gaps import leave_gaps
from nnviz.views.plane.map_picture import SHADES, shade_of
from nnviz.views.race.marks import paint_mark
from nnviz.views.shared.signs import APART, hatched, rows_of
from tests.views.boards import board_for, picture_of, shown_of

THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
SMALL = Recipe(layers=(4, 3, 2), activation="tanh", output_activation="tanh", dataset="tiny")


def hueless(theme):
    """A theme in which plus is minus, and all that is compared has one colour."""
    return replace(theme, minus=theme.plus, racers=(theme.text,) * 6)


def differ(one, other):
    """How many pixels of two pictures differ so far that it can be seen."""
    away = np.abs(one.astype(int) - other.astype(int)).max(axis=-1)
    return int(np.count_nonzero(away > 40))


@pytest.fixture
def board(qapp, make_snapshot, make_dataset):
    def board(theme, recipe=SMALL):
        data = make_dataset(inputs=4, outputs=2) if recipe is SMALL else None
        snapshot = make_snapshot(recipe, data, 0) if data else make_snapshot(recipe, steps=0)
        return snapshot, board_for(snapshot, theme=hueless(theme))

    return board


@THEME
@pytest.mark.parametrize("recipe", [SMALL, Recipe(layers=(784, 30, 10))], ids=["few", "many"])
def test_edges(board, theme, recipe):
    pictures = []
    for sign in (1, -1):
        snapshot, empty = board(theme, recipe)
        strands = Strands(empty)
        theta = sign * np.abs(snapshot.theta)
        drawn = [column.drawn for column in empty.place.columns]
        edges = strongest(snapshot.recipe, theta, drawn)
        strands.show(edges, float(np.abs(edges.weight).max()))
        pictures.append(picture_of(empty))
    assert differ(*pictures) > 3 * len(edges)


@THEME
def test_all_edges_at_once(board, theme):
    recipe = Recipe(layers=(784, 100, 10))
    snapshot, empty = board(theme, recipe)
    pictures = [
        paint(AllEdges(empty).order(recipe, sign * np.abs(snapshot.theta), 0)) for sign in (1, -1)
    ]
    channels = [np.stack([p >> s & 0xFF for s in (16, 8, 0)], axis=-1) for p in pictures]
    assert differ(*channels) > 5_000


@THEME
def test_neurons_and_the_cells_of_a_strip(board, theme):
    for make in (lambda on: Circles(on, 1, "tanh"), lambda on: Strip(on, 1, "tanh")):
        pictures = []
        for sign in (1, -1):
            _, empty = board(theme)
            make(empty).show(sign * np.array([0.9, 0.5, 0.7]), 1.0, errors=False)
            pictures.append(picture_of(empty))
        assert differ(*pictures) > 20


@THEME
def test_bars_of_outputs(board, theme):
    pictures = []
    for sign in (1, -1):
        snapshot, empty = board(theme)
        outputs = shown_of(snapshot).outputs
        figure = Outputs(empty, outputs)
        figure.show(replace(outputs, a=sign * np.array([0.9, 0.8])), 1.0)
        pictures.append(picture_of(empty))
    assert differ(*pictures) > 100


@THEME
def test_pulses(board, theme):
    pictures = []
    for sign in (1, -1):
        _, empty = board(theme)
        corners = np.array([[100.0], [100.0], [400.0], [300.0]])
        Pulses(empty).show(Wave(corners, np.array([sign * 1.0]), False), 0.5)
        pictures.append(picture_of(empty))
    assert differ(*pictures) > 10


@THEME
def test_small_maps_of_the_plane(board, theme):
    pictures = []
    for sign in (1, -1):
        _, empty = board(theme)
        values = np.full((30, 30), sign * 0.8)
        colours = Diverging(hueless(theme)).colours(values, 1.0)
        _Tile(empty, 300, 200, 60, 30).show(colours, values < 0, (0.5, 0.5), picked=False)
        pictures.append(picture_of(empty))
    assert differ(*pictures) > 300


@THEME
@pytest.mark.parametrize("cell", [1.0, 3.0, 7.5, 16.0])
def test_pictures_of_weights(theme, cell):
    ground, scale = rgb(theme.panel), Diverging(hueless(theme))
    values = np.full((20, 20), 0.8)
    plus, minus = (hatched(scale.colours(v, 1.0), v < 0, cell, ground) for v in (values, -values))
    assert len(plus) == len(minus) == 20 * rows_of(cell)
    lines = (minus != plus).any(axis=(1, 2))
    assert differ(plus, minus) >= 20 * np.count_nonzero(lines) > 0
    # Every negative cell that is large enough has a line of its own, and most of its colour.
    assert np.diff(np.flatnonzero(lines)).max() <= max(APART + rows_of(cell), cell)
    assert np.count_nonzero(lines) <= 0.4 * len(lines)


def test_matrices_too_large_to_be_written():
    values, scale = np.full((30, 30), 0.8), Diverging(hueless(DARK))
    plus, minus = (image_of(v, 1.0, scale, 5.0) for v in (values, -values))
    assert plus != minus


@pytest.mark.parametrize("kind", [Kind.TWO, Kind.SIGNED])
def test_the_plane_below_the_middle(kind):
    codes = np.full((60, 60), 20, np.uint8), np.full((60, 60), SHADES - 21, np.uint8)
    for one in codes:
        leave_gaps(one, kind, 2, 7, 1)
    gaps = [np.count_nonzero(one == 255) for one in codes]
    assert gaps[0] > 400
    assert gaps[1] == 0


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_the_plane_of_several_classes(classes):
    patterns = []
    for label in range(classes):
        codes = np.full((60, 60), (label + 1) * shade_of(classes) - 1, np.uint8)
        leave_gaps(codes, Kind.CLASSES, classes, 7, 1)
        patterns.append(codes == 255)
    for number, one in enumerate(patterns):
        for other in patterns[number + 1 :]:
            assert np.count_nonzero(one != other) > 400


def test_racers_and_classes_have_shapes(qapp):
    from nnviz.engine.race.descent import all_racers
    from nnviz.views.shared.class_shapes import shape

    pictures = []
    for name in all_racers():
        sheet = QPixmap(60, 60)
        sheet.fill(DARK.panel)
        painter = QPainter(sheet)
        paint_mark(painter, QPointF(30, 30), 18, name, hueless(DARK))
        painter.end()
        pictures.append(sheet.toImage())
    assert len({bytes(one.constBits()) for one in pictures}) == len(pictures)
    outlines = {str(shape(label, 10).toFillPolygon().boundingRect()) for label in range(4)}
    assert len(outlines) == 4


@THEME
def test_examples_of_the_plane(qapp, qtbot, make_dataset, theme):
    """Of two classes, and of numbers with both signs."""
    from nnviz.data import load_dataset

    data = load_dataset("circles")
    sheet = Scatter()
    qtbot.addWidget(sheet)
    sheet.resize(300, 300)
    sheet.theme = hueless(theme)
    pictures = []
    for labels in (data.y_train, data.y_train[::-1]):
        sheet.show_overview(look_over(replace(data, y_train=labels)))
        pictures.append(sheet.grab().toImage())
    assert pictures[0] != pictures[1]
