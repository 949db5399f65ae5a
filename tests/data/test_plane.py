"""Data in the plane: where points lie, how far they stray, and how they are shared out."""

import hashlib

import numpy as np
import pytest

from nnviz.data import DATASETS, load_dataset
from nnviz.data.plane import REACH

CLASSES = ("blobs", "circles", "moons", "clouds", "spiral")
NUMBERS = ("line", "sine", "plane", "bumps")


def points_of(data):
    return np.concatenate((data.train_points, data.test_points)) / REACH


def labels_of(data):
    return np.concatenate((data.y_train, data.y_test))[:, 0]


@pytest.mark.parametrize("name", CLASSES)
def test_half_is_for_testing_class_by_class(name):
    data = load_dataset(name)
    for x, y in ((data.x_train, data.y_train), (data.x_test, data.y_test)):
        assert x.shape == (250, 2)
        assert (y.sum(), len(y)) == (125, 250)
    assert data.classes == 2
    assert data.description.class_names == ("orange", "blue")
    assert data.feature_names == ("x₁", "x₂")
    assert not any(column.scaled for column in data.columns)
    assert 0.5 * REACH < np.abs(data.x_train).max() < 2 * REACH


@pytest.mark.parametrize("share", [0.1, 0.29, 0.3, 0.5, 0.7, 0.9])
def test_the_share_for_testing_is_a_parameter(share):
    usual, data = load_dataset("moons"), load_dataset(f"moons:test={share}")
    assert len(data.x_test) == pytest.approx(500 * share, abs=2)
    for y in (data.y_train, data.y_test):
        assert y.sum() * 2 == len(y), "whole pairs, one of each class"
    every = [np.concatenate((some.x_train, some.x_test)) for some in (usual, data)]
    assert len(np.unique(every[1], axis=0)) == 500
    assert np.array_equal(*(np.unique(points, axis=0) for points in every)), "the same points"
    assert (data.fingerprint() == usual.fingerprint()) == (share == 0.5)


@pytest.mark.parametrize("count", [8, 9, 11, 41])
@pytest.mark.parametrize("share", [0.1, 0.33, 0.9])
def test_however_few_there_are_some_are_trained_on_and_some_tested_with(count, share):
    data = load_dataset(f"clouds:points={count},test={share},drawn=1~9~9")
    assert min(len(data.x_train), len(data.x_test)) >= 2
    assert len(data.x_train) + len(data.x_test) == count + 1
    assert data.train_points[-1].tolist() == [9, 9], "what is drawn is trained on"


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_within_reach(name):
    data = load_dataset(name)
    assert data.classes == 0
    assert np.abs(labels_of(data)).max() < 1.2
    assert np.ptp(labels_of(data)) > 1
    assert [column.name for column in data.targets] == ["y"]
    assert np.abs(data.x_train).max() <= REACH


@pytest.mark.parametrize("name", CLASSES + NUMBERS)
def test_more_points_are_the_same_and_some_more(name):
    few, many = load_dataset(f"{name}:points=100"), load_dataset(f"{name}:points=300")
    assert (many.x_train[:50] == few.x_train).all()
    assert (many.y_test[:50] == few.y_test).all()
    other = load_dataset(f"{name}:points=100,seed=1")
    assert (other.x_train != few.x_train).any()
    assert load_dataset(name, seed=1).fingerprint() == load_dataset(f"{name}:seed=1").fingerprint()


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("noise", [0.1, 0.5])
def test_points_stray_by_at_most_the_noise_times_the_radius(name, noise):
    still = points_of(load_dataset(f"{name}:noise=0,points=4000"))
    moved = points_of(load_dataset(f"{name}:noise={noise},points=4000"))
    far = np.linalg.norm(moved - still, axis=1)
    assert far.max() == pytest.approx(noise, rel=0.01)
    assert (far < noise / 2).mean() == pytest.approx(0.25, abs=0.03)  # evenly over the disc
    assert np.abs((moved - still).mean(axis=0)).max() < 0.05 * noise


