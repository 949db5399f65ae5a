"""What a grid of thumbnails shows, as plain values: pictures, captions and tips, by place."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.numbers import fewer, write

Tone = Literal["text", "dim", "minus", "now"]
"""The colour of a word, by its name in a theme."""
Greys = Callable[[Sequence[int]], NDArray[np.uint8]]
"""Returns the pictures at some places as bytes, (n, rows, columns)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a caption."""

    text: str
    tone: Tone = "text"
    bold: bool = False


Caption = tuple[tuple[Word, ...], ...]
"""Parts that stand side by side or, where a tile is too narrow, one below the other."""


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnails:
    """What a grid shows: how many there are, and what stands at a place once it is in sight.

    Attributes:
        count: how many; their places are 0 … count − 1.
        greys: returns the pictures at some places; None where they are no pictures: then each is
            a row of text.
        text: returns the text of a row.
        tip: returns what is said of one, in the tool tip and to readers of the screen.
        caption: returns the caption of one; None for no captions.
        widest: captions among which the widest is, to tell whether one line is enough.
        corner: returns the word in the lower right corner of a picture, or None; None for none.
        empty: what stands in the middle where there are none.
    """

    count: int = 0
    greys: Greys | None = None
    text: Callable[[int], str] = lambda _place: ""
    tip: Callable[[int], str] = lambda _place: ""
    caption: Callable[[int], Caption] | None = None
    widest: Sequence[Caption] = ()
    corner: Callable[[int], Word | None] | None = None
    empty: str = ""


NOTHING = Thumbnails()


MOST_VALUES = 12
"""Values that are written of an example that is no picture."""


def values_text(x: Sequence[float]) -> str:
    """Write an example that is no picture, as the text of its row."""
    some = ", ".join(write(value, fewer(2)) for value in x[:MOST_VALUES])
    return f"({some}, …)" if len(x) > MOST_VALUES else f"({some})"


def greys_of(x: NDArray[np.floating[Any]], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Return grey levels 0..1, (n, rows · columns), as bytes, (n, rows, columns)."""
    values: NDArray[np.uint8] = (np.clip(np.nan_to_num(x), 0, 1) * 255 + 0.5).astype(np.uint8)
    return values.reshape(-1, *shape)
