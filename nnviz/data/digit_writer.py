"""The fourth generation of nnviz's digits: many hands, each with the habits of its school.

Every digit picks a form and turns its knobs; then a hand writes it as in the third generation.
Digits are drawn in blocks of their own draws, so that a block does not depend on how many
others there are. What takes long is putting them on paper. That is done a sheet at a time,
whenever somebody wants to see a digit of it; which digits share a sheet is settled by their
block alone, so they are the same to the last bit whoever asks for which first.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import cast

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.digit_book import Book, Drawn
from nnviz.data.digit_forms import DigitForm, digit_forms
from nnviz.data.generator import WRITING, Progress
from nnviz.data.hand import Hand
from nnviz.data.handwriting import SIDE

BLOCK = 1000
"""Digits that are drawn together."""

SHEET = 40
"""Digits put on paper together: small enough for their canvases to stay in the cache."""

# Writers differ more in slant and width than the third generation had it; its jitter, which no
# writer has of intent, may be less, because the forms themselves vary.
_HAND = Hand(jitter=4.4, slant=0.26, stretch=0.26)

Rows = NDArray[np.intp]


class DigitWriter:
    """Writes digits when they are asked for, in any order; any thread may ask.

    Attributes:
        images: (count, 28, 28) uint8; blank where nobody has asked yet.
        labels: (count,) uint8, known from the beginning.
    """

    def __init__(
        self,
        count: int,
        rng: np.random.Generator,
        hand: Hand = _HAND,
        among: Sequence[DigitForm] = (),
        finished: Callable[[], None] = lambda: None,
    ) -> None:
        """Settle which digits there are.

        `finished` is called once, by the thread that has written the last of them; the other
        arguments are those of `write_digits`.
        """
        self._finished = finished
        self._book = _book(tuple(among), hand)
        self.images = np.zeros((count, SIDE, SIDE), np.uint8)
        self.labels = np.zeros(count, np.uint8)
        blocks = rng.spawn(-(-count // BLOCK))
        self._seeds = [cast(np.random.SeedSequence, own.bit_generator.seed_seq) for own in blocks]
        for block in range(len(self._seeds)):
            place = self._place(block)
            self.labels[place] = self._book.labels(place.stop - place.start, self._draws(block))
        # Blocks of which some digits are drawn, but not yet on paper: each with their order.
        self._drawn: dict[int, tuple[Drawn, Rows]] = {}
        self._written = np.zeros(count, np.bool_)
        self._missing = count
        self._lock = Lock()

    @property
    def done(self) -> bool:
        """Whether all digits are written."""
        return not self._missing

    @property
    def share(self) -> float:
        """How many of all digits are written, 0..1."""
        return 1 - self._missing / max(1, len(self._written))

    def write(self, rows: Rows, told: Callable[[], None] = lambda: None) -> None:
        """See to it that some digits are there.

        Args:
            rows: which, (n,).
            told: called after every sheet; may raise to cancel.
        """
        if self.done:
            return
        missing = rows[~self._written[rows]]
        for block in np.unique(missing // BLOCK).tolist():
            wanted = missing[missing // BLOCK == block] - block * BLOCK
            for sheet in self._sheets(block, wanted):
                last = self._put_on_paper(block, sheet)
                told()
                if last:
                    self._finished()

    def _place(self, block: int) -> slice:
        return slice(block * BLOCK, min((block + 1) * BLOCK, len(self.labels)))

    def _draws(self, block: int) -> np.random.Generator:
        return np.random.default_rng(self._seeds[block])

    def _sheets(self, block: int, wanted: Rows) -> list[int]:
        """Return the sheets of a block on which some of its digits are, rising."""
        with self._lock:
            if block not in self._drawn:
                place = self._place(block)
                if self._written[place].all():
                    return []
                drawn = self._book.draw(place.stop - place.start, self._draws(block))
                # Digits of like pens share a sheet: the widest sets the work.
                self._drawn[block] = drawn, np.argsort(drawn.pens, kind="stable")
            _, order = self._drawn[block]
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        sheets: list[int] = np.unique(rank[wanted] // SHEET).tolist()
        return sheets

    def _put_on_paper(self, block: int, sheet: int) -> bool:
        """Write one sheet, if no other thread has done so; tell whether it was the last of all."""
        with self._lock:
            if block not in self._drawn:
                return False
            drawn, order = self._drawn[block]
            rows = order[sheet * SHEET : (sheet + 1) * SHEET]
            place = self._place(block)
            if self._written[place][rows].all():
                return False
            self.images[place][rows] = self._book.put_on_paper(drawn, rows)
            self._written[place][rows] = True
            self._missing -= len(rows)
            if self._written[place].all():
                del self._drawn[block]
            return self.done


@lru_cache(maxsize=1)
def _book(among: tuple[DigitForm, ...], hand: Hand) -> Book:
    """Return the book of some forms, or of all: the training and the test digits have the same."""
    return Book.of(among or digit_forms(), hand)


def write_digits(
    count: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
    hand: Hand = _HAND,
    among: Sequence[DigitForm] = (),
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Write digits.

    Args:
        count: how many; the digits come equally often in every block, in random order.
        rng: where all variety comes from.
        progress: told about every sheet; may raise to cancel.
        hand: how much the writing varies.
        among: the forms to write; without, all.

    Returns:
        Images (count, 28, 28) uint8 and labels (count,) uint8.
    """
    writer = DigitWriter(count, rng, hand, among)

    def told() -> None:
        if progress:
            progress(writer.share, WRITING)

    writer.write(np.arange(count), told)
    return writer.images, writer.labels


def write_strokes(
    count: int,
    rng: np.random.Generator,
    hand: Hand = _HAND,
    among: Sequence[DigitForm] = (),
) -> list[tuple[list[FloatArray], float]]:
    """Return the strokes, (points, 2) each, and the pen of up to a block of digits.

    Put on paper, they are what `write_digits` makes of the first block's own generator.
    """
    book = _book(tuple(among), hand)
    drawn = book.draw(count, rng)
    found = []
    for way, points, pen in zip(drawn.ways, drawn.points, drawn.pens, strict=True):
        strokes = range(book.stroke[way].max() + 1)
        found.append(([points[book.stroke[way] == stroke] for stroke in strokes], float(pen)))
    return found
