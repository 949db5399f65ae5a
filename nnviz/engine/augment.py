"""Augmentation: pictures seen a little differently each time they are trained on.

Moved, turned, scaled, slanted, warped, with a thinner or a thicker pen: a net
that never sees the same picture twice learns the shape instead of the pixels.
What a step sees depends on the seed and the step alone, so a run can still be
replayed bit for bit. A picture is moved by a map that says, for every pixel,
where in the picture its value comes from, to half a pixel. Drawing such a map
takes longer than training on the picture, so a pool of them is drawn once a
run, and every example of every step gets one of the pool.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.engine.augment_maps import Strengths, draw_maps
from nnviz.engine.plan import Array
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe, RecipeError

POOL = 1024
"""Maps drawn for a run."""
BLOCK = 64
"""Steps whose draws are made together: making a generator takes as long as ten pictures."""
CHUNK = 80
"""Pictures worked on together, so that they stay in the processor's cache."""

WHITE = 8192
"""What 1 is while pictures are worked on: whole numbers of 16 bits are twice as fast."""

Indices = NDArray[np.intp]


def augments(recipe: Recipe) -> bool:
    """Tell whether a recipe varies its pictures at all."""
    return any(strengths(recipe)) or recipe.pen_width > 0


def strengths(recipe: Recipe) -> Strengths:
    """Return how far a recipe moves the pixels of its pictures."""
    return Strengths(recipe.shift, recipe.rotation, recipe.scaling, recipe.slant, recipe.elastic)


def check_pictures(recipe: Recipe, dataset: Dataset) -> None:
    """Refuse to vary examples that are no pictures.

    Raises:
        RecipeError: augmentation is asked for, but the inputs are no grey values.
    """
    if augments(recipe) and dataset.image_shape is None:
        raise RecipeError(
            f"The examples of {dataset.name} are no pictures, so they cannot be shifted, turned or "
            "warped: set all of augmentation to 0."
        )


def preview(recipe: Recipe, dataset: Dataset, index: int, count: int = 12) -> Array:
    """Return variants of one training picture, as training at different steps would see it.

    Args:
        recipe: strengths and seed.
        dataset: where the picture is.
        index: which of its training examples.
        count: how many variants.

    Returns:
        (count, rows, columns) in 0..1; unaltered where the recipe asks for no augmentation.

    Raises:
        RecipeError: augmentation is asked for, but the inputs are no grey values.
    """
    check_pictures(recipe, dataset)
    if dataset.image_shape is None:
        raise RecipeError(f"The examples of {dataset.name} are no pictures: there is no preview.")
    x = np.repeat(dataset.x_train[index : index + 1], count, axis=0).astype(recipe.dtype)
    if augments(recipe):
        Augmenter(recipe, dataset.image_shape, 1).vary(x, step=0)
    return x.reshape(count, *dataset.image_shape)


