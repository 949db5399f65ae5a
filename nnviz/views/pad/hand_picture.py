"""What the pad shows of a hand being learned: what is asked, what was drawn, how it was read."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import CLASSES, Taught, unpack
from nnviz.views.pad import hand_text
from nnviz.views.pad.hand_state import UNKNOWN, HandState
from nnviz.views.pad.text import Wordings

LESSON = 4000
"""Minibatches after which a hand is learned: tests/benchmarks/learn_a_hand.py."""


class Stage(Enum):
    """Where somebody is with their handwriting."""

    DRAWING = auto()
    READY = auto()
    LEARNING = auto()
    TRYING = auto()
    TRIED = auto()


DRAWN = (Stage.DRAWING, Stage.TRYING)
"""Stages in which something is to be drawn."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place for a drawing.

    Attributes:
        digit: which digit belongs there.
        drawing: what was drawn; None where nothing was yet.
        asked: whether it is asked for now.
        left_out: whether it is not asked for.
        reading: what was read there, "1 → 7"; empty where nobody asks.
        wrong: whether the net of now misreads it.
    """

    digit: int
    drawing: Taught | None = None
    asked: bool = False
    left_out: bool = False
    reading: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class HandPicture:
    """All that is shown of a hand being learned.

    Attributes:
        title: what is to be done, or what came out, large.
        figures: how many are drawn, or how many are read right, in a line.
        lines: what else there is to say.
        cells: a row for each copy, of a place for each digit.
        share: how much of the round or of the lesson is done, 0..1.
        hint: what the empty sheet says; empty where nothing is to be drawn.
    """

    stage: Stage = Stage.DRAWING
    title: Wordings = ("",)
    figures: Wordings = ("",)
    lines: tuple[Wordings, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    share: float = 0.0
    hint: Wordings = ()

    @property
    def tried(self) -> bool:
        """Whether the drawings are those that are tried, not those that are taught."""
        return self.stage in (Stage.TRYING, Stage.TRIED)


def lesson_step(state: HandState, snapshot: Snapshot | None) -> int | None:
    """Return the step at which the run was taught the hand; None where it was not."""
    hand = set(state.hand)
    if snapshot is None or not hand or not hand <= set(unpack(snapshot.recipe.taught)):
        return None
    for change in reversed(snapshot.changes):
        if change.name == "taught" and not hand <= set(unpack(str(change.old))):
            return change.step
    return 0


def stage_of(state: HandState, snapshot: Snapshot | None) -> Stage:
    """Tell where somebody is; a lesson that was taken back can be given again."""
    if lesson_step(state, snapshot) is None:
        undone = replace(state, trying=False)
        return Stage.DRAWING if undone.wanted is not None or not state.hand else Stage.READY
    if not state.trying:
        return Stage.LEARNING
    return Stage.TRYING if state.wanted is not None else Stage.TRIED


def read_by(network: Network | None, drawings: Sequence[Taught]) -> list[int]:
    """Return what a net reads of drawings; nothing where there is no net or no drawing."""
    if network is None or not drawings:
        return []
    outputs = network.predict(np.stack([one.image() for one in drawings]))
    return [int(digit) for digit in np.nan_to_num(outputs).argmax(axis=1)]


def hand_picture(
    state: HandState, snapshot: Snapshot | None, network: Network | None
) -> HandPicture:
    """Return what is shown, with the net of now."""
    stage = stage_of(state, snapshot)
    if stage in (Stage.DRAWING, Stage.READY):
        return _drawing(replace(state, trying=False), stage)
    if stage is Stage.LEARNING:
        assert snapshot is not None
        return _learning(state, snapshot, network)
    return _trying(state, stage, network)


def _drawing(state: HandState, stage: Stage) -> HandPicture:
    """Ask for the digits that are to be taught, or say that all are there."""
    done, total, wanted = len(state.hand), state.total, state.wanted
    share = done / max(total, 1)
    cells = _cells(state, state.hand, state.each, wanted)
    if wanted is None:
        title = hand_text.ready(done) if done else hand_text.nothing()
        return HandPicture(stage, title, lines=(hand_text.READY_HOW,), cells=cells, share=share)
    title = hand_text.draw_copy(wanted, state.copy_of(wanted), state.each)
    figures, hint = hand_text.so_far(done, total), hand_text.draw(wanted)
    return HandPicture(stage, title, figures, (hand_text.HOW,), cells, share, hint)


def _learning(state: HandState, snapshot: Snapshot, network: Network | None) -> HandPicture:
    """Say how far the lesson is, and how its own drawings are read."""
    step = lesson_step(state, snapshot) or 0
    share = min(max((snapshot.step - step) / LESSON, 0.0), 1.0)
    now = read_by(network, state.hand)
    cells = _cells(state, state.hand, state.each, None, state.before, now)
    figures = hand_text.brought(
        _right(state.before, state.hand), _right(now, state.hand) or 0, len(state.hand)
    )
    rests = share < 1 and not snapshot.playing
    last = hand_text.PAUSED if rests else hand_text.left_over(len(state.hand))
    title = hand_text.learning(share)
    return HandPicture(Stage.LEARNING, title, figures, (last,), cells, share)


def _trying(state: HandState, stage: Stage, network: Network | None) -> HandPicture:
    """Ask for the digits that are tried, or say what the lesson brought on them."""
    tries, wanted = state.tries, state.wanted
    now = read_by(network, tries)
    cells = _cells(state, tries, 1, wanted, state.before_tried, now)
    before, right = _right(state.before_tried, tries), _right(now, tries) or 0
    share = len(tries) / max(state.total, 1)
    forgot = (hand_text.FORGOT_BEFORE,) if before is None and tries else ()
    if wanted is None:
        title = hand_text.result(before, right, len(tries))
        lines = (*forgot, hand_text.NOT_LEARNED)
        return HandPicture(stage, title, lines=lines, cells=cells, share=share)
    title, figures = hand_text.draw(wanted), hand_text.so_far(0, state.total)
    last = hand_text.NOT_LEARNED
    if tries:
        known = state.before_tried[-1].replace(UNKNOWN, "")
        figures = hand_text.reading(tries[-1].label, known, str(now[-1]) if now else UNKNOWN)
        last = hand_text.since(before, right, len(tries))
    return HandPicture(stage, title, figures, (last, *forgot), cells, share, title)


def _right(answers: str | Sequence[int], drawings: Sequence[Taught]) -> int | None:
    """Count what was read right; None where not every answer is known."""
    if not drawings or len(answers) != len(drawings) or UNKNOWN in tuple(answers):
        return None
    return sum(str(answer) == str(one.label) for answer, one in zip(answers, drawings, strict=True))


def _cells(
    state: HandState,
    drawings: Sequence[Taught],
    rows: int,
    wanted: int | None,
    before: str = "",
    now: Sequence[int] = (),
) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each copy, with a place for each digit."""
    places: list[list[Cell]] = [[] for _ in range(CLASSES)]
    for place, one in enumerate(drawings):
        was = before[place] if place < len(before) else ""
        read = str(now[place]) if place < len(now) else ""
        reading = f"{was} → {read}" if was not in ("", UNKNOWN) and was != read else read
        cell = Cell(one.label, one, reading=reading, wrong=read not in ("", str(one.label)))
        places[one.label].append(cell)
    for digit, column in enumerate(places):
        first = len(column)
        out = str(digit) in state.skipped
        column += [
            Cell(digit, asked=digit == wanted and row == first, left_out=out)
            for row in range(first, rows)
        ]
    return tuple(tuple(column[row] for column in places) for row in range(rows))
