"""Drawings that were taught to a run: examples of somebody's own, beside those of the data set.

A recipe holds them itself, as text, so that a run with taught drawings is still a
recipe plus a list of changes: it can be replayed, saved and opened elsewhere,
without the files that drawings are kept in. Among tens of thousands of examples
one drawing would go under, so each is seen several times an epoch.
"""

import base64
import binascii
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.handwriting import SIDE as SIDE
from nnviz.data.idx import CLASSES as CLASSES
from nnviz.data.idx import DIGITS
from nnviz.data.overlap import known
from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError
from nnviz.numbers import count

NONE = "none"
"""What a recipe says where nothing was taught."""
MOST = 100
"""Most drawings that a run can be taught."""
ONE_IN = 200
"""Of so many examples that an epoch has, one is a taught drawing, as long as there are few."""
SHARE = 20
"""Of so many, one is any taught drawing at all, however many there are."""


class _Shown(Protocol):
    """What says of its examples what they are."""

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """Rows and columns of pictures; None for other examples."""

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called."""


class TaughtError(NnvizError):
    """A drawing cannot be taught; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Taught:
    """One drawing.

    Attributes:
        label: the digit it is.
        pixels: its 28 × 28 grey values, 784 bytes, row by row.
    """

    label: int
    pixels: bytes

    def image(self) -> NDArray[np.float32]:
        """Return its inputs, (784,), 0..1."""
        return np.divide(np.frombuffer(self.pixels, np.uint8), 255, dtype=np.float32)


def drawing(label: int, image: ArrayLike) -> Taught:
    """Make a drawing that can be taught of (28, 28) or (784,) of 0..1, as a network sees it.

    Raises:
        TaughtError: it is no digit, or there is nothing drawn.
    """
    values = np.asarray(image, np.float64).ravel()
    if values.size != SIDE * SIDE or not np.isfinite(values).all():
        raise TaughtError(f"A drawing is taught as {SIDE} × {SIDE} finite numbers.")
    if not 0 <= label < CLASSES:
        raise TaughtError(f"{label} is no digit: say which of 0 to 9 the drawing is.")
    pixels = np.rint(values.clip(0, 1) * 255).astype(np.uint8)
    if not pixels.any():
        raise TaughtError("There is nothing drawn yet: draw a digit first.")
    return Taught(int(label), pixels.tobytes())


def with_drawings(text: str, new: Sequence[Taught]) -> str:
    """Return what a recipe says once more drawings are taught, all of them at once.

    The same picture as another digit takes the place of the earlier one; what is known already
    is left as it is.

    Raises:
        TaughtError: all of them are taught already, or there are too many.
    """
    before = unpack(text)
    meant = {one.pixels: one for one in new}  # the last word about a picture holds
    fresh = [one for one in meant.values() if one not in before]
    if not fresh:
        raise TaughtError(_known(list(meant.values())))
    kept = [one for one in before if one.pixels not in meant or one in meant.values()]
    if len(kept) + len(fresh) > MOST:
        raise TaughtError(_too_many(len(kept), len(fresh)))
    return pack([*kept, *fresh])


def _known(drawings: Sequence[Taught]) -> str:
    if len(drawings) == 1:
        what = f"This very drawing is among the training data as a {drawings[0].label} already"
    else:
        what = "These very drawings are among the training data already"
    return f"{what}: go on training, or draw another."


def _too_many(before: int, more: int) -> str:
    if more == 1:
        return (
            f"This run has been taught {before} drawings, and more would slow it down: train on "
            "the data set of your own drawings instead."
        )
    return (
        f"This run has been taught {count(before, 'drawing')}, and {more} more would be more than "
        f"{MOST}: take some back (Ctrl+Z), or train on the data set of your own drawings instead."
    )


def pack(drawings: Sequence[Taught]) -> str:
    """Write drawings as the text that a recipe holds."""
    if not drawings:
        return NONE
    texts = (base64.b64encode(zlib.compress(one.pixels, 9)).decode("ascii") for one in drawings)
    return ",".join(f"{one.label}:{text}" for one, text in zip(drawings, texts, strict=True))


@lru_cache(maxsize=256)
def unpack(text: str) -> tuple[Taught, ...]:
    """Read drawings back from a recipe's text.

    Raises:
        TaughtError: the text is none that `pack` writes.
    """
    if text == NONE:
        return ()
    found = tuple(_read(part) for part in text.split(","))
    if len(found) > MOST or len({one.pixels for one in found}) < len(found):
        raise TaughtError(_BROKEN)
    return found


_BROKEN = "The drawings that this run was taught are damaged: open another copy of it."


def _read(part: str) -> Taught:
    label, _, packed = part.partition(":")
    try:
        reader = zlib.decompressobj()
        # Never more than a picture's bytes, whatever the text promises.
        pixels = reader.decompress(base64.b64decode(packed, validate=True), SIDE * SIDE + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise TaughtError(_BROKEN) from None
    if label not in DIGITS or len(pixels) != SIDE * SIDE or not any(pixels):
        raise TaughtError(_BROKEN)
    return Taught(int(label), pixels)


def times(examples: int, drawings: int) -> int:
    """Return how often an epoch of so many others sees each taught drawing, once at least."""
    return max(1, round(examples / max(ONE_IN, SHARE * drawings)))


def takes_drawings(shown: _Shown) -> bool:
    """Tell whether examples, of a data set or of a snapshot, are digits as the pad draws them."""
    return shown.image_shape == (SIDE, SIDE) and shown.class_names == DIGITS


def in_test_set(drawings: Sequence[Taught], dataset: Dataset) -> bool:
    """Tell whether a drawing is one of a data set's test pictures, which are never trained on."""
    if not drawings:
        return False
    pictures = np.rint(dataset.x_test * 255).astype(np.uint8)
    ours = np.array([np.frombuffer(one.pixels, np.uint8) for one in drawings])
    return bool(known(ours, pictures).any())


def words(before: str, after: str) -> str:
    """Say what a change taught: "taught a 7", "a 7, not a 1", "your handwriting: 30 digits"."""
    old, new = unpack(before), unpack(after)
    labels = {one.pixels: one.label for one in old}
    added = [one for one in new if one not in old]
    corrected = [one for one in added if one.pixels in labels]
    if len(added) > 1 and not corrected:
        return f"your handwriting: {len(added)} digits"
    if len(added) != 1:
        return f"{len(new)} drawings taught"
    taught = added[0]
    if corrected:
        return f"a {taught.label}, not a {labels[taught.pixels]}"
    return f"taught a {taught.label}"
