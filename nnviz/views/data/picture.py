"""What the data browser shows: which page, of which examples, and what is said of them."""

from collections.abc import Collection
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.data.drawings import Drawing, Kept
from nnviz.data.overview import Overview, Part
from nnviz.dataclass import dataclass
from nnviz.views.data import text
from nnviz.views.data.book import Book, Rows, book_of, book_of_drawings
from nnviz.views.shared.tile_content import NOTHING, Thumbnails
from nnviz.wording import given

TRAIN, TEST, MINE = PARTS = ("train", "test", "mine")
"""Parts that can be looked through: what is trained on, tested with, and own drawings."""
WRITTEN = 20
"""Most rows of a table that are written out."""


@dataclass(frozen=True, slots=True)
class DataState:
    """What was chosen in the data browser.

    Attributes:
        part: one of `PARTS`.
        label: the class that is opened; −1 for none.
        example: index of the example that is large; −1 for the first.
        first: what stands at the top: place of a thumbnail, a class or a column.
    """

    part: str = TRAIN
    label: int = -1
    example: int = -1
    first: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class DataPicture:
    """What the data browser shows.

    Attributes:
        page: every class, one that is opened, a table's columns, or its rows as points.
        book: the examples; None before they are known.
        wordings, tip: what is said, the fullest wording first, and more in the tool tip.
        buttons: names of the parts, the fullest wording first.
        thumbnails: of the examples of the class that is opened.
        listed: their indices.
        current: place of the one that is large; −1 for none.
    """

    page: Literal["classes", "class", "columns", "scatter"] = "classes"
    part: str = TRAIN
    book: Book | None = None
    overview: Overview | None = None
    wordings: tuple[str, ...] = (text.WAITING,)
    tip: str = ""
    buttons: tuple[tuple[str, ...], ...] = text.part_wordings(None, None)
    thumbnails: Thumbnails = NOTHING
    listed: tuple[int, ...] = ()
    current: int = -1
    drawings: tuple[Drawing, ...] = ()

    def row(self, place: int) -> int:
        """Return the index of the example at a place; −1 for none."""
        return self.listed[place] if 0 <= place < len(self.listed) else -1

    def drawings_at(self, places: Collection[int]) -> tuple[Drawing, ...]:
        """Return the drawings at some places, in their order."""
        if not self.drawings:
            return ()
        return tuple(self.drawings[self.listed[place]] for place in sorted(places))


@dataclass(frozen=True, slots=True, eq=False)
class LargeExample:
    """One example, large: bytes (rows, columns) or None, and lines; testable by the network."""

    greys: NDArray[np.uint8] | None = None
    lines: tuple[str, ...] = ()
    testable: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Plotted:
    """Examples as points of a plane.

    Attributes:
        part: what of the data set they are.
        at: across and up, (n, 2).
        names: what the axes are called.
        alike: True where both axes have the same scale.
        numbers: what gives each its colour, (n,); None where its class does.
    """

    part: Part
    at: NDArray[np.float32]
    names: tuple[str, str]
    alike: bool
    numbers: NDArray[np.float32] | None


def plotted(overview: Overview, *, test: bool = False) -> Plotted | None:
    """Return the examples of a part as points; None where they are none.

    They are points of the plane, whatever of these are inputs, or those of a curve, y over x₁.
    """
    data, part = overview.dataset, overview.test if test else overview.train
    known = data.test_points if test else data.train_points
    at = np.asarray(part.x) if known is None and data.inputs == 2 else known
    names = [given(column.name) for column in data.description.given]
    numbers = part.y[:, 0] if not data.classes and data.outputs == 1 else None
    if at is not None and at.shape[1] == 1 and numbers is not None:
        at, names = np.column_stack((at, numbers)), [*names, given(data.targets[0].name)]
    if at is None or at.shape[1] != 2:
        return None
    across, up = names or ("x₁", "x₂")
    return Plotted(part, at, (across, up), known is not None and known.shape[1] == 2, numbers)


def picture(
    overview: Overview | None,
    kept: Kept | None,
    state: DataState,
    picked: Collection[str] = (),
) -> DataPicture:
    """Return what is shown of a data set or of own drawings, as soon as they are known.

    What does not fit is passed over; the first of the drawings picked that is there still is
    large.
    """
    about: dict[str, Any] = {
        "part": state.part,
        "overview": overview,
        "buttons": text.part_wordings(overview, kept),
    }
    mine, test = state.part == MINE, state.part == TEST
    if mine and kept is not None:
        book = book_of_drawings(kept.drawings)
        about |= {"book": book, "drawings": book.drawings, "wordings": text.about_drawings(kept)}
    elif not mine and overview is not None:
        book = book_of(overview, test=test)
        about |= {"book": book, "tip": text.about_data(overview)}
        points = plotted(overview) is not None or len(overview.train.x) <= WRITTEN
        columns = book.shape is None and not points
        about["wordings"] = text.about(overview, test=test, columns=columns)
        if book.shape is None:
            return DataPicture("columns" if columns else "scatter", **about)
    else:
        return DataPicture(**about)
    if not 0 <= state.label < len(book.names):
        return DataPicture(**about)
    rows = book.rows(state.label)
    listed = tuple(rows.tolist())
    about["wordings"] = text.about_class(book.names[state.label], len(listed))
    about["thumbnails"] = _thumbnails(book, rows)
    return DataPicture(
        "class", listed=listed, current=_current(book, listed, state, picked), **about
    )


def large(shown: DataPicture, place: int) -> LargeExample:
    """Return the example at a place of the class that is opened, as it is shown large."""
    book, row = shown.book, shown.row(place)
    if book is None or row < 0:
        return LargeExample()
    return LargeExample(book.grey([row])[0], text.about_example(book, row), shown.part == TEST)


def _thumbnails(book: Book, rows: Rows) -> Thumbnails:
    return Thumbnails(
        len(rows),
        lambda places: book.grey(rows[places]),
        tip=lambda place: ", ".join(text.about_example(book, int(rows[place]))),
    )


def _current(book: Book, listed: tuple[int, ...], state: DataState, picked: Collection[str]) -> int:
    """Return the place of the example that is to be large."""
    if picked and book.drawings:
        still = [place for place, row in enumerate(listed) if book.drawings[row].id in picked]
        return still[0] if still else min(0, len(listed) - 1)
    return listed.index(state.example) if state.example in listed else min(0, len(listed) - 1)
