"""Texts of a lesson: the language that is there, and {placeholders} filled by the engine.

A placeholder is an expression in braces, {cost} or {w[1][0,2]:3}; the number after the colon says
how many digits count. No number of a lesson is typed in: it is asked for when it is shown.
"""

import re
from collections.abc import Iterator, Mapping
from math import isnan

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.lessons.expressions import Expression, parse
from nnviz.lessons.lesson import Text
from nnviz.lessons.observed import Observed
from nnviz.lessons.values import ExpressionError, Value, kind_of
from nnviz.numbers import write

ENGLISH = "en"
"""The language in which every text is there."""
UNKNOWN = "…"
"""Stands for a number, or a sentence, that is not there yet."""
MOST_IN_A_ROW = 12
"""Most numbers of a row that are written out."""
_HOLES = re.compile(r"\{([^{}]*)\}")
_DIGITS = re.compile(r"(.*?)(?::\s*([1-9]|1[0-7]))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands between braces.

    Attributes:
        expression: what is written there.
        digits: how many of its digits count; None for as many as the reader wishes.
    """

    expression: Expression
    digits: int | None = None


def placeholders(sentence: str) -> Iterator[Placeholder]:
    """Return what is to be filled in, in order.

    Raises:
        ExpressionError: something in braces is no expression, or a brace is alone.
    """
    rest = _HOLES.sub("", sentence)
    if "{" in rest or "}" in rest:
        raise ExpressionError("a brace is alone: write a placeholder as {cost}.")
    for found in _HOLES.finditer(sentence):
        yield read_placeholder(found[1])


def read_placeholder(inside: str) -> Placeholder:
    """Read what stands between braces.

    Raises:
        ExpressionError: it is no expression, or one of nothing that can be written.
    """
    found = _DIGITS.fullmatch(inside)
    assert found is not None
    expression = parse(found[1].strip())
    if expression.kind in ("bool", "thing"):
        raise ExpressionError(
            f"'{expression.source}' cannot be written: name a number, or choose words by "
            'when(…, "so", "or so"), or a symbol by name(…).'
        )
    return Placeholder(expression, int(found[2]) if found[2] else None)


def written(value: Value, digits: int | None = None) -> str:
    """Write a value as sentences have it: numbers as everywhere in nnviz.

    Raises:
        ExpressionError: it cannot be written.
    """
    match kind_of(value):
        case "number":
            number = float(value)  # type: ignore[arg-type]
            return UNKNOWN if isnan(number) else write(number, digits)
        case "text":
            return str(value)
        case "row":
            numbers = [write(float(one), digits) for one in np.asarray(value)[:MOST_IN_A_ROW]]
            more = " …" if np.size(value) > MOST_IN_A_ROW else ""  # type: ignore[arg-type]
            return ", ".join(numbers) + more
    raise ExpressionError("this is neither a number nor a word, and cannot be written.")


def in_language(text: Text, language: str = ENGLISH) -> str:
    """Return a text in a language: a form of it, such as en for en_GB, else English."""
    for one in (language, re.split("[-_]", language)[0], ENGLISH):
        if one in text:
            return text[one]
    return ""


def fill(text: Text, seen: Observed, language: str = ENGLISH) -> str:
    """Return a text in a language, with what its placeholders are worth at a moment.

    Raises:
        ExpressionError: one of them has no value there.
    """

    def worth(found: re.Match[str]) -> str:
        hole = read_placeholder(found[1])
        return written(hole.expression.value(seen), hole.digits)

    return _HOLES.sub(worth, in_language(text, language))


def unfilled(text: Text, language: str = ENGLISH) -> str:
    """Return a text in a language, of a scene that is not on yet: no number of it is known."""
    return _HOLES.sub(UNKNOWN, in_language(text, language))


def missing(text: Text, languages: Mapping[str, object] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages in which a text is not there; none where there is no text at all."""
    return tuple(language for language in languages if text and language not in text)
