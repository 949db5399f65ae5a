"""The user's own drawings, kept: one small JSON file each, in the data folder.

A file holds the label, the time, the 28×28 picture as a network saw it and the
strokes it came from. Files of their own need no lock: two windows that add or
remove at once never lose each other's drawings. Every fifth drawing, chosen by its
name alone, is held back for testing: which ones these are never changes, however
many are added or removed, so none is trained on today and tested with tomorrow.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz import paths
from nnviz.data.dataset import DataError, Dataset, one_hot
from nnviz.data.description import PictureRule
from nnviz.data.digits_cache import load_digits
from nnviz.data.disk import reading, special, write_whole, writing
from nnviz.data.generator import Progress
from nnviz.data.handwriting import SIDE, Points
from nnviz.data.idx import CLASSES, DIGITS, grey
from nnviz.dataclass import dataclass

ENOUGH = 20
"""Held-back drawings from which on they are the test set; before, nnviz's own digits are."""

MOST_POINTS = 20_000
"""Most points of one drawing's strokes; longer ones are kept without their strokes."""

FORMAT = 1
"""The format that is written."""

_LARGEST = 1 << 21  # bytes of one file
_HELD = 51  # of 256: one in five


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """One kept drawing.

    Attributes:
        id: its name, which begins with the time and never changes.
        label: the digit it is, 0..9.
        time: when it was drawn, with time zone.
        image: (28, 28) uint8, as a network saw it.
        strokes: the strokes it came from, (points, 2), or (points, 3) with the pen's pressure or
            width; none where it came from a picture.
    """

    id: str
    label: int
    time: datetime
    image: NDArray[np.uint8]
    strokes: tuple[Points, ...] = ()

    @property
    def held_back(self) -> bool:
        """True where it is for testing only."""
        return hashlib.sha256(self.id.encode()).digest()[0] < _HELD


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store holds.

    Attributes:
        drawings: the oldest first.
        unreadable: files that are damaged or not drawings; they are left alone.
        newer: files that a newer version of nnviz wrote, left alone too.
    """

    drawings: tuple[Drawing, ...]
    unreadable: tuple[Path, ...] = ()
    newer: tuple[Path, ...] = ()


class _NewerError(ValueError):
    """A file is a drawing that a newer version of nnviz wrote."""


class DrawingStore:
    """The folder of drawings; it need not exist."""

    def __init__(self, folder: Path | None = None) -> None:
        """Look at a folder; the user's own by default."""
        self.folder = folder or paths.data_folder() / "drawings"

    def add(self, label: int, image: ArrayLike, strokes: Sequence[ArrayLike] = ()) -> Drawing:
        """Keep a new drawing of a digit: (28, 28) of 0..1, as a network sees it.

        Strokes are arrays (points, 2) or (points, 3), in any units.

        Raises:
            DataError: it is no digit or blank, or the disk does not take it.
        """
        values = np.asarray(image, dtype=np.float64)
        if values.shape != (SIDE, SIDE) or not np.isfinite(values).all():
            raise DataError(f"A drawing is kept as a picture of {SIDE} × {SIDE} finite numbers.")
        now = datetime.now(UTC)
        drawing = Drawing(
            f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}",
            label,
            now.replace(microsecond=0),
            np.rint(values.clip(0, 1) * 255).astype(np.uint8),
            tuple(np.round(np.asarray(stroke, dtype=np.float64), 3) for stroke in strokes),
        )
        self.put(drawing)
        return drawing

    def put(self, drawing: Drawing) -> None:
        """Keep a drawing under its own name, as when its removal is taken back, or refuse it."""
        if not 0 <= drawing.label < CLASSES:
            raise DataError(f"{drawing.label} is no digit: say which of 0 to 9 the drawing is.")
        if not drawing.image.any():
            raise DataError("There is nothing drawn yet: draw a digit first.")
        write_whole(self._path(drawing.id), _written(drawing))

    def remove(self, ids: Iterable[str]) -> None:
        """Delete drawings; those that are gone already are no error.

        Raises:
            DataError: the system does not delete one.
        """
        for drawing_id in ids:
            with writing(f"{self._path(drawing_id)} cannot be deleted"):
                self._path(drawing_id).unlink(missing_ok=True)

    def kept(self) -> Kept:
        """Read all drawings.

        Raises:
            DataError: the folder cannot be read.
        """
        drawings: list[Drawing] = []
        unreadable: list[Path] = []
        newer: list[Path] = []
        for path in self._files():
            try:
                if special(path):  # a pipe: reading it might never end
                    unreadable.append(path)
                    continue
                drawings.append(_read(path))
            except FileNotFoundError:
                continue  # another window has just removed it
            except _NewerError:
                newer.append(path)
            except (OSError, ValueError, TypeError, KeyError, RecursionError):
                unreadable.append(path)
        return Kept(tuple(drawings), tuple(unreadable), tuple(newer))

    def filled(self) -> bool:
        """Tell whether there are drawings, without reading them."""
        try:
            return bool(self._files())
        except DataError:
            return False

    def _files(self) -> list[Path]:
        with reading(self.folder):
            return sorted(self.folder.glob("[!.]*.json"))

    def _path(self, drawing_id: str) -> Path:
        return self.folder / f"{drawing_id}.json"


