"""The board: places the views of the page that is shown beside one another.

No view can push another: what each has is its share, whatever it asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View
from nnviz.window.late_views import LateViews
from nnviz.window.projector.pages import OWN, Page, Shown

GAP, INSIDE = 4, 5
"""Pixels at a factor of 1 between two views and around them, and within the edge of each."""
LEAST_SHARE = 0.1
"""The least share of a page's room that a view is believed to need."""
Chosen = Mapping[tuple[str, str], dict[str, Any]]
"""What is chosen on pages: a view's state by the page's id and its own."""


class PageBoard(QWidget):
    """Shows one page at a time; views are built when a page with them is first shown.

    What was chosen in a view on a page is kept for that page.

    Attributes:
        page: the one shown, or None.
        places: of its views, from the left.
        watch: called with the id of each view that is built.
    """

    def __init__(
        self, views: LateViews, usual: Callable[[str], Mapping[str, Any]], parent: QWidget
    ) -> None:
        """Begin without a page; `usual` says what is chosen in a view elsewhere, by its id."""
        super().__init__(parent)
        self._views, self._usual = views, usual
        self._theme = DARK
        self._kept: dict[tuple[str, str], dict[str, Any]] = {}
        self.places: list[QRect] = []
        self.page: Page | None = None
        self.watch: Callable[[str], None] = lambda _id: None

    @property
    def fits(self) -> float:
        """The factor by which all on the page could be larger; below 1 it has too little room."""
        factors = [1 / LEAST_SHARE]
        for view, place in zip(self.shown, self.places, strict=False):
            needed = view.least_size()
            room = place.adjusted(self._inside, self._inside, -self._inside, -self._inside)
            factors += [
                had / need
                for had, need in (
                    (room.width(), needed.width()),
                    (room.height(), needed.height()),
                )
                if need > 0
            ]
        return min(factors)

    @property
    def _inside(self) -> int:
        return self._theme.scale.space(INSIDE)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the views of the page, from the left."""
        return () if self.page is None else self.page.ids

    @property
    def shown(self) -> list[View]:
        """The views of the page, from the left."""
        return [] if self.page is None else [self._views[each.view] for each in self.page.views]

    def show_page(self, page: Page) -> None:
        """Show a page in place of the one before."""
        if self.page == page:
            return
        self.keep()
        self.page = None
        wanted = [each.view for each in page.views]
        for id, view in self._views.built.items():
            if id not in wanted:
                view.hide()
        for each in page.views:
            new = each.view not in self._views.built
            view = self._views[each.view]
            if new:
                view.setParent(self)
                self.watch(each.view)
            kept = self._kept.get((page.id, each.view))
            view.restore(self._first_in(each) if kept is None else kept)
        self.page = page
        self._lay_out()
        for each, view in zip(page.views, self.shown, strict=True):
            view.show()
            if (page.id, each.view) not in self._kept:
                view.restore(self._first_in(each))  # with a net at hand

    def _first_in(self, each: Shown) -> dict[str, Any]:
        """Return what is chosen in a view of a page on which nobody has chosen anything yet."""
        return {**self._views.usual(each.view), **self._usual(each.view), **each.state}

    def keep(self) -> None:
        """Keep what is chosen on the page that is shown."""
        if self.page is None:
            return
        for each in self.page.views:
            self._kept[self.page.id, each.view] = dict(self._views[each.view].state())

    @property
    def chosen_so_far(self) -> Chosen:
        """What was chosen in the views of each page, to be gone back to."""
        self.keep()
        return dict(self._kept)

    def begin_anew(self, chosen: Chosen) -> None:
        """Let each page have this chosen in its views, and be as at first where that is nothing."""
        self._kept = dict(chosen)
        if (page := self.page) is not None:
            for each in page.views:
                kept = self._kept.get((page.id, each.view))
                self._views[each.view].restore(self._first_in(each) if kept is None else kept)

    def choose(self, chosen: Mapping[str, Mapping[str, Any]]) -> None:
        """Choose in the views of the page, by their ids; what is not said stays as it is."""
        for view in self.ids:
            if view in chosen:
                self._views[view].restore({**self._views[view].state(), **chosen[view]})

    def state_of(self, view: str) -> dict[str, Any]:
        """Return what is chosen in a view of the page that is shown."""
        return dict(self._views[view].state())

    def usual_of(self, view: str) -> dict[str, Any]:
        """Return what is chosen in a view of the page where nobody has chosen anything.

        A page of one's own begins as it was kept: that is chosen, too.
        """
        page = () if self.page is None or self.page.id.startswith(OWN) else self.page.views
        states = (each.state for each in page if each.view == view)
        return {**self._views.usual(view), **next(states, {})}

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every view its share again."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the ground between the views, and their own around them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.ground))
        for place in self.places:
            painter.fillRect(place, QColor(self._theme.panel))

    def _lay_out(self) -> None:
        if self.page is not None:
            space = self._theme.scale.space
            shares = [each.share for each in self.page.views]
            self.places = shared_out(self.rect(), shares, space(GAP))
            inside = self._inside
            for view, place in zip(self.shown, self.places, strict=True):
                view.setGeometry(place.adjusted(inside, inside, -inside, -inside))
            self.update()


def shared_out(room: QRect, shares: Sequence[float], gap: int) -> list[QRect]:
    """Return the places of parts side by side with a gap between and around them."""
    free = room.width() - gap * (len(shares) + 1)
    whole, places, left = sum(shares), [], float(room.left() + gap)
    for share in shares:
        width = free * share / whole
        right = left + width
        places.append(
            QRect(
                round(left), room.top() + gap, round(right) - round(left), room.height() - 2 * gap
            )
        )
        left = right + gap
    return places
