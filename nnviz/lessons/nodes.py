"""Nodes: an expression as a tree, each node of which has a value where a lesson looks.

A node does what its table entry says and nothing else: there is no other name, attribute or call.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.parameter_names import unpack
from nnviz.engine.parameters import locate
from nnviz.engine.selection import Selection
from nnviz.lessons.facts import FACTS
from nnviz.lessons.functions import FUNCTIONS
from nnviz.lessons.observed import Observed
from nnviz.lessons.quantities import QUANTITIES, check_indices
from nnviz.lessons.values import IN_WORDS, ExpressionError, Kind, Value, fits, kind_of


class Node:
    """A part of an expression."""

    __slots__ = ()

    @property
    def kind(self) -> Kind:
        """What it is worth; `any` where that is known only when it is asked."""
        return "any"

    @property
    def parts(self) -> "tuple[Node, ...]":
        """The nodes that it is made of."""
        return ()

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment.

        Raises:
            ExpressionError: it has no value there.
        """
        raise NotImplementedError

    def thing(self, seen: Observed) -> Selection | None:
        """Return what is selected where it is named as a thing on screen.

        Raises:
            ExpressionError: it is none.
        """
        found = self.value(seen) if self.kind in ("thing", "any") else 0.0
        if found is not None and not isinstance(found, Selection):
            raise ExpressionError(
                "this is nothing on screen: name a neuron(1, 0), an output(0), a weight w[1][0,0], "
                "a bias b[1][0] or the cost."
            )
        return found

    def walk(self) -> "Iterator[Node]":
        """Go through it and all that it is made of."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, a word, or true or false."""

    worth: float | str | bool

    @property
    def kind(self) -> Kind:
        """What it is worth."""
        return kind_of(self.worth)

    def value(self, seen: Observed) -> Value:
        """Return what it is worth."""
        return self.worth


@dataclass(frozen=True, slots=True)
class Named(Node):
    """A name without an index: a fact, a memory, or what the example calls a parameter."""

    name: str

    @property
    def kind(self) -> Kind:
        """What it is worth; what a memory keeps is known only when it is asked."""
        return FACTS[self.name].kind if self.name in FACTS else "any"

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment."""
        if self.name in FACTS:
            return FACTS[self.name].read(seen)
        if self.name in seen.memory:
            return seen.memory[self.name]
        return float(seen.snapshot.theta[self._parameter(seen)])

    def thing(self, seen: Observed) -> Selection | None:
        """Return what is selected where it is named as a thing on screen."""
        if self.name in FACTS:
            found = FACTS[self.name]
            return Node.thing(self, seen) if found.thing is None else found.thing
        if self.name in seen.memory:
            return Node.thing(self, seen)
        recipe, index = seen.snapshot.recipe, self._parameter(seen)
        place = locate(recipe, index)
        return Selection.of_weight(recipe, place.layer, place.source, place.target)

    def _parameter(self, seen: Observed) -> int:
        recipe = seen.snapshot.recipe
        names = unpack(recipe.parameter_names)
        mine = names.by_index.items() if names.layers == recipe.layers else ()
        found = [index for index, name in mine if name == self.name]
        if len(found) > 1:
            raise ExpressionError(
                f"several parameters are called '{self.name}' here: write the one that is meant as "
                "w[1][0,0] or b[1][0]."
            )
        if not found:
            raise ExpressionError(
                f"there is no '{self.name}': nothing is remembered under this name, and this net "
                "calls no parameter so."
            )
        return found[0]


@dataclass(frozen=True, slots=True)
class OfRecipe(Node):
    """A field of the recipe."""

    field: str

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment."""
        found: Any = getattr(seen.snapshot.recipe, self.field)
        return float(found) if kind_of(found) == "number" else found


@dataclass(frozen=True, slots=True)
class OfLayers(Node):
    """How many neurons the layers have, or one of them."""

    layer: Node | None = None

    @property
    def kind(self) -> Kind:
        """What it is worth."""
        return "row" if self.layer is None else "number"

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that it is made of."""
        return () if self.layer is None else (self.layer,)

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment."""
        if self.layer is None:
            return np.array(seen.layers, np.float64)
        (layer,) = _whole((self.layer,), seen)
        check_indices(seen.layers, ("layer",), (layer,))
        return float(seen.layers[layer])


@dataclass(frozen=True, slots=True)
class Indexed(Node):
    """A quantity of the net, with its indices."""

    name: str
    indices: tuple[Node, ...]

    @property
    def kind(self) -> Kind:
        """What it is worth."""
        return "number" if len(self.indices) == len(QUANTITIES[self.name].indices) else "row"

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that it is made of."""
        return self.indices

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment."""
        return QUANTITIES[self.name].read(seen, self._at(seen))

    def thing(self, seen: Observed) -> Selection | None:
        """Return what is selected where it is named as a thing on screen."""
        found = QUANTITIES[self.name].thing
        if found is None or self.kind != "number":
            return Node.thing(self, seen)
        return found(seen, self._at(seen))

    def _at(self, seen: Observed) -> tuple[int, ...]:
        at = _whole(self.indices, seen)
        check_indices(seen.layers, QUANTITIES[self.name].indices, at)
        return at


def _whole(nodes: tuple[Node, ...], seen: Observed) -> tuple[int, ...]:
    """Return indices as whole numbers."""
    found = []
    for node in nodes:
        value = node.value(seen)
        if kind_of(value) != "number" or not np.isfinite(value) or value != np.floor(value):  # type: ignore[arg-type]
            raise ExpressionError(f"an index must be a whole number, not {value}.")
        found.append(int(value))  # type: ignore[arg-type]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the vocabulary, with its arguments."""

    name: str
    arguments: tuple[Node, ...]

    @property
    def kind(self) -> Kind:
        """What it is worth."""
        own = FUNCTIONS[self.name].kind
        return self.arguments[0].kind if own is None else own

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that it is made of."""
        return self.arguments

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment."""
        function = FUNCTIONS[self.name]
        given = [
            node.thing(seen) if wanted == "thing" else _of_kind(node.value(seen), wanted)
            for node, wanted in zip(self.arguments, function.takes, strict=True)
        ]
        for value, wanted in zip(given, function.takes, strict=True):
            if wanted == "text":
                function.check_word(str(value))
        with np.errstate(all="ignore"):
            return function.call(seen, *given)


def _of_kind(value: Value, wanted: Kind) -> Value:
    """Refuse a value of another kind than wanted, as one of `any` may turn out."""
    found = kind_of(value)
    if wanted != "any" and (found == "any" or not fits(found, wanted)):
        raise ExpressionError(f"{IN_WORDS[found]} stands where {IN_WORDS[wanted]} is wanted.")
    return value


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
            np.asarray(_of_kind(part.value(seen), "numbers"), np.float64) for part in self.parts
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
