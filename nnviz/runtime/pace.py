"""The pace of training: how fast it may go, when the next beat is due, and how fast it goes."""

from time import perf_counter

PHASES = 10.0
"""Most phases a second that play by themselves: more cannot be seen."""


CALM_SHARE, LONGEST_WAIT = 3, 0.2
"""How many times as long as a picture takes training goes on before the next, within seconds."""


class PicturePace:
    """How often a moment is frozen for the window while training runs as fast as it can.

    That of a net of millions of weights is as much work as a minibatch or two.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Let the next picture be due at once."""
        self._due = float("-inf")

    def due(self, now: float) -> bool:
        """Tell whether another picture may be made, at a time of `perf_counter`."""
        return now >= self._due

    def made(self, now: float, took: float) -> None:
        """Take note of when a picture was made, and how long the processor worked at it.

        What it waited for meanwhile, as for drawing, takes nothing from training.
        """
        self._due = now + min(CALM_SHARE * took, LONGEST_WAIT)


class Pace:
    """Beats of training: minibatches, or phases of them.

    Attributes:
        limit: most beats a second; None for as many as there can be.
        by_phase: True where a beat is a phase.
    """

    def __init__(self) -> None:
        self.limit: float | None = None
        self.by_phase = False
        self.restart()

    def restart(self) -> None:
        """Begin to count anew; the next beat is due at once."""
        self._due = self._since = perf_counter()
        self._steps = 0
        self._value = 0.0

    @property
    def beat(self) -> float | None:
        """Beats a second at most; None for as many as there can be."""
        if not self.by_phase:
            return self.limit
        return PHASES if self.limit is None else min(self.limit, PHASES)

    def wait(self) -> float:
        """Return the seconds until the next beat is due."""
        return 0.0 if self.beat is None else max(0.0, self._due - perf_counter())

    def take_beat(self) -> bool:
        """Tell whether a beat is due, which is then taken."""
        beat, now = self.beat, perf_counter()
        if beat is not None:
            if now < self._due:
                return False
            # A slow machine skips beats instead of running after them for ever.
            self._due = max(self._due + 1 / beat, now - 0.1)
        return True

    def count(self, steps: int) -> None:
        """Add minibatches that have just been done."""
        self._steps += steps
        elapsed = perf_counter() - self._since
        if elapsed >= 0.5:
            self._value = self._steps / elapsed
            self._since += elapsed
            self._steps = 0

    def per_second(self) -> float:
        """Return the minibatches a second over the last second or so."""
        if self._value:
            return self._value
        elapsed = perf_counter() - self._since
        return self._steps / elapsed if elapsed > 0.05 else 0.0
