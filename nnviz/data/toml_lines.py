"""Lines of TOML: where in a text each key, and each element of an array, stands.

The standard library's reader says what a text means, not where. This walk over a text that
it has read already finds the lines, so that whoever finds fault can say which one is meant.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

Place = tuple[str | int, ...]
"""The way to a value: keys, and numbers from 0 in arrays."""


def line_of(text: str, place: Place) -> int:
    """Return the line, from 1, where a value stands, or the nearest one around it that is known."""
    lines = lines_of(text)
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


@lru_cache(maxsize=1)
def lines_of(text: str) -> Mapping[Place, int]:
    """Return the line, from 1, of everything in a text."""
    return _Walk(text).lines


class _Walk:
    """One pass over a text that is good TOML."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._text, self._at, self._line = text, 0, 1
        self._table: Place = ()
        self._counts: dict[Place, int] = {}
        while self._skip(" \t\r\n"):
            if self._text[self._at] == "[":
                self._header()
            else:
                self._pair(self._table)

    def _skip(self, blanks: str) -> bool:
        """Go on to the next sign that is neither blank nor comment; tell whether there is one."""
        text = self._text
        while self._at < len(text):
            sign = text[self._at]
            if sign == "#":
                end = text.find("\n", self._at)
                self._at = len(text) if end < 0 else end
            elif sign in blanks:
                self._go(1)
            else:
                return True
        return False

    def _go(self, signs: int) -> None:
        self._line += self._text.count("\n", self._at, self._at + signs)
        self._at += signs

    def _header(self) -> None:
        double, line = self._text.startswith("[[", self._at), self._line
        self._go(2 if double else 1)
        place: Place = ()
        keys = self._keys("]")
        for number, key in enumerate(keys, start=1):
            place = (*place, key)
            begun = self._counts.get(place)  # elements of an array of tables
            if begun is not None and not (double and number == len(keys)):
                place = (*place, begun)
        if double:
            self._counts[place] = self._counts.get(place, -1) + 1
            self.lines.setdefault(place, line)
            place = (*place, self._counts[place])
        self.lines[place] = line
        self._table = place
        self._go(2 if double else 1)

    def _keys(self, end: str) -> list[str]:
        """Read a dotted key up to a sign, which is left."""
        start = self._at
        while self._text[self._at] != end:
            if self._text[self._at] in "\"'":
                self._string()
            else:
                self._go(1)
        return _parts(self._text[start : self._at])

    def _pair(self, table: Place) -> None:
        line = self._line
        place = (*table, *self._keys("="))
        for length in range(len(table) + 1, len(place) + 1):
            self.lines.setdefault(place[:length], line)
        self._go(1)
        self._skip(" \t")
        self._value(place)

    def _value(self, place: Place) -> None:
        sign = self._text[self._at]
        if sign == "[":
            self._array(place)
        elif sign == "{":
            self._inline(place)
        elif sign in "\"'":
            self._string()
        else:
            while self._at < len(self._text) and self._text[self._at] not in ",]}#\n":
                self._go(1)

    def _array(self, place: Place) -> None:
        self._go(1)
        number = 0
        while self._skip(" \t\r\n,") and self._text[self._at] != "]":
            self.lines[(*place, number)] = self._line
            self._value((*place, number))
            number += 1
        self._go(1)

    def _inline(self, place: Place) -> None:
        self._go(1)
        while self._skip(" \t\r\n,") and self._text[self._at] != "}":
            self._pair(place)
        self._go(1)

    def _string(self) -> None:
        text, quote = self._text, self._text[self._at]
        mark = quote * 3 if text.startswith(quote * 3, self._at) else quote
        self._go(len(mark))
        while not text.startswith(mark, self._at):
            self._go(2 if text[self._at] == "\\" and quote == '"' else 1)
        self._go(len(mark))
        while len(mark) == 3 and text.startswith(quote, self._at):  # quotes may end such a text
            self._go(1)


def _parts(dotted: str) -> list[str]:
    found: Mapping[str, Any] = tomllib.loads(f"{dotted} = 0")
    parts = []
    while isinstance(found, Mapping):
        (key, found), *_ = found.items()
        parts.append(key)
    return parts
