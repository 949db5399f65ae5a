"""Tables whose rows are pictures, told by evidence: names of pixels, grey values, neighbours.

Sixty-four answers of 1 to 5 are no picture; 784 grey values are one, whether they go
to 255, to 16 or to 1, from −1 to 1, or to mean 0 and deviation 1, dark on white or light on
dark.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.description import PictureRule
from nnviz.data.greys import greys_of
from nnviz.data.picture_inputs import ground, rule_of
from nnviz.data.table_row_names import words_of
from nnviz.dataclass import dataclass
from nnviz.numbers import write

Values = NDArray[np.floating[Any]]

_SMALLEST = 8  # rows and columns
_SAMPLE = 500  # rows that decide
_PIXELS = frozenset(
    ["pixel", "pixels", "px", "pix", "grey", "gray", "greyvalue", "img", "image", "bild"]
)
_PERHAPS = _PIXELS | {"p"}  # which may be something else, where there is no full white
_CROSSED = re.compile(r"\d+\s*[x×_]\s*\d+")
_FULL = 0.9
_CHANNELS = 3  # of a picture in colour
_STANDARD = 20.0  # beyond which no standardised grey value lies
_BY_ITSELF = 0.05  # mean of each column, at most, where each was standardised by itself
_ENOUGH = 20  # rows that show it
_NEAR = 0.7  # how much nearer than pixels apart neighbours are in a picture, at most
_LOWER = 0.9  # and those below each other than those half a row apart


@dataclass(frozen=True, slots=True)
class Pictures:
    """How a table's rows are pictures.

    Attributes:
        side: rows and columns of each.
        white: what the values are divided by.
        offset: the value of black, which is taken away before.
        turn: True where they are dark on light, and are turned.
    """

    side: int
    white: float
    turn: bool
    offset: float = 0.0

    def greys(self, values: Values) -> FloatArray:
        """Return what a network sees of rows of the file, (n, side · side) of 0..1."""
        return greys_of(values, self.offset, self.white, turn=self.turn)

    def rule(self, greys: FloatArray) -> PictureRule:
        """Return how another picture becomes an input of a network trained on these."""
        images = greys.reshape(-1, self.side, self.side)
        rule = rule_of(images, turn=self.turn, white=self.white)
        return replace(rule, offset=self.offset)

    @property
    def words(self) -> str:
        """What was found, a clause for people."""
        turned = ", dark and light exchanged" if self.turn else ""
        greys = f"grey values over {write(self.white)}"
        if self.offset:
            greys = f"grey values from {write(self.offset)} to {write(self.offset + self.white)}"
        return f"pictures of {self.side} × {self.side}, {greys}{turned}"


def find_pictures(names: Sequence[str], values: Values) -> Pictures | None:
    """Tell of which kind of pictures the rows of some columns are, (n, columns); None for none."""
    side = math.isqrt(values.shape[1])
    if side * side != values.shape[1] or side < _SMALLEST or not len(values):
        return None
    sample = values[:: -(-len(values) // _SAMPLE)]
    span = span_of(values)
    if span is None:
        return None
    offset, white = span
    high = float(values.max()) - offset
    named = bool(names) and all(_is_pixel(name, _PIXELS) for name in names)
    if names and high >= _FULL * white:
        named = all(_is_pixel(name, _PERHAPS) for name in names)
    named &= not offset  # which any numbers could have
    if high < white / 2 or not (named or _neighbourly(sample, side)):
        return None
    middles = [ground((row.reshape(side, side) - offset) / white)[0] for row in sample]
    turn = bool(np.mean([middle > 0.5 for middle in middles]) > 0.5)
    return Pictures(side, white, turn, offset)


def coloured(values: Values) -> int:
    """Return the side of the pictures in colour that rows look like; 0 where they do not."""
    side = math.isqrt(values.shape[1] // _CHANNELS)
    if _CHANNELS * side * side != values.shape[1] or side < _SMALLEST or not len(values):
        return 0
    sample = values[:: -(-len(values) // _SAMPLE)]
    if span_of(sample) is None:
        return 0
    pixels = side * side
    planes = [sample[:, pixels * channel : pixels * (channel + 1)] for channel in range(_CHANNELS)]
    mixed = [sample[:, channel::_CHANNELS] for channel in range(_CHANNELS)]
    found = any(all(_neighbourly(part, side) for part in parts) for parts in (planes, mixed))
    return side if found else 0


def span_of(values: Values) -> tuple[float, float] | None:
    """Return the value of black, and how far above it white is; None where these are no greys."""
    low, high = float(values.min()), float(values.max())
    if low < 0:
        return shifted(values, low, high)
    if high > 255 or high <= 0:
        return None
    if high <= 1:
        return (0.0, 1.0) if high >= 0.5 else None
    whole = bool((values == np.rint(values)).all())
    return 0.0, 16.0 if whole and high <= 16 else 255.0


def shifted(values: Values, low: float, high: float) -> tuple[float, float] | None:
    """Return the same of greys that begin below 0: around 0, of signed bytes, or standardised."""
    for black, white in ((-0.5, 0.5), (-1.0, 1.0), (-128.0, 127.0)):
        if black <= low <= _FULL * black and white / 2 <= high <= white:
            return black, white - black
    if max(-low, high) > _STANDARD or high <= 0:
        return None
    means = values.mean(axis=0, dtype=np.float64)
    if len(values) >= _ENOUGH and np.abs(means).max() < _BY_ITSELF:
        return None  # each pixel has a scaling of its own
    return low, high - low


def _is_pixel(name: str, known: frozenset[str]) -> bool:
    words = words_of(re.sub(r"\d+", lambda digits: f" {digits[0]} ", name))
    return bool(_CROSSED.fullmatch(name.strip())) or (
        len(words) > 1 and words[0] in known and all(word.isdigit() for word in words[1:])
    )


def _neighbourly(values: Values, side: int) -> bool:
    """Tell whether neighbours in both directions are more alike than pixels farther apart."""
    images = values.reshape(-1, side, side).astype(np.float64)
    spread = 2 * float(images.var(axis=(1, 2)).mean())  # of two pixels taken anywhere
    if spread <= 0:
        return False
    beside = float(np.square(np.diff(images, axis=2)).mean())
    below = float(np.square(np.diff(images, axis=1)).mean())
    rows = values.astype(np.float64)
    half = side // 2
    apart = float(np.square(rows[:, half:] - rows[:, :-half]).mean())
    return max(beside, below) < _NEAR * spread and below < _LOWER * apart
