"""Solutions: what a scene is done by, gesture by gesture, as rehearsal and "show me" do it.

A gesture is a few words: "step", "play 200", "w[1][0,1] = 9", "select neuron(1, 0)". What they
may be stands in one table; values and things are expressions.
"""

import re
from collections.abc import Mapping

from nnviz.dataclass import dataclass
from nnviz.lessons.expressions import Expression, parse
from nnviz.lessons.values import ExpressionError, Kind


@dataclass(frozen=True, slots=True)
class Deed:
    """One gesture of a solution.

    Attributes:
        source: as it was written.
        kind: a name of `DEEDS`.
        thing: what it is done to; None where it is to nothing on screen.
        value: what is typed, counted or gone to; None where nothing is.
        words: what else it says, in order: ids, a digit.
    """

    source: str
    kind: str
    thing: Expression | None = None
    value: Expression | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a gesture is written.

    Attributes:
        example: one that is.
        sentence: what is done, for the author's help.
        written: what matches it whole; its groups are named thing, value, or are words.
        wanted: of what kind its value is.
    """

    example: str
    sentence: str
    written: re.Pattern[str]
    wanted: Kind = "number"


def _pattern(example: str, sentence: str, written: str = "", wanted: Kind = "number") -> Pattern:
    return Pattern(example, sentence, re.compile(written or re.escape(example)), wanted)


_ID = r"([a-z0-9_-]+)"
_ANY = r"(?P<value>.+)"
DEEDS: Mapping[str, Pattern] = {
    "step": _pattern("step", "go on by a step"),
    "back": _pattern("back", "go back by a step"),
    "epoch": _pattern("epoch", "go on to the end of the epoch"),
    "play": _pattern(
        "play 200",
        "play, for so many minibatches or until the scene is done, then pause",
        r"play(?: (?P<value>\d+))?",
    ),
    "home": _pattern("home", "go to step 0"),
    "goto": _pattern("goto 300", "go to a step trained before", r"goto (?P<value>\d+)"),
    "halve": _pattern("halve", "halve the learning rate"),
    "double": _pattern("double", "double the learning rate"),
    "undo": _pattern("undo", "take the last change back"),
    "race": _pattern("race", "run the race to its end"),
    "draw": _pattern("draw 3 small", "draw a digit on the pad", r"draw ([0-9])(?: (small))?"),
    "teach": _pattern("teach 7", "let the net learn the drawing as this digit", r"teach ([0-9])"),
    "select": _pattern("select w[1][0,1]", "click something", r"select (?P<thing>.+)"),
    "switch off": _pattern(
        "switch off neuron(1, 4)", "switch a neuron off", r"switch off (?P<thing>.+)"
    ),
    "open": _pattern("open surface", "open a panel", rf"open {_ID}"),
    "view": _pattern(
        "view activation second = relu",
        "choose something in a view, by the name under which it keeps it",
        rf"view {_ID} {_ID} = (\S+)",
    ),
    "eta": _pattern("eta = 0.4", "type a learning rate", rf"(?:eta|η) = {_ANY}"),
    "input": _pattern("x[0] = 8", "set an input", rf"(?P<thing>x\[[^=]+\]) = {_ANY}"),
    "set": _pattern(
        "w[1][0,1] = 9", "type a weight or a bias", rf"(?P<thing>[^=\s][^=]*?) = {_ANY}"
    ),
}
"""What a solution may be made of; of several that fit, the first is meant."""


def read_deed(text: str) -> Deed:
    """Read one gesture of a solution.

    Raises:
        ExpressionError: it is none; the sentence says what may stand there.
    """
    for kind, pattern in DEEDS.items():
        found = pattern.written.fullmatch(text.strip())
        if found is None:
            continue
        named = found.groupdict()
        thing, value = named.get("thing"), named.get("value")
        words = [word for word in found.groups() if word and word not in (thing, value)]
        return Deed(
            text,
            kind,
            None if thing is None else parse(thing, "thing"),
            None if value is None else parse(value, pattern.wanted),
            tuple(words),
        )
    known = ", ".join(f"'{pattern.example}'" for pattern in DEEDS.values())
    raise ExpressionError(f"'{text}' is no gesture of a solution: write one such as {known}.")
