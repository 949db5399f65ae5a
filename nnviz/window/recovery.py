"""Recovery: offers what crashed windows left behind, and keeps hold of it until it is safe here."""

from functools import partial

from PySide6.QtCore import QObject

from nnviz.errors import NnvizError
from nnviz.files.autosaves import Autosaves, Claim, RecoverableRun
from nnviz.messages.commands import OpenSession
from nnviz.messages.events import Notice, Opened
from nnviz.messages.ports import Ports
from nnviz.window import questions
from nnviz.window.main_window import MainWindow
from nnviz.window.recent_menu import sentence


class Recovery(QObject):
    """Joins a window to the folder of autosaves."""

    def __init__(
        self,
        window: MainWindow,
        ports: Ports,
        autosaves: Autosaves,
        claim: Claim | None,
    ) -> None:
        """Join them; the claim is this window's own folder, if there is one."""
        super().__init__(window)
        self._window, self._ports = window, ports
        self._autosaves, self._claim = autosaves, claim
        self._waiting: list[RecoverableRun] = []
        self._taken: RecoverableRun | None = None
        window.files.last_run_wanted.connect(self.continue_last)
        window.recent.source = autosaves.runs.listed
        ports.on(Opened, self.opened)

    def offer(self) -> bool:
        """Offer the newest run that was not closed properly; tell whether there is one."""
        self._waiting = self._autosaves.left_behind()
        return self._offer_next()

    def _offer_next(self) -> bool:
        if not self._waiting:
            return False
        recoverable = self._waiting.pop(0)
        answered = partial(self._answered, recoverable)
        questions.offer_recovery(self._window, recoverable.saved, answered)
        return True

    def _answered(self, recoverable: RecoverableRun, word: str) -> None:
        if word == "discard":
            self._autosaves.discard(recoverable)
            self._offer_next()
            return
        for other in self._waiting:
            self._autosaves.put_off(other)
        if word == "later":
            # Asked for once; the File menu has it from now on.
            self._autosaves.keep_as_recent(recoverable)
        self._waiting = []
        if word == "continue":
            self._taken = recoverable
            self._ports.send(OpenSession(recoverable.path))

    def offer_last(self) -> bool:
        """Offer in the window to go on with the last run; tell whether there is one."""
        self._autosaves.last()  # takes over what an earlier version kept
        runs = self._autosaves.runs.listed()
        if not runs:
            return False
        path = runs[0].path
        self._window.banner.suggest(
            f"Go on where it was?   {sentence(runs[0])}",
            "Continue the last run",
            lambda: self._ports.send(OpenSession(path)),
            "File ▸ Recent runs",
        )
        return True

    def opened(self, opened: Opened) -> None:
        """Once a run that was left behind is on screen, make its autosave this window's own."""
        recoverable = self._taken
        if recoverable is None or recoverable.path != opened.path:
            return
        self._taken = None
        if self._claim is None:
            return
        try:
            self._claim.adopt(recoverable)
        except NnvizError as error:
            self._ports.publish(Notice(str(error)))

    def continue_last(self) -> None:
        """Go on with the run that was on screen before: of the last window, or before this run."""
        path = self._autosaves.last()
        if path is None:
            self._ports.publish(Notice("No run was kept yet: this is the first."))
        else:
            self._ports.send(OpenSession(path))
