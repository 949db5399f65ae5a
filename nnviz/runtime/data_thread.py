"""The data thread: looks through data sets and keeps the user's own drawings.

It does one thing after the other, off the training thread and off the window's. Of
two looks at data sets only the newer is answered; what changes files is never
left out.
"""

from collections.abc import Sequence
from pathlib import Path

from nnviz.data.dataset import Dataset
from nnviz.data.drawings import Drawing, DrawingStore
from nnviz.data.overview import CalledOffError, Overview, look_over
from nnviz.messages import data_commands
from nnviz.messages.data_commands import DrawingsCommand
from nnviz.messages.events import Failure, Notice
from nnviz.numbers import count
from nnviz.runtime.background_thread import BackgroundThread, failed_inside
from nnviz.runtime.mailbox import Mailbox


class DataThread(BackgroundThread[DrawingsCommand | Dataset]):
    """Owns the thread."""

    def __init__(self, mailbox: Mailbox, store: DrawingStore | None = None) -> None:
        """Prepare the thread; without a store drawings are in the user's own, as it is then."""
        super().__init__("data", mailbox)
        self._given = store
        self._dataset: Dataset | None = None
        self._last: Overview | None = None

    def look_over(self, dataset: Dataset) -> None:
        """Answer with the `Overview` of a data set, instead of any asked for before."""
        with self._changed:
            self._dataset = dataset
            self._changed.notify()

    def obey(self, command: DrawingsCommand) -> None:
        """Do what a command says, after what was asked before."""
        self._put(command)

    def _do(self, task: DrawingsCommand | Dataset) -> None:
        store = self._given or DrawingStore()
        if isinstance(task, Dataset):
            self._look(task)
            return
        if isinstance(task, data_commands.ExportDrawings):
            self._export(task.kind, task.folder, task.drawings)
            return
        try:
            match task:
                case data_commands.RemoveDrawings(drawings):
                    store.remove(drawing.id for drawing in drawings)
                case data_commands.PutDrawings(drawings):
                    for drawing in drawings:
                        store.put(drawing)
        finally:
            self._mailbox.put_event(store.kept())

    def _export(self, kind: str, folder: Path, drawings: Sequence[Drawing]) -> None:
        from nnviz.data.drawings_export import export_idx, export_pictures  # when it is wanted

        written = (export_idx if kind == "idx" else export_pictures)(folder, drawings)
        drawn, files = count(len(drawings), "drawing"), count(len(written), "file")
        self._mailbox.put_event(Notice(f"Exported {drawn} to {folder}: {files}."))

    def _failure(self, _task: DrawingsCommand | Dataset, error: Exception) -> Failure:
        looked = " while it looked at data; training goes on, and the details help us to mend it."
        return failed_inside(error, looked)

    def _next(self) -> DrawingsCommand | Dataset | None:
        with self._changed:
            self._changed.wait_for(
                lambda: bool(self._waiting) or self._dataset is not None or self._stopping
            )
            if self._waiting:
                return self._waiting.popleft()
            dataset, self._dataset = self._dataset, None
            return None if self._stopping else dataset

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
