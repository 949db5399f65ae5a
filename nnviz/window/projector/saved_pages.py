"""Saved pages: a teacher's own, a file of plain values each, read with distrust."""

import json
import string
from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from nnviz.data.disk import reading, special, write_whole
from nnviz.errors import NnvizError
from nnviz.window.projector.pages import OWN, Page, Shown
from nnviz.wording import given

FORMAT = 1
"""The format that is written."""
LARGEST = 1 << 20
"""Most bytes of a file: 1 MiB."""
MOST_VIEWS = 3
"""Views on a page at most."""
LONGEST = 60
"""Letters of a title at most."""
ENDING = ".json"
_PLAIN = frozenset(string.ascii_lowercase + string.digits)


class SavedPages:
    """The pages of a folder, in the order of their files' names.

    Attributes:
        pages: those that can be shown.
        problems: a sentence for each file that cannot.
    """

    def __init__(self, folder: Path, known: Collection[str]) -> None:
        """Read the folder, which need not be there; `known` are the ids of all views."""
        self._folder = folder
        self.pages: list[Page] = []
        self.problems: list[str] = []
        for path in _files(folder):
            try:
                self.pages.append(_read(path, known))
            except NnvizError as problem:
                self.problems.append(str(problem))

    def save(self, title: str, views: Sequence[Shown]) -> Page:
        """Keep a page under a title; one that has it gives way.

        Raises:
            NnvizError: the title is none, or the file cannot be written.
        """
        page = self._write(title, views)
        self.pages = [other for other in self.pages if other.id != page.id] + [page]
        return page

    def rename(self, page: Page, title: str) -> Page:
        """Keep a page under another title, at its place.

        Raises:
            NnvizError: the title is none, another page has it, or a file cannot be written.
        """
        id = OWN + _name_of(checked_title(title))
        if any(other.id == id != page.id for other in self.pages):
            raise NnvizError(f"There is a page “{given(checked_title(title))}”: type another name.")
        renamed, place = self._write(title, page.views), self.pages.index(page)
        if renamed.id != page.id:
            self.delete(page)
        else:
            self.pages.pop(place)
        self.pages.insert(place, renamed)
        return renamed

    def _write(self, title: str, views: Sequence[Shown]) -> Page:
        """Write a page's file under a title."""
        title = checked_title(title)
        page = Page(OWN + _name_of(title), title, tuple(views))
        content = {
            "format": FORMAT,
            "title": title,
            "views": [
                {"view": each.view, "share": each.share, "state": dict(each.state)}
                for each in views
            ],
        }
        write_whole(self._path(page), (json.dumps(content, indent=1) + "\n").encode())
        return page

    def is_own(self, page: Page) -> bool:
        """Tell whether a page is one of these."""
        return any(other.id == page.id for other in self.pages)

    def delete(self, page: Page) -> None:
        """Let go of a page.

        Raises:
            NnvizError: its file cannot be removed.
        """
        path = self._path(page)
        try:
            path.unlink(missing_ok=True)
        except OSError as problem:
            raise NnvizError(
                f"{path} cannot be removed, {problem.strerror}: remove it by hand."
            ) from problem
        self.pages = [other for other in self.pages if other.id != page.id]

    def _path(self, page: Page) -> Path:
        return self._folder / f"{page.id.removeprefix(OWN)}{ENDING}"


def checked_title(title: str) -> str:
    """Return a title without what surrounds it.

    Raises:
        NnvizError: it has no letters, or too many.
    """
    title = " ".join(title.split())
    if not title or not title.isprintable():
        raise NnvizError("A page needs a name: type one.")
    if len(title) > LONGEST:
        raise NnvizError(f"The name of a page has {LONGEST} letters at most: type a shorter one.")
    return title


def _name_of(title: str) -> str:
    """Return what a page's file is called: plain letters, and a number where titles have others."""
    plain = "-".join("".join(c if c in _PLAIN else " " for c in title.lower()).split())
    same = plain == title.lower().replace(" ", "-")
    number = sum(place * ord(letter) for place, letter in enumerate(title, 1)) % 10**6
    return f"page-{plain}" if same else f"page-{plain}-{number}"


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ENDING)
    except OSError:
        return []


def _read(path: Path, known: Collection[str]) -> Page:
    def broken(why: str) -> NnvizError:
        return NnvizError(f"The page in {path} cannot be shown: {why}.")

    with reading(path):
        if special(path) or path.stat().st_size > LARGEST:
            raise broken("the file is too large, or none at all")
        content = path.read_bytes()
    try:
        found = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise broken("the file is damaged; save the page again") from None
    if not isinstance(found, Mapping):
        raise broken("the file is damaged; save the page again")
    if type(found.get("format")) is int and found["format"] > FORMAT:
        raise broken("a newer version of nnviz saved it; update nnviz")
    views = found.get("views")
    if not isinstance(views, list) or not 0 < len(views) <= MOST_VIEWS:
        raise broken(f"it needs 1 to {MOST_VIEWS} views")
    shown = [_shown(each) for each in views]
    if None in shown or len({each.view for each in shown if each}) < len(shown):
        raise broken("a view in it is not said as it should be; save the page again")
    if missing := [each.view for each in shown if each and each.view not in known]:
        raise broken(f"there is no view '{missing[0]}' in this version of nnviz")
    title = found.get("title")
    try:
        title = checked_title(title if isinstance(title, str) else "")
    except NnvizError as problem:
        raise broken("it has no proper name") from problem
    return Page(OWN + path.stem, title, tuple(each for each in shown if each))


def _shown(kept: Any) -> Shown | None:
    """Read a view on a page; None for anything else."""
    if not isinstance(kept, Mapping):
        return None
    view, share, state = kept.get("view"), kept.get("share", 1.0), kept.get("state", {})
    good = type(share) in (int, float) and isfinite(share) and 0.05 <= share <= 20
    if not (isinstance(view, str) and good and isinstance(state, Mapping)):
        return None
    return Shown(view, float(share), dict(state))
