"""Augmentation: pictures seen a little differently each time they are trained on.

Moved, turned, scaled, slanted, warped, with a thinner or a thicker pen: a net
that never sees the same picture twice learns the shape instead of the pixels.
What a step sees depends on the seed and the step alone, so a run can still be
replayed bit for bit. A picture is moved by a map that says, for every pixel,
where in the picture its value comes from, to half a pixel. Drawing such a map
takes longer than training on the picture, so a pool of them is drawn once a
run. Pictures come in an order that is shuffled afresh each epoch, so they simply
take the maps of the pool in turn, and no index is computed while training.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.engine.ops import Array
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe, RecipeError, settings
from nnviz.engine.training.augment_maps import Pool, Strengths
from nnviz.engine.training.framed import Framed, Grey

BLOCK = 256
"""Steps whose draws are made together: making a generator takes as long as ten pictures."""
CHUNK = 160
"""Pictures whose pens are changed together."""
PLACES = 80
"""Places for pictures that are moved together: few enough for the processor's cache."""
POOL = 12 * PLACES
"""Maps drawn for a run."""

LEVEL = 32
"""What one of 255 grey levels is while pictures are worked on, in whole numbers of 16 bits."""
WHITE = 255 * LEVEL

USUAL = {name: setting.usual for name, setting in settings().items() if setting.usual}
"""Strengths by recipe field that suit handwritten digits of 28 × 28 pixels."""

Indices = NDArray[np.intp]
Whole = NDArray[np.int16]


def augments(recipe: Recipe) -> bool:
    """Tell whether a recipe varies its pictures at all."""
    return any(strengths(recipe)) or recipe.pen_width > 0


def strengths(recipe: Recipe) -> Strengths:
    """Return how far a recipe moves the pixels of its pictures."""
    return Strengths(recipe.shift, recipe.rotation, recipe.scaling, recipe.slant, recipe.elastic)


def varied(recipe: Recipe) -> Recipe:
    """Return a recipe with augmentation of the usual strengths."""
    strengths: dict[str, Any] = USUAL
    return replace(recipe, **strengths)


def unvaried(recipe: Recipe) -> Recipe:
    """Return a recipe without augmentation."""
    strengths: dict[str, Any] = dict.fromkeys(USUAL, 0.0)
    return replace(recipe, **strengths)


def check_pictures(recipe: Recipe, dataset: Dataset) -> None:
    """Refuse to vary examples whose inputs are no grey values, as a `RecipeError`."""
    if augments(recipe) and dataset.image_shape is None:
        raise RecipeError(
            f"The examples of {dataset.name} are no pictures, so they cannot be shifted, turned or "
            "warped: set all of augmentation to 0."
        )


def variants(recipe: Recipe, picture: Array, shape: tuple[int, int], count: int = 12) -> Array:
    """Return variants of one picture (inputs,), as training at different steps would see it.

    Returns:
        (count, rows, columns) in 0..1; unaltered where the recipe asks for no augmentation.
    """
    x = np.repeat(picture[np.newaxis], count, axis=0).astype(recipe.dtype)
    if augments(recipe):
        augmenter = Augmenter(recipe, Framed(picture[np.newaxis], shape), 1, most=count)
        augmenter.vary(np.zeros(count, np.intp), 0, x)
    return x.reshape(count, *shape)


