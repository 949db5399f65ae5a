"""How the race writes its numbers: short, their first digits exact."""

import math
from collections.abc import Sequence

from nnviz.engine.race.valleys import Grid
from nnviz.numbers import editable, fixed, rounded, write


def cost_number(value: float, grid: Grid | None) -> str:
    """Write a cost: of a network with five decimals, because its costs differ little."""
    if grid is not None and 1e-3 <= abs(value) < 1:
        return fixed(value, 5)
    return number(value)


def number(value: float) -> str:
    """Write a number in at most seven characters or so, its first digits exact."""
    if math.isnan(value):
        return "–"
    size = abs(value)
    if size >= 1e100:
        return "−∞" if value < 0 else "∞"
    return write(value, 3 if 1 <= size < 1e5 else 2, zeros=True)


def rate_text(rate: float) -> str:
    """Write a learning rate for a field, with at most three digits that count."""
    return editable(rounded(rate, 3))


def place(point: Sequence[float]) -> str:
    """Write a place: (−1.2, 1), or one number alone."""
    numbers = [write(round(w, 3), 4) for w in point]
    return numbers[0] if len(numbers) == 1 else f"({', '.join(numbers)})"
