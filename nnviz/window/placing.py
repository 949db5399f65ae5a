"""Placing: the window fits the free part of its screen, and is remembered for each screen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.numbers import write

USUAL = QSize(1600, 900)
"""The size of the first window where there is room for it."""
FRAME = QSize(16, 44)
"""Room for the frame and the title that the desktop adds, before it says how large they are."""


def screen_key(screen: QScreen) -> str:
    """Return what tells one screen, at one size and scale, from others."""
    size = screen.geometry().size()
    maker = f"{screen.manufacturer()} {screen.model()} {screen.serialNumber()}".strip()
    scale = screen.devicePixelRatio()
    return f"{maker or screen.name()} {size.width()}×{size.height()} @{write(scale, 6)}"


def screen_to_open_on(last: str) -> QScreen:
    """Return the screen used last where it is still there, else the first one."""
    for screen in QGuiApplication.screens():
        if screen_key(screen) == last:
            return screen
    return QGuiApplication.primaryScreen()


def first_place(free: QRect, usual: QSize = USUAL) -> QRect:
    """Return where a window stands at first: in the middle of what the desktop leaves free."""
    size = usual.boundedTo(free.size() - FRAME)
    place = QRect(free.topLeft(), size)
    place.moveCenter(free.center())
    # The title is most of the frame, and above.
    place.translate(0, FRAME.height() // 4)
    return place


def free_screens(window: QWidget) -> list[QRect]:
    """Return what is free of each screen that no other window fills, as the stage does."""
    filled = [
        one.screen()
        for one in QApplication.topLevelWidgets()
        if one is not window and one.isVisible() and one.isFullScreen()
    ]
    return [each.availableGeometry() for each in QGuiApplication.screens() if each not in filled]


def place_to_float(now: QRect, own: QRect, screens: Sequence[QRect]) -> QRect:
    """Return where a panel stands that becomes a window: large in the midst of another screen.

    Args:
        now: its place as it is, which it keeps on its own screen where there is no other.
        own: what is free of the window's own screen.
        screens: what is free of each that it may stand on.
    """
    other = next((screen for screen in screens if not screen.intersects(own)), None)
    if other is None:
        here = QRect(now)
        if not own.intersects(now):
            here.moveCenter(own.center())
        return here
    size = (other.size() * 0.75).expandedTo(now.size()).boundedTo(other.size() - FRAME)
    place = QRect(other.topLeft(), size)
    place.moveCenter(other.center())
    return place


def bring_into_sight(window: QWidget, screen: QScreen) -> None:
    """Move, and if need be shrink, a window so that all of it stands on a screen."""
    free = screen.availableGeometry()
    inside, frame = window.geometry(), window.frameGeometry()
    around = frame.size() - inside.size()
    if free.contains(frame):
        return
    size = inside.size().boundedTo(free.size() - around)
    left = min(max(frame.left(), free.left()), free.right() + 1 - size.width() - around.width())
    top = min(max(frame.top(), free.top()), free.bottom() + 1 - size.height() - around.height())
    window.resize(size)
    window.move(left, top)
