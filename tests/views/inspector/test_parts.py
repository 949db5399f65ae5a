"""The inspector's parts: the number field, what hands do, the trail, links, the table."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from nnviz.engine import Network, Recipe
from nnviz.engine.parameters import locate
from nnviz.engine.selection import Selection
from nnviz.numbers import read_number
from nnviz.views.inspector.field import NumberField, step_of
from nnviz.views.inspector.page import Table
from nnviz.views.inspector.parameter_edits import shuffled, switched_off
from nnviz.views.inspector.selection_history import Trail
from nnviz.views.inspector.table import TermTable, cell_text, decimals_of
from nnviz.views.inspector.typesetting import Glyphs

RECIPE = Recipe(layers=(4, 3, 2), seed=3)


@pytest.fixture
def field(qtbot):
    field = NumberField()
    qtbot.addWidget(field)
    field.resize(120, 24)
    field.show()
    field.show_value(1.25)
    field.said = []
    field.changed.connect(lambda value, dragging: field.said.append((value, dragging)))
    return field


def drag(field, *ways, shift=False):
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease

    def send(kind, x, button, buttons):
        point = QPointF(x, 10)
        event = QMouseEvent(kind, point, field.mapToGlobal(point), button, buttons, keys)
        {kinds[0]: field.mousePressEvent, kinds[1]: field.mouseMoveEvent,
         kinds[2]: field.mouseReleaseEvent}[kind](event)  # fmt: skip

    send(kinds[0], 50, left, left)
    for way in ways:
        send(kinds[1], 50 + way, none, left)
    send(kinds[2], 50 + (ways or (0,))[-1], left, none)


def test_dragging_sideways_changes_the_value(field):
    drag(field, 13, 23)
    assert field.said == [(1.35, True), (1.45, True), (1.45, True)]
    assert field.text() == "1.45"
    assert not field.typing


def test_dragging_with_shift_is_ten_times_finer(field):
    drag(field, 13, shift=True)
    assert field.said[-1][0] == pytest.approx(1.26)


def test_a_drag_to_the_left_takes_away_and_stays_finite(field):
    field.largest = 1.3
    drag(field, -153)
    assert field.said[-1] == (-0.25, True)
    drag(field, 800)
    assert field.said[-1] == (1.3, True)


def test_while_dragging_the_field_does_not_follow_the_training(field):
    field.mousePressEvent(
        QMouseEvent(QEvent.Type.MouseButtonPress, QPointF(9, 9), QPointF(9, 9),
                    Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
                    Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    field.mouseMoveEvent(
        QMouseEvent(QEvent.Type.MouseMove, QPointF(22, 9), QPointF(22, 9),
                    Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
                    Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    field.show_value(7.0)
    assert field.text() == "1.35"


def test_typing_over_the_value(field, qtbot):
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert field.typing
    assert field.said == []
    qtbot.keyClicks(field, "-0,5")
    field.show_value(9.0)
    assert field.text() == "-0,5"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == [(-0.5, False)]
    assert (field.typing, field.text()) == (False, "−0.5")


def test_enter_without_typing_leaves_every_digit(field, qtbot):
    field.show_value(0.0432648733)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field.typing
    qtbot.keyClick(field, Qt.Key.Key_Return)  # Enter begins to type, too
    assert field.typing
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.said, field.typing) == ([], False)


def test_enter_without_typing_changes_nothing(field, qtbot):
    value = np.float32(0.0432648733)
    field.show_value(value)
    field.begin_typing()
    assert np.float32(read_number(field.text())) == value
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == []
    assert not field.typing
    field.begin_typing()
    field.setText("1/3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == [(1 / 3, False)]


@pytest.mark.parametrize("text", ["abc", "nan", "inf", "", "1e99", "1,000"])
def test_what_is_no_number_is_refused(field, qtbot, text):
    field.largest = 1e38
    field.begin_typing()
    field.setText(text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == []
    assert field.property("refused")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.property("refused")) == ("1.25", False)


def test_keys_are_the_runs_while_nothing_is_typed(field, qtbot):
    qtbot.keyClicks(field, "5")
    assert field.text() == "1.25"


def test_a_pixel_is_worth_a_hundredth_of_the_value():
    assert [step_of(v) for v in (0, 1, -20, 340)] == [0.01, 0.01, 1.0, 10.0]


# -- hands --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("layer", "neuron"), [(0, 2), (1, 1), (2, 0)])
def test_a_neuron_that_is_switched_off_does_not_matter(layer, neuron):
    network = Network(RECIPE)
    values, indices = switched_off(RECIPE, layer, neuron)
    assert set(values) == {0.0}
    theta = network.theta.copy()
    theta[list(indices)] = values
    x = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    off = Network(RECIPE, theta)
    if layer == 2:
        assert np.allclose(off.predict(x)[:, neuron], 0.5)
        assert np.array_equal(off.predict(x)[:, 1], network.predict(x)[:, 1])
        return
    if layer == 0:
        changed = x.copy()
        changed[:, neuron] += 5
        assert np.array_equal(off.predict(x), off.predict(changed))
    else:
        theta[[i for i in range(len(theta)) if locate(RECIPE, i).layer == 0
               and locate(RECIPE, i).target == neuron]] += 3  # fmt: skip
        assert np.array_equal(off.predict(x), Network(RECIPE, theta).predict(x))


def test_shuffling_deals_the_same_weights_out_anew():
    theta = Network(RECIPE).theta
    values, indices = shuffled(RECIPE, theta, 2)
    assert [locate(RECIPE, i).layer for i in indices] == [1] * 6
    assert all(locate(RECIPE, i).source is not None for i in indices)
    assert sorted(values) == sorted(theta[list(indices)].tolist())
    assert list(values) != theta[list(indices)].tolist()
    assert (values, indices) == shuffled(RECIPE, theta, 2)


# -- trail and links ----------------------------------------------------------------------------


def test_the_trail_goes_back_and_forward():
    trail, one, two, three = Trail(), *(Selection("neuron", 1, n) for n in range(3))
    assert (trail.before, trail.after, trail.move(-1)) == (None, None, None)
    for step in (one, two, two, three):
        trail.go(step)
    assert [trail.move(-1), trail.move(-1), trail.move(-1)] == [two, one, None]
    assert trail.move(1) == two
    trail.go(one)
    assert (trail.after, trail.before) == (None, two)
    trail.clear()
    assert (trail.current, trail.after, trail.before) == (None, None, one)
    assert (trail.move(-1), trail.current) == (one, one)


def test_the_trail_forgets_what_another_network_does_not_have():
    trail = Trail()
    trail.go(Selection("neuron", 1, 2))
    trail.keep_what_fits(Recipe(layers=(4, 3, 2)))
    assert trail.current is not None
    trail.keep_what_fits(Recipe(layers=(4, 2, 2)))
    assert (trail.current, trail.before) == (None, None)


# -- the table ----------------------------------------------------------------------------------


def test_columns_are_written_with_points_below_each_other():
    column = np.array([-1.612, 0.02, 1e-9, 0.0])
    decimals = decimals_of(column)
    assert [cell_text(v, decimals) for v in column] == ["−1.61", "0.02", "1×10⁻⁹", "0"]
    assert [decimals_of(np.array(v)) for v in ([123.4], [1e-5], [1.0, 0.0], [np.nan])] == [
        1, -1, 0, 0]  # fmt: skip
    assert cell_text(np.nan, 2) == "undefined"


def test_only_rows_in_sight_are_named(qtbot):
    named = set()

    def name(row):
        named.add(row)
        return str(row)

    values = np.linspace(1, -1, 5000)
    table = Table("5\u202f000", (Glyphs("a"), Glyphs("b")), name, (values,), lambda row, _: (row,))
    widget = TermTable()
    qtbot.addWidget(widget)
    widget.resize(260, 150)
    widget.show()
    widget.show_table(table, same=False)
    widget.grab()
    assert len(named) < 20
    widget.verticalScrollBar().setValue(widget.verticalScrollBar().maximum())
    widget.grab()
    assert 4999 in named
    assert len(named) < 40
    picked = []
    widget.clicked.connect(picked.append)
    last = widget.cell_rect(4999, 0).center().toPoint()
    qtbot.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=last)
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert picked == [(4999,), (1,)]
