"""Names and numbers on the axes of the 3-D surface: none covers another or leaves the picture."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from nnviz.views.surface3d import gl_context as gl_probe
from nnviz.views.surface3d.axes import Axis, Label, labels_of
from nnviz.views.surface3d.iso_lines import ContourMap
from nnviz.views.surface3d.shape import make_relief
from nnviz.views.surface3d.viewpoint import Viewpoint
from tests.sampled import sampled

NAMES = "w²₈,₅", "direction 2"
SIZES = [(120, 90), (230, 140), (300, 260), (480, 180), (900, 620)]


@pytest.fixture
def seen(qtbot: Any) -> Any:
    shared = gl_probe.shared_gl()
    if shared is None:
        pytest.skip("no OpenGL here")
    from nnviz.views.surface.scene import SurfaceScene

    made = SurfaceScene(shared)
    qtbot.addWidget(made, before_close_func=lambda _: made.hide())
    w = np.linspace(-0.123, 1.12, 21)
    relief = make_relief(w, 3 * w - 7, w[:, np.newaxis] ** 2 + 0.3 * w**2 + 0.01)
    made.show_relief(relief, NAMES)
    return made


def labels(scene: Any) -> list[Label]:
    return labels_of(scene.axes(), QFontMetricsF(scene.letters()), QRectF(scene.rect()))


def assert_clear(written: list[Label], room: QRectF) -> None:
    for label in written:
        assert room.contains(label.box), label
    for one, other in combinations(written, 2):
        assert not one.box.intersects(other.box), (one, other)


@pytest.mark.parametrize("size", sampled(SIZES, every=2))
def test_no_label_covers_another_or_leaves_the_picture(seen: Any, size: tuple[int, int]) -> None:
    seen.resize(*size)
    for elevation in range(0, 90, 11):
        for _ in range(24):
            seen.orbit(15.0, 0.0)
            assert_clear(labels(seen), QRectF(seen.rect()))
        seen.orbit(0.5, elevation)


@pytest.mark.parametrize("zoom", [0.5, 2.0, 6.0])
def test_zoomed_labels_are_clear_too_and_stay_beside_their_ticks(seen: Any, zoom: float) -> None:
    seen.resize(460, 250)
    seen.look(Viewpoint(zoom=zoom))
    for _ in range(24):
        seen.orbit(15.0, 0.0)
        room = QRectF(seen.rect())
        written = labels(seen)
        assert_clear(written, room)
        feet = [axis.at(share) for axis in seen.axes() for share, _ in axis.marks]
        inside = sum(room.contains(foot) for foot in feet)
        assert sum(not label.is_name for label in written) <= inside


@pytest.mark.parametrize("size", SIZES[1:])
def test_at_first_every_axis_has_its_name_and_a_number(seen: Any, size: tuple[int, int]) -> None:
    seen.resize(*size)
    seen.go_back()
    written = labels(seen)
    assert {label.text for label in written if label.is_name} == {*NAMES, "C"}
    numbers = [label.text for label in written if not label.is_name]
    for axis in seen.axes():
        assert any(text in numbers for _, text in axis.marks), axis.name


def test_numbers_of_neighbouring_axes_at_one_corner_are_not_written_into_each_other(
    qtbot: Any,
) -> None:
    metrics = QFontMetricsF(QFont())
    room, corner, middle = QRectF(0, 0, 400, 200), QPointF(200, 150), QPointF(200, 60)
    left = Axis("", [(0.0, "0.2"), (1.0, "−0.12")], QPointF(40, 100), corner, middle)
    right = Axis("", [(0.0, "1.12"), (1.0, "2.4")], corner, QPointF(360, 100), middle)
    written = labels_of([left, right], metrics, room)
    assert_clear(written, room)
    assert [label.text for label in written] == ["0.2", "−0.12", "2.4"]


def test_a_name_goes_on_along_its_axis_where_another_stands(qtbot: Any) -> None:
    metrics = QFontMetricsF(QFont())
    room, middle = QRectF(0, 0, 400, 200), QPointF(200, 60)
    axes = [Axis(name, [], QPointF(40, 100), QPointF(360, 100), middle) for name in ("w₁", "w₂")]
    written = labels_of(axes, metrics, room)
    assert_clear(written, room)
    assert [label.text for label in written] == ["w₁", "w₂"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 0.01, 1234.5])
def test_the_map_writes_its_numbers_apart_and_in_full(
    qtbot: Any, size: tuple[int, int], scale: float
) -> None:
    shown = ContourMap()
    qtbot.addWidget(shown, before_close_func=lambda _: shown.hide())
    shown.resize(*size)
    for low, high in ((-0.123, 1.12), (-1.0, 1.0), (0.0, 0.3), (-7.25, -6.5)):
        w = np.linspace(low, high, 21) * scale
        cost = np.linspace(0, 1, 21)[:, np.newaxis] ** 2 + np.linspace(0, 1, 21) ** 2 + 0.01
        shown.show_relief(make_relief(w, w, cost), NAMES)
        written = shown.labels()
        assert_clear(written, QRectF(shown.rect()))
        if min(size) >= 140:
            assert {label.text for label in written if label.is_name} == {*NAMES}
            assert sum(not label.is_name for label in written) >= 2
