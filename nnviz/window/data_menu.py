"""The data menu: what to train on anew, and what to train on with from here."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.data.catalogue import DATASETS, available

LONGEST = 18
"""Most letters of a data set's name on the toolbar."""


class DataMenu(QMenu):
    """Lists the data sets.

    Signals:
        chosen(str): begin a new run on this data set.
        train_on(str): go on with this run, but on this data set.
        folder_wanted(): ask for the folder of a data set whose files are not there.
    """

    chosen = Signal(str)
    train_on = Signal(str)
    folder_wanted = Signal()

    def __init__(self, more: list[QAction], parent: QWidget) -> None:
        """Make the menu; it is filled each time it opens.

        Args:
            more: actions at its end.
            parent: owns it.
        """
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._more = more
        self._current = ""
        self._with = QMenu("Train on with", self)
        self._with.setObjectName("train_on")
        self._with.setToolTipsVisible(True)
        self._with.menuAction().setToolTip(
            "Keep the network and go on training it on other examples."
        )
        self.aboutToShow.connect(self._fill)

    def set_current(self, dataset: str) -> str:
        """Tick this data set from now on; return what to call it on a button."""
        self._current = dataset
        source = DATASETS.get(dataset)
        title = source.title if source else Path(dataset).name
        return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"

    def _fill(self) -> None:
        self.clear()
        self._with.clear()
        self._list(self, self.chosen.emit)
        self.addSeparator()
        self._list(self._with, self.train_on.emit)
        self.addMenu(self._with)
        self.addActions(self._more)

    def _list(self, menu: QMenu, do: Callable[[str], None]) -> None:
        for row in available():
            action = menu.addAction(row.title)
            action.setToolTip(DATASETS[row.name].sentence)
            action.setCheckable(True)
            action.setChecked(row.name == self._current)
            if row.present:
                action.triggered.connect(lambda _=False, name=row.name: do(name))
            else:
                action.setText(f"{row.title}: choose its folder…")
                action.triggered.connect(lambda _=False: self.folder_wanted.emit())
