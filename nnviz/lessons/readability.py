"""Readability: the school grade at which an English text can be read.

The Flesch–Kincaid grade level: 0.39 · words a sentence + 11.8 · syllables a word − 15.59 (J. P.
Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of new readability formulas for
Navy enlisted personnel, 1975).
"""

import re
from collections.abc import Iterable
from math import nan

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|[0-9][0-9.,]*")
_HOLE = re.compile(r"\{[^{}]*\}")
_END = re.compile(r"[.!?…]+(?=[\s”]|$)")
_VOWELS = re.compile(r"[aeiou]+(?:y(?![aeiou]))?|y(?![aeiou])")
_APART = re.compile(r"i[ao](?!n)|[aeo]ing|[ae]a$")
"""Vowels side by side that are two syllables: bias, being, idea."""
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouycsxzg]es)$")
"""Ends whose e is not heard: make, learned, takes; but not little, started, boxes."""


def syllables(word: str) -> int:
    """Estimate the syllables of an English word by its groups of vowels."""
    plain = word.casefold().replace("’", "").replace("'", "")
    groups = len(_VOWELS.findall(plain)) + len(_APART.findall(plain))
    if groups > 1 and _SILENT.search(plain):
        groups -= 1
    return max(groups, 1)


def grade(texts: Iterable[str]) -> float:
    """Return the grade of texts; nan without a word.

    What is no whole sentence, as a choice of two words, counts for nothing, for it would make all
    else look easier. Numbers and placeholders count as a word of one syllable.
    """
    sentences, words, beats = 0, 0, 0
    for text in texts:
        plain = _HOLE.sub(" 1 ", text).strip()
        found, ends = _WORD.findall(plain), len(_END.findall(plain))
        if found and ends:
            sentences += ends
            words += len(found)
            beats += sum(map(syllables, found))
    if not words:
        return nan
    return 0.39 * words / sentences + 11.8 * beats / words - 15.59
