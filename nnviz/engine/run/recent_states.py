"""Recent states: those last passed of a run whose steps take long, for steps back.

Keyframes lie hundreds of steps apart. That is a moment's replay for a small net, and many seconds
for one of millions of weights: of such a run the last few states passed are kept, too, some
steps apart.
"""

from nnviz.engine.ops import freeze
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.branch import Branch
from nnviz.engine.run.record import Keyframe

WORK = 0.75e9
"""Parameters times examples that may be trained again for one step back: about 0.15 s."""
MOST = 2
"""How many states are kept: the one before the last is needed right behind that."""
NEVER = 2**62
"""A step that no run comes to."""


def steps_at_once(recipe: Recipe) -> int:
    """Return how many steps of a recipe are soon trained again, at least one."""
    return max(1, int(WORK // (recipe.parameters * recipe.batch_size)))


class RecentStates:
    """Keeps the states last passed of one run."""

    def __init__(self, stride: int) -> None:
        """Keep none yet; `stride` is how many steps apart keyframes are at least."""
        self._stride = stride
        self._kept: list[tuple[Branch, Keyframe]] = []
        self._every: tuple[Recipe | None, int] = None, 0

    def due(self, steps: int, recipe: Recipe) -> int:
        """Return the next step after so many at which a state is kept."""
        of, every = self._every
        if of is not recipe:
            every = steps_at_once(recipe)
            self._every = recipe, every
        return (steps // every + 1) * every if every < self._stride else NEVER

    def keep(self, owner: Branch, frame: Keyframe) -> None:
        """Keep a state of a branch's own part, read-only, in place of the one kept longest."""
        freeze(frame.state.theta, frame.state.slots)
        self._kept = [*self._kept, (owner, frame)][-MOST:]

    def forget(self, branch: Branch) -> None:
        """Keep none any more of a branch's own part: what began it has changed."""
        self._kept = [kept for kept in self._kept if kept[0] is not branch]

    def at(self, branch: Branch, step: int) -> Keyframe | None:
        """Return the state kept of a branch's line at a step, if any."""
        for owner, frame in self._kept:
            if frame.state.steps == step and branch.owner(step) is owner:
                return frame
        return None

    def before(self, branch: Branch, step: int, best: Keyframe) -> Keyframe:
        """Return the latest state kept of a branch's line at or before a step, or else the best."""
        for owner, frame in self._kept:
            there = frame.state.steps
            if best.state.steps < there <= step and branch.owner(there) is owner:
                best = frame
        return best
