"""One picture file: decoded with distrust, turned into grey values.

Decoding is Pillow's; how large a picture may be is checked before its pixels are
unpacked. How grey values become inputs is another module's, `picture_inputs`.
"""

import io
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.disk import reading, special
from nnviz.data.picture_kinds import FORMATS, KINDS
from nnviz.data.picture_windows import averaged

MOST_PIXELS = 50_000_000
"""Most pixels of one picture: a large camera's."""

LARGEST = 1 << 26
"""Most bytes of one picture file: 64 MiB."""

_WORK = 320  # rows or columns to which a large picture is reduced before anything else
_WHITES = (255, 1023, 4095, 65_535)  # white where a pixel has 8, 10, 12, 16 bits
_CLEAR = 0.3  # contrast from which brightness alone is read
_CLEARER = 2.5  # how many times another channel's contrast must be brightness's to be read

# Pillow only warns of huge pictures; ours are refused, see `MOST_PIXELS`.
Image.MAX_IMAGE_PIXELS = None


def read_picture(path: Path, called: str = "") -> FloatArray:
    """Read a picture file, its first picture where it holds several.

    Messages call it by its path, or as it is `called`.

    Returns:
        (rows, columns) of grey, 0 black to 1 white, float32; reduced to at most 320 either way.
        Where the picture is transparent it lies on the ground that its ink stands out from; where
        a coloured pen is as bright as its ground, the colour that tells them apart is the grey.

    Raises:
        DataError: it cannot be read, is damaged or too large.
    """
    name = called or str(path)
    with reading(name):
        if special(path):
            raise DataError(f"{name} is no ordinary file: give a picture.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    return decode(content, name)


def decode(content: bytes, name: str) -> FloatArray:
    """Decode the bytes of a picture file of a name, as `read_picture` does.

    Raises:
        DataError: it is damaged or too large.
    """
    if len(content) > LARGEST:
        raise DataError(f"{name} has more than {LARGEST >> 20} MiB: make the picture smaller.")
    try:
        with (
            warnings.catch_warnings(action="ignore"),  # of what Pillow can do without
            Image.open(io.BytesIO(content), formats=tuple(FORMATS)) as image,
        ):
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
    except Exception as problem:  # a damaged file makes Pillow fail in many ways
        raise DataError(
            f"{name} is not a whole picture ({KINDS}): save it anew or remove it."
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
    if image.mode[0] in "IF":  # more than 8 bits a pixel, which Pillow would cut off at 255
        values = np.asarray(image, dtype=np.float32) / _white(image)
        return np.array(_reduced(Image.fromarray(values.clip(0, 1))))
    if image.has_transparency_data:
        image = _laid(image.convert("RGBA"))
    elif image.mode in ("1", "L"):
        return _values(_reduced(image.convert("L")))
    image = _reduced(image.convert("RGB"))
    return _clearest(_values(image.convert("L")), [_values(part) for part in image.split()])


def _white(image: Image.Image) -> np.float32:
    """Return the value of white: of what cameras and scanners have, the least that fits."""
    largest = float(np.asarray(image).max())
    if not np.isfinite(largest):
        raise ValueError("not finite")
    if image.mode[0] == "F" and largest <= 1:
        return np.float32(1)
    return np.float32(next((white for white in _WHITES if largest <= white), largest))


def _laid(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on black or white, whichever its ink stands out from."""
    seen = np.asarray(image.getchannel("A"), dtype=np.float32) / 255
    light = np.asarray(image.convert("L"))
    weight = float(seen.sum())
    bright = weight > 0 and float((light * seen).sum()) / weight >= 128
    paper = Image.new("RGBA", image.size, (0, 0, 0, 255) if bright else (255, 255, 255, 255))
    return Image.alpha_composite(paper, image)


def _clearest(grey: FloatArray, channels: list[FloatArray]) -> FloatArray:
    """Choose brightness, or a channel in which something stands out that is as bright as here."""
    clear = _contrast(grey)
    if clear >= _CLEAR:
        return grey
    contrasts = [_contrast(channel) for channel in channels]
    best = int(np.argmax(contrasts))
    return channels[best] if contrasts[best] > _CLEARER * clear + 1 / 255 else grey


def _contrast(grey: FloatArray) -> float:
    """Measure by how much the clearest places differ from what lies around them."""
    around = averaged(grey, max(1, max(grey.shape) // 6))
    return float(np.quantile(np.abs(averaged(grey, 1) - around), 0.998))


def _reduced(image: Image.Image) -> Image.Image:
    """Return a picture reduced by area average where it is large."""
    factor = max(1, -(-max(image.size) // _WORK))
    return image.reduce(factor) if factor > 1 else image


def _values(image: Image.Image) -> FloatArray:
    return np.array(image, dtype=np.float32) / np.float32(255)
