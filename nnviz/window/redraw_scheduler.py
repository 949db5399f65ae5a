"""The redraw scheduler: which view draws in which frame while training runs at full speed.

All views drawing in every frame would stall the buttons and, through Python's
lock, the training. So each frame goes to the one that has waited longest beyond
its own interval; together they still fill every frame of the display. Those that
show the same figures draw in the same frame, so that no two of them differ. When
training rests, or goes more slowly than frames do, all of them draw at once and
nothing on screen is stale.
"""

from collections.abc import Collection, Mapping

FRAMES = 60.0
"""Frames a second: who trains fewer minibatches in that time can show each of them everywhere."""


class RedrawScheduler:
    """Hands out frames to names, each at no more than its own rate."""

    def __init__(self, rates: Mapping[str, float], together: Collection[str] = ()) -> None:
        """Begin with everybody due; those together draw in the same frame, when one of them does.

        Rates are the most frames a second for each name.
        """
        self._together = [name for name in rates if name in together]
        self._intervals = {name: 1 / rate for name, rate in rates.items()}
        self._last = dict.fromkeys(rates, float("-inf"))

    def due(self, now: float, *, everything: bool) -> list[str]:
        """Return who draws in the frame at `now`, in seconds.

        Args:
            now: a clock that never goes back.
            everything: True to let all draw, as when training rests.
        """
        if everything:
            names = list(self._last)
        else:
            waiting = {
                name: (now - self._last[name]) / interval
                for name, interval in self._intervals.items()
            }
            longest = max(waiting, key=lambda name: waiting[name])
            names = [longest] if waiting[longest] >= 1 else []
            if longest in self._together:
                names = self._together if names else []
        for name in names:
            self._last[name] = now
        return names
