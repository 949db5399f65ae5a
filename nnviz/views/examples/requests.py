"""When to ask for a ranking: as soon as there is something new to rank, but never in a rush.

Ranking costs the training thread some ten milliseconds, so a run that plays is
asked about now and then, one that rests once, and a person's wish nearly at once.
"""

from dataclasses import dataclass

from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.shared.request_gate import same_net

PLAYING, RESTING, WISHED = 3.0, 1.0, 0.3
"""Fewest seconds between two rankings: while training plays, while it rests, by hand."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a ranking is asked about.

    Attributes:
        snapshot: the moment.
        label: only examples of this class; None for all.
        wrong: only those that are misread.
    """

    snapshot: Snapshot
    label: int | None
    wrong: bool

    def same(self, other: object) -> bool:
        """Tell whether the answer would be the same."""
        if not isinstance(other, Subject) or (self.label, self.wrong) != (other.label, other.wrong):
            return False
        return same_net(self.snapshot, other.snapshot)


def answers(ranking: Ranking, subject: Subject) -> bool:
    """Tell whether a ranking is of the run and of the examples that are asked about."""
    snapshot = subject.snapshot
    return (ranking.label, ranking.wrong) == (subject.label, subject.wrong) and (
        ranking.run,
        ranking.x.shape[1],
    ) == (snapshot.run, snapshot.recipe.layers[0])
