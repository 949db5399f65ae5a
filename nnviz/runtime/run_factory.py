"""The run factory: makes the runs that the worker works on, new ones and those of session files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import otherwise, predicted
from nnviz.data.digits_cache import made_from
from nnviz.data.generator import WRITING
from nnviz.data.greys import Greys
from nnviz.data.naming import earlier_of, is_example
from nnviz.data.stamp import stamp
from nnviz.data.typed_table import in_words
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.reshape import carried_over
from nnviz.engine.run.record import DataMark, RunRecord, Session
from nnviz.engine.run.start import begin_with, without_left_over
from nnviz.engine.run.timeline import Timeline
from nnviz.errors import NnvizError
from nnviz.messages.commands import OpenSession, Start
from nnviz.messages.events import DataMissing
from nnviz.runtime.run import Run

Progress = Callable[[float, str], None]
Loader = Callable[[str, Progress], Dataset]
Reader = Callable[[Path, Mapping[str, str]], Session]


class DataMissingError(NnvizError):
    """The data set of a session or a saved network is not to be had.

    Attributes:
        event: what to tell the window, which asks where the data are.
    """

    def __init__(self, event: DataMissing) -> None:
        super().__init__(event.sentence)
        self.event = event


class RunFactory:
    """Makes runs, and keeps the data set of the last one at hand."""

    def __init__(
        self, load: Loader, read: Reader, progress: Progress, tell: Callable[[str], None]
    ) -> None:
        """Begin with nothing at hand.

        Args:
            load: load(name, progress) returns a data set; it may take long and calls
                progress(fraction, text) often.
            read: read(path, places) reads a session file, with other folders for its data.
            progress: told how far the reading of data is; fraction 1 when it is over.
            tell: says something in passing.
        """
        self._load, self._read, self._progress, self._tell = load, read, progress, tell
        self._at_hand: dict[str, Dataset] = {}
        self._stamps: dict[str, object] = {}
        self._runs = 0

    def dataset(self, name: str) -> Dataset:
        """Return a data set, from memory if it is there and has not changed on disk.

        Raises:
            DataError: there is no such data set, or its files are missing or bad.
        """
        now = stamp(name)
        if name not in self._at_hand or self._stamps.get(name) != now:
            self._progress(0.0, f"Opening {in_words(name)}")
            try:
                self._at_hand[name] = self._load(name, self._progress)
            finally:
                self._progress(1.0, "")
            self._stamps[name] = now
        return self._at_hand[name]

    def for_run(self, run: Run, name: str) -> Dataset:
        """Return a data set for a run that is under way, which keeps the examples it knows.

        Raises:
            DataError: as `dataset`.
        """
        own = run.trainer.datasets.get(name)
        if own is None:
            dataset = self.dataset(name)
            run.stamps[name] = self._stamps[name]
            return dataset
        if run.stamps.get(name) != stamp(name):
            self._tell(
                f"{own.name} has changed on disk: this run keeps the examples it began with, and a "
                "new run on it takes the new ones."
            )
        return own

    def go_back_to(self, run: Run) -> None:
        """Have at hand what a run needs that is on screen again."""
        self._at_hand, self._stamps = run.trainer.datasets, dict(run.stamps)

    def begin(self, start: Start, before: Run | None) -> tuple[Run, str]:
        """Begin a new run at step 0; the one before goes on where this one cannot be begun.

        Returns:
            The run, and what is other than was asked for, in words.

        Raises:
            DataError: its data set cannot be read.
            DataMissingError: the same, where a saved network was trained on it.
            RecipeError: the recipe and the data set do not go together.
        """
        recipe, known, words = start.recipe, dict(self._at_hand), ""
        try:
            dataset = self.dataset(recipe.dataset)
        except DataError as error:
            if start.theta is None:
                raise
            raise DataMissingError(DataMissing(start, recipe.dataset, str(error))) from error
        if start.fit:
            last = None if before is None else before.trainer.dataset
            begun = begin_with(recipe, dataset, last)
            recipe, words = begun.recipe, begun.words
            told = (predicted(dataset.description), *dataset.notes)
            if said := "; ".join(clause for clause in told if clause):
                words = f"{dataset.name}: {said}. {words}".strip()
        elif start.theta is not None:  # a saved network, whose examples may be fewer today
            begun = without_left_over(recipe, dataset)
            recipe, words = begun.recipe, begun.words
        if start.described is not None:
            words = otherwise(start.described, dataset.description) or words
        theta, example = start.theta, start.example
        if theta is None and before is not None:
            trained = before.trainer.network
            if start.keeps:
                theta = carried_over(trained.recipe, trained.theta, recipe)
            else:
                theta = _theta_again(recipe, before)
                example = theta is not None
        run = Run(self._runs + 1, Timeline(recipe, dataset, theta), start.view or {})
        run.demonstration = start.demonstration
        run.given, run.example, run.takes_over = theta is not None, example, start.keeps
        if start.view is None and before is not None and dataset is known.get(recipe.dataset):
            run.looked_at.inherit(before.looked_at)
        self._entered(run)
        return run, words

    def resume(self, opening: OpenSession) -> tuple[Run, Session]:
        """Go on with a run from a session file, exactly where it stood.

        Raises:
            NnvizError: the file cannot be read, or its parts do not go together.
            DataMissingError: a data set is not where it was, or not the same any more.
        """
        session = self._read(opening.path, opening.places)
        found = {mark.name: self._same(mark, opening) for mark in session.marks}
        moved = {old: name for old, (name, _) in found.items() if name != old}
        if moved:  # from now on the file says which of the data sets of that name it means
            session = self._read(opening.path, {**opening.places, **moved})
        datasets = dict(found.values())
        run = Run(self._runs + 1, Timeline.of(session.record, datasets), session.record.view)
        run.continues = session.record.view.get("continues")
        self._entered(run)
        return run, session

    def again(self, record: RunRecord, datasets: Mapping[str, Dataset]) -> Run:
        """Return a run that is only shown as it was when this was recorded."""
        run = Run(self._runs + 1, Timeline.of(record, datasets), record.view)
        run.demonstration = True
        self._entered(run)
        return run

    def _same(self, mark: DataMark, opening: OpenSession) -> tuple[str, Dataset]:
        """Return a session's data set, if it is still the same, and what it is called now."""
        at_hand = self._at_hand.get(mark.name)
        if at_hand is not None and at_hand.is_known_as(mark.fingerprint):
            return mark.name, at_hand  # whatever has become of the file
        try:
            dataset = self.dataset(mark.name)
        except DataError as error:
            raise DataMissingError(DataMissing(opening, mark.name, str(error))) from error
        self._make_whole(dataset)
        if self._is_meant(dataset, mark):
            return mark.name, dataset
        for name in earlier_of(mark.name):
            earlier = self.dataset(name)
            if self._is_meant(earlier, mark):
                return name, earlier
        sentence = (
            f"The examples of {in_words(mark.name)} are not those that this run was trained on: it "
            "cannot go on with others."
        )
        raise DataMissingError(DataMissing(opening, mark.name, sentence))

    def _is_meant(self, dataset: Dataset, mark: DataMark) -> bool:
        """Tell whether a data set is that of a session, as far as processors make it the same."""
        if dataset.is_known_as(mark.fingerprint):
            return True
        made = mark.made or made_from(mark.fingerprint)
        if not made or dataset.made != made:
            return False
        pictures = dataset.image_shape is not None
        differ = "pixels may differ by a grey level" if pictures else "numbers may differ a little"
        self._tell(
            f"The {in_words(mark.name)} of this run were made on another kind of processor: here "
            f"some {differ}, and what is trained again in its last digits. What the run has kept "
            "is as it was."
        )
        return True

    def _make_whole(self, dataset: Dataset) -> None:
        """Have examples made that are not there yet, and tell how far that is."""
        x = dataset.train_inputs
        if isinstance(x, Greys) and not dataset.whole:
            try:
                for share in x.make():
                    self._progress(share, WRITING)
            finally:
                self._progress(1.0, "")

    def _entered(self, run: Run) -> None:
        """Count a run, and let go of data that it does not need."""
        self._runs += 1
        self._at_hand = run.trainer.datasets
        self._stamps = {name: self._stamps.get(name) for name in self._at_hand}
        run.stamps = dict(self._stamps)


def _theta_again(recipe: Recipe, before: Run) -> Array | None:
    """Return the weights of the example that was on screen, where a new run is one of it, too.

    Other layers, start weights, seed or precision mean that the weights are to be drawn.
    """
    first, drawn = before.timeline.first, ("dataset", "layers", "initialiser", "seed", "dtype")
    same = all(getattr(recipe, name) == getattr(first.recipe, name) for name in drawn)
    return first.theta if same and (before.example or is_example(recipe.dataset)) else None
