"""The rate of training: minibatches a second over the last second or so."""

from time import perf_counter


class Rate:
    """Minibatches a second over the last second or so."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin to count anew."""
        self._since = perf_counter()
        self._steps = 0
        self._value = 0.0

    def count(self, steps: int) -> None:
        """Add minibatches that have just been done."""
        self._steps += steps
        elapsed = perf_counter() - self._since
        if elapsed >= 0.5:
            self._value = self._steps / elapsed
            self._since += elapsed
            self._steps = 0

    def per_second(self) -> float:
        """Return minibatches a second."""
        if self._value:
            return self._value
        elapsed = perf_counter() - self._since
        return self._steps / elapsed if elapsed > 0.05 else 0.0
