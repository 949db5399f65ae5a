"""Rewriting: the terms of nnviz in a text become those of another book.

Words are found as whole words, in singular and plural, small or capital, with the article before
them. Signs are found where a formula is: with an index, beside an operator, or where a sentence
names them in one of the ways that the table lists. A letter in quotes is a name, and no sign.
Names that people gave are left as they are: those between marks, and those that are kept whole.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from nnviz.wording.choice import LAST_LAYER, Choice
from nnviz.wording.concepts import concepts, table

_ABOVE, _BELOW = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹ᴸᵀˡ", "₀₁₂₃₄₅₆₇₈₉ⱼₖₘₙₓᵢ"
_LAST_LAYER = "ᴸ"
_LOWERED = str.maketrans("ki", "ₖᵢ")
_OPERATORS = "=+−·/|<>≥≤←→⊙×^²′∂∇Δ∑Σ½"
LETTER = rf"[^\W\d_ΣΔ{_ABOVE}{_BELOW}]"
"""A letter on the line; to Python, what stands above and below is one too."""
_GAP = "[ \u00a0\u202f]"
_SPOKEN_AN = "EFHLMNRSXaehilmnorsxαηâ"
"""Signs whose names begin with a vowel when they are read out."""
MARK = "\N{INVISIBLE SEPARATOR}"
"""Stands before and after a name that somebody gave, in a text that is still to be rewritten."""
_TAG = re.compile(r"(<[^<>]*>)")
_KEPT = 16384
"""Texts whose rewriting is remembered."""


class Said(str):
    """A text as it is shown: not to be rewritten again."""

    __slots__ = ()


class Sign(str):
    """A text that is a sign alone, where a single letter could else be the name of a class."""

    __slots__ = ()


class Rewriting:
    """Rewrites texts for one choice."""

    def __init__(self, choice: Choice, kept: Collection[str] = ()) -> None:
        """Begin for a choice; names of several words that are kept are left wherever they stand."""
        own = concepts()
        self._names = _names_pattern(kept)
        self.signs = {
            own[id].signs[0]: sign for id, sign in choice.signs.items() if sign != own[id].signs[0]
        }
        self._words: dict[str, str] = {}
        for id, one in choice.words.items():
            mine, other = own[id].words[0], own[id].word(one)
            if mine != other:
                self._words |= {mine.many: other.many, mine.one: other.one}
        self._below = {one.signs[0] for one in own.values() if one.below} & self.signs.keys()
        self._sentence = _words_pattern(self._words)
        self._formula = _signs_pattern(self.signs)
        self._index = _index_pattern(self._below)
        self.said: Callable[[str], Said] = lru_cache(_KEPT)(self._said)

    def _said(self, text: str) -> Said:
        if MARK in text or (self._names is not None and self._names.search(text)):
            parts = [part or "" for part in self._names_apart(text)]
            parts[::2] = map(self._said, parts[::2])
            return Said("".join(parts))
        if "<" not in text or ">" not in text:
            return Said(self._rewritten(text))
        parts = _TAG.split(text) if _TAG.search(text) and "</" in text else [text]
        parts[::2] = map(self._rewritten, parts[::2])
        return Said("".join(parts))

    def touches(self, name: str) -> bool:
        """Tell whether a name would be rewritten, alone or where a formula or a sentence has it."""
        said = (name, f"{name} = 1", f"the {name} of", f"= {name}")
        return any(self.said(text) != text for text in said)

    def _names_apart(self, text: str) -> list[str]:
        """Return what is between names and the names, in turns."""
        if MARK in text:
            return text.split(MARK)
        assert self._names is not None
        return self._names.split(text)

    def _rewritten(self, text: str) -> str:
        if self._formula is not None:
            text = self._formula.sub(self._sign, text)
        if self._index is not None:
            text = self._index.sub(lambda found: self._lowered(found[0]), text)
        if self._sentence is not None:  # last: a word may look like a formula, as Δw does
            text = self._sentence.sub(self._word, text)
        return text

    def _word(self, found: re.Match[str]) -> str:
        if found["word"] is None:
            return found[0]
        word = self._words[found["word"].lower()]
        if len(found["word"]) > 1 and found["word"].isupper():
            word = word.upper()
        elif found["word"][0].isupper():
            word = _capital(word)
        return _article(found["article"], word[0].lower() in "aeiou") + word

    def _sign(self, found: re.Match[str]) -> str:
        if (base := found["base"]) is None:
            return found[0]
        letter, above, _ = self.signs[base].partition(LAST_LAYER)
        if above:
            above = _LAST_LAYER if found["low"] is None else LAST_LAYER
        an = letter in _SPOKEN_AN
        return _article(found["article"], an) + letter + above

    def _lowered(self, text: str) -> str:
        for own in self._below:
            other = self.signs[own]
            text = text.replace(own.translate(_LOWERED), other.translate(_LOWERED))
            text = text.replace(own, other)
        return text

    def alone(self, sign: str) -> tuple[str, str]:
        """Return a sign by itself, and what stands above it."""
        letter, above, _ = self.signs.get(sign, sign).partition(LAST_LAYER)
        return letter, above[1:]

    def index(self, text: str) -> str:
        """Return an index, such as "jk", as it is written below a sign."""
        for own in self._below:
            text = text.replace(own, self.signs[own])
        return text


def _article(article: str | None, an: bool) -> str:
    if not article:
        return ""
    return article[0] + ("n" if an else "") + article[-1]


def _capital(word: str) -> str:
    at = next((i for i, letter in enumerate(word) if letter.isalpha()), 0)
    return word[:at] + word[at].upper() + word[at + 1 :]


def _names_pattern(names: Collection[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)")


def _words_pattern(words: Mapping[str, str]) -> re.Pattern[str] | None:
    if not words:
        return None
    left = "|".join(map(re.escape, table()["left"]["passages"]))
    terms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        rf"\b(?:{left})\b|(?P<article>\b[Aa]n?\s)?"
        rf"(?<![\w\-'\"./])(?P<word>{terms})(?![\w=]|['\"](?!s)|\.\w)",
        re.IGNORECASE,
    )


def _signs_pattern(signs: Mapping[str, str]) -> re.Pattern[str] | None:
    """Find signs: beside letters of an alphabet none is one, nor in quotes, nor in a key's name."""
    if not signs:
        return None
    prose = table()["prose"]
    plain = [sign for sign in signs if sign.isascii()]
    ways = [sign for sign in signs if not sign.isascii()]
    if plain:
        letter = f"(?:{'|'.join(plain)})"
        no_article = rf"(?!(?<=a) {LETTER}{{2}})"
        operator = f"[{re.escape(_OPERATORS)}]"
        ways += (
            rf"{letter}(?=[{_ABOVE}{_BELOW}_]|{_GAP}?{operator}|\([\w−]|, (?:the|step)\b)",
            rf"(?<={operator}){letter}|(?<=\d){letter}|(?<={operator}{_GAP}){letter}{no_article}",
            rf"(?:(?<=[fσh′]\()|(?<=, )){letter}(?=\))",
            rf"(?:(?<=\bln )|(?<=\btanh )|(?<=\btanh. )){letter}",
            *(rf"(?<=\b{word} ){letter}(?! {LETTER}{{2}})" for word in prose["before"]),
            rf"{letter}(?= (?:{'|'.join(prose['after'])})\b)",
            rf"(?<=^){letter}(?=: )",
        )
    before = rf"(?<!{LETTER})(?<!°)(?<!Ctrl\+)(?<!Shift\+)(?<!Alt\+)(?<!['\"_])(?<!\bn/)"
    after = rf"(?!{LETTER}|['\"’])"
    low = r"(?P<low>(?=_\w|_\())"
    base = "|".join(ways)
    return re.compile(
        rf"(?P<article>\b[Aa]n?\s(?=η))?{before}(?:“[A-Za-z]”|(?P<base>{base}){after}{low}?)"
    )


def _index_pattern(below: set[str]) -> re.Pattern[str] | None:
    if not below:
        return None
    letters = "".join(below)
    low = letters.translate(_LOWERED)
    return re.compile(rf"[{low}]|(?<=_)[{letters}]|(?<=_j)[{letters}](?!{LETTER})")
