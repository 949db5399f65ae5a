"""The watch: every finding on a net that has that illness, and none on a healthy one."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.digits_cache import load_digits
from nnviz.engine import Network, Recipe, Timeline, Trainer
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.network import views
from nnviz.engine.recipe import RecipeError
from nnviz.engine.training.divergence import DivergedError
from nnviz.engine.training.findings import times
from nnviz.engine.training.health import find_problems
from nnviz.engine.training.remedies import Where
from nnviz.numbers import write
from tests.engine.training.test_trainer import random_dataset


def kinds(findings, *, grave=True):
    return {finding.kind for finding in findings if finding.grave or not grave}


def examine(recipe, prepare=lambda _network: None, eta=None):
    data = random_dataset(count=100)
    network = Network(recipe)
    prepare(network)
    return find_problems(network, data.x_train, data.y_train, eta or recipe.learning_rate)


HEALTHY = Recipe(layers=(6, 8, 3), initialiser="xavier", learning_rate=0.1, cost="cross_entropy")


def test_a_healthy_net_has_no_findings():
    assert examine(HEALTHY) == ()


def test_dead_relus_are_counted():
    def silence(network):
        network.biases[0][:5] = -100

    recipe = replace(HEALTHY, activation="relu")
    (finding,) = examine(recipe, silence)
    assert finding.kind == "dead"
    assert "5 of the 8 ReLUs in layer 1" in finding.sentence
    assert finding.remedy


def test_saturated_neurons_are_reported():
    def saturate(network):
        network.biases[0][...] = 20

    findings = examine(HEALTHY, saturate)
    finding = next(f for f in findings if f.kind == "saturated")
    assert "100\u202f% of the sigmoid" in finding.sentence


def test_outputs_that_are_stuck_are_reported_and_steps_are_not():
    def stick(network):
        network.biases[-1][...] = -30

    findings = examine(replace(HEALTHY, cost="quadratic"), stick)
    assert kinds(findings) == {"stuck"}


def test_a_vanishing_gradient_is_reported_with_its_factor():
    recipe = Recipe(layers=(6, *[8] * 9, 3), initialiser="xavier", learning_rate=0.1)
    finding = next(f for f in examine(recipe) if f.kind == "vanishing")
    data = random_dataset(count=100)
    delta = Network(recipe).propagation(data.x_train, data.y_train).delta
    first, last = (np.sqrt((d.astype(float) ** 2).mean()) for d in (delta[0], delta[-1]))
    assert f"shrinks {write(float(f'{last / first:.3g}'))}-fold" in finding.sentence


def test_an_exploding_gradient_is_reported():
    recipe = Recipe(
        layers=(6, *[30] * 6, 3), activation="linear", output_activation="linear",
        learning_rate=1e-9, initialiser="normal",
    )  # fmt: skip
    assert "exploding" in kinds(examine(recipe))


def test_steps_too_large_and_too_small_are_reported():
    assert "giant_steps" in kinds(examine(HEALTHY, eta=100.0))
    assert kinds(examine(HEALTHY, eta=1e-7)) == {"tiny_steps"}


def test_adaptive_optimisers_are_not_judged_by_eta():
    assert kinds(examine(replace(HEALTHY, optimiser="adam"), eta=100.0)) == set()


@pytest.fixture(scope="module")
def digits():
    return load_digits(train=2000, test=1000)


def test_eta_100_is_explained_within_the_first_epoch(digits):
    trainer = Trainer(Recipe(learning_rate=100.0), digits)
    trainer.run_epoch()
    assert "stuck" in kinds(trainer.findings())
    assert trainer.evaluate().test_accuracy < 0.2
    healthy = Trainer(Recipe(), digits)
    for _ in range(5):
        healthy.run_epoch()
    assert not kinds(healthy.findings())


def sick(**recipe):
    """Ill recipes, each with what brings the illness out in a few minibatches."""
    return replace(Recipe(layers=(6, 8, 3), learning_rate=0.1), **recipe)


NUMBERS = replace(
    random_dataset(count=100, classes=1),
    y_train=np.linspace(-2, 5, 100, dtype=np.float32)[:, None],
    class_names=(),
)
ILL = {
    "mismatched": sick(cost="categorical_cross_entropy"),
    "unreachable": sick(layers=(6, 8, 1)),
    "alike": sick(initialiser="zeros"),
    "penalised": sick(l2=100.0, l1=20.0, initialiser="xavier"),
    "dead": sick(activation="relu", learning_rate=30.0, output_activation="linear"),
    "saturated": sick(initialiser="normal", activation="tanh", layers=(6, 60, 60, 60, 3)),
    "stuck": sick(learning_rate=1000.0),
    "vanishing": sick(layers=(6, *[8] * 9, 3), initialiser="xavier"),
    "exploding": sick(
        layers=(6, *[30] * 6, 3),
        activation="linear",
        initialiser="normal",
        output_activation="linear",
        learning_rate=1e-22,
    ),
    "giant_steps": sick(output_activation="linear", activation="tanh", learning_rate=8.0),
    "tiny_steps": sick(learning_rate=1e-6),
    "mistakes": sick(layers=(6, 3), output_activation="step", cost="perceptron"),
}
"""A recipe for every kind of finding."""


def data_for(recipe):
    return NUMBERS if recipe.layers[-1] == 1 else random_dataset(count=100)


def finding_of(trainer, kind):
    return next((f for f in trainer.findings() if f.kind == kind), None)


def train(timeline, steps):
    with suppress(DivergedError):
        for _ in range(steps):
            timeline.step()


@pytest.mark.parametrize("kind", ILL)
def test_the_remedy_of_every_finding_makes_it_go_away(kind):
    timeline = Timeline(ILL[kind], data_for(ILL[kind]))
    train(timeline, 20)
    finding = finding_of(timeline.trainer, kind)
    assert finding is not None
    for _clicks in range(4):  # "halve η" may be wanted more than once
        recipe, remedy = timeline.trainer.recipe, finding.action
        if remedy.anew:
            timeline = Timeline(remedy.applied(recipe), data_for(recipe))
        else:
            timeline.goto(0 if remedy.where is not Where.HERE else timeline.trainer.steps)
            for name, value in remedy.changes:
                timeline.edit(name, value)
        train(timeline, 20)
        finding = finding_of(timeline.trainer, kind)
        if finding is None:
            break
    assert finding is None


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_a_penalty_that_holds_weights_at_nothing_is_to_blame_and_not_eta(penalty):
    recipe = replace(HEALTHY, cost="quadratic", learning_rate=1.0, **{penalty: 50.0})
    timeline = Timeline(recipe, random_dataset(count=100))
    train(timeline, 200)
    found = timeline.trainer.findings()
    assert found[0].kind == "penalised"
    assert f"{penalty.upper()} with λ = 50 pulls" in found[0].sentence
    assert "giant_steps" not in {finding.kind for finding in found}
    assert found[0].remedy == f"go back to the start and lower {penalty.upper()} λ to 0.01"
    network, lightly = timeline.network, replace(recipe, **{penalty: 0.01})
    x, y = timeline.trainer.x_train, timeline.trainer.y_train
    plain = views(recipe, network.gradient(x, y))[0]
    pull = [0.5 * w if penalty == "l2" else 0.5 * np.sign(w) for w in network.weights]
    size = lambda parts: np.sqrt(sum(float((part.astype(float) ** 2).sum()) for part in parts))  # noqa: E731
    often = times(size(pull) / size(plain)).removesuffix("-fold")
    assert f"pulls the weights to 0 {often} times as strongly" in found[0].sentence
    assert "penalised" not in kinds(
        Trainer(lightly, timeline.trainer.dataset).findings(), grave=False
    )


def test_neurons_that_differ_by_rounding_alone_are_alike_still():
    def alike(network):
        network.theta[...] = 0.3
        network.weights[0][0, 0] += 1e-6

    found = examine(replace(HEALTHY, learning_rate=1e-3), alike)
    (finding,) = (f for f in found if "layer" in f.sentence)
    assert finding.kind == "alike"
    assert "the same but rounding" in finding.sentence


def test_parameters_that_are_all_zero_say_nothing_about_the_length_of_a_step():
    recipe = replace(HEALTHY, layers=(6, 3), initialiser="zeros")
    assert "tiny_steps" not in kinds(examine(recipe), grave=False)


@pytest.mark.parametrize("optimiser", ["rmsprop", "adam", "adamw"])
def test_steps_of_adaptive_optimisers_may_be_too_small_as_well(optimiser):
    recipe = replace(HEALTHY, optimiser=optimiser)
    (finding,) = examine(recipe, eta=1e-8)
    assert finding.kind == "tiny_steps"
    size = float(np.linalg.norm(Network(recipe).theta))
    share = 1e-8 * float(np.sqrt(recipe.parameters)) / size
    assert f"by only {write(share, 1)} of their size" in finding.sentence
    assert examine(recipe, eta=0.003) == ()


def test_targets_that_are_all_equal_and_met_are_nothing_to_complain_about():
    data = replace(NUMBERS, y_train=np.full((100, 1), 0.5, np.float32))
    trainer = Trainer(sick(layers=(6, 8, 1), learning_rate=1.0), data)
    for _ in range(500):
        trainer.step()
    assert trainer.evaluate().train_cost < 1e-3
    assert trainer.findings() == ()


@pytest.mark.parametrize("spread", [0.0, 0.01])
@pytest.mark.parametrize("steps", [20, 60, 200])
def test_outputs_that_have_all_but_arrived_are_not_called_stuck(spread, steps):
    targets = 0.5 + np.random.default_rng(0).uniform(-spread, spread, (100, 1))
    data = replace(NUMBERS, y_train=targets.astype(np.float32))
    timeline = Timeline(sick(layers=(6, 8, 1), learning_rate=1.0), data)
    train(timeline, steps)
    assert "stuck" not in kinds(timeline.trainer.findings(), grave=False)


def test_only_what_trains_is_looked_at_for_the_length_of_a_step():
    recipe = replace(HEALTHY, trained="0,1")
    assert "giant_steps" in kinds(examine(replace(recipe, trained="all"), eta=100.0))
    (finding,) = (f for f in examine(recipe, eta=1e4) if f.kind == "giant_steps")
    assert "layer 2" not in finding.sentence, "its weights rest"


@pytest.mark.parametrize("wrong", [False, True])
def test_dead_and_saturated_neurons_are_grave_only_where_answers_are_wrong(wrong):
    recipe = Recipe(layers=(1, 4, 1), activation="relu", output_activation="linear",
                    learning_rate=1e-3)  # fmt: skip
    network = Network(recipe)
    network.theta[...] = 0
    network.weights[0][0, 0] = network.weights[1][0, 0] = 1.0
    network.biases[0][1:] = -1
    x = np.linspace(0, 1, 50, dtype=np.float32)[:, None]
    y = (x > 2).astype(np.float32) if wrong else (x > 0.5).astype(np.float32)
    if wrong:
        network.biases[1][0] = 1.0
    dead = next(f for f in find_problems(network, x, y, 1e-3) if f.kind == "dead")
    assert dead.sentence.startswith("3 of the 4 ReLUs in layer 1")
    assert dead.grave == wrong


def test_a_net_stuck_because_of_its_start_weights_gets_others(digits):
    recipe = Recipe(layers=(784, 30, 10), activation="relu", initialiser="normal", train_size=500)
    timeline = Timeline(recipe, digits)
    train(timeline, 100)
    finding = finding_of(timeline.trainer, "stuck")
    assert finding.remedy == "start again with He start weights and η = 0.1"
    mended = Timeline(finding.action.applied(recipe), digits)
    train(mended, 500)
    assert not kinds(mended.trainer.findings())
    before, after = timeline.trainer.evaluate(), mended.trainer.evaluate()
    assert after.test_accuracy > before.test_accuracy + 0.3


def test_every_kind_has_an_illness_here():
    folder = Path(find_problems.__code__.co_filename).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*_findings.py")]
    named = set(re.findall(r'look\.finding\(\s*"(\w+)"', "".join(sources)))
    assert named == set(ILL)


def test_no_error_at_all_is_said_so_and_not_counted():
    def silence(network):
        network.biases[0][...] = -100
        network.biases[1][...] = -100

    recipe = replace(HEALTHY, layers=(6, 8, 8, 3), activation="relu")
    finding = next(f for f in examine(recipe, silence) if f.kind == "vanishing")
    assert finding.sentence.startswith("no error reaches layers 1 to 2 at all")

    recipe = replace(HEALTHY, activation="relu")
    finding = next(f for f in examine(recipe, silence_first) if f.kind == "vanishing")
    assert finding.sentence.startswith("no error reaches layer 1 at all")


def silence_first(network):
    network.biases[0][...] = -100


@pytest.mark.parametrize("scale", [1e-30, 1e-12, 1e-3, 1.0, 1e4, 1e12, 1e30])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu", "linear"])
@pytest.mark.parametrize("depth", [1, 6])
def test_no_figure_has_more_than_a_few_digits(scale, hidden, depth):
    recipe = Recipe(
        layers=(6, *[8] * depth, 3), activation=hidden, output_activation="linear",
        learning_rate=min(1e6, scale), initialiser="normal",
    )  # fmt: skip

    def stretch(network):
        network.theta *= scale

    for finding in examine(recipe, stretch):
        text = f"{finding.sentence}; {finding.remedy}"
        assert not re.search(r"[\d\u202f,.]{9,}|nan|inf", text), text


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_categorical_cross_entropy_needs_softmax(outputs, output):
    if (outputs, output) == (1, "softmax"):
        return  # no such recipe
    recipe = sick(
        layers=(6, 8, outputs), output_activation=output, cost="categorical_cross_entropy"
    )
    data = random_dataset(classes=outputs, count=100)
    trainer = Trainer(recipe, data)
    finding = finding_of(trainer, "mismatched")
    if output == "softmax":
        assert finding is None
        return
    assert finding.grave  # from step 0 on, since no training cures it
    assert "all outputs rise to 1" in finding.sentence
    healed = finding.action.applied(recipe)
    assert finding_of(Trainer(healed, data), "mismatched") is None
    trainer.run_epoch()
    assert not {"stuck", "tiny_steps"} & kinds(trainer.findings())  # η is not to blame


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("output", [n for n, entry in ACTIVATIONS.items() if entry.trainable])
def test_a_cost_and_outputs_that_go_together_are_not_complained_about(cost, output):
    try:
        recipe = sick(cost=cost, output_activation=output)
    except RecipeError:
        return
    found = kinds(Trainer(recipe, random_dataset(count=100)).findings())
    wrong = cost == "categorical_cross_entropy" and output != "softmax"
    assert ("mismatched" in found) is wrong
    assert "unreachable" not in found


def test_what_oscillates_is_told_for_as_long_as_it_does():
    recipe = Recipe(
        dataset="xor", layers=(2, 3, 1), cost="cross_entropy", batch_size=4, learning_rate=15.0
    )
    trainer, found = Trainer(recipe, load_dataset("xor")), ()
    seen = []
    for _ in range(700):
        cost = trainer.step()
        found = trainer.findings({finding.kind for finding in found})
        seen.append((cost, any(f.kind == "giant_steps" for f in found)))
    oscillates = [told for _, told in seen[90:400]]
    assert all(oscillates)
    assert not seen[-1][1]  # by then it has come to rest at a cost near 0
    assert seen[-1][0] < 0.01


def test_what_was_found_stays_until_it_is_well_below_its_limit():
    data = random_dataset(count=100)
    network = Network(HEALTHY)

    def told(eta, before=()):
        return "giant_steps" in kinds(
            find_problems(network, data.x_train, data.y_train, eta, before)
        )

    low, high = 0.1, 100.0  # the largest η that is not complained about lies between
    for _ in range(40):
        middle = (low * high) ** 0.5
        low, high = (low, middle) if told(middle) else (middle, high)
    assert not told(low)
    assert told(low, {"giant_steps"})
    assert told(low, {"dead", "giant_steps"})
    assert not told(low, {"dead"})
    assert not told(low / 3, {"giant_steps"})


def test_findings_are_sentences():
    for finding in examine(HEALTHY, eta=100.0):
        assert not finding.sentence.endswith(".")
        assert "\n" not in finding.sentence
        assert finding.remedy


def test_of_what_is_only_looked_at_no_step_or_slope_is_told():
    network = Network(replace(HEALTHY, activation="step", output_activation="step"))
    x, y = np.eye(HEALTHY.layers[0]), np.zeros((HEALTHY.layers[0], HEALTHY.layers[-1]))
    assert find_problems(network, x, y, 1e-9) == ()
    beyond = find_problems(network, x, y - 3, 1e-9)
    assert [finding.kind for finding in beyond] == ["unreachable"]
