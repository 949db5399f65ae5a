"""The legend of the cost curves: their names, and how good the network is on each set.

Names and figures come in several wordings; the fullest that has room is shown. Figures
that are older than the moment on screen say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from nnviz.data.description import Column
from nnviz.engine.measure.measured import score_text, short_text
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.scores import Score
from nnviz.views.cost.text import MEAN, TEST, TRAIN, VALIDATION


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
    """A legend.

    Attributes:
        rows: its entries, row by row.
        gap: what stands between two of them.
    """

    rows: tuple[tuple[Entry, ...], ...]
    gap: str = "   "

    @property
    def lines(self) -> list[str]:
        """Its rows as they are read."""
        return [self.gap.join(entry.text for entry in row) for row in self.rows]


_Say = Callable[[Score, Sequence[Column]], str]


def wordings(snapshot: Snapshot, *, validates: bool) -> tuple[Wording, ...]:
    """Return the legend in several lengths, the fullest first.

    Every wording has every curve. Where there is little room there are fewer figures, but
    none without the step that it belongs to; then two rows, and at last only marks.

    Args:
        snapshot: the moment.
        validates: whether there is a curve of the examples held back for validation.
    """
    measured, targets = snapshot.measured, snapshot.description.targets
    figures = None if measured is None else measured.figures
    aside = [Entry(Role.ASIDE, measured.as_of)] if measured and measured.as_of else []
    curves = [
        (Role.TRAIN, f"{TRAIN} train", figures and figures.train),
        *([(Role.VALIDATION, f"{VALIDATION} validation", figures and figures.validation)]
          if validates else []),
        (Role.TEST, f"{TEST} test", figures and figures.test),
    ]  # fmt: skip

    def sets(say: _Say, *with_figures: Role) -> list[Entry]:
        """Return the curves of whole sets, some of them with their figures."""
        return [
            Entry(
                role,
                f"{name} {say(score, targets) if score and role in with_figures else ''}".rstrip(),
            )
            for role, name, score in curves
        ]

    mean = Entry(Role.MEAN, f"{MEAN} smoothed minibatch cost")
    short = Entry(Role.MEAN, f"{MEAN} smoothed")
    bare = sets(short_text)
    half = len(bare) // 2
    rows = (
        [mean, *sets(score_text, *Role), *aside],
        [mean, *sets(short_text, *Role), *aside],
        [short, *sets(short_text, *Role), *aside],
        [short, *sets(short_text, Role.TEST), *aside],
        [mean, *bare],
        [short, *bare],
    )
    return (
        *(Wording((tuple(row),)) for row in rows),
        Wording(((short, *bare[:half]), tuple(bare[half:]))),
        Wording((tuple(Entry(one.role, one.text[0]) for one in (short, *bare)),), " "),
    )
