"""Output in any encoding: letters that a code page lacks are replaced, never raised about.

A terminal, a pipe or a file may be of a code page without η, ², − or █ (Windows redirects
to cp1252). What is missing there is written in letters that every code page has: the name
of a Greek letter, a hyphen for a minus sign; else a question mark.
"""

import codecs
import sys
import unicodedata

HANDLER = "nnviz-plain"
"""The name under which the replacement is known to Python's codecs."""
_PLAIN = {
    "−": "-", "–": "-", "—": "-", "‑": "-", "×": "x", "·": "*", "÷": "/", "√": "sqrt ",
    "Σ": "sum ", "∂": "d", "∞": "inf", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->",
    "←": "<-", "↑": "^", "↓": "v", "▸": ">", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'",
    "′": "'", "…": "...", "█": "#", "░": ".", "⚠": "!", "•": "*", "\u2009": " ", "\u202f": " ",
    "\u00a0": " ",
}  # fmt: skip


_CONTROLS = {
    code: chr(code).encode("unicode_escape").decode()
    for code in (*range(32), *range(127, 160), 0x2028, 0x2029)
}


def one_line(text: str) -> str:
    """Write as escapes what orders a terminal about: names of files may hold line breaks, too."""
    return text.translate(_CONTROLS)


def speak_any_encoding() -> None:
    """Let standard output and standard error replace what their encodings cannot write."""
    for stream in (sys.stdout, sys.stderr):  # None where there is no console at all
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors=HANDLER)


def _plain(error: UnicodeError) -> tuple[str | bytes, int]:
    """Replace the letters that could not be encoded, as Python's codecs ask for it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text, places = error.object, range(error.start, error.end)
    return "".join(_in_ascii(text[at], text[at - 1 : at]) for at in places), error.end


def _in_ascii(letter: str, before: str) -> str:
    """Write a letter in ASCII, where `before` is the letter in front of it, or none."""
    if letter in _PLAIN:
        return _PLAIN[letter]
    parts = unicodedata.normalize("NFKD", letter)  # é is e and an accent, ½ is 1⁄2
    plain = parts.replace("⁄", "/").replace("−", "-").encode("ascii", "ignore").decode()
    if plain:
        return f"^{plain}" if _raised(letter) and not _raised(before) else plain
    name = unicodedata.name(parts[0], "")
    if name.startswith("GREEK ") and " LETTER " in name:
        word = name.split(" LETTER ")[1].split()[0].lower()
        return word.capitalize() if letter.isupper() else word
    return "?"


def _raised(letter: str) -> bool:
    return unicodedata.decomposition(letter).startswith("<super>") if letter else False


codecs.register_error(HANDLER, _plain)
