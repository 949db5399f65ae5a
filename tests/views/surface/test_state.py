"""What was chosen in the surface view comes back, and what is broken changes nothing."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Kind
from nnviz.messages.commands import TrackParameters
from nnviz.views.surface.state import SurfaceState, read
from nnviz.views.surface.view import SurfaceView
from nnviz.views.surface3d.viewpoint import Viewpoint
from tests.wishes import on_wish

PAIR = (23_000, 23_500)


def through_a_file(kept: object) -> dict:  # type: ignore[type-arg]
    return json.loads(json.dumps(kept))  # type: ignore[no-any-return]


def test_every_choice_comes_back() -> None:
    camera = Viewpoint(298.0, 41.5, 1.75)
    state = SurfaceState(Kind.RANDOM, PAIR, 7, 101, 250, True, "both", 2.5, camera)
    assert read(through_a_file(state.kept()), SurfaceState()) == state
    assert read(through_a_file(SurfaceState().kept()), state) == SurfaceState()


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "moon", "pair": [1, 1], "seed": -1, "points": 62, "sample": 3, "mode": "4-D"},
        {"kind": 4, "pair": [1], "seed": "x", "points": None, "log": 1, "viewpoint": 3},
        {"pair": [True, 2], "viewpoint": {"turn": "n", "tilt": None, "zoom": float("nan")}},
        {"pair": [-1, 2], "seed": 2**40, "viewpoint": {"turn": float("inf"), "zoom": "near"}},
        {"kind": None, "pair": None, "points": 61.5, "unknown": 3, "viewpoint": {}},
        {"reach": 0},
        {"reach": float("nan")},
    ],
    ids=str,
)
def test_what_is_broken_changes_nothing(broken: dict) -> None:  # type: ignore[type-arg]
    before = SurfaceState(
        Kind.LINE, PAIR, 3, 201, 250, True, "2-D", 2.0, Viewpoint(10.0, 20.0, 2.0)
    )
    assert read(broken, before) == before


def test_the_camera_stays_within_bounds() -> None:
    found = Viewpoint.read({"turn": 900, "tilt": -400, "zoom": 1e9}, Viewpoint())
    assert found == Viewpoint(180.0, 5.0, 6.0)


@pytest.fixture
def view(show: Callable[..., SurfaceView]) -> SurfaceView:
    made = show(SurfaceView, None, (460, 250))
    QTest.qWaitForWindowExposed(made)
    return made


def test_a_view_takes_over_from_another(
    show: Callable[..., SurfaceView], view: SurfaceView, make_snapshot: Callable[..., Snapshot]
) -> None:
    moment = make_snapshot(steps=3)
    view.show_snapshot(moment)
    view.pick(*PAIR)
    view.restore({"kind": Kind.RANDOM})
    view.restore({"seed": 1})
    view.restore({"points": 101, "sample": 250})
    view.restore({"log": True})
    view.restore({"mode": "2-D"})
    if view.scene is not None:
        view.scene.orbit(25, 8)
    kept = through_a_file(view.state())
    assert kept["pair"] == list(PAIR)

    for before_the_run in (True, False):
        other = show(SurfaceView)
        watched: list[tuple[int, int]] = []
        on_wish(
            other,
            TrackParameters,
            lambda pair, seen=watched: seen.append((pair.first, pair.second)),
        )
        if not before_the_run:
            other.show_snapshot(moment)
        other.restore(kept)
        if before_the_run:
            assert other.state() == kept
            other.show_snapshot(moment)
        assert other.state() == kept
        assert watched == [PAIR]
        assert other.mode() == "2-D"
        if other.scene is not None and view.scene is not None:
            for angle in ("azimuth", "elevation"):
                expected = pytest.approx(getattr(view.scene.eye, angle))
                assert getattr(other.scene.eye, angle) == expected


def test_two_weights_that_the_net_has_not_are_harmless(
    view: SurfaceView, make_snapshot: Callable[..., Snapshot]
) -> None:
    small = make_snapshot(Recipe(dataset="tiny", layers=(16, 4)), steps=1)
    watched: list[tuple[int, int]] = []
    on_wish(view, TrackParameters, lambda pair: watched.append((pair.first, pair.second)))
    view.show_snapshot(small)
    view.restore({"pair": list(PAIR), "kind": "line"})
    view.show_snapshot(small)
    assert watched == []
    assert view.picture.names[0] == "w¹₁,₁"
    assert view.state()["kind"] == "line"
