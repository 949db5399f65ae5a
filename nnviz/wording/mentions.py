"""Mentions: tells whether a shown text has the sign or the word of a concept in it."""

import re
import unicodedata
from collections.abc import Callable

from nnviz.wording.choice import LAST_LAYER, Choice
from nnviz.wording.concepts import Concept
from nnviz.wording.rewriting import LETTER

_ITALIC = "\U0001d400", "\U0001d7ff"
"""From the first to the last of the letters in which formulas are typeset."""


def mentions(concept: Concept, choice: Choice) -> Callable[[str], bool]:
    """Return what tells whether a text, as it is shown in these words, names a concept."""
    ways = []
    if sign := choice.signs.get(concept.id, "").removesuffix(LAST_LAYER):
        ways.append(rf"(?<!{LETTER}){re.escape(sign)}(?!{LETTER})")
    word = concept.word(choice.words[concept.id]) if concept.words else None
    names = (word.many, word.one) if word is not None else (concept.name,)
    ways.append(rf"(?<!\w)(?i:{'|'.join(map(re.escape, names))})(?!\w)")
    pattern = re.compile("|".join(ways))
    return lambda text: pattern.search("".join(map(_upright, text))) is not None


def _upright(letter: str) -> str:
    """Return an italic letter of a formula as a plain one."""
    first, last = _ITALIC
    return unicodedata.normalize("NFKC", letter) if first <= letter <= last else letter
