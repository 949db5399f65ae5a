"""The legend of the cost curves: their names, and how good the network is on each set.

Names and figures come in several wordings; the fullest that has room is shown. Figures
that are older than the moment on screen say so.
"""

from collections.abc import Callable, Sequence
from enum import Enum

from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.measure.measured import score_text, short_text
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.scores import Score
from nnviz.numbers import write
from nnviz.views.cost import text


class Role(Enum):
    """What an entry is about, which gives it its colour."""

    MEAN = "mean"
    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Entry:
    """A curve's name and what stands behind it."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A legend: its entries row by row, and what stands between two of them."""

    rows: tuple[tuple[Entry, ...], ...]
    gap: str = "   "

    @property
    def lines(self) -> list[str]:
        """Its rows as they are read."""
        return [self.gap.join(entry.text for entry in row) for row in self.rows]


_Say = Callable[[Score, Sequence[Column]], str]


def wordings(snapshot: Snapshot, *, validates: bool) -> tuple[Wording, ...]:
    """Return the legend in several lengths, the fullest first.

    Every wording has every curve. Where there is little room there are fewer figures, but none
    without the step that it belongs to; then more rows, and at last only marks.
    """
    measured, targets = snapshot.measured, snapshot.description.targets
    figures = None if measured is None else measured.figures
    aside = [Entry(Role.ASIDE, measured.as_of)] if measured and measured.as_of else []
    curves = [
        (Role.TRAIN, text.TRAIN, figures and figures.train),
        (Role.VALIDATION, text.VALIDATION, figures and figures.validation),
        (Role.TEST, text.TEST, figures and figures.test),
    ]
    if not validates:
        del curves[1]

    def sets(say: _Say, *with_figures: Role) -> list[Entry]:
        """Return the curves of whole sets, some of them with their figures."""
        entries = []
        for role, mark, score in curves:
            figure = say(score, targets) if score and role in with_figures else ""
            entries.append(Entry(role, f"{mark} {text.SETS[mark]} {figure}".rstrip()))
        return entries

    mean = Entry(Role.MEAN, f"{text.MEAN} {text.MEAN_IN_FULL}")
    short = Entry(Role.MEAN, f"{text.MEAN} {text.MEAN_IN_SHORT}")
    bare = sets(short_text)
    half = len(bare) // 2
    rows = (
        [mean, *sets(_with_cost, *Role), *aside],
        [mean, *sets(score_text, *Role), *aside],
        [mean, *sets(short_text, *Role), *aside],
        [short, *sets(short_text, *Role), *aside],
        [short, *sets(short_text, Role.TEST), *aside],
        [mean, *bare],
        [short, *bare],
    )
    marks = (Entry(Role.MEAN, text.MEAN), *(Entry(role, mark) for role, mark, _ in curves))
    return (
        *(Wording((tuple(row),)) for row in rows),
        Wording(((short, *bare[:half]), tuple(bare[half:]))),
        Wording(tuple((entry,) for entry in (short, *bare))),
        Wording((marks,), " "),
    )


def _with_cost(score: Score, targets: Sequence[Column]) -> str:
    said = score_text(score, targets)
    return f"{said}, cost {write(score.cost)}" if said else f"cost {write(score.cost)}"
