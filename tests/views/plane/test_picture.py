"""Maps, lines, curves and points of the plane are where the network's numbers are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnviz.data.description import Column
from nnviz.views.plane import text
from nnviz.views.plane.answer import Kind, Range, half_of, margins, winners
from nnviz.views.plane.curve_picture import CurvePicture
from nnviz.views.plane.losses import losses
from nnviz.views.plane.map_picture import SHADES, SIDE, MapPicture, shade_of
from nnviz.views.plane.picture import picture, reading
from nnviz.views.plane.state import INPUTS, OUTPUT, PlaneState
from tests.sampled import tried
from tests.views.plane.conftest import trained

STATE = PlaneState()


def points_of_lines(field):
    """The ends of the pieces of a map's lines in coordinates."""
    plane = field.plane
    ends = field.lines.reshape(-1, 2)
    low, high = np.array([plane.left, plane.bottom]), np.array([plane.right, plane.top])
    return low + ends * (high - low)


def test_shades_are_the_networks_answers(trained):
    snapshot = trained("circles", 60)
    shown = picture(snapshot, STATE)
    field = shown.field
    assert isinstance(field, MapPicture)
    assert (field.kind, field.scale) == (Kind.TWO, Range(0.0, 1.0))
    answers = snapshot.network().predict(field.plane.grid(SIDE)).reshape(SIDE, SIDE)
    assert np.abs(field.codes / (SHADES - 1) - answers).max() <= 0.5 / (SHADES - 1) + 1e-4
    assert shown.class_names == ("orange", "blue")
    assert shown.names == ("x₁", "x₂")


def test_the_line_is_where_the_answer_is_a_half(trained):
    snapshot = trained("circles", 200)
    field = picture(snapshot, STATE).field
    on_the_line = points_of_lines(field)
    assert len(on_the_line) > 40
    answers = snapshot.network().predict(on_the_line.astype(np.float32))
    assert np.abs(answers - 0.5).max() < 0.05


def test_a_single_unit_has_its_line_its_normal_and_its_equation(trained):
    snapshot = trained("blobs", 0, theta=(1.5, -2.0, 0.25))
    shown = picture(snapshot, STATE)
    w = np.array([1.5, -2.0])
    foot, tip = np.array(shown.field.normal.foot), np.array(shown.field.normal.tip)
    assert w @ foot + 0.25 == pytest.approx(0)
    along = (tip - foot) / np.hypot(*(tip - foot))
    assert along == pytest.approx(w / np.hypot(*w))
    ends = points_of_lines(shown.field)
    assert np.abs(ends @ w + 0.25).max() < 1e-4
    assert shown.equation == "1.5·x₁ − 2·x₂ + 0.25 = 0"


def test_the_line_of_a_linear_unit_that_parts_classes_is_where_it_is_a_half(trained):
    snapshot = trained(
        "blobs", 0, theta=(1.0, 1.0, 0.0), output_activation="linear", cost="quadratic"
    )
    shown = picture(snapshot, STATE)
    assert np.abs(points_of_lines(shown.field).sum(axis=1) - 0.5).max() < 1e-4
    assert np.array(shown.field.normal.foot).sum() == pytest.approx(0.5)
    assert shown.equation == "1·x₁ + 1·x₂ + 0 = ½"


def test_a_hidden_neuron_has_a_map_of_its_own(trained):
    snapshot = trained("circles", 40)
    shown = picture(snapshot, PlaneState(layer=1, neuron=2))
    assert (shown.chosen, shown.title) == ((1, 2), "neuron 3 of layer 1")
    assert shown.field.kind is Kind.SIGNED
    weights, bias = snapshot.network().weights[0][:, 2], snapshot.network().biases[0][2]
    assert np.abs(points_of_lines(shown.field) @ weights + bias).max() < 1e-3
    plain = picture(trained("circles", 5, activation="relu"), PlaneState(layer=1))
    assert plain.field.kind is Kind.PLAIN


@pytest.mark.parametrize(("place", "name"), [(0, "x₂"), (1, "x₁²")])
def test_an_input_has_the_map_of_its_feature(place, name, trained):
    snapshot = trained("circles:features=x2+x1^2", 5)
    shown = picture(snapshot, PlaneState(layer=INPUTS, neuron=place))
    assert (shown.chosen, shown.title) == ((INPUTS, place), name)
    field = shown.field
    assert field.kind is Kind.SIGNED
    assert not shown.equation
    assert field.normal is None
    grid = field.plane.grid(SIDE)
    wanted = (grid[:, 1], grid[:, 0] ** 2)[place].reshape(SIDE, SIDE)
    span = field.scale.high - field.scale.low
    got = field.codes / (SHADES - 1) * span + field.scale.low
    assert np.abs(got - wanted).max() <= 0.5 * span / (SHADES - 1) + 1e-4
    value = (0.5, 0.49)[place]
    assert reading(snapshot, shown, (0.7, 0.5)).tolist() == pytest.approx([value])
    said = text.answers(snapshot, shown.kind, shown.class_names, shown.chosen, [value])
    assert said == f"{name} {value}"


