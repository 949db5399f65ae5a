"""What the branches view shows: a row for each branch, and one of them beside the one on screen."""

from collections.abc import Sequence

from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.measure.measured import measured, short_text
from nnviz.engine.run.snapshot import BranchLook, Snapshot
from nnviz.engine.training.evaluation import Evaluation
from nnviz.numbers import style, write
from nnviz.views.branches import text

NONE = -1
"""Number of no branch."""


@dataclass(frozen=True, slots=True)
class BranchesState:
    """What is chosen in the branches view: number of the branch that is selected; −1 for none."""

    compared: int = NONE


@dataclass(frozen=True, slots=True)
class Row:
    """A branch in the list.

    Attributes:
        origin: where it begins.
        extents: how far it went and when its figures were true, the fullest wording first.
        result: how good it is, in one figure; empty before it was measured.
    """

    number: int
    name: str
    current: bool
    origin: str
    extents: tuple[str, ...]
    result: str

    @property
    def tip(self) -> str:
        """All that is said of it."""
        return f"{self.name}\n{self.origin}\n{self.extents[0]}"


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a branch is: cost and score in parts, and when, where that is older."""

    parts: tuple[str, ...] = ()
    older: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A branch that was left behind, side by side with the one on screen.

    Two moments are compared: the last step at which both were measured after they parted, and
    the end of each. Where their minibatches differ in size they share epochs rather than steps.

    Attributes:
        differences: what makes the difference, a sentence for each side.
        shared: what the first moment is called.
        ends: what the second is called, in full and in short.
    """

    differences: tuple[str, ...]
    shared: str
    ends: tuple[str, str]
    here: tuple[Figures, Figures]
    there: tuple[Figures, Figures]


@dataclass(frozen=True, slots=True, eq=False)
class BranchesPicture:
    """What the branches view shows.

    Attributes:
        moment: what all this depends on besides what is chosen, cheap to compare.
        comparison: it beside the one on screen; None where it is that one.
    """

    moment: tuple[object, ...] = ()
    run: int = NONE
    rows: tuple[Row, ...] = ()
    compared: int = NONE
    comparison: Comparison | None = None

    @property
    def several(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.rows) > 1

    def row(self, number: int) -> Row | None:
        """Return the row of a branch; None where there is none."""
        return next((row for row in self.rows if row.number == number), None)


def picture(
    snapshot: Snapshot, state: BranchesState, before: BranchesPicture | None = None
) -> BranchesPicture:
    """Return what is to be shown of a moment.

    A branch that was current before and is left now is the one to compare with; where nothing
    has changed, the picture before is returned itself.
    """
    targets = snapshot.description.targets
    moment = (snapshot.run, snapshot.branches, targets, style())
    if before is not None and (before.moment, before.compared) == (moment, state.compared):
        return before
    looks = {look.number: look for look in snapshot.branches}
    rows = before.rows if before is not None and before.run == snapshot.run else ()
    left = [row.number for row in rows if row.current and row.number in looks]
    ghosts = [number for number, look in looks.items() if not look.current]
    compared = next((number for number in left if number in ghosts), state.compared)
    if compared not in looks:
        compared = ghosts[-1] if ghosts else NONE
    current = next((look for look in looks.values() if look.current), None)
    comparison = None
    if compared in ghosts and current is not None:
        comparison = comparison_of(looks[compared], current, targets)
    return BranchesPicture(
        moment,
        snapshot.run,
        tuple(row_of(look, targets) for look in looks.values()),
        compared,
        comparison,
    )


def row_of(look: BranchLook, targets: Sequence[Column] = ()) -> Row:
    """Return the row of a branch; the targets know the unit of what is predicted."""
    return Row(
        look.number,
        look.name,
        look.current,
        text.origin(look),
        text.extents(look, as_of(look)),
        result_of(look, targets),
    )


def result_of(look: BranchLook, targets: Sequence[Column] = ()) -> str:
    """Return the last test accuracy or RMSE, or the test cost where there is neither."""
    if not look.evaluations:
        return ""
    last = look.evaluations[-1]
    return short_text(last.test, targets) or _cost(last.test_cost)


def as_of(look: BranchLook) -> str:
    """Say when the last figures of a branch were true; empty where that is its end."""
    last = measured(look.evaluations, look.reached)
    return "" if last is None else last.as_of


def comparison_of(
    ghost: BranchLook, current: BranchLook, targets: Sequence[Column] = ()
) -> Comparison:
    """Return a branch that was left behind beside the one on screen."""
    here, there, name = at_shared_step(ghost, current)
    ends = [look.evaluations[-1] if look.evaluations else None for look in (current, ghost)]
    older = [as_of(current), as_of(ghost)]
    return Comparison(
        text.differences(ghost),
        name,
        text.MEASURED_LAST if any(older) else text.AT_END,
        (_figures(here, targets), _figures(ends[0], targets, older[0])),
        (_figures(there, targets), _figures(ends[1], targets, older[1])),
    )


def at_shared_step(
    ghost: BranchLook, current: BranchLook
) -> tuple[Evaluation | None, Evaluation | None, str]:
    """Return both at the last step after their parting at which both were measured.

    Returns:
        The figures here and there, and what to call the moment: "step 2 400", or "epoch 4" where
        they share no step.
    """
    after = [
        [one for one in look.evaluations if one.step > ghost.leaves] for look in (current, ghost)
    ]
    for kind, sides in (
        ("step", [{float(one.step): one for one in side} for side in after]),
        ("epoch", [{round(one.epoch, 3): one for one in side} for side in after]),
    ):
        here, there = sides
        if shared := here.keys() & there.keys():
            last = max(shared)
            return here[last], there[last], text.moment(kind, last)
    return None, None, text.SAME_STEP


def _figures(found: Evaluation | None, targets: Sequence[Column], older: str = "") -> Figures:
    if found is None:
        return Figures()
    score = short_text(found.test, targets)
    return Figures((_cost(found.test_cost), *([score] if score else [])), older)


def _cost(value: float) -> str:
    """Write a cost in three digits, zeros at the end included."""
    return write(value, 3, zeros=True)
