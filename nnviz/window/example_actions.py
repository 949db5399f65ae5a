"""Textbook examples in the window: a menu that starts them, and files of one's own."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnviz.data.dataset import Dataset
from nnviz.data.naming import EXAMPLE_ENDING, is_example
from nnviz.dataclass import dataclass
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.messages.commands import ShowData, Start
from nnviz.messages.events import DataInUse, Failure, Notice
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import UiState
from nnviz.views.shared.file_dialog import ask_path
from nnviz.window.sentence_menu import SentenceMenu

CHAPTER = 10
"""Places of a menu that belong together; a line stands between them and others."""


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """A file that is to be written as soon as the data are known, and what is to stand in it."""

    path: Path
    snapshot: Snapshot
    ui: UiState


class ExampleActions(QObject):
    """Starts examples, and writes the run on screen as one.

    Files are read when somebody asks for one, so that a start of the window needs none.

    Attributes:
        menu: lists the examples that nnviz brings, with a sentence each; filled when it is first
            opened.

    Signals:
        wished(str, object): a run on an example is on its way, by its data and the panels that
            it wants in front.
    """

    wished = Signal(str, object)

    def __init__(
        self,
        window: QWidget,
        ui_state: Callable[[], UiState],
        shown: Callable[[], Snapshot | None],
        ports: Ports,
    ) -> None:
        """Join it to a window, whose state goes into examples."""
        super().__init__(window)
        self._window, self._ui_state, self._shown, self._ports = window, ui_state, shown, ports
        self._wish: _Wish | None = None
        self._usual: Recipe | None = None  # of the example that was on screen last
        self.menu = SentenceMenu("E&xamples", window)
        self.menu.setObjectName("examples")
        self.menu.aboutToShow.connect(self._fill)
        ports.on(DataInUse, lambda used: self._write(used.dataset))

    def _fill(self) -> None:
        if self.menu.actions():
            return
        from nnviz.lessons import EXAMPLES

        chapter = None
        try:
            for id, example in EXAMPLES.items():
                if chapter not in (None, example.place // CHAPTER):
                    self.menu.addSeparator()
                chapter = example.place // CHAPTER
                self.menu.add(id, example.title, example.sentence, partial(self.open, id))
        except NnvizError as error:
            self._fail(error)

    def _fail(self, error: NnvizError) -> None:
        self._ports.publish(Failure(str(error)))

    def open(self, id_or_path: str | Path) -> None:
        """Start an example with its own weights, and show what there is to see of it."""
        from nnviz.lessons import load_example

        try:
            example = load_example(id_or_path)
        except NnvizError as error:
            self._fail(error)
            return
        recipe, theta, said = example.recipe, example.theta, example.sentence
        self.wished.emit(recipe.dataset, example.ui.front)
        start = Start(recipe, theta=theta, view=example.view, sentence=said, example=True)
        self._ports.send(start)

    def usual(self, snapshot: Snapshot) -> Recipe | None:
        """Return what a run on the data on screen starts with; an example's is in its file."""
        name = snapshot.recipe.dataset
        if not is_example(name):
            return snapshot.usual
        if self._usual is None or self._usual.dataset != name:
            from nnviz.lessons import load_example

            with suppress(NnvizError):  # the file may be gone by now
                self._usual = replace(load_example(name).recipe, dataset=name)
                return self._usual
            self._usual = snapshot.usual
        return self._usual

    def save(self) -> None:
        """Ask for a file and write net, data and view to it."""
        if self._shown() is not None:
            kinds = f"Examples (*{EXAMPLE_ENDING})"
            name = f"example{EXAMPLE_ENDING}"
            ask_path(
                self._window,
                "save_example",
                "Save this net and its data as an example",
                self.save_to,
                kinds=kinds,
                save_as=name,
            )

    def save_to(self, path: Path) -> None:
        """Write net, data and view to a file, as they are now."""
        snapshot = self._shown()
        if snapshot is not None:
            self._wish = _Wish(path, snapshot, self._ui_state())
            self._ports.send(ShowData())

    def _write(self, dataset: Dataset) -> None:
        wish, self._wish = self._wish, None
        if wish is None:
            return
        from nnviz.lessons import Example, save_example

        recipe, theta = wish.snapshot.recipe, np.array(wish.snapshot.theta, np.float64)
        name, focus = wish.path.stem, wish.snapshot.focus.index
        title = dataset.source if is_example(recipe.dataset) else name
        if wish.snapshot.minibatch is not None or not 0 <= focus < len(dataset.x_test):
            focus = 0  # what is looked at is no test example
        example = Example(name, title, recipe, dataset, theta, wish.ui, focus=focus)
        try:
            save_example(wish.path, example)
        except NnvizError as error:
            self._fail(error)
            return
        self._ports.publish(Notice(f"Saved {wish.path.name} in {wish.path.parent}."))
