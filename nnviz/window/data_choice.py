"""The choice of data: what is trained on and what is predicted, in menus and on the toolbar."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nnviz import wording
from nnviz.data.description import DataDescription
from nnviz.data.naming import TARGET, referred, scale_of
from nnviz.window.data_menu import DataMenu
from nnviz.window.downloads import Downloads
from nnviz.window.run_requests import RunRequests
from nnviz.window.settings import Settings
from nnviz.window.target_menu import TargetMenu
from nnviz.window.toolbar import Toolbar

DATA_WIDTH, TARGET_WIDTH = 220, 164
"""Of the two buttons, at a factor of 1."""


class DataChoice(QObject):
    """Two menus, and the two buttons that open them and say what was chosen."""

    def __init__(
        self,
        window: QWidget,
        toolbar: Toolbar,
        more: Sequence[QAction],
        settings: Settings,
        requests: RunRequests,
        downloads: Downloads,
    ) -> None:
        """Build menus and buttons, with more actions at the end of the data menu."""
        super().__init__(window)
        self._toolbar = toolbar
        self.targets = TargetMenu(window)
        self.targets.chosen.connect(requests.choose_target)
        self.targets.scaled.connect(requests.choose_scale)
        self.menu = DataMenu([self.targets.menuAction(), *more], window, settings)
        self.menu.setTitle("&Data")
        self.menu.downloading = lambda: downloads.running
        self.menu.download_wanted.connect(downloads.offer)
        self.menu.chosen.connect(requests.choose_data)
        self.menu.train_on.connect(lambda name: requests.edit("dataset", name))
        predicted = toolbar.add_menu("target", self.targets, "What is predicted.", TARGET_WIDTH)
        chosen = toolbar.add_menu("data", self.menu, "Choose the examples.", DATA_WIDTH)
        self._predicted, self._chosen = predicted, chosen
        self.button, self.target_button = chosen.button, predicted.button
        chosen.say("Data")
        toolbar.show_button("target", False)

    def show_data(self, name: str, description: DataDescription) -> None:
        """Follow the data set in use, by the name that recipes call it."""
        self._chosen.say(f"Data: {wording.given(self.menu.set_current(name))}")
        given = bool(referred(name).values(TARGET))
        said = self.targets.show_description(description, given=given, scale=scale_of(name))
        self._predicted.say(f"→ {said}" if said else "", self.targets.reason)
        self._toolbar.show_button("target", bool(said))
