"""The sheet under mouse, finger and pen: every stroke once, every change taken back."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.views.pad.canvas import HEAVIEST, LIGHTEST, PadCanvas
from nnviz.views.pad.strokes import Sheet
from tests.data.seen import strokes_to_image
from tests.tracing import placed
from tests.views.grabbing import pixels
from tests.waiting import events_done

LEFT = Qt.MouseButton.LeftButton
SIDE = 200
ACROSS = np.array([(0.1, 0.5), (0.9, 0.5)])


@pytest.fixture
def canvas(qtbot: Any) -> Iterator[PadCanvas]:
    made = PadCanvas()
    made.resize(SIDE, SIDE)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.clearFocus()
    yield made
    made.close()
    made.deleteLater()


def drag(canvas: PadCanvas, *points: tuple[float, float]) -> None:
    places = [QPoint(round(x * canvas.width()), round(y * canvas.width())) for x, y in points]
    QTest.mousePress(canvas, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, LEFT, pos=places[-1])


def stylus(eraser: bool = False) -> QPointingDevice:
    kind = QPointingDevice.PointerType
    return QPointingDevice(
        "pen",
        2 if eraser else 1,
        QInputDevice.DeviceType.Stylus,
        kind.Eraser if eraser else kind.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        2,
    )


def pen(
    canvas: PadCanvas, device: QPointingDevice, kind: QEvent.Type, x: float, y: float, hard: float
) -> bool:
    """Send one event of a pen; tell whether it was taken."""
    place = QPointF(x * canvas.width(), y * canvas.width())
    up = kind == QEvent.Type.TabletRelease
    event = QTabletEvent(
        kind, device, place, QPointF(canvas.mapToGlobal(place.toPoint())), hard, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, LEFT, Qt.MouseButton.NoButton if up else LEFT,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)
    return bool(event.isAccepted())


def write(canvas: PadCanvas, device: QPointingDevice, *points: tuple[float, float, float]) -> None:
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(points) - 1)]
    for kind, (x, y, hard) in zip(kinds, points, strict=True):
        assert pen(canvas, device, kind, x, y, hard)
    assert pen(canvas, device, QEvent.Type.TabletRelease, *points[-1][:2], 0.0)


def test_a_pen_writes_as_wide_as_it_is_pressed(canvas: PadCanvas) -> None:
    write(canvas, stylus(), (0.2, 0.3, 0.0), (0.5, 0.3, 0.5), (0.8, 0.3, 1.0))
    (stroke,) = canvas.strokes
    assert stroke.shape == (3, 3)
    np.testing.assert_allclose(stroke[:, 0], [0.2, 0.5, 0.8])
    np.testing.assert_allclose(stroke[:, 2], [LIGHTEST, (LIGHTEST + HEAVIEST) / 2, HEAVIEST])
    ink = (pixels(canvas)[..., 0] > 128).sum(axis=0)
    assert 0 < ink[round(0.25 * SIDE)] < ink[round(0.5 * SIDE)] < ink[round(0.75 * SIDE)]


def test_the_pen_s_other_end_rubs_out_whatever_tool_is_chosen(canvas: PadCanvas) -> None:
    drag(canvas, *ACROSS.tolist())
    write(canvas, stylus(eraser=True), (0.5, 0.3, 0.4), (0.5, 0.7, 0.4))
    assert len(canvas.strokes) == 2
    left, right = sorted(canvas.strokes, key=lambda stroke: stroke[0, 0])
    assert left[:, 0].max() < 0.5 < right[:, 0].min()
    assert pixels(canvas)[SIDE // 2, SIDE // 2].max() < 40
    canvas.undo()
    assert len(canvas.strokes) == 1


def test_a_hovering_pen_leaves_nothing(canvas: PadCanvas) -> None:
    pen(canvas, stylus(), QEvent.Type.TabletMove, 0.5, 0.5, 0.0)
    assert canvas.empty


def test_a_finger_writes_once_and_a_second_one_does_not_disturb_it(canvas: PadCanvas) -> None:
    screen = QTest.createTouchDevice()
    at = [QPoint(round(x * SIDE), SIDE // 2) for x in (0.2, 0.5, 0.8)]
    QTest.touchEvent(canvas, screen).press(0, at[0], canvas).commit()
    QTest.touchEvent(canvas, screen).stationary(0).press(1, QPoint(5, 5), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, at[1], canvas).move(1, QPoint(40, 40), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, at[2], canvas).stationary(1).commit()
    QTest.touchEvent(canvas, screen).release(0, at[2], canvas).release(
        1, QPoint(40, 40), canvas
    ).commit()
    events_done()
    (stroke,) = canvas.strokes
    np.testing.assert_allclose(stroke, [(0.2, 0.5), (0.5, 0.5), (0.8, 0.5)])
    drag(canvas, (0.2, 0.2), (0.4, 0.2))  # and the mouse still draws
    assert len(canvas.strokes) == 2


def test_the_eraser_takes_parts_of_strokes_and_is_one_change(canvas: PadCanvas) -> None:
    drag(canvas, *ACROSS.tolist())
    drag(canvas, (0.1, 0.8), (0.9, 0.8))
    before = canvas.strokes
    canvas.erasing = True
    drag(canvas, (0.3, 0.4), (0.3, 0.6), (0.7, 0.6), (0.7, 0.4))
    assert len(canvas.strokes) == 4
    assert any(stroke is before[1] for stroke in canvas.sheet.strokes) or np.array_equal(
        canvas.strokes[-1], before[1]
    )
    canvas.undo()
    assert len(canvas.strokes) == 2
    np.testing.assert_array_equal(canvas.strokes[0], before[0])
    drag(canvas, (0.1, 0.1), (0.2, 0.1))  # nothing lies there: nothing to take back
    canvas.undo()
    assert len(canvas.strokes) == 1


def test_clearing_and_replacing_are_taken_back_too(canvas: PadCanvas) -> None:
    drag(canvas, *ACROSS.tolist())
    drawn = canvas.strokes
    canvas.clear()
    assert canvas.empty
    canvas.set_strokes([np.array([(0.2, 0.2), (0.8, 0.8)])])
    canvas.undo()
    assert canvas.empty
    canvas.undo()
    np.testing.assert_array_equal(canvas.strokes[0], drawn[0])
    canvas.undo()
    assert canvas.empty
    assert not canvas.can_undo
    canvas.undo()
    assert canvas.empty


def test_backspace_and_delete_over_the_sheet(canvas: PadCanvas) -> None:
    drag(canvas, *ACROSS.tolist())
    drag(canvas, (0.1, 0.8), (0.9, 0.8))
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    assert len(canvas.strokes) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.empty
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    assert len(canvas.strokes) == 1


def test_pasting_keys_are_passed_on(qtbot: Any, canvas: PadCanvas) -> None:
    with qtbot.waitSignal(canvas.paste_wanted):
        QTest.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_picture_lies_there_until_a_stroke_begins(qtbot: Any, canvas: PadCanvas) -> None:
    picture = np.linspace(0, 1, 100, dtype=np.float32).reshape(10, 10)
    canvas.put(Sheet(picture=picture))
    assert pixels(canvas)[-20, SIDE // 2].min() > 150
    canvas.erasing = True
    drag(canvas, (0.5, 0.5), (0.6, 0.6))
    assert canvas.sheet.picture is picture
    assert "begins a new drawing" in canvas.note
    canvas.erasing = False
    with qtbot.waitSignal(canvas.leaving):
        drag(canvas, *ACROSS.tolist())
    assert canvas.sheet.picture is None
    assert len(canvas.strokes) == 1
    canvas.undo()
    assert canvas.sheet.picture is picture


def test_a_note_is_whole_however_small_the_sheet(canvas: PadCanvas) -> None:
    blank = pixels(canvas)
    canvas.say("a-name-of-a-file-that-is-long.png is not a whole PNG or JPEG picture: save it anew")
    assert (pixels(canvas) != blank).any(axis=-1).sum() > 500
    canvas.resize(90, 90)
    picture = pixels(canvas)
    assert (picture[2:6, 10:-10] > 200).all(axis=-1).sum() == 0  # nothing is cut off at the top
    canvas.say("")
    assert canvas.note == ""


@pytest.mark.parametrize("side", [150, 186, 400])
def test_by_mouse_is_the_same_picture_as_straight_from_the_strokes(
    canvas: PadCanvas, side: int
) -> None:
    """Whole pixels are all that is lost on the way."""
    canvas.resize(side, side)
    draw = np.random.default_rng(4)
    turn = np.linspace(0, 2 * np.pi, 40)
    shapes = [
        [np.stack([np.sin(turn), -np.cos(turn) * 1.4], axis=1)],
        [np.array([(0, 0), (1, 0), (0.4, 2)]), np.array([(0.2, 1), (0.9, 1)])],
        [np.array([(0, 0), (0, 3)])],
    ]
    for shape in shapes * 3:
        strokes = placed([stroke * 10 for stroke in shape], draw, side)
        canvas.clear()
        for stroke in strokes:
            QTest.mousePress(canvas, LEFT, pos=QPoint(*stroke[0].astype(int).tolist()))
            for x, y in stroke[1:].astype(int).tolist():
                QTest.mouseMove(canvas, QPoint(x, y))
            QTest.mouseRelease(canvas, LEFT, pos=QPoint(*stroke[-1].astype(int).tolist()))
        seen, wanted = strokes_to_image(canvas.strokes), strokes_to_image(strokes)
        np.testing.assert_allclose(seen, wanted, atol=1e-4)


# -- keys ----------------------------------------------------------------------------------------


def pressed(canvas: PadCanvas, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(canvas, key)


def test_keys_draw_with_a_cursor_that_tab_brings(canvas: PadCanvas) -> None:
    before = pixels(canvas)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert not np.array_equal(pixels(canvas), before), "the cursor is seen"
    pressed(canvas, Qt.Key.Key_Space, *[Qt.Key.Key_Right] * 10, Qt.Key.Key_Space)
    pressed(canvas, *[Qt.Key.Key_Down] * 10)  # the pen is up
    pressed(canvas, Qt.Key.Key_Space, *[Qt.Key.Key_Left] * 10, Qt.Key.Key_Escape)
    first, second = canvas.strokes
    assert np.ptp(first[:, 0]) == pytest.approx(10 / 56)
    assert np.ptp(first[:, 1]) == 0
    assert first[0].tolist() == [0.5, 0.5]
    assert second[0, 1] == pytest.approx(0.5 + 10 / 56)
    pressed(canvas, Qt.Key.Key_Backspace)
    assert len(canvas.strokes) == 1


def test_keys_erase_where_the_eraser_is_chosen(canvas: PadCanvas) -> None:
    canvas.set_strokes([ACROSS])
    canvas.erasing = True
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    pressed(canvas, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert len(canvas.strokes) == 2, "cut in two"


def test_arrows_are_the_runs_unless_tab_has_brought_the_cursor(canvas: PadCanvas) -> None:
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    pressed(canvas, Qt.Key.Key_Space, Qt.Key.Key_Right)
    assert canvas.empty
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.mouseClick(canvas, LEFT, pos=QPoint(20, 20))
    drawn = len(canvas.strokes)
    pressed(canvas, Qt.Key.Key_Space, Qt.Key.Key_Right)
    assert len(canvas.strokes) == drawn
