"""One picture file: decoded with distrust, turned into grey values.

Decoding is Pillow's; how large a picture may be is checked before its pixels are
unpacked. How grey values become inputs is another module's, `picture_inputs`.
"""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.disk import special

ENDINGS = (".png", ".jpg", ".jpeg")
"""How the names of pictures end."""

MOST_PIXELS = 50_000_000
"""Most pixels of one picture: a large camera's."""

LARGEST = 1 << 26
"""Most bytes of one picture file: 64 MiB."""

# Whatever a damaged file makes Pillow raise means the same.
_DAMAGE = (
    OSError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_WORK = 320  # rows or columns to which a large picture is reduced before anything else
_WORD = 65_535  # the largest value of a pixel of 16 bits

# Pillow only warns of huge pictures; ours are refused, see `MOST_PIXELS`.
Image.MAX_IMAGE_PIXELS = None


def read_picture(path: Path) -> FloatArray:
    """Read a PNG or JPEG file.

    Returns:
        (rows, columns) of grey, 0 black to 1 white, float32; reduced to at most 320 either way.
        Where the picture is transparent it lies on the ground that its ink stands out from.

    Raises:
        DataError: it cannot be read, is damaged or too large.
    """
    try:
        if special(path):
            raise DataError(f"{path} is no ordinary file: give a picture.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    return decode(content, str(path))


def decode(content: bytes, name: str) -> FloatArray:
    """Decode the bytes of a PNG or JPEG file.

    Args:
        content: of the file.
        name: what messages call it.

    Returns:
        What `read_picture` returns.

    Raises:
        DataError: it is damaged or too large.
    """
    if len(content) > LARGEST:
        raise DataError(f"{name} has more than {LARGEST >> 20} MiB: make the picture smaller.")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            columns, rows = image.size
            if rows * columns > MOST_PIXELS:
                raise DataError(
                    f"{name} claims {columns} × {rows} pixels, more than nnviz takes "
                    f"({MOST_PIXELS // 1_000_000} million): make the picture smaller."
                )
            # A large JPEG is decoded at a part of its size, which is many times faster.
            image.draft(None, (2 * _WORK, 2 * _WORK))
            return _grey(ImageOps.exif_transpose(image))
    except DataError:
        raise
    except MemoryError as problem:
        raise DataError(f"{name} does not fit into memory: make the picture smaller.") from problem
    except _DAMAGE as problem:
        raise DataError(
            f"{name} is not a whole PNG or JPEG picture: save it anew or remove it."
        ) from problem


def from_pixels(pixels: NDArray[np.uint8]) -> FloatArray:
    """Turn pixels that are in memory, (rows, columns, 4) with alpha, into what files become.

    Raises:
        DataError: there are too many, or none.
    """
    rows, columns = pixels.shape[:2]
    if not 0 < rows * columns <= MOST_PIXELS:
        raise DataError(
            f"The picture has {columns} × {rows} pixels, and nnviz takes 1 to "
            f"{MOST_PIXELS // 1_000_000} million: make it another size."
        )
    return _grey(Image.fromarray(pixels, "RGBA"))


def _grey(image: Image.Image) -> FloatArray:
    image.load()
    if image.mode.startswith("I"):  # 16 bits a pixel, which Pillow would cut off at 255
        words = np.asarray(image, dtype=np.float32) / _WORD
        return _reduced(Image.fromarray(words.clip(0, 1)))
    if not image.has_transparency_data:
        return _reduced(image.convert("L"))
    pair = image.convert("LA")
    values: NDArray[np.uint8] = np.asarray(pair)
    light, seen = values[..., 0], values[..., 1].astype(np.float32) / 255
    weight = float(seen.sum())
    bright = weight > 0 and float((light * seen).sum()) / weight >= 128
    paper = np.float32(0 if bright else 255)
    laid = light * seen + paper * (1 - seen)
    return _reduced(Image.fromarray(laid.astype(np.float32) / 255))


def _reduced(image: Image.Image) -> FloatArray:
    """Return grey values 0..1 of a picture, reduced by area average where it is large."""
    factor = max(1, -(-max(image.size) // _WORK))
    small: Any = image.reduce(factor) if factor > 1 else image
    grey = np.array(small, dtype=np.float32)
    return grey / np.float32(255) if image.mode == "L" else grey
