"""From the engine's equations to type: text, symbols and values become nodes.

The engine writes an equation as pieces of text with symbols or values between
them. Here the text is read as mathematics: Σ takes its index below, a power is
raised, a quotient becomes a fraction, function names stand upright.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from nnviz.engine.symbols import Partial, Quantity, Symbol
from nnviz.numbers import write
from nnviz.views.inspector.typesetting import (
    Box,
    Fraction,
    Glyphs,
    Hatted,
    Link,
    Node,
    Row,
    Scripted,
    Sum,
    aside,
)

Piece: TypeAlias = str | Symbol | Partial | Quantity
Finder: TypeAlias = Callable[[Symbol | Partial], object]
"""Says what is picked by clicking a symbol, or None."""

_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹ₖₘⱼₓ", "−0123456789kmjx")
_TOKEN = re.compile(
    r"Σ[ₖₘⱼₓ]|e\^−?|\d*/\d*n·m|\d+/\d*n|\d+/\d+|\d+(?:\.\d+)?|… \(\d+ smaller\)|[A-Za-z]+|²|\S|\s+"
)
_SPACED = {"=": 0.28, "+": 0.22, "−": 0.22, "≥": 0.28, ">": 0.28, "·": 0.08}
_CLOSING = {"(": ")", "[": "]"}
_VARIABLES = {"n", "m", "z"}
_LONG = 9
"""Nodes from which on a group in brackets may be broken."""


@dataclass(frozen=True, slots=True)
class Named:
    """A symbol, or a derivative: as a fraction where it is `tall`, else with a slash."""

    symbol: Symbol | Partial
    tall: bool = False

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size; symbols recur, so their boxes are kept."""
        return _named(self.symbol, self.tall, size, role, least)


@lru_cache(maxsize=4096)
def _named(symbol: Symbol | Partial, tall: bool, size: float, role: str, least: int) -> Box:
    return _spelt(symbol, tall=tall).set(size, role, least)


def symbol_node(symbol: Symbol | Partial, *, tall: bool = False) -> Node:
    """Set a symbol, or a derivative as a fraction; where it is not `tall`, with a slash."""
    return Named(symbol, tall)


def _spelt(symbol: Symbol | Partial, *, tall: bool) -> Node:
    if isinstance(symbol, Partial):
        d = Glyphs("∂", "italic")
        over, under = Row((d, symbol_node(symbol.of))), Row((d, symbol_node(symbol.by)))
        if tall:
            return Fraction(over, under)
        return Row((over, Glyphs("/", before=0.02, after=0.04), under))
    if symbol.base in ("1", "Δ"):
        base: Node = Glyphs(symbol.base)
    elif symbol.base == "ŷ":
        base = Hatted("y")
    elif symbol.base.startswith("Δ"):
        base = Row((Glyphs("Δ"), Glyphs(symbol.base[1:], "italic")))
    else:
        base = Glyphs(symbol.base, "italic")
    above, below = (_script(text) for text in (symbol.superscript, symbol.subscript))
    return Scripted(base, above, below) if above or below else base


def _script(text: str) -> Node | None:
    parts = re.findall(r"[A-Za-z]+|[^A-Za-z]+", text)
    nodes = tuple(Glyphs(part, "italic" if part.isalpha() else "roman") for part in parts)
    return Row(nodes) if nodes else None


def number_node(
    value: float, digits: int | None = None, *, tint: bool = False, bold: bool = False
) -> Node:
    """Set a value, a power of ten raised; with `tint` in the colour of its sign."""
    role = sign_role(value) if tint else ""
    style = "bold" if bold else "roman"
    mantissa, _, power = write(value, digits).partition("×10")
    if not power:
        return Glyphs(mantissa, style, role)
    ten = Glyphs("10", style, role)
    raised = Glyphs(power.translate(_PLAIN), style, role)
    return Row((Glyphs(mantissa + "×", style, role), Scripted(ten, raised)))


def sign_role(value: float) -> str:
    """Return the colour of a value: by its sign, none for nothing."""
    return "plus" if value > 0 else "minus" if value < 0 else ""


def operator(sign: str, role: str = "") -> Glyphs:
    """Set a sign between two operands."""
    gap = _SPACED[sign]
    return Glyphs(sign, role=role, before=gap, after=gap)


@dataclass(frozen=True, slots=True)
class Reading:
    """How pieces are to be set.

    Attributes:
        tall: True sets derivatives as fractions.
        tint: True sets values in the colour of their sign.
        digits: of a value; None for as many as the reader wishes.
        find: says what a symbol picks.
    """

    tall: bool = False
    tint: bool = False
    digits: int | None = None
    find: Finder = lambda _symbol: None

    def read(self, pieces: Sequence[Piece]) -> tuple[Node, ...]:
        """Set pieces, one node an operand or sign."""
        tokens: list[Piece] = []
        for piece in pieces:
            if isinstance(piece, str):
                tokens += _TOKEN.findall(piece)
            else:
                tokens.append(piece)
        return tuple(_Reader(tokens, self).until(""))

    def symbol(self, symbol: Symbol | Partial) -> Node:
        """Set a symbol that can be clicked where it stands for something."""
        return self.linked(symbol, symbol_node(symbol, tall=self.tall))

    def value(self, quantity: Quantity) -> Node:
        """Set a value that can be clicked where it stands for something."""
        node = number_node(quantity.value, self.digits, tint=self.tint)
        return self.linked(quantity.symbol, node)

    def linked(self, symbol: Symbol | Partial, node: Node) -> Node:
        """Let a node be clicked in the place of a symbol."""
        target = self.find(symbol)
        return node if target is None else Link(node, target)


