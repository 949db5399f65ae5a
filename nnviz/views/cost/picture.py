"""What the cost view shows of one moment of a run: curves, ghosts, marks, words and bounds."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.costs import COSTS
from nnviz.engine.run.seed_band import SeedBand
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.training.phases import known_after
from nnviz.messages.events import LaidOver
from nnviz.numbers import style
from nnviz.views.cost import curves, text
from nnviz.views.cost.curves import Ghost, Line, laid_over
from nnviz.views.cost.legend import Wording, wordings

ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Digits that a bound may begin with."""
LEAST_END = 0.005
"""Epochs that the axis shows at least: of less nobody can read the labels."""
ASTRAY = 10.0
"""How many times larger than the costs on screen those of a ghost may be to be made room for."""
NO_LINE: Line = (np.zeros(0), np.zeros(0))


def round_up(value: float) -> float:
    """Return the next round number at or above a positive value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(power * next(end for end in ENDS if end * power >= value * (1 - 1e-9)))


def round_down(value: float) -> float:
    """Return the next round number at or below a positive value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(
        power * next(end for end in reversed(ENDS[:-1]) if end * power <= value * (1 + 1e-9))
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a plot shows: its last epoch, lowest positive and highest cost; 0, ∞ and 0 at first."""

    end: float = 0.0
    low: float = float("inf")
    high: float = 0.0

    def including(self, epoch: float, costs: Array) -> "Bounds":
        """Return bounds with room for a moment and for costs; what is no number does not count."""
        end = max(round_up(epoch), LEAST_END) if epoch > self.end else self.end
        positive = costs[np.isfinite(costs) & (costs > 0)]
        if not len(positive):
            return Bounds(end, self.low, self.high)
        return Bounds(
            end,
            min(self.low, round_down(float(positive.min()))),
            max(self.high, round_up(float(positive.max()))),
        )

    def costs(self, *, log: bool) -> tuple[float, float]:
        """Return the costs at the lower and the upper end of the axis."""
        if not self.high:
            return (0.1, 1.0) if log else (0.0, 1.0)
        return (min(self.low, self.high / 2), self.high) if log else (0.0, self.high)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What is drawn besides the run on screen.

    Attributes:
        curves: test costs of other runs.
        seeds: the same recipe with other seeds; None where nobody asked for them.
    """

    curves: tuple[LaidOver, ...] = ()
    seeds: SeedBand | None = None


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True)
class CostState:
    """What is chosen in the cost view.

    Attributes:
        log: whether its axis is logarithmic. Costs fall by factors: on a linear axis the long end
            of a run is one flat line.
        numbered: whether branches are called 1, 2, 3, the oldest first, in place of what was
            changed in them: a lesson asks which is which.
    """

    log: bool = True
    numbered: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CostPicture:
    """What the cost view shows of one moment.

    Lines are epochs and costs, without the points that have no place on the axis.

    Attributes:
        moment: what all this depends on, cheap to compare.
        ghosts: lines of branches that were left behind.
        empty: True before there is anything to draw; what follows is then empty too.
        band: outline of the minibatch costs.
        train, validation, test: costs of whole sets.
        points: whether each of these has a mark: they are few enough.
        lowest: the cost that early stopping waits for to be passed, all along.
        ring: epoch and cost of the minibatch that is looked at; None before its cost is known.
        older: how many ghosts are not drawn.
        seeds: outline of the test costs of the same recipe with other seeds.
        seeds_middle: their median.
    """

    moment: tuple[object, ...]
    run: int
    log: bool
    numbered: bool
    bounds: Bounds
    ghosts: tuple[Ghost, ...] = ()
    empty: bool = True
    band: Line = NO_LINE
    mean: Line = NO_LINE
    train: Line = NO_LINE
    validation: Line = NO_LINE
    test: Line = NO_LINE
    points: bool = False
    lowest: Line = NO_LINE
    ring: tuple[float, float] | None = None
    older: int = 0
    seeds: Line = NO_LINE
    seeds_middle: Line = NO_LINE
    legend: tuple[Wording, ...] = ()
    notes: tuple[text.Note, ...] = ()
    explanation: str = ""

    @property
    def end(self) -> float:
        """The last epoch on the axis."""
        return self.bounds.end or 1.0

    @property
    def costs(self) -> tuple[float, float]:
        """The costs at both ends of the axis."""
        return self.bounds.costs(log=self.log)


