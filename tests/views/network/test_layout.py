import numpy as np
import pytest

from nnviz.views.network.layout import MOST_SHOWN, layout, text_height
from nnviz.views.shared.type_scale import Step, TypeScale

RECIPES = [
    ((784, 30, 10), (28, 28)),
    ((784, 100, 10), (28, 28)),
    ((784, 128, 64, 10), (28, 28)),
    ((784, 10), (28, 28)),
    ((2, 4, 3, 1), None),
    ((40, 300, 3), None),
    ((1, 1), None),
]
FACTORS = [1.0, 1.5, 2.0, 2.5]
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
    assert place.caption.right < place.columns[1].x - place.columns[1].radius


def test_without_room_for_both_lines_the_caption_has_one_where_that_has_room():
    place = layout((784, 30, 10), (28, 28), 1190, 338, scale=TypeScale(2.5))
    assert place.caption.height == place.previous.height > place.unit
    assert place.tile.bottom < place.caption.top < place.caption.bottom <= place.footer.top
    roomy = layout((784, 30, 10), (28, 28), 1190, 900, scale=TypeScale(2.5))
    assert roomy.caption.height == 2 * roomy.previous.height
    assert layout((784, 30, 10), (28, 28), 1190, 200, scale=TypeScale(2.5)).caption.height == 0


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
    assert [column.rest for column in place.columns] == [(), ("+ 84 more", "+84", ""), ()]


def test_text_grows_with_the_view():
    units = [layout((784, 30, 10), (28, 28), *size).unit for size in SIZES]
    assert units == sorted(units)
    assert units[0] >= Step.LABEL.value
    assert units[-1] > 2 * units[0]


@pytest.mark.parametrize("factor", FACTORS)
def test_letters_can_be_read_in_a_small_view_and_shrink_only_in_a_tiny_one(factor):
    scale = TypeScale(factor)
    for width, height in ((433, 265), (600, 620), (1400, 270), (440, 900)):
        assert text_height(factor * width, factor * height, scale) >= scale.px(Step.LABEL)
    assert text_height(factor * 320, factor * 220, scale) == scale.px(Step.CAPTION)
    assert text_height(factor * 4000, factor * 3000, scale) == scale.px(Step.DISPLAY)


@pytest.mark.parametrize(("layers", "shape"), RECIPES)
@pytest.mark.parametrize("factor", [1.5, 2.0, 2.5])
def test_larger_letters_need_a_larger_view_for_the_same_drawing(layers, shape, factor):
    plain = layout(layers, shape, 480, 320)
    large = layout(layers, shape, factor * 480, factor * 320, scale=TypeScale(factor))
    assert large.unit == factor * plain.unit
    for one, other in zip(plain.columns, large.columns, strict=True):
        assert other.x == pytest.approx(factor * one.x, abs=2 * factor)
        assert other.y == pytest.approx(factor * one.y, abs=2 * factor)
        assert other.radius == pytest.approx(factor * one.radius)


@pytest.mark.parametrize("height", [320, 530, 620, 900])
def test_names_beside_a_column_have_room(height):
    place = layout((40, 8, 40), None, 700, height)
    for column, step in ((place.columns[0], Step.BODY), (place.columns[-1], Step.HEADING)):
        size, every = place.lettering(step, column)
        assert Step.LABEL.value <= size <= place.letters(step)
        assert every * column.spacing >= size - 1e-6
        assert every == 1 or (every - 1) * column.spacing < size
