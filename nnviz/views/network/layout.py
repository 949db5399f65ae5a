"""Where everything in the network view stands, computed from a network's layers and a size.

A picture is one tile whose pixels are the input neurons; every other layer is a
column of circles. Of a layer too large to be told apart a window of neurons is
drawn, which can be shifted, and the rest are counted. All sizes follow one unit,
the height of the text, and the text follows the size of the view, so that a
projector shows large letters.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.notation import number_of
from nnviz.engine.run.snapshot import Array
from nnviz.numbers import integer
from nnviz.views.shared.type_scale import Step, TypeScale

MOST_SHOWN = 32
"""Most neurons of a layer that are drawn; more could not be told apart."""

PLAIN = TypeScale()
LEAST_GAP = 3.2
"""Least distance from one layer to the next in which edges can be told apart, in units."""
LEAST_CAPTION = 6.5
"""Least width of the caption, in units."""
CAPTIONED = 10.0
"""Least room between headings and footer in which the caption stands, in units."""

HIDDEN = 0.75
"""Largest radius of hidden neurons, in units, where many stand in a column."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Say whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, eq=False)
class Column:
    """One layer: neurons first..first+shown-1 of it are drawn.

    Attributes:
        x: where edges into it end, and where its circles have their centre.
        out: where edges out of it begin.
        y: height of each drawn neuron, (shown,).
        spacing: from one neuron to the next.
        radius: of the circles; 0 where the layer is the picture tile.
    """

    size: int
    x: float
    out: float
    y: Array
    spacing: float
    radius: float
    first: int = 0

    @property
    def shown(self) -> int:
        """Number of neurons drawn."""
        return len(self.y)

    @cached_property
    def rest(self) -> tuple[str, ...]:
        """What is said of the neurons that are not drawn, the fullest wording first."""
        if self.size == self.shown:
            return ()
        if not self.first:
            others = integer(self.size - self.shown)
            return f"+ {others} more", f"+{others}", ""
        part = f"{integer(number_of(self.first))}–{integer(self.first + self.shown)}"
        return f"{part} of {integer(self.size)}", part, ""

    @property
    def drawn(self) -> slice:
        """Which of the layer's neurons are drawn."""
        return slice(self.first, self.first + self.shown)

    def draws(self, neuron: int) -> bool:
        """Say whether a neuron is drawn."""
        return self.first <= neuron < self.first + self.shown

    def height_of(self, neuron: int) -> float:
        """Return the height at which a neuron that is drawn stands."""
        return float(self.y[neuron - self.first])

    def within(self, radius: float) -> "Column":
        """Return it with circles of a radius at most."""
        if self.radius <= radius:
            return self
        return replace(self, radius=radius, out=self.x + radius)


@dataclass(frozen=True, eq=False)
class Layout:
    """The places of one network in a view of one size.

    Attributes:
        unit: height of the text.
        tile: the picture; None where inputs are circles.
        caption: below the inputs, two lines: what the example is and how it is read; empty where
            there is no room for it.
        previous, following: at the ends of the first, where to click for another example.
        names: left end of the outputs' names.
        bars: the outputs' bars reach from `bars.left` to `bars.right`.
        heading: height of the middle of the layers' names.
        footer: the line with what is drawn and the scale.
    """

    unit: int
    columns: tuple[Column, ...]
    tile: Box | None
    caption: Box
    previous: Box
    following: Box
    names: float
    bars: Box
    heading: float
    footer: Box
    scale: TypeScale

    @property
    def crowded(self) -> bool:
        """Whether layers stand too close together."""
        ends = [column.x for column in self.columns]
        if self.tile is not None:
            ends[0] = self.tile.right
        return bool(np.diff(ends).min() < LEAST_GAP * self.unit)

    def letters(self, step: Step) -> int:
        """Return a step's letters in pixels, grown with the view as common text is."""
        grown = round(self.unit * step.value / Step.BODY.value)
        return max(grown, min(self.unit, self.scale.px(Step.LABEL)))

    def lettering(self, step: Step, column: Column) -> tuple[int, int]:
        """Return the size of names beside a column, and at every how many neurons one has room.

        They have the letters of a step where there is room for all.
        """
        least = self.scale.px(Step.LABEL)
        size = min(self.letters(step), max(int(0.9 * column.spacing), least))
        return size, int(np.ceil(size / column.spacing - 1e-9))


def windows(
    layers: Sequence[int], firsts: Sequence[int] = (), *, pictured: bool = False
) -> tuple[slice, ...]:
    """Return which neurons of each layer are drawn, from those wished for; no window is half empty.

    Inputs are `pictured` where they are the pixels of a picture, all of which are drawn.
    """
    found = []
    for layer, (size, first) in enumerate(zip(layers, [*firsts, *[0] * len(layers)], strict=False)):
        most = size if pictured and not layer else MOST_SHOWN
        first = max(0, min(first, size - most))
        found.append(slice(first, min(first + most, size)))
    return tuple(found)


