"""The player's own words, by language; what a language lacks is said in English."""

import tomllib
from collections.abc import Mapping
from functools import cache

from nnviz.lessons.texts import in_language
from nnviz.paths import resource
from nnviz.window.lesson_language import chosen


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every text by its name, by language."""
    found: dict[str, dict[str, str]] = tomllib.loads(resource("player.toml").read_text("utf-8"))
    return found


class Words:
    """What the player says in one language.

    Attributes:
        language: its code.
    """

    def __init__(self, language: str = "") -> None:
        """Speak a language, by its code; "" for the one that was chosen."""
        self.language = language or chosen()

    def __call__(self, name: str, **filled: object) -> str:
        """Return a text by its name, with its {names} filled in."""
        return in_language(catalogue()[name], self.language).format(**filled)
