"""Maps of the plane: what every neuron answers at every point."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.features import FeatureInputs
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample
from nnviz.views.network.colours import NetworkColours, coloured
from nnviz.views.network.edges import Spot
from nnviz.views.network.maps import SIDE, has_maps, maps_of, side_for
from nnviz.views.network.maps_tiles import PlaneMaps, wanted_of
from nnviz.views.network.picture import picture
from nnviz.views.network.state import NetworkState
from nnviz.views.palette import DARK, THEMES, Diverging, grey_levels, rgb
from nnviz.views.shared.plane import plane_of
from tests.views.boards import board_for, picture_of, shown_of, words_on

SIZES = [(480, 320), (602, 290), (640, 339), (620, 500), (850, 530), (1000, 800), (1400, 900)]


@pytest.fixture
def xor(make_snapshot):
    def xor(layers=(2, 4, 3, 1), steps=20, **options):
        data = load_dataset("xor")
        recipe = Recipe(layers=layers, dataset="xor", batch_size=4, **options)
        sample = Sample(data.x_test, data.y_test)
        return replace(make_snapshot(recipe, data, steps, example=2), sample=sample)

    return xor


@pytest.mark.parametrize("options", [{}, {"activation": "tanh"}, {"activation": "relu"}], ids=str)
def test_maps_are_what_the_network_predicts(xor, options):
    snapshot = xor(**options)
    plane = plane_of(snapshot)
    maps = maps_of(snapshot, plane, 24)
    points = plane.grid(24)
    predicted = snapshot.network().predict(points).reshape(24, 24)
    assert np.array_equal(maps.layers[-1][:, :, 0], predicted)
    assert [layer.shape for layer in maps.layers] == [
        (24, 24, 2), (24, 24, 4), (24, 24, 3), (24, 24, 1),
    ]  # fmt: skip
    # Every hidden neuron, too: the activations of a propagation of the same points.
    propagation = snapshot.network().propagation(points, np.zeros((24 * 24, 1)))
    for layer, a in zip(maps.layers[1:], propagation.a, strict=True):
        assert np.allclose(layer.reshape(-1, a.shape[1]), a, atol=1e-6)


def test_the_first_row_is_the_top(xor):
    plane = plane_of(xor())
    points = plane.grid(10).reshape(10, 10, 2)
    assert (points[0, :, 1] > points[-1, :, 1]).all()
    assert (points[:, 0, 0] < points[:, -1, 0]).all()
    where = plane.share(np.array([[plane.left, plane.top], [plane.right, plane.bottom]]))
    assert np.allclose(where, [[0, 0], [1, 1]])


def test_all_data_lie_within_a_margin(xor):
    plane = plane_of(xor())
    assert plane.left == plane.bottom == pytest.approx(-0.12)
    assert plane.right == plane.top == pytest.approx(1.12)
    alone = plane_of(replace(xor(), sample=None))
    assert (alone.left, alone.top) == pytest.approx((plane.left, plane.top))


def test_a_softmax_of_classes_has_a_map_for_each(make_snapshot):
    recipe = Recipe(layers=(2, 5, 3), output_activation="softmax", cost="categorical_cross_entropy")
    snapshot = make_snapshot(recipe, steps=5)
    maps = maps_of(snapshot, plane_of(snapshot), 12)
    assert np.allclose(maps.layers[-1].sum(axis=2), 1, atol=1e-5)


def test_only_two_inputs_have_maps(make_snapshot, xor):
    assert has_maps((2, 4, 3, 1), None)
    assert not has_maps((784, 30, 10), (28, 28))
    assert not has_maps((3, 4, 1), None)
    assert has_maps((3, 4, 1), None, FeatureInputs(2, ("x2", "x1^2", "x1x2")))
    assert not has_maps((2, 4, 1), None, FeatureInputs(1, ("x1", "x1^2")))
    assert side_for((2, 4, 3, 1)) == SIDE
    assert side_for((2, 5000, 5000, 1)) < 20


def test_a_map_has_the_colours_of_activations(qapp):
    ink = NetworkColours(DARK)
    values = np.array([[0.0, 0.5], [1.0, np.nan]])
    greys = coloured(values, "sigmoid", 1.0, ink)
    assert (greys[1, 0] == rgb(DARK.text)).all()
    assert (greys[0, 1] == grey_levels(DARK)[128]).all()
    signed = coloured(-values, "tanh", 1.0, ink)
    assert (signed[1, 0] == rgb(DARK.minus)).all()
    assert (signed == Diverging(DARK).colours(-values, 1.0)).all()


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_the_large_map_is_the_networks_answer_on_screen(qapp, xor, theme):
    snapshot = replace(xor(learning_rate=3.0, steps=200), sample=None)
    board = board_for(snapshot, (1000, 800), theme)
    maps = PlaneMaps(board, snapshot.recipe)
    maps.show(shown_of(snapshot).maps, None)
    picture, box = picture_of(board), maps.box
    plane = shown_of(snapshot).maps.maps.plane
    answers = snapshot.network().predict(plane.grid(SIDE)).reshape(SIDE, SIDE)
    wanted = grey_levels(theme)[np.round(255 * answers).astype(int)].astype(int)
    right, down = plane.share(snapshot.focus.x[np.newaxis])[0]
    for row in range(1, SIDE - 1, 3):
        for column in range(1, SIDE - 1, 3):
            if np.hypot((column + 0.5) / SIDE - right, (row + 0.5) / SIDE - down) < 0.1:
                continue  # the mark of the example
            x = box.left() + (column + 0.5) * box.width() / SIDE
            y = box.top() + (row + 0.5) * box.height() / SIDE
            assert np.abs(picture[int(y), int(x)] - wanted[row, column]).max() <= 2


def test_every_neuron_has_a_tile_in_its_place(qapp, xor, with_theta):
    snapshot = xor(activation="tanh", steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    # Neuron 1 of the first layer says whether x₁ is large, neuron 2 whether x₂ is.
    theta[0 * 4 + 1], theta[1 * 4 + 2] = 9, 9
    biases = theta[8 + 12 + 3 :]
    biases[1] = biases[2] = -4.5
    board = board_for(snapshot, (1000, 800))
    PlaneMaps(board, snapshot.recipe).show(shown_of(with_theta(snapshot, theta)).maps, None)
    picture, column = picture_of(board), board.place.columns[1]

    def at(neuron, across, down):
        away = 0.7 * board.place.unit
        return picture[int(column.y[neuron] + down * away), int(column.x + across * away)]

    assert np.abs(at(1, 1, 0).astype(int) - rgb(DARK.plus)).max() < 20
    assert np.abs(at(1, -1, 0).astype(int) - rgb(DARK.minus)).max() < 20
    assert np.abs(at(2, 0, -1).astype(int) - rgb(DARK.plus)).max() < 20
    assert np.abs(at(2, 0, 1).astype(int) - rgb(DARK.minus)).max() < 20
    assert np.abs(at(0, 1, 0).astype(int) - rgb(DARK.panel)).max() < 20


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_input_has_the_map_of_its_feature_beside_its_name(qapp, make_snapshot, size):
    data = load_dataset("circles:features=x1+x2+x1x2")
    recipe = Recipe(layers=(3, 4, 1), dataset="circles", activation="tanh")
    taken = make_snapshot(recipe, data, 5, example=2)
    sample = Sample(data.x_test, data.y_test, points=data.test_points)
    shown = shown_of(replace(taken, sample=sample, description=data.description))
    assert shown.maps.inputs == ("x₁", "x₂", "x₁x₂")
    board = board_for(shown.snapshot, size)
    maps = PlaneMaps(board, recipe)
    maps.show(replace(shown.maps, example=(np.nan, np.nan)), Spot(0, 2))
    seen, column, away = picture_of(board).astype(int), board.place.columns[0], maps.reach(0) / 2
    assert away >= 0.25 * board.place.unit
    assert maps.reach(0) < column.radius + 0.4 * board.place.unit, "names stand there"

    def at(place, across, down):
        """Return how much more like what is positive than like what is negative it is."""
        x, y = int(column.x + across * away), int(column.y[place] + down * away)
        part = seen[y - 2 : y + 3, x - 2 : x + 3].mean(axis=(0, 1))
        plus, minus = (np.array(rgb(name)) for name in (DARK.plus, DARK.minus))
        return float(np.abs(part - minus).sum() - np.abs(part - plus).sum())

    assert at(0, 1, 0) > at(0, -1, 0)
    assert at(1, 0, -1) > at(1, 0, 1)
    assert at(2, 1, -1) > at(2, 1, 1)
    assert at(2, -1, 1) > at(2, -1, -1)
    assert at(0, 1, 0) == pytest.approx(at(1, 0, -1), abs=60), "each has its own scale"
    assert maps.box.isEmpty() or any(text == "input x₁x₂" for text, _ in words_on(board))


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_points_have_the_colour_of_what_is_wanted(qapp, xor, theme):
    snapshot = xor()
    board = board_for(snapshot, (1000, 800), theme)
    maps = PlaneMaps(board, snapshot.recipe)
    maps.show(shown_of(snapshot).maps, None)
    picture, plane = picture_of(board), shown_of(snapshot).maps.maps.plane
    for x, y in zip(snapshot.sample.x, snapshot.sample.y[:, 0], strict=True):
        right, down = plane.share(x[np.newaxis])[0]
        px, py = (
            maps.box.left() + right * maps.box.width(),
            maps.box.top() + down * maps.box.width(),
        )
        assert (picture[int(py), int(px)] == rgb(theme.plus if y else theme.minus)).all()


def test_what_is_wanted_of_an_output():
    x = np.zeros((4, 2))
    assert wanted_of(Sample(x, np.array([[0], [1], [1], [0]])), 0).tolist() == [0, 1, 1, 0]
    assert wanted_of(Sample(x, np.array([[-3.0], [5], [2], [-1]])), 0).tolist() == [0, 1, 1, 0]
    assert wanted_of(Sample(x, np.eye(4)), 2).tolist() == [0, 0, 1, 0]


def test_the_neuron_asked_for_is_shown_large(qapp, xor):
    snapshot = xor()
    board = board_for(snapshot, (1000, 800))
    maps = PlaneMaps(board, snapshot.recipe)
    maps.show(shown_of(snapshot).maps, Spot(1, 3))
    assert any("neuron 4" in text for text, _ in words_on(board))
    maps.show(shown_of(snapshot).maps, None)
    assert any("the output" in text for text, _ in words_on(board))
    maps.hide()
    assert words_on(board) == []
    assert (picture_of(board) == rgb(DARK.panel)).all()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("layers", [(2, 4, 3, 1), (2, 3, 1), (2, 32, 1), (2, 8, 3)], ids=str)
def test_maps_have_room(qapp, make_snapshot, size, layers):
    snapshot = make_snapshot(Recipe(layers=layers), steps=1)
    board = board_for(snapshot, size)
    maps = PlaneMaps(board, snapshot.recipe)
    maps.show(shown_of(snapshot).maps, None)
    place, large = board.place, maps.box
    if not large.isEmpty():
        assert large.bottom() < place.footer.top
        assert large.right() <= place.bars.right + 0.5
        assert large.top() > place.columns[-1].y[-1] + place.columns[-1].radius
    words = words_on(board)
    for text, box in words:
        assert board.scene.sceneRect().contains(box), text
        assert box.bottom() <= place.footer.top + 1, text
    for (one, first), (two, second) in itertools.combinations(words, 2):
        assert not first.intersects(second), (one, two)


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e38])
def test_a_diverged_network_has_maps_all_the_same(qapp, xor, with_theta, value):
    snapshot = xor(activation="relu", output_activation="linear")
    theta = np.array(snapshot.theta)
    theta[::2] = value
    board = board_for(snapshot)
    PlaneMaps(board, snapshot.recipe).show(shown_of(with_theta(snapshot, theta)).maps, None)
    assert (picture_of(board) != rgb(DARK.panel)).any()


def test_nothing_is_computed_where_no_weight_changed(xor):
    snapshot, state = xor(), NetworkState()
    first = picture(snapshot, state)
    later = picture(replace(snapshot, step=snapshot.step + 1), state, before=first)
    assert later.maps.maps is first.maps.maps
    trained = picture(xor(steps=21), state, before=later)
    assert trained.maps.maps is not first.maps.maps


def test_inputs_stay_as_they_are_while_a_net_trains(xor, with_theta):
    snapshot, state = xor(), NetworkState()
    first = picture(snapshot, state)
    trained = picture(with_theta(snapshot, snapshot.theta + 1), state, before=first)
    assert trained.maps.maps.layers[0] is first.maps.maps.layers[0]
    assert not np.array_equal(trained.maps.maps.layers[1], first.maps.maps.layers[1])


def test_too_crowded_a_column_keeps_its_circles(qapp, make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(2, 32, 1)), steps=1)
    board = board_for(snapshot, (480, 320))
    PlaneMaps(board, snapshot.recipe).show(shown_of(snapshot).maps, None)
    column, picture = board.place.columns[1], picture_of(board)
    x = int(column.x)
    assert (picture[int(column.y[0]) : int(column.y[-1]), x - 3 : x + 3] == rgb(DARK.panel)).all()


@pytest.mark.parametrize("features", ["x1+x2", "x1^2+x2^2", "x2+x1x2+sinx1"])
def test_maps_go_over_the_points_that_inputs_are_made_of(make_snapshot, features):
    data = load_dataset(f"circles:features={features}")
    recipe = Recipe(layers=(data.inputs, 4, 1), dataset="circles", activation="tanh")
    sample = Sample(data.x_test, data.y_test, points=data.test_points)
    taken = make_snapshot(recipe, data, 20, example=2)
    snapshot = replace(taken, sample=sample, description=data.description)
    plane = plane_of(snapshot)
    assert plane == plane_of(replace(snapshot, sample=Sample(data.test_points, data.y_test)))
    maps = maps_of(snapshot, plane, 24)
    inputs = data.description.features_of(plane.grid(24))
    assert np.array_equal(
        maps.layers[-1][:, :, 0], snapshot.network().predict(inputs).reshape(24, 24)
    )
    shown = shown_of(snapshot).maps
    for place in range(data.inputs):
        assert np.array_equal(maps.layers[0][:, :, place].ravel(), inputs[:, place])
    known = features == "x1+x2"  # elsewhere the inputs do not tell where the example lies
    assert np.isfinite(shown.example).all() == known
    board = board_for(snapshot, (850, 530))
    PlaneMaps(board, recipe).show(shown, None)
    assert picture_of(board).std() > 0
