"""The list of pages: the built-in ones and a teacher's own, of which one is turned to."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from nnviz.window.projector.pages import PAGES, Page, Shown
from nnviz.window.settings import Settings

if TYPE_CHECKING:
    from nnviz.window.projector.saved_pages import SavedPages


class PageList:
    """Knows the pages in order, and where one is among them.

    Attributes:
        number: place of the page that is turned to, from 0.
    """

    def __init__(self, settings: Settings, known: Collection[str]) -> None:
        """Begin at the first page; `known` are the ids of all views. No file is read yet."""
        self._settings, self._known = settings, set(known)
        self._built_in = [page for page in PAGES if self._known.issuperset(page.ids)]
        self._read: SavedPages | None = None
        self.number = 0

    @property
    def _saved(self) -> "SavedPages":
        from nnviz.window.projector.saved_pages import SavedPages

        if self._read is None:
            self._read = SavedPages(self._settings.pages_folder, self._known)
        return self._read

    @property
    def pages(self) -> Sequence[Page]:
        """All of them, the teacher's own last."""
        return [*self._built_in, *self._saved.pages]

    @property
    def current(self) -> Page | None:
        """The page that is turned to."""
        return self.after(0)

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
        self.number = list(self.pages).index(page)
        return page

    def delete(self) -> None:
        """Let go of the page that is turned to, where it is the teacher's own.

        Raises:
            NnvizError: its file cannot be removed.
        """
        page = self.current
        if page is not None and self.is_own(page):
            self._saved.delete(page)
            self.number = max(min(self.number, len(self.pages) - 1), 0)

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
