"""Minibatches: the examples of an epoch in its order, a few batches at a time.

Several minibatches are gathered with one call into a ring of slots that fits
the processor's cache, because picking scattered rows costs more in calls and
in waiting for memory than in copying. Which examples a step gets is a function
of the seed and the step alone, so a ring can be refilled for any step.
"""

import numpy as np

from nnviz.engine.ops import Array
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.augment import Augmenter
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.examples import Examples, Rows, epoch_order
from nnviz.engine.training.framed import Framed

RING_BYTES = 512 * 1024
"""Most bytes of inputs gathered ahead."""
RING_SLOTS = 64
"""Most minibatches gathered ahead."""


class Minibatches:
    """Delivers the minibatch of any step in one of a few fixed buffers.

    Attributes:
        x, y: inputs and desired outputs of each slot, (rows, inputs) and (rows, outputs);
            where an epoch ends in a short minibatch, a slot behind the ring is of its size.
        count: examples in an epoch.
    """

    def __init__(
        self,
        recipe: Recipe,
        examples: Examples,
        epoch_layout: EpochLayout,
        picture: tuple[int, int] | None,
        framed: Framed | None,
    ) -> None:
        """Make the buffers; only the last cut of the epoch layout is delivered.

        `picture` gives rows and columns where inputs are grey values, which must stay in 0..1;
        `framed` the pictures to vary, or None to leave them as they are.
        """
        self._recipe = recipe
        self._picture = picture
        self._epoch_layout = epoch_layout
        self._all_x, self._all_y = examples.x_train, examples.y_train
        self._taught_x, self._taught_y = examples.x_taught, examples.y_taught
        count = self.count = examples.count
        size = self._size = epoch_layout.stretches[-1].size
        batch_bytes = size * self._all_x.shape[1] * self._all_x.dtype.itemsize
        slots = max(1, min(RING_SLOTS, count // size, RING_BYTES // batch_bytes))
        self._slots = slots
        self._ring_x = np.empty((slots * size, self._all_x.shape[1]), self._all_x.dtype)
        self._ring_y = np.empty((slots * size, self._all_y.shape[1]), self._all_y.dtype)
        self.x: list[Array] = [self._ring_x[i * size : (i + 1) * size] for i in range(slots)]
        self.y: list[Array] = [self._ring_y[i * size : (i + 1) * size] for i in range(slots)]
        self._augmenter: Augmenter | None = None
        if framed is not None and picture is not None:
            taught = Framed(self._taught_x, picture) if len(self._taught_x) else None
            self._augmenter = Augmenter(recipe, framed, size, taught=taught)
        # The rest of an epoch that was cut anew may end in another short minibatch than others.
        self._short: dict[int, int] = {}
        for stretch in epoch_layout.stretches[-2:]:
            short = (stretch.count - stretch.start) % size
            if short and (stretch.count, stretch.size) == (count, size):
                self._short.setdefault(short, slots + len(self._short))
        for short in self._short:
            self.x.append(np.empty((short, self._all_x.shape[1]), self._all_x.dtype))
            self.y.append(np.empty((short, self._all_y.shape[1]), self._all_y.dtype))
        self._epoch = -1
        self._order: Rows = np.arange(0)
        self._first, self._loaded, self._base = 0, 0, 0

    def slot(self, step: int) -> int:
        """Return the slot that holds the minibatch of a step (from 0); load it if need be."""
        ahead = step - self._first
        if 0 <= ahead < self._loaded:
            return self._base + ahead
        self._load(step)
        return self._base

    def rows(self, step: int) -> Rows:
        """Return the indices of the training examples that a step (from 0) of this cut uses.

        Taught drawings count from −1 downwards.
        """
        place = self._epoch_layout.place(step)
        rows = self._order_of(place.epoch)[place.start : place.start + place.rows]
        if not len(self._taught_x):
            return rows
        return np.where(rows < len(self._all_x), rows, -1 - self._drawing(rows))

    def _drawing(self, rows: Rows) -> Rows:
        """Return which drawing stands at places of an epoch behind its other examples."""
        return np.asarray((rows - len(self._all_x)) % len(self._taught_x))

    def _order_of(self, epoch: int) -> Rows:
        if epoch != self._epoch:
            self._order = epoch_order(self._recipe, epoch, self.count)
            self._epoch = epoch
        return self._order

    def _load(self, step: int) -> None:
        place = self._epoch_layout.place(step)
        start, size = place.start, self._size
        order = self._order_of(place.epoch)
        if place.rows < size:
            count, self._base = 1, self._short[place.rows]
            x, y = self.x[self._base], self.y[self._base]
            rows = order[start : start + place.rows]
        else:
            count, self._base = min(self._slots, (len(order) - start) // size), 0
            rows = order[start : start + count * size]
            x, y = self._ring_x[: len(rows)], self._ring_y[: len(rows)]
        # mode="clip" writes straight into the buffer; the default would check a copy first.
        if self._augmenter:
            self._augmenter.vary(rows, step, x)
        else:
            self._all_x.take(rows, 0, x, "clip")
        self._all_y.take(rows, 0, y, "clip")
        if len(self._taught_x):
            places = np.flatnonzero(rows >= len(self._all_x))
            drawn = self._drawing(rows[places])
            y[places] = self._taught_y[drawn]
            if not self._augmenter:
                x[places] = self._taught_x[drawn]
        self._first, self._loaded = step, count
        if self._recipe.input_noise:
            for ahead in range(count):
                self._add_noise(self.x[self._base + ahead], step + ahead)

    def _add_noise(self, x: Array, step: int) -> None:
        draw = generator(self._recipe.seed, Purpose.INPUT_NOISE, step)
        x += self._recipe.input_noise * draw.standard_normal(x.shape)
        if self._picture:
            np.clip(x, 0, 1, out=x)
