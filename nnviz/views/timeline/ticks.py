"""Where the epochs begin on the timeline, and which of them are worth a name.

An epoch may have another number of minibatches from some step on, so each
stretch of the epoch layout has ticks as dense as it has room for.
"""

from collections.abc import Callable

from nnviz.engine.training.epoch_layout import EpochLayout


def ticks(
    epoch_layout: EpochLayout,
    end: int,
    place_of: Callable[[int], float],
    room: Callable[[int], float],
) -> list[tuple[int, float]]:
    """Return the epochs to mark and where they begin, (epoch, x) in order, at whole epochs only."""
    found: list[tuple[int, float]] = []
    begins = [stretch.step for stretch in epoch_layout.stretches]
    for stretch, stop in zip(epoch_layout.stretches, [*begins[1:], end + 1], strict=True):
        stop = min(stop, end + 1)
        if stretch.start or stretch.step >= stop:
            continue
        first = round(stretch.epoch)
        last = first + (stop - 1 - stretch.step) // stretch.length
        wide = place_of(stretch.step + stretch.length) - place_of(stretch.step)
        every = 1
        while every * wide < room(last) and every <= last - first:
            every = rounder(every)
        for epoch in range(-(-first // every) * every, last + 1, every):
            x = place_of(stretch.step + (epoch - first) * stretch.length)
            if not found or x - found[-1][1] >= 0.5 * room(epoch):
                found.append((epoch, x))
    return found


def rounder(every: int) -> int:
    """Return the next larger number of the row 1, 2, 5, 10, 20, 50 and so on."""
    digits = str(every)
    step = {"1": 2, "2": 5, "5": 10}[digits[0]]
    return step * int(10 ** (len(digits) - 1))