def load_drawings(progress: Progress | None = None, store: DrawingStore | None = None) -> Dataset:
    """Return the drawings of a store, the user's own by default, as a data set.

    Returns:
        The drawings that are not held back to train on. To test with: the others once there are
        `ENOUGH`, until then the test part of nnviz's own digits, whose making is told.

    Raises:
        DataError: there is none to train on.
    """
    store = store or DrawingStore()
    drawings = store.kept().drawings
    train = [drawing for drawing in drawings if not drawing.held_back]
    test = [drawing for drawing in drawings if drawing.held_back]
    if not train:
        raise DataError(
            "There are no drawings to train on yet: draw digits on the pad and say what they are."
        )
    enough = len(test) >= ENOUGH
    if enough:
        (x_test, y_test), tested = _arrays(test), f"{len(test)} held back for testing"
    else:
        digits = load_digits(progress=progress)
        x_test, y_test = digits.x_test, digits.y_test
        tested = f"{len(test)} held back, too few to test with: tested on nnviz's own digits"
    x_train, y_train = _arrays(train)
    return Dataset(
        name="drawings",
        x_train=x_train,
        y_train=y_train,
        x_test=x_test,
        y_test=y_test,
        class_names=DIGITS,
        image_shape=(SIDE, SIDE),
        source=f"{store.folder}: {len(train)} own drawings to train on, {tested}",
        pictures=PictureRule(),
        own_tests=enough,
    )


def _arrays(drawings: Sequence[Drawing]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    images = np.stack([drawing.image for drawing in drawings])
    labels = np.array([drawing.label for drawing in drawings])
    return grey(images), one_hot(labels, CLASSES)


def _written(drawing: Drawing) -> bytes:
    points = sum(len(stroke) for stroke in drawing.strokes)
    finite = all(np.isfinite(stroke).all() for stroke in drawing.strokes)
    kept = drawing.strokes if points <= MOST_POINTS and finite else ()
    content = {
        "version": FORMAT,
        "label": int(drawing.label),
        "time": drawing.time.isoformat(),
        "image": base64.b64encode(drawing.image.tobytes()).decode("ascii"),
        "strokes": [stroke.tolist() for stroke in kept],
    }
    return json.dumps(content, allow_nan=False).encode("ascii")


def _read(path: Path) -> Drawing:
    """Read one file.

    Raises:
        OSError, ValueError, TypeError, KeyError, RecursionError: it is no drawing.
    """
    with path.open("rb") as file:
        text = file.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise ValueError("too large")
    content: dict[str, Any] = json.loads(text)
    if type(content["version"]) is int and content["version"] > FORMAT:
        raise _NewerError
    if content["version"] != FORMAT or type(content["label"]) is not int:
        raise ValueError("no drawing")
    label, time = content["label"], datetime.fromisoformat(content["time"])
    if not 0 <= label < CLASSES or time.tzinfo is None:
        raise ValueError("no digit")
    pixels = base64.b64decode(content["image"], validate=True)
    image = np.frombuffer(pixels, dtype=np.uint8).reshape(SIDE, SIDE)
    return Drawing(path.stem, label, time, image, tuple(map(_stroke, content["strokes"])))


def _stroke(rows: Any) -> Points:
    points = np.array(rows, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] not in (2, 3) or not np.isfinite(points).all():
        raise ValueError("no stroke")
    return points