def test_an_input_made_of_one_coordinate_has_its_curve(trained):
    shown = picture(trained("sine:features=x1+x1^2", 5), PlaneState(layer=INPUTS, neuron=1))
    field = shown.field
    assert isinstance(field, CurvePicture)
    assert shown.names == ("x₁", "x₁²")
    assert np.allclose(field.curves, [field.x**2])
    assert not len(field.shares)


@pytest.mark.parametrize("chosen", [(1, 99), (7, 0), (-2, 0), (2, 5), (-1, 2)])
def test_a_neuron_that_is_not_there_gives_way_to_the_output(trained, chosen):
    layer, neuron = chosen
    shown = picture(trained("circles"), PlaneState(layer=layer, neuron=neuron))
    assert shown.chosen == (OUTPUT, 0)


def test_the_winning_class_has_its_colour_by_its_share(three_classes):
    snapshot = three_classes()
    field = picture(snapshot, STATE).field
    assert field.kind is Kind.CLASSES
    answers = snapshot.network().predict(field.plane.grid(SIDE))
    shades = shade_of(3)
    assert (field.codes.ravel() // shades == answers.argmax(axis=1)).mean() > 0.999
    strength = (answers.max(axis=1) - 1 / 3) * 1.5 * (shades - 1)
    assert np.abs(field.codes.ravel() % shades - strength).max() <= 0.51
    at = snapshot.network().predict(points_of_lines(field).astype(np.float32))
    best = np.sort(at, axis=1)
    assert np.abs(best[:, -1] - best[:, -2]).mean() < 0.05


def test_number_targets_have_shades_between_the_desired_ends(trained):
    snapshot = trained("bumps", 100)
    shown = picture(snapshot, STATE)
    field = shown.field
    assert field.kind is Kind.NUMBER
    assert not len(field.lines)
    desired = np.concatenate((snapshot.sample.y, snapshot.sample.train_y))
    assert field.scale.low < desired.min()
    assert field.scale.high > desired.max()
    shares = field.scale.share(shown.test.where[:0]), shown.test.shades / (SHADES - 1)
    assert np.allclose(shares[1], field.scale.share(snapshot.sample.y[:, 0]), atol=0.01)
    assert shown.class_names == ()


def test_a_curve_is_the_sum_of_the_shares(trained):
    snapshot = trained("sine", 80)
    shown = picture(snapshot, STATE)
    field = shown.field
    assert isinstance(field, CurvePicture)
    answers = snapshot.network().predict(field.x[:, np.newaxis])[:, 0]
    assert np.allclose(field.curves[0], answers, atol=1e-5)
    assert field.shares.shape == (8, len(field.x))
    bias = snapshot.network().biases[-1][0]
    assert np.allclose(field.shares.sum(axis=0) + bias, field.curves[0], atol=1e-4)
    assert shown.names == ("x₁", "y")
    sample = snapshot.sample
    assert np.allclose(shown.test.where, np.hstack((sample.points, sample.y)))
    assert np.allclose(shown.train.where, np.hstack((sample.train_points, sample.train_y)))


def test_a_neuron_of_a_curve_alone(trained):
    snapshot = trained("sine", 10)
    shown = picture(snapshot, PlaneState(layer=1, neuron=3))
    assert len(shown.field.curves) == 1
    assert not len(shown.field.shares)
    assert shown.names == ("x₁", "neuron 4 of layer 1")


@pytest.mark.parametrize("features", ["x1+x2+x1x2", "x1^2+x2^2"])
def test_features_are_mapped_over_the_points_they_are_made_of(trained, features):
    name = f"circles:features={features}"
    snapshot = trained(name, 60)
    shown = picture(snapshot, STATE)
    inputs = snapshot.description.features_of(shown.field.plane.grid(SIDE))
    answers = snapshot.network().predict(inputs).reshape(SIDE, SIDE)
    assert np.abs(shown.field.codes / (SHADES - 1) - answers).max() < 0.003
    assert (shown.example is None) == (features == "x1^2+x2^2")
    assert np.array_equal(shown.train.where, snapshot.sample.train_points)


def test_a_single_unit_over_features_has_an_equation_and_no_normal(trained):
    shown = picture(trained("circles:features=x1^2+x2^2", 0, layers=(2, 1)), STATE)
    assert "·x₁²" in shown.equation
    assert shown.field.normal is None


def test_pictures_and_wide_tables_have_no_plane(make_snapshot):
    assert picture(make_snapshot(steps=0), STATE).field is None
    assert picture(trained("park"), STATE).field is None


def test_pointing_reads_the_networks_own_answers(trained, three_classes):
    snapshot = trained("circles", 30)
    shown = picture(snapshot, STATE)
    wanted = snapshot.network().predict([[0.5, -1.0]])[0]
    assert reading(snapshot, shown, (0.5, -1.0)) == pytest.approx(wanted)
    neuron = picture(snapshot, PlaneState(layer=1, neuron=1))
    z = np.array([0.5, -1.0]) @ snapshot.network().weights[0][:, 1]
    a = np.tanh(z + snapshot.network().biases[0][1])
    assert reading(snapshot, neuron, (0.5, -1.0)) == pytest.approx([a], abs=1e-5)
    many = three_classes()
    assert len(reading(many, picture(many, STATE), (0.0, 0.0))) == 3


def test_nothing_is_worked_out_where_nothing_has_changed(trained):
    snapshot = trained("circles", 30)
    first = picture(snapshot, STATE)
    assert picture(replace(snapshot, theta=snapshot.theta.copy()), STATE, first) is first
    other = picture(replace(snapshot, step=31), STATE, first)
    assert other is not first
    assert other.mapped is first.mapped
    assert other.test is first.test
    nudged = replace(snapshot, theta=snapshot.theta + 0.1)
    assert not np.array_equal(picture(nudged, STATE, first).field.codes, first.field.codes)


def test_a_map_stays_what_it_was_when_the_next_is_made(trained):
    snapshot = trained("circles", 30)
    first = picture(snapshot, STATE)
    codes = first.field.codes.copy()
    picture(replace(snapshot, theta=-snapshot.theta), STATE, first)
    assert np.array_equal(first.field.codes, codes)
    curve = trained("sine", 10)
    line = picture(curve, STATE)
    y = line.field.curves.copy()
    picture(replace(curve, theta=-curve.theta), STATE, line)
    assert np.array_equal(line.field.curves, y)


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e38])
@pytest.mark.parametrize("name", ["circles", "bumps", "sine", "blobs"])
def test_a_diverged_network_has_a_picture_all_the_same(trained, name, value):
    snapshot = trained(name)
    picture(replace(snapshot, theta=np.full_like(snapshot.theta, value)), STATE)


