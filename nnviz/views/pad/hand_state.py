"""A hand being learned, as plain values: what was drawn, what is asked for next, what it brought.

Nothing here knows a widget or a net. Drawings are kept as the text that a recipe holds them in, so
a hand half drawn survives the end of the program.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.taught import CLASSES, NONE, Taught, TaughtError, pack, unpack
from nnviz.messages.ui_state import read_state

EACH = 3
"""How many of each digit are taught."""
UNKNOWN = "?"
"""What stands for the answer of a net that nobody has any more."""


@dataclass(frozen=True, slots=True)
class HandState:
    """How far somebody has come with their handwriting.

    Attributes:
        open: whether the pad asks for it now.
        trying: whether it asks for digits that are not taught but tried.
        drawn: what is to be taught, as a recipe's text.
        tried: what was drawn afterwards, one of each digit at most, as such a text.
        kept: how many of those to be taught lie in the store of drawings.
        skipped: digits that are left out.
        before: what the net before the lesson read of each that is taught, a digit each.
        before_tried: the same of each that was tried; `UNKNOWN` where that net is gone.
        each: how many of each digit are taught.
    """

    open: bool = False
    trying: bool = False
    drawn: str = NONE
    tried: str = NONE
    kept: int = 0
    skipped: str = ""
    before: str = ""
    before_tried: str = ""
    each: int = EACH

    @property
    def hand(self) -> tuple[Taught, ...]:
        """The drawings to be taught."""
        return unpack(self.drawn)

    @property
    def tries(self) -> tuple[Taught, ...]:
        """The drawings that are tried."""
        return unpack(self.tried)

    @property
    def round(self) -> tuple[Taught, ...]:
        """The drawings of the round under way."""
        return self.tries if self.trying else self.hand

    @property
    def wanted(self) -> int | None:
        """Which digit is asked for next; None where all are there."""
        there = Counter(one.label for one in self.round)
        for digit in asked_in_turn(1 if self.trying else self.each, self.trying):
            if there[digit]:
                there[digit] -= 1
            elif str(digit) not in self.skipped:
                return digit
        return None

    @property
    def total(self) -> int:
        """How many are asked for in this round, those left out aside."""
        each = 1 if self.trying else self.each
        there = Counter(one.label for one in self.round)
        return sum(there[digit] if str(digit) in self.skipped else each for digit in range(CLASSES))

    def copy_of(self, digit: int) -> int:
        """Return the how manieth of a digit comes next, from 1."""
        return 1 + sum(one.label == digit for one in self.round)

    def with_drawing(self, one: Taught, before: str = UNKNOWN) -> "HandState":
        """Return it with one more drawing in this round.

        `before` is what the net before the lesson reads, where it is tried.

        Raises:
            TaughtError: this very picture is there already.
        """
        if any(one.pixels == other.pixels for other in (*self.hand, *self.tries)):
            raise TaughtError("This very drawing is there already: draw another.")
        if self.trying:
            text = pack([*self.tries, one])
            return replace(self, tried=text, before_tried=self.before_tried + before)
        return replace(self, drawn=pack([*self.hand, one]))

    def without_last(self) -> "HandState":
        """Return it without the drawing that was taken last to be taught: another hand by now."""
        hand = self.hand[:-1]
        kept = min(self.kept, len(hand))
        return replace(self.anew(), drawn=pack(hand), kept=kept, skipped=self.skipped)

    def without(self, digit: int) -> "HandState":
        """Return it with a digit left out; those that are there stay."""
        return replace(self, skipped=self.skipped + str(digit))

    def with_kept(self, count: int) -> "HandState":
        """Return it with so many drawings in the store."""
        return replace(self, kept=count)

    def opened(self) -> "HandState":
        """Return it with somebody at it."""
        return replace(self, open=True)

    def closed(self) -> "HandState":
        """Return it left alone."""
        return replace(self, open=False)

    def anew(self) -> "HandState":
        """Return it for another hand."""
        return HandState(open=self.open, each=self.each)

    def taught_with(self, before: Sequence[int]) -> "HandState":
        """Return it as the lesson begins: with what the net of this moment reads."""
        return replace(
            self,
            trying=False,
            tried=NONE,
            before="".join(map(str, before)),
            before_tried="",
        )

    def trying_out(self) -> "HandState":
        """Return it with a new round of digits that are tried."""
        return replace(self, trying=True, tried=NONE, before_tried="")

    def restored(self, kept: Mapping[str, Any]) -> "HandState":
        """Return it with what was kept.

        What is broken, or is nothing, stays as it is, and what is open stays open.
        """
        found = read_state(kept, self)
        empty = found.drawn == NONE and self.drawn != NONE
        return replace(self if empty or not _whole(found) else found, open=self.open or found.open)


@lru_cache(maxsize=8)
def asked_in_turn(each: int, trying: bool) -> tuple[int, ...]:
    """Return which digits are asked for, in rounds of all ten: none comes three times running."""
    draws = np.random.default_rng(10 + trying)
    return tuple(int(digit) for _ in range(each) for digit in draws.permutation(CLASSES))


def _whole(state: HandState) -> bool:
    """Tell whether what was kept can be gone on with."""
    try:
        hand, tries = state.hand, state.tries
    except TaughtError:
        return False
    answers = set(state.before + state.before_tried) <= set(f"0123456789{UNKNOWN}")
    return (
        1 <= state.each <= EACH
        and 0 <= state.kept <= len(hand)
        and set(state.skipped) <= set("0123456789")
        and answers
        and len(state.before) in (0, len(hand))
        and len(state.before_tried) == len(tries)
    )
