"""Settings kept between starts: layout, theme, recipe, speed and granularity.

They live in one INI file in the user's configuration folder. A file that is
broken or from another version costs nothing but the settings themselves.
"""

import json
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from nnviz.engine.augment import varied
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError
from nnviz.views.palette import THEMES, Theme

LAYOUT_VERSION = 3
"""Raised when panels change so much that an old layout makes no sense."""


def settings_file() -> Path:
    """Return where the settings live."""
    return Path(platformdirs.user_config_dir("nnviz", appauthor=False)) / "nnviz.ini"


class Settings:
    """Reads and writes the settings file."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or settings_file()), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Theme | None:
        """The theme chosen, or None to follow the desktop."""
        return THEMES.get(str(self._store.value("theme", "")))

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._store.setValue("theme", theme.name)

    @property
    def recipe(self) -> Recipe:
        """The recipe last used; at first the default one, with pictures varied as usual."""
        try:
            kept = json.loads(str(self._store.value("recipe", "{}")))
            return Recipe.from_dict(kept) if kept else varied(Recipe())
        except (NnvizError, ValueError, TypeError, AttributeError):
            return varied(Recipe())

    @recipe.setter
    def recipe(self, recipe: Recipe) -> None:
        self._store.setValue("recipe", json.dumps(recipe.to_dict()))

    @property
    def pace(self) -> int:
        """The position of the speed slider, or −1 where none is kept."""
        try:
            return int(str(self._store.value("pace", "-1")))
        except ValueError:
            return -1

    @pace.setter
    def pace(self, position: int) -> None:
        self._store.setValue("pace", position)

    @property
    def granularity(self) -> str:
        """What a step is, or empty where nothing is kept."""
        return str(self._store.value("granularity", ""))

    @granularity.setter
    def granularity(self, granularity: str) -> None:
        self._store.setValue("granularity", granularity)

    @property
    def recent_data(self) -> list[str]:
        """Paths of the user's own data sets, the one used last first."""
        try:
            kept = json.loads(str(self._store.value("recent_data", "[]")))
        except ValueError:
            return []
        return [path for path in kept if isinstance(path, str)] if isinstance(kept, list) else []

    @recent_data.setter
    def recent_data(self, paths: list[str]) -> None:
        self._store.setValue("recent_data", json.dumps(paths))

    @property
    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry and state of the main window, or None."""
        geometry, state = self._store.value("geometry"), self._store.value("state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    @layout.setter
    def layout(self, layout: tuple[QByteArray, QByteArray]) -> None:
        self._store.setValue("geometry", layout[0])
        self._store.setValue("state", layout[1])

    def flush(self) -> bool:
        """Write the file now; tell whether that worked."""
        self._store.sync()
        return self._store.status() == QSettings.Status.NoError
