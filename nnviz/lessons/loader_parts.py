"""What all parts of lesson files are read by: texts, expressions, and files beside the lesson."""

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from nnviz.data.toml_tables import LONGEST, Table
from nnviz.lessons.expressions import Expression, parse
from nnviz.lessons.lesson import Text
from nnviz.lessons.texts import ENGLISH, placeholders
from nnviz.lessons.values import ExpressionError, Kind
from nnviz.numbers import integer, named

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})?")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PART = re.compile(r"[\w][\w .()-]*")


def read_text(table: Table, key: str, *, needed: bool = False) -> Text:
    """Return a text by language: a string is English.

    Raises:
        DataError: it is none, is not there in English, or a placeholder in it is wrong.
    """
    if needed:
        table.need(key)
    return text_of(table, table.values.get(key, {}), key)


def text_of(table: Table, value: Any, *place: str | int) -> Text:
    """Return a value of a file as a text by language: a string is English.

    Raises:
        DataError: it is none, is not there in English, or a placeholder in it is wrong.
    """
    by_language = {ENGLISH: value} if isinstance(value, str) else value
    if not isinstance(by_language, Mapping):
        table.refuse('here a text must stand, or one by language: { en = "…" }.', *place)
    for language, sentence in by_language.items():
        where = place if isinstance(value, str) else (*place, language)
        if not _LANGUAGE.fullmatch(language):
            table.refuse(f"'{language}' is no language: write two letters, as en or de.", *where)
        if not isinstance(sentence, str) or not 0 < len(sentence.strip()) <= LONGEST:
            table.refuse(f"a text has 1 to {integer(LONGEST)} letters.", *where)
        try:
            list(placeholders(sentence))
        except ExpressionError as error:
            table.refuse(str(error), *where)
    if by_language and ENGLISH not in by_language:
        table.refuse("this text is not there in English: add en.", *place)
    return dict(by_language)


def read_id(table: Table, key: str = "id") -> str:
    """Return an id: small letters, digits and hyphens.

    Raises:
        DataError: it is none.
    """
    table.need(key)
    id = table.text(key)
    if not _ID.fullmatch(id) or len(id) > 60:
        table.refuse(f"'{key}' must be made of small letters, digits and -, as two-weights.", key)
    return id


def read_truth(table: Table, key: str) -> bool:
    """Return true or false; false where nothing is said."""
    value = table.values.get(key, False)
    if not isinstance(value, bool):
        table.refuse(f"'{key}' must be true or false.", key)
    return value


def read_count(table: Table, key: str, default: int, least: int, most: int) -> int:
    """Return a whole number in a range."""
    value = table.values.get(key, default)
    if type(value) is not int or not least <= value <= most:
        table.refuse(
            f"'{key}' must be a whole number from {integer(least)} to {integer(most)}.", key
        )
    return value


def read_number(table: Table, key: str, most: float) -> float:
    """Return a number from 0 on; 0 where nothing is said."""
    value = table.values.get(key, 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        table.refuse(f"'{key}' must be a number from 0 to {integer(int(most))}.", key)
    return float(value)


def read_expression(
    table: Table, key: str, wanted: Kind = "any", *place: str | int
) -> Expression | None:
    """Return an expression; None where there is none.

    Raises:
        DataError: it is none, or of another kind than wanted.
    """
    if key not in table:
        return None
    return expression_of(table, table.values[key], wanted, *(place or (key,)))


def expression_of(table: Table, value: Any, wanted: Kind, *place: str | int) -> Expression:
    """Return a value of a file as an expression; a number stands for itself.

    Raises:
        DataError: it is none, or of another kind than wanted.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = named(value) if abs(value) <= 1e300 else "∞"
    if not isinstance(value, str):
        table.refuse("here an expression must stand, in quotation marks.", *place)
    try:
        return parse(value, wanted)
    except ExpressionError as error:
        table.refuse(str(error), *place)


def file_name(part: str) -> bool:
    """Tell whether something can be the name of a file or folder of a course, on any system."""
    return _PART.fullmatch(part) is not None and not part.endswith((" ", "."))


def beside(table: Table, name: Any, *place: str | int) -> Path:
    """Return the path of a file beside the lesson, or in a folder beside it.

    Raises:
        DataError: the name leads elsewhere, or nothing is there.
    """
    folder = table.path.parent.resolve()
    parts = PurePosixPath(name).parts if isinstance(name, str) else ()
    if not parts or len(parts) > 4 or not all(map(file_name, parts)):
        table.refuse(
            "this must be the name of a file beside the lesson, such as trained.nnviz, and no way "
            "to another folder.",
            *place,
        )
    path = (folder / Path(*parts)).resolve()
    if not path.is_relative_to(folder):
        table.refuse("this file lies outside the folder of the lesson: put it beside it.", *place)
    if not path.is_file():
        table.refuse(f"there is no file '{name}' beside the lesson: put it there.", *place)
    return path
