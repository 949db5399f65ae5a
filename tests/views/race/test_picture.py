"""What the race view shows of one moment, made without a window."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.race.descent import Race, all_racers, descend
from nnviz.engine.race.plane_race import racing
from nnviz.engine.race.valleys import VALLEYS
from nnviz.engine.recipe import Recipe
from nnviz.engine.surface.landscape import Kind
from nnviz.views.race.picture import COLUMNS, OnNet, picture
from nnviz.views.race.planes import PlaneRaces
from nnviz.views.race.text import FULL_TITLES, Lack, cost_number
from tests.snapshots import make_dataset, make_snapshot


@pytest.mark.parametrize("name", VALLEYS)
def test_every_racer_is_in_it_with_the_engines_numbers(name):
    valley = VALLEYS[name]
    race = Race(valley, racers=all_racers()[1:])
    race.go_to(20)
    shown = picture(race, "adam")
    assert [racer.name for racer in shown.racers] == list(all_racers())
    assert not shown.racer("sgd").racing
    assert shown.racing()[-1].name == "adam"
    for racer in shown.racing():
        run = descend(valley, valley.start, racer.name, racer.rate)
        np.testing.assert_array_equal(racer.path, run.path[:21])
        np.testing.assert_array_equal(racer.slope, run.slopes[20])
        last = [cost_number(float(cost), valley.grid) for cost in run.costs[21 - COLUMNS : 21]]
        assert list(racer.costs) == last
    assert shown.titles == (valley.formula,)
    assert (shown.curve is not None) == (valley.weights == 1)
    assert shown.message == ""


def test_a_curve_reaches_over_all_that_is_worth_looking_at():
    valley = VALLEYS["square"]
    race = Race(valley)
    shown = picture(race, "sgd")
    assert shown.curve is not None
    assert shown.curve.w[[0, -1]].tolist() == [valley.low[0], valley.high[0]]
    assert shown.curve.bottom < 0 < shown.curve.cost.max() < shown.curve.top
    race.go_to(4)
    assert picture(race, "sgd", before=shown).curve is shown.curve


def test_one_that_has_gone_out_of_all_bounds_is_nowhere():
    race = Race(VALLEYS["square"], rates={"sgd": 1e6})
    race.go_to(race.steps)
    shown = picture(race, "sgd")
    assert shown.racer("sgd").here() is None
    assert "diverged" in shown.reading[0]
    assert shown.outcome == shown.reading
    assert shown.racer("adam").here() is not None


def test_what_became_of_it_is_said_where_the_table_has_no_room():
    race = Race(VALLEYS["square"], rates={"sgd": 0.1})
    race.go_to(3)
    shown = picture(race, "sgd")
    assert shown.outcome[0].startswith("SGD converges from step ")
    assert shown.reading[0].startswith("SGD at w = ")
    race.choose(["adam"])
    assert picture(race, "sgd").reading == picture(race, "sgd").outcome


def test_what_becomes_of_it_is_not_told_before_it_has_begun():
    race = Race(VALLEYS["long"])
    race.go_to(0)
    shown = picture(race, "sgd")
    assert {racer.outcomes[0] for racer in shown.racers} == {"at the start"}
    assert shown.outcome[0] == "SGD at the start"
    race.go_to(1)
    assert all("start" not in racer.outcomes[0] for racer in picture(race, "sgd").racers)


@pytest.fixture(scope="module")
def on_net():
    recipe, data = Recipe(dataset="tiny", layers=(16, 8, 4), learning_rate=2.0), make_dataset(16, 4)
    planes = PlaneRaces()
    planes.snapshot = make_snapshot(recipe, data, steps=30)
    request = planes.take(Kind.PARAMETERS)
    *_, answer = racing(request, data.x_test, data.y_test)
    return answer.race, request.plane


def test_a_plane_through_the_net_says_of_which_moment_it_is(on_net):
    race, plane = on_net
    shown = picture(race, "sgd", OnNet(plane))
    assert all("net at step 30 · 50 test examples" in text for text in shown.titles[:FULL_TITLES])
    assert shown.slopes == ""
    images = picture(race, "sgd", OnNet(replace(plane, step=1234), images=True))
    assert "1\u202f234 · 50 test images" in images.titles[0]
    waits = picture(race, "sgd", OnNet(plane, fraction=0.4))
    assert waits.reading == waits.outcome
    assert waits.reading[0].endswith("40\u202f%")
    assert waits.message == ""


def test_why_there_is_no_race_is_said(on_net):
    race, _ = on_net
    for lack in Lack:
        assert picture(race, "sgd", OnNet(lack=lack)).message == lack.value
    assert picture(race, "sgd", OnNet(fraction=0.0)).message.endswith("0\u202f%")
