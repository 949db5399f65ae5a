"""Expressions: the closed language in which a lesson asks for numbers and says when it goes on.

A text such as "w[1][0,2] * x[2] >= 3 and stepped('cost')" is read into a tree of `nodes`. Python
takes it apart into words and signs; what they may be is said here, each kind of node by itself,
and nothing is ever run as Python. A text is short, its tree shallow and all arithmetic that of
plain floats, so neither reading it nor asking for its value can take long.
"""

import ast
import warnings
from functools import lru_cache
from math import isfinite
from typing import NoReturn

from nnviz.dataclass import dataclass
from nnviz.engine.recipe import settings
from nnviz.engine.selection import Selection
from nnviz.lessons.facts import FACTS
from nnviz.lessons.functions import FUNCTIONS
from nnviz.lessons.nodes import Call, Constant, Indexed, Named, Node, OfLayers, OfRecipe
from nnviz.lessons.observed import Observed
from nnviz.lessons.operations import Arithmetic, Comparison, Logic
from nnviz.lessons.quantities import ALSO, QUANTITIES
from nnviz.lessons.values import IN_WORDS, ExpressionError, Kind, Value, fits
from nnviz.numbers import count

LONGEST = 300
"""Most letters of an expression."""
DEEPEST = 12
"""Most brackets, signs and calls inside each other."""
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_COMPARISONS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that has been read.

    Attributes:
        source: as it was written.
        tree: its root.
    """

    source: str
    tree: Node

    @property
    def kind(self) -> Kind:
        """What it is worth; `any` where that is known only when it is asked."""
        return self.tree.kind

    @property
    def free(self) -> frozenset[str]:
        """Names that are none of the vocabulary's: remembered ones and those of parameters."""
        named = (node.name for node in self.tree.walk() if isinstance(node, Named))
        return frozenset(named) - FACTS.keys()

    def value(self, seen: Observed) -> Value:
        """Return what it is worth at a moment.

        Raises:
            ExpressionError: it has no value there.
        """
        return self.tree.value(seen)

    def holds(self, seen: Observed) -> bool:
        """Return whether it is true at a moment.

        Raises:
            ExpressionError: it has no value there, or is no condition.
        """
        found = self.value(seen)
        if not isinstance(found, bool):
            raise ExpressionError(f"'{self.source}' is no condition: compare it with something.")
        return found

    def thing(self, seen: Observed) -> Selection | None:
        """Return the neuron, weight or cost that it names.

        Raises:
            ExpressionError: it names none, or this net has none such.
        """
        return self.tree.thing(seen)


@lru_cache(maxsize=4096)
def parse(text: str, wanted: Kind = "any") -> Expression:
    """Read an expression that is to be of some kind.

    Raises:
        ExpressionError: it is none; the sentence says why and what to do.
    """
    if not text.strip():
        raise ExpressionError("there is no expression: write one as ŷ[0] or cost < 0.1.")
    if len(text) > LONGEST:
        raise ExpressionError(f"the expression has over {LONGEST} letters: make it shorter.")
    if "\\" in text or not text.isprintable():
        raise ExpressionError("an expression has no \\ and no control characters: leave them out.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ExpressionError(
            f"'{text}' is no expression: look for a bracket or a sign that is missing."
        ) from None
    tree = _Reader(text).read(body, DEEPEST)
    _check_kind(tree, wanted, f"'{text}'")
    return Expression(text, tree)


def _check_kind(node: Node, wanted: Kind, what: str) -> None:
    good = fits(node.kind, wanted)
    if wanted == "thing":
        named = isinstance(node, Named) and (
            node.name not in FACTS or FACTS[node.name].thing is not None
        )
        indexed = isinstance(node, Indexed) and QUANTITIES[node.name].thing is not None
        good = good or named or (indexed and node.kind == "number")
    if not good:
        raise ExpressionError(
            f"{what} is {IN_WORDS[node.kind]}, but here {IN_WORDS[wanted]} must stand."
        )


