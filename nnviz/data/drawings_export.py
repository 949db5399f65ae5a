"""Own drawings as files for other programs: MNIST's format, or pictures by class.

What is there already is never overwritten. Both kinds can be opened again as a data
set; the held-back drawings stay held back in MNIST's four files.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.disk import write_whole
from nnviz.data.drawings import Drawing
from nnviz.data.idx import idx_gz


def export_idx(folder: str | Path, drawings: Sequence[Drawing]) -> list[Path]:
    """Write drawings as MNIST's four files, or as two where none or all are held back.

    The folder is made if need be.

    Returns:
        The files: train-images-idx3-ubyte.gz and so on, or images-idx3-ubyte.gz and
        labels-idx1-ubyte.gz.

    Raises:
        DataError: there is nothing to write, a file is there already or the disk refuses.
    """
    held = [drawing for drawing in drawings if drawing.held_back]
    learned = [drawing for drawing in drawings if not drawing.held_back]
    parts = {"train-": learned, "t10k-": held} if held and learned else {"": list(drawings)}
    content: dict[Path, bytes] = {}
    for part, some in parts.items():
        if some:
            images = np.stack([drawing.image for drawing in some])
            labels = np.array([drawing.label for drawing in some], dtype=np.uint8)
            content[Path(folder) / f"{part}images-idx3-ubyte.gz"] = idx_gz(images)
            content[Path(folder) / f"{part}labels-idx1-ubyte.gz"] = idx_gz(labels)
    return _write(content)


def export_pictures(folder: str | Path, drawings: Sequence[Drawing]) -> list[Path]:
    """Write drawings as PNG files of 28×28 pixels, light on dark, in one folder a digit.

    Returns and refuses as `export_idx`: FOLDER/7/NAME.png and so on.
    """
    from PIL import Image  # when there is something to write

    content: dict[Path, bytes] = {}
    for drawing in drawings:
        png = io.BytesIO()
        Image.fromarray(drawing.image).save(png, "PNG")
        content[Path(folder) / str(drawing.label) / f"{drawing.id}.png"] = png.getvalue()
    return _write(content)


def _write(content: dict[Path, bytes]) -> list[Path]:
    if not content:
        raise DataError("There are no drawings to export: draw some digits first.")
    for path in content:
        if path.exists() or path.is_symlink():
            raise DataError(f"{path} is there already: choose an empty folder.")
    for path, written in content.items():
        write_whole(path, written)
    return list(content)
