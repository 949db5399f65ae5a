"""What the table of parameters shows of a moment: columns of numbers, as far as they are known.

The numbers are those of "Why?": slopes of the example in focus and averaged over the same
examples, the nudge that follows from these, and the new value. No number is there before the
phase that computes it.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.explain import mean_slopes
from nnviz.engine.notation import parameter_name, source_name
from nnviz.engine.parameters import ALL, Scope, locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.moment import Moment, moment_of
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.parameters import text

COLUMNS = ("name", "value", "one", "mean", "nudge", "new")
"""The columns, in order."""
ORDERS = ("down", "up", "size")
"""Ways to sort by a column: the largest first, the smallest first, the largest sizes first."""
MOST = 100_000
"""Most parameters that are listed at once."""


@dataclass(frozen=True, slots=True)
class ParametersState:
    """What is chosen in the table.

    Attributes:
        layer, neuron: as in a `Scope`.
        sort: the column that it is sorted by; "" for the net's own order.
        order: one of `ORDERS`.
    """

    layer: int = ALL
    neuron: int = ALL
    sort: str = ""
    order: str = ORDERS[0]


@dataclass(frozen=True, slots=True, eq=False)
class ParametersPicture:
    """What the table shows of one moment.

    Attributes:
        recipe: of the net.
        scope: which parameters are listed.
        entries: of theta, one a row, (rows,).
        present: their values at this moment, (rows,): after the update these are the new ones.
        columns: the numbers by column, (rows,) each.
        known: which of them are known, (rows,) each.
        averaged: True where slopes have been averaged over examples.
        about: what they are of, the fullest wording first.
        sort, order: the column they are sorted by, and how.
        selected: the scope of the selected neuron, where it is not the one that is listed.
        inputs: what inputs are called that are columns of a table; empty where weights have
            names of their own, or inputs none but their symbols.
    """

    recipe: Recipe
    scope: Scope
    entries: NDArray[np.intp]
    present: Array
    columns: Mapping[str, Array]
    known: Mapping[str, NDArray[np.bool_]]
    averaged: bool
    about: tuple[str, ...]
    sort: str = ""
    order: str = ORDERS[0]
    selected: Scope | None = None
    inputs: tuple[str, ...] = ()

    def name(self, row: int) -> str:
        """Return what the parameter of a row is called."""
        return parameter_name(self.recipe, int(self.entries[row]))

    def source(self, row: int) -> str:
        """Return what the input is called that the weight of a row is on; empty for any other."""
        return source_name(locate(self.recipe, int(self.entries[row])), self.inputs)

    def number(self, row: int, column: str) -> np.floating | None:
        """Return a number, in the precision it has; None as long as it is not known."""
        return self.columns[column][row] if self.known[column][row] else None

    def selection(self, row: int) -> Selection:
        """Return what a click on a row asks about."""
        entry = int(self.entries[row])
        place = locate(self.recipe, entry)
        return Selection("parameter", place.layer, place.target, entry)

    def row_of(self, entry: int) -> int:
        """Return the row of an entry of theta; −1 where it is not listed."""
        found = np.flatnonzero(self.entries == entry)
        return int(found[0]) if len(found) else -1


def scope_of(recipe: Recipe, state: ParametersState) -> Scope:
    """Return which parameters are listed: the chosen ones, or fewer where these are too many."""
    scope = Scope(state.layer, state.neuron)
    if not scope.fits(recipe):
        scope = Scope()
    if scope.count(recipe) > MOST and scope.layer == ALL:
        scope = Scope(len(recipe.layers) - 1)
    if scope.count(recipe) > MOST:
        scope = Scope(scope.layer, 0)
    return scope


def selected_scope(recipe: Recipe, scope: Scope, selection: Selection | None) -> Scope | None:
    """Return the scope of the selected neuron, or of that which a selected weight leads into."""
    if selection is None or selection.kind not in ("neuron", "parameter", "output"):
        return None
    if not selection.fits(recipe):
        return None
    own = Scope(selection.layer, selection.neuron)
    return None if own == scope else own


def picture(
    snapshot: Snapshot, state: ParametersState, selection: Selection | None = None
) -> ParametersPicture:
    """Return what is to be shown of a moment, and the scope of the selected neuron."""
    moment, recipe = moment_of(snapshot), snapshot.recipe
    scope = scope_of(recipe, state)
    entries = scope.entries(recipe)
    columns, known = _numbers(moment, scope, entries)
    sort = state.sort if state.sort in columns else ""
    order = state.order if state.order in ORDERS else ORDERS[0]
    if sort:
        rows = _sorted(columns[sort], known[sort], order)
        entries = entries[rows]
        columns = {name: column[rows] for name, column in columns.items()}
        known = {name: column[rows] for name, column in known.items()}
    about = text.about(moment, scope, moment.rows[2])
    selected = selected_scope(recipe, scope, selection)
    present = snapshot.theta[entries]
    return ParametersPicture(
        recipe,
        scope,
        entries,
        present,
        columns,
        known,
        moment.averaged,
        about,
        sort,
        order,
        selected,
        snapshot.named_inputs,
    )


def _numbers(
    moment: Moment, scope: Scope, entries: NDArray[np.intp]
) -> tuple[dict[str, Array], dict[str, NDArray[np.bool_]]]:
    """Return the columns of numbers and what of them is known, in the net's own order."""
    recipe, network, focus = moment.recipe, moment.network, moment.focus
    parts = scope.parts(recipe)
    errors = [np.full(part.count(recipe), moment.errors_known(part.layer or 1)) for part in parts]
    came = np.concatenate(errors)
    some, averaged = bool(came.any()), np.full(len(entries), moment.averaged)
    value = network.theta[entries]
    one: Array = np.zeros(len(entries))
    mean = nudge = new = one
    if some:
        one = mean_slopes(network, focus.x[np.newaxis], focus.y[np.newaxis], scope)
    if moment.averaged:
        x, y, _ = moment.rows
        mean = mean_slopes(network, x, y, scope)
        nudge = moment.nudges(entries, mean)
        new = moment.snapshot.theta[entries] if moment.snapshot.updated else value + nudge
    stepped = moment.known is None or moment.stepped
    columns = {"value": value, "one": one, "mean": mean, "nudge": nudge, "new": new}
    return columns, {
        "value": np.ones(len(entries), np.bool_),
        "one": came,
        "mean": averaged,
        "nudge": averaged,
        "new": averaged & stepped,
    }


def _sorted(column: Array, known: NDArray[np.bool_], order: str) -> NDArray[np.intp]:
    """Return the rows in order; those unknown or undefined come last."""
    sizes = np.asarray(column, np.float64)
    keys = sizes if order == "up" else -np.abs(sizes) if order == "size" else -sizes
    return np.lexsort((np.nan_to_num(keys, nan=0.0, posinf=np.inf, neginf=-np.inf),
                       ~known | np.isnan(sizes)))  # fmt: skip
