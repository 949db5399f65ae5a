"""The perceptron rule: its steps, its mistakes, faultless epochs, and what is said of XOR."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Timeline, Trainer
from nnviz.engine.training.state import FAULTLESS
from tests.snapshots import make_dataset

RULE = Recipe(
    layers=(2, 1),
    output_activation="step",
    cost="perceptron",
    initialiser="zeros",
    learning_rate=1.0,
    batch_size=1,
)


def trainer(name, **changes):
    return Trainer(replace(RULE, dataset=name, **changes), load_dataset(name))


def faultless(one):
    return [event.step for event in one.edits if event.name == FAULTLESS]


def test_every_step_is_the_rule():
    one = trainer("xor", learning_rate=0.5)
    for _ in range(40):
        before = one.network.theta.copy()
        one.step()
        x, y = one.x_train[one.batch][0], one.y_train[one.batch][0, 0]
        answer = float(before[:2] @ x + before[2] >= 0)
        rule = before + 0.5 * (y - answer) * np.append(x, 1)
        assert (one.network.theta == rule).all()


@pytest.mark.parametrize("gate", ["and", "or", "nand"])
def test_a_gate_has_a_faultless_epoch_within_twelve_from_every_seed(gate):
    data = load_dataset(gate)
    for seed in range(200):
        one = Trainer(replace(RULE, dataset=gate, seed=seed), data)
        while not faultless(one) and one.epoch < 12:
            before = one.network.theta.copy()
            one.run_epoch()
        assert faultless(one) == [one.steps]
        assert (one.network.theta == before).all()
        assert one.edits[-1].reason.endswith("so no step changed anything.")
        assert one.evaluate().train_mistakes == 0
        assert one.findings() == ()


@pytest.mark.parametrize("seed", range(10))
def test_on_xor_there_is_none_in_fifty_and_it_is_said_why(seed):
    one = trainer("xor", seed=seed)
    assert one.findings() == ()
    for epoch in range(1, 51):
        one.run_epoch()
        (finding,) = one.findings()
        assert (finding.kind, finding.grave) == ("mistakes", True)
        assert "cannot be separated by a line" in finding.sentence
        assert f"{epoch} epoch" in finding.sentence
    assert not one.edits


def test_what_helps_on_xor_does_help():
    one = trainer("xor")
    one.run_epoch()
    (finding,) = one.findings()
    data, solved = load_dataset("xor"), 0
    for seed in range(10):
        healed = Trainer(replace(finding.action.applied(one.recipe), seed=seed), data)
        for _ in range(300):
            healed.run_epoch()
        solved += healed.evaluate().train_accuracy == 1
    assert solved >= 9


def test_at_zero_weights_the_cost_is_nothing_and_the_mistakes_are_told():
    measured = trainer("xor").evaluate()
    assert (measured.train_cost, measured.train_mistakes, measured.test_mistakes) == (0, 2, 2)
    assert np.isnan(measured.validation_mistakes)
    other = Trainer(Recipe(dataset="xor", layers=(2, 1)), load_dataset("xor")).evaluate()
    assert np.isnan(other.train_mistakes)


def test_minibatches_of_several_count_each_mistake():
    one = trainer("xor", batch_size=4)
    one.step()  # all zeros: every row fires, two should not
    assert one.state().mistakes.last == 2


def test_where_weights_decay_a_faultless_epoch_changes_them_and_does_not_say_otherwise():
    one = trainer("or", l2=1e-3)
    while not faultless(one):
        one.run_epoch()
    assert one.edits[-1].reason.endswith("not a single mistake.")


def test_a_faultless_epoch_after_more_mistakes_is_told_again():
    one = trainer("or")
    while not faultless(one):
        one.run_epoch()
    first = faultless(one)
    one.run_epoch()
    assert faultless(one) == first  # told once
    one.network.theta[...] = -5
    one.run_epoch()
    assert faultless(one) == first
    assert one.findings() == ()
    while faultless(one) == first:
        one.run_epoch()
    assert len(faultless(one)) == 2


def test_going_back_within_an_epoch_forgets_its_mistakes_as_it_does_its_steps():
    line = Timeline(replace(RULE, dataset="and"), load_dataset("and"))
    for _ in range(60):
        line.step()
    events, state = line.trainer.edits, line.trainer.state()
    for step in (1, 6, 7, 11, 30):
        assert line.goto(step)
        line.trainer.preview()
        assert line.goto(60)
        assert line.trainer.edits == events
        assert line.trainer.state().mistakes == state.mistakes


def test_of_examples_that_nobody_can_judge_only_the_count_is_told():
    data = make_dataset(30, 1)
    one = Trainer(replace(RULE, layers=(30, 1), dataset="tiny", learning_rate=1e-3), data)
    one.epoch_end.lr_state.last_mistakes = 3
    (finding,) = one.findings()
    assert not finding.grave
    assert "maybe" in finding.sentence
    assert "cannot be separated" not in finding.sentence
