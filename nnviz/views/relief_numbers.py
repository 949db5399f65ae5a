"""How numbers are written on the cost surface."""

import math


def decimal(value: float, digits: int = 2) -> str:
    """Write a number with a true minus sign and a fixed number of decimals."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def cost_text(cost: float) -> str:
    """Write a cost with three or four digits that count."""
    if not math.isfinite(cost):
        return "not a finite number"
    if cost and not 1e-3 <= abs(cost) < 1e4:
        return f"{cost:.2e}"
    return f"{cost:.4f}" if abs(cost) < 10 else f"{cost:.1f}"


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