def test_the_costs_are_those_of_every_other_panel(trained):
    snapshot = trained("circles", 30)
    shown = losses(snapshot)
    last = snapshot.evaluations[-1]
    assert (shown.train[-1], shown.test[-1]) == (last.train_cost, last.test_cost)
    assert shown.captions[0].startswith("cost over ")
    assert "as of" not in shown.captions[0]
    assert [len(words) for words in shown.wordings] == [2, 2]
    assert losses(replace(snapshot, step=31)).captions[1] == "as of step 30"
    assert losses(replace(snapshot, evaluations=())) is None


@pytest.mark.parametrize(
    ("activation", "half"),
    [("sigmoid", 0.0), ("step", 0.0), ("linear", 0.5), ("tanh", None), ("relu", None)],
)
def test_where_activations_are_a_half(activation, half):
    assert half_of(activation) == half


@given(arrays(np.float32, (7, 4), elements=st.floats(0, 1, width=32)))
@settings(max_examples=tried(60), deadline=None)
def test_the_winner_is_ahead_and_no_other_is(a):
    best, share = winners(a)
    ahead = margins(a)
    assert (ahead[np.arange(7), best] >= 0).all()
    assert ((share >= 0) & (share <= 1)).all()
    others = np.delete(ahead.ravel(), np.arange(7) * 4 + best)
    assert (others <= 0).all()


@given(st.floats(-100, 100), st.floats(0.01, 100), st.floats(allow_nan=True))
@settings(max_examples=tried(60), deadline=None)
def test_shares_of_a_range(low, span, value):
    scale = Range(low, low + span)
    (share,) = scale.share(np.array([value]))
    assert np.isfinite(share)
    if low <= value <= low + span:
        assert -1e-3 <= share <= 1 + 1e-3


@pytest.mark.parametrize(
    ("name", "expected"), [("x1", "x₁"), ("x₁", "x₁"), ("", "x₁"), ("x2", "x₁ x2"), ("h", "x₁ h")]
)
def test_an_axis_is_named_once(name, expected):
    assert text.axis(0, Column(name)) == expected
