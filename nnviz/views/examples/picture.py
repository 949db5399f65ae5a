"""What the gallery shows of a ranking: thumbnails with captions, and a sentence above them."""

from nnviz.dataclass import dataclass
from nnviz.engine.measure.answer import class_name
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.examples import text
from nnviz.views.shared.tile_content import (
    NOTHING,
    Caption,
    Thumbnails,
    Word,
    greys_of,
    values_text,
)

ARROW = Word("→ ", "dim")


@dataclass(frozen=True, slots=True)
class ExamplesState:
    """What was chosen in the gallery.

    Attributes:
        label: the class that is shown; −1 for all.
        misread: True where only misread examples are shown.
        example: index of the test example that is put through the network; −1 for any.
        first: place of the first example in sight.
    """

    label: int = -1
    misread: bool = False
    example: int = -1
    first: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ExamplesPicture:
    """What the gallery shows; filtered where there are classes to choose by."""

    thumbnails: Thumbnails = NOTHING
    wordings: tuple[str, ...] = (text.WAITING,)
    filtered: bool = True
    ranking: Ranking | None = None

    def place_of(self, index: int) -> int:
        """Return at which place an example stands; −1 where it is not here."""
        return -1 if self.ranking is None else self.ranking.place_of(index)


def picture(snapshot: Snapshot, ranking: Ranking | None) -> ExamplesPicture:
    """Return what is shown of a ranking at a moment of the run that it is about."""
    if ranking is None:
        return ExamplesPicture()
    names, shape = snapshot.labels, snapshot.image_shape
    captions = [caption_of(ranking, place, names) for place in range(len(ranking.index))]
    numbers = ranking.desired is not None
    thumbnails = Thumbnails(
        len(ranking.index),
        None if shape is None else lambda places: greys_of(ranking.x[places], shape),
        text=lambda place: values_text(ranking.x[place].tolist()),
        tip=lambda place: text.tip_of(ranking, place, names, shape is not None),
        caption=captions.__getitem__,
        widest=captions if numbers else [_of_classes(name, name, wrong=True) for name in names],
    )
    wordings = text.wordings(ranking, names, shape is not None)
    return ExamplesPicture(thumbnails, wordings, not numbers, ranking)


def caption_of(ranking: Ranking, place: int, names: tuple[str, ...]) -> Caption:
    """Return what an example is and what the network makes of it; numbers are never wrong."""
    if ranking.desired is not None:
        desired, actual = text.numbers_of(ranking, place)
        return (Word(desired),), (ARROW, Word(actual))
    wanted, read = int(ranking.wanted[place]), int(ranking.read[place])
    return _of_classes(class_name(wanted, names), class_name(read, names), wrong=wanted != read)


def _of_classes(wanted: str, read: str, *, wrong: bool) -> Caption:
    first = Word(wanted, "text" if wrong else "dim")
    return (first,), (ARROW, Word(read, "minus" if wrong else "dim", bold=wrong))
