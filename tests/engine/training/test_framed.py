import numpy as np

from nnviz.data.greys import Greys
from nnviz.engine.training.framed import Framed

PICTURES = np.random.default_rng(0).integers(0, 256, (30, 12), dtype=np.uint8)


class Noting:
    """Makes nothing, and notes what is wanted."""

    done = False

    def __init__(self):
        self.wanted = []

    def write(self, rows, /):
        self.wanted += rows.tolist()


def test_a_picture_is_read_when_it_is_first_taken():
    maker = Noting()
    framed = Framed(Greys(PICTURES.copy(), maker=maker), (3, 4))
    assert maker.wanted == []
    seen = framed.take(np.array([4, 29, 4])).reshape(3, 5, 6)
    assert set(maker.wanted) == {4, 29}
    np.testing.assert_array_equal(seen[:, 1:-1, 1:-1].reshape(3, 12), PICTURES[[4, 29, 4]])
    maker.wanted.clear()
    framed.take(np.array([29, 4, 5]))
    assert maker.wanted == [5]


def test_it_is_written_where_it_is_wanted_and_a_row_behind_all_means_the_last():
    framed = Framed(PICTURES.astype(np.float32) / np.float32(255), (3, 4))
    out = np.full((2, 30), 7, np.uint8)
    assert framed.take(np.array([99, 0]), out) is out
    np.testing.assert_array_equal(
        out.reshape(2, 5, 6)[:, 1:-1, 1:-1].reshape(2, 12), PICTURES[[29, 0]]
    )
    assert not out.reshape(2, 5, 6)[:, 0].any()
