"""Cost surfaces on which descent can be watched, and those of them that come from formulas.

A `Valley` says everything about a surface: its formula as text, the cost and its
gradient, where it is worth looking, where a descent may start, and where it
should end. Places are the last axis of an array, one weight or two, so a grid, a
path and a single point are all one call. The one table holds the formulas, which
need no network; planes through a network become valleys elsewhere.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.dataclass import dataclass

Array = NDArray[np.float64]
Point = tuple[float, ...]

STEPS = 100
"""Steps after which a descent is judged where the surface needs no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A surface that is known on a grid, because each of its points takes long.

    Attributes:
        w1: values along the first axis, (n,).
        w2: values along the second, (m,); empty where there is one weight.
        cost: C(w1[i], w2[j]), (n, m), or (n, 1) where there is one weight.
    """

    w1: Array
    w2: Array
    cost: Array


@dataclass(frozen=True, slots=True, eq=False)
class Valley:
    """One surface.

    Attributes:
        name: its name in code.
        label: its name on screen.
        formula: the cost as text.
        remark: one sentence on what is to be seen here.
        low, high: the part worth looking at, one number a weight.
        start: where descent starts at first.
        optima: every local minimum, the lowest first.
        eta: a learning rate with which plain descent gets there, or as far as it can.
        stride: how far one of the first steps of an adaptive optimiser should go.
        steps: after how many steps a descent is judged.
        logarithmic: True where costs differ so much that their logarithm is worth drawing.
        names: what the weights are called.
        grid: what to draw the surface from; None where it is computed as it is needed.
        present: where the network is, on a surface that is a plane through one.
        slopes: its partial derivatives as text, where they are worth showing.
        examples: how many examples the cost is averaged over, on such a plane.
    """

    name: str
    label: str
    formula: str
    remark: str
    low: Point
    high: Point
    start: Point
    optima: tuple[Point, ...]
    eta: float
    stride: float
    _cost: Callable[[Array], Array]
    _gradient: Callable[[Array], Array]
    steps: int = STEPS
    logarithmic: bool = False
    names: tuple[str, ...] = ("w₁", "w₂")
    grid: Grid | None = None
    present: Point | None = None
    slopes: str = ""
    examples: int = 0

    @property
    def weights(self) -> int:
        """How many weights the cost depends on."""
        return len(self.start)

    @property
    def width(self) -> float:
        """The longest side of the part worth looking at."""
        return max(b - a for a, b in zip(self.low, self.high, strict=True))

    def cost(self, w: ArrayLike) -> Array:
        """Return C at places (..., weights); infinite or no number where it overflows."""
        with np.errstate(all="ignore"):
            return np.asarray(self._cost(np.asarray(w, dtype=np.float64)))

    def gradient(self, w: ArrayLike) -> Array:
        """Return ∂C/∂w at places (..., weights), of the same shape."""
        with np.errstate(all="ignore"):
            return np.asarray(self._gradient(np.asarray(w, dtype=np.float64)))


def _cost_of(formula: Callable[..., Array]) -> Callable[[Array], Array]:
    """Turn C(w1, w2) into C(w)."""
    return lambda w: formula(*_weights(w))


def _gradient_of(partials: Callable[..., tuple[Array, ...]]) -> Callable[[Array], Array]:
    """Turn the partial derivatives by w1 and w2 into ∂C/∂w."""
    return lambda w: np.stack(partials(*_weights(w)), axis=-1)


def _weights(w: Array) -> list[Array]:
    return [w[..., i] for i in range(w.shape[-1])]


NEURON_X = np.array([[1.0, 2], [2, 1], [-1, 1], [1, -1]])
"""Inputs of the linear neuron's little data set, (examples, 2)."""
NEURON_Y = np.array([12.0, 11, 2, 0])
"""Its desired outputs, (examples,): what weights 3 and 4 give."""
NEURON_B = 1.0
"""Its bias, which stays as it is."""


def _neuron_miss(w: Array) -> Array:
    """Return w1·x1 + w2·x2 + b − y of every example, (..., examples)."""
    return np.asarray(w @ NEURON_X.T + NEURON_B - NEURON_Y)


TILT = 0.3
"""How much one of the two valleys is deeper."""
_TURNS = sorted(np.roots([4.0, 0, -4.0, TILT]).real)
"""Where the two valleys' slope along w1 is zero: minimum, pass, minimum."""


