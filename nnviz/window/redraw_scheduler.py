"""The redraw scheduler: which view draws in which frame while training runs at full speed.

Everything that is drawn takes Python's lock or a core away from training. So each view, and all
together, follow a budget: what a view's frames take is measured as they go, a cheap one draws more
often than a dear one, and what is looked at more often than what is not. Nothing in sight falls
below four frames a second. Those that show the same figures draw in the same frame, so that no
two of them differ. When training rests, or goes more slowly than frames do, all of them draw at
once and nothing on screen is stale.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import sqrt
from statistics import median

from nnviz.window.drawing_budget import FRAMES, SHARED, DrawingBudget, Shares, Spent

FEWEST = 4.0
"""Refreshes a second below which nothing in sight falls."""
SLOWEST = 4.6
"""Refreshes a second that are handed out at least: some more, since frames are never quite even."""
LOOKED_AT = 4.0
"""How many times as much of the budget what is looked at may take."""
USUAL = 0.004
"""Seconds that a frame of a view is believed to take before one has been measured."""
LEAST = 1e-6
"""Seconds that a frame of a view takes at least: threads' clocks tick in up to 16 ms and say 0."""
AGAIN = 0.25
"""Seconds after which the budget is shared out anew."""

Group = tuple[str, ...]
"""Names that draw in the same frame."""


class RedrawScheduler:
    """Hands out frames to names so that all together keep within a budget.

    Attributes:
        frame_interval: seconds from one frame to the next, as the budget allows.
    """

    def __init__(self, rates: Mapping[str, float], together: Collection[str] = ()) -> None:
        """Begin with everybody due; those together draw in the same frame, when one of them does.

        Rates are the most frames a second for each name.
        """
        shared = tuple(name for name in rates if name in together)
        self._group = {name: shared if name in together else (name,) for name in rates}
        self._most = {group: max(rates[name] for name in group) for group in self._groups(rates)}
        self._last = dict.fromkeys(self._most, float("-inf"))
        self._due = dict(self._last)
        self._costs = {group: deque([USUAL], maxlen=7) for group in self._most}
        self._intervals = dict.fromkeys(self._most, 1 / SLOWEST)
        self._budget = DrawingBudget()
        self._drawn: list[Group] = []
        self._gaps: deque[float] = deque(maxlen=8)
        self._frame = self._shared_out = float("-inf")
        self.frame_interval = 1 / FRAMES

    def _groups(self, names: Iterable[str]) -> list[Group]:
        """Return the groups of names, each once."""
        return list(dict.fromkeys(self._group[name] for name in names))

    def draw_all(self, now: float, spent: Spent, seen: Collection[str]) -> list[str]:
        """Let all in sight draw in the frame at `now`, as when training rests.

        See `due`.
        """
        self._begin(now, spent)
        self._drawn = []  # what one of them took is not known
        self.frame_interval = 1 / FRAMES
        for times in (self._last, self._due):
            times.update(dict.fromkeys(self._groups(seen), now))
        return [name for name in self._group if name in seen]

    def due(
        self,
        now: float,
        spent: Spent,
        seen: Collection[str],
        looked_at: Collection[str] = (),
        shares: Shares = SHARED,
    ) -> list[str]:
        """Return who draws in the frame at `now`, in seconds, while training runs at full speed.

        Args:
            now: a clock that never goes back.
            spent: what the processor has done until now.
            seen: the names in sight; no other draws.
            looked_at: those of them that the user looks at.
            shares: how much of the processor may be drawn with.
        """
        self._begin(now, spent, shares)
        groups = self._groups(name for name in self._group if name in seen)
        if now - self._shared_out >= AGAIN:
            self._shared_out = now
            self._share_out(groups, set(self._groups(looked_at)), shares.evenly)
        drawn = self._overdue(now, groups)
        if not drawn and groups:
            waits = {group: (now - self._due[group]) / self._intervals[group] for group in groups}
            longest = max(groups, key=lambda group: waits[group])
            drawn = [longest] if waits[longest] >= 0 else []
        for group in drawn:
            # Counted from when it was due, or frames would round all intervals up.
            self._due[group] = max(self._due[group], now - self._intervals[group] / 2)
            self._due[group] += self._intervals[group]
        self._last.update(dict.fromkeys(drawn, now))
        self._drawn = drawn
        return [name for group in drawn for name in group if name in seen]

    def _overdue(self, now: float, groups: Sequence[Group]) -> list[Group]:
        """Return who would fall below the fewest refreshes if it were not drawn in this frame.

        One a frame where that will do, so that frames stay even: the first begins early enough for
        those whose time comes with its own.
        """
        gap = median(self._gaps) if self._gaps else self.frame_interval
        left = {group: self._last[group] + 1 / FEWEST - now for group in groups}
        first = sorted(groups, key=lambda group: left[group])
        if any(left[group] <= place * gap for place, group in enumerate(first, 1)):
            return [group for group in first if left[group] <= gap] or first[:1]
        return []

    def _begin(self, now: float, spent: Spent, shares: Shares = SHARED) -> None:
        """Take note of the frame before: how long ago it was, and what it took."""
        gap, self._frame = now - self._frame, now
        took = self._budget.note(now, spent, shares)
        if gap < 1 / FEWEST:  # else nothing was drawn meanwhile
            self._gaps.append(gap)
            known = sum(median(self._costs[group]) for group in self._drawn)
            for group in self._drawn:
                share = median(self._costs[group]) / known
                self._costs[group].append(max(took * share, LEAST))

    def _share_out(
        self, groups: Collection[Group], looked_at: Collection[Group], evenly: float
    ) -> None:
        """Choose every group's interval, and that of frames, in seconds at most `evenly`.

        Where intervals are as the roots of what a frame costs, all together are as fresh as can be
        for what they take: the longest wait is then worth as much everywhere (Lagrange).
        """
        costs = {group: median(self._costs[group]) for group in groups}
        roots = {
            group: sqrt(cost / (LOOKED_AT if group in looked_at else 1.0))
            for group, cost in costs.items()
        }

        def intervals(factor: float) -> dict[Group, float]:
            return {
                group: min(max(factor * root, 1 / self._most[group]), 1 / SLOWEST)
                for group, root in roots.items()
            }

        def dear(factor: float) -> bool:
            chosen = intervals(factor)
            return sum(costs[group] / chosen[group] for group in groups) > self._budget.left

        self._intervals.update(intervals(_least(dear)))
        frames = sum(1 / self._intervals[group] for group in groups)
        self.frame_interval = min(max(1 / max(frames, 1.0), 1 / FRAMES), evenly)


def _least(too_small: Callable[[float], bool]) -> float:
    """Return the least factor, to a few per cent, that is not too small; a large one if none is."""
    low, high = 1e-3, 1e3
    for _ in range(10):
        middle = sqrt(low * high)
        low, high = (middle, high) if too_small(middle) else (low, middle)
    return high
