"""What the surface view shows of one moment, made without a window."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.run.history import TrailPoint
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, Landscape, survey
from nnviz.numbers import write
from nnviz.views.surface.picture import Answered, Hands, SurfacePicture, picture
from nnviz.views.surface.requests import Requests
from nnviz.views.surface.state import SurfaceState
from nnviz.views.surface.text import Lack
from tests.snapshots import make_dataset, make_snapshot
from tests.views.phasing import at_phase, minibatch_of

PAIR = (784 * 30 + 4 * 10 + 7, 784 * 30 + 11 * 10 + 7)


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    before = tuple(TrailPoint(step, make_snapshot(steps=step).theta) for step in (0, 20, 40))
    return replace(make_snapshot(steps=60, watched=PAIR), trail=before)


@pytest.fixture(scope="module")
def landscape(moment: Snapshot) -> Callable[[Kind], Landscape]:
    dataset = make_dataset()

    def landscape(kind: Kind) -> Landscape:
        request = Requests().next(moment, SurfaceState(kind, PAIR))
        assert request is not None
        made = survey(replace(request, points=15), dataset.x_test, dataset.y_test)
        assert made is not None
        return made

    return landscape


def shown(
    moment: Snapshot, made: Landscape, state: SurfaceState, hands: Hands | None = None
) -> SurfacePicture:
    return picture(moment, state, Answered(made), hands)


def test_before_there_is_anything_it_says_what_is_lacking(moment: Snapshot) -> None:
    state = SurfaceState(pair=PAIR)
    assert picture(None, state, Answered()).lack is Lack.RUN
    assert picture(moment, state, Answered(waits=True)).lack is Lack.ANSWER
    assert picture(moment, state, Answered()).lack is Lack.REQUEST


@pytest.mark.parametrize("kind", list(Kind))
def test_all_there_is_to_see_is_in_it(
    moment: Snapshot, landscape: Callable[[Kind], Landscape], kind: Kind
) -> None:
    made, state = landscape(kind), SurfaceState(kind, PAIR)
    of = shown(moment, made, state)
    assert of.lack is None
    assert (of.slice is not None, of.relief is None) == (kind is Kind.LINE,) * 2
    assert write(made.present) in of.header[0]
    assert (of.switch is not None) == (kind in (Kind.PARAMETERS, Kind.LINE))
    if of.relief is not None:
        assert of.motion is not None
        at = of.relief.values(of.motion.now[np.newaxis])[0]  # type: ignore[index]
        np.testing.assert_allclose(at, made.locate(moment.theta)[0], atol=1e-6)
    if of.slice is not None:
        assert of.names == ("w²₈,₅", "")
        np.testing.assert_array_equal(of.slice.curve.cost, made.cost[:, 0])


def test_a_net_without_finite_costs_is_said(
    moment: Snapshot, landscape: Callable[[Kind], Landscape]
) -> None:
    made = landscape(Kind.PARAMETERS)
    lost = replace(made, cost=np.full_like(made.cost, np.nan), present=np.nan)
    of = shown(moment, lost, SurfaceState(pair=PAIR))
    assert of.lack is Lack.NUMBERS
    assert of.relief is None


def test_what_has_not_changed_is_not_made_again(
    moment: Snapshot, landscape: Callable[[Kind], Landscape]
) -> None:
    made, state = landscape(Kind.PARAMETERS), SurfaceState(pair=PAIR)
    first = shown(moment, made, state)
    hovered = picture(moment, state, Answered(made), Hands(unit=np.array([0.5, 0.5])), before=first)
    assert hovered.relief is first.relief
    assert hovered.motion is first.motion
    assert hovered.reading[0].startswith("C(")
    assert hovered.hints
    moved = replace(moment, step=61, theta=moment.theta + np.float32(0.01))
    later = picture(moved, state, Answered(made), before=first)
    assert later.relief is first.relief
    assert (later.motion.now != first.motion.now).all()  # type: ignore[union-attr]
    logs = picture(moved, replace(state, log=True), Answered(made), before=later)
    assert logs.relief is not None
    assert logs.relief.log


def test_the_range_stays_while_the_next_surface_fits_it(
    moment: Snapshot, landscape: Callable[[Kind], Landscape]
) -> None:
    made, state = landscape(Kind.PARAMETERS), SurfaceState(pair=PAIR)
    first = shown(moment, made, state)
    lower = replace(made, cost=made.cost - 0.001 * np.ptp(made.cost))
    later = picture(moment, state, Answered(lower), before=first)
    assert first.relief is not None
    assert later.relief is not None
    assert later.relief is not first.relief
    assert later.relief.range == first.relief.range
    higher = picture(moment, state, Answered(replace(made, cost=3 * made.cost)), before=first)
    assert higher.relief is not None
    assert higher.relief.high > first.relief.high


def test_the_arrow_is_the_steps_or_else_leads_where_the_cost_falls(
    moment: Snapshot, landscape: Callable[[Kind], Landscape]
) -> None:
    made, state, dataset = landscape(Kind.PARAMETERS), SurfaceState(pair=PAIR), make_dataset()
    falling = shown(moment, made, state).motion
    assert falling is not None
    assert falling.step is None
    minibatch = minibatch_of(moment, dataset.x_train[:10], dataset.y_train[:10])
    stepping = shown(at_phase(moment, minibatch, "update"), made, state)
    assert stepping.motion is not None
    assert stepping.motion.step is not None
    assert stepping.motion.step.done
    nudge, way = minibatch.nudge[list(PAIR)], stepping.motion.way
    assert (np.sign(way) == np.sign(nudge)).all()  # type: ignore[arg-type]
    assert stepping.motion.step.words in stepping.header[0]


def test_a_clicked_weight_is_offered_unless_it_is_on_an_axis(
    moment: Snapshot, landscape: Callable[[Kind], Landscape]
) -> None:
    made, state = landscape(Kind.PARAMETERS), SurfaceState(pair=PAIR)
    for selection, name in (
        (Selection.of_weight(moment.recipe, 2, 5, 3), "w²₄,₆"),
        (Selection("neuron", 1, 3), ""),
        (None, ""),
    ):
        assert shown(moment, made, state, Hands(clicked=selection)).offered == name
    own = Selection("parameter", 2, 7, PAIR[0])
    assert shown(moment, made, state, Hands(clicked=own)).offered == ""
