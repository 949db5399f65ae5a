import numpy as np
import pytest

from nnviz.engine.recipe import Recipe
from nnviz.views.network.edges import BUDGET, Scale, budgets, ends, nearest, strongest
from nnviz.views.network.layout import layout


def chosen(recipe, theta, shape=(28, 28)):
    place = layout(recipe.layers, shape, 850, 530)
    return place, strongest(
        recipe, np.asarray(theta, dtype=recipe.dtype), [column.drawn for column in place.columns]
    )


def test_the_strongest_edges_of_each_layer_are_chosen(make_snapshot):
    snapshot = make_snapshot()
    _, edges = chosen(snapshot.recipe, snapshot.theta)
    weights = snapshot.network().weights
    assert len(edges) == BUDGET == 640
    assert edges.total == 23_820
    for number, w in enumerate(weights, 1):
        of_layer = edges.layer == number
        threshold = np.sort(np.abs(w).ravel())[-of_layer.sum()]
        assert np.abs(edges.weight[of_layer]).min() == threshold
        source, target = edges.source[of_layer], edges.target[of_layer]
        assert np.array_equal(w[source, target], edges.weight[of_layer])
    assert np.array_equal(snapshot.theta[edges.parameter], edges.weight)
    assert np.all(np.diff(np.abs(edges.weight)) >= 0)


def test_edges_join_drawn_neurons_only():
    recipe = Recipe(layers=(784, 128, 64, 10))
    theta = np.random.default_rng(0).standard_normal(recipe.parameters)
    place, edges = chosen(recipe, theta)
    assert edges.total == 784 * 128 + 128 * 64 + 64 * 10
    for number in (1, 2, 3):
        of_layer = edges.layer == number
        assert edges.source[of_layer].max() < place.columns[number - 1].shown
        assert edges.target[of_layer].max() < place.columns[number].shown
    assert np.array_equal(theta[edges.parameter].astype(np.float32), edges.weight)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ((784, 30, 10), [340, 300]),
        ((784, 32, 32, 10), [340, 150, 150]),
        ((2, 4, 3, 1), [8, 12, 3]),
        ((784, 10), [340]),
    ],
)
def test_budget(shown, expected):
    assert budgets(shown) == expected


def test_zero_and_numbers_that_are_none_are_no_edges():
    recipe = Recipe(layers=(784, 30, 10))
    theta = np.zeros(recipe.parameters)
    theta[5], theta[6], theta[7], theta[9] = np.nan, np.inf, -np.inf, 2.0
    _, edges = chosen(recipe, theta)
    assert edges.parameter.tolist() == [9]
    _, edges = chosen(recipe, np.full(recipe.parameters, np.nan))
    assert len(edges) == 0


def test_nearest_finds_the_edge_under_a_point():
    recipe = Recipe(layers=(2, 4, 3, 1))
    theta = np.random.default_rng(3).standard_normal(recipe.parameters)
    place, edges = chosen(recipe, theta, None)
    x0, y0, x1, y1 = ends(place, edges)
    t = 0.37
    for index in range(len(edges)):
        x = x0[index] + t * (x1 - x0)[index]
        y = y0[index] + (y1 - y0)[index] * (3 * t**2 - 2 * t**3)
        assert nearest(place, edges, x, y, 0.01) == index
    assert nearest(place, edges, x0[0] - 300, 0, 5) is None
    assert nearest(place, edges, (x0[0] + x1[0]) / 2, 1, 5) is None


def test_every_edge_is_reached_however_strong_those_are_that_cross_it():
    recipe = Recipe(layers=(2, 8, 8, 1))
    theta = np.random.default_rng(3).standard_normal(recipe.parameters)
    place, edges = chosen(recipe, theta, None)
    x0, y0, x1, y1 = ends(place, edges)
    reached = np.zeros(len(edges))
    for t in np.linspace(0.05, 0.95, 19):
        for index in range(len(edges)):
            x = x0[index] + t * (x1 - x0)[index]
            y = y0[index] + (y1 - y0)[index] * (3 * t**2 - 2 * t**3)
            reached[index] += nearest(place, edges, x, y, 0.4 * place.unit) == index
    assert reached.min() > 4
    # Where two cross, the stronger one lies in front.
    cross = Recipe(layers=(2, 2))
    place, edges = chosen(cross, [1, 2, 3, 1, 0, 0], None)
    x0, y0, x1, y1 = ends(place, edges)
    middle = (x0[0] + x1[0]) / 2, (y0[0] + y1[0] + y0[1] + y1[1]) / 4
    strongest_there = nearest(place, edges, *middle, 0.4 * place.unit)
    assert edges.weight[strongest_there] == 3


def test_scale_grows_at_once_and_shrinks_late():
    scale = Scale()
    assert scale.follow(np.array([1.0, -3.0])) == 3
    assert scale.follow(np.array([2.9, np.nan])) == 3
    assert scale.follow(np.array([-4.0, np.inf])) == 4
    assert scale.follow(np.array([3.3])) == 4
    assert scale.follow(np.array([3.0])) == 3
    assert scale.follow(np.array([0.0])) == 0


def test_weights_of_zero_are_edges_only_where_a_hand_may_turn_them():
    recipe = Recipe(layers=(2, 2, 1))
    theta = np.zeros(recipe.parameters)
    theta[1] = 0.5
    drawn = [slice(0, size) for size in recipe.layers]
    assert strongest(recipe, theta, drawn).parameter.tolist() == [1]
    assert sorted(strongest(recipe, theta, drawn, zeros=True).parameter.tolist()) == [*range(6)]
    theta[2] = np.nan
    assert 2 not in strongest(recipe, theta, drawn, zeros=True).parameter
    large = Recipe(layers=(784, 30, 10))
    drawn = [slice(0, size) for size in large.layers]
    assert not len(strongest(large, np.zeros(large.parameters), drawn, zeros=True))
