"""What a report is asked about, and how often: a moment, as soon as a run rests."""

from dataclasses import dataclass

from nnviz.engine.measure.report import Report
from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.shared.request_gate import same_net

PLAYING, RESTING = 3.0, 0.3
"""Fewest seconds between two reports while training plays and while it rests."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What a report is asked about.

    Attributes:
        snapshot: the moment.
    """

    snapshot: Snapshot

    def same(self, other: object) -> bool:
        """Tell whether the answer would be the same."""
        return isinstance(other, Moment) and same_net(self.snapshot, other.snapshot)

    @property
    def interval(self) -> float:
        """Seconds to leave between it and the report before."""
        return PLAYING if self.snapshot.playing else RESTING


def fits(report: Report, snapshot: Snapshot) -> bool:
    """Tell whether a report speaks of the classes that the network of a moment has."""
    return report.classes in (0, len(snapshot.labels))
