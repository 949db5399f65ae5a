"""What was drawn: the drawings of this session and those kept, as small pictures to go back to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from nnviz.views.pad import text
from nnviz.views.pad.strokes import Points, Sheet, fitted
from nnviz.views.shared.tile_content import Thumbnails, Word, greys_of

MOST = 24
"""Drawings of this session that are kept at hand."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One drawing of the gallery.

    Attributes:
        image: (28, 28), as the net sees it.
        sheet: what lay on the pad; empty where only the picture is known.
        read: what the net read it as; empty where it was not asked.
        label: what it was said to be; None where nobody said.
    """

    image: Points
    sheet: Sheet = field(default_factory=Sheet)
    read: str = ""
    label: int | None = None

    def same(self, other: "Entry") -> bool:
        """Tell whether it is the same drawing, to the grey values a file keeps."""
        return bool((np.rint(255 * self.image) == np.rint(255 * other.image)).all())


class Drawn:
    """The list of drawings, the newest first: those of this session, then those kept."""

    def __init__(self) -> None:
        self._recent: list[Entry] = []
        self._kept: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Put a drawing in front; one that is there already moves, and keeps its label."""
        for known in self._recent:
            if known.same(entry):
                if entry.label is None:
                    entry = replace(entry, label=known.label)
                self._recent.remove(known)
                break
        self._recent = [entry, *self._recent][:MOST]

    def keep(self, entries: Sequence[Entry]) -> None:
        """Know the drawings that the store keeps, the newest first."""
        self._kept = list(entries)

    def entries(self) -> list[Entry]:
        """Return all, each once."""
        kept = (one for one in self._kept if not any(one.same(known) for known in self._recent))
        return [*self._recent, *kept]


def kept_entry(label: int, image: ArrayLike, strokes: Sequence[ArrayLike]) -> Entry:
    """Return a drawing that is kept.

    Args:
        label: what it was said to be.
        image: (28, 28) of 0..1 or of bytes.
        strokes: none where it came from a picture.
    """
    grey = np.asarray(image)
    scale = 255 if grey.dtype == np.uint8 else 1
    sheet = Sheet(fitted([np.asarray(stroke, np.float64) for stroke in strokes]))
    return Entry((grey / scale).astype(np.float32), sheet, label=label)


def thumbnails(entries: Sequence[Entry]) -> Thumbnails:
    """Return drawings for the grid, each with what it was said to be, else what it was read as."""

    def greys(places: Iterable[int]) -> np.ndarray:
        images = [entries[place].image for place in places]
        return greys_of(np.stack(images), images[0].shape)

    def corner(place: int) -> Word | None:
        entry = entries[place]
        if entry.label is not None:
            return Word(str(entry.label), "now")
        return Word(entry.read[:2], "dim") if entry.read else None

    return Thumbnails(
        count=len(entries),
        greys=greys,
        tip=lambda place: text.drawing(entries[place].read, entries[place].label),
        corner=corner,
        empty=text.NO_DRAWINGS,
    )
