"""Every worked number of the syllabus comes out of the example that shows it, to its last digit."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Network, Timeline, Trainer
from nnviz.engine.explain import explain_chain
from nnviz.engine.notation import parameter_name
from nnviz.lessons import EXAMPLES, load_example


def net_of(id, **changes):
    example = load_example(id)
    recipe = replace(example.recipe, **changes)
    return Network(recipe, example.theta), example.dataset.x_train, example.dataset.y_train


def trainer_of(id, **changes):
    example = load_example(id)
    return Trainer(replace(example.recipe, **changes), example.dataset, example.theta)


def assert_printed(values, *expected):
    values = np.atleast_1d(values).ravel().tolist()
    assert len(values) == len(expected)
    for value, digits in zip(values, expected, strict=True):
        decimals = len(digits.partition(".")[2])
        assert f"{value:.{decimals}f}" == digits


def test_all_ids_of_the_syllabus_are_there():
    assert set(EXAMPLES) >= {
        "neuron-12", "park", "and", "or", "nand", "xor", "xor-by-hand", "linear-163",
        "table-of-a-6", "bad-net-on-an-8", "slope-221", "backprop-222", "slow-neuron-06-09",
        "slow-neuron-2-2", "slow-neuron-cross-entropy", "paraboloid", "w-squared",
        "optimiser-oracle",
    }  # fmt: skip


@pytest.mark.parametrize("id", EXAMPLES)
def test_every_example_is_exact_and_says_what_there_is_to_see(id):
    example, heading = load_example(id), EXAMPLES[id]
    assert example.id == heading.id == id
    assert example.title == heading.title
    assert example.sentence == heading.sentence
    assert example.sentence.endswith(".")
    assert example.recipe.dtype == "float64"
    assert example.recipe.dataset == f"example:{id}"
    assert example.theta.dtype == np.float64
    assert example.theta.shape == (example.recipe.parameters,)
    for part in (example.dataset.x_train, example.dataset.y_train, example.dataset.x_test):
        assert part.dtype == np.float64


def test_the_park_on_all_eight_rows():
    net, x, y = net_of("park")
    assert len({tuple(row) for row in x.tolist()}) == 8
    z = net.propagation(x, y).z[0][:, 0]
    assert z[x.tolist().index([1, 0, 1])] == -20
    assert z.tolist() == [3 * r + t - 20 * q - 3 for r, t, q in x.tolist()]
    assert net.predict(x).tolist() == y.tolist()
    assert load_example("park").dataset.feature_names == ("raining", "above 15 °C", "in lockdown")


def test_xor_by_hand():
    net, x, y = net_of("xor-by-hand")
    assert x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    a = net.propagation(x, y).a
    assert a[0].tolist() == [[0, 1], [1, 1], [1, 1], [1, 0]]  # OR, NAND
    assert a[1][:, 0].tolist() == y[:, 0].tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("id", "truth"), [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("nand", [1, 1, 1, 0])]
)
def test_one_perceptron_finds_the_gate(id, truth):
    trainer = trainer_of(id)
    x, y = trainer.x_train, trainer.y_train
    assert (x.tolist(), y[:, 0].tolist()) == ([[0, 0], [0, 1], [1, 0], [1, 1]], truth)
    assert not trainer.network.theta.any()
    epochs = 0
    while trainer.network.predict(x)[:, 0].tolist() != truth:
        before = trainer.network.theta.copy()
        answer = trainer.network.predict(x[trainer.steps % 4][np.newaxis])[0, 0]
        trainer.step()
        off = truth[(trainer.steps - 1) % 4] - answer  # the rule: w ← w + η(y − ŷ)x
        nudge = off * np.array([*x[(trainer.steps - 1) % 4], 1])
        assert (trainer.network.theta - before).tolist() == nudge.tolist()
        epochs = trainer.epoch
    assert 0 < epochs <= 12
    theta = trainer.network.theta.copy()
    trainer.run_epoch()
    assert (trainer.network.theta == theta).all()


def test_no_single_perceptron_is_xor():
    trainer = trainer_of("xor")
    assert trainer.recipe.layers == (2, 1)
    truth = trainer.y_train[:, 0].tolist()
    assert truth == [0, 1, 1, 0]
    for _ in range(200):
        trainer.step()
        assert trainer.network.predict(trainer.x_train)[:, 0].tolist() != truth


def test_the_linear_neuron_says_12():
    net, x, _ = net_of("neuron-12")
    assert net.predict(x)[0, 0] == 12


def test_two_linear_layers_say_163():
    net, x, y = net_of("linear-163")
    a = net.propagation(x, y).a
    assert a[0][0].tolist() == [15, 23, 18, 13]
    assert a[1][0, 0] == 163


def test_the_table_of_a_6():
    net, x, y = net_of("table-of-a-6")
    actual = net.predict(x)[0]
    assert actual.tolist() == [0.3, 0, 0.5, 0.2, 0, 0.1, 0.3, 0, 0, 0.9, 0.8]
    assert y[0].tolist() == [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert abs(actual - y[0]).tolist() == [0.3, 0, 0.5, 0.2, 0, 0.1, 0.7, 0, 0, 0.9, 0.8]
    assert_printed(net.cost(x, y), "3.5")
    assert_printed(net_of("table-of-a-6", cost="sum_of_squares")[0].cost(x, y), "2.33")


def test_the_bad_net_on_an_8():
    net, x, y = net_of("bad-net-on-an-8")
    assert_printed(
        net.predict(x), *".07 .17 .60 .45 .92 .19 .57 .85 .85 .01".replace(".", "0.").split()
    )
    assert y[0].argmax() == 8
    assert_printed(net.cost(x, y), "2.5488")


def test_the_slope_along_w1():
    net, x, y = net_of("slope-221")
    propagation = net.propagation(x, y)
    assert_printed(propagation.a[0][0, 0], "0.0474258732")
    assert_printed(propagation.a[1][0, 0], "0.523695174")
    assert_printed(net.gradient(x, y)[0], "0.0214695353")
    chain = explain_chain(net, x[0], y[0], 0)
    assert chain.parameter.symbol.text == "w₁"
    assert_printed(chain.slope.value, "0.0214695353")
    a = propagation.a[1][0, 0], propagation.a[0][0, 0]
    assert_printed(2 * (a[0] - 1), "-0.952609652")
    assert_printed(a[0] * (1 - a[0]), "0.249438539")
    assert_printed(a[1] * (1 - a[1]) * -2, "-0.090353319")


def test_backpropagation_forwards_and_backwards():
    net, x, y = net_of("backprop-222")
    propagation = net.propagation(x, y)
    assert_printed(propagation.a[0], "0.593269992", "0.596884378")
    assert_printed(propagation.a[1], "0.751365070", "0.772928465")
    assert_printed(net.cost(x, y), "0.298371109")
    gradient = named(net.recipe, net.gradient(x, y))
    assert_printed(gradient["w₅"], "0.082167041")
    assert_printed(gradient["w₁"], "0.000438568")


def named(recipe, theta):
    """Parameters by the book's own names, where each has one of its own."""
    return {parameter_name(recipe, index): value for index, value in enumerate(theta.tolist())}


