"""The row below the timeline that shows how far a minibatch is, phase by phase.

"minibatch 24 412 · pick → forward 1 → … → update": where there is little room,
names are shortened first, and at last only the neighbours of the present phase stay.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from nnviz.dataclass import dataclass
from nnviz.engine.training.phases import Phase
from nnviz.views.timeline import text

Ink = Literal["past", "now", "later"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of the row: before the present phase, the present phase itself, or after it."""

    text: str
    ink: Ink


def row(
    phases: Sequence[Phase],
    now: Phase,
    number: int,
    width: Callable[[Sequence[Piece]], float],
    room: float,
) -> list[Piece]:
    """Return the longest wording that has room, as `width` measures it."""
    pieces: list[Piece] = []
    for pieces in _wordings(phases, phases.index(now), text.minibatch(number)):
        if width(pieces) <= room:
            break
    return pieces


def _wordings(phases: Sequence[Phase], now: int, head: str) -> Iterator[list[Piece]]:
    """Yield wordings from long to short."""
    names = [phase.name for phase in phases]
    shorter = [
        f"{text.SHORT_PHASES.get(phase.kind, phase.kind)} {phase.layer or ''}".rstrip()
        for phase in phases
    ]
    yield _wording(names, now, head, len(names))
    yield _wording(shorter, now, head, len(names))
    for wording, start in ((names, head), (shorter, head), (names, ""), (shorter, "")):
        for neighbours in range(len(names) - 1 if wording is shorter else 4, 0, -1):
            yield _wording(wording, now, start, neighbours)
    yield _wording(shorter, now, "", 0)


def _wording(names: Sequence[str], now: int, head: str, neighbours: int) -> list[Piece]:
    first, last = max(now - neighbours, 0), min(now + neighbours, len(names) - 1)
    pieces = [Piece(head, "past")] if head else []
    if first:
        pieces.append(Piece("… → ", "past"))
    for place in range(first, last + 1):
        ink: Ink = "now" if place == now else "past" if place < now else "later"
        if place > first:
            pieces.append(Piece(" → ", "later" if place > now else "past"))
        pieces.append(Piece(names[place], ink))
    if last < len(names) - 1:
        pieces.append(Piece(" → …", "later"))
    return pieces
