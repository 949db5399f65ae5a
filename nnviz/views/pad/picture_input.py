"""Pictures that come onto the pad: dropped, pasted or opened as a file.

What is carried along may be pixels or the name of a file; where it is both, as when an
image is dragged out of another program, the file is read: it knows how it was turned.
"""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from nnviz.data.dataset import FloatArray
from nnviz.data.picture_kinds import ENDINGS, is_picture

FILTER = f"Pictures ({' '.join(f'*{ending}' for ending in ENDINGS)})"
"""Picture files, in Qt's notation."""


def brings_picture(mime: QMimeData) -> bool:
    """Tell whether a picture, and one alone, is dragged along; other files are the window's."""
    path = _file(mime)
    return mime.hasImage() if path is None else len(mime.urls()) == 1 and is_picture(path)


def picture_of(mime: QMimeData) -> FloatArray | None:
    """Return the picture that is carried along, grey (rows, columns), 0 black to 1 white, if any.

    Raises:
        DataError: it cannot be read.
    """
    path = _file(mime)
    if path is not None and (path.suffix.casefold() in ENDINGS or not mime.hasImage()):
        return read(path)
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        from nnviz.data.pictures import from_pixels  # with Pillow, when there is a picture

        return from_pixels(pixels_of(image))
    return None


def read(path: Path) -> FloatArray:
    """Read a picture file, or raise a `DataError` without its folder, for a pad is small."""
    from nnviz.data.pictures import read_picture  # with Pillow, when there is a picture

    return read_picture(path, path.name)


def pixels_of(image: QImage) -> np.ndarray:
    """Return a picture's pixels, (rows, columns, 4) bytes with alpha."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows, columns = plain.height(), plain.width()
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(rows, plain.bytesPerLine())
    return np.array(lines[:, : 4 * columns].reshape(rows, columns, 4))


def _file(mime: QMimeData) -> Path | None:
    places = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    return Path(places[0]) if places else None
