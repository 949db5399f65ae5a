"""The store of settings: one JSON file of plain values, read with distrust, written whole.

Whoever can write such a file can choose a theme with it and nothing more: what is
read is numbers, texts and lists of them. Earlier versions kept an INI file, which is taken over
once, as text; values that Qt would build objects of are left out.
"""

import base64
import contextlib
import json
import re
from pathlib import Path
from typing import Any

from nnviz.data.disk import replace_file, special

FORMAT = 1
"""The format that is written."""

LARGEST = 1 << 22
"""Most bytes of a file of settings: 4 MiB."""

OLD_ENDING = ".ini"
"""How the name of the file of earlier versions ended."""

_OLD_SECTION = "[General]"
_BYTES = re.compile(r"@ByteArray\((.*)\)", re.DOTALL)
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]+|[0-7]+|.)", re.DOTALL)
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class SettingsStore:
    """Plain values by name, from a file and back.

    Attributes:
        newer: True where a newer version of nnviz wrote the file.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, or else what an earlier version left beside it.

        Args:
            path: the file; it need not be there, and one that is damaged counts as empty.

        What a newer version of nnviz wrote counts as empty too, and stays as it is.
        """
        self._path = path
        self._changed: dict[str, Any] = {}
        new = _is_new(path)
        self._values = _read_old(path.with_suffix(OLD_ENDING)) if new else _read(path)
        self.newer = _is_newer(self._values)
        if self.newer:
            self._values = {}
        if new:
            self._changed.update(self._values)  # taken over when the file is first written

    def value(self, name: str, default: Any = None) -> Any:
        """Return a value, of whatever kind the file has, or the default where there is none."""
        return self._values.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Set a value; `flush` writes it.

        Args:
            name: of the value.
            value: a number, a text, or lists and dicts of them.
        """
        self._values[name] = self._changed[name] = value

    def flush(self) -> bool:
        """Write what was set into the file, beside what other windows set; tell if it worked."""
        before = _read(self._path)
        if _is_newer(before):
            return False
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            content = json.dumps({**before, **self._changed, "format": FORMAT}, indent=1) + "\n"
            replace_file(self._path, lambda file: file.write(content.encode()), private=True)
        except (OSError, ValueError, TypeError):
            return False
        return True


def _content(path: Path) -> str:
    """Return the text of a file, empty where it cannot be read or is none that nnviz wrote."""
    with contextlib.suppress(OSError, ValueError):
        if not special(path) and path.stat().st_size <= LARGEST:
            with path.open("rb") as file:
                return file.read(LARGEST).decode("utf-8")
    return ""


def _is_new(path: Path) -> bool:
    """Tell whether there is no such file yet; a folder that may not be looked into has one."""
    try:
        return not path.exists()
    except OSError:
        return False


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(_content(path) or "{}")
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _is_newer(values: dict[str, Any]) -> bool:
    """Tell whether values are those of a newer version of nnviz; the first wrote no format."""
    return type(values.get("format")) is int and values["format"] > FORMAT


def _read_old(path: Path) -> dict[str, Any]:
    """Read the INI file of an earlier version, only what is text or bytes written as text."""
    values: dict[str, Any] = {}
    inside = False
    for line in _content(path).split("\n"):
        if line.startswith("["):
            inside = line.strip() == _OLD_SECTION
            continue
        name, equals, written = line.partition("=")
        value = _old_value(written.strip()) if inside and equals else None
        if value is not None:
            values[name.strip()] = value
    return values


def _old_value(written: str) -> Any:
    """Return a value as it is kept now: bytes in base64; None for what is an object of Qt's."""
    if len(written) > 1 and written[0] == written[-1] == '"':
        written = written[1:-1]
    value = _ESCAPE.sub(_unescaped, written)
    if value.startswith("@@"):
        return value[1:]
    if value.startswith("@"):
        found = _BYTES.fullmatch(value)
        return found and base64.b64encode(found[1].encode("latin-1", "replace")).decode()
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(value)  # lists, recipes and numbers were written as JSON
    return value


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] == "x" and len(code) > 1:
        return chr(min(int(code[1:], 16), 0xFFFF))
    if code[0] in "01234567":
        return chr(min(int(code, 8), 0xFFFF))
    return _LETTERS.get(code, code)
