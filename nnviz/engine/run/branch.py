"""A branch: one line of a run, from where a change made it leave another.

The first branch begins at step 0; every change begins one. A branch knows its
own part only; what came before belongs to its parent, up to where it left.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from nnviz.engine.changes import Edit
from nnviz.engine.run.history import CostCurve, CostHistory
from nnviz.engine.run.record import BranchRecord, Keyframe
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.evaluation import Evaluation

FIRST_NAME = "original"
MOST_EVALUATIONS = 1000
"""Most evaluations a branch keeps; beyond, every other one is dropped."""
MOST_MEASURES = 500
"""Most measures a branch keeps of moments at which somebody stopped; the oldest go first."""


class Branch:
    """One branch: all that a `BranchRecord` of it holds, and what is worked out from it.

    Attributes:
        parent: the branch it left, or None for the first.
        with_last: True where its change and the last one before were made as one.
        left_at: step of its line at which it was left last.
        measures: evaluations of its own part by step, made because training rested there; they
            are in no curve and no file, and can be made again at any time.
        line: the branches from the first one to this one.
    """

    def __init__(
        self,
        number: int,
        parent: "Branch | None",
        change: Edit | None,
        epoch_layout: EpochLayout,
        name: str = FIRST_NAME,
    ) -> None:
        self.epoch_layout = epoch_layout
        self.number, self.parent, self.change, self.name = number, parent, change, name
        self.with_last = False
        self.start = self.reached = self.left_at = 0 if change is None else change.step
        self.costs = CostHistory(self.start)
        self.evaluations: list[Evaluation] = []
        self.measures: dict[int, Evaluation] = {}
        self.keyframes: list[Keyframe] = []
        self.line: tuple[Branch, ...] = (*(parent.line if parent else ()), self)
        self._past: CostCurve | None = None

    @property
    def changes(self) -> tuple[Edit, ...]:
        """The changes made on the whole line, in order."""
        return tuple(branch.change for branch in self.line if branch.change is not None)

    def dataset(self, first: str) -> str:
        """Return the name of the data set at its start; `first` is that of step 0."""
        chosen = [str(change.value) for change in self.changes if change.name == "dataset"]
        return chosen[-1] if chosen else first

    @property
    def recorded(self) -> int:
        """The step up to which costs are known."""
        return self.start + self.costs.count

    def curve(self) -> CostCurve:
        """Return the minibatch costs of the whole line since step 0."""
        own = self.costs.curve()
        if self.parent is None:
            return own
        if self._past is None:  # what lies before the start never changes any more
            self._past = self.parent.curve().until(self.start)
        return self._past.joined(own)

    def note(self, evaluation: Evaluation) -> None:
        """Keep an evaluation made on this branch's own part."""
        insort(self.evaluations, evaluation, key=lambda known: known.step)
        if len(self.evaluations) > MOST_EVALUATIONS:
            del self.evaluations[1::2]

    def keep_measure(self, evaluation: Evaluation) -> None:
        """Keep an evaluation of a moment at which training rests."""
        self.measures[evaluation.step] = evaluation
        if len(self.measures) > MOST_MEASURES:
            del self.measures[next(iter(self.measures))]

    def measure_at(self, step: int) -> Evaluation | None:
        """Return the evaluation of exactly this step of its own part; None where none is known."""
        if step in self.measures:
            return self.measures[step]
        at = bisect_right(self.evaluations, step, key=lambda known: known.step) - 1
        return self.evaluations[at] if at >= 0 and self.evaluations[at].step == step else None

    def evaluations_of_line(self) -> tuple[Evaluation, ...]:
        """Return the evaluations of the whole line since step 0, in order of step."""
        parts: list[Evaluation] = []
        for branch, end in zip(self.line, self._ends(), strict=True):
            past = bisect_right(branch.evaluations, end, key=lambda known: known.step)
            parts += branch.evaluations[:past]
        return tuple(parts)

    def owner(self, step: int) -> "Branch":
        """Return the branch of this line that a step belongs to."""
        return next(branch for branch in reversed(self.line) if branch.start <= step)

    def keyframe_before(self, step: int) -> Keyframe:
        """Return the latest keyframe of this line at or before a step, at least that of step 0."""
        best = self.line[0].keyframes[0]
        for branch, end in zip(self.line, self._ends(), strict=True):
            frames = branch.keyframes
            past = bisect_right(frames, min(step, end), key=lambda frame: frame.state.steps)
            if past and frames[past - 1].state.steps >= best.state.steps:
                best = frames[past - 1]
        return best

    def keyframes_of_line(self) -> Iterable[Keyframe]:
        """Return every keyframe of this line, in order of step."""
        for branch, end in zip(self.line, self._ends(), strict=True):
            for frame in branch.keyframes:
                if frame.state.steps <= end:
                    yield frame

    def parting_from(self, other: "Branch") -> tuple[int, int]:
        """Return where this line and another part: the step, and how many branches they share."""
        shared = 0
        for mine, its in zip(self.line, other.line, strict=False):
            if mine is not its:
                break
            shared += 1
        starts = [line[shared].start for line in (self.line, other.line) if len(line) > shared]
        return min(starts, default=self.reached), shared

    def record(self, kept: AbstractSet[Keyframe]) -> BranchRecord:
        """Return all of it as frozen values, of its keyframes those to be kept."""
        return BranchRecord(
            self.number,
            -1 if self.parent is None else self.parent.number,
            self.name,
            self.change,
            self.start,
            self.reached,
            self.left_at,
            self.costs.record(),
            tuple(self.evaluations),
            tuple(frame for frame in self.keyframes if frame in kept),
            self.epoch_layout,
            self.with_last,
        )

    @staticmethod
    def of(record: BranchRecord, parent: "Branch | None") -> "Branch":
        """Make the branch of a record again."""
        branch = Branch(record.number, parent, record.change, record.epoch_layout, record.name)
        branch.reached, branch.left_at = record.reached, record.left_at
        branch.with_last = record.with_last
        branch.costs = CostHistory.of(record.costs)
        branch.evaluations = list(record.evaluations)
        branch.keyframes = list(record.keyframes)
        return branch

    def _ends(self) -> Sequence[float]:
        """Return up to which step each branch of the line counts."""
        return [*(branch.start for branch in self.line[1:]), float("inf")]


def free_name(wanted: str, branches: Iterable[Branch]) -> str:
    """Return a name that no branch has yet: the one wanted, or the same with a number."""
    taken = {branch.name for branch in branches}
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name
