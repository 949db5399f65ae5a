"""The page of a neuron: its weighted sum with numbers, term by term; of an input, its value."""

from collections.abc import Callable

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.explain import NeuronParts, Quantity, explain_error, explain_neuron
from nnviz.engine.explain.expression import LONGEST_SUM, SHOWN_TERMS, Call
from nnviz.engine.notation import activation_symbol, weight_symbol
from nnviz.engine.run.names import neuron_name
from nnviz.engine.run.units import in_file, input_column, number_targets, scaling_in, scaling_out
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Symbol
from nnviz.numbers import fewer, integer
from nnviz.views.inspector.equation_nodes import (
    Reading,
    number_node,
    operator,
    segments,
    sign_role,
    symbol_node,
)
from nnviz.views.inspector.flow import FURTHER, MAIN, Line, prose
from nnviz.views.inspector.moment import Moment
from nnviz.views.inspector.page import Page, Table, formula_line, signed, text_of, upper_first
from nnviz.views.inspector.typesetting import Glyphs, Link, Node, Row, Tinted, aside
from nnviz.views.shared.type_scale import Step

ALL = "all"
"""What the counted rest of a sum picks: the table of all terms."""


def neuron_page(moment: Moment, selection: Selection) -> Page:
    """Explain a neuron's activation, or an input's value."""
    if selection.layer == 0:
        return _input_page(moment, selection)
    layer, j = selection.layer, selection.neuron
    parts = explain_neuron(moment.network, moment.focus.x, layer, j, by_size=True)
    missing = moment.missing(selection)
    title = upper_first(neuron_name(moment.snapshot, layer, j))
    reading = Reading()
    if missing:
        lines = [
            formula_line(parts.whole, reading, known=False, first=True),
            prose(f"Not computed yet: that is done in “{missing}”.", first=True),
        ]
        return Page(title, tuple(lines), text_of(parts.whole, known=False))
    mixes = ACTIVATIONS[moment.recipe.activations[layer - 1]].output_only
    lines = []
    if mixes:
        lines.append(formula_line(parts.whole, reading, first=True))
        lines.append(_sum_line(parts, reading, step=FURTHER))
    else:
        lines.append(_sum_line(parts, reading, step=MAIN))
    lines.append(_words(moment, parts))
    if not mixes and parts.activation.right != parts.z.symbol.text:
        lines.append(formula_line(parts.activation, reading, step=FURTHER))
    lines.append(formula_line(parts.derivative, reading, step=FURTHER))
    if moment.errors_known(layer):
        error = explain_error(
            moment.network, moment.focus.x, moment.focus.y, layer, j, by_size=True
        )
        lines.append(formula_line(error.short or error.equation, reading, step=FURTHER))
    columns = number_targets(moment.snapshot.description, moment.recipe.layers[-1])
    predicted: tuple[str, ...] = ()
    if columns and layer == len(moment.recipe.layers) - 1 and columns[j].scaled:
        own = activation_symbol(moment.recipe, layer, j)
        predicted = (f"{columns[j].bare_name} = {scaling_out(columns[j], own, parts.a.value)}",)
        lines.append(prose(*predicted))
    lines.append(prose(ACTIVATIONS[moment.recipe.activations[layer - 1]].use))
    copied = (*text_of(parts.whole), *(text_of(parts.sum)[1:] if mixes else (parts.z.text,)))
    return Page(title, tuple(lines), (*copied, *predicted), _terms_table(moment, parts))


def _sum_line(parts: NeuronParts, reading: Reading, *, step: Step) -> Line:
    """Write a = f(Σ w a + b) = f(the largest terms) = f(z) = the result."""
    whole = parts.sum if step is FURTHER else parts.whole
    result = whole.result
    nodes: list[Node] = [reading.symbol(result), operator("=")]
    nodes += reading.formula(whole.formula)
    first = whole.formula.parts[0]
    name = reading.formula(first.function) if isinstance(first, Call) else ()
    opening = (*name, Glyphs("(")) if name else ()
    terms = _terms(parts)
    nodes += [operator("="), *opening]
    groups = [*segments(nodes)]
    groups[-1] = Row((groups[-1], terms[0]))
    groups += terms[1:]
    if name:
        groups[-1] = Row((groups[-1], Glyphs(")")))
        z = number_node(parts.z.value)
        groups.append(Row((operator("="), *opening, z, Glyphs(")"))))
    groups.append(Row((operator("="), number_node(result.value, bold=True))))
    return Line(tuple(groups), step, first=True)


def _terms(parts: NeuronParts) -> list[Node]:
    """Set the products, the largest first, the rest as one number, and the bias last."""
    count = len(parts.terms)
    shown = count if count <= LONGEST_SUM else SHOWN_TERMS
    nodes: list[Node] = []
    for term in parts.terms[:shown]:
        weight, source = term.first.value, term.second.value
        bracket = source < 0
        factors = Row(
            (
                number_node(abs(weight), fewer()),
                Glyphs("·", before=0.06, after=0.06),
                *((Glyphs("("),) if bracket else ()),
                number_node(source, fewer()),
                *((Glyphs(")"),) if bracket else ()),
            )
        )
        nodes.append(_term(weight, term.product, factors, term.first.picks, lead=not nodes))
    if shown < count:
        rest = float(parts.terms.products[shown:].sum())
        more = aside(f" ({integer(count - shown)} more)")
        node = Row((number_node(abs(rest), fewer()), more))
        nodes.append(_term(rest, rest, node, ALL, lead=False))
    bias = parts.bias.value
    size = number_node(abs(bias), fewer())
    nodes.append(_term(bias, bias, size, parts.bias.picks, lead=False))
    return nodes