AFTER = {
    "w₁": "0.149780716", "w₂": "0.199561432", "w₃": "0.249751144", "w₄": "0.299502287",
    "w₅": "0.358916480", "w₆": "0.408666186", "w₇": "0.511301270", "w₈": "0.561370121",
}  # fmt: skip


@pytest.mark.parametrize(("trained", "cost"), [(None, "0.291027774"), ("all", "0.280471447")])
def test_backpropagation_after_one_step(trained, cost):
    trainer = trainer_of("backprop-222", **({"trained": trained} if trained else {}))
    before = named(trainer.recipe, trainer.network.theta)
    trainer.step()
    after = named(trainer.recipe, trainer.network.theta)
    for name, digits in AFTER.items():
        assert_printed(after[name], digits)
    assert (after["b₁"] == before["b₁"]) is (trained is None)
    assert_printed(trainer.evaluate().train_cost, cost)


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("slow-neuron-06-09", {0: "0.817574", 300: "0.093956"}),
        ("slow-neuron-2-2", {0: "0.982014", 150: "0.933417", 300: "0.202848"}),
        ("slow-neuron-cross-entropy", {0: "0.982014", 300: "0.779587"}),
    ],
)
def test_a_slow_neuron(id, expected):
    example = load_example(id)
    timeline = Timeline(example.recipe, example.dataset, example.theta)
    while timeline.reached < 300:
        timeline.train(lambda: True, [])
    for epoch, digits in expected.items():  # replayed from a keyframe before it
        timeline.goto(epoch)
        assert_printed(timeline.network.predict(example.dataset.x_train), digits)


def test_a_bowl_over_two_weights():
    net, x, y = net_of("paraboloid")
    net = Network(net.recipe, net.theta.copy())
    for w in ((0.5, -2.0), (3.0, 0.25)):
        net.theta[:2] = w
        assert net.cost(x, y) == w[0] ** 2 + w[1] ** 2
        assert net.gradient(x, y)[:2].tolist() == [2 * w[0], 2 * w[1]]


@pytest.mark.parametrize(
    ("eta", "path"),
    [(1, [1, -1, 1, -1]), (1.1, [1, -1.2, 1.44, -1.728]), (0.1, [1, 0.8, 0.64, 0.512])],
    ids=["oscillates", "diverges", "descends"],
)
def test_w_squared(eta, path):
    trainer = trainer_of("w-squared", learning_rate=float(eta))
    for w in path:
        assert trainer.network.theta[0] == pytest.approx(w, abs=1e-12)
        assert trainer.evaluate().train_cost == pytest.approx(w * w, abs=1e-12)
        trainer.step()
    assert trainer.network.theta[1] == 0


@pytest.mark.parametrize(
    ("optimiser", "path"),
    [
        ("sgd", ["0.95", "0.925", "0.935"]),
        ("momentum", ["0.95", "0.88", "0.827"]),
        ("nesterov", ["0.905", "0.817", "0.7793"]),
        ("adagrad", ["0.900000002", "0.8552786433", "0.8728876611"]),
        ("rmsprop", ["0.683772254", "0.5363303065", "0.5973297309"]),
        ("adam", ["0.900000002", "0.8067820405", "0.7471109387"]),
    ],
)
def test_the_table_of_optimisers(optimiser, path):
    trainer = trainer_of("optimiser-oracle", optimiser=optimiser)
    for gradient, digits in zip((0.5, 0.25, -0.1), path, strict=True):
        trainer.step()
        assert trainer.gradient[0] == pytest.approx(gradient, abs=1e-15)
        assert_printed(trainer.network.theta[0], digits)
    assert trainer.network.theta[1] == 0
