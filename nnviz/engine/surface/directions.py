"""The directions a cost surface is spanned by, and where other parameters stand to them.

A plane through the live net's parameters θ holds the points θ + α·d₁ + β·d₂.
The directions are single parameters, random ones normalised neuron by neuron
(Li et al., Visualizing the Loss Landscape of Neural Nets, 2018), or those along
which training went: the principal components of the way to θ. Any other
parameters have their nearest point in the plane and a distance from it, so that
they are that point plus the directions times their coordinates plus a rest.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.network import views
from nnviz.engine.ops import Array, frozen
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """One or two directions in the space of all parameters.

    Attributes:
        indices: entries of theta where each direction is a single parameter, else empty.
        vectors: the directions otherwise, (axes, parameters), read-only; no rows where
            `indices` say it all.
        explained: the share of the way's squared distances from the present that lies along
            each direction, (axes,), for principal components; else empty.
    """

    indices: tuple[int, ...]
    vectors: Array
    explained: tuple[float, ...] = ()

    @property
    def count(self) -> int:
        """How many directions there are: 1 or 2."""
        return len(self.indices) or len(self.vectors)

    def nearest(self, offsets: Array) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find the plane's nearest points to some parameters.

        Args:
            offsets: parameters minus those at the plane's origin, (points, parameters);
                written over with what remains beside the plane.

        Returns:
            Their coordinates, (points, axes), and distances from the plane, (points,).
        """
        with np.errstate(all="ignore"):
            if self.indices:
                chosen = list(self.indices)
                at = offsets[:, chosen].astype(np.float64)
                offsets[:, chosen] = 0
            else:
                at = self.coordinates(offsets)
                np.subtract(offsets, at.astype(offsets.dtype) @ self.vectors, offsets)
            # The length of every row; few calls, since each may hold up another thread.
            squares = np.einsum("ij,ij->i", offsets, offsets)
            return at, np.sqrt(squares.astype(np.float64))

    def coordinates(self, offsets: Array) -> NDArray[np.float64]:
        """Return the coordinates along vectors of offsets from the origin, (points, axes)."""
        return np.asarray((offsets @ self.vectors.T).astype(np.float64) @ self._solver())

    def _solver(self) -> Array:
        """Return what turns products with the directions into coordinates, (axes, axes)."""
        products = (self.vectors @ self.vectors.T).astype(np.float64)
        return np.linalg.pinv(products) if np.isfinite(products).all() else products * np.nan


def parameter_axes(recipe: Recipe, indices: Sequence[int]) -> Axes:
    """Return the directions of single parameters.

    Raises:
        IndexError: theta has no such entry.
    """
    for index in indices:
        if not 0 <= index < recipe.parameters:
            raise IndexError(f"theta has {recipe.parameters} entries, so there is no {index}")
    return Axes(tuple(indices), frozen(np.zeros((0, recipe.parameters), recipe.dtype)))


def random_axes(recipe: Recipe, theta: Array, seed: int) -> Axes:
    """Draw two random directions, normalised neuron by neuron.

    Each direction's weights into a neuron are scaled to the norm of that neuron's own, and
    the directions of biases are zero, so that one unit means as much in every layer (Li et
    al. 2018, "filter normalization", section 4). The same seed has the same directions but
    for the norms.
    """
    vectors = np.zeros((2, recipe.parameters), recipe.dtype)
    draw = generator(seed, Purpose.DIRECTIONS)
    weights, _ = views(recipe, theta)
    for vector in vectors:
        for drawn, own in zip(views(recipe, vector)[0], weights, strict=True):
            sample = draw.standard_normal(drawn.shape)
            with np.errstate(all="ignore"):
                norms = np.linalg.norm(own.astype(np.float64), axis=0)
                drawn[...] = sample * (norms / np.linalg.norm(sample, axis=0))
    return Axes((), frozen(vectors))


def principal_axes(offsets: Array, before: Axes | None = None) -> Axes:
    """Find the two directions along which parameters moved most on their way to the present.

    They are the first two right singular vectors of the way's parameters minus the present
    ones (Li et al. 2018, section 7): of all planes through the present theirs is nearest to
    the way. Where the way has no second direction, or none at all, another is taken that
    explains nothing.

    Args:
        offsets: parameters along the way minus the present ones, (points, parameters), the
            earliest first; those that are not finite are left out.
        before: axes found a moment ago: signs are chosen so that the new ones point the same
            way. Without them the way begins on the negative side of both.

    Returns:
        Two orthonormal directions with the share that each explains.
    """
    # There are far fewer points than parameters, so their products hold all that is needed.
    with np.errstate(all="ignore"):
        products = (offsets @ offsets.T).astype(np.float64)
    good = np.isfinite(products.diagonal())
    if not good.all():
        offsets, products = offsets[good], products[good][:, good]
    sizes, mixes = np.linalg.eigh(products) if len(offsets) else (np.zeros(0), products)
    sizes, mixes = sizes[::-1][:2], mixes[:, ::-1][:, :2]
    total = float(products.trace())
    count = sum(bool(size > _negligible(offsets) * total) for size in sizes)
    vectors = np.zeros((2, offsets.shape[1]))
    vectors[:count] = mixes[:, :count].T.astype(offsets.dtype) @ offsets
    explained = [float(size) / total for size in sizes[:count]] + [0.0] * (2 - count)
    for axis, vector in enumerate(vectors):
        if axis == count or axis == 1:  # twice as orthogonal as rounding leaves it
            vector[:] = _upright(vectors[:axis], vector, axis)
        vector /= max(float(np.linalg.norm(vector)), np.finfo(float).tiny)
        if before is not None and len(before.vectors) == 2:
            agrees = float(before.vectors[axis].astype(np.float64) @ vector)
        else:
            agrees = -float(vector @ offsets[0]) if len(offsets) else 1.0
        if agrees < 0:
            vector *= -1
    return Axes((), frozen(vectors.astype(offsets.dtype)), tuple(explained))


def _negligible(offsets: Array) -> float:
    """Return the share of the way that rounding cannot tell from nothing."""
    return 100 * float(np.finfo(offsets.dtype).eps)


def _upright(taken: Array, vector: Array, seed: int) -> Array:
    """Return what of a vector is at right angles to the orthonormal vectors taken, (parameters,).

    If it is zero a random one takes its place, which the seed decides.
    """
    if not vector.any():
        vector = np.random.default_rng(seed).standard_normal(vector.shape)
    for _ in range(2):  # twice, for what rounding left the first time
        vector = vector - (taken @ vector) @ taken
    return vector
