"""The data menu: what to train on anew, and what to train on with from here."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.data.catalogue import DATASETS, FETCHABLE, Available, available, home
from nnviz.data.dataset import DataError
from nnviz.data.disk import there
from nnviz.data.naming import is_example, parts_of, referred, source_of
from nnviz.paths import resource
from nnviz.window.actions import add_entry
from nnviz.window.downloads import megabytes
from nnviz.window.recent_menu import bare_title_of, title_of
from nnviz.window.settings import Settings

RECENT = 6
"""Most of the user's own data sets that are remembered."""


class DataMenu(QMenu):
    """Lists the data sets.

    Attributes:
        downloading: returns the data set that is on its way, or nothing.

    Signals:
        chosen(str): begin a new run on this data set.
        train_on(str): go on with this run, but on this data set.
        folder_wanted(): ask for the folder of a data set whose files are not there.
        download_wanted(str): fetch this data set.
    """

    chosen = Signal(str)
    train_on = Signal(str)
    folder_wanted = Signal()
    download_wanted = Signal(str)

    def __init__(self, more: list[QAction], parent: QWidget, settings: Settings) -> None:
        """Make the menu, with more actions at its end; it is filled each time it opens."""
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._more = more
        self._settings = settings
        self._current = ""
        self.downloading: Callable[[], str] = str
        self._with = QMenu("Train on with", self)
        self._with.setObjectName("train_on")
        self._with.setToolTipsVisible(True)
        self._with.menuAction().setToolTip(
            "Keep the network and go on training it on other examples."
        )
        self._folded: list[QMenu] = []
        self.aboutToShow.connect(self._fill)

    def set_current(self, dataset: str) -> str:
        """Tick this data set from now on; return what to call it on a button."""
        self._current = dataset
        path = referred(dataset).name
        own = is_example(path) and Path(path).is_relative_to(resource("lessons"))
        if not own and any(Path(part).is_absolute() for part in parts_of(path)):
            kept = self._settings.recent_data  # the column that is predicted is kept along
            others = [other for other in kept if referred(other).name != path]
            self._settings.recent_data = [dataset, *others][:RECENT]
        return bare_title_of(path)

    def _fill(self) -> None:
        self.clear()
        self._with.clear()
        while self._folded:
            self._folded.pop().deleteLater()  # `clear` leaves what an entry opens
        self._list(self, self.chosen.emit)
        self.addSeparator()
        self._list(self._with, self.train_on.emit)
        self.addMenu(self._with)
        self.addActions(self._more)

    def _list(self, menu: QMenu, do: Callable[[str], None]) -> None:
        current = referred(self._current).name
        for group, rows in groupby(available(), lambda row: DATASETS[row.name].group):
            listed = list(rows)
            folded = [row for row in listed if DATASETS[row.name].folded]
            beside = [row for row in listed if row not in folded]
            if beside and not menu.isEmpty():
                menu.addSeparator()
            for row in beside:
                self._add(menu, row, current, do)
            if folded:
                inside = menu.addMenu(group)
                inside.setToolTipsVisible(True)
                self._folded.append(inside)
                for row in folded:
                    self._add(inside, row, current, do)
        kept = self._settings.recent_data
        recent = [data for data in kept if _is_there(data)]
        if recent:
            menu.addSeparator()
        for path in recent:
            add_entry(menu, title_of(path), partial(do, path), path, path == self._current)

    def _add(self, menu: QMenu, row: Available, current: str, do: Callable[[str], None]) -> None:
        if row.present:
            tip, ticked = DATASETS[row.name].sentence, row.name == current
            add_entry(menu, row.title, partial(do, row.name), tip, ticked)
        else:
            self._offer(menu, row)

    def _offer(self, menu: QMenu, row: Available) -> None:
        """List a data set whose files are not there: to be fetched, or to be found."""
        title, source, release = row.title, DATASETS[row.name], FETCHABLE[row.name]
        what = f" {release.title}" if source.files else ""
        fetch = f"{title}: download{what} ({megabytes(release)})…"
        if home(self.downloading()) == home(row.name):
            fetch = f"{title}: downloading{what}…"
        add_entry(menu, fetch, partial(self.download_wanted.emit, row.name), source.sentence)
        if not source.files:  # a folder would be a data set of its own, and no mixture
            wanted = self.folder_wanted.emit
            add_entry(menu, f"{title}: choose its folder…", wanted, source.sentence)


def _is_there(data: str) -> bool:
    try:
        parts = parts_of(referred(data).name)
        return all(source_of(part) is not None or there(Path(part)) for part in parts)
    except DataError:
        return False
