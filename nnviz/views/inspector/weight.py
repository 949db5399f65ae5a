"""The page of a weight or bias: why it is to change, and what the cost makes of it."""

import numpy as np

from nnviz.engine.explain import (
    Chain,
    CostLine,
    ParameterSlope,
    Quantity,
    Rise,
    explain_chain,
    explain_line,
    explain_slope,
)
from nnviz.engine.explain.forward import parameter_quantity, place_of
from nnviz.engine.notation import COST_OF_ONE
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.parameters import Parameter
from nnviz.engine.run.names import neuron_name, output_name
from nnviz.engine.run.units import input_column, per_unit
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial, Symbol
from nnviz.numbers import exact, fewer, integer, write
from nnviz.views.inspector.equation_nodes import Reading, number_node, operator, symbol_node
from nnviz.views.inspector.flow import FURTHER, Line, prose
from nnviz.views.inspector.moment import Moment
from nnviz.views.inspector.page import Page, Table, formula_line, text_of
from nnviz.views.inspector.typesetting import Glyphs, Node, Row, aside

RISE = 0.1
WIDTHS = 1.0, 2.0, 5.0, 10.0, 20.0, 50.0
"""How far C(w) may reach either side of the present value."""
POINTS, LIVE_POINTS = 61, 31
PLAIN_STEP = "step −η·slope"


def parameter_page(moment: Moment, selection: Selection) -> Page:
    """Explain ∂C/∂w of a weight or bias, for the example and averaged."""
    index = selection.parameter
    place = place_of(moment.recipe, index)
    own = parameter_quantity(moment.network, place)
    title, value = _title(moment, place), float(moment.snapshot.theta[index])
    chain = explain_chain(moment.network, moment.focus.x, moment.focus.y, index, by_size=True)
    found = Selection("parameter", place.layer, place.target, index)
    missing = moment.missing(found)
    tall = Reading(tall=True)
    if missing:
        lines = (
            formula_line(chain.equation, tall, known=False, first=True),
            prose(f"Not computed yet: its error comes back in “{missing}”.", first=True),
        )
        copied = (own.text, *text_of(chain.equation, known=False))
        return Page(title, lines, copied, parameter=index, value=value)
    shown = [formula_line(chain.equation, tall, first=True)]
    if moment.snapshot.updated:
        was, new = exact(moment.network.theta[index]), exact(moment.snapshot.theta[index])
        shown.append(
            prose(
                f"The update made {new} of {was}. The value above is the new one; the formulas "
                "show the one before it, which brought the update about."
            )
        )
    copied = (own.text, *text_of(chain.equation))
    if original := _in_units(moment, place, own):
        copied += (original,)
    curve, learned = None, ""
    if moment.averaged:
        slope, curve, learned = _averaged(moment, index, own)
        copied += (slope.equation.text_with_numbers, slope.rise.text)
        shown.append(_rise_line(slope.rise, moment.rows[2]))
        shown += _factors(chain)
        shown += _mean(slope, curve, learned)
    else:
        shown.append(prose("The slopes of the examples are averaged in “average”.", first=True))
        shown += _factors(chain)
    if original:
        shown.append(prose(original))
    return Page(
        title, tuple(shown), copied, _table(moment, chain, place), index, value, curve, learned
    )


def _in_units(moment: Moment, place: Parameter, own: Quantity) -> str:
    """Write a weight on a scaled column in the units of the file; empty for all others."""
    if place.layer > 1 or place.source is None:
        return ""
    column = input_column(moment.snapshot.description, place.source)
    if column is None or not column.scaled:
        return ""
    return f"In the file's units: {per_unit(column, own.value)}."


def _title(moment: Moment, place: Parameter) -> str:
    """Return what stands before the value; that is the new one after the update."""
    target = neuron_name(moment.snapshot, place.layer, place.target)
    new = moment.snapshot.updated
    if place.source is None:
        return f"{'New bias' if new else 'Bias'} of {target}"
    source = neuron_name(moment.snapshot, place.layer - 1, place.source)
    return f"{'New weight' if new else 'Weight'}: {source} → {target}".replace(" neuron", "")


