"""Formulas are set like mathematics: every part in its place, nothing on top of another."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from nnviz.engine.explain import Partial, Quantity, Symbol
from nnviz.engine.explain.expression import replaced
from nnviz.engine.explain.formula import read
from nnviz.views.inspector.flow import MAIN, Line, fit, flow
from nnviz.views.inspector.line_nodes import typeset
from nnviz.views.inspector.page import Prose
from nnviz.views.shared.equation_nodes import LARGE, Named, Reading, number_node, segments
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.views.shared.typesetting import (
    Fraction,
    Glyphs,
    Link,
    Row,
    Scripted,
    Sum,
    font,
    paint,
    targets,
    written,
)

W = Symbol("w", "2", "7,4")
SCALE = TypeScale()
SMALL = SCALE.px(Step.CAPTION)
COLOURS = {name: QColor("white") for name in ("text", "dim", "plus", "minus", "now")}


def prose(words, *, first=False):
    return typeset(Prose((words,), first))


def ink(node, size=40):
    """The rows and columns in which a node leaves ink, relative to its origin."""
    box = node.set(size, "text", SMALL)
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    paint(box, painter, 100, 200, COLOURS)
    painter.end()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(400, 800, 4)[:, :, 0] > 60
    rows, columns = np.flatnonzero(data.any(axis=1)) - 200, np.flatnonzero(data.any(axis=0)) - 100
    return box, rows, columns


@pytest.mark.parametrize(
    "node",
    [
        Glyphs("x", "italic"),
        Glyphs("0.995", "bold"),
        Named(W),
        Named(Symbol("ŷ", "", "7")),
        Named(Partial(Symbol("C", "", "0"), W), tall=True),
        Named(Partial(Symbol("C", "", "0"), W)),
        Sum("k"),
        number_node(-2.3e-5),
        Fraction(Glyphs("1"), Row((Glyphs("1 + "), Scripted(Glyphs("e"), Glyphs("−z")))), LARGE),
    ],
    ids=str,
)
def test_all_ink_stays_within_the_box(qtbot, node):
    box, rows, columns = ink(node)
    assert len(rows)
    assert rows.min() >= -box.up - 2
    assert rows.max() <= box.down + 2
    assert columns.min() >= -3
    assert columns.max() <= box.width + 3


def test_letters_are_those_of_the_bundled_font(qtbot):
    assert font("italic", 20).family() == "nnviz Math"
    box = Glyphs("w", "italic").set(20, "text", SMALL)
    assert written(box) == "\U0001d464"


def test_a_superscript_stands_above_a_subscript(qtbot):
    _, (_, up, above), (_, down, below) = Named(W).set(40, "text", SMALL).parts
    assert (written(above), written(below)) == ("2", "7,4")
    assert up + above.down < down - below.up + 4
    assert above.height < 0.8 * 40


def test_a_fraction_has_its_parts_above_and_below_its_bar(qtbot):
    box = Fraction(Glyphs("1"), Glyphs("2"), LARGE).set(40, "text", SMALL)
    (_, over, top), (_, bar, _), (_, under, bottom) = box.parts
    assert over + top.down < bar < under - bottom.up + 2
    assert box.up == pytest.approx(top.up - over)


def test_an_equation_is_read_as_mathematics(qtbot):
    z = Quantity(Symbol("z", "1", "0"), 0.5)
    nodes = Reading().numbers(replaced(read("1 / (1 + e^−z)"), {Symbol("z"): z}))
    assert [type(node) for node in nodes] == [Fraction]
    assert written(nodes[0].set(20, "text", SMALL)) == "11+\U0001d452−0.5"
    less = Quantity(z.symbol, -2.0)
    pieces = replaced(read("−a·b + (a)²"), {Symbol("a"): z, Symbol("b"): less})
    nodes = Reading().numbers(pieces)
    assert written(Row(nodes).set(20, "text", SMALL)) == "−0.5·−2+0.52"


def test_what_a_function_is_of_keeps_its_brackets(qtbot):
    pieces = replaced(read("σ(z)·(z)"), {Symbol("z"): Quantity(W, 0.5)})
    assert written(Row(Reading().numbers(pieces)).set(20, "text", SMALL)) == "\U0001d70e(0.5)·0.5"


def test_a_sum_takes_away_what_is_negative(qtbot):
    values = {Symbol("a"): Quantity(W, 1.0), Symbol("b"): Quantity(W, -2.0)}
    values[Symbol("c")] = Quantity(W, 3e-9)
    pieces = replaced(read("a + (b)·3 + (c)"), values)
    assert written(Row(Reading().numbers(pieces)).set(20, "text", SMALL)) == "1−2·3+3×10−9"


def test_what_can_be_clicked_is_where_it_is_painted(qtbot):
    node = Row((Glyphs("aaaa"), Link(Glyphs("bb"), "b")))
    box = node.set(30, "text", SMALL)
    ((rect, found),) = targets(box, 10, 50)
    assert found.target == "b"
    assert rect == QRectF(10 + box.parts[0][2].width, 50 - box.up, rect.width(), box.height)
    assert rect.right() == pytest.approx(10 + box.width)


def test_lines_break_between_nodes_and_nothing_is_wider_than_the_panel(qtbot):
    words = prose("one two three four five six seven eight nine ten")
    long = Line(segments([Glyphs("x" * 22)]))
    for width in (120, 250, 600):
        placed = flow((words, long), width, 20, SCALE)
        assert all(x + box.width <= width + 0.5 for x, _, box in placed.rows)
        bottoms = [y + box.down for _, y, box in placed.rows]
        tops = [y - box.up for _, y, box in placed.rows]
        assert all(a <= b + 0.5 for a, b in zip(bottoms[:-1], tops[1:], strict=True))
    assert len(flow((words,), 120, 20, SCALE).rows) > len(flow((words,), 600, 20, SCALE).rows)


def test_letters_are_as_large_as_the_panel_allows(qtbot):
    lines = (prose("some words that are said", first=True), prose("and more of them " * 8))
    small, large = fit(lines, 300, 60, SCALE), fit(lines, 600, 300, SCALE)
    assert SCALE.px(MAIN) <= small.size < large.size
    assert small.first <= 60
    assert large.height <= 300
    # The size stays while only the numbers change.
    again = fit((prose("some words that were said", first=True), lines[1]), 600, 300, SCALE, large)
    assert again.size == large.size
