"""Matching: which entries somebody means who types a few letters, best first.

Every word that is typed has to be found: as the beginning of a word, as beginnings of several
("gts" or "gost" is "Go to step"), inside a word, or in what is said of the entry.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from nnviz.window.command_palette.entry import Entry
from nnviz.wording import said

WORD, BEGINNING, INITIALS, MORE, INSIDE, TOLD = 12.0, 9.0, 8.0, 6.0, 4.0, 1.0
"""What a typed word is worth: as a whole word of the title, the beginning of one, beginnings of
several, the beginning of a further word, inside a word, the beginning of a word of the tip."""
RECENT = 1.5
"""What is added to an entry that was used a moment ago, less for those before it."""

_INSIDE = ".,'’"
"""What may stand inside a word."""


def folded(text: str) -> str:
    """Return a text without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, those of a compound one by one."""
    kept = "".join(
        letter if letter.isalnum() or letter in _INSIDE else " " for letter in folded(text)
    )
    return [word for part in kept.split() if (word := part.strip(_INSIDE))]


def score(typed: Sequence[str], entry: Entry) -> float | None:
    """Return how well an entry is meant by words that are typed, folded; None for not at all."""
    title, told = words_of(entry.title), words_of(entry.said)
    more = [*words_of(entry.words), *words_of(said(entry.title))]
    total = 0.0
    for token in typed:
        worth = _worth(token, title, [*more, folded(entry.kind)], told)
        if worth is None:
            return None
        total += worth
    return total / (1 + len(typed)) - 0.02 * len(title)


def _worth(token: str, title: list[str], more: list[str], told: list[str]) -> float | None:
    if token in title:
        return WORD + (title.index(token) == 0)
    begun = [place for place, word in enumerate(title) if word.startswith(token)]
    if begun:
        return BEGINNING + (begun[0] == 0)
    if len(token) > 1 and _joined(token, title):
        return INITIALS
    if any(word.startswith(token) for word in more):
        return MORE
    if any(token in word for word in title):
        return INSIDE
    if any(word.startswith(token) for word in told):
        return TOLD
    return None


def _joined(token: str, words: Sequence[str]) -> bool:
    """Tell whether a token is made of beginnings of words in their order."""
    if not token:
        return True
    for place, word in enumerate(words):
        same = 0
        while same < min(len(token), len(word)) and token[same] == word[same]:
            same += 1
            if _joined(token[same:], words[place + 1 :]):
                return True
    return False


def ranked(typed: str, entries: Iterable[Entry], recent: Sequence[str]) -> list[Entry]:
    """Return those that are meant, best first; with nothing typed all, those used last first.

    Args:
        typed: by the user.
        entries: all there are, in their usual order.
        recent: ids of those used last, the latest first.
    """
    places = {id: place for place, id in enumerate(recent)}
    tokens = words_of(typed)
    if not tokens:
        if typed.strip():  # nothing but signs
            tokens = [folded(typed.strip())]
        else:
            return sorted(entries, key=lambda entry: places.get(entry.id, len(places)))
    found = []
    for entry in entries:
        worth = score(tokens, entry)
        if worth is not None:
            if entry.id in places:
                worth += RECENT / (1 + places[entry.id])
            found.append((-worth, bool(entry.refusal), entry))
    found.sort(key=lambda one: one[:2])
    return [entry for _, _, entry in found]
