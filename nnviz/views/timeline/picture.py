"""What the timeline shows of one moment of a run: where it stands, and what is marked."""

from collections.abc import Callable, Iterable

from nnviz.dataclass import dataclass
from nnviz.engine.changes import together
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.phases import Phase, phases_of
from nnviz.views.timeline import text

MOST_LISTED = 8
"""Most marks that a tooltip lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a step.

    Attributes:
        step: minibatches done when it happened.
        words: what happened, in a few words.
        why: one sentence more, or empty.
        by_hand: True where a person did it.
        brief: the same words in fewer, where there are any; else empty.
    """

    step: int
    words: str
    why: str = ""
    by_hand: bool = True
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that stand at one place, x pixels from the left: at least one, in order of step."""

    x: float
    marks: tuple[Mark, ...]

    @property
    def step(self) -> int:
        """The step of the first of them, which a click goes to."""
        return self.marks[0].step

    @property
    def words(self) -> str:
        """What happened there."""
        return ", ".join(mark.words for mark in self.marks)

    @property
    def wordings(self) -> tuple[str, ...]:
        """What to write beside it, the fullest wording first."""
        brief = ", ".join(mark.brief or mark.words for mark in self.marks)
        return tuple(dict.fromkeys((self.words, brief)))

    @property
    def tip(self) -> str:
        """Everything about it, a line for each mark."""
        lines = []
        for mark in self.marks[:MOST_LISTED]:
            lines.append(text.at_step(mark.step, mark.words))
            lines += [mark.why] if mark.why else []
        more = len(self.marks) - MOST_LISTED
        return "\n".join([*lines, text.and_more(more)] if more > 0 else lines)


def changes_of(snapshot: Snapshot) -> tuple[Mark, ...]:
    """Return every change on the line of a snapshot, by hand or by the schedule, in order."""
    recipe, inputs = snapshot.recipe, snapshot.named_inputs
    marks = [
        Mark(edit.step, edit.words(recipe, inputs), brief=edit.words(recipe))
        for edit in together(snapshot.changes)
    ]
    marks += [
        Mark(edit.step, text.event(edit), edit.reason, by_hand=not edit.reason)
        for edit in snapshot.edits
    ]
    return tuple(sorted(marks, key=lambda mark: mark.step))


def partings_of(snapshot: Snapshot) -> tuple[Mark, ...]:
    """Return where other branches leave the line of a snapshot, in order."""
    marks = [
        Mark(look.leaves, text.leaves(look.name))
        for look in snapshot.branches
        if not look.current and look.reached > look.leaves
    ]
    return tuple(sorted(marks, key=lambda mark: mark.step))


def grouped(marks: Iterable[Mark], place_of: Callable[[int], float], nearest: float) -> list[Group]:
    """Join marks that stand less than `nearest` pixels behind the first of their group."""
    groups: list[tuple[float, list[Mark]]] = []
    for mark in marks:
        x = place_of(mark.step)
        if groups and x - groups[-1][0] < nearest:
            groups[-1][1].append(mark)
        else:
            groups.append((x, [mark]))
    return [Group(x, tuple(found)) for x, found in groups]


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
        end: the step at the right end of the line: the end of the epoch being trained.
        changes: what was changed on the line, in order; flags.
        partings: where other branches leave the line, in order; forks.
        changed_by: what the flags depend on, cheap to compare.
        beginning: what to do as long as nothing is trained, in wordings, the fullest first.
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
    beginning: tuple[str, ...]


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
        text.beginning(snapshot.untrainable),
    )


def _phase_row(snapshot: Snapshot) -> PhaseRow | None:
    minibatch, phase = snapshot.minibatch, snapshot.phase
    # Time stands still where an example alone is walked through.
    if phase is None or (minibatch is not None and minibatch.alone):
        return None
    number = (snapshot.step if minibatch is None else minibatch.step) + 1
    return PhaseRow(number, tuple(phases_of(snapshot.recipe)), phase)
