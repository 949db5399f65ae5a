"""The grid of thumbnails: what is painted where, by real clicks, keys and wheel."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, THEMES, rgb
from nnviz.views.shared.picture_cache import TOGETHER, PictureCache
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.shared.tile_content import Thumbnails, Word
from nnviz.views.shared.tile_layout import pictures, rows_of_text
from nnviz.views.shared.type_scale import FACTORS, Step, TypeScale
from tests.views.grabbing import pixels

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Desk:
    """A grid, and what it said; the pictures are plain, the one at place n of grey n % 256."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.chosen, self.opened, self.made, self.changes = [], [], [], []

    def open(self, count=100, size=(300, 200), factor=1.0, theme=DARK, shape=(4, 4), **how):
        self.panel = QWidget()
        self.qtbot.addWidget(self.panel)
        self.panel.resize(1000, 800)
        self.grid = grid = ThumbnailGrid("Pictures", self.panel, **how)
        self.dress(factor, theme)
        grid.resize(*size)
        grid.chosen.connect(self.chosen.append)
        grid.opened.connect(self.opened.append)
        grid.selection_changed.connect(lambda: self.changes.append(grid.selected))
        grid.show_thumbnails(self.thumbnails(count, shape))
        self.panel.show()
        self.qtbot.waitExposed(self.panel)
        return grid

    def dress(self, factor, theme=DARK):
        scale = TypeScale(factor)
        self.grid.dress(scaled(theme, scale), scale.font(QFont(), Step.BODY))

    def thumbnails(self, count, shape, **more):
        def greys(places):
            self.made.extend(places)
            return np.array([np.full(shape, place % 256, np.uint8) for place in places])

        return Thumbnails(count, greys, tip=lambda place: f"number {place}", **more)

    def click(self, place, held=Qt.KeyboardModifier.NoModifier):
        where = self.grid.picture(place).center().toPoint()
        self.qtbot.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, held, where)

    def press(self, *keys, held=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(self.grid, key, held)


def scaled(theme, scale):
    return replace(theme, scale=scale)


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def grey_at(grid, place):
    centre = grid.picture(place).center().toPoint()
    return int(pixels(grid.viewport())[centre.y(), centre.x(), 0])


# -- what is painted ----------------------------------------------------------------------------


def test_each_picture_stands_in_its_tile(desk):
    grid = desk.open()
    for place in grid.in_sight():
        if grid.viewport().rect().contains(grid.picture(place).toRect()):
            assert grey_at(grid, place) == place


def test_of_very_many_only_those_in_sight_are_made_and_none_twice(desk):
    grid = desk.open(60_000)
    bar = grid.verticalScrollBar()
    for share in (0, 7, 19, 20):
        bar.setValue(share * bar.maximum() // 20)
        desk.made.clear()
        grid.viewport().grab()
        seen = grid.in_sight()
        assert set(seen) <= set(desk.made) | set(range(seen.start))
        assert len(desk.made) <= len(seen) + 2 * TOGETHER
        desk.made.clear()
        grid.viewport().grab()
        assert desk.made == []
        assert grey_at(grid, seen[len(seen) // 2]) == seen[len(seen) // 2] % 256


@pytest.mark.parametrize("shape", [(28, 28), (8, 12), (12, 8), (1, 5), (3, 3)], ids=str)
def test_pictures_of_any_proportions_stand_in_their_squares(qapp, shape):
    room = QSizeF(200, 800)
    place = pictures(20, room=room, unit=12, wanted=45, least=24, lines=1, edge=3)
    cache = PictureCache(lambda places: np.full((len(places), *shape), 255, np.uint8), 20)
    canvas = QPixmap(200, 800)
    canvas.fill(0xFF204060)
    painter = QPainter(canvas)
    squares = [place.picture(number) for number in range(20)]
    for number, square in enumerate(squares):
        cache.paint(painter, number, square)
    painter.end()
    image = canvas.toImage()
    for square in squares:
        centre = square.center().toPoint()
        assert image.pixelColor(centre).red() == 255
        corner = image.pixelColor(square.topLeft().toPoint()).red()
        assert corner == (255 if shape[0] == shape[1] else 0)
        assert image.pixelColor(centre + QPoint(0, round(square.height() / 2) + 2)).red() == 0x20


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_what_is_selected_is_framed_in_the_now_colour_and_nothing_else(desk, theme):
    grid = desk.open(theme=theme)

    def framed(place):
        picture, box = pixels(grid.viewport()), grid.picture(place)
        return (picture[round(box.center().y()), round(box.left()) - 1] == rgb(theme.now)).all()

    grid.select((1, 3))
    assert [framed(place) for place in range(5)] == [False, True, False, True, False]
    assert desk.chosen == desk.changes == []


def test_what_are_no_pictures_are_rows_of_text(desk):
    grid = desk.open()
    asked = []
    grid.show_thumbnails(Thumbnails(500, text=lambda place: asked.append(place) or f"({place})"))
    grid.viewport().grab()
    assert grid.tiles.columns == 1
    assert set(asked) == set(grid.in_sight()) < set(range(100))


@pytest.mark.parametrize(("word", "lines"), [("3", 1), ("Ankle boot", 2)])
def test_a_caption_too_wide_for_a_line_has_two(desk, word, lines):
    grid = desk.open()
    caption = (Word(word, "text"),), (Word("→ ", "dim"), Word(word, "minus", bold=True))
    shown = desk.thumbnails(20, (4, 4), caption=lambda _place: caption, widest=[caption])
    grid.show_thumbnails(shown)
    assert grid.tiles.lines == lines
    box, square = grid.box(0), grid.picture(0)
    below = pixels(grid.viewport())[
        round(square.bottom()) : round(box.bottom()), round(box.left()) : round(box.right())
    ].astype(int)
    middle = below.shape[0] // 2
    halves = [
        (np.abs(half - rgb(DARK.minus)).max(axis=2) < 60).any()
        for half in (below[:middle], below[middle:])
    ]
    assert halves[1]
    assert halves[0] == (lines == 1)


def test_a_word_in_the_corner_of_a_picture(desk):
    grid = desk.open()
    shown = desk.thumbnails(4, (4, 4), corner=lambda place: Word("7", "now") if place else None)
    grid.show_thumbnails(shown)
    picture = pixels(grid.viewport()).astype(int)
    found = []
    for place in range(4):
        box = grid.picture(place).toRect()
        square = picture[box.top() : box.bottom(), box.left() : box.right()]
        found.append((np.abs(square - rgb(DARK.now)).max(axis=2) < 60).any())
    assert found == [False, True, True, True]


# -- mouse and keys -----------------------------------------------------------------------------


def test_a_click_goes_to_a_picture_and_two_open_it(desk):
    grid = desk.open()
    desk.click(2)
    assert (desk.chosen, grid.selected, grid.current) == ([2], {2}, 2)
    where = grid.picture(3).center().toPoint()
    desk.qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desk.press(Qt.Key.Key_Return)
    assert desk.opened == [3, 2]
    assert grid.accessibleDescription() == "number 2"
    assert grid.accessibleName() == "Pictures"


def test_keys_go_from_picture_to_picture_and_keep_it_in_sight(desk):
    grid = desk.open()
    columns = grid.tiles.columns
    key = Qt.Key
    desk.press(key.Key_Right, key.Key_Right, key.Key_Left, key.Key_Down, key.Key_Right)
    assert desk.chosen == [0, 1, 0, columns, columns + 1]
    for last, place in ((key.Key_End, 99), (key.Key_PageUp, None), (key.Key_Home, 0)):
        desk.press(last)
        assert place in (None, grid.current)
        assert grid.viewport().rect().contains(grid.picture(grid.current).toRect())
    count = len(desk.chosen)
    desk.press(key.Key_Up, key.Key_Left, key.Key_Home)
    assert len(desk.chosen) == count, "there is nothing before the first"
    desk.press(key.Key_PageDown)
    page = columns * max(1, int(grid.viewport().height() // (grid.tiles.height + grid.tiles.gap)))
    assert grid.current == page


def test_closed_nothing_can_be_chosen_but_told_about(desk):
    grid = desk.open()
    grid.open, grid.hint = False, "not now"
    desk.click(2)
    desk.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert desk.chosen == desk.opened == []
    assert grid.tip_at(grid.picture(2).center()) == "number 2\nnot now"
    assert grid.tip_at(QPointF(0, 0)) == ""


def test_several_are_selected_with_shift_ctrl_and_all(desk):
    grid = desk.open(12, many=True)
    wanted = []
    grid.delete_wanted.connect(lambda: wanted.append(grid.selected))
    desk.click(2)
    desk.click(5, SHIFT)
    desk.click(3, CTRL)
    assert desk.changes == [{2}, {2, 3, 4, 5}, {2, 4, 5}]
    desk.click(6)
    desk.press(Qt.Key.Key_Right, Qt.Key.Key_Right, held=SHIFT)
    assert grid.selected == {6, 7, 8}
    desk.press(Qt.Key.Key_Left, held=SHIFT)
    assert grid.selected == {6, 7}
    desk.press(Qt.Key.Key_A, held=CTRL)
    desk.press(Qt.Key.Key_Delete)
    assert wanted == [set(range(12))]


def test_one_alone_is_selected_where_no_more_may_be(desk):
    grid = desk.open()
    desk.click(2)
    desk.click(5, SHIFT)
    desk.press(Qt.Key.Key_A, held=CTRL)
    assert grid.selected == {5}


# -- sizes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 90), (320, 220), (900, 700)], ids=str)
@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0, 2.5])
def test_tiles_stand_apart_inside_the_grid_at_any_size_of_letters(desk, size, factor):
    grid = desk.open(30, size, factor)
    for shown in (
        desk.thumbnails(30, (4, 4)),
        desk.thumbnails(30, (4, 4), caption=lambda _place: ((Word("3"),), (Word("→ 8"),))),
        Thumbnails(30, text=lambda place: f"({place}, {place})"),
    ):
        grid.show_thumbnails(shown)
        boxes = [grid.tiles.box(place) for place in range(30)]
        right = grid.viewport().width()
        assert all(box.left() >= 0 and box.right() <= right for box in boxes)
        assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
        assert boxes[-1].bottom() <= grid.tiles.total
        bar = grid.verticalScrollBar()
        assert bar.maximum() + grid.viewport().height() >= grid.tiles.total - 1


def test_a_change_of_scale_is_followed_at_once(desk):
    grid = desk.open()
    sides = []
    for factor in FACTORS:
        desk.dress(factor)
        sides.append(grid.tiles.side)
        assert grid.tiles.side >= min(3.8 * TypeScale(factor).px(Step.BODY), 190) - 1
    assert sides[-1] > 2 * sides[0]


@pytest.mark.parametrize("height", [26, 40, 90])
def test_in_a_strip_whole_pictures_are_in_sight(desk, height):
    grid = desk.open(size=(300, height), strip=True)
    assert grid.viewport().rect().contains(grid.picture(0).toRect())
    assert grid.tiles.columns > 1
    if height == 26:
        assert grid.tiles.side == 20


def test_what_stands_at_the_top_can_be_told_and_gone_to(desk):
    grid = desk.open()
    columns = grid.tiles.columns
    grid.scroll_to(5 * columns)
    assert grid.first_in_sight() == 5 * columns
    assert grid.picture(5 * columns).top() == grid.tiles.edge


def test_a_layout_without_room_still_has_one_column():
    narrow = pictures(7, room=QSizeF(1, 1), unit=20, wanted=60, least=40, lines=0, edge=3)
    assert (narrow.columns, narrow.side) == (1, 1.0)
    text = rows_of_text(3, width=1, unit=20, edge=3)
    assert text.at(3.5, 4) == 0
    assert text.at(3.5, text.total + 1) is None
