"""Waiting for what is due instead of for a time that a busy machine may overrun."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

PATIENCE = 60_000
"""Milliseconds after which something that should come will not come any more."""
SOON = 1000
"""Milliseconds from which on a timer is no pause for breath, but the end of a message."""
ROUNDS = 6
"""Rounds of events after which nothing has moved that was to move."""


def until(happened: Callable[[], bool], patience: int = PATIENCE) -> None:
    """Wait until something has happened, at most for so many milliseconds."""
    end = QDeadlineTimer(patience)
    while not happened():
        assert not end.hasExpired(), "it does not happen"
        QTest.qWait(1)


def events_done() -> None:
    """Handle all that waits, and what comes of it."""
    for _ in range(ROUNDS):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def calm(widget: QWidget) -> None:
    """Wait until each timer of a widget that rings once, and soon, has rung and done its work."""
    _rung(widget)
    events_done()
    _rung(widget)


def _rung(widget: QWidget) -> None:
    end = QDeadlineTimer(PATIENCE)
    while ringing := [timer for timer in widget.findChildren(QTimer) if _rings_soon(timer)]:
        assert not end.hasExpired(), "it never comes to rest"
        until(lambda ringing=ringing: not any(map(_rings_soon, ringing)))


def _rings_soon(timer: QTimer) -> bool:
    return isValid(timer) and timer.isActive() and timer.isSingleShot() and timer.interval() < SOON


def settled(widget: QWidget) -> None:
    """Wait until nothing in a widget moves any more."""
    for _ in range(200):
        before = _places(widget)
        for _ in range(3):
            events_done()
        if _places(widget) == before:
            return
    raise AssertionError("the layout never comes to rest")


def _places(widget: QWidget) -> list[tuple[int, ...]]:
    parts = [widget, *widget.findChildren(QWidget)]
    return [(*part.geometry().getRect(), part.isVisible()) for part in parts]
