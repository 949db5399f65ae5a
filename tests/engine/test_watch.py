"""The watch: every finding on a net that has that illness, and none on a healthy one."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.engine import Network, Recipe, Trainer
from nnviz.engine.watch import watch
from nnviz.numbers import integer

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
    assert "100%" in finding.sentence


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
    assert f"{integer(round(last / first))}-fold" in finding.sentence


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


def test_findings_are_sentences():
    for finding in examine(HEALTHY, eta=100.0):
        assert not finding.sentence.endswith(".")
        assert "\n" not in finding.sentence
        assert finding.remedy
