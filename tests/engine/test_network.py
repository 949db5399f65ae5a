"""The network: one flat theta, views into it, prediction and refusals."""

import numpy as np
import pytest

from nnviz.engine import Network, Recipe
from nnviz.engine import network as module
from nnviz.engine.initialisers import INITIALISERS
from nnviz.engine.network import mark_of
from nnviz.engine.ops import frozen
from nnviz.errors import NnvizError


def test_weights_and_biases_are_views_of_theta_and_cover_it():
    network = Network(Recipe(layers=(5, 4, 3)))
    assert network.theta.flags.c_contiguous
    assert network.theta.size == 5 * 4 + 4 * 3 + 4 + 3
    network.theta[...] = 0
    for part in (*network.weights, *network.biases):
        assert np.shares_memory(part, network.theta)
        part += 1
    assert (network.theta == 1).all()
    assert [w.shape for w in network.weights] == [(5, 4), (4, 3)]


def test_rows_multiply_on_the_left():
    network = Network(Recipe(layers=(2, 3), output_activation="linear", dtype="float64"))
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert network.predict(x) == pytest.approx(x @ network.weights[0] + network.biases[0])


def test_many_rows_are_answered_like_few():
    network = Network(Recipe(layers=(4, 3, 2), dtype="float64"))
    x = np.random.default_rng(0).normal(size=(2501, 4))
    alone = np.concatenate([network.predict(x[i : i + 1]) for i in range(0, 2501, 100)])
    assert network.predict(x)[::100] == pytest.approx(alone, rel=1e-12)


def test_no_row_gives_no_answer():
    assert Network(Recipe(layers=(4, 3, 2))).predict(np.zeros((0, 4))).shape == (0, 2)


def test_dtype_is_kept():
    for dtype in ("float32", "float64"):
        network = Network(Recipe(layers=(4, 3, 2), dtype=dtype))
        assert network.theta.dtype == network.predict(np.zeros((1, 4))).dtype == dtype


def test_both_precisions_start_alike():
    single = Network(Recipe(layers=(4, 3, 2), dtype="float32")).theta
    double = Network(Recipe(layers=(4, 3, 2), dtype="float64")).theta
    assert single.tobytes() == double.astype("float32").tobytes()


@pytest.mark.parametrize("name", INITIALISERS)
def test_start_values_have_the_deviation_promised(name):
    network = Network(Recipe(layers=(400, 300, 10), initialiser=name))
    of_weights, of_biases = INITIALISERS[name].deviations(400, 300)
    assert network.weights[0].std() == pytest.approx(of_weights, rel=0.02)
    assert network.biases[0].std() == pytest.approx(of_biases, rel=0.15)
    assert abs(network.weights[0].mean()) <= 4 * of_weights / np.sqrt(400 * 300)


def test_seeds_differ():
    assert (Network(Recipe(seed=0)).theta != Network(Recipe(seed=1)).theta).any()


@pytest.mark.parametrize(
    "call",
    [
        lambda network: network.predict(np.zeros((2, 5))),
        lambda network: network.predict(np.zeros(4)),
        lambda network: network.cost(np.zeros((2, 4)), np.zeros((2, 3))),
        lambda network: network.cost(np.zeros((2, 4)), np.zeros((3, 2))),
        lambda network: network.cost(np.zeros((0, 4)), np.zeros((0, 2))),
        lambda network: network.gradient(np.zeros((0, 4)), np.zeros((0, 2))),
        lambda network: Network(network.recipe, np.zeros(3)),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(call):
    with pytest.raises(NnvizError) as refusal:
        call(Network(Recipe(layers=(4, 3, 2))))
    assert str(refusal.value).endswith(".")


def test_a_diverged_network_answers_without_warnings():
    network = Network(Recipe(layers=(4, 3, 2)))
    network.theta[...] = np.nan
    x, y = np.zeros((2, 4)), np.zeros((2, 2))
    assert np.isnan(network.predict(x)).all()
    assert np.isnan(network.cost(x, y))
    network.theta[...] = 1e30
    network.gradient(np.ones((2, 4)), y)


def test_a_big_vector_that_stays_is_summed_once_and_any_other_each_time(monkeypatch):
    recipe, summed, crc = Recipe(layers=(3, 2)), [], module.crc32

    def counted(data, *start):
        if not start:
            summed.append(1)
        return crc(data, *start)

    monkeypatch.setattr(module, "BIG", 0)
    monkeypatch.setattr(module, "crc32", counted)
    changing = np.zeros(8, "float32")
    before = mark_of(recipe, changing)
    changing[3] = 1
    after = mark_of(recipe, changing)
    lasting = frozen(changing.copy())
    assert [mark_of(recipe, lasting) for _ in range(3)] == [after] * 3
    assert len(summed) == 3
    assert mark_of(recipe, frozen(np.zeros(8, "float32"))) == before != after


def test_the_activations_of_any_layer_are_those_of_the_passage():
    network = Network(Recipe(layers=(4, 3, 5, 2), activation="tanh", dtype="float64"))
    x = np.random.default_rng(0).normal(size=(7, 4))
    propagation = network.propagation(x, np.zeros((7, 2)))
    for layer in (1, 2, 3):
        assert (network.activations(x, layer) == propagation.a[layer - 1]).all()
    assert (network.predict(x) == propagation.a[-1]).all()
