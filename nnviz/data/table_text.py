"""The text of a table's file: which encoding, how many lines, and what is no text at all."""

from pathlib import Path

from nnviz.data.dataset import DataError

LARGEST = 1 << 29
"""Most bytes of a table: 512 MiB."""

_FOREIGN = {
    b"PK": "is a workbook or an archive, not text: save it as CSV from your spreadsheet",
    b"\xd0\xcf": "is a workbook, not text: save it as CSV from your spreadsheet",
    b"\x1f\x8b": "is compressed: unpack it first",
    b"\x89P": "is a picture, not a table: give a folder of pictures, one folder a class",
    b"<": "is a web page, not a table: download the file itself",
}
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UTF_8 = "utf-8-sig"
_HALF = 0.3  # part of the bytes that are 0 in Western text of two bytes a letter, at least


def look_at(path: Path) -> tuple[int, str]:
    """Return how many lines a file has at most, and its encoding.

    Raises:
        DataError: it is no file, no text, empty, or too large; one sentence.
        OSError: it cannot be read.
    """
    if not path.is_file():
        raise DataError(f"{path} is not a file: give the path of one table.")
    size = path.stat().st_size
    if size > LARGEST:
        raise DataError(
            f"{path} has {size >> 20} MiB, more than nnviz takes ({LARGEST >> 20} MiB): give a "
            "part of it."
        )
    feeds = returns = 0
    with path.open("rb") as file:
        head = file.read(4096)
        for magic, words in _FOREIGN.items():
            if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(magic):
                raise DataError(f"{path} {words}.")
        encoding = _encoding(head)
        if not head.strip():
            raise DataError(f"{path} is empty: give a table with a header and a line an example.")
        if encoding == _UTF_8 and b"\0" in head:
            raise DataError(f"{path} is not a text file: save the table as CSV.")
        file.seek(0)
        while piece := file.read(1 << 20):
            feeds += piece.count(b"\n")
            returns += piece.count(b"\r")
    return max(feeds, returns) + 1, encoding


def undecodable(path: Path, encoding: str) -> DataError:
    """Return the complaint about a file that does not hold text of its encoding."""
    if encoding != _UTF_8:
        return DataError(f"{path}: not whole text of {encoding}, save the table as UTF-8 text.")
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return DataError(
                    f"{path}, line {number}: not UTF-8, save the table as UTF-8 text (in a "
                    "spreadsheet: CSV UTF-8)."
                )
    return DataError(f"{path}: not UTF-8, save the table as UTF-8 text.")


def _encoding(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if len(head) >= 4 and head[1::2].count(0) > _HALF * len(head) > head[::2].count(0):
        return "utf-16-le"
    if len(head) >= 4 and head[::2].count(0) > _HALF * len(head) > head[1::2].count(0):
        return "utf-16-be"
    return _UTF_8
