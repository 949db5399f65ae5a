"""What the inspector says of one selection: lines, a table, a curve, and plain text."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.explain import CostLine, Equation
from nnviz.engine.selection import Selection
from nnviz.numbers import write
from nnviz.views.inspector.equation_nodes import (
    Reading,
    number_node,
    operator,
    segments,
)
from nnviz.views.inspector.flow import MAIN, Line
from nnviz.views.inspector.typesetting import Glyphs, Node, Row
from nnviz.views.shared.type_scale import Step


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of numbers, each with a bar; made without an object a row.

    Attributes:
        title: what the rows are, with their count: "30 terms".
        heads: one for the name and one for each column.
        name: returns the name of a row.
        columns: numbers, (rows,) each; the last is what the bars show.
        pick: returns what a click on a row picks; the column counts from 0, the name is −1.
        own: the row of what is selected itself; −1 for none.
    """

    title: str
    heads: tuple[Node, ...]
    name: Callable[[int], str]
    columns: tuple[NDArray[np.float64], ...]
    pick: Callable[[int, int], Selection | None]
    own: int = -1

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.columns[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What is shown.

    Attributes:
        title: what was selected.
        lines: formulas and sentences, the most important first.
        copied: formula, formula with numbers and result, as plain text.
        table: its terms, or None.
        parameter: index into theta of a weight or bias, whose value can be set; else −1.
        value: of that parameter.
        curve: C(w) along it, or None.
        learned: what the step in the curve is called.
    """

    title: str
    lines: tuple[Line, ...]
    copied: tuple[str, ...]
    table: Table | None = None
    parameter: int = -1
    value: float = 0.0
    curve: CostLine | None = None
    learned: str = ""


def formula_line(
    equation: Equation,
    reading: Reading,
    *,
    step: Step = MAIN,
    first: bool = False,
    known: bool = True,
    indent: bool = True,
) -> Line:
    """Set an equation: in symbols, in numbers, and the result; in symbols only if not known."""
    nodes = [reading.symbol(equation.result), operator("="), *reading.formula(equation.formula)]
    if known:
        nodes += worked_out(equation, reading)
    return Line(segments(nodes), step, "text", first, indent)


def worked_out(equation: Equation, reading: Reading) -> list[Node]:
    """Return "= numbers = result", each only where it says something new."""
    nodes: list[Node] = []
    result = write(equation.result.value)
    in_numbers = equation.right_with_numbers
    if in_numbers not in (result, equation.right):
        nodes += [operator("="), *reading.numbers(equation.numbers)]
    if equation.right != result:
        nodes += [operator("="), number_node(equation.result.value, bold=True)]
    return nodes


def text_of(equation: Equation, *, known: bool = True) -> tuple[str, ...]:
    """Return an equation as plain text: in symbols, in numbers, and the result."""
    if not known:
        return (equation.text,)
    value = write(equation.result.value)
    result = f"{equation.result.symbol.text} = {value}"
    lines = (equation.text, equation.text_with_numbers, result)
    return tuple(dict.fromkeys(lines))


def signed(value: float, node: Node, *, lead: bool) -> Node:
    """Set a term of a sum with the sign before it: nothing before a first positive one."""
    sign = "−" if value < 0 else "+"
    if lead:
        return Row((Glyphs("−"), node)) if value < 0 else node
    return Row((operator(sign), node))


def share_of(part: float, whole: float) -> str:
    """Say what share of a whole a part is: "12 %"."""
    if not np.isfinite(part) or not np.isfinite(whole) or whole <= 0:
        return ""
    share = 100 * part / whole
    return "less than 0.1 %" if 0 < share < 0.1 else f"{write(share, 2 if share < 10 else 3)} %"


def upper_first(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
