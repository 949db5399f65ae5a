"""Telling: what goes wrong, what is missing, remarks in passing, and who is at something long."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages import commands
from nnviz.messages.data_commands import CallOffCourse
from nnviz.messages.events import (
    COURSE,
    EVALUATION,
    WORKER,
    Busy,
    CalledOff,
    DataMissing,
    Failure,
    Loading,
    Notice,
)
from nnviz.messages.ports import Ports
from nnviz.numbers import percent
from nnviz.views.shared.no_run import NO_RUN
from nnviz.window import questions
from nnviz.window.actions import refuse
from nnviz.window.panel import Panel
from nnviz.window.status import StatusLine

WALK = "a picture sent through"
"""What is called off once a picture on screen is sent through by phases."""
IDLE = "Nothing takes long now."
"""Why nothing can be called off."""


class LongWork(QObject):
    """Knows who works long, and lets them be called off.

    Attributes:
        walk_stays: tells whether Escape leaves a picture on its way through, as in a lesson.
    """

    def __init__(self, ports: Ports, action: QAction, parent: QObject) -> None:
        """Begin with nobody at work; the action that calls off is grey as long."""
        super().__init__(parent)
        self._ports, self._action = ports, action
        self._busy: set[object] = set()
        self.walk_stays: Callable[[], bool] = lambda: False
        refuse(action, IDLE)
        ports.on(Busy, lambda told: self.note(told.who, told.busy))
        ports.on(Loading, lambda told: self.note(told.who, told.fraction < 1 and told.stoppable))

    @property
    def busy(self) -> bool:
        """Whether there is anything to call off."""
        return bool(self._busy)

    def note(self, who: object, busy: bool) -> None:
        """Let Escape call off what takes long, as long as there is something."""
        if busy == (who in self._busy):  # it is told with every moment
            return
        (self._busy.add if busy else self._busy.discard)(who)
        refuse(self._action, "" if self._busy else IDLE)

    def leave(self) -> bool:
        """Call off what takes long; tell whether there was any."""
        busy = bool(self._busy - {WALK}) if self.walk_stays() else self.busy
        if busy:
            self.call_off()
        return busy

    def call_off(self) -> None:
        """Give up whatever takes long."""
        self._ports.publish(CalledOff())
        if COURSE in self._busy:
            self._ports.send(CallOffCourse())
        if EVALUATION in self._busy:
            self._ports.send(commands.CallOffReports())
        if WORKER in self._busy:
            self._ports.send(commands.Pause())
        elif WALK in self._busy:
            self._ports.send(commands.LookAway())


class Telling(QObject):
    """Tells the user what is heard, without blocking anything."""

    def __init__(
        self,
        window: QWidget,
        centre: Panel,
        status: StatusLine,
        shown: Callable[[], Snapshot | None],
        ports: Ports,
    ) -> None:
        """Join it to a window, whose centre says what is waited for until there is a run."""
        super().__init__(window)
        self._centre, self._status = centre, status
        self._shown, self._ports = shown, ports
        self._window = window
        ports.on(Loading, self.show_loading)
        ports.on(Failure, self.show_failure)
        ports.on(Notice, lambda notice: status.show_notice(notice.sentence))
        ports.on(DataMissing, self.ask_for_data)

    def show_loading(self, loading: Loading) -> None:
        """Show how far a data set or a long way is."""
        self._status.show_loading(loading)
        if loading.text:
            self._centre.wait_for(f"{loading.text}… {percent(loading.fraction, 0)}")

    def show_failure(self, failure: Failure) -> None:
        """Tell the user what went wrong and what to do."""
        self._nothing_yet()
        questions.tell_failure(self._window, failure)

    def _nothing_yet(self) -> None:
        """Say what can be done where the first run could not be begun."""
        if self._shown() is None:
            self._centre.wait_for(NO_RUN[0])

    def ask_for_data(self, missing: DataMissing) -> None:
        """Ask where the data set is that a session needs, and open it again from there."""
        self._nothing_yet()
        questions.ask_for_data(self._window, missing, self._ports.send)
