"""Symbols in running text: w₁, ŷ and η are in the letters in which formulas are typeset."""

import re

from nnviz.views.shared.typesetting import font, italic

_LETTERS = "wbzxyŷaCηδσ∂"
_WORDS = {"en": "ay", "es": "ay", "fr": "ay", "it": "a", "pt": "a", "pl": "awz", "cs": "a"}
"""Letters that are words in a language: they are symbols only with an index."""
_LETTER, _INDEX = "A-Za-zÀ-ÖØ-öø-ÿŷΑ-ω", "⁰¹²³⁴-⁹₀-₉"
_SYMBOL = re.compile(
    rf"(?<![{_LETTER}°’'])(?:(?P<indexed>[{_LETTERS}])(?=[{_INDEX}])"
    rf"|(?P<alone>[{_LETTERS}])(?![{_LETTER}’'-]))"
    rf"|∂(?=[{_LETTERS}])"
)


def in_formula_letters(text: str, language: str) -> str:
    """Return a text with its symbols in italic letters; nothing of it becomes longer to read."""
    font("italic", 12)  # letters that have not been loaded cannot stand in for the window's
    words = _WORDS.get(language.partition("_")[0], "a")

    def letter(found: re.Match[str]) -> str:
        return found[0] if found["alone"] and found[0] in words else italic(found[0])

    return _SYMBOL.sub(letter, text)
