"""Round numbers along an axis, and how they are written."""

import math

from nnviz.numbers import fixed, write


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers in low..high, at most about `most`."""
    span = high - low
    if not span > 0 or most < 1:
        return []
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def some_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers in low..high, about as many as `ticks` does, but two at least."""
    found = ticks(low, high, most)
    for more in range(most + 1, most + 5):
        if len(found) >= 2:
            break
        found = ticks(low, high, more)
    return found


def short(value: float, marks: list[float]) -> str:
    """Write an axis number with as many decimals as the step between marks needs."""
    if len(marks) < 2:
        return write(value, 6)
    step = marks[1] - marks[0]
    if abs(step) < 1e-6 or abs(value) >= 1e5:
        return write(value, 2)
    return fixed(value, max(0, -math.floor(math.log10(abs(step)) + 1e-6)))


def log_ticks(low: float, high: float) -> list[float]:
    """Return 1, 2 and 5 times powers of ten in low..high, low > 0; or else round numbers."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    factors = (1, 2, 5) if last - first <= 3 else (1,)
    found = [10.0**power * factor for power in range(first, last + 1) for factor in factors]
    inside = [value for value in found if low <= value <= high]
    return inside if len(inside) >= 2 else some_ticks(low, high, 3)
