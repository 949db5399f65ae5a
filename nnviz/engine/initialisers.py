"""Initialisers: the weights and biases a network starts with.

One table entry gives the standard deviations of a layer's normally distributed
weights and biases from its number of inputs and outputs.
"""

from collections.abc import Callable
from math import sqrt

from nnviz.dataclass import dataclass
from nnviz.engine.table import Entry, table


@dataclass(frozen=True, slots=True)
class Initialiser(Entry):
    """One way to draw a layer's start values; its formula is the distribution.

    Attributes:
        deviations: deviations(inputs, outputs) -> standard deviation of the weights and
            of the biases.
    """

    deviations: Callable[[int, int], tuple[float, float]]


INITIALISERS: dict[str, Initialiser] = table(
    Initialiser(
        "normal",
        "N(0, 1)",
        "w, b ~ N(0, 1)",
        "The simplest; with many inputs it starts sigmoids saturated.",
        lambda _inputs, _outputs: (1.0, 1.0),
    ),
    Initialiser(
        "scaled_normal",
        "1/√inputs",
        "w ~ N(0, 1/inputs), b ~ N(0, 1)",
        "Keeps weighted sums near one whatever the number of inputs.",
        lambda inputs, _outputs: (1 / sqrt(inputs), 1.0),
    ),
    Initialiser(
        "xavier",
        "Xavier",
        "w ~ N(0, 2/(inputs + outputs)), b = 0",
        "For tanh and sigmoid layers: keeps signals and errors the same size across layers "
        "(Glorot and Bengio, 2010).",
        lambda inputs, outputs: (sqrt(2 / (inputs + outputs)), 0.0),
    ),
    Initialiser(
        "he",
        "He",
        "w ~ N(0, 2/inputs), b = 0",
        "For ReLU layers, which halve the variance of what they pass on (He et al., 2015).",
        lambda inputs, _outputs: (sqrt(2 / inputs), 0.0),
    ),
    Initialiser(
        "zeros",
        "zeros",
        "w = b = 0",
        "To see why not: all neurons of a layer then stay alike for ever.",
        lambda _inputs, _outputs: (0.0, 0.0),
    ),
)
"""Every initialiser by name."""
