"""Which way up digits and letters of a data set lie, told by nnviz's own and by printed letters.

Some published ones lie mirrored along the diagonal, as EMNIST's do. A network trains
on them as well as on any, but cannot read what people draw: that is said.
"""

import string
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont, features

from nnviz.data.dataset import Dataset, FloatArray, as_given
from nnviz.data.generator import generate
from nnviz.data.handwriting import prepare
from nnviz.data.idx import DIGITS
from nnviz.data.picture_inputs import scaled
from nnviz.data.picture_windows import averaged

_WRITTEN = 600  # digits that nnviz writes to compare with
_LOOKED_AT = 5000  # examples that are compared
_FEWEST = 3  # digits and letters that must occur
_ALIKE = 0.5  # correlation with turned ones from which they are taken for digits and letters
_AHEAD = 0.15  # by how much that must be larger than with those as people write them
_PRINTED = 60  # height of printed letters

_Turn = Callable[[FloatArray], FloatArray]

_TURNS: dict[str, _Turn] = {
    "": lambda image: image,
    "mirrored along the diagonal, as EMNIST's do": lambda image: image.T,
    "mirrored left to right": lambda image: image[:, ::-1],
    "upside down and mirrored": lambda image: image[::-1],
    "upside down": lambda image: image[::-1, ::-1],
    "turned to the left": lambda image: np.rot90(image),
    "turned to the right": lambda image: np.rot90(image, -1),
    "mirrored along the other diagonal": lambda image: image[::-1, ::-1].T,
}


def with_orientation(dataset: Dataset) -> Dataset:
    """Say in a data set's notes where digits or letters lie otherwise than people write them."""
    lie = orientation(dataset)
    if not lie:
        return dataset
    signs = "".join(_signs(dataset.class_names).values())
    what = "letters" if not any(sign in DIGITS for sign in signs) else "digits"
    what += " and letters" if what == "digits" and not signs.isdigit() else ""
    said = f"its {what} lie {lie}: a network trained on them cannot read drawings"
    return replace(dataset, x_train=as_given(dataset.train_inputs), notes=(*dataset.notes, said))


def orientation(dataset: Dataset) -> str:
    """Say how digits and letters lie; empty where it is as people write them, or there are none."""
    rule, signs = dataset.pictures, _signs(dataset.class_names)
    if dataset.image_shape is None or rule is None or not rule.fill or len(signs) < _FEWEST:
        return ""
    step = -(-len(dataset.train_inputs) // _LOOKED_AT)
    x, labels = dataset.train_inputs[::step], dataset.train_labels[::step]
    pairs = []
    for kind, ways in signs.items():
        own = x[labels == kind]
        if len(own):
            mean = own.mean(axis=0).reshape(dataset.image_shape)
            pairs.append((averaged(scaled(mean), 1), _looks(ways)))
    if len(pairs) < _FEWEST:
        return ""
    likeness = {
        words: float(
            np.mean(
                [max(_correlation(mean, turn(look)) for look in looks) for mean, looks in pairs]
            )
        )
        for words, turn in _TURNS.items()
    }
    best = max(likeness, key=lambda words: likeness[words])
    clear = likeness[best] >= _ALIKE and likeness[best] >= likeness[""] + _AHEAD
    return best if clear else ""


def _signs(names: tuple[str, ...]) -> Mapping[int, str]:
    """Return the digits and letters that classes are, by place; in both cases if these share it."""
    alphabet = string.ascii_uppercase
    if any(names == tuple(map(str, range(first, first + len(alphabet)))) for first in (0, 1)):
        names = tuple(alphabet)  # as EMNIST's letters are numbered
    letters = string.ascii_letters if features.check("freetype2") else ""  # which prints them
    found = {}
    for place, name in enumerate(names):
        if name in DIGITS:
            found[place] = name
        elif len(name) == 1 and name in letters:
            found[place] = name if name.swapcase() in names else name + name.swapcase()
    return found


def _looks(ways: str) -> tuple[FloatArray, ...]:
    """Return how a class may look on average: any of the ways to write it, or all mixed."""
    if ways in DIGITS:
        return (_prototypes()[int(ways)],)
    looks = [_letter(letter) for letter in ways]
    return (*looks, np.mean(looks, axis=0)) if len(looks) > 1 else tuple(looks)


@lru_cache(maxsize=2 * len(string.ascii_letters))
def _letter(letter: str) -> FloatArray:
    """Return a printed letter in MNIST's form, (28, 28)."""
    sheet = Image.new("L", (3 * _PRINTED, 3 * _PRINTED))
    place = (_PRINTED, _PRINTED)
    ImageDraw.Draw(sheet).text(place, letter, 255, ImageFont.load_default(_PRINTED))
    return averaged(prepare(np.asarray(sheet, dtype=np.float32) / np.float32(255)).image, 1)


@lru_cache(maxsize=1)
def _prototypes() -> tuple[FloatArray, ...]:
    """Return the mean of each digit as nnviz writes it, (28, 28)."""
    images, labels = generate(_WRITTEN, np.random.default_rng(0))
    return tuple(
        averaged(images[labels == digit].mean(axis=0).astype(np.float32), 1)
        for digit in range(len(DIGITS))
    )


def _correlation(one: FloatArray, other: FloatArray) -> float:
    a, b = one.ravel() - one.mean(), other.ravel() - other.mean()
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0
