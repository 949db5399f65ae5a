"""A source: one row of the table of data sets, with all there is to say of it."""

from collections.abc import Callable
from pathlib import Path

from nnviz.data.dataset import Dataset
from nnviz.data.generator import Progress
from nnviz.data.options import Option, Options, options_of, with_options
from nnviz.data.published import Release
from nnviz.data.reference import Reference
from nnviz.dataclass import dataclass

Loader = Callable[[Path | None, int, Progress | None], Dataset]


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the table.

    Attributes:
        name: what `load_dataset` and the command line call it.
        title: what people call it.
        sentence: what it is good for.
        load: makes the data set from (folder, seed, progress).
        begin: makes it from a seed, with examples that are not there before they are read; None
            where it would take no shorter.
        release: what is fetched for it; None where nothing is.
        hidden: the hidden layers that suit it; None where the kind of its examples decides.
        self_evident: True where a network trained on it needs no description of it: drawings are
            prepared as its pictures are, and its classes are counted from 0.
        earlier: names of the data sets that had this one's name in earlier versions; they are
            not listed.
        files: the data set whose files it needs, where they are not its own.
        group: what it is listed with.
        folded: True where it stands in its group's own menu, which opens, not beside it.
        options: its parameters, in the order in which names and forms have them.
        make: makes it from the value of every option and the name that says these; None where
            it has no options.
    """

    name: str
    title: str
    sentence: str
    load: Loader
    release: Release | None = None
    hidden: tuple[int, ...] | None = None
    self_evident: bool = False
    earlier: tuple[str, ...] = ()
    begin: Callable[[int], Dataset] | None = None
    files: str = ""
    group: str = "Pictures"
    folded: bool = False
    options: tuple[Option, ...] = ()
    make: Callable[[Options, str], Dataset] | None = None

    @property
    def needs_files(self) -> bool:
        """True where it must be fetched, or given as a folder, first."""
        return self.release is not None

    def made(self, reference: Reference) -> Dataset:
        """Return the data set that a name with options says.

        Raises:
            DataError: an option is unknown or has an impossible value.
        """
        assert self.make is not None  # whoever asks has looked
        values = options_of(reference, self.options)
        return self.make(values, str(with_options(self.name, values, self.options)))