def picture(
    snapshot: Snapshot,
    state: CostState,
    before: CostPicture | None = None,
    beside: Beside = NOTHING_BESIDE,
) -> CostPicture:
    """Return what is to be shown of a moment, and beside it.

    Axes only grow while a run lasts and ghosts stay as they were before; where nothing has
    changed, that picture is returned itself.
    """
    moment = (state, beside, *_moment(snapshot))
    if before is not None and before.moment == moment:
        return before
    log = state.log and not reaches_zero(snapshot)
    old = before if before is not None and before.run == snapshot.run else None
    bounds, made = (old.bounds, old.ghosts) if old else (Bounds(), ())
    if old is not None and old.numbered != state.numbered:
        made = ()
    others = laid_over(beside.curves)
    seeds = beside.seeds if beside.seeds and beside.seeds.run == snapshot.run else None
    curve, epoch_layout = snapshot.curve, snapshot.epoch_layout
    nothing = not len(curve.mean) and not curves.left_behind(snapshot.branches)
    if nothing and not others and seeds is None:
        return CostPicture(moment, snapshot.run, log, state.numbered, bounds, made)

    mean = curves.running_mean(curve, epoch_layout, snapshot.step)
    found = snapshot.evaluations
    epochs = epoch_layout.epochs([one.step for one in found])
    train = np.array([one.train_cost for one in found])
    validation = np.array([one.validation_cost for one in found])
    test = np.array([one.test_cost for one in found])
    lowest, ring = _stopping(snapshot), _ring(snapshot)
    ghosts, older = curves.ghosts_of(snapshot.branches, made, numbered=state.numbered)
    ghosts = (*ghosts, *others)
    if len(ghosts) < len(made):  # one is forgotten, and its room with it
        bounds = Bounds()
    costs = np.concatenate((mean, train, validation, test, lowest, [ring[1]] if ring else []))
    if seeds is not None and len(seeds.epochs):
        costs = np.concatenate((costs, seeds.low, seeds.high))
    end = max(snapshot.epoch, float(seeds.epochs[-1]) if seeds and len(seeds.epochs) else 0.0)
    bounds = _room_for(bounds, end, costs, ghosts)
    validates = not bool(np.isnan(validation).all())
    return CostPicture(
        moment,
        snapshot.run,
        log,
        state.numbered,
        bounds,
        ghosts,
        empty=False,
        band=on_axis(curves.band(curve, epoch_layout), log=log),
        mean=on_axis(
            curves.thinned(
                curve, mean, epoch_layout, every=max(1, len(mean) // curves.MOST_POINTS)
            ),
            log=log,
        ),
        train=on_axis((epochs, train), log=log),
        validation=on_axis((epochs, validation), log=log),
        test=on_axis((epochs, test), log=log),
        points=len(found) <= curves.MOST_POINTS // 5,
        lowest=on_axis(
            (np.linspace(0.0, bounds.end or 1.0, 2 * len(lowest)), np.repeat(lowest, 2)), log=log
        ),
        ring=ring if ring and np.isfinite(ring[1]) and (ring[1] > 0 or not log) else None,
        older=older,
        seeds=NO_LINE if seeds is None else _outline(seeds, log=log),
        seeds_middle=NO_LINE if seeds is None else on_axis((seeds.epochs, seeds.middle), log=log),
        legend=wordings(snapshot, validates=validates),
        notes=(*text.notes(snapshot), *((text.seeds(seeds),) if seeds else ())),
        explanation=text.explanation(snapshot, validates=validates),
    )


def _outline(seeds: SeedBand, *, log: bool) -> Line:
    """Return the outline of a seed band: the upper side out, the lower back."""
    x, high = on_axis((seeds.epochs, seeds.high), log=log)
    back, low = on_axis((seeds.epochs, seeds.low), log=log)
    return np.concatenate((x, back[::-1])), np.concatenate((high, low[::-1]))


def reaches_zero(snapshot: Snapshot) -> bool:
    """Tell whether a cost becomes exactly 0, which has no place on a logarithmic axis."""
    return COSTS[snapshot.recipe.cost].counts_mistakes


def on_axis(line: Line, *, log: bool) -> Line:
    """Return a line without the points that have no place on the cost axis."""
    x, costs = line
    good = np.isfinite(costs)
    if log:
        good &= costs > 0
    return x[good], costs[good]


def _moment(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what the picture depends on."""
    return (
        *(snapshot.run, snapshot.step, snapshot.epoch, snapshot.phase, snapshot.epoch_layout),
        *(snapshot.evaluations[-1:], len(snapshot.evaluations), snapshot.changed),
        *(snapshot.branches, snapshot.recipe, style()),
    )


def _room_for(bounds: Bounds, epoch: float, costs: Array, ghosts: tuple[Ghost, ...]) -> Bounds:
    """Make room for costs and ghosts; a ghost that went astray does not squash the rest."""
    bounds = bounds.including(epoch, costs)
    near = costs[np.isfinite(costs) & (costs > 0)]
    low, high = (near.min() / ASTRAY, near.max() * ASTRAY) if len(near) else (0.0, np.inf)
    for ghost in ghosts:
        bounds = bounds.including(float(ghost.epochs[-1]), np.clip(ghost.costs, low, high))
    return bounds


def _ring(snapshot: Snapshot) -> tuple[float, float] | None:
    """Return where the minibatch that is looked at stands; None before its cost is known."""
    minibatch, phase = snapshot.minibatch, snapshot.phase
    if minibatch is None or phase is None or minibatch.alone:
        return None
    if not known_after(snapshot.recipe, phase).cost:
        return None
    return float(snapshot.epoch_layout.epochs([minibatch.step + 1])[0]), float(minibatch.cost)


def _stopping(snapshot: Snapshot) -> Array:
    """Return the cost that early stopping waits for to be passed; empty where it does not."""
    waits = snapshot.recipe.patience > 0 and np.isfinite(snapshot.best_validation)
    return np.array([snapshot.best_validation] if waits else [])
