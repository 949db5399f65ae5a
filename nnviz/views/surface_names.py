"""How parameters and numbers are written on the cost surface."""

import math

from nnviz.engine.plane import Parameter, locate
from nnviz.engine.recipe import Recipe

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def parameter_name(recipe: Recipe, index: int) -> str:
    """Write one entry of theta: "w² 4→7" from neuron 4 to 7, or "b² 7"."""
    return place_name(locate(recipe, index))


def place_name(place: Parameter) -> str:
    """Write a place in the network as `parameter_name` does."""
    layer = str(place.layer + 1).translate(_SUPERSCRIPT)
    if place.source is None:
        return f"b{layer} {place.target}"
    return f"w{layer} {place.source}→{place.target}"


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
