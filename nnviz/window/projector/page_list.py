"""The list of pages: the built-in ones and a teacher's own, of which one is turned to."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from nnviz.errors import NnvizError
from nnviz.window.projector.pages import LESSON_PAGES, PAGES, Page, Shown
from nnviz.window.settings import Settings

if TYPE_CHECKING:
    from nnviz.window.projector.saved_pages import SavedPages


class PageList:
    """Knows the pages in order, and where one is among them.

    Attributes:
        number: place of the page that is turned to, from 0.
        aside: a page that is not among them and is turned to meanwhile, or None.
    """

    def __init__(self, settings: Settings, known: Collection[str]) -> None:
        """Begin at the first page; `known` are the ids of all views. No file is read yet."""
        self._settings, self._known = settings, set(known)
        self._built_in = [page for page in PAGES if self._known.issuperset(page.ids)]
        self._read: SavedPages | None = None
        self.number = 0
        self.aside: Page | None = None

    def find(self, id: str) -> Page | None:
        """Return the page of an id, though it may be hidden, or only for lessons."""
        aside = (page for page in LESSON_PAGES if self._known.issuperset(page.ids))
        return next((page for page in (*self.every, *aside) if page.id == id), None)

    @property
    def _saved(self) -> "SavedPages":
        from nnviz.window.projector.saved_pages import SavedPages

        if self._read is None:
            self._read = SavedPages(self._settings.pages_folder, self._known)
        return self._read

    @property
    def every(self) -> list[Page]:
        """All of them in their order, shown or not; new ones last."""
        order = {id: place for place, id in enumerate(self._settings.page_order)}
        known = [*self._built_in, *self._saved.pages]
        return sorted(known, key=lambda page: order.get(page.id, len(order)))

    @property
    def hidden(self) -> set[str]:
        """The ids of pages that the projector does not show."""
        return set(self._settings.hidden_pages)

    @property
    def pages(self) -> Sequence[Page]:
        """Those that can be turned to, in order."""
        hidden = self.hidden
        every = self.every
        return [page for page in every if page.id not in hidden] or every

    def arrange(self, order: Iterable[str], hidden: Collection[str]) -> None:
        """Have the pages in this order, of their ids, and show none that is hidden.

        Raises:
            NnvizError: all of them would be hidden.
        """
        if {page.id for page in self.every} <= set(hidden):
            raise NnvizError("The projector needs a page: one stays.")
        before = self.current
        self._settings.page_order, self._settings.hidden_pages = list(order), sorted(hidden)
        self._settings.flush()
        self._turn_to(before)

    def rename(self, page: Page, title: str) -> None:
        """Give one of the teacher's own pages another name; its place and its notes stay.

        Raises:
            NnvizError: the name is none, another page has it, or its file cannot be written.
        """
        turned = self.current
        renamed = self._saved.rename(page, title)
        if renamed.id != page.id:
            order = [renamed.id if id == page.id else id for id in self._settings.page_order]
            hidden = [renamed.id if id == page.id else id for id in self._settings.hidden_pages]
            self._settings.page_order, self._settings.hidden_pages = order, hidden
            self.keep_notes(renamed.id, self.notes_of(page))
            self.keep_notes(page.id, "")
            self._settings.flush()
        self._turn_to(renamed if turned == page else turned)

    def _turn_to(self, page: Page | None) -> None:
        """Stay at a page, or at the place where it was."""
        if page is not None and page == self.aside:
            return
        self.aside = None
        ids, last = [one.id for one in self.pages], len(self.pages) - 1
        here = page.id if page is not None else ""
        self.number = ids.index(here) if here in ids else max(min(self.number, last), 0)

    @property
    def current(self) -> Page | None:
        """The page that is turned to."""
        return self.aside or self.after(0)

    def after(self, pages: int) -> Page | None:
        """Return the page so many after the one that is turned to, or None."""
        place, all_pages = self.number + pages, self.pages
        return all_pages[place] if 0 <= place < len(all_pages) else None

    @property
    def problems(self) -> str:
        """What is wrong with files of pages, a sentence each; told once."""
        said = " ".join(self._saved.problems)
        self._saved.problems.clear()
        return said

    def is_own(self, page: Page) -> bool:
        """Tell whether a page is one of the teacher's own."""
        return self._saved.is_own(page)

    def save(self, title: str, views: Sequence[Shown]) -> Page:
        """Keep a page under a title, and turn to it.

        Raises:
            NnvizError: it cannot be kept.
        """
        page = self._saved.save(title, views)
        self._settings.hidden_pages = sorted(self.hidden - {page.id})
        self._turn_to(page)
        return page

    def delete(self, page: Page | None) -> None:
        """Let go of a page, where it is the teacher's own.

        Raises:
            NnvizError: its file cannot be removed.
        """
        if page is not None and self.is_own(page):
            before = self.current
            self._saved.delete(page)
            self._turn_to(before)

    def notes_of(self, page: Page) -> str:
        """Return the teacher's notes to a page."""
        return self._settings.page_notes.get(page.id, "")

    def keep_notes(self, page_id: str, notes: str) -> None:
        """Keep the teacher's notes to a page."""
        kept = self._settings.page_notes
        if kept.get(page_id, "") != notes:
            kept[page_id] = notes
            self._settings.page_notes = {id: said for id, said in kept.items() if said}
            self._settings.flush()
