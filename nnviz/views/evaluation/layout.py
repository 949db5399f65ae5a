"""Where the evaluation's parts stand: all at once where there is room, else one at a time."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace

from PySide6.QtCore import QRect, QSize

from nnviz.dataclass import dataclass
from nnviz.views.evaluation.state import PAGES

ROW = 330
"""Height from which the row for the reports of steps before stands on every page."""
WIDE, TALL = (600, 380), 560
"""From this size on everything has room at once; from this height the matrix and one chart."""
TRUSTED = 510
"""Height from which everything has room at once where trust is shown too."""
BESIDE = 470
"""Width from which a cell's examples stand beside the matrix instead of in its place."""
TIGHT = 0.85
"""Share of its least height in which the matrix rather has lower rows than it is scrolled."""
STACKED = {"classes": 0.32, "calibration": 0.36, "trust": 0.36, "noise": 0.32}
"""Shares of the charts below one another."""
SO_FAR = 0.28
"""Share of the history in all of them, where it stands below."""


def all_at_once(width: float, height: float, *, trust: bool) -> bool:
    """Tell whether everything has room at once in a size, for a factor of 1."""
    return width >= WIDE[0] and height >= (TRUSTED if trust else WIDE[1])


@dataclass(frozen=True, slots=True)
class EvaluationLayout:
    """Where the parts stand.

    Attributes:
        places: by the part's name: "headline", "mistakes", the other pages, "numbers", "pages",
            "past", and "cell" for a cell's examples; what is left out is not shown.
        height: of all together; more than the panel's where it has to be scrolled.
    """

    places: Mapping[str, QRect]
    pages: tuple[str, ...]
    page: str
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """What is to be arranged; lengths of `ROW` and the like are for a factor of 1.

    Each part has a least height from which it has room, given a width.
    """

    size: QSize
    factor: float
    unit: int
    least: Mapping[str, Callable[[int], int]]
    page: str
    cell: bool
    noise: bool
    trust: bool
    history: bool
    _places: dict[str, QRect] = field(default_factory=dict)

    def of_numbers(self) -> EvaluationLayout:
        """Put the figures above, the charts below."""
        rest = self._rest()
        row = self._row() if self.size.height() >= ROW * self.factor else 0
        high = max(rest.height() - row, self.least["numbers"](rest.width()))
        self._places["numbers"] = QRect(0, rest.top(), rest.width(), high)
        return self._done(rest.top() + high, row, (), "")

    def of_classes(self) -> EvaluationLayout:
        """Put every part where it belongs in this size."""
        width, height = self.size.width() / self.factor, self.size.height() / self.factor
        rest = self._rest()
        row = self._row() if height >= ROW else 0
        rest.setHeight(rest.height() - row)
        if all_at_once(width, height, trust=self.trust):
            return self._done(self._all(rest), row, (), "")
        if height >= TALL:
            charts = self._pages[1:]
            page = self.page if self.page in charts else charts[0]
            pages = () if self.cell else charts
            return self._done(self._two(rest, page), row, pages, page)
        if self.page not in self._pages:
            return replace(self, page=self._pages[0]).of_classes()
        if self.page == "history" and not row:
            row = self._row()
            rest.setHeight(rest.height() - row)
        return self._done(self._one(rest), row, self._pages, self.page)

    @property
    def _pages(self) -> tuple[str, ...]:
        return tuple(page for page in PAGES if self.trust or page != "trust")

    @property
    def _gap(self) -> int:
        return round(0.7 * self.unit)

    def _row(self) -> int:
        """Height of the row for earlier reports, with what parts it from the rest."""
        return round(1.7 * self.unit) + round(0.5 * self.unit)

    def _rest(self) -> QRect:
        """Put the headline; return the room below it."""
        width, top = self.size.width(), round(2.0 * self.unit)
        self._places["headline"] = QRect(0, 0, width, top)
        top += self._gap // 2
        return QRect(0, top, width, self.size.height() - top)

    def _done(self, bottom: int, row: int, pages: tuple[str, ...], page: str) -> EvaluationLayout:
        """Put the row for earlier reports at the foot."""
        height = max(self.size.height(), bottom + row)
        if row:
            high = round(1.7 * self.unit)
            self._places["past"] = QRect(0, height - high, self.size.width(), high)
        return EvaluationLayout(self._places, pages, page, height)

    def _all(self, rest: QRect) -> int:
        """Put the matrix at the left, the charts at its right; return where they end."""
        left = QRect(rest.left(), rest.top(), round(0.54 * rest.width()), rest.height())
        right = QRect(left.right() + 2 * self._gap, rest.top(), 0, rest.height())
        right.setRight(rest.right())
        bottom = rest.bottom() + 1
        if self.cell:
            self._places["cell"] = right
        else:
            bottom = self._stack(right)
        left.setHeight(bottom - left.top())
        self._places["mistakes"] = left
        return bottom

    def _stack(self, room: QRect) -> int:
        """Put the charts below one another, each as high as it must be; return where they end."""
        shown = {"noise": self.noise, "trust": self.trust}
        shares = {name: share for name, share in STACKED.items() if shown.get(name, True)}
        if self.history or self.size.height() >= TALL * self.factor:
            shares["history"] = SO_FAR / (1 - SO_FAR) * sum(shares.values())
        least = {name: self.least[name](room.width()) for name in shares}
        heights = divided(room.height() - (len(shares) - 1) * self._gap, shares, least)
        top = room.top()
        for name, high in heights.items():
            self._places[name] = QRect(room.left(), top, room.width(), high)
            top += high + self._gap
        return max(top - self._gap, room.bottom() + 1)

    def _two(self, rest: QRect, page: str) -> int:
        """Put the matrix above and one chart, or a cell's examples, below."""
        half = max(round(0.54 * rest.height()), self.least["mistakes"](rest.width()))
        self._places["mistakes"] = QRect(rest.left(), rest.top(), rest.width(), half)
        below = rest.adjusted(0, half + self._gap, 0, 0)
        if self.cell:
            below.setHeight(max(below.height(), self.least["cell"](below.width())))
            self._places["cell"] = below
            return below.bottom() + 1
        return self._page_in(below, page)

    def _one(self, rest: QRect) -> int:
        """Show one part at a time; return where it ends."""
        if self.page != "mistakes" or not self.cell:
            return self._page_in(rest, self.page)
        bottom, room = self._page_in(rest, "cell"), self._places["cell"]
        if room.width() >= BESIDE * self.factor:
            wide = round(0.6 * room.width())
            self._places["mistakes"] = QRect(room.left(), room.top(), wide, room.height())
            room.setLeft(room.left() + wide + self._gap)
        return bottom

    def _page_in(self, room: QRect, name: str) -> int:
        """Put the buttons for the parts and below them one part; return where it ends."""
        high = round(1.7 * self.unit)
        self._places["pages"] = QRect(room.left(), room.top(), room.width(), high)
        place = room.adjusted(0, high + round(0.6 * self.unit), 0, 0)
        least = self.least[name](place.width())
        if name != "mistakes" or place.height() < TIGHT * least:
            place.setHeight(max(place.height(), least))
        self._places[name] = place
        return place.bottom() + 1


def divided(room: int, shares: Mapping[str, float], least: Mapping[str, int]) -> dict[str, int]:
    """Divide a length by shares; who would get less than the least gets that, the rest less."""
    short: set[str] = set()
    while True:
        left = room - sum(least[name] for name in short)
        whole = sum(share for name, share in shares.items() if name not in short)
        found = {
            name: least[name] if name in short else int(left * share / whole)
            for name, share in shares.items()
        }
        more = {name for name in found if found[name] < least[name]}
        if not more:
            return found
        short |= more
