"""Entries of the command palette: one thing each that can be done, and how it is found."""

from collections.abc import Callable

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One thing that can be done.

    Attributes:
        id: its name among those used last, the same at every start.
        title: what it is called.
        kind: what sort of thing it is, one word: "Panel".
        do: does it.
        tip: one sentence about it.
        keys: what does it without the palette, as the desktop writes keys; "" for nothing.
        words: further words by which it is found.
        refusal: why it cannot be done now; "" where it can.
    """

    id: str
    title: str
    kind: str
    do: Callable[[], object]
    tip: str = ""
    keys: str = ""
    words: str = ""
    refusal: str = ""

    @property
    def said(self) -> str:
        """What there is to know of it now: why it is refused, else its tip."""
        return f"Not now. {self.refusal}" if self.refusal else self.tip
