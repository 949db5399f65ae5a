"""The picture of the cost view, without a window."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import CostHistory
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.phases import Minibatch, Phase
from nnviz.views.cost.curves import MOST_POINTS, band
from nnviz.views.cost.legend import Role
from nnviz.views.cost.picture import CostState, picture
from tests.views.cost.conftest import haunted, look

LOG, LINEAR = CostState(), CostState(log=False)


def test_curves_are_epochs_and_costs(validated):
    shown = picture(validated, LOG)
    epochs, costs = shown.mean
    assert epochs == pytest.approx(np.arange(1, 61) / 20)
    assert costs[0] == pytest.approx(1.0)
    assert shown.validation[0].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert shown.validation[1].tolist() == [0.9, 0.3, 0.35, 0.4]
    assert shown.lowest[1].tolist() == [0.3, 0.3]
    assert shown.points
    assert [entry.role for entry in shown.legend[0].rows[0]] == list(Role)[:4]
    assert [note.more for note in shown.notes] == ["2 of 5 epochs"]


def test_what_has_no_place_on_the_axis_is_left_out(trained):
    first = replace(trained.evaluations[0], test_cost=0.0)
    second = replace(trained.evaluations[1], test_cost=np.inf)
    moment = replace(trained, evaluations=(first, second, *trained.evaluations[2:]))
    assert picture(moment, LOG).test[0].tolist() == [2.0, 3.0]
    assert picture(moment, LINEAR).test[0].tolist() == [0.0, 2.0, 3.0]


def test_bounds_hold_still_and_only_grow_while_the_run_lasts(trained):
    shown = picture(trained, LOG)
    assert shown.costs == (pytest.approx(0.03), pytest.approx(1.0))
    assert shown.end == pytest.approx(3.0)
    early = replace(trained, step=10, epoch=0.5, curve=trained.curve.until(10), evaluations=())
    assert picture(early, LOG, shown).bounds == shown.bounds
    assert picture(early, LOG).end == pytest.approx(0.5)
    assert picture(replace(early, run=1), LOG, shown).end == pytest.approx(0.5)
    assert picture(trained, LINEAR, shown).costs == (0.0, pytest.approx(1.0))


def test_nothing_new_is_the_same_picture(trained):
    shown = picture(trained, LOG)
    assert picture(replace(trained, playing=True), LOG, shown) is shown
    assert picture(trained, LINEAR, shown) is not shown
    assert picture(replace(trained, changed=True), LOG, shown) is not shown


def test_branches_are_numbered_where_which_is_which_is_asked(trained):
    ghosts = look(trained, 1, [9.0] * 80, 20), look(trained, 2, [8.0] * 80, 20)
    named = picture(haunted(trained, *ghosts), LOG)
    numbered = picture(haunted(trained, *ghosts), CostState(numbered=True), named)
    assert [ghost.name for ghost in numbered.ghosts] == ["1", "2"]
    again = picture(haunted(trained, *ghosts), LOG, numbered)
    assert [ghost.name for ghost in again.ghosts] == [ghost.name for ghost in named.ghosts]


def test_what_was_trained_twice_is_one_ghost_under_its_first_name(trained):
    short, other = look(trained, 0, [9.0] * 30, 20, name="η = 10"), look(trained, 1, [8.0] * 30, 20)
    looks = [short, other, look(trained, 2, [9.0] * 80, 20, name="η = 10 (2)")]
    for order, names in (
        (looks, ["η = 0.5", "η = 10"]),
        (looks[::-1], ["η = 0.5", "η = 10 (2)"]),
    ):
        shown = picture(haunted(trained, *order), LOG)
        assert [ghost.name for ghost in shown.ghosts] == names
        assert shown.older == 0
        assert max(ghost.look.reached for ghost in shown.ghosts) == 100
    alone = picture(haunted(trained, looks[2]), LOG, picture(haunted(trained, *looks), LOG))
    assert [ghost.name for ghost in alone.ghosts] == ["η = 10 (2)"]


def test_ghosts_are_made_once_and_their_room_goes_with_them(trained):
    ghost = look(trained, 1, [9.0] * 80, 20)
    shown = picture(haunted(trained, ghost), LOG)
    later = picture(replace(haunted(trained, ghost), step=61), LOG, shown)
    assert later.ghosts[0] is shown.ghosts[0]
    assert later.costs[1] > 8
    assert later.end >= 5
    alone = picture(haunted(trained), LOG, later)
    assert alone.ghosts == ()
    assert alone.costs[1] == pytest.approx(1.0)


def test_the_ring_is_there_from_the_phase_that_computes_the_cost(trained):
    nothing = np.zeros(0)
    minibatch = Minibatch(
        *(60, np.arange(10), nothing, nothing, (), (), (), nothing, 0.312, 1.0, nothing, nothing)
    )
    moment = replace(trained, minibatch=minibatch, phase=Phase("forward", 2))
    assert picture(moment, LOG).ring is None
    assert picture(replace(moment, phase=Phase("cost")), LOG).ring == pytest.approx((3.05, 0.312))


def test_it_is_empty_before_the_first_minibatch(make_snapshot):
    assert picture(make_snapshot(steps=0), LOG).empty


def test_the_band_is_small_and_holds_every_extreme():
    draw = np.random.default_rng(0)
    history = CostHistory()
    costs = draw.random(50_000)
    history.extend(costs.tolist())
    curve = history.curve()
    x, y = band(curve, EpochLayout.of(6000, 10))
    assert len(x) == len(y) <= 2 * MOST_POINTS
    assert y.max() == curve.high.max()
    assert y.min() == curve.low.min()


def test_a_cost_that_becomes_exactly_zero_has_a_plain_axis(make_snapshot, make_dataset):
    recipe = Recipe(layers=(2, 1), output_activation="step", cost="perceptron", dataset="tiny")
    moment = make_snapshot(recipe, make_dataset(2, 1), steps=20)
    assert not picture(moment, LOG).log
    assert picture(make_snapshot(steps=20), LOG).log
