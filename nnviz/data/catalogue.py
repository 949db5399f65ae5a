"""The one table of data sets: command line, forms and lessons all ask here.

Adding a data set is adding one row; the user's own tables, pictures and IDX files
need none, they go by their path.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from nnviz import paths
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import AS_THEY_ARE, PictureRule
from nnviz.data.digits_cache import load_digits
from nnviz.data.drawings import DrawingStore, load_drawings
from nnviz.data.generator import Progress
from nnviz.data.idx import DIGITS
from nnviz.data.idx_folder import find_files, read_folder
from nnviz.data.mixture import mixed
from nnviz.data.options import Option
from nnviz.data.plane_rows import PLANE
from nnviz.data.published import FASHION_CLASSES, FASHION_MNIST, MNIST, Release
from nnviz.data.source import Source as Source
from nnviz.data.truth_tables import truth_table
from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Available:
    """A row of `nnviz data list`: `where` is a folder or how the data set is made."""

    name: str
    title: str
    where: str
    present: bool


def _published(
    name: str,
    release: Release,
    classes: tuple[str, ...],
    pictures: PictureRule,
    folder: Path | None,
    _seed: int,
    _progress: Progress | None,
) -> Dataset:
    if folder is None and not has_files(home(name)):
        raise DataError(
            f"{release.title} is not in {home(name)}: fetch it with 'nnviz data fetch {name}', or "
            "give the folder that holds its four IDX files (train-images-idx3-ubyte.gz and so on)."
        )
    return read_folder(folder or home(name), name, classes, pictures)


def _toy(
    name: str,
    title: str,
    sentence: str,
    outputs: Sequence[float],
    inputs: Sequence[str] = (),
    answers: tuple[str, str] = ("0", "1"),
    hidden: tuple[int, ...] = (),
    *,
    folded: bool = True,
) -> Source:
    """Return the row of a truth table; see `truth_table`."""

    def load(_folder: Path | None, _seed: int, _progress: Progress | None) -> Dataset:
        return truth_table(name, outputs, inputs, answers)

    return Source(
        name,
        title,
        sentence,
        load,
        hidden=hidden,
        self_evident=True,
        group="Truth tables",
        folded=folded,
    )


def _mixture(
    parts: Sequence[str], folder: Path | None, seed: int, progress: Progress | None
) -> Dataset:
    return mixed([DATASETS[part].load(folder, seed, progress) for part in parts], seed=seed)


DRAWINGS = "drawings"
"""The row that is there only when there are drawings."""

DATASETS: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "digits",
            "nnviz digits",
            "Handwritten digits that nnviz writes itself: nothing to download.",
            lambda _folder, seed, progress: load_digits(seed=seed, progress=progress),
            self_evident=True,
            earlier=("digits-3",),
            begin=lambda seed: load_digits(seed=seed, later=True),
        ),
        Source(
            "digits-3",
            "nnviz digits, third generation",
            "The digits that nnviz wrote before, for the runs that were trained on them.",
            lambda _folder, seed, progress: load_digits(seed=seed, progress=progress, generation=3),
            self_evident=True,
        ),
        Source(
            "mnist",
            "MNIST",
            "60,000 scanned handwritten digits to train on and 10,000 to test with.",
            partial(_published, "mnist", MNIST, DIGITS, PictureRule()),
            MNIST,
            self_evident=True,
        ),
        Source(
            "mnist+digits",
            "MNIST + nnviz's forms",
            "MNIST, and nnviz's digits for the forms that its writers hardly have: crossed sevens, "
            "open fours, nines with a tail.",
            partial(_mixture, ("mnist", "digits")),
            MNIST,
            self_evident=True,
            files="mnist",
        ),
        Source(
            "fashion-mnist",
            "Fashion-MNIST",
            "Clothes instead of digits, as many and as large as MNIST's pictures, and harder.",
            # Clothes are no strokes: a photograph of one is read as a whole.
            partial(
                _published,
                "fashion-mnist",
                FASHION_MNIST,
                FASHION_CLASSES,
                PictureRule(AS_THEY_ARE, fill=0.0),
            ),
            FASHION_MNIST,
        ),
        Source(
            DRAWINGS,
            "Your own drawings",
            "What was drawn on the pad and kept; a fifth is held back for testing.",
            lambda _folder, _seed, progress: load_drawings(progress),
        ),
        _toy("and", "AND", "1 where both inputs are 1.", (0, 0, 0, 1)),
        _toy("or", "OR", "1 where at least one input is 1.", (0, 1, 1, 1)),
        _toy("nand", "NAND", "0 only where both inputs are 1.", (1, 1, 1, 0)),
        _toy(
            "xor",
            "XOR",
            "1 where the inputs differ: no single perceptron can do it.",
            (0, 1, 1, 0),
            hidden=(3,),
            folded=False,
        ),
        _toy(
            "park",
            "Shall I go to the park?",
            "Raining, above 15 °C, in lockdown: eight rows, one decision.",
            (0, 0, 0, 0, 1, 0, 1, 0),  # 3·raining + 1·warm − 20·lockdown reaches 3
            inputs=("raining", "above 15 °C", "in lockdown"),
            answers=("no", "yes"),
        ),
        *PLANE,
    )
}


FETCHABLE = {source.name: source.release for source in DATASETS.values() if source.release}
"""What can be fetched, by name."""


def current_names() -> list[str]:
    """Return the names of all data sets that are not earlier ones of others."""
    earlier = {name for source in DATASETS.values() for name in source.earlier}
    return [name for name in DATASETS if name not in earlier]


def fetch_dataset(
    name: str, progress: Progress | None = None, *, asking: Callable[[str], None] | None = None
) -> Path:
    """Fetch a published data set, one of `FETCHABLE`, as far as it is not there.

    Progress and `asking` are those of `fetch`.

    Returns:
        The folder that now holds its files, each with the published SHA-256.

    Raises:
        DataError: it cannot be fetched; the sentence says why and what to do.
    """
    release = FETCHABLE.get(name)
    if release is None:
        raise DataError(f"There is nothing to fetch for {name!r}, only for {', '.join(FETCHABLE)}.")
    from nnviz.data.download import fetch  # with what speaks to the net, when it is asked for

    fetch(release, home(name), progress, asking)
    return home(name)


def available() -> list[Available]:
    """List the data sets with where they are and whether they can be loaded now.

    The user's own drawings are listed when there are some, earlier data sets never.
    """
    rows = []
    for name in current_names():
        source = DATASETS[name]
        where, present = "built in", True
        if source.needs_files:
            where, present = str(home(source.name)), has_files(home(source.name))
        elif source.name == DRAWINGS:
            store = DrawingStore()
            if not store.filled():
                continue
            where = str(store.folder)
        rows.append(Available(source.name, source.title, where, present))
    return rows


def told_options() -> str:
    """Say in lines what every parameter of a data set is, and what it takes."""
    lines = ["Parameters follow a name, as in spiral:noise=0.2,turns=3,features=x1+x2+x1x2."]
    told: list[Option] = []
    for source in DATASETS.values():
        for option in source.options:
            if option not in told and option.typed:
                told.append(option)
                others = [other for other in DATASETS.values() if option in other.options]
                whose = ", ".join(other.name for other in others)
                lines += ["", f"{option.name} ({whose}):"]
                usual = option.write(option.default)
                lines.append(f"  {option.help} It takes {option.takes}; {usual} is usual.")
    return "\n".join(lines)


def home(name: str) -> Path:
    """Return the folder that a published data set is fetched to."""
    source = DATASETS.get(name)
    return paths.data_folder() / (source.files if source and source.files else name)


def has_files(folder: Path) -> bool:
    """Tell whether a folder holds the four files of a published data set."""
    try:
        find_files(folder)
    except DataError:
        return False
    return True
