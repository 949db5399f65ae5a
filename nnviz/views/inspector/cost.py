"""The pages of an output's part of the cost, and of the cost of the example."""

import numpy as np

from nnviz.engine.costs import COSTS
from nnviz.engine.explain import (
    CostParts,
    Equation,
    Quantity,
    explain_cost,
    explain_error,
    explain_output,
)
from nnviz.engine.explain.expression import Expression, Fraction, Group, equation, replaced
from nnviz.engine.explain.formula import sides
from nnviz.engine.notation import activation_symbol, cost_part_symbol, desired_symbol
from nnviz.engine.run.names import neuron_name, output_name
from nnviz.engine.run.units import number_targets
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Symbol
from nnviz.numbers import fewer, integer, write
from nnviz.views.inspector.equation_nodes import Reading, operator, segments, symbol_node
from nnviz.views.inspector.flow import FURTHER, Line, prose
from nnviz.views.inspector.moment import Moment
from nnviz.views.inspector.page import Page, Table, formula_line, share_of, text_of, upper_first
from nnviz.views.inspector.typesetting import Glyphs, Node, Row, aside


def output_page(moment: Moment, selection: Selection) -> Page:
    """Explain what one output adds to the cost of the example."""
    j, last = selection.neuron, len(moment.recipe.layers) - 1
    x, y = moment.focus.x, moment.focus.y
    part = explain_output(moment.network, x, y, j)
    reading = Reading()
    title = f"{upper_first(neuron_name(moment.snapshot, last, j))}: its part of the cost"
    missing = moment.missing(selection)
    if missing:
        return Page(
            title,
            (
                formula_line(part.equation, reading, known=False, first=True),
                prose(f"Not computed yet: that is done in “{missing}”.", first=True),
            ),
            text_of(part.equation, known=False),
        )
    whole = explain_cost(moment.network, x, y)
    share = share_of(part.term.value, whole.cost.value)
    of_all = f"That is {share} of the cost of this example," if share else "It is part of"
    value = Glyphs(f" = {write(whole.cost.value)}.", "sans", after=0.3)
    words = (
        of_all,
        Row((symbol_node(whole.cost.symbol), value)),
        f"{_distance(moment, selection.neuron, part.difference)} {part.note}",
    )
    lines = [formula_line(part.equation, reading, first=True), prose(*words, first=True)]
    if moment.errors_known(last):
        error = explain_error(moment.network, x, y, last, j, by_size=True)
        if error.form == "output":
            lines.append(formula_line(error.equation, Reading(tall=True), step=FURTHER))
            lines += [formula_line(each, reading, step=FURTHER) for each in error.equations]
        if error.short is not None:
            lines.append(formula_line(error.short, reading, step=FURTHER))
        lines.append(prose(error.note))
    return Page(title, tuple(lines), text_of(part.equation), _outputs(moment, whole, j))


def cost_page(moment: Moment, selection: Selection) -> Page:
    """Explain the cost of the example as the sum of what its outputs add."""
    x, y = moment.focus.x, moment.focus.y
    whole = explain_cost(moment.network, x, y, by_size=True)
    reading = Reading()
    title = f"The cost of {moment.example}"
    missing = moment.missing(selection)
    lines = [formula_line(whole.equation, reading, known=not missing, first=True)]
    if missing:
        lines.append(prose(f"Not computed yet: that is done in “{missing}”.", first=True))
        return Page(title, tuple(lines), text_of(whole.equation, known=False))
    largest = whole.parts[0]
    share = share_of(largest.term.value, whole.cost.value)
    name = neuron_name(moment.snapshot, len(moment.recipe.layers) - 1, largest.output)
    said = f"{share} of it comes from {name}. " if share else ""
    outputs = len(whole.parts)
    rest = f"{outputs} outputs, the largest part first; click one. " if outputs > 1 else ""
    if said + rest:
        lines.append(prose(said + rest, first=True))
    lines.append(formula_line(_of_any_output(moment), reading, step=FURTHER, known=False))
    lines.append(_over_all(moment))
    return Page(title, tuple(lines), text_of(whole.equation), _outputs(moment, whole, -1))


def _distance(moment: Moment, output: int, difference: float) -> str:
    if not np.isfinite(difference):
        return ""
    if difference == 0:
        return "It is exactly what was desired."
    way = "too high" if difference > 0 else "too low"
    columns = number_targets(moment.snapshot.description, moment.recipe.layers[-1])
    own = ""
    if columns and columns[output].scaled:
        column = columns[output]
        size = f"{write(abs(difference) * column.scale, fewer())} {column.unit}".rstrip()
        own = f", in the file's units {size}"
    return f"The output is {write(abs(difference), fewer())} {way}{own}."


def _of_any_output(moment: Moment) -> Equation:
    """Write what any output adds: the formula of this cost."""
    part = explain_output(moment.network, moment.focus.x, moment.focus.y, 0)

    of_any: dict[Expression, Expression] = {
        part.actual: activation_symbol(moment.recipe, len(moment.recipe.layers) - 1, "j"),
        part.desired: desired_symbol("j"),
    }
    result = Quantity(cost_part_symbol("j"), part.term.value)
    return equation(result, replaced(part.equation.formula, of_any))


def _over_all(moment: Moment) -> Line:
    """Write the cost of n examples."""
    right = sides(COSTS[moment.recipe.cost].formula)[1]
    shares = (part for part in right.parts if isinstance(part, Group) and _is_share(part))
    written: dict[Expression, Expression] = {share: share.inside for share in shares}
    written[Symbol("a", "", "j")] = Symbol("ŷ", "", "j")
    head = Row((aside("all examples:", after=0.4), Glyphs("C", "italic")))
    nodes: tuple[Node, ...] = (head, operator("="), *Reading().formula(replaced(right, written)))
    return Line(segments(nodes), FURTHER)


def _is_share(group: Group) -> bool:
    """Tell whether a group holds a plain fraction alone, which needs no brackets in type."""
    return all(isinstance(part, Fraction) and part.plain for part in group.inside.parts)


def _outputs(moment: Moment, whole: CostParts, own: int) -> Table:
    """List the outputs: desired, actual, what each adds."""
    snapshot, last = moment.snapshot, len(moment.recipe.layers) - 1
    terms = np.array([part.term.value for part in whole.parts])
    order = np.argsort(-np.abs(np.nan_to_num(terms)), kind="stable")
    parts = [whole.parts[at] for at in order]

    def name(row: int) -> str:
        return output_name(snapshot, parts[row].output)

    def pick(row: int, column: int) -> Selection:
        kind = "neuron" if column in (-1, 1) else "output"
        return Selection(kind, last, parts[row].output)  # type: ignore[arg-type]

    columns = [[part.desired.value, part.actual.value, part.term.value] for part in parts]
    y, actual, term = np.array(columns, np.float64).T
    return Table(
        f"all {integer(len(parts))} outputs" if len(parts) > 1 else "the output",
        (
            Glyphs("output", "sans"),
            symbol_node(Symbol("y")),
            symbol_node(Symbol("ŷ")),
            symbol_node(cost_part_symbol("j")),
        ),
        name,
        (y, actual, term),
        pick,
        next((row for row, part in enumerate(parts) if part.output == own), -1),
    )
