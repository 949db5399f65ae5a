"""Places of parameters, and scopes of several of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.parameters import ALL, Parameter, Scope, index_of, locate
from nnviz.engine.recipe import Recipe

NETS = st.lists(st.integers(1, 5), min_size=2, max_size=4).map(
    lambda layers: Recipe(layers=tuple(layers))
)


@given(NETS)
def test_the_whole_net_is_every_entry_once_neuron_by_neuron(recipe):
    entries = Scope().entries(recipe)
    assert sorted(entries.tolist()) == list(range(recipe.parameters))
    assert len(entries) == Scope().count(recipe)
    places = [locate(recipe, int(entry)) for entry in entries]
    inputs = recipe.layers
    keys = [(p.layer, p.target, inputs[p.layer - 1] if p.source is None else p.source)
            for p in places]  # fmt: skip
    assert keys == sorted(keys), "weights in order, the bias of a neuron after them"


@given(NETS, st.data())
def test_a_neuron_has_its_own_weights_and_its_bias(recipe, data):
    layer = data.draw(st.integers(1, len(recipe.layers) - 1))
    neuron = data.draw(st.integers(0, recipe.layers[layer] - 1))
    scope = Scope(layer, neuron)
    places = [locate(recipe, int(entry)) for entry in scope.entries(recipe)]
    sources = [*range(recipe.layers[layer - 1]), None]
    assert places == [Parameter(layer, source, neuron) for source in sources]
    assert scope.count(recipe) == len(places)
    of_layer = Scope(layer).entries(recipe)
    assert set(scope.entries(recipe)) <= set(of_layer)
    assert Scope(layer).count(recipe) == len(of_layer)


def test_an_input_has_the_weights_that_it_feeds():
    recipe = Recipe(layers=(3, 2, 1))
    expected = [index_of(recipe, Parameter(1, 2, target)) for target in range(2)]
    assert Scope(0, 2).entries(recipe).tolist() == expected
    assert Scope(0, 2).count(recipe) == 2


@pytest.mark.parametrize(
    ("scope", "fits"),
    [
        (Scope(), True), (Scope(ALL, 1), False), (Scope(1), True), (Scope(1, 1), True),
        (Scope(1, 2), False), (Scope(0), False), (Scope(0, 2), True), (Scope(3), False),
        (Scope(-2), False), (Scope(2, -2), False),
    ],
)  # fmt: skip
def test_what_the_net_does_not_have_does_not_fit(scope, fits):
    assert scope.fits(Recipe(layers=(3, 2, 1))) is fits


def test_one_neuron_of_a_net_of_millions_is_named_without_listing_all():
    recipe = Recipe(layers=(784, 2000, 2000, 10))
    entries = Scope(2, 1999).entries(recipe)
    assert len(entries) == 2001
    assert entries[-1] == index_of(recipe, Parameter(2, None, 1999))
    assert np.all(np.diff(entries[:-1]) == 2000)
