"""What the surface view shows of one moment: surface or slice, path, step, names and words."""

from collections.abc import Sequence

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.explain.line import CostLine
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, Landscape
from nnviz.numbers import style
from nnviz.views.surface import text
from nnviz.views.surface.path_3d import NOWHERE, Path3D, lay_path
from nnviz.views.surface.state import SurfaceState
from nnviz.views.surface.text import Lack, Switch
from nnviz.views.surface3d.curve import Curve, make_curve
from nnviz.views.surface3d.shape import Array, Relief, make_relief


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A step that is about to be done or has been done: minus the slope, or how weights were moved.

    Attributes:
        words: what it is, in numbers.
        way: where it leads, in the units of w1 and w2, (2,).
        done: whether it has led to the present point, or starts there.
    """

    words: str
    way: Array
    done: bool


def step_of(snapshot: Snapshot, state: SurfaceState) -> Step | None:
    """Return the step that the phase just done tells of, if it tells of one."""
    minibatch, phase = snapshot.minibatch, snapshot.phase
    if minibatch is None or minibatch.alone or phase is None or state.kind is not Kind.PARAMETERS:
        return None
    pair = list(state.pair)
    if phase.kind == "average":
        slope = minibatch.gradient[pair]
        return Step(f"∂C/∂w = ({text.exact(*slope)})", -slope, done=False)
    if phase.kind == "update":
        nudge = minibatch.nudge[pair]
        return Step(f"moved by ({text.exact(*nudge)})", nudge, done=True)
    return None


def alone_since(snapshot: Snapshot, state: SurfaceState) -> int:
    """Return since when only the plane's own parameters train; 0 where others do."""
    own = state.own()
    if not own or snapshot.recipe.only != own:
        return 0
    steps = [
        change.step
        for change in snapshot.changes
        if change.name == "trained" and change.step <= snapshot.step
    ]
    return steps[-1] if steps else 0


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """A slice along one weight.

    Attributes:
        way: the weight and the true cost along the path so far, (points, 2).
        tangent: places on it, (points, 2).
        steps: tangent and next step in words, the longest text first.
    """

    curve: Curve
    line: CostLine
    way: Array
    tangent: Array
    steps: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """Where this moment has path, present and step on a surface.

    Attributes:
        of: the snapshot, the surface and the pair of weights that it was made of.
        now: the present in unit coordinates, (2,), or None where it is no number.
        way: the direction of the arrow at the present, (2,), or None for no arrow.
        step: the step of which the phase just done tells; None where the arrow is the slope.
    """

    of: tuple[object, ...]
    path: Path3D = NOWHERE
    now: Array | None = None
    way: Array | None = None
    step: Step | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SurfacePicture:
    """Everything that is shown.

    Attributes:
        of: what its words were made of.
        shown: the answer that it is made of, or None.
        names: what stands along w1 and w2.
        whole: the same with the inputs that weights are on, where these have names.
        lack: why nothing is drawn; None where something is.
        header: what the line above says, the longest text first.
        reading: the height under the pointer, likewise; empty where it is elsewhere.
        hints: what a click there does, the longest text first.
        why: why the path is where it is, likewise.
        switch: lets only the plane's own parameters train; None for no switch.
        offered: the name of a parameter that was clicked and could be an axis; empty for none.
        fraction: how much of the surface that is waited for is done, 0..1, or None.
    """

    of: tuple[object, ...] = ()
    shown: Landscape | None = None
    names: tuple[str, str] = ("", "")
    whole: tuple[str, str] = ("", "")
    relief: Relief | None = None
    motion: Motion | None = None
    slice: Slice | None = None
    lack: Lack | None = Lack.RUN
    header: Sequence[str] = ("",)
    reading: Sequence[str] = ()
    hints: Sequence[str] = ()
    why: Sequence[str] = ("",)
    switch: Switch | None = None
    offered: str = ""
    axes: int = 2
    fraction: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Hands:
    """What hands are at besides the state: nothing of it is kept.

    Attributes:
        unit: the place of the surface under the pointer in unit coordinates, (2,), or None.
        value: the value of the one weight under it, or None.
        clicked: the parameter that was clicked last in whichever view, or None.
    """

    unit: Array | None = None
    value: float | None = None
    clicked: Selection | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """How it stands with the surfaces asked for.

    Attributes:
        shown: the answer to be drawn, or None.
        waits: whether another is waited for.
        fraction: how much of that is done, 0..1, where it tells.
        ahead: the relief of the answer to be drawn, where that was made ahead.
    """

    shown: Landscape | None = None
    waits: bool = False
    fraction: float | None = None
    ahead: Relief | None = None


