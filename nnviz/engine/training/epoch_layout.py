"""The epoch layout: which examples the minibatch of any step takes, and how many epochs are done.

While batch size and data stay as they are this is plain division. When one of
them changes in the middle of an epoch, the rest of that epoch is cut anew, so a
run is a row of stretches, each with its own number of examples and batch size.
"""

from bisect import bisect_right

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a minibatch stands.

    Attributes:
        epoch: number of its epoch, from 0.
        start: examples of the epoch used before it.
        rows: examples in it.
    """

    epoch: int
    start: int
    rows: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a run cut into minibatches in one way.

    It is either the rest of an epoch under way or a row of whole epochs.

    Attributes:
        step: minibatches done when it begins.
        epoch: epochs done by then; whole unless it is the rest of one.
        start: examples of the epoch used by then; 0 where it begins with an epoch.
        count: examples in an epoch.
        size: examples in a minibatch; the last of an epoch may be shorter.
    """

    step: int
    epoch: float
    start: int
    count: int
    size: int

    @property
    def length(self) -> int:
        """Steps to the end of the epoch it begins in."""
        return -(-(self.count - self.start) // self.size)

    @property
    def steps_per_epoch(self) -> float:
        """Steps that stand for one epoch on an axis of epochs."""
        return self.length / (1 - self.epoch % 1) if self.start else self.length


@dataclass(frozen=True, slots=True)
class EpochLayout:
    """All stretches of a run, in order; the last has no end."""

    stretches: tuple[Stretch, ...]

    @staticmethod
    def of(count: int, size: int) -> "EpochLayout":
        """Return the epoch layout of a run that has just begun."""
        return EpochLayout((Stretch(0, 0.0, 0, count, min(size, count)),))

    @property
    def per_epoch(self) -> int:
        """Steps in a whole epoch as they are cut at last."""
        return self.stretches[-1].length

    def changed(self, step: int, count: int, size: int) -> "EpochLayout":
        """Return the epoch layout with another number of examples or batch size from a step on.

        The share of the epoch that is done stays done. Of several changes at one step only the last
        counts: the share is that of the minibatches that were taken.
        """
        size = min(size, count)
        before = tuple(stretch for stretch in self.stretches if stretch.step < step)
        if not before:
            return EpochLayout.of(count, size)
        taken = EpochLayout(before)
        place = taken.place(step)
        start, epoch = place.start, place.epoch
        if start >= before[-1].count:  # the rest of an epoch ended here
            start, epoch = 0, epoch + 1
        if start and count != before[-1].count:
            start = min(max(round(start / before[-1].count * count), 1), count - 1)
            epoch += not start  # a single example cannot be used in part
        if not start:
            return EpochLayout((*before, Stretch(step, float(epoch), 0, count, size)))
        rest = Stretch(step, float(taken.epochs(step)), start, count, size)
        whole = Stretch(step + rest.length, place.epoch + 1.0, 0, count, size)
        return EpochLayout((*before, rest, whole))

    def place(self, step: int) -> Place:
        """Return which examples the minibatch after `step` minibatches takes."""
        stretch = self.stretches[self._index(step)]
        ahead, epoch = step - stretch.step, int(stretch.epoch)
        if not stretch.start:
            past, ahead = divmod(ahead, stretch.length)
            epoch += past
        start = stretch.start + ahead * stretch.size
        return Place(epoch, start, min(stretch.size, stretch.count - start))

    def epochs(self, steps: ArrayLike) -> NDArray[np.float64]:
        """Return the epochs done after so many minibatches, with fractions; shaped like `steps`."""
        at = np.asarray(steps)
        begins = np.array([stretch.step for stretch in self.stretches])
        index = np.maximum(np.searchsorted(begins, at, side="right") - 1, 0)
        epoch = np.array([stretch.epoch for stretch in self.stretches])[index]
        length = np.array([stretch.steps_per_epoch for stretch in self.stretches])[index]
        return np.asarray(epoch + (at - begins[index]) / length)

    def step_of(self, epoch: int) -> int:
        """Return the step at which so many epochs are done."""
        for stretch, end in zip(self.stretches, self._ends(), strict=True):
            if stretch.start:
                continue
            step = stretch.step + round(epoch - stretch.epoch) * stretch.length
            if stretch.step <= step < end:
                return step
        raise ValueError(f"no step ends epoch {epoch}")

    def epoch_start(self, step: int) -> int:
        """Return the step, at or before `step`, at which the epoch under way there began."""
        return self.step_of(self.place(step).epoch)

    def epoch_end(self, step: int) -> int:
        """Return the step, after `step`, at which the epoch under way there is over."""
        return self.step_of(self.place(step).epoch + 1)

    def _ends(self) -> list[float]:
        return [*(stretch.step for stretch in self.stretches[1:]), float("inf")]

    def _index(self, step: int) -> int:
        return max(0, bisect_right(self.stretches, step, key=lambda s: s.step) - 1)


ONE_STEP_EPOCHS = EpochLayout.of(1, 1)
"""The simplest epoch layout: every step is an epoch."""
