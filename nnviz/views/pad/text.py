"""The pad's sentences; where room may be short, in several wordings, the fullest first."""

from collections.abc import Sequence

import numpy as np

from nnviz import numbers
from nnviz.data.picture_inputs import PictureStages
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.explain.pixels import Contributions
from nnviz.engine.measure.answer import UNKNOWN_DIGIT, Answer, class_name, how_sure
from nnviz.engine.notation import sum_symbol

Wordings = tuple[str, ...]
"""The same said at more and less length, the fullest first."""

INVITATION: Wordings = (
    "Draw a digit here, drop a picture or paste one",
    "Draw a digit here",
    "Draw here",
)
NO_PICTURES: Wordings = (
    "This network does not read pictures: choose the digits data set.",
    "This network reads no pictures",
    "No pictures",
)
NO_NUMBERS: Wordings = ("the outputs are not numbers", "no numbers", "")
ONLY_A_DOT: Wordings = ("only a dot: draw more", "only a dot", "")
NO_DIGIT: Wordings = (UNKNOWN_DIGIT, "no digit", "")
NO_DIGIT_TIP = (
    "This has no digit's shape, so whatever the outputs say deserves no trust: a net has an output "
    "for each digit and none for anything else."
)
COLOURS: Wordings = (
    "blue + for, orange − against",
    "blue for, orange against",
    "+ for, − against",
    "",
)
NOTHING = "There is no picture to paste: copy an image, or a picture file, first."
NEW_DRAWING = "A stroke begins a new drawing."
NOT_ERASED = "The eraser works on strokes; a stroke begins a new drawing."
NO_DRAWINGS = "what you draw is kept here"
WHAT_IS_IT = "What is it? It joins the training data."
PREPARED = (
    "On the way to the net: the ink alone, its tight box, scaled to one size, placed by its "
    "centre of mass. The last is exactly what the net sees."
)
WHOLE = (
    "This net was trained on whole pictures: the picture is not prepared as a drawing is. "
    "The last is exactly what the net sees."
)
WHY_TIP = (
    "Each pixel's share: its value x times the slope ∂z/∂x of the class's weighted sum z "
    "(gradient × input). The rest of z is biases and what the activations' bends add; "
    "without hidden layers it is exactly the bias."
)
CHOOSE = (
    "Bars, stages and questions are about the one in the stronger frame: click a frame, or press "
    "← or → over the pad, for another."
)
BARS, NO_ANSWER = "What the network answers", "no answer"
BARS_TIP = "Click a class to see which pixels spoke for it and against it"


def outputs(activation: str) -> str:
    """Say what outputs of an activation are; only those that sum to 1 are probabilities."""
    entry = ACTIVATIONS[activation]
    if entry.output_only:
        return "probabilities ŷ"
    return "activations ŷ" if entry.probable and entry.trainable else "outputs ŷ"


def output(value: float, *, percent: bool) -> str:
    """Write one output's value as the bars do."""
    if not np.isfinite(value):
        return "–"
    return numbers.percent(value) if percent else numbers.fixed(value, 2)


def sure(found: Answer, activation: str, names: Wordings, trust: float | None = None) -> Wordings:
    """Say how sure an answer is, and how much trust it deserves where anybody knows."""
    best = class_name(found.best, names)
    if not found.decided:
        full, short = f"undecided, {best} first", f"{best} first"
    else:
        full = how_sure(found, activation)
        short = output(found.value, percent=ACTIVATIONS[activation].output_only)
    if trust is None:
        return (full, short, "")
    trusted = f"trust {share(trust)}"
    if not found.decided:  # trust alone beside what is undecided would read as a contradiction
        return (f"{full}, {trusted}", short, "")
    return (f"{full}, {trusted}", trusted, share(trust), "")


def number(
    read: Sequence[str], shares: Sequence[str], sure: Sequence[str], *, trusted: bool
) -> tuple[Wordings, str]:
    """Say of several digits how many there are, and how sure the net is of each.

    Args:
        read: what each is read as.
        shares: how sure that is, short, and
        sure: the same in full, for the tool tip.
        trusted: whether the shares are of trust.
    """
    count = several(len(read))
    lines = (f"{name}: {said}" for name, said in zip(read, sure, strict=True))
    tip = "\n".join((f"{count}: {' '.join(read)}", *lines, CHOOSE))
    return (f"{count}{', trust' * trusted}: {', '.join(shares)}", count, ""), tip


def share(trust: float) -> str:
    """Write how much trust an answer deserves."""
    return numbers.percent(trust, 0)


def several(count: int) -> str:
    """Count the digits on the sheet."""
    return numbers.count(count, "digit")


def whose(place: int, count: int) -> str:
    """Say of which digit the bars are."""
    return f"digit {place + 1} of {count}"


def trust_tip(trust: float | None) -> str:
    """Say what trust is."""
    if trust is None:
        return ""
    return (
        f"Trust {share(trust)}: of digits read as surely as this, so many are read "
        "right, by examples that were held back."
    )


def undecided(found: Answer, names: Wordings) -> str:
    """Say why nothing is decided."""
    return "" if found.decided else f"Undecided: {found.why_undecided(names)}."


def way(stages: PictureStages | None, most: int) -> str:
    """Say what the stages are."""
    return PREPARED if stages is None or len(stages.names) == most else WHOLE


def more(count: int, *, smaller: bool) -> Wordings:
    """Count the outputs that have no bar; where there are values, all of theirs are smaller."""
    full = (f"+ {count} more, all smaller",) if smaller else ()
    return (*full, f"+ {count} more", f"+ {count}")


def why(
    contributions: Contributions, names: Wordings, *, linear: bool, last: int
) -> tuple[Wordings, ...]:
    """Return the question, its formula, the sums, and what they add up to with the rest.

    Where the net is linear the rest is the bias alone; `last` is the number of the output
    layer.
    """
    name, symbol = names[contributions.output], sum_symbol(last, contributions.output).text
    question: Wordings = (f"why {name}?",)
    if contributions.other is not None:
        other = names[contributions.other]
        question = (f"why {name}, not {other}?", f"{name}, not {other}?")
        symbol = f"({symbol} − {sum_symbol(last, contributions.other).text})"
    rest = f"{'bias' if linear else 'rest'} {_signed(contributions.rest)}"
    for_it, against = _signed(contributions.spoke_for), _signed(contributions.spoke_against)
    z = f"{symbol.strip('()')} = {_signed(contributions.z)}"
    return (
        question,
        (f"x · ∂{symbol}/∂x", ""),
        (f"for {for_it}, against {against}", f"{for_it}, {against}"),
        (f"{rest}: {z}", z, _signed(contributions.z)),
    )


def next_question(asking: str, other: str | None) -> str:
    """Say what the next press of the question's button does."""
    if not asking:
        return "why?"
    return "close" if asking == "both" or other is None else f"not {other[:3]}?"


def drawing(read: str, label: int | None) -> str:
    """Say what a drawing is that lies among the earlier ones."""
    said = f"read as {read}" if read else "a kept drawing"
    return f"{said}, taught as a {label}" if label is not None else said


PUT_BACK = "Click to put it back"


def taught(labels: Sequence[int]) -> str:
    """Confirm that drawings have become examples."""
    if len(labels) > 1:
        return f"{len(labels)} digits join the training data."
    return f"It joins the training data as a {labels[0]}."


def _signed(value: float) -> str:
    return numbers.fixed(value, 1, sign=True) if np.isfinite(value) else "–"


def teaches(digit: int) -> str:
    """Say what a button does that tells the net which digit a drawing is."""
    return f"It is a {digit}: the drawing joins the training data  [{digit}]"
