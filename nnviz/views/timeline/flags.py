"""What is marked along the timeline: changes of the run as flags, and where other branches leave.

Marks that stand too near each other to be told apart become one with a count;
its tooltip lists them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nnviz.engine.run.snapshot import Snapshot
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
    """

    step: int
    words: str
    why: str = ""
    by_hand: bool = True


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
        """What to write beside it."""
        return ", ".join(mark.words for mark in self.marks)

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
    marks = [Mark(change.step, change.words(snapshot.recipe)) for change in snapshot.changes]
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
