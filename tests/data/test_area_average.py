import numpy as np
import pytest

from nnviz.data.area_average import average_squares

RNG = np.random.default_rng(0)


def means(canvas, start, side, box):
    """Average one axis of a canvas the long way: a matrix of overlaps."""
    edges = start + side / box * np.arange(box + 1)
    pixel = np.arange(len(canvas))
    low, high = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    overlap = np.minimum(high, pixel + 1) - np.maximum(low, pixel)
    return np.maximum(overlap, 0) @ canvas * box / side


@pytest.mark.parametrize(
    ("size", "box"), [(40, 20), (40, 28), (28, 20), (97, 20), (10, 20), (200, 3)]
)
def test_squares_are_averaged(size, box):
    canvases = RNG.random((5, size, size + 3), dtype=np.float32)
    side = np.array([1, size // 3, size // 2, size - 1, size])
    down, across = RNG.integers(0, 2 * size, (2, 5)) - side  # some reach out of the canvas
    found = average_squares(canvases, down, across, side, box)
    assert (found.shape, found.dtype) == ((5, box, box), np.float32)
    for nth in range(5):
        rows = means(canvases[nth].astype(float), down[nth] / 2, side[nth], box)
        wanted = means(rows.T, across[nth] / 2, side[nth], box).T
        np.testing.assert_allclose(found[nth], wanted, atol=1e-4)  # edges are float32


def test_none_at_all():
    none = np.zeros(0, np.intp)
    assert average_squares(np.zeros((0, 40, 40), np.float32), none, none, none, 20).size == 0
