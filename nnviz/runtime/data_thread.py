"""The data thread: looks through data sets and keeps the user's own drawings.

It does one thing after the other, off the training thread and off the window's. Of
two looks at data sets only the newer is answered; what changes files is never
left out.
"""

import logging
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from nnviz.data.dataset import Dataset
from nnviz.data.drawings import Drawing, DrawingStore
from nnviz.data.drawings_export import export_idx, export_pictures
from nnviz.data.overview import CalledOffError, Overview, look_over
from nnviz.errors import NnvizError
from nnviz.messages import data_commands
from nnviz.messages.data_commands import DrawingsCommand
from nnviz.messages.events import Failure, Notice
from nnviz.numbers import integer
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox

_log = logging.getLogger(__name__)


class DataThread(BackgroundThread):
    """Owns the thread."""

    def __init__(self, mailbox: Mailbox, store: DrawingStore | None = None) -> None:
        """Prepare the thread; `start` runs it.

        Args:
            mailbox: where answers go.
            store: where the drawings are; the user's own by default, as it is at the time.
        """
        super().__init__("data")
        self._mailbox = mailbox
        self._given = store
        self._jobs: deque[Callable[[], None]] = deque()
        self._dataset: Dataset | None = None
        self._last: Overview | None = None

    def look_over(self, dataset: Dataset) -> None:
        """Answer with the `Overview` of a data set, instead of any asked for before."""
        with self._changed:
            self._dataset = dataset
            self._changed.notify()

    def obey(self, command: DrawingsCommand) -> None:
        """Do what a command says, after what was asked before."""
        with self._changed:
            self._jobs.append(partial(self._do, command))
            self._changed.notify()

    def _do(self, command: DrawingsCommand) -> None:
        store = self._given or DrawingStore()
        if isinstance(command, data_commands.ExportDrawings):
            self._export(command.kind, command.folder, command.drawings)
            return
        try:
            match command:
                case data_commands.RemoveDrawings(drawings):
                    store.remove(drawing.id for drawing in drawings)
                case data_commands.PutDrawings(drawings):
                    for drawing in drawings:
                        store.put(drawing)
        finally:
            self._mailbox.put_event(store.kept())

    def _export(self, kind: str, folder: Path, drawings: Sequence[Drawing]) -> None:
        written = (export_idx if kind == "idx" else export_pictures)(folder, drawings)
        drawn = "1 drawing" if len(drawings) == 1 else f"{integer(len(drawings))} drawings"
        files = f"{integer(len(written))} file{'s' * (len(written) != 1)}"
        self._mailbox.put_event(Notice(f"Exported {drawn} to {folder}: {files}."))

    def _work(self) -> None:
        while (job := self._take()) is not None:
            try:
                job()
            except NnvizError as error:
                self._mailbox.put_event(Failure(str(error)))
            except Exception as error:  # told; the thread goes on
                _log.exception("The data thread failed")
                self._mailbox.put_event(
                    Failure(
                        f"Something inside nnviz failed ({type(error).__name__}) while it looked "
                        "at data; training goes on, and the details help us to mend it.",
                        traceback.format_exc(),
                    )
                )

    def _take(self) -> Callable[[], None] | None:
        with self._changed:
            self._changed.wait_for(
                lambda: bool(self._jobs) or self._dataset is not None or self._stopping
            )
            if self._jobs:
                return self._jobs.popleft()
            if self._stopping:
                return None
            dataset, self._dataset = self._dataset, None
        assert dataset is not None
        return lambda: self._look(dataset)

    def _look(self, dataset: Dataset) -> None:
        if self._last is None or self._last.dataset is not dataset:
            self._last = None  # whatever it holds may be large
            try:
                self._last = look_over(dataset, self._unwanted)
            except CalledOffError:
                return
        self._mailbox.put_event(self._last)

    def _unwanted(self) -> bool:
        return self._stopping or self._dataset is not None
