"""Loading: what the training process needs of a run is written while training goes on here."""

import shutil
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from nnviz.data.dataset import Dataset
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.trainer import Trainer
from nnviz.runtime.training_process.link import Link
from nnviz.runtime.training_process.shared_memory import SharedMemory
from nnviz.runtime.training_process.task import write_examples


class Loading:
    """Has the examples and the recipe of one run loaded, and the memory for its steps made.

    Attributes:
        memory: for the steps; None until it is made.
    """

    def __init__(self, link: Link, trainer: Trainer, before: "Loading | None") -> None:
        """Begin to write, on a thread of its own, since the examples may be many.

        What was loaded before has them at hand where the data set is the same.
        """
        self._link, self._before, self._recipe = link, before, trainer.recipe
        # Not held on to: a run that gave way is let go of.
        self._trainer, self._dataset = weakref.ref(trainer), weakref.ref(trainer.dataset)
        self._number: int = 1 if before is None else before._number + 1
        self._told = self._loaded = False
        self._error: OSError | None = None
        self._examples: tuple[Path, dict[str, Any]] | None = None
        if before is not None and before._dataset() is trainer.dataset:
            self._examples = before._examples
        self.memory: SharedMemory | None = None
        task = (trainer.dataset, trainer.recipe)
        self._writing = threading.Thread(target=self._write, args=task, daemon=True)
        self._writing.start()

    def is_of(self, trainer: Trainer) -> bool:
        """Tell whether it is the loading of this run, with the data that it has now."""
        return self._trainer() is trainer and self._dataset() is trainer.dataset

    def done(self) -> bool:
        """Tell whether all is loaded over there.

        Raises:
            OSError: there is no room for it, or the process has ended.
        """
        if self._loaded or self._writing.is_alive():
            return self._loaded
        if self._error is not None:
            raise self._error
        if not self._told:
            self._tell()
        while not self._loaded and (answer := self._link.receive(0)) is not None:
            if answer["did"] == "load" and answer["number"] == self._number:
                self._loaded = True
                self._remove_before()
        return self._loaded

    @property
    def _memory_file(self) -> Path:
        return self._link.folder / f"memory-{self._number}"

    def _write(self, dataset: Dataset, recipe: Recipe) -> None:
        """Write what is to be shared; on the thread."""
        try:
            parts = len(dataset.parts.names)
            self.memory = SharedMemory(self._memory_file, recipe, parts, create=True)
            if self._examples is None:
                place = self._link.folder / f"examples-{self._number}"
                place.mkdir()
                self._examples = place, write_examples(dataset, place)
        except OSError as error:
            self._error = error

    def _tell(self) -> None:
        """Have what is written loaded over there."""
        self._told = True
        place, said = self._examples or (Path(), {})
        self._link.tell(
            do="load",
            number=self._number,
            memory=str(self._memory_file),
            recipe=self._recipe.to_dict(),
            examples=str(place),
            dataset=said,
        )

    def _remove_before(self) -> None:
        """Remove what nobody reads any more; what cannot go yet goes at the end."""
        before, self._before = self._before, None
        if before is None:
            return
        with suppress(OSError):
            before._memory_file.unlink()
        if before._examples is not None and before._examples is not self._examples:
            shutil.rmtree(before._examples[0], ignore_errors=True)
