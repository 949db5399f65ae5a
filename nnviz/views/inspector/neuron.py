"""The page of a neuron: its weighted sum with numbers, term by term; of an input, its value."""

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.explain import NeuronParts, Quantity, explain_error, explain_neuron
from nnviz.engine.explain.expression import LONGEST_SUM, Mark, Row
from nnviz.engine.notation import activation_symbol, weight_symbol
from nnviz.engine.run.moment import Moment
from nnviz.engine.run.names import neuron_name
from nnviz.engine.run.units import in_file, input_column, number_targets, scaling_in, scaling_out
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Symbol
from nnviz.views.inspector import page, text

W, TIMES = Symbol("w"), Mark("·")


def neuron_page(moment: Moment, selection: Selection) -> page.Page:
    """Explain a neuron's activation, or an input's value."""
    if selection.layer == 0:
        return _input_page(moment, selection)
    layer, j, recipe = selection.layer, selection.neuron, moment.recipe
    parts = explain_neuron(moment.network, moment.focus.x, layer, j, by_size=True)
    title = text.upper_first(neuron_name(moment.snapshot, layer, j))
    if missing := moment.missing(selection):
        return page.not_computed(title, parts.whole, text.not_computed(missing))
    entry = ACTIVATIONS[recipe.activations[layer - 1]]
    mixes = entry.output_only
    lines: list[page.Line] = []
    if mixes:
        lines.append(page.Formula((parts.whole,), main=True, first=True))
    lines += [page.WeightedSum(parts, main=not mixes), _words(moment, parts)]
    if not mixes and parts.activation.right != parts.z.symbol.text:
        lines.append(page.Formula((parts.activation,)))
    lines.append(page.Formula((parts.derivative,)))
    if moment.errors_known(layer):
        x, y = moment.focus.x, moment.focus.y
        error = explain_error(moment.network, x, y, layer, j, by_size=True)
        lines.append(page.Formula((error.short or error.equation,)))
    columns = number_targets(moment.snapshot.description, recipe.layers[-1])
    predicted: tuple[str, ...] = ()
    if columns and layer == len(recipe.layers) - 1 and columns[j].scaled:
        own = activation_symbol(recipe, layer, j)
        predicted = (f"{columns[j].bare_name} = {scaling_out(columns[j], own, parts.a.value)}",)
        lines.append(page.Prose(predicted))
    lines.append(page.Prose((entry.use,)))
    copied = (
        *page.text_of(parts.whole),
        *(page.text_of(parts.sum)[1:] if mixes else (parts.z.text,)),
    )
    return page.Page(title, tuple(lines), (*copied, *predicted), _terms_table(moment, parts))


def _words(moment: Moment, parts: NeuronParts) -> page.Prose:
    count = len(parts.terms)
    thinned = text.DROPOUT if moment.thinned else ""
    terms = text.terms(count, many=count > LONGEST_SUM)
    return page.Prose((f"{parts.hint}{thinned} {terms}",), first=True)


def _terms_table(moment: Moment, parts: NeuronParts) -> page.Table:
    recipe, named = moment.recipe, moment.snapshot.feature_names
    layer, j, terms = parts.layer, parts.neuron, parts.terms
    # The bias is a term like the others: a weight on an input that is always 1.
    place = int(np.sum(np.abs(terms.products) >= abs(parts.bias.value)))
    neurons = np.insert(terms.neurons, place, -1)
    columns = (
        np.insert(terms.weights, place, parts.bias.value),
        np.insert(terms.sources, place, 1.0),
        np.insert(terms.products, place, parts.bias.value),
    )

    def name(row: int) -> str:
        k = int(neurons[row])
        if layer == 1 and 0 <= k < len(named):
            return named[k]
        return "bias" if k < 0 else activation_symbol(recipe, layer - 1, k).text

    def pick(row: int, column: int) -> Selection:
        k = int(neurons[row])
        if k >= 0 and column in (-1, 1):
            return Selection("neuron", layer - 1, k)
        return Selection.of_weight(recipe, layer, None if k < 0 else k, j)

    source = Symbol("x" if layer == 1 else "a")
    return page.Table(
        text.all_of(len(terms), "terms", "the terms"),
        ("from", W, source, Row((W, TIMES, source))),
        name,
        columns,
        pick,
        longest=max(map(len, named), default=0) if layer == 1 else 0,
    )


# -- inputs -------------------------------------------------------------------------------------


def _input_page(moment: Moment, selection: Selection) -> page.Page:
    k, shape = selection.neuron, moment.snapshot.image_shape
    quantity = Quantity(activation_symbol(moment.recipe, 0, k), float(moment.focus.x[k]))
    pixel = (-1, -1) if shape is None else divmod(k, shape[1])
    scaled = _scaled(moment, k, quantity)
    table = _outgoing_table(moment, k, quantity.value)
    lines: tuple[page.Line, ...] = (
        page.Value(quantity, main=True, first=True),
        *(page.Prose((each,)) for each in scaled),
        page.Prose((text.no_sum(*pixel),), first=True),
        page.Prose((text.felt_through(table.rows),)),
    )
    title = neuron_name(moment.snapshot, 0, k)
    title = title if shape is None else text.upper_first(title)  # a sign or name stays as it is
    return page.Page(title, lines, (quantity.text, *scaled), table)


def _scaled(moment: Moment, k: int, quantity: Quantity) -> tuple[str, ...]:
    """Say what the file has for an input, and how that becomes what the network sees."""
    column = input_column(moment.snapshot.description, k)
    if column is None or not column.scaled or not isinstance(quantity.symbol, Symbol):
        return ()
    told = f"{column.bare_name} = {in_file(column, quantity.value)}"
    return told, scaling_in(column, quantity.symbol, quantity.value)


def _outgoing_table(moment: Moment, k: int, value: float) -> page.Table:
    recipe = moment.recipe
    row = np.asarray(moment.network.weights[0][k], np.float64)
    order = np.argsort(-np.abs(row), kind="stable")
    weights = row[order]

    def name(at: int) -> str:
        return weight_symbol(recipe, 1, int(order[at]), k).text

    def pick(at: int, column: int) -> Selection:
        j = int(order[at])
        if column == 1:
            return Selection("neuron", 1, j)
        return Selection.of_weight(recipe, 1, k, j)

    with np.errstate(all="ignore"):
        products = weights * value
    return page.Table(
        text.all_of(len(weights), "weights", "the weight"),
        ("to", W, Row((W, TIMES, Symbol("x")))),
        name,
        (weights, products),
        pick,
    )
