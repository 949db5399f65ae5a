"""The report on the test set against a naive loop, and that training never sees that set."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine.measure.report import BINS, NOISE, SURE, report
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.trainer import Trainer


def made(seed=0, examples=120, classes=3, side=4, **others):
    draw = np.random.default_rng(seed)
    x = draw.random((examples, side * side)).astype(np.float32)
    y = one_hot(draw.integers(0, classes, examples), classes)
    names = tuple("abcdefghijklmnopqrstuvwxyz"[:classes])
    return Dataset("made", x[:40], y[:40], x.copy(), y.copy(), names, (side, side), **others)


def network_for(data, seed=0, **others):
    layers = (data.inputs, 5, data.outputs)
    return Network(Recipe(layers=layers, dataset=data.name, seed=seed, **others))


def test_it_says_what_a_naive_loop_says():
    data = made()
    network = network_for(data)
    found = report(network, data, run=2, step=7)
    confusion = np.zeros((3, 3), dtype=int)
    bins = [[] for _ in range(BINS)]
    for x, y in zip(data.x_test, data.y_test, strict=True):
        a = network.predict(x[np.newaxis])[0]
        confusion[np.argmax(y), np.argmax(a)] += 1
        bins[min(int(max(a) * BINS), BINS - 1)].append((max(a), np.argmax(y) == np.argmax(a)))
    assert (found.confusion == confusion).all()
    assert found.accuracy == confusion.trace() / 120
    for label in range(3):
        assert found.class_accuracy[label] == confusion[label, label] / confusion[label].sum()
    error = 0.0
    for place, members in enumerate(bins):
        assert found.calibration.count[place] == len(members)
        if members:
            sure, right = np.mean(members, axis=0)
            assert found.calibration.confidence[place] == pytest.approx(sure)
            assert found.calibration.accuracy[place] == pytest.approx(right)
            error += abs(sure - right) * len(members) / 120
        else:
            assert np.isnan(found.calibration.accuracy[place])
    assert found.calibration.error == pytest.approx(error)
    assert (found.run, found.step, found.classes) == (2, 7, 3)


def test_it_agrees_with_the_evaluation():
    data = made(examples=2300)  # more than are propagated at a time
    trainer = Trainer(Recipe(layers=(16, 5, 3), dataset="made"), data)
    for _ in range(50):
        trainer.step()
    found = report(trainer.network, data)
    assert found.accuracy == pytest.approx(trainer.evaluate().test_accuracy)
    assert (found.confusion.sum(axis=1) == np.bincount(data.test_labels)).all()


@given(
    seed=st.integers(0, 1000),
    examples=st.integers(1, 60),
    classes=st.integers(2, 26),
    output=st.sampled_from(["sigmoid", "softmax", "linear", "tanh"]),
)
def test_counts_add_up(seed, examples, classes, output):
    data = made(seed, examples, classes)
    cost = "categorical_cross_entropy" if output == "softmax" else "quadratic"
    found = report(network_for(data, seed, output_activation=output, cost=cost), data)
    assert found.examples == found.calibration.count.sum() == examples
    wanted = np.bincount(data.test_labels, minlength=classes)
    assert (found.confusion.sum(axis=1) == wanted).all()
    assert (np.isnan(found.class_accuracy) == (wanted == 0)).all()
    assert np.nansum(found.class_accuracy * wanted) == pytest.approx(found.right)
    count, share = found.calibration.count, found.calibration.accuracy
    assert np.nansum(count * share) == pytest.approx(found.right)
    assert 0 <= found.calibration.error <= 1
    assert found.shares.sum() == pytest.approx((wanted > 0).sum())
    noise = found.noise
    assert 0 <= noise.uniform <= 1
    assert 0 <= noise.shuffled <= 1


def test_noise_is_the_same_each_time_and_the_surest_is_shown():
    data = made()
    network = network_for(data)
    one, two = report(network, data).noise, report(network, data).noise
    assert (one.x == two.x).all()
    assert one.confidence == pytest.approx(network.predict(one.x[np.newaxis]).max())
    assert one.read == int(one.outputs.argmax())
    assert one.count == NOISE
    network.biases[-1][...] = [9, -9, -9]
    network.weights[-1][...] = 0
    sure = report(network, data).noise
    assert (sure.uniform, sure.shuffled, sure.read) == (1.0, 1.0, 0)
    assert sure.confidence > SURE
    network.biases[-1][...] = 0
    unsure = report(network, data).noise
    assert (unsure.uniform, unsure.shuffled) == (0.0, 0.0)


def test_a_single_output_tells_two_classes_apart():
    data = load_dataset("xor")
    network = Network(Recipe(dataset="xor", layers=(2, 3, 1)))
    found = report(network, data)
    a = network.predict(data.x_test)[:, 0]
    assert found.classes == 2
    assert found.right == ((a >= 0.5) == (data.y_test[:, 0] == 1)).sum()
    assert np.nansum(found.calibration.confidence * found.calibration.count) == pytest.approx(
        np.maximum(a, 1 - a).sum()
    )
    assert found.noise is None


def test_values_have_no_classes():
    data = made()
    values = replace(data, y_train=data.y_train[:, :1] / 3, y_test=data.y_test[:, :1] / 3)
    found = report(network_for(values), values)
    assert (found.classes, found.examples) == (0, 0)
    assert np.isnan(found.accuracy)
    nameless = replace(data, class_names=())
    assert report(network_for(nameless), nameless).classes == 0


def test_outputs_that_are_no_numbers_are_no_error():
    data = made()
    network = network_for(data)
    network.theta[...] = np.nan
    found = report(network, data)
    assert found.examples == 120
    assert found.calibration.count[0] == 120
    assert found.noise.uniform == 0


def test_ten_thousand_pictures_take_one_forward_pass(monkeypatch):
    data = made(examples=2000)
    network, rows = network_for(data), []
    predict = Network.predict
    monkeypatch.setattr(Network, "predict", lambda self, x: rows.append(len(x)) or predict(self, x))
    report(network, data)
    assert rows == [2000, 2 * NOISE]


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"optimiser": "adam", "learning_rate": 0.01},
        {"validation_size": 10, "patience": 1},
        {"dropout": 0.2},
    ],
)
def test_training_never_learns_from_the_test_set(others):
    data = made()
    poison = np.full_like(data.x_test, np.nan), np.full_like(data.y_test, np.nan)
    poisoned = replace(data, x_test=poison[0], y_test=poison[1])
    recipe = Recipe(layers=(16, 5, 3), dataset="made", batch_size=7, **others)
    clean, blind = Trainer(recipe, data), Trainer(recipe, poisoned)
    for _ in range(25):
        assert clean.step() == blind.step()
        if clean.steps % 10 == 0:  # looking at the test set on the way changes nothing either
            clean.evaluate()
            report(clean.network, data)
    assert clean.network.theta.tobytes() == blind.network.theta.tobytes()
    assert np.isfinite(blind.network.theta).all()


def test_validation_comes_from_the_training_part_only():
    data = made()
    poisoned = replace(data, x_test=np.full_like(data.x_test, np.nan))
    recipe = Recipe(layers=(16, 5, 3), dataset="made", validation_size=10)
    found, blind = (Trainer(recipe, given).evaluate() for given in (data, poisoned))
    assert found.validation_cost == blind.validation_cost
    assert np.isfinite(found.validation_cost)
    assert found.train_cost == blind.train_cost
