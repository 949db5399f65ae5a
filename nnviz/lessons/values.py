"""Values: what an expression of a lesson can be worth, and of which kind it is."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.selection import Selection
from nnviz.errors import NnvizError

Row = NDArray[np.float64]
Value = float | bool | str | Row | Selection | tuple[Any, ...] | None
"""A number, a condition's answer, a word, a row of numbers, a thing on screen, or what a view
keeps of itself."""
Kind = Literal["number", "bool", "text", "row", "numbers", "thing", "any"]
"""Which of them; `numbers` are one or a row, `any` is known only when it is asked."""


class ExpressionError(NnvizError):
    """A text is no expression, or has no value now; the message says why and what to do."""


def fits(kind: Kind, wanted: Kind) -> bool:
    """Tell whether something of one kind can stand where another is wanted."""
    several = "numbers" in (kind, wanted) and {kind, wanted} <= {"numbers", "number", "row"}
    return kind == wanted or several or "any" in (kind, wanted)


def kind_of(value: object) -> Kind:
    """Return the kind of a value."""
    match value:
        case bool() | np.bool_():
            return "bool"
        case int() | float() | np.floating() | np.integer():
            return "number"
        case str():
            return "text"
        case np.ndarray():
            return "row"
        case Selection():
            return "thing"
        case _:
            return "any"


IN_WORDS: dict[Kind, str] = {
    "number": "a number",
    "bool": "a condition",
    "text": 'a word in quotation marks, "so"',
    "row": "a row of numbers",
    "numbers": "a number or a row of them",
    "thing": "something on screen, as neuron(1, 0)",
    "any": "anything",
}
"""The kinds as sentences call them."""


def of_kind(value: Value, wanted: Kind) -> Value:
    """Return a value that is of a kind, as one of `any` may turn out not to be.

    Raises:
        ExpressionError: it is of another.
    """
    found = kind_of(value)
    if wanted != "any" and (found == "any" or not fits(found, wanted)):
        raise ExpressionError(f"{IN_WORDS[found]} stands where {IN_WORDS[wanted]} is wanted.")
    return value
