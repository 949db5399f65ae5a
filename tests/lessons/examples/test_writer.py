"""What is written as an example loads back equal, number for number."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import Column
from nnviz.engine import Network, Recipe
from nnviz.engine.parameter_names import pack
from nnviz.engine.selection import Selection
from nnviz.lessons import EXAMPLES, Example, load_example, save_example
from nnviz.messages.ui_state import UiState

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e200, max_value=1e200)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | NUMBER | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAME, inner, min_size=1, max_size=2)
    ),
    max_leaves=5,
)


@st.composite
def examples(draw):
    layers = (*draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)), draw(st.integers(1, 3)))
    wide, out = layers[0], layers[-1]
    columns = [Column(draw(NAME), draw(TEXT), draw(NUMBER), 0.5, "", draw(st.none() | st.just(2)))
               for _ in range(wide)]  # fmt: skip
    targets = [Column(draw(NAME)) for _ in range(out)]

    def rows(count):
        size = count * (wide + out)
        values = draw(st.lists(NUMBER, min_size=size, max_size=size))
        return np.split(np.array(values).reshape(count, wide + out), [wide], axis=1)

    train = rows(draw(st.integers(1, 3)))
    test = draw(st.sampled_from([train, rows(2)]))
    recipe = Recipe(
        dataset="x",
        layers=layers,
        activation="tanh",
        output_activation=draw(st.sampled_from(["linear", "sigmoid"])),
        cost=draw(st.sampled_from(["quadratic", "absolute"])),
        optimiser=draw(st.sampled_from(["sgd", "adam"])),
        learning_rate=draw(st.floats(1e-9, 10)),
        dtype=draw(st.sampled_from(["float32", "float64"])),
        order=draw(st.sampled_from(["shuffled", "as_given"])),
        trained=draw(st.sampled_from(["all", "0", f"0,{1 if wide * layers[1] > 1 else 0}"])),
        parameter_names=pack(layers, {0: "w1"}) if draw(st.booleans()) else "none",
    )
    theta = draw(st.lists(NUMBER, min_size=recipe.parameters, max_size=recipe.parameters))
    ui = UiState(
        draw(st.sampled_from([None, Selection("cost"), Selection("neuron", 1, 0),
                              Selection.of_weight(recipe, 1, None, 0),
                              Selection("output", len(layers) - 1, out - 1)])),
        draw(st.sampled_from(["", "phase", "epoch"])),
        draw(st.none() | st.integers(0, 9)),
        draw(st.none() | st.just(("recipe", "cost"))),
        draw(st.sampled_from([(), ("cost",)])),
        draw(st.dictionaries(NAME, st.dictionaries(NAME, PLAIN, max_size=3), max_size=2)),
    )  # fmt: skip
    dataset = Dataset("x", *train, *test, columns=tuple(columns), targets=tuple(targets))
    focus = draw(st.integers(0, len(dataset.x_test) - 1))
    return Example("x", draw(NAME), recipe, dataset, np.array(theta), ui, draw(TEXT), focus)


def assert_equal(back, example, *, path):
    assert back.title == example.title
    assert back.sentence == example.sentence
    assert back.recipe.activations == example.recipe.activations
    ours = {
        "dataset": "x",
        "activation": "sigmoid",
    }  # the second means nothing without a hidden one
    assert back.recipe.to_dict() | ours == example.recipe.to_dict() | ours
    assert back.recipe.dataset == str(path)
    assert back.theta.tobytes() == example.theta.tobytes()
    assert back.dataset.fingerprint() == example.dataset.fingerprint()
    assert back.dataset.description == example.dataset.description
    assert back.ui.to_dict() == example.ui.to_dict()
    assert back.focus == example.focus


@given(example=examples())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_example_loads_back_equal(tmp_path, example):
    path = tmp_path / "x.toml"
    save_example(path, example)
    assert_equal(load_example(path), example, path=path)


@pytest.mark.parametrize("id", EXAMPLES)
def test_nnvizs_own_examples_load_back_equal(tmp_path, id):
    path, example = tmp_path / f"{id}.toml", load_example(id)
    save_example(path, example)
    back = load_example(path)
    assert_equal(back, example, path=path)
    assert back.id == id


def test_a_net_that_people_cannot_read_is_no_example(tmp_path):
    example = load_example("neuron-12")
    recipe = Recipe(layers=(784, 300, 10))
    theta = Network(recipe).theta.astype(float)
    huge = Example("x", "X", recipe, example.dataset, theta, UiState())
    with pytest.raises(DataError, match="save it as a session"):
        save_example(tmp_path / "x.toml", huge)
    broken = Example("x", "X", example.recipe, example.dataset, np.full(3, np.nan), UiState())
    with pytest.raises(DataError, match="no numbers any more"):
        save_example(tmp_path / "x.toml", broken)
    with pytest.raises(DataError, match="could not be saved as"):
        save_example(tmp_path / "nowhere" / "x.toml", example)
