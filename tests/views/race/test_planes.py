"""Which races on the live network are asked for, which answers count, and what they are called."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.race.descent import all_racers
from nnviz.engine.race.plane_race import RaceAnswer, racing
from nnviz.engine.recipe import Recipe
from nnviz.engine.surface.landscape import Kind
from nnviz.views.race.controls import decades_above, position_of, rate_at
from nnviz.views.race.planes import SAMPLE, PlaneRaces, joined, undone
from nnviz.views.race.text import PLANES, cost_number, moment_texts, number

RECIPE = Recipe(layers=(4, 3, 2))
X = np.random.default_rng(0).normal(size=(30, 4))
Y = np.eye(2)[np.arange(30) % 2]


@pytest.fixture
def moment(make_snapshot):
    return make_snapshot(RECIPE, steps=6, watched=(3, 8))


@pytest.fixture
def planes(moment):
    planes = PlaneRaces()
    planes.snapshot = moment
    return planes


def answer(request):
    *_, answer = racing(request, X, Y)
    return answer


def test_every_kind_of_plane_can_be_chosen(planes, moment):
    assert list(PLANES) == list(Kind)
    before = 0
    for kind in Kind:
        request = planes.take(kind)
        plane = request.plane
        assert request.generation == plane.generation > before
        assert plane.kind is kind
        before = request.generation
        assert (plane.first, plane.second) == moment.watched
        assert plane.theta is moment.theta
        assert (plane.step, plane.run, plane.sample) == (6, 0, SAMPLE)
        assert request.racers == all_racers()
        assert request.valley is request.start is None
        assert planes.fraction == 0


def test_before_there_is_a_network_nothing_is_asked():
    planes = PlaneRaces()
    assert planes.take(Kind.LINE) is None
    assert planes.fraction is None
    assert not planes.vain()


def test_a_slice_goes_along_the_weight_that_was_clicked(planes):
    planes.selected = 5
    assert planes.take(Kind.LINE).plane.first == 5
    assert planes.take(Kind.PARAMETERS).plane.first == 3
    planes.selected = 10_000  # of a larger net that has gone
    assert planes.take(Kind.LINE).plane.first == 3


def test_only_the_newest_answer_counts_and_only_once(planes):
    old, new = planes.take(Kind.PARAMETERS), planes.take(Kind.RANDOM)
    assert not planes.accept(RaceAnswer(old, None))
    assert not planes.tell(old.generation, 0.4)
    assert planes.tell(new.generation, 0.4)
    assert planes.fraction == 0.4
    assert planes.accept(RaceAnswer(new, None))
    assert not planes.accept(RaceAnswer(new, None))
    assert not planes.tell(new.generation, 0.5)
    assert not planes.give_up()
    given_up = planes.take(Kind.LINE)
    assert planes.give_up()
    assert not planes.accept(RaceAnswer(given_up, None))


def test_another_rate_runs_one_again_another_start_runs_all(planes):
    first = planes.take(Kind.PARAMETERS)
    race = answer(first).race
    planes.accept(RaceAnswer(first, race))
    assert planes.again(first.plane, race) is None
    race.rates["adam"] = 0.123
    request = planes.again(first.plane, race)
    assert request.racers == ("adam",)
    assert request.valley is race.valley
    assert request.rates["adam"] == 0.123
    race.rates["sgd"] = 0.5
    assert planes.again(first.plane, race) is None  # one at a time

    other = answer(request).race
    assert planes.accept(RaceAnswer(request, other))
    race.choose(("sgd", "adam"))
    whole = joined(other, race)
    assert whole.racers == ("sgd", "adam")
    assert {run.optimiser for run in whole.known()} == set(all_racers())
    assert whole.descent("adam").eta == 0.123
    assert whole.outdated() == ("sgd",)

    whole.start = (0.5, -0.5)
    request = planes.again(first.plane, whole)
    assert set(request.racers) == set(all_racers())
    assert request.start == (0.5, -0.5)
    assert all(run.path[0].tolist() == [0.5, -0.5] for run in answer(request).race.runs())


def test_what_was_not_run_is_undone(planes):
    request = planes.take(Kind.LINE)
    race = answer(request).race
    start, rates = race.start, dict(race.rates)
    race.start, race.rates["sgd"] = (9.0,), 7.0
    assert set(race.outdated()) == set(all_racers())
    undone(race)
    assert (race.start, race.rates) == (start, rates)
    assert race.outdated() == ()


def test_a_plane_of_a_run_that_has_gone_is_waited_for_in_vain(planes, moment):
    first = planes.take(Kind.PARAMETERS)
    assert not planes.vain()
    planes.snapshot = replace(moment, run=1)
    assert planes.vain()
    planes.accept(RaceAnswer(first, None))
    assert not planes.vain()


def test_what_is_now(planes, moment, with_theta):
    plane = planes.take(Kind.PARAMETERS).plane
    assert planes.is_now(plane)
    planes.snapshot = replace(moment, step=7)
    assert not planes.is_now(plane)
    planes.snapshot = with_theta(moment, moment.theta + 1)
    assert not planes.is_now(plane)
    assert not PlaneRaces().is_now(plane)
    planes.snapshot = replace(moment, recipe=replace(moment.recipe, dataset="another"))
    assert not planes.is_now(plane), "other data have another cost"


def test_the_moment_is_said_in_many_words_and_in_few(planes):
    request = planes.take(Kind.PARAMETERS)
    race = answer(replace(request, plane=replace(request.plane, step=1234))).race
    texts = moment_texts(race.valley, replace(request.plane, step=1234), pictures=True)
    assert texts[1] == "the net at step 1\u202f234 · 30 test images"
    assert texts[0].startswith("C(w1 1→0, w2 ".translate({49: 0xB9, 50: 0xB2})[:4])
    assert texts[-1] == "step 1\u202f234"
    assert [len(text) for text in texts] == sorted(map(len, texts), reverse=True)
    assert "examples" in moment_texts(race.valley, request.plane, pictures=False)[1]


def test_costs_of_a_network_have_the_digits_in_which_they_differ(planes):
    valley = answer(planes.take(Kind.PARAMETERS)).race.valley
    assert cost_number(0.1098123, valley.grid) == "0.10981"
    assert cost_number(2.5e-7, valley.grid) == number(2.5e-7)
    assert cost_number(12.345, None) == "12.3"


def test_the_slider_reaches_as_far_as_a_flat_plane_needs(planes):
    race = answer(planes.take(Kind.PARAMETERS)).race
    flat = replace(race.valley, eta=4000.0)
    top = decades_above(flat)
    assert top == 5
    assert rate_at(position_of(4000.0)) == pytest.approx(4000)
    assert position_of(4000.0) < position_of(10.0**top)
    assert decades_above(replace(flat, eta=0.02)) == 1
