"""Readability: the school grade at which an English text can be read.

The Flesch–Kincaid grade level: 0.39 · words a sentence + 11.8 · syllables a word − 15.59 (J. P.
Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of new readability formulas for
Navy enlisted personnel, 1975).
"""

import re
from collections.abc import Iterable
from math import nan

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_HOLE = re.compile(r"\{[^{}]*\}")
_END = re.compile(r"[.!?:;]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouycsxzg]es)$")
"""Ends whose e is not heard: make, learned, takes; but not little, started, boxes."""


def syllables(word: str) -> int:
    """Estimate the syllables of an English word by its groups of vowels."""
    plain = word.casefold().replace("’", "").replace("'", "")
    groups = len(_VOWELS.findall(plain))
    if groups > 1 and _SILENT.search(plain):
        groups -= 1
    return max(groups, 1)


def grade(texts: Iterable[str]) -> float:
    """Return the grade of texts, each of whole sentences; nan without a word.

    Placeholders count as a word of one syllable, as the numbers that stand there mostly have; other
    signs count for nothing.
    """
    sentences, words, beats = 0, 0, 0
    for text in texts:
        found = _WORD.findall(_HOLE.sub(" one ", text))
        if found:
            sentences += max(len(_END.findall(text.strip())), 1)
            words += len(found)
            beats += sum(map(syllables, found))
    if not words:
        return nan
    return 0.39 * words / sentences + 11.8 * beats / words - 15.59
