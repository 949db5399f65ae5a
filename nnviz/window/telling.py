"""Telling: what goes wrong, what is missing, how far long work is, and remarks in passing."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import DataMissing, Failure, Loading, Notice
from nnviz.messages.ports import Ports
from nnviz.numbers import percent
from nnviz.window import questions
from nnviz.window.long_work import WORKER, LongWork
from nnviz.window.panel import Panel
from nnviz.window.status import StatusLine


class Telling(QObject):
    """Tells the user, without blocking anything."""

    def __init__(
        self,
        window: QWidget,
        centre: Panel,
        status: StatusLine,
        long_work: LongWork,
        shown: Callable[[], Snapshot | None],
        ports: Ports,
    ) -> None:
        """Join it to a window.

        Args:
            window: in front of which boxes open.
            centre: says what is waited for, until there is a run.
            status: says the rest.
            long_work: is told when data can be waited for no more.
            shown: returns the moment on screen, if there is one.
            ports: tell what there is to tell.
        """
        super().__init__(window)
        self._window, self._centre, self._status = window, centre, status
        self._long_work, self._shown, self._ports = long_work, shown, ports

    def join(self) -> None:
        """Hear what there is to tell."""
        self._ports.on(Loading, self.show_loading)
        self._ports.on(Failure, self.show_failure)
        self._ports.on(Notice, self.show_notice)
        self._ports.on(DataMissing, self.ask_for_data)

    def show_loading(self, loading: Loading) -> None:
        """Show how far a data set or a long way is."""
        self._status.show_loading(loading)
        self._long_work.note(WORKER, loading.fraction < 1 and loading.stoppable)
        if loading.text:
            self._centre.wait_for(f"{loading.text}… {percent(loading.fraction, 0)}")

    def show_failure(self, failure: Failure) -> None:
        """Tell the user what went wrong and what to do, without blocking anything."""
        self._nothing_yet()
        questions.tell_failure(self._window, failure)

    def _nothing_yet(self) -> None:
        """Say what can be done where the first run could not be begun."""
        if self._shown() is None:
            self._centre.wait_for("Choose other data above, or start a new run at the left.")

    def show_notice(self, notice: Notice) -> None:
        """Tell the user something in passing."""
        self._status.show_notice(notice.sentence)

    def ask_for_data(self, missing: DataMissing) -> None:
        """Ask where the data set is that a session needs, and open it again from there."""
        self._nothing_yet()
        questions.ask_for_data(self._window, missing, self._ports.send)
