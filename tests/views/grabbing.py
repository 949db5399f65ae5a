"""Pictures of widgets as arrays, for tests that look at pixels."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


def pixels(widget: QWidget) -> NDArray[np.uint8]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), dtype=np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 2::-1].copy()  # the image goes, and its pixels with it


def colours(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The colours of a picture, each once, (n, 3)."""
    codes = np.unique(picture.reshape(-1, 3).astype(np.uint32) @ np.uint32([1, 256, 65536]))
    return codes.view(np.uint8).reshape(-1, 4)[:, :3]
