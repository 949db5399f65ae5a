"""What was drawn, in this session or before it: small pictures to go back to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from nnviz.data.drawings import Drawing
from nnviz.views.pad import text
from nnviz.views.pad.strokes import Points, Sheet, fitted
from nnviz.views.shared.tile_content import Thumbnails, Word, greys_of


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


def entry_of(drawing: Drawing) -> Entry:
    """Return a drawing that is kept; its strokes may be in any units."""
    sheet = Sheet(fitted([np.asarray(stroke, np.float64) for stroke in drawing.strokes]))
    return Entry((drawing.image / 255).astype(np.float32), sheet, label=drawing.label)


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