def picture(
    snapshot: Snapshot | None,
    state: SurfaceState,
    answered: Answered,
    hands: Hands | None = None,
    before: SurfacePicture | None = None,
) -> SurfacePicture:
    """Make everything that is to be shown of one moment.

    What has not changed since the picture shown before is taken from it; ranges stay where they
    can.
    """
    if snapshot is None:
        return SurfacePicture()
    hands, before, shown = hands or Hands(), before or SurfacePicture(), answered.shown
    line = shown.line if shown is not None and state.kind is Kind.LINE else None
    same = before.shown is shown and before.of[:2] == (snapshot.recipe, state.plane())
    names = before.names if same else text.axis_names(snapshot, state, shown)
    whole = before.whole
    if not same:
        whole = text.axis_names(snapshot, state, shown, snapshot.named_inputs)
    relief = answered.ahead or relief_of(state, shown, before) if line is None else None
    made = _slice(state, shown, names[0], before) if line is not None else None
    reading: Sequence[str] = ()
    if relief is not None and hands.unit is not None:
        reading = text.readings(relief, hands.unit)
    elif made is not None and hands.value is not None:
        reading = text.curve_readings((hands.value,), made.curve.cost_at(hands.value))
    motion = _motion(snapshot, state, shown, relief, before.motion)
    stepping = motion.step.words if motion is not None and motion.step is not None else ""
    of = snapshot.recipe, state.plane(), stepping, snapshot.image_shape, style()
    if same and before.of == of:
        header, why, switch = before.header, before.why, before.switch
    else:
        header = ("",) if shown is None else text.header_texts(snapshot, shown, stepping)
        why, switch = text.why_texts(snapshot, state, shown), text.switch_of(snapshot, state)
    lack = None
    if shown is None:
        lack = Lack.ANSWER if answered.waits else Lack.REQUEST
    elif relief is None and made is None:
        lack = Lack.NUMBERS
    return SurfacePicture(
        of=of,
        shown=shown,
        names=names,
        whole=whole,
        relief=relief,
        motion=motion,
        slice=made,
        lack=lack,
        header=header,
        reading=reading,
        hints=text.CLICKS.get(state.kind, ()) if reading else (),
        why=why,
        switch=switch,
        offered=text.offered_name(snapshot, state, hands.clicked),
        axes=len(state.own()),
        fraction=answered.fraction,
    )


def relief_of(
    state: SurfaceState, shown: Landscape | None, before: SurfacePicture
) -> Relief | None:
    """Return the relief of an answer, whose range stays that of the picture before if it can."""
    last = before.relief
    if shown is None or shown.line is not None:
        return None
    if shown is before.shown and last is not None and last.log == state.log:
        return last
    return make_relief(shown.w1, shown.w2, shown.cost, last, log=state.log)


def _slice(
    state: SurfaceState, shown: Landscape | None, name: str, before: SurfacePicture
) -> Slice | None:
    line = shown.line if shown is not None else None
    if shown is None or line is None:
        return None
    last = before.slice
    if shown is before.shown and last is not None and last.curve.log == state.log:
        return last
    curve = make_curve(
        line.values, line.costs, text.alone(name), last.curve if last else None, log=state.log
    )
    way = np.column_stack((shown.path.at[:, 0], shown.path.cost))
    reach = line.present.w + np.linspace(-0.3, 0.3, 30) * (line.values[-1] - line.values[0])
    tangent = np.column_stack((reach, line.tangent(reach)))
    return Slice(
        curve=curve,
        line=line,
        way=way[np.isfinite(way).all(axis=1)],
        tangent=tangent[tangent[:, 1] > 0],
        steps=text.step_texts(line),
    )


def _motion(
    snapshot: Snapshot,
    state: SurfaceState,
    shown: Landscape | None,
    relief: Relief | None,
    before: Motion | None,
) -> Motion | None:
    if relief is None or shown is None:
        return None
    of = snapshot, relief, state.pair
    if before is not None and before.of == of:
        return before  # snapshots and surfaces are equal to themselves alone
    here = shown.place(snapshot.theta)
    now = relief.unit(here[np.newaxis])[0] if np.isfinite(here).all() else None
    since = alone_since(snapshot, state)
    kept = (shown.path.steps >= since) & (shown.path.steps <= snapshot.step)
    path = lay_path(relief, shown.path.at[kept], shown.path.cost[kept], now)
    step, way = step_of(snapshot, state), None
    if now is not None and (step is not None or not snapshot.untrainable):
        slope = relief.slope_at(np.clip(now, 0, 1), snapshot.recipe.dtype)
        moved = step.way.astype(np.float64) if step else -slope
        ends = relief.unit(np.stack((np.zeros(2), moved)))
        way = ends[1] - ends[0] if np.isfinite(ends).all() else None
    return Motion(of, path, now, way, step)
