"""A judgement: by which examples a net is judged, and of whom nothing is said."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.digits_cache import load_digits
from nnviz.engine import Recipe, Trainer
from nnviz.engine.measure.judgement import judgement
from nnviz.engine.network import mark_of

RECIPE = Recipe(layers=(784, 30, 10), validation_size=200)


@pytest.fixture(scope="module")
def digits(user_folders):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(user_folders / "cache"))
        return load_digits(train=1200, test=200)


@pytest.fixture(scope="module")
def trainer(digits):
    made = Trainer(RECIPE, digits)
    made.run_epoch()
    return made


def test_it_is_of_a_moment_and_by_examples_held_back(digits, trainer):
    found = judgement(trainer.network, digits, run=3, step=100)
    mark = mark_of(trainer.recipe, trainer.network.theta)
    assert (found.run, found.step, found.mark) == (3, 100, mark)
    assert (found.examples, found.unseen) == (200, True)
    trust = found.trust.of(digits.x_test, trainer.network.predict(digits.x_test))
    assert ((trust == 0) == ~found.trust.familiar.knows(digits.x_test)).all()
    right = trainer.network.predict(digits.x_test).argmax(axis=1) == digits.y_test.argmax(axis=1)
    assert found.rejecting.accuracies[0] == right.mean()
    assert found.rejecting.answered[1] == (trust >= 0.01).sum()
    before, after = found.error
    assert after < before


def test_without_any_held_back_it_says_so(digits, trainer):
    recipe = replace(RECIPE, validation_size=0)
    found = judgement(Trainer(recipe, digits).network, digits)
    assert (found.examples, found.unseen) == (1200, False)


def test_the_test_set_decides_nothing(digits, trainer):
    found = judgement(trainer.network, digits)
    other = replace(digits, x_test=1 - digits.x_test, y_test=np.roll(digits.y_test, 1, axis=0))
    again = judgement(trainer.network, other)
    assert again.trust.temperature == found.trust.temperature
    assert again.trust.familiar.limit == found.trust.familiar.limit


def test_nothing_is_said_of_what_are_no_digits():
    xor = load_dataset("xor")
    found = judgement(Trainer(Recipe(layers=(2, 2, 1)), xor).network, xor, run=2)
    assert (found.run, found.trust, found.examples) == (2, None, 0)
