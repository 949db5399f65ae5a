"""The bridge: carries values from the mailbox onto the GUI thread.

A display timer polls the mailbox and emits one signal a frame. The worker never
touches a Qt object, so a fast training run cannot flood the event loop. This is
the only module of the runtime that knows Qt.
"""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnviz.engine.landscape import PlaneRequest
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.messages import Failure, Loading, Message
from nnviz.runtime.surveyor import Surveyor
from nnviz.runtime.worker import Worker

INTERVAL_MS = 15
"""Milliseconds between two looks into the mailbox: with what a look costs, 60 frames a second."""


class Bridge(QObject):
    """Polls the mailbox and passes commands on.

    Signals:
        snapshot(Snapshot): a new moment to show.
        landscape(Landscape): an answer to the newest request for a surface.
        loading(Loading): progress of a data set being read or made.
        failure(Failure): something to tell the user.
    """

    snapshot = Signal(object)
    landscape = Signal(object)
    loading = Signal(object)
    failure = Signal(object)

    def __init__(self, worker: Worker, surveyor: Surveyor, mailbox: Mailbox) -> None:
        super().__init__()
        self._worker = worker
        self._surveyor = surveyor
        self._mailbox = mailbox
        self._generation = -1
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._poll)

    def start(self) -> None:
        """Start both threads and begin to poll."""
        self._worker.start()
        self._surveyor.start()
        self._timer.start()

    def stop(self) -> bool:
        """Stop polling and end both threads; tell whether they have ended."""
        self._timer.stop()
        surveyor = self._surveyor.stop()
        return self._worker.stop() and surveyor

    def send(self, message: Message) -> None:
        """Pass a command on to the worker."""
        self._worker.send(message)

    def ask_plane(self, request: PlaneRequest) -> None:
        """Ask for a cost surface; answers to earlier requests are dropped from now on."""
        self._generation = request.generation
        self._surveyor.ask(request)

    def _poll(self) -> None:
        while (event := self._mailbox.take_event()) is not None:
            if isinstance(event, Loading):
                self.loading.emit(event)
            elif isinstance(event, Failure):
                self.failure.emit(event)
        landscape = self._mailbox.take_landscape()
        if landscape is not None and landscape.request.generation == self._generation:
            self.landscape.emit(landscape)
        snapshot = self._mailbox.take_snapshot()
        if snapshot is not None:
            self.snapshot.emit(snapshot)
