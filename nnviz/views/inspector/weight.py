"""The page of a weight or bias: why it is to change, and what the cost makes of it."""

from dataclasses import replace
from itertools import pairwise

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
from nnviz.engine.run.moment import Moment
from nnviz.engine.run.names import neuron_name, output_name
from nnviz.engine.run.units import input_column, per_unit
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial, Symbol
from nnviz.views.inspector import page, text

RISE = 0.1
WIDTHS = 1.0, 2.0, 5.0, 10.0, 20.0, 50.0
"""How far C(w) may reach either side of the present value."""
POINTS, LIVE_POINTS = 61, 31
WORK, LIVE_WORK, FEWEST = 1e9, 4e8, 11
"""Points times examples times parameters above the weight that are bearable; and fewest points."""


def parameter_page(moment: Moment, selection: Selection) -> page.Page:
    """Explain ∂C/∂w of a weight or bias, for the example and averaged."""
    index = selection.parameter
    place = place_of(moment.recipe, index)
    own = parameter_quantity(moment.network, place)
    title, value = _title(moment, place), moment.snapshot.theta[index]
    chain = explain_chain(moment.network, moment.focus.x, moment.focus.y, index, by_size=True)
    found = Selection("parameter", place.layer, place.target, index)
    if missing := moment.missing(found):
        later = page.not_computed(title, chain.equation, text.no_error_yet(missing), tall=True)
        return replace(later, copied=(own.text, *later.copied), parameter=index, value=value)
    if moment.undesired:
        return _of_others_alone(moment, title, own, chain, index)
    shown: list[page.Line] = [page.Formula((chain.equation,), main=True, first=True, tall=True)]
    if moment.snapshot.updated:
        shown.append(page.Prose((text.updated(moment.network.theta[index], value),)))
    copied = (own.text, *page.text_of(chain.equation))
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
        shown.append(page.Prose((text.AVERAGED_LATER,), first=True))
        shown += _factors(chain)
    if original:
        shown.append(page.Prose((original,)))
    table, learned = _table(moment, chain, place), learned or text.PLAIN_STEP
    return page.Page(title, tuple(shown), copied, table, index, value, curve, learned)


def _of_others_alone(
    moment: Moment, title: str, own: Quantity, chain: Chain, index: int
) -> page.Page:
    """Explain what is known where nobody says what is desired of the example: of all others."""
    shown = page.undesired(title, chain.equation, tall=True)
    copied, lines = (own.text, *shown.copied), shown.lines
    known = replace(shown, copied=copied, parameter=index, value=moment.snapshot.theta[index])
    if not moment.averaged or not np.isfinite(moment.rows[1]).any():
        return known
    slope, curve, learned = _averaged(moment, index, own)
    more = (_rise_line(slope.rise, moment.rows[2]), *_mean(slope, curve, learned))
    copied += (slope.equation.text_with_numbers, slope.rise.text)
    learned = learned or text.PLAIN_STEP
    return replace(known, lines=(*lines, *more), copied=copied, curve=curve, learned=learned)


def _in_units(moment: Moment, place: Parameter, own: Quantity) -> str:
    """Write a weight on a scaled column in the units of the file; empty for all others."""
    if place.layer > 1 or place.source is None:
        return ""
    column = input_column(moment.snapshot.description, place.source)
    if column is None or not column.scaled:
        return ""
    return text.in_units(per_unit(column, own.value))


def _title(moment: Moment, place: Parameter) -> str:
    """Return what stands before the value; that is the new one after the update."""
    new = moment.snapshot.updated
    target = neuron_name(moment.snapshot, place.layer, place.target)
    if place.source is None:
        return text.bias(target, new=new)
    source = neuron_name(moment.snapshot, place.layer - 1, place.source)
    return text.weight(source, target, new=new)


def _averaged(moment: Moment, index: int, own: Quantity) -> tuple[ParameterSlope, CostLine, str]:
    """Average the slope over examples; work out C(w) and name the optimiser's step, if any."""
    x, y, _ = moment.rows
    slope = explain_slope(moment.network, x, y, index, learning_rate=moment.eta, rise=RISE)
    nudge = float(moment.nudges(np.array([index]), np.array([slope.slope.value]))[0])
    learned = text.RESTS if moment.recipe.only and index not in moment.recipe.only else ""
    if moment.stepped and not learned:
        learned = text.step_of(OPTIMISERS[moment.recipe.optimiser].label)
    needed = min(max(1.3 * abs(nudge), 0.25 * abs(own.value)), WIDTHS[-1])
    width = next((width for width in WIDTHS if width >= needed), WIDTHS[-1])
    curve = explain_line(
        moment.network,
        x,
        y,
        index,
        half_width=width,
        points=_points(moment, index, len(x)),
        learning_rate=moment.eta,
        nudge=nudge if np.isfinite(nudge) else 0.0,
    )
    return slope, curve, learned


def _points(moment: Moment, index: int, examples: int) -> int:
    """Return how many points C(w) has: of a big net fewer, or the window would be blocked."""
    playing, recipe = moment.snapshot.playing, moment.recipe
    most, work = (LIVE_POINTS, LIVE_WORK) if playing else (POINTS, WORK)
    above = recipe.layers[place_of(recipe, index).layer :]
    each = examples * max(1, sum(below * wide for below, wide in pairwise(above)))
    return max(FEWEST, min(most, int(work // each)))


def _rise_line(rise: Rise, examples: str) -> page.Prose:
    said = text.rises(rise.rise, rise.exact), text.tried_on(examples, rise.predicted)
    return page.Prose((text.IF, rise.parameter.symbol, *said), first=True)


def _factors(chain: Chain) -> list[page.Line]:
    """Show how each factor comes about, side by side where there is room."""
    lines: list[page.Line] = [page.Formula(tuple(chain.equations))]
    if chain.through is not None:
        lines.append(page.Formula((chain.through,), tall=True, brief=True))
    return lines


def _mean(slope: ParameterSlope, curve: CostLine, learned: str) -> list[page.Line]:
    """Show the averaged slope and the nudge that follows from it."""
    lines: list[page.Line] = [page.Formula((slope.equation,), tall=True)]
    if not learned:
        lines.append(page.Formula((slope.nudge_equation,)))
    else:
        lines.append(page.Value(Quantity(slope.nudge.symbol, curve.nudge), words=f" ({learned})"))
    return lines


def _table(moment: Moment, chain: Chain, place: Parameter) -> page.Table | None:
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
    return page.Table(
        text.routes(len(routes)),
        ("through", *heads),
        name,
        tuple(columns),
        pick,
    )
