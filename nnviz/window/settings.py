"""Settings kept between starts: layout, theme, recipe, and what was on screen.

They live in one JSON file in the user's configuration folder, which only the user may
read. A file that is broken or from another version costs nothing but the settings
themselves.
"""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QByteArray, QRect

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.start import start_recipe
from nnviz.errors import NnvizError
from nnviz.files.recent_runs import BUDGET
from nnviz.messages.ui_state import UiState
from nnviz.numbers import FEWEST, MOST, digits
from nnviz.views.palette import THEMES, Theme
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.settings_store import SettingsStore

LAYOUT_VERSION = 3
"""Raised when panels change so much that an old layout makes no sense."""
SESSIONS = 10
"""Session files that are remembered."""
SCREENS = 8
"""Screens for which the window is remembered, the one used last first."""
Layout = tuple[QByteArray, QByteArray]
"""Geometry and state of the main window, as Qt writes them; no state where it is the first one."""


def settings_file() -> Path:
    """Return where the settings live."""
    return Path(platformdirs.user_config_dir("nnviz", appauthor=False)) / "nnviz.json"


class Settings:
    """Reads and writes the settings file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or settings_file()
        self._store = SettingsStore(self._path)

    @property
    def problem(self) -> str:
        """Why nothing is kept, a sentence for people; empty where all is well."""
        if not self._store.newer:
            return ""
        return (
            f"{self._path} was saved by a newer version of nnviz and is left alone: update nnviz "
            "to have these settings."
        )

    @property
    def theme(self) -> Theme | None:
        """The theme chosen, or None to follow the desktop."""
        return THEMES.get(str(self._store.value("theme", "")))

    @theme.setter
    def theme(self, theme: Theme | None) -> None:
        self._store.put("theme", "" if theme is None else theme.name)

    @property
    def projector_theme(self) -> Theme | None:
        """The theme chosen on the projector, or None."""
        return THEMES.get(str(self._store.value("projector_theme", "")))

    @projector_theme.setter
    def projector_theme(self, theme: Theme) -> None:
        self._store.put("projector_theme", theme.name)

    @property
    def remote_turns_pages(self) -> bool:
        """Whether a presenter's remote turns pages on the stage; else it steps."""
        return self._store.value("remote_turns_pages") is True

    @remote_turns_pages.setter
    def remote_turns_pages(self, turns: bool) -> None:
        self._store.put("remote_turns_pages", turns)

    @property
    def pages_folder(self) -> Path:
        """Where a teacher's own pages of the projector are."""
        return self._path.parent / "pages"

    @property
    def page_order(self) -> list[str]:
        """Ids of the projector's pages in their order; those that are not among them come last."""
        return self._texts("page_order")

    @page_order.setter
    def page_order(self, ids: list[str]) -> None:
        self._store.put("page_order", ids)

    @property
    def hidden_pages(self) -> list[str]:
        """Ids of the pages that the projector does not show."""
        return self._texts("hidden_pages")

    @hidden_pages.setter
    def hidden_pages(self, ids: list[str]) -> None:
        self._store.put("hidden_pages", ids)

    @property
    def page_notes(self) -> dict[str, str]:
        """The teacher's notes by the id of a page of the projector."""
        kept = self._store.value("page_notes")
        found = kept.items() if isinstance(kept, dict) else ()
        return {id: notes for id, notes in found if isinstance(notes, str)}

    @page_notes.setter
    def page_notes(self, notes: dict[str, str]) -> None:
        self._store.put("page_notes", notes)

    @property
    def scale(self) -> TypeScale:
        """How large letters, gaps and lines are."""
        kept = self._store.value("scale")
        return TypeScale(kept) if type(kept) in (int, float) and kept == kept else TypeScale()

    @scale.setter
    def scale(self, scale: TypeScale) -> None:
        self._store.put("scale", scale.factor)

    @property
    def rests(self) -> bool:
        """Whether nothing on screen is to move by itself."""
        return self._store.value("rests") is True

    @rests.setter
    def rests(self, rests: bool) -> None:
        self._store.put("rests", rests)

    @property
    def digits(self) -> int:
        """How many digits are written where there is room."""
        kept = self._store.value("digits")
        return kept if type(kept) is int and FEWEST <= kept <= MOST else digits()

    @digits.setter
    def digits(self, wished: int) -> None:
        self._store.put("digits", wished)

    @property
    def words(self) -> dict[str, str]:
        """The signs and words of another book, by what they stand for; none for nnviz's own."""
        kept = self._store.value("words")
        plain = kept.items() if isinstance(kept, dict) else ()
        return {key: term for key, term in plain if isinstance(term, str)}

    @words.setter
    def words(self, chosen: Mapping[str, str]) -> None:
        self._store.put("words", dict(chosen))

    @property
    def decimal_comma(self) -> bool:
        """Whether numbers are written as 0,25 instead of 0.25."""
        return self._store.value("decimal_comma") is True

    @decimal_comma.setter
    def decimal_comma(self, comma: bool) -> None:
        self._store.put("decimal_comma", comma)

    @property
    def lesson_language(self) -> str:
        """The code of the language of lessons; empty for the system's."""
        kept = self._store.value("lesson_language")
        return kept if isinstance(kept, str) else ""

    @lesson_language.setter
    def lesson_language(self, language: str) -> None:
        self._store.put("lesson_language", language)

    @property
    def room_for_runs(self) -> int:
        """How many bytes kept runs may take."""
        kept = self._store.value("room_for_runs")
        return kept if type(kept) is int and kept > 0 else BUDGET

    @room_for_runs.setter
    def room_for_runs(self, size: int) -> None:
        self._store.put("room_for_runs", size)

    @property
    def recipe(self) -> Recipe:
        """The recipe last used; at first the default one, with pictures varied as usual."""
        try:
            kept = self._store.value("recipe")
            return Recipe.from_dict(kept) if kept else start_recipe(Recipe().dataset)
        except (NnvizError, ValueError, TypeError, AttributeError, OverflowError):
            return start_recipe(Recipe().dataset)

    @recipe.setter
    def recipe(self, recipe: Recipe) -> None:
        self._store.put("recipe", recipe.to_dict())

    @property
    def ui_state(self) -> UiState:
        """What was on screen besides the run."""
        kept = self._store.value("ui_state")
        if kept is None:  # earlier versions kept no more than this
            kept = {"granularity": self._store.value("granularity", "")}
            kept["speed"] = self._store.value("pace")
        return UiState.from_dict(kept)

    @ui_state.setter
    def ui_state(self, state: UiState) -> None:
        self._store.put("ui_state", state.to_dict())

    @property
    def forms_answered(self) -> bool:
        """Whether the suggestion to add forms was followed or put away: it is made no more."""
        return self._store.value("forms_answered") is True

    @forms_answered.setter
    def forms_answered(self, answered: bool) -> None:
        self._store.put("forms_answered", answered)

    @property
    def recent_data(self) -> list[str]:
        """Paths of the user's own data sets, the one used last first."""
        return self._texts("recent_data")

    @recent_data.setter
    def recent_data(self, paths: list[str]) -> None:
        self._store.put("recent_data", paths)

    @property
    def first_start(self) -> bool:
        """Whether nnviz has never been closed before, nor its start page shown."""
        return not self._store.value("welcomed") and self._store.value("recipe") is None

    def welcomed(self) -> None:
        """Note that the start page was shown: it comes by itself no more."""
        self._store.put("welcomed", True)

    @property
    def hints_given(self) -> list[str]:
        """Ids of the hints that were given: none is given twice."""
        return self._texts("hints_given")

    @hints_given.setter
    def hints_given(self, ids: list[str]) -> None:
        self._store.put("hints_given", ids)

    @property
    def recent_commands(self) -> list[str]:
        """Ids of what was done from the command palette, the latest first."""
        return self._texts("recent_commands")

    @recent_commands.setter
    def recent_commands(self, ids: list[str]) -> None:
        self._store.put("recent_commands", ids)

    def _texts(self, name: str) -> list[str]:
        kept = self._store.value(name)
        return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []

    @property
    def recent_sessions(self) -> list[str]:
        """Paths of session files that were opened or saved, the one used last first."""
        kept = self._store.value("recent_sessions")
        return [path for path in kept if isinstance(path, str)] if isinstance(kept, list) else []

    def note_session(self, path: str) -> None:
        """Remember a session file as the one used last, at once."""
        others = [other for other in self.recent_sessions if other != path]
        self._store.put("recent_sessions", [path, *others][:SESSIONS])
        self.flush()

    @property
    def layout(self) -> Layout | None:
        """Geometry and state of the main window as it was last, on whatever screen, or None."""
        return _layout(self._store.value("geometry"), self._store.value("state"))

    @layout.setter
    def layout(self, layout: Layout) -> None:
        for name, content in zip(("geometry", "state"), _written(layout), strict=True):
            self._store.put(name, content)

    @property
    def floating(self) -> dict[str, QRect]:
        """Where panels are, or were last, windows of their own, by their ids."""
        kept = self._store.value("floating")
        return {
            id: QRect(*place)
            for id, place in (kept.items() if isinstance(kept, dict) else ())
            if isinstance(place, list)
            and len(place) == 4
            and all(type(one) is int and abs(one) < 2**20 for one in place)
        }

    @floating.setter
    def floating(self, places: Mapping[str, QRect]) -> None:
        self._store.put(
            "floating", {id: [at.x(), at.y(), at.width(), at.height()] for id, at in places.items()}
        )

    @property
    def last_screen(self) -> str:
        """The screen on which the window stood last, or empty."""
        return next(iter(self._screens()), "")

    def layout_on(self, screen: str) -> Layout | None:
        """Return geometry and state of the window as it was last on a screen, or None."""
        kept = self._screens().get(screen)
        return _layout(*kept) if isinstance(kept, list) and len(kept) == 2 else None

    def keep_layout(self, screen: str, layout: Layout) -> None:
        """Keep geometry and state of the window for a screen, which is the last one now."""
        others = {name: kept for name, kept in self._screens().items() if name != screen}
        kept = {screen: list(_written(layout)), **others}
        self._store.put("screens", dict(list(kept.items())[:SCREENS]))
        self.layout = layout

    def _screens(self) -> dict[str, Any]:
        kept = self._store.value("screens")
        return kept if isinstance(kept, dict) else {}

    def flush(self) -> bool:
        """Write the file now; tell whether that worked."""
        return self._store.flush()


def _written(layout: Layout) -> tuple[str, str]:
    geometry, state = (base64.b64encode(part.data()).decode() for part in layout)
    return geometry, state


def _layout(geometry: Any, state: Any) -> Layout | None:
    try:
        parts = [base64.b64decode(kept, validate=True) for kept in (geometry, state)]
    except (TypeError, ValueError, binascii.Error):
        return None
    return (QByteArray(parts[0]), QByteArray(parts[1])) if parts[0] else None
