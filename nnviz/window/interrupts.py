"""Interrupts: Ctrl+C in the terminal, or the end of the session, close the window as its × does.

Python would raise inside whatever it does at that moment, such as painting. Here the
signal only writes a byte into a socket, and the event loop, which reads it, closes
the window between two events.
"""

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Slot

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Signals that ask a program to end, as far as this system has them."""


class Interrupts(QObject):
    """Calls a function once when the process is asked to end."""

    def __init__(self, close: Callable[[], object]) -> None:
        """Begin to listen; what is then done is done on the thread of the event loop."""
        super().__init__()
        self._close: Callable[[], object] | None = close
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(
            self._reading.fileno(), QSocketNotifier.Type.Read, parent=self
        )
        self._notifier.activated.connect(self._arrived)
        self._wakeup = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._before: dict[int, Any] = {
            number: signal.signal(number, _nothing)
            for name in NAMES
            if (number := getattr(signal, name, None)) is not None
        }

    @Slot()
    def _arrived(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._reading.recv(4096)
        close, self._close = self._close, None  # asked again and again, it still closes once
        if close is not None:
            close()

    def stop(self) -> None:
        """Listen no longer; signals mean again what they meant before."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        signal.set_wakeup_fd(self._wakeup)
        for end in (self._reading, self._writing):
            end.close()


@contextlib.contextmanager
def closing_on_interrupt(close: Callable[[], object]) -> Iterator[None]:
    """Call `close` when the process is asked to end, as long as this block runs."""
    interrupts = Interrupts(close)
    try:
        yield
    finally:
        interrupts.stop()


def _nothing(_number: int, _frame: object) -> None:
    """Let the event loop deal with a signal."""