def test_a_spiral_has_two_full_turns_from_the_middle_to_the_edge():
    data = load_dataset("spiral:noise=0,points=2000")
    x, y = points_of(data).T
    radius = np.hypot(x, y)
    assert radius.min() < 0.1
    assert radius.max() == pytest.approx(1, abs=0.01)
    turned = np.arctan2(y, x) - 2 * np.pi * 2 * radius - np.pi * labels_of(data)
    assert np.abs(np.angle(np.exp(1j * turned))).max() < 1e-5
    three = points_of(load_dataset("spiral:noise=0,points=2000,turns=3"))
    assert np.hypot(*three.T) == pytest.approx(radius, abs=1e-6)


def test_circles_are_a_disc_and_a_ring_with_a_gap():
    data = load_dataset("circles:noise=0,points=4000,gap=0.3")
    radius, inside = np.hypot(*points_of(data).T), labels_of(data) == 1
    assert radius[inside].max() == pytest.approx(0.5, abs=0.01)
    assert radius[~inside].min() == pytest.approx(0.8, abs=0.01)
    assert radius.max() == pytest.approx(1, abs=0.01)
    assert (radius[inside] < 0.25).mean() == pytest.approx(0.25, abs=0.03)


def test_moons_end_in_the_middle_of_each_other():
    data = load_dataset("moons:noise=0,points=1000")
    x, y = (1.5 * points_of(data) + (0.5, 0.25)).T
    upper = labels_of(data) == 1
    assert np.hypot(x[upper], y[upper]) == pytest.approx(np.ones(500), abs=1e-5)
    assert np.hypot(x[~upper] - 1, y[~upper] - 0.5) == pytest.approx(np.ones(500), abs=1e-5)


def test_clouds_are_xor():
    data = load_dataset("clouds:spread=0,noise=0")
    x, y = points_of(data).T
    assert ((x * y < 0) == (labels_of(data) == 1)).all()
    assert len(np.unique(points_of(data), axis=0)) == 4


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_blobs_are_of_one_class_and_the_other_in_turn(count):
    data = load_dataset(f"blobs:blobs={count},spread=0,noise=0,points=2000")
    centres = np.unique(points_of(data).round(5), axis=0)
    assert len(centres) == count
    turn = np.arctan2(*points_of(data).T[::-1]) / (2 * np.pi) - 0.125
    place = np.rint(turn * count).astype(int) % count
    assert (place % 2 == (labels_of(data) == 0)).all()


def test_numbers_are_what_their_formulas_say():
    line = load_dataset("line:noise=0,slope=-0.4")
    assert line.y_train == pytest.approx(-0.4 * line.x_train, abs=1e-6)
    sine = load_dataset("sine:noise=0,frequency=3")
    assert sine.y_train == pytest.approx(np.sin(3 * sine.x_train.astype(float)), abs=1e-6)
    plane = load_dataset("plane:noise=0,direction=90")
    assert plane.y_train[:, 0] == pytest.approx(plane.x_train[:, 1] / REACH, abs=1e-6)
    bump = load_dataset("bumps:noise=0,bumps=1")
    squared = (bump.x_train.astype(float) ** 2).sum(axis=1)
    assert bump.y_train[:, 0] == pytest.approx(np.exp(-squared / (2 * 0.5**2)), abs=1e-6)


FINGERPRINTS = {
    "blobs": "b453b5548184",
    "circles": "73e4baaad5d7",
    "moons": "f5b49b925001",
    "clouds": "b5405aa96466",
    "spiral": "a89a239c7806",
    "line": "f948d1235b72",
    "sine": "aacbb5384e7d",
    "plane": "0bfe3544c9a5",
    "bumps": "a04c60c42d7e",
}


@pytest.mark.parametrize("name", CLASSES + NUMBERS)
def test_the_same_name_is_the_same_bytes_for_ever(name):
    """On every processor; where they must change, `GENERATION` does."""
    text = f"{name}:points=2000,noise=0.3,seed=7"
    features = next(one for one in DATASETS[name].options if one.name == "features").choices
    every = "+".join(choice for choice, _ in features)
    data = load_dataset(f"{text},features={every}")
    assert data.made.startswith("points of generation 1: ")
    digest = hashlib.sha256(data.fingerprint().encode()).hexdigest()[:12]
    assert digest == FINGERPRINTS[name]