VALLEYS: dict[str, Valley] = {
    entry.name: entry
    for entry in (
        Valley(
            "square",
            "One weight: w²",
            "C(w) = w²",
            "The slope is 2w. η below 0.05 crawls, 1 jumps to and fro for ever, more diverges.",
            low=(-2.0,),
            high=(2.0,),
            start=(-1.6,),
            optima=((0.0,),),
            eta=0.1,
            stride=0.1,
            _cost=_cost_of(lambda w: w**2),
            _gradient=_gradient_of(lambda w: (2 * w,)),
            slopes="dC/dw = 2w",
            names=("w",),
        ),
        Valley(
            "neuron",
            "Linear neuron",
            "C = Σ (w₁x₁ + w₂x₂ + 1 − y)²",
            "Four examples (x₁, x₂) → y: (1, 2) → 12, (2, 1) → 11, (−1, 1) → 2, (1, −1) → 0. "
            "Weights 3 and 4 get all of them right. C is the sum of the four, 4 times their mean.",
            low=(-2.0, -1.0),
            high=(8.0, 9.0),
            start=(-1.0, 1.0),
            optima=((3.0, 4.0),),
            eta=0.02,
            stride=0.3,
            _cost=lambda w: (_neuron_miss(w) ** 2).sum(axis=-1),
            _gradient=lambda w: 2 * _neuron_miss(w) @ NEURON_X,
            slopes="∂C/∂w₁ = 2 Σ x₁(w₁x₁ + w₂x₂ + 1 − y), ∂C/∂w₂ likewise with x₂",
        ),
        Valley(
            "two",
            "Two valleys",
            "C = (w₁² − 1)² + 0.3·w₁ + w₂²",
            "Descent finds the bottom of the valley it starts in; the left one is deeper.",
            low=(-2.0, -2.0),
            high=(2.0, 2.0),
            start=(1.7, 1.5),
            optima=((float(_TURNS[0]), 0.0), (float(_TURNS[2]), 0.0)),
            eta=0.05,
            stride=0.1,
            _cost=_cost_of(lambda w1, w2: (w1**2 - 1) ** 2 + TILT * w1 + w2**2),
            _gradient=_gradient_of(lambda w1, w2: (4 * w1 * (w1**2 - 1) + TILT, 2 * w2)),
            slopes="∂C/∂w₁ = 4w₁(w₁² − 1) + 0.3, ∂C/∂w₂ = 2w₂",
        ),
        Valley(
            "saddle",
            "Saddle",
            "C = w₁² + (w₂²/2 − 1)²",
            "In the middle the slope is zero and yet it is no minimum: descent lingers there.",
            low=(-2.0, -2.0),
            high=(2.0, 2.0),
            start=(-1.7, 0.02),
            optima=((0.0, -(2.0**0.5)), (0.0, 2.0**0.5)),
            eta=0.1,
            stride=0.1,
            _cost=_cost_of(lambda w1, w2: w1**2 + (w2**2 / 2 - 1) ** 2),
            _gradient=_gradient_of(lambda w1, w2: (2 * w1, 2 * w2 * (w2**2 / 2 - 1))),
            slopes="∂C/∂w₁ = 2w₁, ∂C/∂w₂ = 2w₂(w₂²/2 − 1)",
        ),
        Valley(
            "long",
            "Long narrow valley",
            "C = 0.03·w₁² + w₂²",
            "Steep across, nearly flat along: an η that suits one direction does not suit the "
            "other, and plain descent zigzags.",
            low=(-5.0, -3.6),
            high=(5.0, 3.6),
            start=(-4.2, 3.0),
            optima=((0.0, 0.0),),
            eta=0.9,
            stride=0.25,
            _cost=_cost_of(lambda w1, w2: 0.03 * w1**2 + w2**2),
            _gradient=_gradient_of(lambda w1, w2: (0.06 * w1, 2 * w2)),
            slopes="∂C/∂w₁ = 0.06·w₁, ∂C/∂w₂ = 2w₂",
        ),
        Valley(
            "rosenbrock",
            "Rosenbrock",
            "C = (1 − w₁)² + 100·(w₂ − w₁²)²",
            "The valley is quickly found; its lowest point at (1, 1) is far along a flat bend.",
            low=(-2.0, -1.0),
            high=(2.0, 3.0),
            start=(-1.2, 1.0),
            optima=((1.0, 1.0),),
            eta=0.002,
            stride=0.2,
            steps=800,
            _cost=_cost_of(lambda w1, w2: (1 - w1) ** 2 + 100 * (w2 - w1**2) ** 2),
            _gradient=_gradient_of(
                lambda w1, w2: (-2 * (1 - w1) - 400 * w1 * (w2 - w1**2), 200 * (w2 - w1**2))
            ),
            slopes="∂C/∂w₁ = −2(1 − w₁) − 400·w₁(w₂ − w₁²), ∂C/∂w₂ = 200(w₂ − w₁²)",
            logarithmic=True,
        ),
    )
}
"""Every surface by name, the simplest first."""
