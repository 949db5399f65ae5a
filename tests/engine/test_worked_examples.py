"""The worked numbers of the syllabus, to their printed digits."""

import numpy as np
import pytest

from nnviz.data.dataset import Dataset
from nnviz.engine import Network, Recipe, Trainer


def network(layers, weights, biases, **recipe):
    net = Network(Recipe(layers=layers, dtype="float64", **recipe))
    for own, given in zip(net.weights, weights, strict=True):
        own[...] = given
    for own, given in zip(net.biases, biases, strict=True):
        own[...] = given
    return net


def dataset(x, y):
    # In float64: what a data set usually holds, float32, would cost digits.
    x, y = np.atleast_2d(np.float64(x)), np.atleast_2d(np.float64(y))
    return Dataset("worked", x, y, x, y)


def set_parameters(trainer, source):
    trainer.network.theta[...] = source.theta


def test_the_park_perceptron_on_all_eight_rows():
    net = network((3, 1), [[[3], [1], [-20]]], [[-3]], output_activation="step")
    rows = [(r, t, lockdown) for r in (0, 1) for t in (0, 1) for lockdown in (0, 1)]
    z = net.propagation(np.array(rows), np.zeros((8, 1))).z[0][:, 0]
    assert z[rows.index((1, 0, 1))] == -20
    answers = net.predict(np.array(rows))[:, 0]
    assert answers.tolist() == [float(3 * r + t - 20 * q - 3 >= 0) for r, t, q in rows]


@pytest.mark.parametrize(
    ("weights", "bias", "truth"),
    [
        ((1, 1), -1.5, (0, 0, 0, 1)),
        ((1, 1), -0.5, (0, 1, 1, 1)),
        ((-1, -1), 1.5, (1, 1, 1, 0)),
    ],
    ids=["AND", "OR", "NAND"],
)
def test_one_perceptron_is_a_gate(weights, bias, truth):
    net = network((2, 1), [np.array(weights)[:, None]], [[bias]], output_activation="step")
    assert tuple(net.predict([[0, 0], [0, 1], [1, 0], [1, 1]])[:, 0]) == truth


def test_a_linear_neuron_gives_12_not_15():
    net = network((2, 1), [[[3], [4]]], [[1]], output_activation="linear")
    assert net.predict([[1, 2]])[0, 0] == 12


def test_two_linear_layers():
    net = network(
        (3, 4, 1),
        [[[4, 3, 1, 1], [1, 4, 4, 3], [3, 4, 3, 2]], [[4], [2], [1], [3]]],
        [np.zeros(4), [0]],
        activation="linear",
        output_activation="linear",
    )
    a = net.propagation([[1, 2, 3]], [[0]]).a
    assert a[0][0].tolist() == [15, 23, 18, 13]
    assert a[1][0, 0] == 163


def test_the_costs_of_the_six_and_of_the_bad_net():
    six = np.array([[0.3, 0, 0.5, 0.2, 0, 0.1, 0.3, 0, 0, 0.9, 0.8]])
    desired = np.zeros((1, 11))
    desired[0, 6] = 1
    # A linear net with the identity as its weights passes its inputs on as outputs.
    for cost, total in (("absolute", 3.5), ("sum_of_squares", 2.33), ("quadratic", 1.165)):
        net = network((11, 11), [np.eye(11)], [np.zeros(11)], output_activation="linear", cost=cost)
        assert net.cost(six, desired) == pytest.approx(total, abs=1e-12)
    bad = np.array([[0.07, 0.17, 0.60, 0.45, 0.92, 0.19, 0.57, 0.85, 0.85, 0.01]])
    eight = np.eye(10)[8:9]
    net = network(
        (10, 10), [np.eye(10)], [np.zeros(10)], output_activation="linear", cost="sum_of_squares"
    )
    assert net.cost(bad, eight) == pytest.approx(2.5488, abs=1e-12)


