"""The directions a cost surface is spanned by, and where other parameters stand to them.

A plane through the live net's parameters θ holds the points θ + α·d₁ + β·d₂.
The directions are single parameters, random ones normalised neuron by neuron
(Li et al., Visualizing the Loss Landscape of Neural Nets, 2018), or those along
which training went: the principal components of the way to θ. Any other
parameters have their nearest point in the plane and a distance from it, so that
they are that point plus the directions times their coordinates plus a rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.network import views
from nnviz.engine.plan import Array
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe

NEGLIGIBLE = 1e-10
"""Share of a trajectory's squared distances that is told from nothing in double precision."""


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

    def moved(self, theta: Array, by: Sequence[float]) -> Array:
        """Return the parameters at a point of the plane, (parameters,), a copy.

        Args:
            theta: where the plane's origin is, (parameters,).
            by: how far along each direction, (axes,).
        """
        there = theta.copy()
        for index, amount in zip(self.indices, by, strict=False):
            there[index] += amount
        for vector, amount in zip(self.vectors, by, strict=False):
            there += there.dtype.type(amount) * vector
        return there

    def along(self, gradient: Array) -> NDArray[np.float64]:
        """Return the slope along each direction, d·∂C/∂θ, (axes,)."""
        if self.indices:
            return gradient[list(self.indices)].astype(np.float64)
        return np.asarray(self.vectors @ gradient, np.float64)

    def nearest(self, offsets: Sequence[Array]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find the plane's nearest points to some parameters.

        Args:
            offsets: parameters minus those at the plane's origin, (parameters,) each; written
                over with what remains beside the plane.

        Returns:
            Their coordinates, (points, axes), and distances from the plane, (points,).
        """
        at, distance = np.zeros((len(offsets), self.count)), np.zeros(len(offsets))
        inverse = np.linalg.pinv(self.vectors @ self.vectors.T) if len(self.vectors) else None
        with np.errstate(all="ignore"):
            for row, rest in enumerate(offsets):
                if inverse is None:
                    chosen = list(self.indices)
                    at[row] = rest[chosen]
                    rest[chosen] = 0
                else:
                    at[row] = inverse @ (self.vectors @ rest)
                    rest -= at[row].astype(rest.dtype) @ self.vectors
                distance[row] = np.sqrt(np.dot(rest, rest))
        return at, distance


def parameter_axes(recipe: Recipe, indices: Sequence[int]) -> Axes:
    """Return the directions of single parameters.

    Raises:
        IndexError: theta has no such entry.
    """
    for index in indices:
        if not 0 <= index < recipe.parameters:
            raise IndexError(f"theta has {recipe.parameters} entries, so there is no {index}")
    return Axes(tuple(indices), _frozen(np.zeros((0, recipe.parameters), recipe.dtype)))


def random_axes(recipe: Recipe, theta: Array, seed: int) -> Axes:
    """Draw two random directions, normalised neuron by neuron.

    Each direction's weights into a neuron are scaled to the norm of that neuron's own, and
    the directions of biases are zero, so that one unit means as much in every layer (Li et
    al. 2018, "filter normalization", section 4).

    Args:
        recipe: of the network.
        theta: its parameters, (parameters,).
        seed: decides the draw; the same seed has the same directions but for the norms.
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
    return Axes((), _frozen(vectors))


def principal_axes(theta: Array, way: Sequence[Array], before: Axes | None = None) -> Axes:
    """Find the two directions along which parameters moved most on their way to the present.

    They are the first two right singular vectors of the matrix whose rows are the way's
    parameters minus the present ones (Li et al. 2018, section 7); among all planes through
    the present theirs is nearest to the way. Where the way has no second direction, or none
    at all, another is taken that explains nothing.

    Args:
        theta: the present parameters, (parameters,).
        way: parameters along the way, (parameters,) each; those that are not finite are left out.
        before: axes found a moment ago: signs are chosen so that the new ones point the same
            way. Without them the way begins on the negative side of both.

    Returns:
        Two orthonormal directions with the share that each explains.
    """
    origin = theta.astype(np.float64)
    rows = np.array([part for part in way if np.isfinite(part).all()], np.float64)
    rows = rows.reshape(-1, len(theta)) - origin
    # There are far fewer rows than parameters, so their products hold all that is needed.
    sizes, mixes = np.linalg.eigh(rows @ rows.T) if len(rows) else (np.zeros(0), rows)
    total = float(np.maximum(sizes, 0).sum())
    vectors, explained = np.zeros((2, len(theta))), [0.0, 0.0]
    for axis in range(2):
        size = float(sizes[-1 - axis]) if axis < len(sizes) else 0.0
        if size > NEGLIGIBLE * total:
            vectors[axis] = mixes[:, -1 - axis] @ rows / np.sqrt(size)
            explained[axis] = size / total
        else:
            vectors[axis] = _another(vectors[:axis], axis)
        if before is not None and len(before.vectors) == 2:
            agrees = float(before.vectors[axis].astype(np.float64) @ vectors[axis])
        else:
            agrees = -float(vectors[axis] @ rows[0]) if len(rows) else 1.0
        if agrees < 0:
            vectors[axis] *= -1
    return Axes((), _frozen(vectors.astype(theta.dtype)), tuple(explained))


def _another(taken: Array, seed: int) -> Array:
    """Return a unit vector at right angles to those taken, (parameters,)."""
    size = taken.shape[1]
    drawn = np.random.default_rng(seed).standard_normal((size,))
    for _ in range(2):  # twice, for what rounding left the first time
        drawn = drawn - (taken @ drawn) @ taken
    norm = float(np.linalg.norm(drawn))
    return np.asarray(drawn / norm if norm > 1e-6 else np.zeros(size))


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array
