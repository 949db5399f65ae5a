"""From the lines of a page to type: each becomes nodes between which it may be broken."""

from collections.abc import Sequence

from nnviz.engine.explain import Equation, NeuronParts
from nnviz.engine.explain.expression import LONGEST_SUM, SHOWN_TERMS, Call, Expression
from nnviz.engine.symbols import Quantity
from nnviz.numbers import fewer, integer, write
from nnviz.views.inspector import flow
from nnviz.views.inspector.page import ALL, Formula, Line, Prose, Value, WeightedSum
from nnviz.views.shared.equation_nodes import (
    Named,
    Reading,
    number_node,
    operator,
    segments,
    sign_role,
)
from nnviz.views.shared.typesetting import Glyphs, Link, Node, Row, Tinted, aside
from nnviz.wording import Said, said

READING = Reading()


def typeset(line: Line) -> flow.Line:
    """Set a line of a page."""
    match line:
        case Formula():
            nodes = _formula(line)
        case WeightedSum():
            nodes = _weighted_sum(line)
        case Value():
            nodes = _value(line)
        case Prose():
            return flow.Line(_prose(line), flow.FURTHER, "dim", line.first, indent=False)
    return flow.Line(nodes, flow.MAIN if line.main else flow.FURTHER, first=line.first)


def head_node(head: str | Expression) -> Node:
    """Set what stands above a column."""
    return Glyphs(head, "sans") if isinstance(head, str) else Row(READING.formula(head))


# -- formulas ------------------------------------------------------------------------------------


def _formula(line: Formula) -> tuple[Node, ...]:
    reading = Reading(line.tall, fewer() if line.brief else None)
    nodes: list[Node] = []
    for equation in line.equations:
        first, *others = segments(_equation(equation, reading, known=line.known))
        before = aside(line.lead, after=0.4) if line.lead else Glyphs("", before=1.4)
        nodes += [Row((before, first)) if nodes or line.lead else first, *others]
    return tuple(nodes)


def _equation(equation: Equation, reading: Reading, *, known: bool) -> list[Node]:
    """Set "symbol = formula = numbers = result", each only where it says something new."""
    nodes = [reading.symbol(equation.result), operator("="), *reading.formula(equation.formula)]
    if not known:
        return nodes
    result = write(equation.result.value)
    if equation.right_with_numbers not in (result, equation.right):
        nodes += [operator("="), *reading.numbers(equation.numbers)]
    if equation.right != result:
        nodes += [operator("="), number_node(equation.result.value, bold=True)]
    return nodes


def _value(line: Value) -> tuple[Node, ...]:
    number = number_node(line.quantity.value, bold=True)
    nodes = (Named(line.quantity.symbol), operator("="), number)
    return (Row((*nodes, aside(line.words))),) if line.words else nodes


# -- weighted sums -------------------------------------------------------------------------------


def _weighted_sum(line: WeightedSum) -> tuple[Node, ...]:
    """Set a = f(Σ w a + b) = f(the largest terms) = f(z) = the result."""
    parts = line.parts
    whole = parts.whole if line.main else parts.sum
    nodes = [READING.symbol(whole.result), operator("="), *READING.formula(whole.formula)]
    first = whole.formula.parts[0]
    name = READING.formula(first.function) if isinstance(first, Call) else ()
    opening = (*name, Glyphs("(")) if name else ()
    terms = _terms(parts)
    groups = [*segments([*nodes, operator("="), *opening])]
    groups[-1] = Row((groups[-1], terms[0]))
    groups += terms[1:]
    if name:
        groups[-1] = Row((groups[-1], Glyphs(")")))
        z = number_node(parts.z.value)
        groups.append(Row((operator("="), *opening, z, Glyphs(")"))))
    groups.append(Row((operator("="), number_node(whole.result.value, bold=True))))
    return tuple(groups)


def _terms(parts: NeuronParts) -> list[Node]:
    """Set the products, the largest first, the rest as one number, and the bias last."""
    count = len(parts.terms)
    shown = count if count <= LONGEST_SUM else SHOWN_TERMS
    nodes: list[Node] = []
    for term in parts.terms[:shown]:
        weight, source = term.first.value, number_node(term.second.value, fewer())
        bracket = term.second.value < 0
        factors = (
            number_node(abs(weight), fewer()),
            Glyphs("·", before=0.06, after=0.06),
            *((Glyphs("("), source, Glyphs(")")) if bracket else (source,)),
        )
        nodes.append(_term(weight, term.product, factors, term.first.picks, lead=not nodes))
    if shown < count:
        rest = float(parts.terms.products[shown:].sum())
        more = aside(f" ({integer(count - shown)} more)")
        nodes.append(_term(rest, rest, (number_node(abs(rest), fewer()), more), ALL))
    bias = parts.bias.value
    nodes.append(_term(bias, bias, (number_node(abs(bias), fewer()),), parts.bias.picks))
    return nodes


def _term(
    sign: float, product: float, size: Sequence[Node], target: object, *, lead: bool = False
) -> Node:
    """Set one term: its sign as written unless it leads, and its colour by the product it adds."""
    nodes = list(size)
    if not lead:
        nodes.insert(0, operator("−" if sign < 0 else "+"))
    elif sign < 0:
        nodes.insert(0, Glyphs("−"))
    return Link(Tinted(Row(tuple(nodes)), sign_role(product) or "text"), target)


# -- words ---------------------------------------------------------------------------------------


def _prose(line: Prose) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for part in line.parts:
        if isinstance(part, str):
            nodes += [Glyphs(Said(word), "sans", after=0.26) for word in said(part).split()]
        elif isinstance(part, Quantity):
            value = Glyphs(f" = {write(part.value)}.", "sans", after=0.3)
            nodes.append(Row((Named(part.symbol), value)))
        else:
            nodes += [Named(part), Glyphs("", after=0.26)]
    return tuple(nodes)
