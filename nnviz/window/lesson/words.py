"""The player's own words, by language; what a language lacks is said in English."""

import tomllib
from collections.abc import Mapping
from functools import cache

from nnviz.paths import resource

ENGLISH = "en"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every text by its name, by language."""
    found: dict[str, dict[str, str]] = tomllib.loads(resource("player.toml").read_text("utf-8"))
    return found


class Words:
    """What the player says in one language."""

    def __init__(self, language: str = ENGLISH) -> None:
        """Speak a language, by its code."""
        self.language = language

    def __call__(self, name: str, **filled: object) -> str:
        """Return a text by its name, with its {names} filled in."""
        text = catalogue()[name]
        return text.get(self.language, text[ENGLISH]).format(**filled)
