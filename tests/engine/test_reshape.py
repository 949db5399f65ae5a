"""Other shapes of a net: what changes in the recipe, and which weights go over."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network, Recipe, RecipeError
from nnviz.engine.network import initial_theta, views
from nnviz.engine.reshape import (
    FIRST_HIDDEN,
    carried_over,
    with_activation,
    with_layer,
    with_neurons,
    without_layer,
)

NET = Recipe(layers=(4, 3, 5, 2), activation=("tanh", "relu"), dtype="float64")
SIZES = st.lists(st.integers(1, 5), min_size=0, max_size=4)


def recipe_of(hidden, **changes):
    return replace(Recipe(layers=(3, *hidden, 2), dtype="float64"), **changes)


def theta_of(recipe):
    return np.random.default_rng(5).normal(size=recipe.parameters)


def test_neurons_more_and_fewer():
    assert with_neurons(NET, 1, 1).layers == (4, 4, 5, 2)
    assert with_neurons(NET, 2, -1).layers == (4, 3, 4, 2)
    assert with_neurons(NET, 2, -1).activation == ("tanh", "relu")
    with pytest.raises(RecipeError, match="Layer 1 would have no neuron left: remove the layer"):
        with_neurons(NET, 1, -3)


@pytest.mark.parametrize("layer", [0, 3])
def test_the_data_decide_on_inputs_and_outputs(layer):
    for change in (lambda: with_neurons(NET, layer, 1), lambda: without_layer(NET, layer)):
        with pytest.raises(RecipeError, match="The data decide how many inputs and outputs"):
            change()


def test_a_layer_more_is_like_the_one_beside_it():
    first, between, last = (with_layer(NET, after) for after in range(3))
    assert (first.layers, first.activation) == ((4, 3, 3, 5, 2), ("tanh", "tanh", "relu"))
    assert (between.layers, between.activation) == ((4, 3, 3, 5, 2), ("tanh", "tanh", "relu"))
    assert (last.layers, last.activation) == ((4, 3, 5, 5, 2), ("tanh", "relu", "relu"))
    single = with_layer(Recipe(layers=(2, 1), activation="elu"), 0)
    assert (single.layers, single.activation) == ((2, FIRST_HIDDEN, 1), "elu")


def test_a_layer_fewer():
    assert without_layer(NET, 1) == replace(NET, layers=(4, 5, 2), activation="relu")
    none = without_layer(without_layer(NET, 1), 1)
    assert (none.layers, none.activations) == ((4, 2), ("sigmoid",))
    assert with_layer(none, 0).activation == "relu"


def test_another_activation_in_one_layer_or_in_the_output():
    assert with_activation(NET, 1, "relu").activation == "relu"
    assert with_activation(NET, 2, "elu").activation == ("tanh", "elu")
    assert with_activation(NET, 3, "linear").output_activation == "linear"
    with pytest.raises(RecipeError):
        with_activation(NET, 1, "softmax")
    with pytest.raises(RecipeError, match="takes logarithms"):
        with_activation(replace(NET, cost="cross_entropy"), 3, "linear")


def test_a_cost_of_a_single_layer_refuses_a_hidden_one():
    single = Recipe(layers=(2, 1), output_activation="step", cost="perceptron")
    with pytest.raises(RecipeError, match="single layer of step units"):
        with_layer(single, 0)


def test_what_names_parameters_by_their_place_names_none_in_another_shape():
    only = replace(NET, trained="3,4")
    assert with_neurons(only, 1, 1).trained == "all"
    assert with_activation(only, 1, "elu").trained == "3,4"


@given(SIZES)
def test_the_same_layers_take_everything_over(hidden):
    recipe = recipe_of(hidden)
    theta = theta_of(recipe)
    again = carried_over(recipe, theta, replace(recipe, output_activation="linear", seed=9))
    assert (again == theta).all()
    assert not np.shares_memory(again, theta)


@given(SIZES, SIZES)
def test_every_parameter_is_carried_or_drawn(hidden, other):
    before, after = recipe_of(hidden), recipe_of(other, seed=3)
    theta = theta_of(before)
    found, drawn = carried_over(before, theta, after), initial_theta(after)
    assert found.shape == (after.parameters,)
    new = found != drawn
    assert np.isin(found[new], theta).all()
    assert len(np.unique(found[new])) == new.sum(), "no parameter goes to two places"
    # The output layer is always that of before, and so are its biases.
    assert (views(after, found)[1][-1] == views(before, theta)[1][-1]).all()


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
def test_a_neuron_more_leaves_all_others_what_they_are(hidden, data):
    recipe = recipe_of(hidden)
    layer = data.draw(st.integers(1, len(hidden)))
    theta = theta_of(recipe)
    more = with_neurons(recipe, layer, 1)
    found = carried_over(recipe, theta, more)
    weights, biases = views(more, found)
    old_weights, old_biases = views(recipe, theta)
    size = recipe.layers[layer]
    assert (weights[layer - 1][:, :size] == old_weights[layer - 1]).all()
    assert (weights[layer][:size] == old_weights[layer]).all()
    assert (biases[layer - 1][:size] == old_biases[layer - 1]).all()
    drawn = views(more, initial_theta(more))[0]
    assert (weights[layer][size] == drawn[layer][size]).all()
    # Without what the new one says, the net answers as before.
    weights[layer][size] = 0
    x = np.random.default_rng(1).normal(size=(7, 3))
    answers = Network(more, found).predict(x), Network(recipe, theta).predict(x)
    assert answers[0] == pytest.approx(answers[1], abs=1e-12)
    # And what is taken away again leaves what was there.
    assert (carried_over(more, found, recipe) == theta).all()


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
def test_a_layer_more_takes_over_what_is_before_and_behind_it(hidden, data):
    recipe = recipe_of(hidden)
    after = data.draw(st.integers(0, len(hidden)))
    theta = theta_of(recipe)
    more = with_layer(recipe, after)
    weights, biases = views(more, carried_over(recipe, theta, more))
    old_weights, old_biases = views(recipe, theta)
    kept = [(new == old).all() for new, old in zip(weights, old_weights, strict=False)
            if new.shape == old.shape]  # fmt: skip
    first = next((i for i, (a, b) in enumerate(zip(more.layers, recipe.layers, strict=False))
                  if a != b), len(recipe.layers) - 1)  # fmt: skip
    assert all(kept[: max(first - 1, 0)])
    for back in range(1, len(recipe.layers) - first):
        assert (weights[-back] == old_weights[-back]).all()
        assert (biases[-back] == old_biases[-back]).all()


def test_numbers_are_those_of_the_new_precision():
    found = carried_over(NET, theta_of(NET), replace(NET, dtype="float32"))
    assert found.dtype == np.float32