def test_if_w1_rises_by_one_unit():
    net = network((2, 2, 1), [np.ones((2, 2)), np.ones((2, 1))], [[0, 0], [0]],
                  cost="sum_of_squares")  # fmt: skip
    x, y = [[-2, -1]], [[1]]
    propagation = net.propagation(x, y)
    assert propagation.a[0][0, 0] == pytest.approx(0.0474258732, abs=5e-11)
    assert propagation.a[1][0, 0] == pytest.approx(0.523695174, abs=5e-10)
    gradient = net.gradient(x, y)
    assert gradient[0] == pytest.approx(0.0214695353, abs=5e-11)


def two_two_two():
    net = network(
        (2, 2, 2),
        [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
        [[0.35, 0.35], [0.60, 0.60]],
        learning_rate=0.5,
        batch_size=1,
    )
    return net, np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])


def test_the_two_two_two_example_forwards_and_backwards():
    net, x, y = two_two_two()
    propagation = net.propagation(x, y)
    assert propagation.a[0][0] == pytest.approx([0.593269992, 0.596884378], abs=5e-10)
    assert propagation.a[1][0] == pytest.approx([0.751365070, 0.772928465], abs=5e-10)
    assert propagation.cost == pytest.approx(0.298371109, abs=5e-10)
    copy = Network(net.recipe, net.gradient(x, y))
    assert copy.weights[1][0, 0] == pytest.approx(0.082167041, abs=5e-10)
    assert copy.weights[0][0, 0] == pytest.approx(0.000438568, abs=5e-10)


def test_the_two_two_two_example_after_one_step():
    net, x, y = two_two_two()
    trainer = Trainer(net.recipe, dataset(x, y))
    set_parameters(trainer, net)
    trainer.step()
    w = trainer.network.weights
    assert w[0].T.ravel() == pytest.approx(
        [0.149780716, 0.199561432, 0.249751144, 0.299502287], abs=5e-10
    )
    assert w[1].T.ravel() == pytest.approx(
        [0.358916480, 0.408666186, 0.511301270, 0.561370121], abs=5e-10
    )
    assert trainer.network.cost(x, y) == pytest.approx(0.280471447, abs=5e-10)
    for own, old in zip(trainer.network.biases, net.biases, strict=True):
        own[...] = old
    assert trainer.network.cost(x, y) == pytest.approx(0.291027774, abs=5e-10)


@pytest.mark.parametrize(
    ("cost", "eta", "w", "b", "expected"),
    [
        ("quadratic", 0.15, 0.6, 0.9, {0: 0.817574, 300: 0.093956}),
        ("quadratic", 0.15, 2, 2, {0: 0.982014, 150: 0.933417, 300: 0.202848}),
        ("cross_entropy", 0.005, 2, 2, {0: 0.982014, 300: 0.779587}),
    ],
)
def test_one_neuron_for_300_epochs(cost, eta, w, b, expected):
    net = network((1, 1), [[[w]]], [[b]], cost=cost, learning_rate=eta, batch_size=1)
    trainer = Trainer(net.recipe, dataset([[1]], [[0]]))
    set_parameters(trainer, net)
    for epoch in range(301):
        if epoch in expected:
            output = trainer.network.predict([[1]])[0, 0]
            assert output == pytest.approx(expected[epoch], abs=5e-7)
        trainer.run_epoch()


@pytest.mark.parametrize(
    ("eta", "path"),
    [(1, [1, -1, 1, -1]), (1.1, [1, -1.2, 1.44, -1.728]), (0.1, [1, 0.8, 0.64, 0.512])],
    ids=["oscillates", "diverges", "crawls"],
)
def test_descending_w_squared(eta, path):
    # A linear neuron with x = 1 and y = 0 has C(w) = w², if its bias is held at zero.
    net = network((1, 1), [[[1]]], [[0]], cost="sum_of_squares", output_activation="linear",
                  learning_rate=eta, batch_size=1)  # fmt: skip
    trainer = Trainer(net.recipe, dataset([[1]], [[0]]))
    set_parameters(trainer, net)
    for w in path:
        assert trainer.network.weights[0][0, 0] == pytest.approx(w, abs=1e-12)
        trainer.step()
        trainer.network.biases[0][...] = 0