def text_height(width: float, height: float, scale: TypeScale) -> int:
    """Return the height of common text in a view of a size: the unit of every length."""
    grown = scale.grown(Step.CAPTION, min(width / 48, height / 32))
    # In a small panel letters take more of the room, for smaller ones could not be read.
    return max(grown, scale.grown(Step.CAPTION, min(width / 36, height / 22), Step.LABEL))


def layout(
    layers: tuple[int, ...],
    image_shape: tuple[int, int] | None,
    width: float,
    height: float,
    name_width: float = 1.0,
    firsts: Sequence[int] = (),
    input_width: float = 5.4,
    scale: TypeScale = PLAIN,
) -> Layout:
    """Place a network in a view of a size; the arguments on neurons are those of `windows`.

    `name_width` is the room that the longest name of an output takes, `input_width` that for names
    and values beside inputs that are circles, both in units.
    """
    unit = text_height(width, height, scale)
    margin = 1.1 * unit
    heading = margin + 0.5 * unit
    footer = Box(margin, height - 2.1 * unit, width - 2 * margin, 1.4 * unit)
    body = Box(margin, heading + 1.3 * unit, width - 2 * margin, 0)
    body_height = max(footer.top - 0.6 * unit - body.top, 2 * unit)
    body = Box(body.left, body.top, body.width, body_height)
    captioned = body.height >= CAPTIONED * unit
    middle = body.top + body.height / 2

    bar_width = max(3.5 * unit, 0.085 * width)
    bars = Box(body.right - bar_width, body.top, bar_width, body.height)
    names = bars.left - (0.5 + name_width) * unit
    last = names - 1.5 * unit

    line = 1.6 * unit
    if image_shape is not None:
        rows, columns = image_shape
        room_x = 0.19 * width
        room_y = min(0.45 * height, body.height - (5 if captioned else 1.6) * line)
        pixel = max(min(room_x / columns, room_y / rows), 0.5)
        tile = Box(body.left, middle - rows * pixel / 2, columns * pixel, rows * pixel)
        place = (np.arange(columns) + 0.5) / columns + np.arange(rows)[:, np.newaxis]
        inputs = Column(
            layers[0], tile.left, tile.right + 1, tile.top + pixel * place.ravel(), pixel, 0.0
        )
        first, caption_top = tile.right, tile.bottom + 0.3 * unit
    else:
        tile = None
        taken = 2.4 * line if captioned else 0.0
        below = Box(body.left, body.top, body.width, body.height - taken)
        inputs = _circles(layers[0], body.left + (1.1 + input_width) * unit, below, unit, 1.1)
        first, caption_top = inputs.x, footer.top - 2.4 * line
    # The first gap holds the most edges, curved ones out of a small tile: give it more room.
    gaps = np.ones(len(layers) - 1)
    gaps[0] = 1.5 if tile is not None else 1.0
    x = first + (last - first) * np.cumsum(gaps) / gaps.sum()
    rest = [
        _circles(size, float(at), body, unit, HIDDEN)
        for size, at in zip(layers[1:-1], x, strict=False)
    ]
    rest.append(_circles(layers[-1], last, body, unit, 0.95))
    # What stands on the first hidden neurons reaches so far to the left.
    free = float(x[0]) - (1.8 if tile is None else 1.2) * unit
    caption_right = max(min(body.left + 11 * unit, free), tile.right if tile else 0)
    captioned = captioned and caption_right - body.left >= LEAST_CAPTION * unit
    caption = Box(body.left, caption_top, caption_right - body.left, 2 * line)
    if not captioned:
        line = 1.3 * unit if tile and caption_top + 1.3 * unit <= footer.top else 0.0
        caption = Box(body.left, caption_top, caption.width if line else 0.0, line)
    gap = float(min(np.diff(x, prepend=first)))
    parts = windows(layers, firsts, pictured=tile is not None)
    drawn = [
        replace(column.within(0.36 * gap), first=part.start)
        for column, part in zip((inputs, *rest), parts, strict=True)
    ]
    return Layout(
        unit=unit,
        columns=tuple(drawn),
        tile=tile,
        caption=caption,
        previous=Box(caption.left, caption.top, line, line),
        following=Box(caption.right - line, caption.top, line, line),
        names=names,
        bars=bars,
        heading=heading,
        footer=footer,
        scale=scale,
    )


def _circles(size: int, x: float, body: Box, unit: float, largest: float) -> Column:
    shown = min(size, MOST_SHOWN)
    height = body.height - (1.6 * unit if size > shown else 0)
    # A handful may stand wide apart, and then be larger too where nothing stands beside it.
    spacing = min(height / shown, (4.2 if shown > 6 else 6.5) * unit)
    if largest == HIDDEN:
        largest *= max(1.0, min(spacing / (4.2 * unit), 1.5))
    top = body.top + (height - spacing * (shown - 1)) / 2
    radius = min(0.43 * spacing, largest * unit)
    return Column(size, x, x + radius, top + spacing * np.arange(shown), spacing, radius)
