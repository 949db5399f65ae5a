"""The bridge: carries commands to the threads, and their values onto the GUI thread.

A display timer polls the mailbox and hands out what is there, at most one snapshot a
frame. The threads never touch a Qt object, so a fast training run cannot flood the
event loop. Who does a command, and who hears an event, follows from its type alone:
see `Ports`. This is the only module of the runtime that knows Qt.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnviz.dataclass import dataclass
from nnviz.messages.command import Command
from nnviz.runtime.mailbox import Mailbox

E = TypeVar("E")
C = TypeVar("C", bound=Command)
R = TypeVar("R")

INTERVAL_MS = 15
"""Milliseconds between two looks into the mailbox: with what a look costs, 60 frames a second."""
SOON_MS, SOON = 4, 12
"""Milliseconds to the next look where a moment is late, and how many such looks there are: one that
comes right behind a look does not have to wait for another frame to pass."""


class Thread(Protocol):
    """What lives as long as the bridge polls."""

    def start(self) -> None:
        """Be ready."""

    def end_soon(self) -> None:
        """Be told to end, and return at once; others may still hand something over."""

    def stop(self) -> bool:
        """End; tell whether that is so already."""


class _Port(QObject):
    """What passes events of one type on: Qt lets go of a listener that is no more."""

    came = Signal(object)


@dataclass(frozen=True, slots=True)
class _Answerer(Generic[R]):
    """Who answers requests of one type; both functions are told by a number who asks."""

    ask: Callable[[R, int], object]
    call_off: Callable[[int], object]


class Bridge(QObject):
    """Polls the mailbox, and knows who takes which commands, requests and events."""

    def __init__(
        self, mailbox: Mailbox, threads: Sequence[Thread] = (), helpers: Sequence[Thread] = ()
    ) -> None:
        """Begin with nobody joined.

        Args:
            mailbox: where the threads leave what is to be heard.
            threads: started in this order, and ended in the opposite one.
            helpers: others, which need not end before the program does.
        """
        super().__init__()
        self._mailbox = mailbox
        self._threads, self._helpers = threads, helpers
        self._ports: dict[type, _Port] = {}
        self._takers: dict[type, Callable[[Any], object]] = {}
        self._answerers: dict[type, _Answerer[Any]] = {}
        precise = Qt.TimerType.PreciseTimer
        self._timer = QTimer(self, timerType=precise, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._poll)
        self._interval, self._late = INTERVAL_MS, SOON
        self._stopped = False

    def start(self) -> None:
        """Start all threads and begin to poll."""
        for thread in (*self._threads, *self._helpers):
            thread.start()
        self._timer.start()

    def poll_every(self, seconds: float) -> None:
        """Look into the mailbox so often from now on, but never more often than at first."""
        self._interval = max(round(1000 * seconds), INTERVAL_MS)
        if self._late in (0, SOON):
            self._look_in(self._interval)

    def _look_in(self, interval: int) -> None:
        if interval != self._timer.interval():  # which would begin to count anew
            self._timer.setInterval(interval)

    def stop(self) -> bool:
        """Stop polling and end all threads; tell whether all but the helpers have ended.

        All are told before one is waited for. What one hands over last to those before it is
        still done. Whoever joined is let go of: from now on nobody is asked, called or told.
        """
        self._timer.stop()
        for thread in (*self._threads, *self._helpers):
            thread.end_soon()
        for helper in self._helpers:
            helper.stop()
        ended = [thread.stop() for thread in reversed(self._threads)]
        self._let_go()
        return all(ended)

    def _let_go(self) -> None:
        # Qt holds a listener that is no method of a `QObject`, such as a lambda, where Python's
        # garbage collector cannot look: it would never find that only the window knows itself.
        self._stopped = True
        self._takers.clear()
        self._answerers.clear()
        self._ports.clear()

    # -- commands and requests ------------------------------------------------------------------

    def take(self, kind: type[C], taker: Callable[[C], object]) -> None:
        """Let a taker do commands of this type, and of those that derive from it."""
        assert kind not in self._takers, f"{kind.__name__} is taken"
        if not self._stopped:
            self._takers[kind] = taker

    def send(self, command: Command) -> None:
        """Have a command done by whoever takes its type, or else the nearest base of it.

        Raises:
            TypeError: nobody takes it.
        """
        for kind in type(command).__mro__:
            if kind in self._takers:
                self._takers[kind](command)
                return
        if self._stopped:
            return
        raise TypeError(f"nobody takes {type(command).__name__}")

    def answer(
        self,
        kind: type[R],
        ask: Callable[[R, int], object],
        call_off: Callable[[int], object],
    ) -> None:
        """Let requests of this type be answered, and forgotten; a number tells who asks."""
        if not self._stopped:
            self._answerers[kind] = _Answerer(ask, call_off)

    def ask(self, request: object, asker: object) -> None:
        """Ask for what takes long, instead of what this asker asked before by the same type."""
        if not self._stopped:
            self._answerers[type(request)].ask(request, id(asker))

    def call_off(self, kind: type, asker: object) -> None:
        """Want no answer any more to what this asker asked with a request of this type."""
        if not self._stopped:
            self._answerers[kind].call_off(id(asker))

    # -- events ---------------------------------------------------------------------------------

    def on(self, kind: type[E], slot: Callable[[E], object]) -> None:
        """Call a slot with every event of exactly this type; see `Ports.on`."""
        if self._stopped:
            return
        if kind not in self._ports:
            self._ports[kind] = _Port()  # without a parent it goes when it is let go of
        self._ports[kind].came.connect(slot)

    def publish(self, event: object) -> None:
        """Let everybody hear an event, before this returns; only on the GUI thread."""
        port = self._ports.get(type(event))
        if port is not None:
            port.came.emit(event)

    def _poll(self) -> None:
        while (event := self._mailbox.take_event()) is not None:
            self.publish(event)
        snapshot = self._mailbox.take_snapshot()
        self._late = 0 if snapshot is not None else min(self._late + 1, SOON)
        self._look_in(SOON_MS if 0 < self._late < SOON else self._interval)
        if snapshot is not None:
            self.publish(snapshot)
