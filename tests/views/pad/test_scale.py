"""The pad in larger letters: all is whole, what has no room is in the menu or left out."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import DrawingsLearned
from nnviz.views.pad.view import PadView
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.sampled import sampled
from tests.snapshots import make_snapshot
from tests.views.written import overlapping, written
from tests.waiting import calm

FACTORS = [1.0, 1.5, 2.0, 2.5]
SIZES = [(320, 220), (326, 192), (380, 620), (640, 400), (900, 700)]
SEVEN = np.array([(0.25, 0.25), (0.72, 0.26), (0.45, 0.85)])
ONE = np.array([(0.5, 0.2), (0.5, 0.8)])


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    return make_snapshot(steps=60)


@pytest.fixture
def opened(
    show: Callable[..., PadView], moment: Snapshot
) -> Callable[[tuple[int, int], float], PadView]:
    def opened(size: tuple[int, int], factor: float) -> PadView:
        return show(PadView, moment, size, scaled(factor))

    return opened


def scaled(factor: float) -> object:
    return replace(DARK, scale=TypeScale(factor))


def draw(view: PadView, *strokes: np.ndarray) -> None:
    view.set_strokes(list(strokes))
    calm(view)


def check(widget: QWidget, factor: float, *, cut: bool = False) -> None:
    """Every text is large enough, whole, within the widget and over no other."""
    texts = written(widget)
    for one in texts:
        assert one.pixels >= TypeScale(factor).px(Step.CAPTION), one
        assert widget.rect().toRectF().adjusted(-1, -1, 1, 1).contains(one.ink), one
        assert cut or not one.text.endswith("…") or one.text == "it is a …", one
    assert overlapping(texts) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("factor", sampled(FACTORS, every=3))
def test_all_is_whole_and_nothing_overlaps(
    opened: Callable[..., PadView], size: tuple[int, int], factor: float
) -> None:
    view = opened(size, factor)
    check(view, factor)
    draw(view, ONE)
    draw(view, SEVEN)
    check(view, factor)
    assert int(view.picture.outputs.values.argmax()) in view.bars.boxes()
    view.ask_why(7)
    check(view, factor)
    QTest.mouseClick(view.tools.why, Qt.MouseButton.LeftButton)
    assert view.picture.why.contributions.other is not None
    check(view, factor)
    view.show_taught(DrawingsLearned((7,)))
    check(view, factor, cut=True)
    assert view.canvas.toolTip() == view.canvas.note
    parts = (view.canvas, view.stages, view.winner, view.bars, view.tools, view.earlier.strip)
    assert all(view.rect().contains(part.geometry()) for part in parts if part.isVisible())


@pytest.mark.parametrize("factor", FACTORS)
def test_what_pops_up_is_whole(opened: Callable[..., PadView], factor: float) -> None:
    view = opened((380, 300), factor)
    draw(view, ONE)
    draw(view, SEVEN)
    view.popup.open_at(QPoint(0, 700), 3)
    check(view.popup, factor)
    for button in view.popup.buttons:
        assert min(button.width(), button.height()) >= TypeScale(factor).space(42)
    view.popup.hide()
    album = view.earlier.album
    album.open_at(QPoint(0, 700))
    check(album, factor)
    assert album.grid.picture(0).width() >= TypeScale(factor).space(60)
    album.hide()


@pytest.mark.parametrize("size", [(560, 300), (460, 380), (380, 620)], ids=str)
@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_all_ten_are_seen_in_columns_where_one_has_no_room(
    opened: Callable[..., PadView], size: tuple[int, int], factor: float
) -> None:
    view = opened(size, factor)
    assert list(view.bars.boxes()) == list(range(10))
    draw(view, SEVEN)
    boxes = view.bars.boxes()
    assert list(boxes) == list(range(10))
    around = view.bars.rect().toRectF().adjusted(-1, -1, 1, 1)
    assert all(around.contains(box) for box in boxes.values())
    texts = {one.text for one in written(view.bars)}
    assert texts >= {*map(str, range(10)), *view.picture.outputs.texts}
    last = boxes[9].center().toPoint()
    QTest.mouseClick(view.bars, Qt.MouseButton.LeftButton, pos=last)
    assert view.picture.outputs.asked == 9


def test_a_pad_may_not_be_smaller_than_its_letters_need(opened: Callable[..., PadView]) -> None:
    for factor in FACTORS:
        least = opened((500, 400), factor).minimumSizeHint()
        view = opened((least.width(), least.height()), factor)
        draw(view, SEVEN)
        assert list(view.bars.boxes()) == list(range(10))
        check(view, factor)


def test_buttons_without_room_stand_in_the_menu(opened: Callable[..., PadView]) -> None:
    view = opened((320, 220), 2.5)
    draw(view, SEVEN)
    tools = view.tools
    assert tools.clear.isVisible()
    assert not tools.undo.isVisible()
    tools.more.click()
    undo, erase = (
        next(action for action in tools.menu.actions() if action.text() == text)
        for text in ("undo", "erase")
    )
    assert undo.isVisible()
    assert undo.isEnabled()
    erase.trigger()
    assert view.canvas.erasing
    undo.trigger()
    tools.menu.hide()
    assert view.canvas.empty
    view.set_theme(DARK)
    assert tools.undo.isVisible()
    assert not undo.isVisible()


def test_the_scale_is_followed_live(opened: Callable[..., PadView]) -> None:
    view, fresh = opened((500, 400), 1.0), opened((500, 400), 2.0)
    for one in (view, fresh):
        draw(one, SEVEN)
    before = written(view)
    view.set_theme(scaled(2.0))
    assert written(view) == written(fresh)
    assert written(view) != before
    view.set_theme(DARK)
    assert written(view) == before
