"""The formulas of the tables of activations and costs, read into expressions.

Their notation: a_j is a symbol with its index, Σ_k a sum, 1/2n a plain fraction, a / b a large
one, e^z a power, ² a square. A name of several letters, or of a Greek one, is a function where an
operand follows, in brackets or after a space, and a word where none does.
"""

import re
from functools import lru_cache

from nnviz.engine.explain.expression import (
    GAP,
    SQUARED,
    Call,
    Expression,
    Fraction,
    Function,
    Group,
    Mark,
    Number,
    Operator,
    Power,
    Row,
    Summation,
    Word,
    replaced,
)
from nnviz.engine.symbols import Symbol

_TOKEN = re.compile(
    r"(?P<sum>Σ_(?P<index>\w) *)|(?P<plain>(?P<over>\d+)/(?P<under>\d*n·m|\d*[nm]|\d+))"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<spaced> [+−·≥>=/] )"
    r"|(?P<name>[A-Za-zα-ω]+′?(?:_\w)?)|(?P<gap> +)|(?P<sign>.)"
)
_CLOSING = {"(": ")", "[": "]", "|": "|"}
_CASES = ("if", "else")
_HATTED: dict[Expression, Expression] = {
    Symbol("a", "", index): Symbol("ŷ", "", index) for index in ("", "j")
}


@lru_cache(maxsize=256)
def sides(formula: str) -> tuple[Row, Row]:
    """Read both sides of a formula such as "σ(z) = 1 / (1 + e^−z)"."""
    left, _, right = formula.partition(" = ")
    return read(left), read(right)


@lru_cache(maxsize=256)
def read(text: str) -> Row:
    """Read an expression such as "(a_j − y_j) / (a_j·(1 − a_j))"."""
    return _Reader(list(_TOKEN.finditer(text))).row("")


def for_outputs(expression: Expression) -> Expression:
    """Write ŷ for a, which stands for an output in the formulas of the costs."""
    return replaced(expression, _HATTED)


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens, self._at = tokens, 0

    def row(self, closing: str) -> Row:
        """Read up to a closing bracket, or to the end."""
        parts: list[Expression] = []
        while self._at < len(self._tokens) and self._next() != (closing or None):
            if self._takes("²"):
                parts[-1] = Power(parts[-1], SQUARED)
            elif self._takes(" / "):
                sums = self._kind() == "sum"
                parts[-1] = Fraction(parts[-1], self.row(closing) if sums else self._operand())
            elif self._kind() == "spaced":
                parts.append(Operator(self._take()[1]))
            elif self._next() in ("·", "−"):
                parts.append(Operator(self._take(), spaced=False))
            else:
                parts.append(self._operand())
        return Row(tuple(parts))

    def _operand(self) -> Expression:
        token = self._tokens[self._at]
        text = self._take()
        match token.lastgroup:
            case "number":
                return Number(text)
            case "plain":
                return Fraction(Number(token["over"]), _plain(token["under"]), plain=True)
            case "sum":
                return Summation(token["index"])
            case "gap":
                return GAP
            case "name":
                return self._named(text)
        if text in _CLOSING:
            inside = self.row(_CLOSING[text])
            self._at += 1
            return Group(inside, text, _CLOSING[text])
        return Mark(text)

    def _named(self, text: str) -> Expression:
        name, _, index = text.partition("_")
        if self._takes("^"):
            minus = self._takes("−")
            exponent = self._operand()
            signed = Row((Operator("−", spaced=False), exponent)) if minus else exponent
            return Power(Symbol(name), signed)
        if _is_symbol(text):
            return Symbol(name, "", index)
        function: Expression = Function(name)
        if self._takes("²"):
            function = Power(function, SQUARED)
        if self._next() == "(":
            return Call(function, self._operand())
        after = self._tokens[self._at + 1 : self._at + 2]
        single = after and (after[0].lastgroup == "number" or _is_symbol(after[0].group()))
        if self._kind() == "gap" and single and name not in _CASES:
            self._at += 1
            return Call(function, self._operand(), apart=True)
        return Word(name)

    def _kind(self) -> str | None:
        return self._tokens[self._at].lastgroup if self._at < len(self._tokens) else None

    def _next(self) -> str:
        return self._tokens[self._at].group() if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1].group()

    def _takes(self, text: str) -> bool:
        """Take the next token if it is this one."""
        found = self._next() == text
        self._at += found
        return found


def _is_symbol(text: str) -> bool:
    """Tell whether a name is that of a number: a letter but f, with or without an index."""
    return re.fullmatch(r"[a-eg-zA-Z](_\w)?|f_\w", text) is not None


def _plain(text: str) -> Row:
    """Return what stands below a plain fraction: 2n, n·m."""
    return Row(
        tuple(
            Symbol(part) if part.isalpha() else Mark(part) if part == "·" else Number(part)
            for part in re.findall(r"\d+|\D", text)
        )
    )
