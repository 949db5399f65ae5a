"""The bridge: carries values from the mailbox onto the GUI thread.

A display timer polls the mailbox and emits one signal a frame. The worker never
touches a Qt object, so a fast training run cannot flood the event loop. This is
the only module of the runtime that knows Qt.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance

from nnviz.data.drawings import Kept
from nnviz.data.overview import Overview
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.race.plane_race import RaceAnswer, RaceRequest
from nnviz.engine.surface.landscape import PlaneRequest
from nnviz.messages.commands import RunCommand
from nnviz.messages.events import (
    DataMissing,
    Downloading,
    DownloadOver,
    Event,
    Failure,
    Loading,
    Notice,
    Opened,
    Racing,
    Saved,
    Shelf,
    Surveying,
)
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.worker import Worker

INTERVAL_MS = 15
"""Milliseconds between two looks into the mailbox: with what a look costs, 60 frames a second."""


class Helper(Protocol):
    """A thread of its own that need not end before the program does."""

    def start(self) -> None:
        """Be ready."""

    def stop(self) -> bool:
        """End; tell whether that is so already."""


class Bridge(QObject):
    """Polls the mailbox and passes commands on.

    Signals:
        snapshot(Snapshot): a new moment to show.
        landscape(Landscape): an answer to the newest request for a surface.
        surveying(Surveying): progress of a surface that takes long.
        raced(RaceAnswer): a race on a plane through the network, run.
        racing(Racing): progress of one.
        loading(Loading): progress of a data set being read or made.
        failure(Failure): something to tell the user.
        notice(Notice): something to tell in passing.
        saved(Saved): a session was written.
        opened(Opened): a session is on screen.
        data_missing(DataMissing): a session needs data that are not where they were.
        ranking(Ranking): examples as they were asked for.
        confused(Ranking): those of one class that are read as a given one.
        report(Report): how good the network is on the test set.
        shelf(Shelf): the data set in use.
        overview(Overview): a data set looked through.
        drawings(Kept): the user's own drawings.
        downloading(Downloading): a published data set is arriving.
        download_over(DownloadOver): it is there, or is not to be had.
    """

    snapshot = Signal(object)
    landscape = Signal(object)
    surveying = Signal(object)
    raced = Signal(object)
    racing = Signal(object)
    loading = Signal(object)
    failure = Signal(object)
    notice = Signal(object)
    saved = Signal(object)
    opened = Signal(object)
    data_missing = Signal(object)
    ranking = Signal(object)
    confused = Signal(object)
    report = Signal(object)
    shelf = Signal(object)
    overview = Signal(object)
    drawings = Signal(object)
    downloading = Signal(object)
    download_over = Signal(object)

    def __init__(
        self,
        worker: Worker,
        landscape_thread: LandscapeThread,
        autosave_thread: AutosaveThread,
        mailbox: Mailbox,
        helpers: Sequence[Helper] = (),
    ) -> None:
        super().__init__()
        self._helpers = helpers
        self._worker = worker
        self._landscape_thread = landscape_thread
        self._autosave_thread = autosave_thread
        self._mailbox = mailbox
        self._generation = -1
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._poll)

    def start(self) -> None:
        """Start all threads and begin to poll."""
        self._autosave_thread.start()
        self._worker.start()
        self._landscape_thread.start()
        for helper in self._helpers:
            helper.start()
        self._timer.start()

    def stop(self) -> bool:
        """Stop polling and end all threads; tell whether they have ended.

        What the worker hands over last is still written.
        """
        self._timer.stop()
        for helper in self._helpers:
            helper.stop()
        landscape_thread = self._landscape_thread.stop()
        worker = self._worker.stop()
        return self._autosave_thread.stop() and worker and landscape_thread

    def send(self, message: RunCommand) -> None:
        """Pass a command on to the worker."""
        self._worker.send(message)

    def ask_plane(self, request: PlaneRequest) -> None:
        """Ask for a cost surface; answers to earlier requests are dropped from now on."""
        self._generation = request.generation
        self._landscape_thread.ask(request)

    def cancel_plane(self) -> None:
        """Want no cost surface any more until the next is asked for."""
        self._generation = -1
        self._landscape_thread.cancel()

    def ask_race(self, request: RaceRequest) -> None:
        """Ask for a race on a plane through the network, instead of any asked for earlier."""
        self._landscape_thread.race(request)

    def cancel_race(self) -> None:
        """Want no race any more until the next is asked for."""
        self._landscape_thread.cancel_race()

    def _signal_of(self, event: Event) -> SignalInstance:
        match event:
            case Loading():
                return self.loading
            case Surveying():
                return self.surveying
            case Racing():
                return self.racing
            case RaceAnswer():
                return self.raced
            case Failure():
                return self.failure
            case Notice():
                return self.notice
            case Saved():
                return self.saved
            case Opened():
                return self.opened
            case DataMissing():
                return self.data_missing
            case Ranking():
                return self.ranking if event.read_as is None else self.confused
            case Report():
                return self.report
            case Shelf():
                return self.shelf
            case Overview():
                return self.overview
            case Kept():
                return self.drawings
            case Downloading():
                return self.downloading
            case DownloadOver():
                return self.download_over

    def _poll(self) -> None:
        while (event := self._mailbox.take_event()) is not None:
            self._signal_of(event).emit(event)
        landscape = self._mailbox.take_landscape()
        if landscape is not None and landscape.request.generation == self._generation:
            self.landscape.emit(landscape)
        snapshot = self._mailbox.take_snapshot()
        if snapshot is not None:
            self.snapshot.emit(snapshot)