class _Reader:
    """Reads one expression; whatever its grammar does not name is refused."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, node: ast.expr, depth: int) -> Node:
        """Return the node of an expression, at most so deep."""
        if depth < 1:
            raise ExpressionError("the expression is nested too deeply: take it apart.")
        depth -= 1
        match node:
            case ast.Constant(value=bool() | str() as value):
                return Constant(value)
            case ast.Constant(value=int() | float() as value):
                return Constant(self._number(value))
            case ast.Name(id=name):
                return self._name(name)
            case ast.Subscript():
                return self._indexed(node, depth)
            case ast.Attribute(value=ast.Name(id="recipe"), attr=field):
                if field not in settings():
                    self._unknown("field of the recipe", field, settings())
                return OfRecipe(field)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._arithmetic("-", Constant(0.0), self.read(operand, depth))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._arithmetic("+", Constant(0.0), self.read(operand, depth))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._logic("not", [operand], depth)
            case ast.BoolOp(op=op, values=values):
                return self._logic("and" if isinstance(op, ast.And) else "or", values, depth)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                parts = self.read(left, depth), self.read(right, depth)
                return self._arithmetic(_ARITHMETIC[type(op)], *parts)
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self._comparison([left, *others], ops, depth)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(name, arguments, depth)
            case _:
                raise self._refused(node)

    def _refused(self, node: ast.AST) -> ExpressionError:
        part = ast.get_source_segment(self._text.strip(), node) or self._text
        return ExpressionError(
            f"'{part}' is nothing that an expression can hold: it has numbers, names of the "
            "vocabulary with indices in brackets, + − * / **, comparisons, and, or, not."
        )

    def _number(self, value: float) -> float:
        try:
            found = float(value)
        except OverflowError:
            found = float("inf")
        if not isfinite(found):
            raise ExpressionError("a number in the expression is too large: write a smaller one.")
        return found

    def _name(self, name: str) -> Node:
        name = ALSO.get(name, name)
        if name == "layers":
            return OfLayers()
        if name in QUANTITIES:
            return self._quantity(name, [])
        if name in FUNCTIONS:
            raise ExpressionError(f"'{name}' is called: write {name}(…).")
        if name.startswith("_") or name == "recipe":
            raise ExpressionError(f"there is no '{name}': write recipe.learning_rate, for example.")
        return Named(name)

    def _indexed(self, node: ast.expr, depth: int) -> Node:
        indices: list[ast.expr] = []
        while isinstance(node, ast.Subscript):
            at = node.slice
            indices = [*(at.elts if isinstance(at, ast.Tuple) else [at]), *indices]
            node = node.value
        if not isinstance(node, ast.Name):
            raise self._refused(node)
        name = ALSO.get(node.id, node.id)
        found = [self.read(index, depth) for index in indices]
        for index in found:
            _check_kind(index, "number", "an index")
        if name == "layers" and len(found) == 1:
            return OfLayers(found[0])
        if name not in QUANTITIES:
            raise ExpressionError(
                f"there is no '{name}' with an index: choose one of {', '.join(QUANTITIES)}."
            )
        return self._quantity(name, found)

    def _quantity(self, name: str, indices: list[Node]) -> Node:
        known = QUANTITIES[name]
        most = len(known.indices)
        if not known.least <= len(indices) <= most:
            wanted = str(most) if known.least == most else f"{known.least} to {most}"
            raise ExpressionError(
                f"'{name}' has {wanted} indices, {' then '.join(known.indices)}, and here "
                f"{count(len(indices), 'stands', 'stand')}."
            )
        return Indexed(name, tuple(indices))

    def _arithmetic(self, sign: str, left: Node, right: Node) -> Node:
        for part in (left, right):
            if part.kind not in ("number", "row", "any"):
                raise ExpressionError(f"{sign} is for numbers: here {IN_WORDS[part.kind]} stands.")
        return Arithmetic(sign, left, right)

    def _logic(self, word: str, conditions: list[ast.expr], depth: int) -> Node:
        found = tuple(self.read(condition, depth) for condition in conditions)
        for condition in found:
            _check_kind(condition, "bool", f"what stands beside '{word}'")
        return Logic(word, found)

    def _comparison(self, parts: list[ast.expr], ops: list[ast.cmpop], depth: int) -> Node:
        signs = [_COMPARISONS.get(type(op)) for op in ops]
        nodes = [self.read(part, depth) for part in parts]
        found = []
        for left, sign, right in zip(nodes, signs, nodes[1:], strict=False):
            if sign is None:
                raise ExpressionError("only ==, !=, <, <=, > and >= compare.")
            found.append(self._compared(sign, left, right))
        return found[0] if len(found) == 1 else Logic("and", tuple(found))

    def _compared(self, sign: str, left: Node, right: Node) -> Node:
        kinds = left.kind, right.kind
        if sign in ("==", "!="):
            if "thing" in kinds:
                _check_kind(right if left.kind == "thing" else left, "thing", "the other side")
            elif not fits(*kinds):
                raise ExpressionError(
                    f"{IN_WORDS[kinds[0]]} never equals {IN_WORDS[kinds[1]]}: compare alike things."
                )
        elif not (fits(kinds[0], "number") and fits(kinds[1], "number")):
            raise ExpressionError(f"{sign} compares numbers: take one of a row, as a[1][0].")
        return Comparison(sign, left, right)

    def _call(self, name: str, arguments: list[ast.expr], depth: int) -> Node:
        if name not in FUNCTIONS:
            self._unknown("function", name, FUNCTIONS)
        known = FUNCTIONS[name]
        if len(arguments) != len(known.takes):
            raise ExpressionError(
                f"'{name}' takes {count(len(known.takes), 'argument')}: {known.sentence}."
            )
        found = []
        for argument, wanted in zip(arguments, known.takes, strict=True):
            node = self.read(argument, depth)
            if wanted == "thing" and isinstance(node, Constant) and node.kind == "text":
                node = parse(str(node.worth), "thing").tree  # 'w[1][0,0]' in quotation marks
            _check_kind(node, wanted, f"what '{name}' is given")
            if wanted == "text" and isinstance(node, Constant):
                known.check_word(str(node.worth))
            found.append(node)
        return Call(name, tuple(found))

    def _unknown(self, what: str, name: str, known: object) -> NoReturn:
        assert isinstance(known, dict) or hasattr(known, "__iter__")
        raise ExpressionError(f"there is no {what} '{name}': choose one of {', '.join(known)}.")
