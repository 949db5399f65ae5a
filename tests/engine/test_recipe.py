"""Recipes: what is refused, and how one is written and read."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.recipe import Recipe, RecipeError, settings
from nnviz.engine.recipe_fields import parse_layers
from nnviz.engine.recipe_settings import group_of, read_setting
from nnviz.engine.settings import BASICS, GROUPS, MORE, OPTIMISER, SCHEDULE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"layers": (784, 0, 10)}, "0 neurons"),
        ({"layers": (784,)}, "at least an input and an output"),
        ({"layers": (784, 10**9, 10)}, "too large"),
        ({"layers": (90_000, 90_000)}, "weights and biases"),
        ({"layers": (784, 3.5, 10)}, "whole numbers"),
        ({"trained": ""}, "name"),
        ({"trained": "3,x"}, "numbers of theta"),
        ({"trained": "-1"}, "numbers of theta"),
        ({"trained": "3,23860"}, "no parameter 23\u202f860"),
        ({"learning_rate": float("nan")}, "finite number"),
        ({"learning_rate": float("inf")}, "finite number"),
        ({"learning_rate": -1.0}, "above 0"),
        ({"learning_rate": 0.0}, "above 0"),
        ({"learning_rate": "fast"}, "finite number"),
        ({"learning_rate": 1e7}, "at most 1\u202f000\u202f000, not 10\u202f000\u202f000"),
        ({"optimiser": "adamw", "weight_decay": 3.0}, "below 2"),
        ({"patience": 2}, "validation"),
        ({"dropout": 1.0}, "below 1"),
        ({"schedule": "often"}, "no schedule 'often'"),
        ({"batch_size": 0}, "at least 1"),
        ({"batch_size": 2.5}, "whole number"),
        ({"l2": -0.1}, "at least 0"),
        ({"momentum": 1.0}, "below 1"),
        ({"seed": -1}, "at least 0"),
        ({"cost": "nice"}, "no cost 'nice'"),
        ({"activation": "softmax"}, "no activation 'softmax'"),
        ({"activation": ("relu", "tanh")}, "2 activations are given for 1 hidden"),
        ({"dtype": "float16"}, "float32, float64"),
        ({"dataset": ""}, "must be a name"),
        ({"layers": (784, 1), "output_activation": "softmax"}, "single output"),
    ],
)
def test_an_impossible_recipe_is_refused_in_one_sentence(change, says):
    with pytest.raises(RecipeError, match=says) as refusal:
        replace(Recipe(), **change)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("text", ["784,30,10", "784-30-10", " 784 30 10", "784, 30, 10"])
def test_layers_are_read_however_people_write_them(text):
    assert parse_layers(text) == (784, 30, 10)


@pytest.mark.parametrize(
    ("name", "text"), [("layers", "abc"), ("learning_rate", "fast"), ("seed", "1.5")]
)
def test_text_of_the_wrong_kind_is_refused(name, text):
    with pytest.raises(RecipeError, match=text):
        read_setting(name, text)


@given(
    hidden=st.lists(st.integers(1, 50), max_size=3),
    eta=st.floats(1e-6, 1e6),
    seed=st.integers(0, 2**62),
)
def test_a_recipe_survives_json(hidden, eta, seed):
    recipe = Recipe(layers=(784, *hidden, 10), learning_rate=eta, seed=seed)
    assert Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe


def test_an_unknown_field_is_refused():
    with pytest.raises(RecipeError, match="'colour'"):
        Recipe.from_dict({"colour": "blue"})


def test_each_hidden_layer_may_have_its_own_activation():
    recipe = Recipe(layers=(784, 30, 20, 10), activation=("relu", "tanh"))
    assert recipe.activations == ("relu", "tanh", "sigmoid")
    assert Recipe.from_dict(recipe.to_dict()) == recipe


def test_every_field_has_a_label_and_a_sentence():
    for name, setting in settings().items():
        assert setting.label, name
        assert setting.help.endswith("."), name


def test_every_field_stands_in_a_group_of_the_form():
    groups = {name: group_of(name) for name in settings()}
    assert set(groups.values()) <= set(GROUPS)
    assert groups["learning_rate"] is BASICS
    assert groups["beta2"] is OPTIMISER, "the optimisers alone read it"
    assert groups["decay_factor"] is SCHEDULE
    assert groups["seed"] is MORE, "it says no group"


def test_0_is_written_as_what_it_means_and_read_so():
    written = {name: setting.written(0) for name, setting in settings().items() if setting.zero}
    assert written["train_size"] == "all"
    assert written["patience"] == "never"
    assert written["dropout"] == "off"
    for name, word in written.items():
        value = read_setting(name, f" {word.title()} ")
        assert (value, type(value)) == (0, type(settings()[name].default))
    assert settings()["seed"].written(0) == "0"
    assert settings()["l2"].written(1e-7) == "1e-7"
    with pytest.raises(RecipeError, match=r"must be a whole number.* Or write all\."):
        read_setting("train_size", "never")


@pytest.mark.parametrize("name", [name for name, one in settings().items() if one.typed])
def test_what_is_written_reads_back_as_the_very_same_value(name):
    value = getattr(Recipe(), name)
    assert read_setting(name, settings()[name].written(value)) == value


def test_which_parameters_train_is_written_in_one_way():
    recipe = Recipe(trained="17, 3,17")
    assert (recipe.trained, recipe.only) == ("3,17", (3, 17))
    assert Recipe().only == ()
