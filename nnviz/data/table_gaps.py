"""Gaps of a table: columns that are mostly empty are no inputs, rows with a gap are left out.

Nothing is filled in: a value that nobody measured would be learned like the others. What
is left out is always told, with the columns that caused it.
"""

from collections.abc import Sequence

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.table_content import Table
from nnviz.data.table_names import short
from nnviz.numbers import integer

_MOST = 0.5  # part of the rows that may lack a value of an input
_TOLD = 6  # columns that are named


def mostly_empty(table: Table) -> dict[int, str]:
    """Return the columns that have no value in more than half of the rows, and that in words."""
    count = len(table.lines)
    gaps = {place: int(table.missing(place).sum()) for place in table.there}
    return {
        place: f"has no value in {integer(lacking)} of {integer(count)} rows"
        for place, lacking in gaps.items()
        if lacking > _MOST * count
    }


def without_gaps(table: Table, used: Sequence[int]) -> tuple[Table, str]:
    """Leave out the rows that lack a value in the columns used, as inputs or predicted.

    Returns:
        The other rows, and what was left out, a clause for people; "" where nothing was.

    Raises:
        DataError: fewer than two rows are left.
    """
    missing = {place: table.missing(place) for place in used}
    caused = {place: int(gaps.sum()) for place, gaps in missing.items() if gaps.any()}
    if not caused:
        return table, ""
    keep = ~np.any([missing[place] for place in caused], axis=0)
    worst = sorted(caused, key=lambda place: -caused[place])
    told = [f"{short(table.names[place])} ({integer(caused[place])})" for place in worst]
    more = f" and {len(told) - _TOLD} more columns" if len(told) > _TOLD else ""
    columns = f"{', '.join(told[:_TOLD])}{more}"
    left, count = int(keep.sum()), len(keep)
    if left < 2:
        rows = "only one row" if left else "no row"
        raise DataError(
            f"{table.path} has {rows} of {integer(count)} without a gap: fill in the gaps in "
            f"{columns}, or remove these columns."
        )
    verb = "is" if count - left == 1 else "are"
    note = f"{integer(count - left)} of {integer(count)} rows {verb} left out: gaps in {columns}"
    return table.only(keep), note
