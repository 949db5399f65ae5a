import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from nnviz.engine.recipe import Recipe
from nnviz.views.network.board import Board
from nnviz.views.network.colours import NetworkColours
from nnviz.views.network.edges import DASH, GAP, strongest
from nnviz.views.network.layout import layout
from nnviz.views.network.strands import FAINTEST_OF_FEW, LEVELS, Strands, edge_path
from nnviz.views.palette import DARK, Diverging, edge_width, rgb


@pytest.fixture
def drawn(qapp):
    def drawn(theta, layers=(784, 30, 10), ratio=1.0, size=(1240, 760), largest=1.0):
        """Return the paths that are drawn, the first in front of none."""
        recipe = Recipe(layers=layers)
        place = layout(layers, (28, 28) if layers[0] == 784 else None, *size)
        scene = QGraphicsScene()
        strands = Strands(Board(scene, place, NetworkColours(DARK), QFont(), ratio))
        edges = strongest(
            recipe, np.asarray(theta, recipe.dtype), [column.drawn for column in place.columns]
        )
        strands.show(edges, largest)
        items = [item for item in scene.items()[::-1] if isinstance(item, QGraphicsPathItem)]
        found = [(item.pen(), QPainterPath(item.path())) for item in items]
        return place, [(pen, path) for pen, path in found if not path.isEmpty()]

    return drawn


def curves(path):
    return path.elementCount() // 4


def joins(path, y0, y1):
    """Say whether a path's curves lead from one height to the other."""
    ends = [(path.elementAt(4 * i).y, path.elementAt(4 * i + 3).y) for i in range(curves(path))]
    return np.abs(np.array(ends) - (y0, y1)).max() < 3


def test_a_path_is_the_same_as_one_made_call_by_call():
    x0, y0, x1, y1 = 10.25, 20.5, 310.75, -40.125
    third = (x1 - x0) / 3
    path = QPainterPath()
    path.moveTo(x0, y0)
    path.cubicTo(x0 + third, y0, x1 - third, y1, x1, y1)
    made = edge_path(np.array([x0, y0, x1, y1]))
    assert made.elementCount() == path.elementCount() == 4
    for i in range(4):
        a, b = made.elementAt(i), path.elementAt(i)
        assert a.type == b.type
        assert (a.x, a.y) == pytest.approx((b.x, b.y))
    for t in (0.0, 0.3, 0.5, 1.0):
        where = made.pointAtPercent(made.percentAtLength(made.length() * t))
        t = (where.x() - x0) / (x1 - x0)
        assert where.y() == pytest.approx(y0 + (y1 - y0) * (3 * t**2 - 2 * t**3), abs=0.01)


def test_every_edge_is_drawn_in_the_hue_of_its_sign(drawn):
    theta = np.zeros(Recipe(layers=(2, 4, 3, 1)).parameters)
    theta[:8] = (0.001, -0.001, 0.4, -0.4, 0.6, -0.6, 1.0, -1.0)
    place, paths = drawn(theta, (2, 4, 3, 1))
    assert len(paths) == 8
    for index, value in enumerate(theta[:8]):
        source, target = divmod(index, 4)
        y0, y1 = place.columns[0].y[source], place.columns[1].y[target]
        (pen,) = [pen for pen, path in paths if joins(path, y0, y1)]
        colour = pen.color().getRgb()[:3]
        level = max(round(abs(value) * LEVELS), FAINTEST_OF_FEW) / LEVELS
        full, panel = Diverging(DARK).colours(np.copysign(level, value), 1.0), rgb(DARK.panel)
        # A fine line covers its pixels in part: its colour lies between the panel's and its own.
        cover = min(1.0, float(edge_width(level**2, 0.19 * place.unit)))
        assert np.abs(colour - (cover * full + (1 - cover) * panel.astype(float))).max() < 1
        assert pen.color().alpha() == 255


def test_negative_edges_are_dashed_the_longer_the_wider(drawn):
    theta = np.zeros(Recipe(layers=(2, 4, 3, 1)).parameters)
    theta[:4] = (0.3, -0.3, 1.0, -1.0)
    place, paths = drawn(theta, (2, 4, 3, 1))
    dashes = []
    for target in range(4):
        y0, y1 = place.columns[0].y[0], place.columns[1].y[target]
        (pen,) = [pen for pen, path in paths if joins(path, y0, y1)]
        dashes.append(pen.dashPattern() if pen.style() == Qt.PenStyle.CustomDashLine else [])
    assert dashes[0] == dashes[2] == []
    assert dashes[1] == [DASH, GAP]
    assert all(np.greater(dashes[3], dashes[1]))


def test_stronger_edges_stand_in_front_and_are_wider(drawn):
    theta = np.zeros(Recipe(layers=(784, 30, 10)).parameters)
    theta[400:406] = (0.1, -0.3, 0.5, -0.7, 0.9, 1.0)
    _, paths = drawn(theta)
    sizes = [curves(path) for _, path in paths]
    assert sizes == sorted(sizes)
    assert sizes[0] == 1
    assert sizes[-1] > 3
    # A pen of no width is one pixel wide, and Qt need not work out its outline.
    assert {pen.widthF() for pen, _ in paths} == {0.0}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_an_edge_is_as_wide_on_every_screen(drawn, ratio):
    theta = np.zeros(Recipe(layers=(784, 30, 10)).parameters)
    theta[400] = 1.0
    place, ((_, path),) = drawn(theta, ratio=ratio)
    y = [path.elementAt(4 * i).y for i in range(curves(path))]
    # Strands are one pixel of the screen wide, and nowhere further apart than that.
    assert max(y) - min(y) + 1 / ratio == pytest.approx(0.19 * place.unit)
    assert np.diff(sorted(y)).max() <= 0.4 / ratio + 1e-9


def test_no_edges_are_no_curves(drawn):
    _, paths = drawn(np.full(Recipe(layers=(784, 30, 10)).parameters, np.nan), largest=0.0)
    assert paths == []
