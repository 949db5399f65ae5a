"""The bar that the command line draws on stderr while something takes time."""

import sys

from nnviz.numbers import percent


class ProgressBar:
    """A progress bar on stderr, drawn only where somebody is looking."""

    def __init__(self) -> None:
        self._visible = sys.stderr.isatty()

    def show(self, fraction: float, text: str) -> None:
        """Draw the bar."""
        if self._visible:
            filled = round(30 * fraction)
            bar = "█" * filled + "░" * (30 - filled)
            share = f"{percent(fraction, 0):>6}"
            print(f"\r{bar} {share}  {text}\033[K", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the bar."""
        if self._visible:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
