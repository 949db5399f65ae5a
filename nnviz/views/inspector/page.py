"""What the inspector says of one selection: formulas as trees, words, a table and a curve."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.explain import CostLine, Equation, NeuronParts
from nnviz.engine.explain.expression import Expression
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial, Quantity, Symbol
from nnviz.numbers import write
from nnviz.views.inspector import text

Change = tuple[tuple[float, ...], tuple[int, ...]]
"""New values, and which entries of theta take them."""
ALL = "all"
"""What the counted rest of a sum picks: the table of all terms."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Equations, at least one, side by side: each in symbols, in numbers, and its result.

    Attributes:
        main: True for the formula that is asked for; further ones are smaller.
        first: True where it should be seen without scrolling.
        known: False where no number may be shown yet: in symbols only.
        tall: True writes derivatives as fractions.
        brief: True writes values with fewer digits.
        lead: words before it.
    """

    equations: tuple[Equation, ...]
    main: bool = False
    first: bool = False
    known: bool = True
    tall: bool = False
    brief: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class WeightedSum:
    """A neuron's weighted sum, its largest terms with numbers, each of which can be clicked.

    Where it is the main formula its activation is written around the sum.
    """

    parts: NeuronParts
    main: bool
    first: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity and its value, with a word on where it comes from."""

    quantity: Quantity
    main: bool = False
    first: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Words, with symbols between them; a quantity with its value ends a sentence."""

    parts: tuple[str | Symbol | Partial | Quantity, ...]
    first: bool = False


Line: TypeAlias = Formula | WeightedSum | Value | Prose


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of numbers, each with a bar; made without an object a row.

    Attributes:
        title: what the rows are, with their count: "30 terms".
        heads: one for the name and one for each column, words or symbols.
        columns: numbers, (rows,) each; the last is what the bars show.
        pick: returns what a click on a row picks; the column counts from 0, the name is −1.
        own: the row of what is selected itself; −1 for none.
        longest: letters of the longest name, where rows have names rather than symbols.
    """

    title: str
    heads: tuple[str | Expression, ...]
    name: Callable[[int], str]
    columns: tuple[NDArray[np.float64], ...]
    pick: Callable[[int, int], Selection | None]
    own: int = -1
    longest: int = 0

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.columns[-1])


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done to a neuron or its layer: in words, and as an edit."""

    words: str
    change: Callable[[], Change]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What is shown of a selection.

    Attributes:
        lines: formulas and sentences, the most important first.
        copied: formula, formula with numbers and result, as plain text.
        table: its terms, or None.
        parameter: index into theta of a weight or bias, whose value can be set; else −1.
        value: of that parameter, in the precision it has.
        curve: C(w) along it, or None.
        learned: what the step in the curve is called.
        shape: equal for the same lines with other numbers, whose places are kept.
        shorter: what the title says where it has no room, the fullest wording first.
    """

    title: str
    lines: tuple[Line, ...]
    copied: tuple[str, ...]
    table: Table | None = None
    parameter: int = -1
    value: float | np.floating = 0.0
    curve: CostLine | None = None
    learned: str = ""
    example: str = ""
    actions: tuple[Action, ...] = ()
    shape: tuple[object, ...] = ()
    shorter: tuple[str, ...] = ()


def not_computed(title: str, equation: Equation, sentence: str, *, tall: bool = False) -> Page:
    """Return the page of a number that a later phase computes: its formula in symbols alone."""
    formula = Formula((equation,), main=True, first=True, known=False, tall=tall)
    return Page(title, (formula, Prose((sentence,), first=True)), (equation.text,))


def undesired(title: str, equation: Equation, *, tall: bool = False) -> Page:
    """Return the page of a number that nobody knows, as nobody says what is desired."""
    page = not_computed(title, equation, text.UNDESIRED, tall=tall)
    return replace(page, copied=(*page.copied, text.UNDESIRED))


def text_of(equation: Equation) -> tuple[str, ...]:
    """Return an equation as plain text: in symbols, in numbers, and the result."""
    result = f"{equation.result.symbol.text} = {write(equation.result.value)}"
    return tuple(dict.fromkeys((equation.text, equation.text_with_numbers, result)))
