"""Symbols in running text: w₁, ŷ and η are in the letters in which formulas are typeset."""

from nnviz.views.shared.typesetting import font, italic
from nnviz.wording.symbols_in_text import with_symbols


def in_formula_letters(text: str, language: str) -> str:
    """Return a text with its symbols in italic letters; nothing of it becomes longer to read."""
    font("italic", 12)  # letters that have not been loaded cannot stand in for the window's
    return with_symbols(text, language, italic)
