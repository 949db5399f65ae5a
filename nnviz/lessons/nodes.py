"""Nodes: an expression as a tree, each node of which has a value where a lesson looks.

A node does what its table entry says and nothing else: there is no other name, attribute or call.
"""

from collections.abc import Iterator
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
from nnviz.lessons.values import ExpressionError, Kind, Value, kind_of, of_kind


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
            node.thing(seen) if wanted == "thing" else of_kind(node.value(seen), wanted)
            for node, wanted in zip(self.arguments, function.takes, strict=True)
        ]
        for value, wanted in zip(given, function.takes, strict=True):
            if wanted == "text":
                function.check_word(str(value))
        with np.errstate(all="ignore"):
            return function.call(seen, *given)
