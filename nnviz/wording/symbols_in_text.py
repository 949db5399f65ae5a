"""Symbols in running text: where w₁, ŷ or η stands in a sentence, and no word of one letter."""

import re
from collections.abc import Callable

_LETTERS = "wbzxyŷaCηδσ∂"
_WORDS = {"en": "ay", "es": "ay", "fr": "ay", "it": "a", "pt": "a", "pl": "awz", "cs": "a"}
"""Letters that are words in a language: they are symbols only with an index."""
_LETTER, _INDEX = "A-Za-zÀ-ÖØ-öø-ÿŷΑ-ω", "⁰¹²³⁴-⁹₀-₉"
_SYMBOL = re.compile(
    rf"(?<![{_LETTER}°’'])(?:(?P<indexed>[{_LETTERS}])(?=[{_INDEX}])"
    rf"|(?P<alone>[{_LETTERS}])(?![{_LETTER}’'-]))"
    rf"|∂(?=[{_LETTERS}])"
)


def with_symbols(text: str, language: str, write: Callable[[str], str]) -> str:
    """Return a text in which each letter that is a symbol is written as `write` has it."""
    words = _WORDS.get(language.partition("_")[0], "a")

    def letter(found: re.Match[str]) -> str:
        return found[0] if found["alone"] and found[0] in words else write(found[0])

    return _SYMBOL.sub(letter, text)
