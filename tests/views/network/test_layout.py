import numpy as np
import pytest

from nnviz.views.network.layout import MOST_SHOWN, READABLE, layout, lettering, text_height

RECIPES = [
    ((784, 30, 10), (28, 28)),
    ((784, 100, 10), (28, 28)),
    ((784, 128, 64, 10), (28, 28)),
    ((784, 10), (28, 28)),
    ((2, 4, 3, 1), None),
    ((40, 300, 3), None),
    ((1, 1), None),
]
SIZES = [(480, 320), (850, 530), (1240, 760), (1400, 900)]


@pytest.mark.parametrize(("layers", "shape"), RECIPES)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_stands_inside_and_apart(layers, shape, width, height):
    place = layout(layers, shape, width, height)
    assert len(place.columns) == len(layers)
    for column, size in zip(place.columns, layers, strict=True):
        assert column.size == size
        assert column.x - column.radius >= 0
        assert column.x + column.radius < width
        assert column.y[0] - column.radius > place.heading
        assert column.y[-1] + column.radius < place.footer.top
    for column in place.columns[1:]:
        assert column.shown == min(column.size, MOST_SHOWN)
        assert 2 * column.radius < column.spacing
    x = [column.x for column in place.columns]
    assert np.all(np.diff(x) > 3 * place.unit)
    assert place.columns[-1].x + place.columns[-1].radius < place.names < place.bars.left
    assert place.bars.right <= width
    assert place.caption.bottom <= place.footer.top


def test_a_picture_is_a_tile_and_each_pixel_has_a_place_of_its_own():
    place = layout((784, 30, 10), (28, 28), 850, 530)
    assert place.tile is not None
    inputs = place.columns[0]
    assert inputs.shown == 784
    assert inputs.radius == 0
    assert len(np.unique(inputs.y)) == 784
    row = (inputs.y - place.tile.top) / (place.tile.height / 28)
    assert np.array_equal(row.astype(int), np.repeat(np.arange(28), 28))


def test_neurons_that_are_not_drawn_are_counted():
    place = layout((784, 116, 10), (28, 28), 850, 530)
    assert [column.rest for column in place.columns] == ["", "+ 84 more", ""]


def test_text_grows_with_the_view():
    units = [layout((784, 30, 10), (28, 28), *size).unit for size in SIZES]
    assert units == sorted(units)
    assert units[0] >= READABLE
    assert units[-1] > 2 * units[0]


def test_letters_can_be_read_in_a_small_view_and_shrink_only_in_a_tiny_one():
    for size in ((433, 265), (600, 620), (1400, 270), (440, 900)):
        assert text_height(*size) >= READABLE
    assert text_height(320, 220) == 9


@pytest.mark.parametrize("height", [320, 530, 620, 900])
def test_names_beside_a_column_have_room(height):
    place = layout((40, 8, 40), None, 700, height)
    for column, largest in ((place.columns[0], 1.0), (place.columns[-1], 1.35)):
        size, every = lettering(largest * place.unit, column)
        assert READABLE <= size <= largest * place.unit
        assert every * column.spacing >= 0.95 * size
        assert every == 1 or (every - 1) * column.spacing < 0.95 * size
