"""The update phase: old parameters stand beside the numbers they made, new ones are called new."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.moment import moment_of
from nnviz.engine.run.snapshot import focus_in
from nnviz.engine.selection import Selection
from nnviz.engine.training.phases import Phase, known_after, phases_of
from nnviz.engine.training.trainer import Trainer
from nnviz.numbers import exact
from nnviz.views.inspector.page import Prose
from nnviz.views.inspector.weight import parameter_page
from nnviz.views.network.edge_modes import MODES, WEIGHTS, contributions, shown
from nnviz.views.network.maps import Plane, maps_of
from nnviz.views.network.phase_display import phase_display
from nnviz.views.network.receptive_fields import fields
from nnviz.views.network.tips import numbers_beside, numbers_of_neuron, tip_of_weight
from tests.views.boards import shown_of

RECIPE = Recipe(dataset="tiny", layers=(4, 3, 2), learning_rate=2.0, batch_size=5)


@pytest.fixture
def moment(make_snapshot, make_dataset):
    """The moment after an update, with the parameters before it."""
    data = make_dataset(4, 2)
    snapshot, trainer = make_snapshot(RECIPE, data, steps=1), Trainer(RECIPE, data)
    minibatch, before = trainer.preview(), trainer.network.theta.copy()
    trainer.step()
    theta = trainer.network.theta.copy()
    updated = replace(
        snapshot,
        theta=theta,
        minibatch=minibatch,
        phase=Phase("update"),
        focus=focus_in(minibatch, 0),
    )
    return updated, before


def test_the_parameters_before_the_update_are_kept_exactly(moment):
    snapshot, before = moment
    assert snapshot.updated
    assert snapshot.theta_used.tobytes() == before.tobytes()
    assert (snapshot.theta != before).any()
    earlier = replace(snapshot, phase=Phase("average"))
    assert not earlier.updated
    assert earlier.theta_used is earlier.theta


def test_z_and_a_stand_beside_the_bias_that_made_them(moment):
    snapshot, before = moment
    biases = views(RECIPE, before)[1]
    lines = numbers_of_neuron(snapshot, 1, 2, exact)
    assert any(line.endswith(f"= {exact(biases[0][2])}") and "new" not in line for line in lines)
    new = exact(views(RECIPE, snapshot.theta)[1][0][2])
    assert lines[-1].startswith("new: ")
    assert lines[-1].endswith(f"= {new}")
    known = known_after(RECIPE, snapshot.phase)
    shown = [texts["b"] for texts in numbers_beside(snapshot, 1, slice(None), known)]
    earlier = replace(snapshot, theta=before, phase=None)
    old = [texts["b"] for texts in numbers_beside(earlier, 1, slice(None), None)]
    assert shown == old


def test_the_tip_of_a_weight_names_the_new_value_as_new(moment):
    snapshot, before = moment
    first, *_, new, _ = tip_of_weight(snapshot, 5).split("\n")
    assert first.endswith(f"= {exact(before[5])}")
    assert new.startswith("new: ")
    assert new.endswith(f"= {exact(snapshot.theta[5])}")


def test_why_explains_with_the_old_and_calls_the_value_above_new(moment):
    snapshot, before = moment
    seen = moment_of(snapshot)
    assert seen.network.theta.tobytes() == before.tobytes()
    page = parameter_page(seen, Selection("parameter", 1, 0, 5))
    assert page.value == float(snapshot.theta[5])
    said = [part for line in page.lines if isinstance(line, Prose) for part in line.parts]
    made = f"made {exact(snapshot.theta[5])} of {exact(before[5])}"
    assert any(made in part for part in said if isinstance(part, str))
    z = (
        snapshot.focus.x @ views(RECIPE, seen.network.theta)[0][0]
        + views(RECIPE, seen.network.theta)[1][0]
    )
    assert snapshot.focus.z[0] == pytest.approx(np.asarray(z), rel=1e-5)


@pytest.mark.parametrize("pinned", [False, True])
def test_why_of_a_parameter_calls_the_value_of_its_field_new(moment, pinned):
    snapshot, before = moment
    kept = replace(snapshot.focus, index=snapshot.focus.index + 1, place=-1) if pinned else None
    bias = RECIPE.layers[0] * RECIPE.layers[1]
    for index in (5, bias):
        selection = Selection("parameter", 1, 0, index)
        assert moment_of(snapshot, kept).network.theta.tobytes() == before.tobytes()
        assert parameter_page(moment_of(snapshot, kept), selection).title.startswith("New ")
        at_rest = replace(snapshot, phase=None, minibatch=None)
        assert not parameter_page(moment_of(at_rest, kept), selection).title.startswith("New ")


@pytest.mark.parametrize("mode", ["weights", "selected"])
def test_edges_drawn_as_weights_are_those_that_the_text_beside_them_names(moment, mode):
    snapshot, before = moment
    for phase in phases_of(RECIPE):
        at = replace(snapshot, phase=phase)
        if phase.kind != "update":
            at = replace(at, theta=before)
        subject, values = shown(MODES[mode], at, None, phase_display(at))
        if subject is WEIGHTS:
            assert values.tobytes() == before.tobytes(), phase.name
        else:
            assert (mode, phase.kind) in (("weights", "average"), ("weights", "update"))


def test_contributions_pulses_fields_and_maps_come_from_the_weights_that_made_z(moment):
    snapshot, before = moment
    w, b = views(RECIPE, before)
    parts, _ = views(RECIPE, contributions(snapshot, phase_display(snapshot)))
    for layer, part in enumerate(parts):
        z = part.sum(axis=0) + b[layer]
        assert z == pytest.approx(np.asarray(snapshot.focus.z[layer]), rel=1e-4, abs=1e-6)
    seen = replace(snapshot, image_shape=(2, 2))
    assert fields(shown_of(seen), slice(0, 3))[0].reshape(3, 4) == pytest.approx(np.asarray(w[0].T))


def test_maps_of_the_plane_are_those_of_the_net_whose_numbers_stand_beside_them(
    make_snapshot, make_dataset
):
    recipe, data = Recipe(dataset="tiny", layers=(2, 3, 1), batch_size=5), make_dataset(2, 1)
    snapshot, trainer = make_snapshot(recipe, data, steps=0), Trainer(recipe, data)
    before, minibatch = snapshot, trainer.preview()
    trainer.step()
    updated = replace(
        snapshot, theta=trainer.network.theta.copy(), minibatch=minibatch, phase=Phase("update")
    )
    plane = Plane(-1.0, 1.0, -1.0, 1.0)
    for old, new in zip(
        maps_of(before, plane, 8).layers, maps_of(updated, plane, 8).layers, strict=True
    ):
        assert new == pytest.approx(np.asarray(old))
