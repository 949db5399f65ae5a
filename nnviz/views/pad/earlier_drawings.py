"""Earlier drawings, in a row on the pad or, where it is too small for one, on a sheet of their own.

Both show the same: what lay on the pad in this session, then what the store keeps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

import numpy as np
from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nnviz.data.drawings import Drawing
from nnviz.dataclass import dataclass
from nnviz.views.pad import text
from nnviz.views.pad.strokes import Points, Sheet, fitted
from nnviz.views.pad.text import PUT_BACK
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import open_above
from nnviz.views.shared.styles import popup
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.shared.tile_content import Thumbnails, Word, greys_of
from nnviz.views.shared.type_scale import Step

ACROSS, DOWN = 6, 6
"""Most drawings side by side, and rows, that the sheet shows without scrolling."""
MOST = 24
"""Most drawings of this session, and most of those kept."""
SHORT = 3
"""Most letters of what a drawing was read as."""
LETTERS = 5.0
"""Side of a drawing in heights of letters."""


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
        return Word(_short(entry.read), "dim") if entry.read else None

    return Thumbnails(
        count=len(entries),
        greys=greys,
        tip=lambda place: text.drawing(entries[place].read, entries[place].label),
        corner=corner,
        empty=text.NO_DRAWINGS,
    )


def _short(read: str) -> str:
    """Return a name, or a number, as short as a corner needs it."""
    return read if len(read) <= SHORT else f"{read[: SHORT - 1]}…"


class EarlierDrawings(QObject):
    """The drawings, and where they are shown.

    Signals:
        picked(object): the `Entry` that was clicked.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self._recent: list[Entry] = []
        self._kept: list[Entry] = []
        self.strip = ThumbnailGrid("What was drawn", parent, letters=LETTERS, strip=True)
        self.album = Album(parent)
        for grid in (self.strip, self.album.grid):
            grid.hint = PUT_BACK
            grid.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the sheet
            grid.chosen.connect(self._pick)
        self._show()

    def add(self, entry: Entry) -> None:
        """Put a drawing in front; one that is there already moves, and keeps its label."""
        known = next((one for one in self._recent if one.same(entry)), None)
        if known is not None:
            self._recent.remove(known)
            if entry.label is None:
                entry = replace(entry, label=known.label)
        self._recent = [entry, *self._recent][:MOST]
        self._show()

    def keep(self, drawings: Sequence[Drawing]) -> None:
        """Show those that the store keeps, the oldest first, after those of this session."""
        self._kept = [entry_of(drawing) for drawing in drawings[: -MOST - 1 : -1]]
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        font = theme.scale.font(self.strip.font(), Step.BODY)
        self.strip.dress(theme, font)
        self.album.set_theme(theme)

    def _show(self) -> None:
        kept = (one for one in self._kept if not any(map(one.same, self._recent)))
        self.entries = [*self._recent, *kept]
        shown = thumbnails(self.entries)
        for grid in (self.strip, self.album.grid):
            grid.show_thumbnails(shown)

    def _pick(self, place: int) -> None:
        entry = self.entries[place]
        self.album.hide()
        for grid in (self.strip, self.album.grid):
            grid.select(())
        self.picked.emit(entry)


class Album(QFrame):
    """A popup with the drawings in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("pad_album")
        self._theme = DARK
        box = QVBoxLayout(self)
        self.grid = ThumbnailGrid("What was drawn", self, letters=LETTERS)
        box.addWidget(self.grid)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.setStyleSheet(popup(theme, self.objectName()))
        self.grid.dress(theme, theme.scale.font(self.font(), Step.BODY))

    def open_at(self, place: QPoint) -> None:
        """Open with its lower left corner at a place of the screen."""
        side = self._theme.scale.space(78)
        rows = min(-(-max(self.grid.count, 1) // ACROSS), DOWN)
        screen = self.screen().availableGeometry()
        size = QSize(ACROSS * side + self._theme.scale.space(16), rows * side)
        self.grid.setFixedSize(size.boundedTo(screen.size() * 0.9))
        open_above(self, place)
