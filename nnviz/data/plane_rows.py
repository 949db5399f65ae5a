"""The rows of the table of data sets that lie in the plane, each with its options."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from nnviz.data.dataset import Dataset
from nnviz.data.generator import Progress
from nnviz.data.options import SEED, Option, Options, with_options
from nnviz.data.plane import (
    DRAWN_ON_TOP,
    MOVED_BY_HAND,
    OWN_POINTS,
    Height,
    Shape,
    classes,
    common_options,
    drawn_alone,
    numbers,
)
from nnviz.data.plane_numbers import bumps, line, plane, sine
from nnviz.data.plane_shapes import blobs, circles, clouds, moons, spiral
from nnviz.data.source import Source

IN_THE_PLANE = "In the plane"


def _in_the_plane(
    name: str,
    title: str,
    sentence: str,
    shape: Shape,
    hidden: tuple[int, ...],
    *options: Option,
) -> Source:
    """Return the row of points of two classes in the plane; see `classes`."""
    make = partial(classes, name, shape)
    every = (*_options(2, options), DRAWN_ON_TOP, MOVED_BY_HAND)
    return _made(name, title, sentence, make, hidden, every, group=IN_THE_PLANE)


def _numbers(
    name: str,
    title: str,
    sentence: str,
    height: Height,
    coordinates: int,
    hidden: tuple[int, ...],
    *options: Option,
) -> Source:
    """Return the row of a number over the plane or a line; see `numbers`."""
    make = partial(numbers, name, height, coordinates)
    every = _options(coordinates, options)
    group = "Numbers to predict"
    return _made(name, title, sentence, make, hidden, every, group=group, folded=True)


def _options(coordinates: int, own: tuple[Option, ...]) -> tuple[Option, ...]:
    noise, *others = common_options(coordinates)
    return (noise, *own, *others)


def _made(
    name: str,
    title: str,
    sentence: str,
    make: Callable[[Options, str], Dataset],
    hidden: tuple[int, ...],
    options: tuple[Option, ...],
    **more: Any,
) -> Source:
    """Return the row of points that are made from options, with more fields of it."""

    def load(_folder: Path | None, seed: int, _progress: Progress | None) -> Dataset:
        values: dict[str, Any] = {option.name: option.default for option in options}
        if SEED in values:
            values[SEED] = seed
        return make(values, str(with_options(name, values, options)))

    return Source(name, title, sentence, load, hidden=hidden, options=options, make=make, **more)


_SPREAD = Option("spread", "spread", "How wide a cloud is: its standard deviation.", 0.2)

PLANE = (
    _in_the_plane(
        "blobs",
        "Blobs",
        "Two clouds apart: a single neuron tells them from each other.",
        blobs,
        (),
        Option("blobs", "blobs", "How many, of one class and the other in turn.", 2, 2, 8),
        _SPREAD,
    ),
    _in_the_plane(
        "circles",
        "Circles",
        "A disc with a ring around it: no straight line parts them.",
        circles,
        (6,),
        Option("gap", "gap", "Width of what is empty between disc and ring.", 0.2, 0, 0.4),
    ),
    _in_the_plane(
        "moons",
        "Moons",
        "Two half circles that reach into each other.",
        moons,
        (8,),
    ),
    _in_the_plane(
        "clouds",
        "Four clouds (XOR)",
        "Blue where the signs of x₁ and x₂ differ: XOR with as many points as you like.",
        clouds,
        (6,),
        _SPREAD,
    ),
    _in_the_plane(
        "spiral",
        "Spiral",
        "Two arms wound around each other: hard for small networks.",
        spiral,
        (16, 16),
        Option("turns", "turns", "How often the arms go round.", 2.0, 0.25, 4),
    ),
    _made(
        OWN_POINTS,
        "Your own points",
        "An empty plane: put points of both classes onto it, and the network learns them.",
        drawn_alone,
        (6,),
        (common_options(2)[-1], DRAWN_ON_TOP),
        group=IN_THE_PLANE,
    ),
    _numbers(
        "line",
        "Line",
        "One number from another along a straight line: linear regression.",
        line,
        1,
        (),
        Option("slope", "slope", "How steep the line is.", 0.3, -1, 1),
    ),
    _numbers(
        "sine",
        "Sine",
        "One number from another along a wave: each hidden neuron bends the curve once.",
        sine,
        1,
        (8,),
        Option("frequency", "frequency", "ω in y = sin ω·x₁.", 2.0, 0.1, 6),
    ),
    _numbers(
        "plane",
        "Plane",
        "A number that rises evenly in one direction of the plane.",
        plane,
        2,
        (),
        Option("direction", "direction", "Where it rises.", 45.0, -180, 180, "°"),
    ),
    _numbers(
        "bumps",
        "Bumps",
        "Hills and hollows over the plane.",
        bumps,
        2,
        (12,),
        Option("bumps", "bumps", "How many, up and down in turn.", 4, 1, 8),
    ),
)
"""In the order in which they are listed."""
