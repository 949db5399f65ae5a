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
from nnviz.engine.notation import (
    activation_symbol,
    cost_part_symbol,
    desired_symbol,
    sum_symbol,
)
from nnviz.engine.run.moment import Moment
from nnviz.engine.run.names import neuron_name, output_name
from nnviz.engine.run.units import number_targets
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Symbol
from nnviz.numbers import fewer, write
from nnviz.views.inspector import text
from nnviz.views.inspector.page import (
    Formula,
    Line,
    Page,
    Prose,
    Table,
    not_computed,
    text_of,
    undesired,
)


def output_page(moment: Moment, selection: Selection) -> Page:
    """Explain what one output adds to the cost of the example."""
    j, last = selection.neuron, len(moment.recipe.layers) - 1
    x, y = moment.focus.x, moment.focus.y
    part = explain_output(moment.network, x, y, j)
    title = text.part_of_cost(neuron_name(moment.snapshot, last, j))
    if missing := moment.missing(selection):
        return not_computed(title, part.equation, text.not_computed(missing))
    if moment.undesired:
        return undesired(title, part.equation)
    whole = explain_cost(moment.network, x, y)
    words = (
        text.of_all(text.share_of(part.term.value, whole.cost.value)),
        whole.cost,
        f"{_distance(moment, j, part.difference)} {part.note}",
    )
    lines: list[Line] = [
        Formula((part.equation,), main=True, first=True),
        Prose(words, first=True),
    ]
    if moment.errors_known(last):
        error = explain_error(moment.network, x, y, last, j, by_size=True)
        if error.form == "output":
            lines.append(Formula((error.equation,), tall=True))
            lines += [Formula((each,)) for each in error.equations]
        if error.short is not None:
            lines.append(Formula((error.short,)))
        lines.append(Prose((error.note,)))
    return Page(title, tuple(lines), text_of(part.equation), _outputs(moment, whole, j))


def cost_page(moment: Moment, selection: Selection) -> Page:
    """Explain the cost of the example as the sum of what its outputs add."""
    whole = explain_cost(moment.network, moment.focus.x, moment.focus.y, by_size=True)
    title = text.cost_of(moment.example)
    if missing := moment.missing(selection):
        return not_computed(title, whole.equation, text.not_computed(missing))
    if moment.undesired:
        return undesired(title, whole.equation)
    largest = whole.parts[0]
    name = neuron_name(moment.snapshot, len(moment.recipe.layers) - 1, largest.output)
    share = text.share_of(largest.term.value, whole.cost.value)
    lines: list[Line] = [Formula((whole.equation,), main=True, first=True)]
    if said := text.parts(share, name, len(whole.parts)):
        lines.append(Prose((said,), first=True))
    lines.append(Formula((_of_any_output(moment),), known=False))
    lines.append(Formula((_over_all(moment),), known=False, lead=text.ALL_EXAMPLES))
    return Page(title, tuple(lines), text_of(whole.equation), _outputs(moment, whole, -1))


def _distance(moment: Moment, output: int, difference: float) -> str:
    columns = number_targets(moment.snapshot.description, moment.recipe.layers[-1])
    unit = ""
    if columns and columns[output].scaled:
        column = columns[output]
        unit = f"{write(abs(difference) * column.scale, fewer())} {column.unit}".rstrip()
    return text.distance(difference, unit)


def _of_any_output(moment: Moment) -> Equation:
    """Write what any output adds: the formula of this cost."""
    part = explain_output(moment.network, moment.focus.x, moment.focus.y, 0)

    of_any: dict[Expression, Expression] = {
        part.actual: activation_symbol(moment.recipe, len(moment.recipe.layers) - 1, "j"),
        part.desired: desired_symbol("j"),
        part.sum: sum_symbol(len(moment.recipe.layers) - 1, "j"),
    }
    result = Quantity(cost_part_symbol("j"), part.term.value)
    return equation(result, replaced(part.equation.formula, of_any))


def _over_all(moment: Moment) -> Equation:
    """Write the cost of n examples, whose value is not asked for here."""
    right = sides(COSTS[moment.recipe.cost].formula)[1]
    shares = (part for part in right.parts if isinstance(part, Group) and _is_share(part))
    written: dict[Expression, Expression] = {share: share.inside for share in shares}
    written[Symbol("a", "", "j")] = Symbol("ŷ", "", "j")
    return equation(Quantity(Symbol("C"), np.nan), replaced(right, written))


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
        text.all_of(len(parts), "outputs", "the output"),
        ("output", Symbol("y"), Symbol("ŷ"), cost_part_symbol("j")),
        name,
        (y, actual, term),
        pick,
        next((row for row, part in enumerate(parts) if part.output == own), -1),
    )
