"""The watch: every finding on a net that has that illness, and none on a healthy one."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.engine import Network, Recipe, Timeline, Trainer
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.recipe import RecipeError
from nnviz.engine.remedies import Where
from nnviz.engine.trainer import DivergedError
from nnviz.engine.watch import watch
from nnviz.numbers import write

from .test_trainer import random_dataset


def kinds(findings, *, grave=True):
    return {finding.kind for finding in findings if finding.grave or not grave}


def examine(recipe, prepare=lambda _network: None, eta=None):
    data = random_dataset(count=100)
    network = Network(recipe)
    prepare(network)
    return watch(network, data.x_train, data.y_train, eta or recipe.learning_rate)


HEALTHY = Recipe(layers=(6, 8, 3), initialiser="xavier", learning_rate=0.1, cost="cross_entropy")


def test_a_healthy_net_has_no_findings():
    assert examine(HEALTHY) == ()


def test_dead_relus_are_counted():
    def silence(network):
        network.biases[0][:5] = -100

    recipe = replace(HEALTHY, activation="relu")
    (finding,) = examine(recipe, silence)
    assert (finding.kind, finding.layer, finding.value) == ("dead", 1, 5 / 8)
    assert "5 of the 8 ReLUs in layer 1" in finding.sentence
    assert finding.remedy


def test_saturated_neurons_are_reported():
    def saturate(network):
        network.biases[0][...] = 20

    findings = examine(HEALTHY, saturate)
    finding = next(f for f in findings if f.kind == "saturated")
    assert finding.value == 1
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
    delta = Network(recipe).passage(data.x_train, data.y_train).delta
    first, last = (np.sqrt((d.astype(float) ** 2).mean()) for d in (delta[0], delta[-1]))
    assert finding.value == pytest.approx(first / last)
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


def test_eta_100_is_explained_within_the_first_epoch():
    trainer = Trainer(Recipe(learning_rate=100.0, train_size=2000), load_dataset("digits"))
    trainer.run_epoch()
    assert "stuck" in kinds(trainer.findings())
    assert trainer.evaluate().test_accuracy < 0.2
    healthy = Trainer(Recipe(train_size=2000), load_dataset("digits"))
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


def test_every_kind_has_an_illness_here():
    source = Path(watch.__code__.co_filename).read_text(encoding="utf-8")
    named = set(re.findall(r'self\._finding\(\s*"(\w+)"', source))
    assert named == set(ILL)


def test_no_error_at_all_is_said_so_and_not_counted():
    def silence(network):
        network.biases[0][...] = -100
        network.biases[1][...] = -100

    recipe = replace(HEALTHY, layers=(6, 8, 8, 3), activation="relu")
    finding = next(f for f in examine(recipe, silence) if f.kind == "vanishing")
    assert finding.value == 0
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
        return "giant_steps" in kinds(watch(network, data.x_train, data.y_train, eta, before))

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
