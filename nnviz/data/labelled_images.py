"""Images with labels as a data set: what IDX files and archives of arrays have in common.

Images are grey values of any number format, labels are whole numbers of any; what the
labels are called is said by a file of names, or they are called by their numbers.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnviz.data.class_names import Names
from nnviz.data.dataset import MOST_CLASSES, DataError, Dataset, as_given, one_hot
from nnviz.data.description import PictureRule
from nnviz.data.greys import compact, greys_of
from nnviz.data.idx import CLASSES, DIGITS, LARGEST, Numbers
from nnviz.data.overlap import apart, held_back
from nnviz.data.picture_inputs import SAMPLE, ground, rule_of
from nnviz.dataclass import dataclass
from nnviz.numbers import write


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Images and their labels.

    Attributes:
        images: (n, rows, columns).
        labels: (n,).
        images_name, labels_name: what messages call the two.
    """

    images: Numbers
    labels: Numbers
    images_name: str
    labels_name: str


def labelled_images(
    train: Part,
    test: Part | None,
    *,
    name: str,
    source: str,
    notes: tuple[str, ...] = (),
    names: Names,
    pictures: PictureRule | None = None,
    seed: int = 0,
) -> Dataset:
    """Make a data set of images with labels.

    Args:
        train: to train on.
        test: to test with; where there is none the seed says which of `train` are held back.
        name: the data set's name.
        source: where they are from, for people.
        notes: what else is worth knowing, for people.
        names: what labels stand for; none for digits, or numbers where there are more than ten.
        pictures: how a raw picture becomes an input; judged by the images where it is None.
        seed: the same seed holds the same images back.

    Raises:
        DataError: they are no grey images with labels, or do not belong together.
    """
    parts = [train] if test is None else [train, test]
    for part in parts:
        _check(part)
    if test is not None and train.images.shape[1:] != test.images.shape[1:]:
        raise DataError(
            f"{train.images_name} has images of {_size(train)} but {test.images_name} of "
            f"{_size(test)}: they belong to different data sets."
        )
    labels = [_whole(part) for part in parts]
    values, class_names = _classes(labels, parts, names)
    kinds = [np.searchsorted(values, part) for part in labels]
    black, white = _span(parts)
    turn = pictures is None and _dark_on_light(train.images, black, white)
    inputs = [
        greys_of(part.images.reshape(len(part.images), -1), black, white, turn=turn)
        for part in parts
    ]
    if turn:
        notes = ("its pictures are dark on light and turned to light on dark", *notes)
    if test is None:
        rows, held = apart(inputs[0], kinds[0].astype(np.intp), seed)
        inputs, kinds = [inputs[0][rows], inputs[0][held]], [kinds[0][rows], kinds[0][held]]
        source += f"; {held_back(rows, held)}"
    shape = (int(train.images.shape[1]), int(train.images.shape[2]))
    sample = inputs[0][:: -(-len(inputs[0]) // SAMPLE)].reshape(-1, *shape)
    rule = pictures or rule_of(sample, turn=turn, white=white)
    from nnviz.data.orientation import with_orientation  # with Pillow, once there are pictures

    return with_orientation(
        Dataset(
            name=name,
            x_train=as_given(compact(inputs[0])),
            y_train=one_hot(kinds[0], len(values)),
            x_test=inputs[1],
            y_test=one_hot(kinds[1], len(values)),
            class_names=class_names,
            image_shape=shape,
            source=source,
            notes=notes,
            pictures=replace(rule, white=white, offset=black),
        )
    )


def _check(part: Part) -> None:
    if part.images.ndim == 1 and part.labels.ndim == 3:
        raise DataError(
            f"{part.images_name} holds labels and {part.labels_name} holds images: exchange the "
            "two names."
        )
    for name, array, dimensions, what in (
        (part.images_name, part.images, 3, "images (magic 2051)"),
        (part.labels_name, part.labels, 1, "labels (magic 2049)"),
    ):
        if array.ndim != dimensions:
            raise DataError(
                f"{name} has magic {2048 + array.ndim} where {what} are expected: "
                "give the right file that name."
            )
        if array.size == 0:
            raise DataError(f"{name} holds no examples: give a file that does.")
    if len(part.images) != len(part.labels):
        raise DataError(
            f"{part.images_name} has {len(part.images)} images but {part.labels_name} has "
            f"{len(part.labels)} labels: they do not belong together; download both again."
        )
    if part.images.size > LARGEST:
        raise DataError(
            f"{part.images_name} has more pixels than nnviz takes: give fewer or smaller images."
        )


def _whole(part: Part) -> NDArray[np.int64]:
    """Return labels as whole numbers, whatever format they were written in."""
    labels = part.labels
    if labels.dtype.kind not in "iufb":
        raise DataError(f"{part.labels_name} holds no numbers: give labels that are whole numbers.")
    numbers = labels.astype(np.float64)
    if not np.isfinite(numbers).all() or (numbers != np.rint(numbers)).any():
        raise DataError(f"{part.labels_name} holds fractions: give labels that are whole numbers.")
    if np.abs(numbers).max() > 1 << 53:
        raise DataError(f"{part.labels_name} holds numbers too large for labels: check the file.")
    return numbers.astype(np.int64)


def _classes(
    labels: list[NDArray[np.int64]], parts: list[Part], known: Names
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the labels that are classes, rising, and what each is called."""
    used = np.unique(np.concatenate(labels))
    if not known and used[0] >= 0 and used[-1] < CLASSES:
        known = dict(enumerate(DIGITS))
    values = np.array(sorted(set(known) | set(used.tolist())), dtype=np.int64)
    if len(values) > MOST_CLASSES:
        worst = max(range(len(parts)), key=lambda place: len(np.unique(labels[place])))
        raise DataError(
            f"{parts[worst].labels_name} has {len(used)} different labels, {used[0]} to "
            f"{used[-1]}, more than nnviz takes as classes ({MOST_CLASSES}): give a data set of "
            "fewer."
        )
    if len(values) < 2:
        raise DataError(
            f"{parts[0].labels_name} has the label {used[0]} alone: give a data set of at least "
            "two classes."
        )
    return values, tuple(known.get(int(value), str(value)) for value in values)


def _span(parts: list[Part]) -> tuple[float, float]:
    """Return the value of black and how far above it white is.

    Black is 0, and white is 1 for fractions and black and white, 16, else that of the bits; where
    values begin below 0 they are from −1 to 1 and the like, as in tables.
    """
    least = largest = 0.0
    for part in parts:
        if part.images.dtype.kind not in "iufb":
            raise DataError(f"{part.images_name} holds no numbers: give grey images.")
        low, high = float(part.images.min()), float(part.images.max())
        if np.isfinite(low) and np.isfinite(high):
            least, largest = min(least, low), max(largest, high)
        else:
            raise DataError(
                f"{part.images_name} has values that are not finite: give images whose pixels "
                "are all numbers."
            )
    if least < 0:
        rows = parts[0].images.reshape(len(parts[0].images), -1)
        from nnviz.data.table_pictures import shifted  # seldom

        if found := shifted(rows, least, largest):
            return found
        raise DataError(
            f"{parts[0].images_name} has values from {write(least)} to {write(largest)}, which are "
            "no grey values: give images that are not scaled yet."
        )
    white = next((white for white in (1.0, 16.0, 255.0, 65_535.0) if largest <= white), largest)
    return 0.0, white


def _dark_on_light(images: Numbers, black: float, white: float) -> bool:
    """Tell whether most images are dark on plain light ground."""
    sample = (images[:: -(-len(images) // SAMPLE)] - np.float32(black)) / np.float32(white)
    judged = [ground(image.astype(np.float32)) for image in sample]
    return bool(np.mean([even and middle > 0.5 for middle, even in judged]) > 0.5)


def _size(part: Part) -> str:
    return f"{part.images.shape[1]} × {part.images.shape[2]}"
