"""What the timeline shows of one moment of a run: where it stands, and what is marked."""

from dataclasses import dataclass

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.phases import Phase, phases_of
from nnviz.views.timeline.flags import Mark, changes_of, partings_of


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """All phases of the minibatch looked at, 1 for the first, and the one done last."""

    number: int
    phases: tuple[Phase, ...]
    now: Phase


@dataclass(frozen=True, slots=True, eq=False)
class TimelinePicture:
    """What the timeline shows of one moment.

    Attributes:
        reached: the furthest step trained.
        end: the step at the right end of the line: the end of the epoch being trained.
        changes: what was changed on the line, in order; flags.
        partings: where other branches leave the line, in order; forks.
        phase_row: the phases of a minibatch, where one is looked at phase by phase.
        changed_by: what the flags depend on, cheap to compare.
    """

    run: int
    step: int
    reached: int
    end: int
    epoch_layout: EpochLayout
    changes: tuple[Mark, ...]
    partings: tuple[Mark, ...]
    phase_row: PhaseRow | None
    changed_by: tuple[object, ...]


def picture(snapshot: Snapshot, before: TimelinePicture | None = None) -> TimelinePicture:
    """Return what is to be shown of a moment; flags stay where nothing else was changed."""
    changed_by = (snapshot.run, snapshot.changes, snapshot.edits, snapshot.recipe.layers)
    same = before is not None and before.changed_by == changed_by
    return TimelinePicture(
        snapshot.run,
        snapshot.step,
        snapshot.reached,
        snapshot.epoch_layout.epoch_end(max(snapshot.reached - 1, 0)),
        snapshot.epoch_layout,
        before.changes if before is not None and same else changes_of(snapshot),
        partings_of(snapshot),
        _phase_row(snapshot),
        changed_by,
    )


def _phase_row(snapshot: Snapshot) -> PhaseRow | None:
    minibatch, phase = snapshot.minibatch, snapshot.phase
    # Time stands still where an example alone is walked through.
    if phase is None or (minibatch is not None and minibatch.alone):
        return None
    number = (snapshot.step if minibatch is None else minibatch.step) + 1
    return PhaseRow(number, tuple(phases_of(snapshot.recipe)), phase)
