"""What a rehearsal does in panels with ways of their own: the pad, the race, Why?, and choices."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from nnviz.data.dataset import FloatArray
from nnviz.data.digit_forms import digit_forms
from nnviz.data.digit_writer import write_strokes
from nnviz.messages.ui_state import UiState
from nnviz.rehearsal.touching import LEFT, NONE, Touch
from nnviz.tour.guide import TourError
from nnviz.views.pad import PadView

ROOM, SMALL_ROOM = (0.15, 0.85), (0.04, 0.2)
"""Between which shares of the pad's side a digit is drawn, and a small one in a corner."""


def show(touch: Touch, id: str) -> None:
    """Bring a panel to the front, where it is not on the stage."""
    window = touch.guide.app.window
    if not window.projector.has_keys:
        window.open_panel(id)
    touch.guide.wait(f"the panel {id}", lambda: id in touch.views and touch.views[id].in_sight())


def choose(touch: Touch, id: str, key: str, value: str) -> None:
    """Choose something in a view, as its own menus do."""
    window = touch.guide.app.window
    if window.projector.has_keys:
        window.projector.choose({id: {key: value}})
    else:
        window.show_ui(UiState(views={id: {key: value}}))
    touch.guide.wait(
        f"the choice of {value}",
        lambda: id in touch.views and str(touch.views[id].state().get(key)) == value,
    )


def _pad(touch: Touch) -> PadView:
    show(touch, "pad")
    pad = touch.views["pad"]
    assert isinstance(pad, PadView)
    return pad


def draw(touch: Touch, digit: int, size: str = "") -> None:
    """Clear the pad and draw a digit on it with the mouse, as large as usual or small."""
    pad = _pad(touch)
    canvas = pad.canvas
    QTest.mouseClick(pad.tools.clear, LEFT)
    low, high = SMALL_ROOM if size else ROOM
    side = min(canvas.width(), canvas.height())
    for stroke in _strokes(digit):
        places = [
            QPoint(*(round(side * (low + (high - low) * part)) for part in point))
            for point in stroke.tolist()
        ]
        QTest.mousePress(canvas, LEFT, NONE, places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
        QTest.mouseRelease(canvas, LEFT, NONE, places[-1])
    touch.guide.live(200)


def _strokes(digit: int) -> list[FloatArray]:
    """Return the strokes of a digit that fill the unit square, (points, 2) each."""
    forms = [form for form in digit_forms() if form.digit == digit]
    likeliest = max(forms, key=lambda form: form.share)
    strokes, _pen = write_strokes(1, np.random.default_rng(0), among=(likeliest,))[0]
    points = np.concatenate(strokes)
    low, span = points.min(axis=0), np.ptp(points, axis=0).max()
    middle = (1 - np.ptp(points, axis=0) / span) / 2
    return [(stroke - low) / span + middle for stroke in strokes]


def teach(touch: Touch, digit: int) -> None:
    """Tell the net what the drawing is."""
    pad = _pad(touch)
    before = touch.guide.at().recipe.taught
    QTest.mouseClick(pad.tools.teach, LEFT)
    touch.guide.wait("the ten digits", pad.popup.isVisible)
    QTest.mouseClick(pad.popup.buttons[digit], LEFT)
    touch.guide.wait("the drawing to be learned", lambda: touch.guide.at().recipe.taught != before)


def race(touch: Touch, over: Callable[[], bool]) -> None:
    """Let the racers run until the race is over, with the keys of its panel."""
    show(touch, "race")
    view = touch.views["race"]
    touch.guide.wait("the race to be run", view.settled)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    touch.guide.wait("the end of the race", over)


def choose_action(touch: Touch, number: int) -> None:
    """Choose an entry of the menu in Why?, by its place."""
    show(touch, "inspector")
    menus = [
        button.menu()
        for button in touch.views["inspector"].findChildren(QAbstractButton)
        if hasattr(button, "menu") and button.menu() is not None
    ]
    actions = [action for menu in menus for action in menu.actions()]
    if not 0 <= number < len(actions):
        raise TourError("Why? offers nothing of the kind.")
    actions[number].trigger()
