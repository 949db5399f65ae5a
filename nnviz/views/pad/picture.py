"""What the pad shows of one moment: what the net sees, its outputs, its answer, and why."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz import numbers
from nnviz.data.description import NOTHING_KNOWN, DataDescription
from nnviz.data.picture_inputs import strokes_names
from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.explain.pixels import Contributions, explain_pixels
from nnviz.engine.measure.answer import Answer, answer
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.taught import takes_drawings
from nnviz.views.pad import text
from nnviz.views.pad.digits import Box
from nnviz.views.pad.reading import NO_DIGITS, Reading, Several
from nnviz.views.pad.state import PadState
from nnviz.views.pad.text import Wordings
from nnviz.views.pad.winner import NO_ANSWER, WinnerPicture, number, winner

DIGITS = tuple("0123456789")
"""Outputs of a net that can be told what a digit is."""
PICTURE = (28, 28)
"""Rows and columns of the pictures of a net whose data nobody knows."""
MOST_STAGES = 4
"""Most stages that a picture passes through."""


@dataclass(frozen=True, slots=True, eq=False)
class StagesPicture:
    """A drawing's way to the net: names, and pictures (rows, columns) of 0..1 or none yet."""

    names: tuple[str, ...] = strokes_names(NOTHING_KNOWN)
    pictures: tuple[NDArray[np.floating[Any]], ...] = ()
    tip: str = text.PREPARED


@dataclass(frozen=True, slots=True, eq=False)
class OutputsPicture:
    """What the net makes of a drawing.

    Attributes:
        values: (outputs,); None where there is no drawing.
        texts: the values as they are written; empty where there is no drawing.
        widest, usual: the widest text there may be, and the widest of 0 … 1.
        winner: the output that is the answer; None where nothing is decided.
        asked: the output that is asked about; None for none.
        whose: of which of several digits they are, in words; empty where there is one.
    """

    names: tuple[str, ...] = ()
    values: Array | None = None
    texts: tuple[str, ...] = ()
    widest: str = ""
    usual: str = ""
    caption: str = ""
    winner: int | None = None
    asked: int | None = None
    whose: str = ""

    def largest(self, count: int) -> list[int]:
        """Return so many outputs with the largest values, in their own order."""
        if self.values is None:
            return list(range(min(count, len(self.names))))
        order = np.argsort(-np.nan_to_num(self.values), kind="stable")
        return sorted(order[:count].tolist())


@dataclass(frozen=True, slots=True, eq=False)
class WhyPicture:
    """Which pixels of what the net sees, (rows, columns), spoke for a class, and in words."""

    contributions: Contributions
    seen: NDArray[np.floating[Any]]
    question: Wordings
    formula: Wordings
    sums: tuple[Wordings, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PadPicture:
    """Everything that is shown of one moment but for the drawing itself.

    Attributes:
        why: what is asked; None for nothing.
        question: what the next press of the question's button does.
        answered: whether there is an answer to ask about.
        teachable: whether the net can be told what the drawing is.
        name: what the digit that is looked at is read as; the winner shows all of a number.
        frames: where several digits lie; empty for one.
        chosen: which of them is looked at.
    """

    hint: Wordings = text.INVITATION
    stages: StagesPicture = StagesPicture()
    outputs: OutputsPicture = OutputsPicture()
    winner: WinnerPicture = NO_ANSWER
    why: WhyPicture | None = None
    question: str = text.next_question("", None)
    answered: bool = False
    teachable: bool = False
    name: str = ""
    frames: tuple[Box, ...] = ()
    chosen: int = 0


def reads_pictures(snapshot: Snapshot | None) -> bool:
    """Tell whether the net of a moment may be asked about a picture."""
    return snapshot is None or snapshot.image_shape is not None


def picture(
    snapshot: Snapshot | None,
    state: PadState,
    reading: Reading,
    description: DataDescription,
    several: Several = NO_DIGITS,
) -> PadPicture:
    """Return what is shown; before the first moment there is no snapshot.

    Where several digits lie on the sheet, the reading is that of the one that is looked at.
    """
    stages = reading.stages
    way = StagesPicture(
        strokes_names(description) if stages is None else stages.names,
        () if stages is None else stages.pictures,
        text.way(stages, MOST_STAGES),
    )
    if snapshot is None or not reads_pictures(snapshot):
        hint = text.INVITATION if snapshot is None else text.NO_PICTURES
        return PadPicture(hint, way)
    names, values = names_of(snapshot), reading.values
    found = None if values is None else answer(values)
    certain = found is not None and found.best >= 0
    unknown = reading.trust == 0
    alone = winner(snapshot, names, reading, found)
    asked, other = _asked(state, values) if certain and values is not None else (None, None)
    return PadPicture(
        text.INVITATION,
        way,
        _outputs(snapshot, names, values, None if unknown else found, asked, several),
        number(snapshot, names, several) if several else alone,
        _why(snapshot, names, reading, asked, other if state.asking == "both" else None),
        text.next_question(
            "" if asked is None else state.asking, None if other is None else names[other]
        ),
        certain,
        takes_drawings(snapshot) and stages is not None and bool(stages.image.any()),
        alone.name,
        several.boxes if several else (),
        several.chosen,
    )


def names_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return what the outputs are called."""
    outputs = snapshot.recipe.layers[-1]
    if len(snapshot.class_names) >= outputs:
        return snapshot.class_names
    return tuple(str(output) for output in range(outputs))


def _asked(state: PadState, values: Array) -> tuple[int | None, int | None]:
    """Return the output that is asked about, and the likeliest other one."""
    if not state.asking:
        return None, None
    ranked = np.argsort(-values, kind="stable").tolist()
    known = state.question is not None and state.question < len(ranked)
    asked = state.question if known else ranked[0]
    return asked, next((output for output in ranked if output != asked), None)


def _outputs(
    snapshot: Snapshot,
    names: tuple[str, ...],
    values: Array | None,
    found: Answer | None,
    asked: int | None,
    several: Several,
) -> OutputsPicture:
    activation = snapshot.recipe.output_activation
    percent = ACTIVATIONS[activation].output_only
    some = () if values is None else values.tolist()
    return OutputsPicture(
        names,
        values,
        tuple(text.output(value, percent=percent) for value in some),
        numbers.percent(1.0) if percent else "−00.00",
        text.output(1.0, percent=percent),
        text.outputs(activation),
        found.best if found is not None and found.decided else None,
        asked,
        text.whose(several.chosen, len(several.readings)) if several else "",
    )


def _why(
    snapshot: Snapshot,
    names: tuple[str, ...],
    reading: Reading,
    asked: int | None,
    other: int | None,
) -> WhyPicture | None:
    if asked is None or reading.network is None or reading.stages is None:
        return None
    seen = reading.stages.image
    contributions = explain_pixels(reading.network, seen.reshape(-1), asked, other)
    last = len(snapshot.recipe.layers) - 1
    question, formula, *sums = text.why(contributions, names, linear=last == 1, last=last)
    return WhyPicture(contributions, seen, question, formula, tuple(sums))