def _averaged(moment: Moment, index: int, own: Quantity) -> tuple[ParameterSlope, CostLine, str]:
    """Average the slope over examples and draw C(w), with the step the optimiser takes."""
    x, y, _ = moment.rows
    minibatch = moment.snapshot.minibatch
    slope = explain_slope(moment.network, x, y, index, learning_rate=moment.eta, rise=RISE)
    nudge, learned = slope.nudge.value, PLAIN_STEP
    if moment.known is not None and moment.known.nudge and minibatch is not None:
        nudge = float(minibatch.nudge[index])
        learned = f"step of {OPTIMISERS[moment.recipe.optimiser].label}"
    needed = min(max(1.3 * abs(nudge), 0.25 * abs(own.value)), WIDTHS[-1])
    width = next((width for width in WIDTHS if width >= needed), WIDTHS[-1])
    points = LIVE_POINTS if moment.snapshot.playing else POINTS
    curve = explain_line(
        moment.network,
        x,
        y,
        index,
        half_width=width,
        points=points,
        learning_rate=moment.eta,
        nudge=nudge if np.isfinite(nudge) else 0.0,
    )
    return slope, curve, learned


def _rise_line(rise: Rise, examples: str) -> Line:
    exact, predicted = rise.exact, rise.predicted
    if exact == 0:
        change = "C stays the same"
    elif not np.isfinite(exact):
        change = "C is no longer a finite number"
    else:
        change = f"C {'rises' if exact > 0 else 'falls'} by {write(abs(exact), fewer())}"
    return prose(
        "If",
        symbol_node(rise.parameter.symbol),
        Glyphs("", after=0.26),
        f"rises by {write(abs(rise.rise))}, {change}",
        f"(tried on {examples}; the slope alone says {write(predicted, fewer())}).",
        first=True,
    )


def _factors(chain: Chain) -> list[Line]:
    """Set how each factor comes about, side by side where there is room."""
    reading = Reading()
    nodes: list[Node] = []
    for at, equation in enumerate(chain.equations):
        line = formula_line(equation, reading)
        apart = Glyphs("", before=1.4)
        nodes += [Row((apart, line.nodes[0])) if at else line.nodes[0], *line.nodes[1:]]
    lines = [Line(tuple(nodes), FURTHER)]
    if chain.through is not None:
        tall = Reading(tall=True, digits=fewer())
        lines.append(formula_line(chain.through, tall, step=FURTHER))
    return lines


def _mean(slope: ParameterSlope, curve: CostLine, learned: str) -> list[Line]:
    """Set the averaged slope and the nudge that follows from it."""
    reading = Reading(tall=True)
    lines = [formula_line(slope.equation, reading, step=FURTHER)]
    if learned == PLAIN_STEP:
        lines.append(formula_line(slope.nudge_equation, Reading(), step=FURTHER))
    else:
        name = slope.nudge.symbol
        nodes = [symbol_node(name), operator("="), number_node(curve.nudge, bold=True)]
        words = aside(f" ({learned})")
        lines.append(Line((Row((*nodes, words)),), FURTHER))
    return lines


def _table(moment: Moment, chain: Chain, place: Parameter) -> Table | None:
    """List the routes of a weight of a hidden layer through the outputs."""
    if not chain.routes:
        return None
    routes, last = chain.routes, len(moment.recipe.layers) - 1
    rows = [[*(factor.value for factor in route.factors), route.product] for route in routes]
    columns = np.array(rows, np.float64).T

    def name(row: int) -> str:
        return output_name(moment.snapshot, routes[row].output)

    def pick(row: int, column: int) -> Selection:
        if column == 1:
            return Selection("neuron", last, routes[row].output)
        if column == 2:
            return Selection("neuron", place.layer, place.target)
        return Selection("output", last, routes[row].output)

    a, w = Symbol("a"), Symbol("w" if place.source is not None else "b")
    first = routes[0].factors[0].symbol
    end = Symbol(first.by.base) if isinstance(first, Partial) else Symbol("ŷ")
    heads = (
        Partial(COST_OF_ONE, end),
        Partial(end, a),
        Partial(a, w),
        Partial(COST_OF_ONE, w),
    )
    return Table(
        f"{integer(len(routes))} routes" if len(routes) > 1 else "the route",
        (Glyphs("through", "sans"), *(symbol_node(head) for head in heads)),
        name,
        tuple(columns),
        pick,
    )
