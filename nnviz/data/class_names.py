"""Names of classes from a file beside the data: what the numbers of labels stand for.

EMNIST's mapping gives the code of a letter for each label ("10 65"); others have one
name a line, a table of number and name, or JSON. What is none of these is left alone.
"""

import json
import re
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.disk import special
from nnviz.numbers import write

_NAMED = re.compile(r"mapping|class|label|names|categor", re.IGNORECASE)
_ENDINGS = (".txt", ".csv", ".tsv", ".json", ".names")
_LARGEST = 1 << 16
_LONGEST = 60
_TOLD = 3  # labels without a name
_LAST = ord("z")  # the last code of a letter
_SPLIT = re.compile(r"[\s,;:]+")

Names = dict[int, str]
"""What labels stand for."""


def find_names(
    folder: Path, labels: Iterable[NDArray[Any]], stem: str = ""
) -> tuple[Names, tuple[str, ...]]:
    """Find what labels stand for, in a file of the folder where the data are.

    All of the labels that occur must be named in it. Of several files the one is taken that
    begins as the names of the data's files do, which is the stem.

    Returns:
        The names by label, empty where there are none, and what to say of them: which file they
        are from, or which one was passed over because it does not name every label.
    """
    used = {float(label) for part in labels for label in np.unique(part).tolist()}
    try:
        files = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.casefold() in _ENDINGS
            and _NAMED.search(path.name)
            and not path.name.startswith(".")
            and not special(path)
            and path.is_file()
        )
    except OSError:
        return {}, ()
    passed: list[str] = []
    files.sort(key=lambda path: -_common(path.name.casefold(), stem.casefold()))
    for path in files:
        names = read_names(path)
        if names and used <= set(names):
            return names, (f"its classes are called as {path.name} says",)
        if names and used & set(names):
            lacking = [write(label) for label in sorted(used - set(names))]
            more = ", …" if len(lacking) > _TOLD else ""
            passed.append(
                f"{path.name} has no name for the {'label' if len(lacking) == 1 else 'labels'} "
                f"{', '.join(lacking[:_TOLD])}{more} and is passed over"
            )
    return {}, tuple(passed[:1])


def read_names(path: Path) -> Names:
    """Read a file of names; empty where it is none."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    if len(content) > _LARGEST:
        return {}
    names = _of_json(text) if path.suffix.casefold() == ".json" else _of_lines(text)
    fine = all(0 < len(name) <= _LONGEST and name.isprintable() for name in names.values())
    return names if fine and len(set(names.values())) == len(names) else {}


def _of_json(text: str) -> Names:
    try:
        plain: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if isinstance(plain, list):
        return {place: str(name) for place, name in enumerate(plain)}
    if not isinstance(plain, dict):
        return {}
    if all(_number(key) is not None for key in plain):
        return {int(key): str(name) for key, name in plain.items()}
    if all(isinstance(value, int) for value in plain.values()):  # from names to numbers
        return {int(value): str(name) for name, value in plain.items()}
    return {}


def _of_lines(text: str) -> Names:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    rows = [_SPLIT.split(line, maxsplit=1) for line in lines]
    if rows and all(len(row) == 2 for row in rows[:1]) and _number(rows[0][0]) is None:
        rest = rows[1:]
        if rest and all(len(row) == 2 and _number(row[0]) is not None for row in rest):
            rows = rest  # the first line was a header
    if not all(len(row) == 2 and _number(row[0]) is not None for row in rows):
        return dict(enumerate(lines))
    codes = [[_number(word) for word in _SPLIT.split(row[1])] for row in rows]
    letters = [code for line in codes for code in line]
    if all(code is not None and code <= _LAST and chr(code).isalnum() for code in letters):
        # EMNIST's letters have two codes a line, large and small: the first is the name.
        return {int(row[0]): chr(line[0] or 0) for row, line in zip(rows, codes, strict=True)}
    return {int(row[0]): row[1].strip(" \"'") for row in rows}


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None


def _common(one: str, other: str) -> int:
    """Return how many letters two names have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
