"""Familiarity: what has no digit's shape is told from digits, and digits are kept."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz import paths
from nnviz.data import load_dataset
from nnviz.data.digits_cache import load_digits
from nnviz.data.scrawls import FORMS, scrawls
from nnviz.engine.measure import own_digits
from nnviz.engine.measure.edges import DIRECTIONS, FEATURES, edges_of
from nnviz.engine.measure.familiar import LEAST, familiarity, learn
from nnviz.runtime.evaluation_thread import EndedError
from tests.not_digits import KINDS, drawings


@pytest.fixture(scope="module")
def digits(user_folders):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(user_folders / "cache"))
        return load_digits(train=8000, test=3000)


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.slow if kind == "letters" else ()) for kind in KINDS],
)
def test_nine_in_ten_of_what_is_no_digit_are_turned_away(digits, kind):
    assert (~familiarity(digits).knows(drawings(kind, 300))).mean() >= 0.9


def test_two_in_a_hundred_digits_are_turned_away_at_most(digits):
    assert (~familiarity(digits).knows(digits.x_test)).mean() <= 0.02


def test_it_is_learnt_once_and_the_same_again(digits):
    found, again = familiarity(digits), learn(digits)
    assert familiarity(digits) is found is not again
    assert again.network.theta.tobytes() == found.network.theta.tobytes()
    assert again.limit == found.limit


def test_it_can_be_given_up_on_the_way_and_nothing_is_kept_of_that(digits):
    other = replace(digits, x_test=digits.x_test.copy())
    calls = []

    def enough():
        calls.append(len(calls))
        if len(calls) > 4:
            raise EndedError

    with pytest.raises(EndedError):
        familiarity(other, enough)
    assert familiarity(other).limit == familiarity(digits).limit


def test_the_test_set_does_not_move_the_line(digits):
    other = replace(digits, x_test=1 - digits.x_test, y_test=digits.y_test.copy())
    assert learn(other).limit == familiarity(digits).limit


def test_other_data_and_a_handful_of_digits_say_nothing(digits):
    assert familiarity(load_dataset("xor")) is None
    assert familiarity(replace(digits, class_names=tuple("KLMNOPQRST"))) is None
    few = slice(LEAST - 1)
    assert (
        familiarity(replace(digits, x_train=digits.x_train[few], y_train=digits.y_train[few]))
        is None
    )


def test_the_own_digits_are_learnt_once_and_kept_also_where_the_file_is_damaged():
    known, x, labels = own_digits.own_digits()
    assert (~known.knows(x)).mean() <= 0.02
    assert set(labels) == set(range(10))
    (path,) = paths.cache_folder().glob("familiar-*.npz")
    again, *_ = own_digits.own_digits()
    assert again.network.theta.tobytes() == known.network.theta.tobytes()
    assert again.strangeness(x).tobytes() == known.strangeness(x).tobytes()
    path.write_bytes(path.read_bytes()[:1000])
    mended, *_ = own_digits.own_digits()
    assert mended.network.theta.tobytes() == known.network.theta.tobytes()
    assert path.stat().st_size > 1000


@given(st.integers(0, 99))
def test_edges_rise_where_brightness_does_and_not_on_even_ground(seed):
    even = np.full((2, 784), 0.4, np.float32)
    assert edges_of(even).shape == (2, FEATURES)
    assert not edges_of(even).any()
    ramp = np.tile(np.arange(28, dtype=np.float32), 28)[np.newaxis]
    directions = edges_of(ramp).reshape(DIRECTIONS, -1).sum(axis=1)
    assert directions.argmax() == 0
    assert directions[DIRECTIONS // 2] == 0
    many = np.random.default_rng(seed).random((3, 784), dtype=np.float32)
    assert edges_of(many)[1:] == pytest.approx(edges_of(many[1:]))


def test_scrawls_are_the_same_for_the_same_seed_and_leave_nothing_blank():
    pictures = scrawls(3, seed=5)
    assert pictures.tobytes() == scrawls(3, seed=5).tobytes() != scrawls(3, seed=6).tobytes()
    assert len(pictures) >= 3 * len(FORMS)
    assert (pictures.max(axis=(1, 2)) == 1).all()
    assert not set("OoDIlijZzSsgqbB0123456789") & set(FORMS)
