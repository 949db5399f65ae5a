"""Tables of TOML files, read with distrust: whatever is wrong is told with file and line."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from nnviz.data.dataset import DataError
from nnviz.data.disk import reading, special
from nnviz.data.toml_lines import Place, line_of, lines_of
from nnviz.numbers import count, integer

LARGEST = 16 * 2**20
"""Most bytes of a file that is read."""
LONGEST = 1000
"""Most letters of a text."""
TOLD = 40
"""Most letters of a wrong value that are told."""
_LONG = re.compile(r"[0-9][0-9_]{4000}")


class TomlError(DataError):
    """Something is wrong at a line of a file.

    Attributes:
        path: of the file.
        line: from 1.
        problem: what is wrong and what to do.
    """

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {integer(line)}: {problem}")
        self.path, self.line, self.problem = path, line, problem


class Table:
    """One table of a file.

    Attributes:
        path: of the file.
        values: what the standard library has read.
    """

    def __init__(self, path: Path, text: str, values: Mapping[str, Any], place: Place = ()) -> None:
        self.path, self.values = path, values
        self._text, self._place = text, place

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def refuse(self, problem: str, *place: str | int) -> NoReturn:
        """Say what is wrong at a place of this table, and what to do.

        Raises:
            TomlError: always.
        """
        raise TomlError(self.path, line_of(self._text, (*self._place, *place)), problem)

    def only(self, *known: str) -> None:
        """Refuse a key that nobody reads.

        Raises:
            DataError: there is one.
        """
        for key in self.values:
            if key not in known:
                self.refuse(f"there is no '{key}' here: choose one of {', '.join(known)}.", key)

    def need(self, *keys: str) -> None:
        """Refuse a table in which something is missing.

        Raises:
            DataError: it is.
        """
        for key in keys:
            if key not in self.values:
                where = f"[{self._place[0]}]" if self._place else "the file"
                self.refuse(f"{where} says no '{key}': add it.")

    @property
    def lines(self) -> Mapping[Place, int]:
        """Where everything in the file stands, by the way to it from the top."""
        return lines_of(self._text)

    def text(self, key: str, default: str = "", longest: int = LONGEST) -> str:
        """Return a text."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or len(value) > longest:
            self.refuse(f"'{key}' must be a text of at most {integer(longest)} letters.", key)
        return value

    def array(self, key: str) -> list[Any]:
        """Return an array, empty where there is none."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.refuse(f"'{key}' must be an array, in brackets.", key)
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """Return an array of texts."""
        values = self.array(key)
        for place, value in enumerate(values):
            if not isinstance(value, str) or not 0 < len(value) <= LONGEST:
                self.refuse(f"'{key}' must hold names, in quotation marks.", key, place)
        return tuple(values)

    def numbers(self, key: str, length: int, each: str) -> list[float]:
        """Return an array of numbers, one for each of something."""
        return self._row(self.array(key), length, each, key)

    def matrix(self, key: str, length: int | None, each: str) -> list[list[float]]:
        """Return rows of numbers, all of one length; None for that of the first."""
        rows = self.array(key)
        for place, row in enumerate(rows):
            if not isinstance(row, list):
                self.refuse(f"'{key}' must hold rows of numbers, each in brackets.", key, place)
            length = len(row) if length is None else length
            self._row(row, length, each, key, place)
        return [[float(value) for value in row] for row in rows]

    def _row(self, row: Sequence[Any], length: int, each: str, *place: str | int) -> list[float]:
        for number, value in enumerate(row):
            good = isinstance(value, int | float) and not isinstance(value, bool)
            if not good or not isfinite(_finite(value)):
                self.refuse(f"{told(value)} is no finite number: write one.", *place, number)
        if len(row) != length:
            has = count(len(row), "number")
            verb = "stands" if len(row) == 1 else "stand"
            self.refuse(f"here {has} {verb}, but there must be {length}: {each}.", *place)
        return [float(value) for value in row]

    def table(self, key: str) -> "Table":
        """Return a table within this one; an empty one where there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            self.refuse(f"'{key}' must be a table.", key)
        return self._inside(value, key)

    def tables(self, key: str) -> "list[Table]":
        """Return an array of tables."""
        values = self.array(key)
        for place, value in enumerate(values):
            if not isinstance(value, Mapping):
                self.refuse(f"'{key}' must be tables, each begun by [[{key}]].", key, place)
        return [self._inside(value, key, place) for place, value in enumerate(values)]

    def _inside(self, values: Mapping[str, Any], *place: str | int) -> "Table":
        return Table(self.path, self._text, values, (*self._place, *place))


def _finite(value: float) -> float:
    """Return a number as a float; one that is too large for it is infinite."""
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def told(value: object) -> str:
    """Write a wrong value as a file has it, the beginning of a long one."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = f"'{text}'" if isinstance(value, str) else text
    return text if len(text) <= TOLD else f"{text[: TOLD - 1]}…"


def read_toml(path: Path, most: int = LARGEST) -> Table:
    """Read a file of TOML of so many bytes at most.

    Raises:
        DataError: it is missing, too large, or no TOML; the sentence names file and line.
    """
    with reading(path):
        if special(path) or path.is_dir():
            raise DataError(f"{path} is no ordinary file: choose another.")
        with path.open("rb") as file:
            content = file.read(most + 1)
    if len(content) > most:
        raise TomlError(path, 1, "the file is too large to be read as text: leave some of it out.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        return Table(path, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TomlError(path, line, "this is no UTF-8: save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(path, text, str(error)) from None
    except ValueError:  # Python reads no whole number as long as that
        found = _LONG.search(text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
        raise TomlError(path, line, "a number has too many digits: write a shorter one.") from None
    except RecursionError:
        raise TomlError(path, 1, "its brackets are too deep: leave some out.") from None


def _no_toml(path: Path, text: str, problem: str) -> TomlError:
    """Say where a text is no TOML: the reader's own words end in the place."""
    what, _, place = problem.partition(" (at ")
    line = place.removeprefix("line ").partition(",")[0]
    if not line.isdigit():  # "end of document"
        line = str(text.count("\n") + 1)
    return TomlError(path, int(line), f"this is no TOML ({what}): mend the line.")
