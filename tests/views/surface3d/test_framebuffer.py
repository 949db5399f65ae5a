"""What scenes are drawn into: smooth at rest, quick while they move where smoothness is dear."""

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColor, QMatrix4x4

from nnviz.views.surface3d import framebuffer as relief_buffer
from nnviz.views.surface3d import gl_context as gl_probe
from nnviz.views.surface3d.framebuffer import SceneBuffer

SIZE = QSize(40, 30)


@pytest.fixture
def buffer(qtbot, monkeypatch):
    shared = gl_probe.shared_gl()
    assert shared is not None
    parent = QObject()
    made = SceneBuffer(shared, parent)
    made.parent_kept = parent
    return made


def green():
    gl_probe.shared_gl().renderer.draw([], QMatrix4x4(), QColor(0, 255, 0))


def samples(buffer):
    """Sample counts of the buffers that have been drawn into so far."""
    return sorted(buffer._buffers)


def test_a_picture_is_what_was_painted(buffer):
    picture = buffer.draw(SIZE, green)
    assert picture.size() == SIZE
    assert picture.pixelColor(20, 15).getRgb()[:3] == (0, 255, 0)
    assert samples(buffer) == [relief_buffer.SAMPLES]


def test_quick_renderers_stay_smooth_while_things_move(buffer, monkeypatch):
    monkeypatch.setattr(relief_buffer, "BUDGET", 10.0)
    for _ in range(3):
        buffer.draw(SIZE, green)
    assert samples(buffer) == [relief_buffer.SAMPLES]


def test_slow_renderers_draw_moving_scenes_quickly_and_smoothly_again_at_rest(
    buffer, monkeypatch, qtbot
):
    monkeypatch.setattr(relief_buffer, "BUDGET", 0.0)
    buffer.draw(SIZE, green)
    assert samples(buffer) == [relief_buffer.SAMPLES]
    del buffer._buffers[relief_buffer.SAMPLES]
    with qtbot.waitSignal(buffer.rested):
        picture = buffer.draw(SIZE, green)
        assert picture.pixelColor(20, 15).getRgb()[:3] == (0, 255, 0)
        assert samples(buffer) == [0]
    buffer.draw(SIZE, green)
    assert samples(buffer) == [0, relief_buffer.SAMPLES]


def test_another_size_is_another_buffer(buffer):
    buffer.draw(SIZE, green)
    assert buffer.draw(2 * SIZE, green).size() == 2 * SIZE
