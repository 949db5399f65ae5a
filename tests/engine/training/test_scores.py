"""Scores: accuracy of classes; error in the unit of the file and R² of numbers."""

from dataclasses import replace
from functools import partial
from math import isnan

import numpy as np
import pytest

from nnviz.data import catalogue, load_dataset
from nnviz.data.dataset import Dataset
from nnviz.data.description import Column
from nnviz.data.digits_cache import load_digits
from nnviz.engine import Recipe, Trainer
from nnviz.engine.measure.measured import measured, score_text, short_text
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.scores import Score

RECIPE = Recipe(dataset="made", layers=(3, 4, 1), output_activation="linear", seed=3)


HEIGHT = (Column("height", "cm", 150.0, 12.5),)


def numbers(outputs=1, targets=HEIGHT, *, equal=False):
    draw = np.random.default_rng(2)
    x = draw.random((60, 3), dtype=np.float32)
    y = (x @ draw.random((3, outputs)) - 0.5).astype(np.float32)
    if equal:
        y[:] = 0.5
    return Dataset("made", x[:45], y[:45], x[45:], y[45:], targets=targets)


def by_hand(trainer, x, y, scale):
    off = scale * (trainer.network.predict(x).astype(float) - y)
    spread = scale * (y.astype(float) - y.astype(float).mean())
    return float(np.sqrt((off**2).mean())), float(1 - (off**2).sum() / (spread**2).sum())


def test_numbers_are_scored_by_their_error_in_the_unit_of_the_file():
    data = numbers()
    trainer = Trainer(replace(RECIPE, validation_size=10), data)
    found = trainer.evaluate()
    assert all(isnan(share) for share in (found.train_accuracy, found.test_accuracy))
    assert isnan(found.validation_accuracy)
    held = trainer._data.examples
    sets = {
        "train": (trainer.x_train, trainer.y_train),
        "test": (data.x_test, data.y_test),
        "validation": (held.x_validation, held.y_validation),
    }
    for name, (x, y) in sets.items():
        rmse, r2 = by_hand(trainer, x, y, 12.5)
        assert getattr(found, f"{name}_rmse") == pytest.approx(rmse, rel=1e-6)
        assert getattr(found, f"{name}_r2") == pytest.approx(r2, rel=1e-6)


def test_where_all_targets_are_equal_there_is_no_r2():
    found = Trainer(RECIPE, numbers(equal=True)).evaluate()
    assert isnan(found.test_r2)
    assert found.test_rmse > 0


def test_targets_of_several_units_have_no_error_in_common():
    recipe = replace(RECIPE, layers=(3, 4, 2))
    targets = Column("height", "cm", 0.0, 2.0), Column("length", "cm", 0.0, 3.0)
    data = numbers(2, targets)
    trainer = Trainer(recipe, data)
    off = (trainer.network.predict(data.x_test).astype(float) - data.y_test) * (2.0, 3.0)
    assert trainer.evaluate().test_rmse == pytest.approx(float(np.sqrt((off**2).mean())), rel=1e-6)
    mixed = replace(data, targets=(targets[0], Column("weight", "kg", 0.0, 3.0)))
    found = Trainer(recipe, mixed).evaluate()
    assert isnan(found.test_rmse)
    assert found.test_r2 == pytest.approx(trainer.evaluate().test_r2)


def test_what_has_classes(monkeypatch):
    monkeypatch.setattr(catalogue, "load_digits", partial(load_digits, train=60, test=20))
    assert [load_dataset(name).classes for name in ("digits", "xor", "park")] == [10, 2, 2]
    data = numbers()
    assert data.classes == 0
    two = replace(data, y_train=np.round(data.x_train[:, :1]), y_test=np.round(data.x_test[:, :1]))
    assert two.classes == 2
    assert replace(two, y_train=data.y_train).classes == 0
    assert numbers(2, ()).classes == 0


def test_an_interrupted_measurement_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr("nnviz.engine.training.measurement.rows_at_once", lambda _recipe: 10)
    trainer = Trainer(RECIPE, numbers())
    measurement, asked = trainer.measurement(), []
    for _ in range(20):
        calls = iter((False, True))
        found = measurement.go_on(lambda calls=calls: asked.append(1) or next(calls))
        if found is not None:
            break
    assert found == trainer.evaluate()
    assert len(asked) == 2 * 7 - 1, "some part was measured twice"


def test_an_older_file_of_numbers_loses_its_share_on_one_side_of_a_half():
    data, old = numbers(), Evaluation(0, 0.0, 0.1, 0.2, 0.9, 0.8, 0.3, 0.7)
    new = old.fitting(data)
    assert isnan(new.train_accuracy)
    assert isnan(new.test_accuracy)
    assert isnan(new.validation_accuracy)
    assert new.test_cost == 0.2
    assert old.fitting(load_dataset("xor")) is old


def test_a_measure_says_when_it_was_true():
    first, second = (Evaluation(step, 0.0, 0.1, 0.2, 0.9, 0.8) for step in (0, 40))
    assert measured((), 3) is None
    assert measured((first, second), 40).as_of == ""
    assert measured((first, second), 1234).as_of == "as of step 40"
    assert measured((first, second), 40, changed=True).as_of == "before the change"
    assert measured((first,), 7).aside == " (as of step 0)"


def test_scores_in_words():
    assert score_text(Score(0.1, accuracy=0.9457)) == "accuracy 94.6\u202f%"
    assert short_text(Score(0.1, accuracy=0.9457)) == "94.6\u202f%"
    number = Score(0.1, rmse=1.2346, r2=0.8712)
    assert score_text(number) == "RMSE 1.235 · R² 0.871"
    assert score_text(number, (Column("height", "cm"),)) == "RMSE 1.235\u00a0cm · R² 0.871"
    assert short_text(number, (Column("height", "cm"),)) == "RMSE 1.235\u00a0cm"
    assert score_text(Score(0.1, rmse=1.0)) == "RMSE 1"
    assert score_text(Score(0.1)) == short_text(Score(0.1)) == ""


def test_scores_that_are_not_known_are_the_same_on_every_python():
    known, unknown = float("nan"), float("nan")
    assert known is not unknown
    assert Score(0.5, 1.0, known) == Score(0.5, 1.0, unknown)
    assert hash(Score(0.5, 1.0, known)) == hash(Score(0.5, 1.0, unknown))
    assert Score(0.5, 1.0) != Score(0.5, 0.5)
    one = Evaluation(3, 0.1, 0.5, 0.6, 0.7, 0.8, known)
    assert one == Evaluation(3, 0.1, 0.5, 0.6, 0.7, 0.8, unknown)
    assert one != Evaluation(3, 0.1, 0.5, 0.6, 0.7, 0.9, unknown)