class Augmenter:
    """Varies the pictures of minibatches in place."""

    def __init__(self, recipe: Recipe, shape: tuple[int, int], size: int) -> None:
        """Draw the pool and make the buffers.

        Args:
            recipe: strengths and seed.
            shape: rows and columns of a picture.
            size: examples in a whole minibatch.
        """
        self._recipe = recipe
        self._size = size
        self._maps = _maps(recipe.seed, strengths(recipe), shape)
        rows, columns = shape
        area = (rows + 2) * (columns + 2)
        # Four planes: the pictures, and the same half a pixel on to the right, down, and both.
        self._planes = np.zeros((4, CHUNK, rows + 2, columns + 2), np.int16)
        self._flipped, self._widest = np.zeros((2, CHUNK * area), np.int16)
        self._plain = np.empty((CHUNK, rows, columns), np.int16)
        self._base: Indices = (np.arange(CHUNK) * area)[:, np.newaxis]
        self._where = np.empty((CHUNK, rows * columns), np.intp)
        self._block = -1
        self._chosen: Indices = np.empty((0, 0), np.intp)
        self._pens: Array = np.empty((0, 0))

    def vary(self, x: Array, step: int) -> None:
        """Vary the pictures of one or more minibatches.

        Args:
            x: (n, inputs), whole minibatches from `step` on, or one short one; changed.
            step: the first minibatch (from 0).
        """
        chosen, pens = self._draws(step, len(x))
        for first in range(0, len(x), CHUNK):
            part = slice(first, first + CHUNK)
            self._vary(x[part], chosen[part], pens[part])

    def _draws(self, step: int, rows: int) -> tuple[Indices, Array]:
        """Return the map and the change of pen, -1..1, of every row, (rows,) each."""
        chosen, pens = [], []
        while rows > 0:
            block, within = divmod(step, BLOCK)
            if block != self._block:
                draw = generator(self._recipe.seed, Purpose.AUGMENT, block)
                self._chosen = draw.integers(POOL, size=(BLOCK, self._size))
                self._pens = draw.uniform(-1, 1, (BLOCK, self._size))
                self._block = block
            chosen.append(self._chosen[within:].ravel()[:rows])
            pens.append(self._pens[within:].ravel()[:rows])
            rows -= len(chosen[-1])
            step += BLOCK - within
        return np.concatenate(chosen), np.concatenate(pens)

    def _vary(self, x: Array, chosen: Indices, pens: Array) -> None:
        count = len(x)
        plain = self._plain[:count]
        flat = plain.reshape(count, -1)
        np.multiply(x, WHITE, out=flat, casting="unsafe")
        self._planes[0, :count, 1:-1, 1:-1] = plain
        if self._recipe.pen_width:
            self._change_pens(self._recipe.pen_width * pens)
        if self._maps is None:
            plain[...] = self._planes[0, :count, 1:-1, 1:-1]
        else:
            self._interpolate()
            where = self._where[:count]
            np.add(self._maps.take(chosen, 0), self._base[:count], out=where)
            # mode="clip" writes straight into the buffer; no place lies outside.
            self._planes.take(where, None, flat, "clip")
        np.multiply(flat, x.dtype.type(1 / WHITE), out=x)

    def _interpolate(self) -> None:
        """Fill the planes that lie half a pixel further."""
        whole, right, down, both = self._planes.reshape(4, -1)
        width = self._planes.shape[-1]
        for source, goal, on in ((whole, right, 1), (whole, down, width), (right, both, width)):
            np.add(source[:-on], source[on:], out=goal[:-on])
            np.right_shift(goal, 1, out=goal)

    def _change_pens(self, change: Array) -> None:
        """Widen (above 0) or narrow strokes in plane 0 by parts of a pixel a side; (count,)."""
        count, width = len(change), self._planes.shape[-1]
        pictures = self._planes[0, :count].reshape(count, -1)
        flipped, widest = self._flipped[: pictures.size], self._widest[: pictures.size]
        # Narrowing the ink is widening the ground: a picture with its sign turned.
        sign = np.where(change < 0, -1, 1).astype(np.int16)[:, np.newaxis]
        np.multiply(pictures, sign, out=flipped.reshape(count, -1))
        widest[...] = flipped
        for on in (1, width):
            np.maximum(widest[on:], flipped[:-on], out=widest[on:])
            np.maximum(widest[:-on], flipped[on:], out=widest[:-on])
        # A neighbour's ink counts less by the part of a pixel that the pen stays away.
        less = np.rint(WHITE * (1 - np.abs(change))).astype(np.int16)[:, np.newaxis]
        grown = widest.reshape(count, -1)
        grown -= less
        np.maximum(widest, flipped, out=widest)
        np.multiply(grown, sign, out=pictures)
        frame = self._planes[0, :count]
        frame[:, 0], frame[:, -1], frame[:, :, 0], frame[:, :, -1] = 0, 0, 0, 0


@lru_cache(maxsize=4)
def _maps(
    seed: int, strengths: Strengths, shape: tuple[int, int]
) -> NDArray[np.integer[Any]] | None:
    """Draw a run's pool, (POOL, pixels); None where pixels stay where they are."""
    if not any(strengths):
        return None
    return draw_maps(generator(seed, Purpose.AUGMENT_POOL), strengths, shape, POOL, CHUNK)