def _term(sign: float, product: float, node: Node, target: object, *, lead: bool) -> Node:
    """Set one term: its sign as written, its colour by what it adds."""
    return Link(Tinted(signed(sign, node, lead=lead), sign_role(product) or "text"), target)


def _words(moment: Moment, parts: NeuronParts) -> Line:
    count = len(parts.terms)
    terms = f"{integer(count)} terms, the largest first: click" if count > LONGEST_SUM else "Click"
    thinned = (
        " Dropout silenced some neurons in this pass; here all of them count."
        if moment.thinned
        else ""
    )
    return prose(f"{parts.hint}{thinned} {terms} a number to follow it.", first=True)


def _terms_table(moment: Moment, parts: NeuronParts) -> Table:
    recipe, layer, j = moment.recipe, parts.layer, parts.neuron
    terms = parts.terms
    # The bias is a term like the others: a weight on an input that is always 1.
    place = int(np.sum(np.abs(terms.products) >= abs(parts.bias.value)))
    neurons = np.insert(terms.neurons, place, -1)
    weights = np.insert(terms.weights, place, parts.bias.value)
    sources = np.insert(terms.sources, place, 1.0)
    products = np.insert(terms.products, place, parts.bias.value)

    def name(row: int) -> str:
        k = int(neurons[row])
        return "bias" if k < 0 else activation_symbol(recipe, layer - 1, k).text

    def pick(row: int, column: int) -> Selection:
        k = int(neurons[row])
        if k >= 0 and column in (-1, 1):
            return Selection("neuron", layer - 1, k)
        return Selection.of_weight(recipe, layer, None if k < 0 else k, j)

    source = symbol_node(Symbol("x" if layer == 1 else "a"))
    w = symbol_node(Symbol("w"))
    return Table(
        f"all {integer(len(terms))} terms" if len(terms) > 1 else "the terms",
        (Glyphs("from", "sans"), w, source, Row((w, Glyphs("·"), source))),
        name,
        (weights, sources, products),
        pick,
    )


# -- inputs -------------------------------------------------------------------------------------


def _input_page(moment: Moment, selection: Selection) -> Page:
    k = selection.neuron
    recipe = moment.recipe
    value = float(moment.focus.x[k])
    quantity = Quantity(activation_symbol(recipe, 0, k), value)
    line = Line(
        (symbol_node(quantity.symbol), operator("="), number_node(value, bold=True)), first=True
    )
    shape = moment.snapshot.image_shape
    where = ""
    if shape is not None:
        row, column = divmod(k, shape[1])
        where = f"The pixel in row {row + 1}, column {column + 1} of the picture. "
    said = f"{where}An input is given by the example: there is no sum behind it."
    scaled = _scaled(moment, k, quantity)
    table = _outgoing_table(moment, k, value)
    several = f"the {integer(table.rows)} weights through which it is felt, the strongest first"
    more = f"Beside it: {several if table.rows > 1 else 'the one weight through which it is felt'}."
    lines = (line, *(prose(each) for each in scaled), prose(said, first=True), prose(more))
    title = upper_first(neuron_name(moment.snapshot, 0, k))
    return Page(title, lines, (quantity.text, *scaled), table)


def _scaled(moment: Moment, k: int, quantity: Quantity) -> tuple[str, ...]:
    """Say what the file has for an input, and how that becomes what the network sees."""
    column = input_column(moment.snapshot.description, k)
    if column is None or not column.scaled or not isinstance(quantity.symbol, Symbol):
        return ()
    told = f"{column.bare_name} = {in_file(column, quantity.value)}"
    return told, scaling_in(column, quantity.symbol, quantity.value)


def _outgoing_table(moment: Moment, k: int, value: float) -> Table:
    recipe = moment.recipe
    row = np.asarray(moment.network.weights[0][k], np.float64)
    order = np.argsort(-np.abs(row), kind="stable")
    weights = row[order]
    name: Callable[[int], str] = lambda at: weight_symbol(1, int(order[at]), k).text  # noqa: E731

    def pick(at: int, column: int) -> Selection:
        j = int(order[at])
        if column == 1:
            return Selection("neuron", 1, j)
        return Selection.of_weight(recipe, 1, k, j)

    w, x = symbol_node(Symbol("w")), symbol_node(Symbol("x"))
    with np.errstate(all="ignore"):
        products = weights * value
    return Table(
        f"all {integer(len(weights))} weights" if len(weights) > 1 else "the weight",
        (Glyphs("to", "sans"), w, Row((w, Glyphs("·"), x))),
        name,
        (weights, products),
        pick,
    )
