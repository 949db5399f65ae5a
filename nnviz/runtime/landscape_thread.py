"""The landscape thread: computes cost surfaces and races on them while training goes on.

It works on one surface at a time; a newer request replaces a waiting one by the same
asker and cancels one under way. Its answers say which request they answer. Of a surface
that takes long it tells now and then how much is done. A race is run in small
pieces between two surfaces, so that those keep following the training.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TypeVar

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.race.plane_race import RaceAnswer, RaceRequest, racing
from nnviz.engine.surface.landscape import Landscape, PlaneRequest, survey
from nnviz.engine.surface.memory import Memory
from nnviz.messages.events import Failure, Racing, Surveying
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox

R = TypeVar("R", PlaneRequest, RaceRequest)

MIN_INTERVAL = 0.15
"""Seconds between two surfaces: more would only take time away from training."""
SILENCE = 0.3
"""Seconds that a surface may take before its progress is told."""
PIECE = 0.05
"""Seconds for which a race is run before surfaces are looked at again."""
TELL_EVERY = 0.1
"""Seconds between two tellings."""

_log = logging.getLogger(__name__)


class EndedError(Exception):
    """Raised in the midst of a race that nobody wants any more, or when the thread is to end."""


class LandscapeThread(BackgroundThread[PlaneRequest]):
    """Owns the surveying thread."""

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__("landscape", mailbox)
        self._requests: dict[int, PlaneRequest] = {}  # the newest of each asker
        self._races: dict[int, RaceRequest] = {}
        self._surveying = 0  # for whom
        self._running: _Running | None = None
        self._examples: tuple[int, Array, Array] | None = None
        self._memory = Memory()
        self._unwanted = threading.Event()

    def use(self, run: int, x: Array, y: Array) -> None:
        """Average costs over these examples from now on; requests of other runs are dropped."""
        with self._changed:
            self._examples = (run, x, y)

    def ask(self, request: PlaneRequest, asker: int = 0) -> None:
        """Answer this request, instead of any earlier one by the same asker."""
        with self._changed:
            self._requests[asker] = request
            self._changed.notify()

    def cancel(self, asker: int = 0) -> None:
        """Answer none of the requests that this asker has made so far."""
        with self._changed:
            self._requests.pop(asker, None)
            if asker == self._surveying:
                self._unwanted.set()

    def race(self, request: RaceRequest, asker: int = 0) -> None:
        """Run this race, instead of any earlier one by the same asker.

        It may be of a run that has ended since.
        """
        with self._changed:
            self._races[asker] = request
            self._changed.notify()

    def cancel_race(self, asker: int = 0) -> None:
        """Run no race that this asker has asked for so far."""
        with self._changed:
            self._races.pop(asker, None)
            if self._running is not None and self._running.asker == asker:
                self._running = None

    def _work(self) -> None:
        earliest = 0.0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._has_work())
                if self._running is None and not self._races:
                    self._changed.wait_for(lambda: self._stopping, earliest - perf_counter())
                if self._stopping:
                    return
                request = None
                if perf_counter() >= earliest and self._requests:
                    self._surveying, request = _first(self._requests)
                    self._unwanted.clear()
                examples = self._examples
            if request is not None and examples is not None and examples[0] == request.run:
                earliest = perf_counter() + MIN_INTERVAL
                self._answer(request, *examples[1:])
            elif examples is not None:
                self._run_on(*examples)

    def _has_work(self) -> bool:
        return bool(self._requests or self._races) or self._running is not None

    def _answer(self, request: PlaneRequest, x: Array, y: Array) -> None:
        try:
            landscape = self._survey(request, x, y)
        except Exception:
            self._fail(
                "The cost surface could not be computed; training goes on. Choose two other "
                "weights for it."
            )
            return
        if landscape is not None:
            self._mailbox.put_event(landscape)

    def _run_on(self, run: int, x: Array, y: Array) -> None:
        """Go on for a moment with the race that is wanted; on these examples if it begins."""
        with self._changed:
            if self._running is not None and self._running.asker in self._races:
                self._running = None
            if self._running is None and self._races:
                asker, wanted = _first(self._races)
                if wanted.valley is not None or wanted.plane.run == run:
                    self._running = _Running(asker, wanted, self._racing(asker, wanted, x, y))
            running = self._running
        if running is None:
            return
        due, done = perf_counter() + PIECE, 0.0
        try:
            while perf_counter() < due:
                piece = next(running.pieces, None)
                if piece is None or isinstance(piece, RaceAnswer):
                    self._end_race(running)
                    if piece is not None:
                        self._mailbox.put_event(piece)
                    return
                done = piece
            self._mailbox.put_event(Racing(running.request.generation, done))
        except EndedError:
            self._end_race(running)
        except Exception:
            self._end_race(running)
            self._fail(
                "The race on this plane could not be run; training goes on. Choose another plane "
                "for it."
            )

    def _fail(self, sentence: str) -> None:
        """Tell what could not be done, once; training and the window are not affected."""
        _log.exception("The landscape thread failed")
        self._mailbox.put_event(Failure(sentence))

    def _racing(
        self, asker: int, request: RaceRequest, x: Array, y: Array
    ) -> Iterator[float | RaceAnswer]:
        """Begin a race that ends when it is no longer wanted, and tells how far its plane is."""

        def unwanted() -> bool:
            return self._stopping or asker in self._races or self._running is None

        tell = self._telling(lambda fraction: Racing(request.generation, fraction))
        return racing(request, x, y, self._memory, unwanted, tell, self._race_goes_on)

    def _race_goes_on(self) -> None:
        """End the race under way in the midst of a step where nobody wants it any more.

        Raises:
            EndedError: it is not wanted. On other threads, which may look at its plane, never.
        """
        if threading.current_thread() is not self._thread:
            return
        running = self._running
        if self._stopping or running is None or running.asker in self._races:
            raise EndedError

    def _telling(self, event: Callable[[float], object]) -> Callable[[float], None]:
        """Return what tells how much is done of what takes long: after a while, now and then."""
        due = perf_counter() + SILENCE

        def tell(fraction: float) -> None:
            nonlocal due
            if perf_counter() >= due:
                due = perf_counter() + TELL_EVERY
                self._mailbox.put_event(event(fraction))

        return tell

    def _end_race(self, ended: "_Running") -> None:
        with self._changed:
            if self._running is ended:
                self._running = None

    def _survey(self, request: PlaneRequest, x: Array, y: Array) -> Landscape | None:
        """Compute a surface and tell how far it is; None when it is no longer wanted."""
        told = False

        def surveying(fraction: float) -> Surveying:
            nonlocal told
            told = True
            return Surveying(request.generation, min(fraction, 0.99))

        try:
            tell = self._telling(surveying)
            return survey(request, x, y, self._superseded, tell, self._memory)
        finally:
            if told:
                self._mailbox.put_event(Surveying(request.generation, 1.0))

    def _superseded(self) -> bool:
        wanted = self._surveying not in self._requests and not self._unwanted.is_set()
        return self._stopping or not wanted


@dataclass(frozen=True, slots=True, eq=False)
class _Running:
    """A race under way: who asked for it, and what is left of it."""

    asker: int
    request: RaceRequest
    pieces: Iterator[float | RaceAnswer]


def _first(waiting: dict[int, R]) -> tuple[int, R]:
    """Take out who waits, the first first."""
    asker = next(iter(waiting))
    return asker, waiting.pop(asker)
