"""Operations: the nodes of an expression that join others: arithmetic, comparisons, logic."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.lessons.nodes import Named, Node
from nnviz.lessons.observed import Observed
from nnviz.lessons.values import ExpressionError, Kind, Value, kind_of, of_kind


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Two numbers, or rows, put together by + − × ÷ or a power."""

    sign: str
    left: Node
    right: Node

    @property
    def kind(self) -> Kind:
        """What it is worth."""
        kinds = {self.left.kind, self.right.kind}
        return "any" if "any" in kinds else "row" if "row" in kinds else "number"

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that it is made of."""
        return self.left, self.right

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment; numbers alone are put together, never words."""
        left, right = (
            np.asarray(of_kind(part.value(seen), "numbers"), np.float64) for part in self.parts
        )
        if left.ndim and right.ndim and left.shape != right.shape:
            raise ExpressionError(
                f"a row of {len(left)} and one of {len(right)} do not go together."
            )
        with np.errstate(all="ignore"):
            found = ARITHMETIC[self.sign](left, right)
        return float(found) if np.ndim(found) == 0 else np.asarray(found)


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two values compared."""

    sign: str
    left: Node
    right: Node

    @property
    def kind(self) -> Kind:
        """What it is worth."""
        return "bool"

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that it is made of."""
        return self.left, self.right

    def value(self, seen: Observed) -> Value:
        """Return whether it holds; things are compared as things, numbers as numbers."""
        left, right = self._compared(seen)
        if self.sign in ("==", "!="):
            same = kind_of(left) == kind_of(right) and bool(np.array_equal(left, right))
            return same == (self.sign == "==")
        if left is None or right is None:
            return False
        if kind_of(left) != "number" or kind_of(right) != "number":
            raise ExpressionError(f"{self.sign} compares numbers, and here something else stands.")
        return bool(COMPARISONS[self.sign](left, right))

    def _compared(self, seen: Observed) -> tuple[Any, Any]:
        selects = [
            part for part in self.parts if part.kind == "thing" or part == Named("selection")
        ]
        if selects:
            return self.left.thing(seen), self.right.thing(seen)
        return self.left.value(seen), self.right.value(seen)


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """Conditions joined by and, or; or one turned round by not."""

    word: str
    conditions: tuple[Node, ...]

    @property
    def kind(self) -> Kind:
        """What it is worth."""
        return "bool"

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that it is made of."""
        return self.conditions

    def value(self, seen: Observed) -> Value:
        """Return whether it holds; what decides it already is the last that is asked."""
        if self.word == "not":
            return not self.conditions[0].value(seen)
        held = (bool(condition.value(seen)) for condition in self.conditions)
        return all(held) if self.word == "and" else any(held)


ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
