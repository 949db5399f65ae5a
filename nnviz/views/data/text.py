"""What the data browser says: of a data set in a line, of an example, and on its buttons."""

from collections.abc import Iterable, Sequence
from math import isfinite

from nnviz.data.description import Column
from nnviz.data.drawings import Kept
from nnviz.data.overview import Overview
from nnviz.engine.notation import example_name
from nnviz.engine.run.units import in_file, number_targets
from nnviz.numbers import count as counted
from nnviz.numbers import integer, subscript, write
from nnviz.views.data.book import Book
from nnviz.wording import Sign, given, said

WAITING = "Looking through the examples…"
BACK, BACK_TIP = "‹ all", "Back to all classes  [Esc]"
THROUGH = ("show in the network", "to the network", "network", "▸")
THROUGH_TIP = "Put this test example through it"
PART_TIPS = (
    "What is trained on",
    "What is tested with and never trained on",
    "What you drew on the pad and kept",
)
ROWS = "Classes: mean picture, counts and first pictures"
GALLERY = "Examples of the chosen class"
COLUMNS = "Columns of the table, as histograms by class"
SCATTER = "Every example as a point, few of them in writing too"
ALL = "all"

REMOVE_TIP, UNDO_TIP = "Delete what is picked  [Del]", "Take the last change to the drawings back"
RELABEL_TIP = "Say which digit they are"
EXPORT_TIP = "Write what is picked, or all, for other programs"
EXPORTS = (("idx", "MNIST’s files (IDX)…"), ("png", "pictures by digit (PNG)…"))


def part_wordings(overview: Overview | None, kept: Kept | None) -> tuple[tuple[str, ...], ...]:
    """Name the three parts, with their counts if there is room."""
    toy = overview is not None and overview.toy
    train, test, mine = "rows" if toy else "training", "test", "my drawings"
    plain, short = (train, test, mine), ("rows" if toy else "train", test, "mine")
    if overview is not None:
        train = f"{train} {integer(len(overview.train.x))}"
        test = f"{test} {integer(len(overview.test.x))}"
    if kept is not None and kept.drawings:
        mine = f"{mine} {integer(len(kept.drawings))}"
    return (train, test, mine), (train, test, "mine"), plain, short


def action_wordings(picked: int) -> tuple[tuple[str, ...], ...]:
    """Name what can be done with drawings, of which some are picked."""
    many = f" {integer(picked)}" if picked > 1 else ""
    return (f"remove{many}", "it is a…", "undo", "export…"), (f"✕{many}", "= …", "↶", "⇩")


def folder_title(count: int) -> str:
    """Ask for the folder that drawings are written to."""
    return f"A folder for {integer(count)} drawings"


def about(overview: Overview, *, test: bool, columns: bool) -> tuple[str, ...]:
    """Say how many examples there are, and what is odd about them, the fullest wording first.

    They are shown by column, or not.
    """
    part = overview.test if test else overview.train
    notes = overview.dataset.notes
    if overview.toy:
        rows = f"{integer(len(part.x))} rows"
        whole = f"{rows}: all there is, to train on and to test with"
        return *_shorter((whole, *notes)), rows
    words = [f"{integer(len(part.x))} to {'test with' if test else 'train on'}"]
    if part.blank:
        words.append(f"{integer(part.blank)} blank")
    if part.repeated:
        words.append(f"{integer(part.repeated)} more than once")
    if overview.known:
        words.append(f"{integer(overview.known)} of the test part are trained on as well")
    if columns:
        words.append("dots are means")
    return _shorter((*words, *notes))


def about_data(overview: Overview) -> str:
    """Say in full where the examples come from and what reading left out, a line each."""
    dataset = overview.dataset
    notes = (f"{note[:1].upper()}{note[1:]}." for note in dataset.notes)
    return "\n".join((dataset.source, *notes))


def about_drawings(kept: Kept) -> tuple[str, ...]:
    """Say how many drawings there are, and how many files are none, the fullest wording first."""
    held = sum(drawing.held_back for drawing in kept.drawings)
    if not kept.drawings:
        words = ["No drawings yet: draw a digit on the pad and say what it is"]
    else:
        words = [
            f"{integer(len(kept.drawings) - held)} to train on",
            f"{integer(held)} held back for testing",
        ]
    if kept.unreadable:
        words.append(f"{counted(len(kept.unreadable), 'damaged file')} left alone")
    if kept.newer:
        words.append(
            f"{counted(len(kept.newer), 'file')} of a newer nnviz left alone: update nnviz"
        )
    return _shorter(words) if kept.drawings else (*_shorter(words), "No drawings yet")


def about_class(name: str, count: int) -> tuple[str, ...]:
    """Say how many examples of a class there are."""
    if not count:
        return f"{name}: none yet", name
    return f"{name}: {integer(count)} examples", f"{name}: {integer(count)}", name


def about_example(book: Book, row: int) -> tuple[str, ...]:
    """Say what an example is and which."""
    label = book.names[book.labels[row]]
    if book.drawings:
        drawing = book.drawings[row]
        use = "held back for testing" if drawing.held_back else "to train on"
        when = drawing.time.astimezone()
        return label, f"{when.day} {when:%b %Y}, {when:%H:%M}", use
    name = example_name(row, picture=book.shape is not None, part=book.part)
    return (
        (label, name, f"from {book.sources[book.origin[row]]}") if book.sources else (label, name)
    )


def figure(value: float) -> str:
    """Write a value in three figures; a dash where there is none."""
    return write(value, 3) if isfinite(value) else "–"


def counts(train: int, test: int) -> str:
    """Write how many examples there are to train on and to test with."""
    return f"{integer(train)} + {integer(test)}"


def rows_in_writing(overview: Overview) -> tuple[tuple[str, ...], ...]:
    """Write a small table: the names of its columns, then every row, in the units of the file."""
    data, part = overview.dataset, overview.train
    targets = number_targets(data.description, data.outputs)
    named = targets or data.description.targets
    predicted = (
        [given(column.bare_name) for column in named]
        if targets or len(named) == 1
        else [said(Sign("y"))]
    )
    if data.description.one_hot:
        predicted = ["class"]
    plain = [f"x{subscript(place + 1)}" for place in range(data.inputs)]
    lines = [(*([given(column.bare_name) for column in data.columns] or plain), *predicted)]
    for x, y, label in zip(part.x, part.y, part.labels, strict=True):
        desired = [given(overview.names[label]) or figure(float(y[0]))]
        if targets:
            desired = _in_file(targets, y)
        values = [figure(float(value)) for value in x]
        if len(data.columns) == len(values):
            values = _in_file(data.columns, x)
        lines.append((*values, *desired))
    return tuple(lines)


def _in_file(columns: Sequence[Column], values: Iterable[float]) -> list[str]:
    pairs = zip(columns, map(float, values), strict=True)
    return [in_file(column, value, figure) for column, value in pairs]


def column_tip(overview: Overview, place: int) -> str:
    """Write the figures of a column, a line for each class."""
    column = overview.columns[place]
    lines = [given(column.name)]
    for label, name in enumerate(overview.names):
        low, mean, high = (
            figure(float(values[label])) for values in (column.low, column.mean, column.high)
        )
        lines.append(f"{given(name) or ALL}: from {low} to {high}, mean {mean}")
    return "\n".join(lines)


def _shorter(words: Sequence[str]) -> tuple[str, ...]:
    """Return all words in one sentence, then fewer and fewer of them."""
    return tuple(" · ".join(words[:count]) for count in range(len(words), 0, -1))
