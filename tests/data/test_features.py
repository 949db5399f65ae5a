"""Features: the inputs of a network as functions of a point."""

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.features import FEATURES, FeatureInputs, features_for

POINTS = np.array([[0.5, -2.0], [-1.5, 0.25], [0, 0]], np.float32)


def test_every_feature_is_what_its_symbol_says():
    inputs = FeatureInputs(2, tuple(FEATURES))
    x1, x2 = POINTS.T.astype(np.float64)
    expected = np.stack([x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)], axis=1)
    assert inputs.of(POINTS) == pytest.approx(expected, abs=1e-7)
    assert inputs.of(POINTS).dtype == np.float32
    assert inputs.symbols == ("x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂")


def test_a_line_has_the_features_of_one_coordinate():
    assert [feature.name for feature in features_for(1)] == ["x1", "x1^2", "sinx1"]
    assert FeatureInputs(1, ("sinx1",)).of(POINTS[:, :1]).shape == (3, 1)


def test_points_are_found_again_where_both_coordinates_are_inputs():
    inputs = FeatureInputs(2, ("x1", "x2", "x1x2"))
    assert (inputs.points_of(inputs.of(POINTS)) == POINTS).all()
    assert FeatureInputs(2, ("x1", "x2^2")).points_of(POINTS) is None


def test_the_inputs_of_a_data_set_are_the_features_of_its_points():
    plain = load_dataset("moons")
    rich = load_dataset("moons:features=x2+x1^2+sinx2")
    assert rich.feature_names == ("x₂", "x₁²", "sin x₂")
    assert rich.description.given == plain.columns
    assert (rich.train_points == plain.x_train).all()
    assert (rich.description.features_of(rich.test_points) == rich.x_test).all()
    assert (rich.y_test == plain.y_test).all()
    assert rich.fingerprint() != plain.fingerprint()


def test_features_follow_the_coordinates_that_they_are_of():
    inputs = FeatureInputs(2, ("x1", "x2", "x1^2", "x1x2", "sinx2"))
    assert [inputs.follows(place) for place in range(5)] == [False, False, True, True, True]
    changed = inputs.with_value(np.array([1.0, 2.0, 1.0, 2.0, 0.9]), 0, 3.0)
    assert changed.tolist() == [3.0, 2.0, 9.0, 6.0, 0.9]
    alone = FeatureInputs(2, ("x2", "x1^2", "x1x2"))
    assert not any(map(alone.follows, range(3))), "x₁ is no input: what is of it is free"
    assert alone.with_value(np.array([1.0, 4.0, 2.0]), 0, 5.0).tolist() == [5.0, 4.0, 2.0]
