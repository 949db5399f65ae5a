"""The inspector's parts: what hands do, the trail, links, the table."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.engine import Network, Recipe
from nnviz.engine.parameters import locate
from nnviz.engine.selection import Selection
from nnviz.views.inspector.page import Table
from nnviz.views.inspector.picture import shuffled, switched_off
from nnviz.views.inspector.selection_history import Trail
from nnviz.views.inspector.table import TermTable, cell_text, decimals_of

RECIPE = Recipe(layers=(4, 3, 2), seed=3)


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
        theta[[i for i in range(len(theta)) if locate(RECIPE, i).layer == 1
               and locate(RECIPE, i).target == neuron]] += 3  # fmt: skip
        assert np.array_equal(off.predict(x), Network(RECIPE, theta).predict(x))


def test_shuffling_deals_the_same_weights_out_anew():
    theta = Network(RECIPE).theta
    values, indices = shuffled(RECIPE, theta, 2)
    assert [locate(RECIPE, i).layer for i in indices] == [2] * 6
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


def test_the_trail_keeps_what_another_network_has_too():
    trail = Trail()
    gone, stays, output = (Selection("neuron", *place) for place in ((1, 2), (1, 0), (2, 1)))
    for step in (stays, gone, stays, gone, output):
        trail.go(step)
    trail.keep_what_fits(Recipe(layers=(4, 2, 2)))
    assert trail.current == output
    assert [trail.move(-1), trail.move(-1), trail.move(1)] == [stays, None, output]
    trail.keep_what_fits(Recipe(layers=(4, 1)))
    assert (trail.current, trail.before) == (None, stays)


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
    table = Table("5\u202f000", ("a", "b"), name, (values,), lambda row, _: (row,))
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
