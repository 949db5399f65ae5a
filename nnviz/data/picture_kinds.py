"""The kinds of picture files that are read, and whether a file is one.

Apart from the reading itself, `pictures`, which needs Pillow: that is imported when there is a
picture to read.
"""

from pathlib import Path

from nnviz.data.disk import special

FORMATS = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "BMP": (".bmp", ".dib"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
    "PPM": (".pgm", ".ppm", ".pbm", ".pnm"),
}
"""The kinds of pictures, and how their names end; of several in a file the first counts."""

ENDINGS = tuple(ending for endings in FORMATS.values() for ending in endings)
"""How the names of pictures end."""

KINDS = "PNG, JPEG, BMP, GIF, WebP, TIFF or PNM"
"""The kinds of pictures, for people."""

_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_LONGEST_START = 12  # bytes that tell a kind; those of BMP and PNM are words, too


def is_picture(path: Path) -> bool:
    """Tell whether a file is a picture, by the end of its name or its first bytes."""
    named = path.suffix.casefold() in ENDINGS
    try:
        if named or special(path) or not path.is_file():
            return named and not path.is_dir()
        with path.open("rb") as file:
            head = file.read(_LONGEST_START)
    except (OSError, ValueError):
        return False
    return head.startswith(_STARTS) or (head[:4] == b"RIFF" and head[8:] == b"WEBP")
