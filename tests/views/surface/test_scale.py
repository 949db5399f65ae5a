"""The surface view at 100 to 250 %: nothing is clipped, nothing overlaps, all can be reached."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, survey
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.views.surface.view import SurfaceView
from nnviz.views.surface3d import framebuffer
from nnviz.views.surface3d.axes import labels_of
from tests.sampled import sampled
from tests.snapshots import make_dataset, make_snapshot
from tests.views.grabbing import pixels

PAIR = (784 * 30 + 4 * 10 + 7, 784 * 30 + 11 * 10 + 7)
FACTORS = (1.0, 1.5, 2.0, 2.5)
SIZES = [(320, 220), (460, 250), (700, 460), (900, 700)]


@pytest.fixture(scope="module", params=[Kind.PARAMETERS, Kind.PRINCIPAL, Kind.LINE], ids=str)
def view(
    show_for_module: Callable[..., SurfaceView], request: pytest.FixtureRequest
) -> SurfaceView:
    """A view with a surface in it; each test gives it another size and scale."""
    made, dataset, asked = show_for_module(SurfaceView, None, (460, 250)), make_dataset(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(framebuffer, "BUDGET", float("inf"))  # smooth edges in every picture
        made.plane_wanted.connect(asked.append)
        made.restore({"kind": request.param})
        made.show_snapshot(make_snapshot(steps=40, watched=PAIR))
        while asked:
            wanted = replace(asked.pop(), points=21)
            found = survey(wanted, dataset.x_test, dataset.y_test)
            assert found is not None
            made.show_landscape(found)
            asked.clear()
        made.grab()
    return made


def boxes(view: SurfaceView) -> dict[QWidget, QRect]:
    parts: list[QWidget] = [view.header, view.banner.text, view.curve, view.contour, view.message]
    parts += [view.scene] if view.scene is not None else []
    for row in (view.banner, view.bar):
        parts += row.findChildren(QPushButton)
    return {
        part: QRect(part.mapTo(view.body, QPoint()), part.size())
        for part in parts
        if part.isVisible() and not (isinstance(part, QLabel) and not part.text())
    }


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("factor", sampled(FACTORS, every=3))
def test_all_is_whole_and_within_reach(
    view: SurfaceView, factor: float, size: tuple[int, int]
) -> None:
    view.resize(*size)
    view.set_theme(replace(DARK, scale=TypeScale(factor)))  # live
    QApplication.processEvents()  # scroll bars come and go a moment later
    placed = boxes(view)
    for part, box in placed.items():
        assert view.body.rect().contains(box), part
        if isinstance(part, QLabel | QPushButton):
            assert part.font().pixelSize() == round(Step.BODY.value * factor)
            metrics = QFontMetricsF(part.font())
            assert metrics.horizontalAdvance(part.text()) <= box.width() + 1, part.text()
            assert metrics.height() <= box.height() + 2, part.text()
    for (one, first), (two, second) in combinations(placed.items(), 2):
        assert not first.intersects(second), (one, two)
    view.bar.more.grab()
    area, body = view.area, view.body
    assert area.horizontalScrollBar().maximum() == max(body.width() - area.viewport().width(), 0)
    assert area.verticalScrollBar().maximum() == max(body.height() - area.viewport().height(), 0)


@pytest.mark.parametrize("factor", FACTORS)
def test_names_and_numbers_of_the_axes_follow(view: SurfaceView, factor: float) -> None:
    view.resize(900, 700)
    view.set_theme(replace(DARK, scale=TypeScale(factor)))
    least = round(Step.CAPTION.value * factor)
    for drawing in (view.scene, view.contour):
        if drawing is None or not drawing.isVisible():
            continue
        assert drawing.letters().pixelSize() >= least
        room, metrics = QRectF(drawing.rect()), QFontMetricsF(drawing.letters())
        axes = drawing is view.contour
        written = drawing.labels() if axes else labels_of(drawing.axes(), metrics, room)
        assert len(written) >= 4
        for label in written:
            assert room.contains(label.box), label
            assert metrics.horizontalAdvance(label.text) <= label.box.width() + 0.5
        for first, second in combinations(written, 2):
            assert not first.box.intersects(second.box), (first, second)
    if view.curve.isVisible():
        assert view.curve.letters().pixelSize() >= least
        across, upwards = view.curve._marks()
        tall, area = view.curve.metrics().height(), view.curve.area()
        at = [view.curve.place_of(float(view.curve._curve.w[0]), c).y() for c, _ in upwards]  # type: ignore[union-attr]
        assert len(across) >= 2 <= len(upwards)
        assert (-np.diff(at) >= 0.99 * tall).all()
        assert area.left() >= max(view.curve.metrics().horizontalAdvance(t) for _, t in upwards)


def test_there_and_back_again_is_the_same_picture(view: SurfaceView) -> None:
    view.resize(460, 250)
    view.set_theme(DARK)
    before = pixels(view)
    view.set_theme(replace(DARK, scale=TypeScale(2.0)))
    larger = pixels(view)
    assert (larger != before).any()
    view.set_theme(DARK)
    assert (pixels(view) == before).all()


def test_long_names_have_room_in_the_narrowest_panel(show: Callable[..., SurfaceView]) -> None:
    view = show(SurfaceView, None, (312, 200))
    view.set_theme(replace(DARK, scale=TypeScale(1.5)))
    view.show_snapshot(make_snapshot(steps=1, watched=(350 * 30 + 29, 351 * 30 + 28)))
    assert view.area.horizontalScrollBar().maximum() == 0
    for button in view.choosers:
        assert button.isVisible()
        wide = QFontMetricsF(button.font()).horizontalAdvance(button.text())
        assert wide <= button.width(), button.text()


@pytest.mark.parametrize("factor", [2.0, 2.5])
def test_in_a_low_panel_of_large_letters_the_drawing_is_seen_whole(
    view: SurfaceView, factor: float
) -> None:
    low, high = 105 * factor, 139 * factor
    for tall in (low, high):
        view.resize(round(280 * factor), round(tall))
        view.set_theme(replace(DARK, scale=TypeScale(factor)))
        QApplication.processEvents()
        assert view.area.verticalScrollBar().maximum() == 0
        drawing = next(one for one in (*view.drawings(), view.curve) if one.isVisible())
        assert drawing.height() >= 0.6 * view.height()
        assert view.header.isVisible()
        assert view.header.text() == view.picture.header[-1]
        assert view.bar.more.isVisible()


def test_in_a_low_panel_a_click_is_offered_beside_the_menu(view: SurfaceView) -> None:
    view.resize(560, 225)
    view.set_theme(replace(DARK, scale=TypeScale(2.0)))
    view.select(Selection("parameter", parameter=3))
    offered = bool(view.picture.offered)
    assert offered == bool(view._state.own())
    assert view.banner.isVisible() == offered
    assert view.header.isVisible() != offered
    assert all(part.isVisible() == offered for part in view.banner.takes[: view.picture.axes])
    placed = boxes(view)
    for (one, first), (two, second) in combinations(placed.items(), 2):
        assert not first.intersects(second), (one, two)
    view.select(None)


@pytest.mark.parametrize("factor", FACTORS)
def test_where_it_is_given_the_least_height_it_does_not_scroll(
    view: SurfaceView, factor: float
) -> None:
    view.set_theme(replace(DARK, scale=TypeScale(factor)))
    view.resize(round(280 * factor), view.minimumSizeHint().height())
    QApplication.processEvents()
    assert view.area.verticalScrollBar().maximum() == 0
