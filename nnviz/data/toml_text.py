"""The text of TOML files: plain values as such files have them, numbers with all their digits."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from nnviz.errors import NnvizError

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_key(key: object) -> str:
    """Write what something is called, in quotation marks where that is needed."""
    return key if isinstance(key, str) and _BARE.fullmatch(key) else toml_value(str(key))


def toml_value(value: Any) -> str:
    """Write a plain value on one line.

    Raises:
        NnvizError: it is none that such a file can hold.
    """
    match value:
        case str():
            safe = value.encode("utf-8", "replace").decode("utf-8")
            if '"' in safe and "'" not in safe and safe.isprintable():
                return f"'{safe}'"  # as it is: nobody reads a text full of backslashes
            return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case Mapping():
            pairs = (f"{toml_key(key)} = {toml_value(one)}" for key, one in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case Sequence():
            return f"[{', '.join(map(toml_value, value))}]"
    raise NnvizError(f"{value!r} cannot be written into a file that people read.")


def toml_rows(key: str, rows: Iterable[Any], *, joined: bool = False) -> Iterator[str]:
    """Write an array of several values, each on a line of its own.

    Args:
        key: what the array is called.
        rows: the values, such as rows of a matrix.
        joined: True where rows are only how the lines are broken: the array is all of them.
    """
    yield f"{key} = ["
    for row in rows:
        line = toml_value(row)
        yield f"  {line[1:-1] if joined else line},"
    yield "]"