class Augmenter:
    """Varies pictures on their way into minibatches."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Framed,
        size: int,
        *,
        most: int = POOL,
        taught: Framed | None = None,
    ) -> None:
        """Make maps and buffers.

        Args:
            recipe: strengths and seed.
            pictures: to be varied.
            size: examples in a whole minibatch.
            most: how many pictures will be varied, if only the first ones are.
            taught: pictures trained on as well, that rows behind all others mean, by turns.
        """
        self._recipe = recipe
        self._pictures, self._taught = pictures, taught
        self._size = size
        height, width = pictures.shape
        rows, columns = height - 2, width - 2
        self._grey, self._widest = np.zeros((2, CHUNK, height * width), np.uint8)
        # Four planes: the pictures, and the same half a pixel on to the right, down, and both.
        self._planes = np.zeros((4, PLACES, height, width), np.int16)
        self._plain = np.empty((PLACES, rows * columns), np.int16)
        self._block = -1
        self._pens: Array = np.empty((0, 0))
        self._maps = _maps(recipe.seed, strengths(recipe), (rows, columns), min(most, POOL))

    def vary(self, rows: Indices, step: int, x: Array) -> None:
        """Write the pictures of one or more minibatches, varied, to x, (n, inputs).

        Rows say which, (n,): whole minibatches from a step on (from 0), or one short one.
        """
        pens = self._draws(step, len(x)) if self._recipe.pen_width else None
        turn = step * self._size  # how many pictures came before this one
        for first in range(0, len(x), CHUNK):
            part = slice(first, first + CHUNK)
            goal = x[part]
            grey = self._pictures.take(rows[part], self._grey[: len(goal)])
            if self._taught is not None:
                behind = rows[part] - len(self._pictures)
                places = np.flatnonzero(behind >= 0)
                grey[places] = self._taught.take(behind[places] % len(self._taught))
            if pens is not None:
                self._change_pens(grey, self._recipe.pen_width * pens[part])
            begin = 0
            while begin < len(goal):
                end = begin + PLACES - turn % PLACES
                self._move(grey[begin:end], turn % POOL, goal[begin:end])
                turn += len(goal[begin:end])
                begin = end

    def _draws(self, step: int, rows: int) -> Array:
        """Return the change of pen of every row, -1..1, (rows,)."""
        pens = []
        while rows > 0:
            block, within = divmod(step, BLOCK)
            if block != self._block:
                draw = generator(self._recipe.seed, Purpose.AUGMENT, block)
                self._pens = draw.uniform(-1, 1, (BLOCK, self._size))
                self._block = block
            pens.append(self._pens[within:].ravel()[:rows])
            rows -= len(pens[-1])
            step += BLOCK - within
        return np.concatenate(pens)

    def _move(self, grey: Grey, turn: int, x: Array) -> None:
        """Move pictures into `x` by neighbouring maps of the pool, `turn` and so on."""
        place = turn % PLACES
        planes, plain = self._planes[:, place : place + len(grey)], self._plain[: len(grey)]
        np.multiply(grey, np.int16(LEVEL), out=planes[0].reshape(grey.shape))
        if self._maps is None:
            plain[...] = planes[0, :, 1:-1, 1:-1].reshape(plain.shape)
        else:
            _interpolate(planes)
            self._planes.take(self._maps[turn : turn + len(grey)], None, plain, "clip")
        np.multiply(plain, x.dtype.type(1 / WHITE), out=x)

    def _change_pens(self, grey: Grey, change: Array) -> None:
        """Widen (above 0) or narrow the strokes of framed pictures by parts of a pixel a side."""
        count, width = len(grey), self._planes.shape[-1]
        # Narrowing the ink is widening the ground: a picture with black and white exchanged.
        exchange = np.where(change < 0, 255, 0).astype(np.uint8)[:, np.newaxis]
        np.bitwise_xor(grey, exchange, out=grey)
        grown = self._widest[:count]
        flat, widest = grey.reshape(-1), grown.reshape(-1)
        np.maximum(flat[2:], flat[:-2], out=widest[1:-1])
        np.maximum(widest[width:], flat[:-width], out=widest[width:])
        np.maximum(widest[:-width], flat[width:], out=widest[:-width])
        # A neighbour's ink counts less by the part of a pixel that the pen stays away.
        less = np.rint(255 * (1 - np.abs(change))).astype(np.uint8)[:, np.newaxis]
        np.maximum(grown, less, out=grown)
        grown -= less
        np.maximum(flat, widest, out=flat)
        np.bitwise_xor(grey, exchange, out=grey)
        frame = grey.reshape(count, -1, width)
        frame[:, 0], frame[:, -1], frame[:, :, 0], frame[:, :, -1] = 0, 0, 0, 0


def _interpolate(planes: Whole) -> None:
    """Fill the planes that lie half a pixel further, (4, count, rows + 2, columns + 2)."""
    whole, right, down, both = (plane.reshape(-1) for plane in planes)
    width = planes.shape[-1]
    for source, goal, on in ((whole, right, 1), (whole, down, width), (right, both, width)):
        np.add(source[:-on], source[on:], out=goal[:-on])
        np.right_shift(goal, 1, out=goal)


@lru_cache(maxsize=2)
def _pool(seed: int, shape: tuple[int, int]) -> Pool:
    return Pool(generator(seed, Purpose.AUGMENT_POOL), shape, POOL)


@lru_cache(maxsize=2)
def _maps(seed: int, far: Strengths, shape: tuple[int, int], count: int) -> Indices | None:
    """Make the first maps of a run's pool, (count, pixels); None where no pixel moves."""
    return _pool(seed, shape).maps(far, PLACES, count) if any(far) else None
