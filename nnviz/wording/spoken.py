"""The choice in force, for the whole process, as the number of digits is.

Names that people gave (of columns, classes, files, runs …) are never rewritten: one that stands
alone is a `Said`, one within a sentence is `given`, and names of several words are kept whole
wherever they stand once they are known.
"""

import re
from collections.abc import Iterable

from nnviz.wording.choice import Choice
from nnviz.wording.rewriting import MARK, Rewriting, Said, Sign

_choice: Choice | None = None
_rewriting: Rewriting | None = None
_kept: frozenset[str] = frozenset()
MOST_KEPT = 1000
"""Names that are known at once."""


def choice() -> Choice:
    """Return what everything is called now."""
    return _choice or Choice.of({})


def others_chosen() -> bool:
    """Tell whether anything is called otherwise than nnviz calls it."""
    return _rewriting is not None


def choose(wished: Choice) -> None:
    """Call everything so from now on; what is on screen already has to be written anew."""
    global _choice, _rewriting
    _choice = wished
    _rewriting = Rewriting(wished, _risky(Rewriting(wished))) if wished.wished else None


def keep(names: Iterable[str]) -> None:
    """Leave names of several words as they are from now on, wherever they stand."""
    global _kept, _rewriting
    new = {name for name in names if re.search(r"\w\W+\w", name)} - _kept
    if not new:
        return
    _kept = frozenset([*_kept, *new][-MOST_KEPT:])
    if _rewriting is not None and any(map(_rewriting.touches, new)):
        _rewriting = Rewriting(choice(), _risky(Rewriting(choice())))


def keep_files(paths: Iterable[str]) -> None:
    """Leave the names of files as they are from now on, wherever they stand."""
    keep(part for path in paths for part in (path, re.split(r"[/\\]", path)[-1]))


def _risky(plain: Rewriting) -> list[str]:
    return [name for name in _kept if plain.touches(name)]


def given(name: str) -> str:
    """Return a name that somebody gave, as it stands in a sentence of nnviz's own."""
    risky = _rewriting is not None and MARK not in name and _rewriting.touches(name)
    return f"{MARK}{name}{MARK}" if risky else name


def unmarked(text: str) -> str:
    """Return a text without the marks of names, for where it is not shown."""
    return text.replace(MARK, "") if MARK in text else text


def said(text: str) -> str:
    """Return a text as it is shown: in the words and signs that are chosen."""
    if _rewriting is None or type(text) is Said:
        return text
    if type(text) is Sign and (alone := text.strip()) in _rewriting.signs:
        letter, above = _rewriting.alone(alone)
        return Said(text.replace(alone, f"{letter}{'ᴸ' if above else ''}"))
    return _rewriting.said(text)


def sign(letter: str) -> tuple[str, str]:
    """Return the sign for nnviz's own, and what stands above it, for formulas that are typeset."""
    return (letter, "") if _rewriting is None else _rewriting.alone(letter)


def index(text: str) -> str:
    """Return an index, such as "jk", for formulas that are typeset."""
    return text if _rewriting is None else _rewriting.index(text)
