"""What the data browser says of a data set in a line."""

from nnviz.data.drawings import Kept
from nnviz.data.overview import Overview
from nnviz.engine.notation import example_name
from nnviz.numbers import integer
from nnviz.views.data.pages import Book


def about(overview: Overview, *, test: bool) -> str:
    """Say how many examples there are, and what is odd about them."""
    part = overview.test if test else overview.train
    notes = overview.dataset.notes
    if overview.toy:
        rows = f"{integer(len(part.x))} rows: all there is, to train on and to test with"
        return " · ".join((rows, *notes))
    words = [f"{integer(len(part.x))} to {'test with' if test else 'train on'}"]
    if part.blank:
        words.append(f"{integer(part.blank)} blank")
    if part.repeated:
        words.append(f"{integer(part.repeated)} more than once")
    if overview.known:
        words.append(f"{integer(overview.known)} of the test part are trained on as well")
    if overview.dataset.image_shape is None:
        words.append("dots are means")
    return " · ".join((*words, *notes))


def about_data(overview: Overview) -> str:
    """Say in full where the examples come from and what reading left out, a line each."""
    dataset = overview.dataset
    notes = (f"{note[:1].upper()}{note[1:]}." for note in dataset.notes)
    return "\n".join((dataset.source, *notes))


def about_drawings(kept: Kept) -> str:
    """Say how many drawings there are, and how many files are none."""
    held = sum(drawing.held_back for drawing in kept.drawings)
    if not kept.drawings:
        words = ["No drawings yet: draw a digit on the pad and say what it is"]
    else:
        words = [
            f"{integer(len(kept.drawings) - held)} to train on",
            f"{integer(held)} held back for testing",
        ]
    if kept.unreadable:
        files = "1 damaged file" if len(kept.unreadable) == 1 else (
            f"{integer(len(kept.unreadable))} damaged files"
        )  # fmt: skip
        words.append(f"{files} left alone")
    return " · ".join(words)


def about_example(book: Book, row: int) -> tuple[str, ...]:
    """Say what an example is and which."""
    label = book.names[book.labels[row]]
    if book.drawings:
        drawing = book.drawings[row]
        use = "held back for testing" if drawing.held_back else "to train on"
        when = drawing.time.astimezone()
        return label, f"{when.day} {when:%b %Y}, {when:%H:%M}", use
    return label, example_name(row, picture=book.shape is not None, part=book.part)