@dataclass(frozen=True, slots=True)
class Fenced:
    """A group in brackets; a quotient or a power takes the brackets away."""

    opening: str
    inside: Row
    closing: str

    @property
    def whole(self) -> Row:
        """The group with its brackets."""
        return Row((Glyphs(self.opening), self.inside, Glyphs(self.closing)))

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        return self.whole.set(size, role, least)


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Piece], reading: Reading) -> None:
        self.tokens, self.reading, self.at = tokens, reading, 0

    def until(self, closing: str) -> list[Node]:
        """Read up to a closing bracket, or to the end."""
        nodes: list[Node] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if closing and token == closing:
                break
            self._take(nodes, closing)
        return nodes

    def _take(self, nodes: list[Node], closing: str) -> None:
        token = self.tokens[self.at]
        if token == "²":
            self.at += 1
            nodes[-1] = Scripted(nodes[-1], Glyphs("2"))
        elif token == "/":
            self.at += 1
            while nodes and nodes[-1] is _SPACE:
                nodes.pop()
            self._skip_space()
            sums = isinstance(self._peek(), str) and str(self._peek()).startswith("Σ")
            under: Node = Row(tuple(self.until(closing))) if sums else self._operand()
            over = nodes.pop() if nodes else Row(())
            nodes.append(Fraction(_bare(over), _bare(under)))
        elif isinstance(token, str) and token in _SPACED:
            self.at += 1
            while nodes and nodes[-1] is _SPACE:
                nodes.pop()
            self._skip_space()
            if token == "+" and self._negative():
                nodes += [operator("−"), self.reading.value(self._negated())]
                return
            unary = not nodes and token == "−"
            nodes.append(Glyphs(token) if unary else operator(token))
        else:
            nodes.append(self._operand())

    def _negative(self) -> bool:
        """Tell whether a negative value in brackets comes next."""
        ahead = self.tokens[self.at : self.at + 3]
        value = ahead[1] if len(ahead) == 3 else None
        return (
            ahead[:1] == ["("]
            and ahead[2:] == [")"]
            and isinstance(value, Quantity)
            and value.value < 0
        )

    def _negated(self) -> Quantity:
        value = self.tokens[self.at + 1]
        assert isinstance(value, Quantity)
        self.at += 3
        return Quantity(value.symbol, -value.value)

    def _peek(self) -> Piece:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _skip_space(self) -> None:
        while isinstance(self._peek(), str) and str(self._peek()).isspace():
            self.at += 1

    def _operand(self) -> Node:
        token = self._peek()
        self.at += 1
        if isinstance(token, Quantity):
            return self.reading.value(token)
        if isinstance(token, Symbol | Partial):
            return self.reading.symbol(token)
        if token in _CLOSING:
            first = self._peek()
            inside = Row(tuple(self.until(_CLOSING[token])))
            self.at += 1
            alone = isinstance(first, Quantity) and self.tokens[self.at - 2] is first
            if alone and isinstance(first, Quantity) and not first.value < 0:
                return inside.nodes[0]  # a power of ten, which needs no brackets in type
            return Fenced(token, inside, _CLOSING[token])
        if token.startswith("e^"):
            return self._power("−" if token.endswith("−") else "")
        return self._word(token)

    def _power(self, sign: str) -> Node:
        raised = self._operand()
        if not sign:
            raised = _bare(raised)
        return Scripted(Glyphs("e", "italic"), Row((Glyphs(sign), raised)) if sign else raised)

    def _word(self, token: str) -> Node:
        if token.isspace():
            return _SPACE
        if token.startswith("Σ"):
            self._skip_space()
            return Sum(token[1:].translate(_PLAIN))
        if token.startswith("…"):
            return aside(token.replace(" smaller", " more"))
        if "/" in token and len(token) > 1:
            over, _, under = token.partition("/")
            return Fraction(_small(over or "1"), _small(under), 0.74)
        if token in ("if", "else", "wherever", "it", "exists", "outputs"):
            return aside(token)
        italic = token in _VARIABLES or "α" <= token <= "ω"
        return Glyphs(token, "italic" if italic else "roman")


_SPACE = Glyphs("", before=0.2)


def _small(text: str) -> Node:
    parts = re.findall(r"[a-z]+|[^a-z]+", text)
    return Row(tuple(Glyphs(part, "italic" if part.isalpha() else "roman") for part in parts))


def _bare(node: Node) -> Node:
    return node.inside if isinstance(node, Fenced) else node


def segments(nodes: Sequence[Node], first: Node | None = None) -> tuple[Node, ...]:
    """Group nodes so that a line may be broken before = and before signs of a sum.

    Args:
        nodes: in order.
        first: goes before the first of them.
    """
    groups: list[list[Node]] = [[first] if first is not None else []]
    for node in nodes:
        if isinstance(node, Fenced) and len(node.inside.nodes) >= _LONG:
            inner = segments(node.inside.nodes, Glyphs(node.opening))
            groups[-1].append(inner[0])
            groups += [[part] for part in inner[1:]]
            groups[-1].append(Glyphs(node.closing))
            continue
        if isinstance(node, Glyphs) and node.text in ("=", "+", "−") and node.before:
            groups.append([])
        groups[-1].append(node)
    return tuple(Row(tuple(group)) for group in groups if group)
