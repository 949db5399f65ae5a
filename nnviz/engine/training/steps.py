"""Steps: the plans of a training step, one for every slot of the minibatches.

Forward propagation, cost, backpropagation, regularisation and the optimiser's
update are bound to buffers once. For optimisers that take the nudge, the small
δ of the output layer is scaled by −η instead of the large gradient. Plain
descent adds the nudge of the first layer's weights, most of all there are, to them
without writing it down; who asks for the gradient has it computed then.
"""

from collections.abc import Callable
from functools import partial
from math import isfinite

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.backprop import Workspace
from nnviz.engine.big_arrays import copied, empty_like
from nnviz.engine.blas import adding_product
from nnviz.engine.costs import COSTS
from nnviz.engine.network import Network, views
from nnviz.engine.ops import Array, Op, Plan, freeze, run
from nnviz.engine.optimisers import OPTIMISERS, Tools
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.divergence import diverged
from nnviz.engine.training.minibatches import Minibatches
from nnviz.engine.training.phases import Minibatch
from nnviz.engine.training.scores import mistakes


class Steps:
    """Buffers and plans for training one network with one recipe.

    Attributes:
        g: the last gradient, times −η where the optimiser takes nudges, (parameters,); in plain
            descent that of the first layer's weights may not be there, see `gradient`.
        slots: what the optimiser remembers, (slots, parameters).
        works: the workspace for each number of rows.
        plans: for every slot of the minibatches: the plan up to the cost; the part of the cost
            it leaves, an array of no dimensions; what to multiply that with for the mean cost;
            the plan of the rest.
        guarded: True where `plans` end before the update, so that `size` can be looked at.
        size: the squared length of g, an array of no dimensions; only where guarded.
        update: the plan of the optimiser's update; part of `plans` where not guarded.
        mistakes: examples met so far that were answered wrongly, where the cost wants that
            counted; whoever ends an epoch sets it back.
    """

    def __init__(
        self, recipe: Recipe, network: Network, batches: Minibatches, steps: Callable[[], int]
    ) -> None:
        """Bind every call of a step to its buffers; the network is trained in place.

        `steps` returns the minibatches done so far.
        """
        self._recipe, self._network, self._steps = recipe, network, steps
        self._batches = batches
        dtype, optimiser = np.dtype(recipe.dtype), OPTIMISERS[recipe.optimiser]
        self._takes_nudge = optimiser.takes_nudge
        self._unwritten = False
        self._unit = 1.0
        self.mistakes = 0
        self.g = np.zeros(recipe.parameters, dtype)
        self._told: tuple[int, Array | None] = -1, None
        self.slots = np.zeros((optimiser.slots, recipe.parameters), dtype)
        self._scratch = np.zeros(recipe.parameters, dtype)
        self._eta, self._l2, self._l1, self.size = (np.zeros((), dtype) for _ in range(4))
        self._scales: dict[int, Array] = {}
        self.works: dict[int, Workspace] = {}
        tools = Tools(
            network.theta,
            self.g,
            self.slots,
            self._scratch,
            self._eta,
            lambda: steps() + 1,
            optimiser.given(recipe),
        )
        self.update = self._plan_update(optimiser.plan(tools))
        # Only these can turn finite parameters and a finite cost into infinite gradients.
        self.guarded = bool(recipe.l1 or recipe.l2) or not all(
            ACTIVATIONS[name].bounded for name in recipe.activations
        )
        self._plain = optimiser.plain and not self.guarded and not recipe.only
        self.plans = [self._plan(x, y) for x, y in zip(batches.x, batches.y, strict=True)]

    def _plan_update(self, plan: Plan) -> Plan:
        """Plan an update of those parameters only that train; the others stay to the last bit."""
        if not self._recipe.only:
            return plan
        only, theta = np.array(self._recipe.only), self._network.theta
        before, values = np.empty_like(theta), np.empty(len(only), theta.dtype)
        return [
            partial(np.copyto, before, theta),
            *plan,
            partial(np.take, theta, only, 0, values),
            partial(np.copyto, theta, before),
            partial(np.put, theta, only, values),
        ]

    def _plan(self, x: Array, y: Array) -> tuple[Plan, Array, float, Plan]:
        descent = self._plan_descent(x, y) if self._plain else None
        if descent is not None:
            return descent
        forward, total, share, backward = self._plan_gradient(x, y)
        if self.guarded:
            return forward, total, share, [*backward, partial(self.g.dot, self.g, self.size)]
        return forward, total, share, backward + self.update

    def _plan_descent(self, x: Array, y: Array) -> tuple[Plan, Array, float, Plan] | None:
        """Plan a step of plain descent, in which the gradient of the first layer is not written."""
        first, work = self._network.weights[0], self._work(len(x))
        instead = adding_product(x, work.delta[0], first)
        if instead is None:
            return None
        self._unwritten = True
        theta, g = self._network.theta[first.size :], self.g[first.size :]
        forward, total, share, backward = self._plan_gradient(x, y, instead)
        return forward, total, share, [*backward, partial(np.add, theta, g, theta)]

    def _work(self, rows: int) -> Workspace:
        if rows not in self.works:
            self._scales[rows] = np.zeros((), self.g.dtype)
            self.works[rows] = Workspace(
                self._recipe,
                rows,
                self._network.weights,
                self._network.biases,
                dropout=self._recipe.dropout > 0,
            )
        return self.works[rows]

    def _plan_gradient(
        self, x: Array, y: Array, instead: Op | None = None
    ) -> tuple[Plan, Array, float, Plan]:
        rows = len(x)
        work = self._work(rows)
        forward = work.plan_forward(x) + work.plan_head(y)
        if work.masks:
            forward.insert(0, partial(self._draw_masks, work))
        gradients = views(self._recipe, self.g)
        backward = work.plan_backward(x, *gradients, self._scales[rows], instead)
        if COSTS[self._recipe.cost].counts_mistakes:
            backward.insert(0, partial(self._count_mistakes, work.a[-1], y))
        backward += self._plan_regularisation()
        return forward, work.total, work.cost_share / rows, backward

    def preview(self, eta: float) -> Minibatch:
        """Compute the next minibatch and its update with a learning rate, and change nothing.

        See `keep_gradient`.

        Raises:
            DivergedError: its cost or its gradient is not finite.
        """
        batches, slot = self._batches, self._batches.slot(self._steps())
        x, y, rows = batches.x[slot], batches.y[slot], batches.rows(self._steps())
        work, scale = self.works[len(x)], self._scales[len(x)]
        theta, slots, g = (copied(one) for one in (self._network.theta, self.slots, self.g))
        counted = self.mistakes
        forward, total, share, backward = self._plan_gradient(x, y)
        asked = scale.copy()
        run(forward)
        cost = float(total) * share
        scale[()] = 1  # for the errors as they are, example by example
        run(backward)
        delta = tuple(layer.copy() for layer in work.delta)
        scale[()] = asked
        run(forward + backward)
        gradient = self._computed()
        run(self.update)
        nudge = np.subtract(self._network.theta, theta, empty_like(theta))
        run(work.plan_terms(y))
        z, a = (tuple(layer.copy() for layer in layers) for layers in (work.z, work.a))
        self._network.theta[...], self.slots[...], self.g[...] = theta, slots, g
        self.mistakes = counted
        if not isfinite(cost):
            raise diverged("cost", eta, self._steps())
        if not np.isfinite(gradient).all():
            raise diverged("gradient", eta, self._steps())
        x, y, terms = x.copy(), y.copy(), work.terms.copy()
        freeze(rows, x, y, *z, *a, *delta, terms, gradient, nudge, theta)
        return Minibatch(
            self._steps(), rows, x, y, z, a, delta, terms, cost, eta, gradient, nudge, theta=theta
        )

    def _plan_regularisation(self) -> Plan:
        """Plan to add the slopes of (λ/2n) Σw² and (λ/n) Σ|w|; biases are exempt."""
        count = sum(w.size for w in self._network.weights)
        weights, g, scratch = self._network.theta[:count], self.g[:count], self._scratch[:count]
        plan: Plan = []
        if self._recipe.l2:
            plan += [partial(np.multiply, weights, self._l2, scratch)]
            plan += [partial(np.add, g, scratch, g)]
        if self._recipe.l1:
            plan += [partial(np.sign, weights, scratch)]
            plan += [partial(np.multiply, scratch, self._l1, scratch)]
            plan += [partial(np.add, g, scratch, g)]
        return plan

    def _count_mistakes(self, a: Array, y: Array) -> None:
        self.mistakes += mistakes(a, y)

    def _draw_masks(self, work: Workspace) -> None:
        """Silence a share of the hidden neurons; the others speak up to make up for them."""
        keep = 1 - self._recipe.dropout
        draw = generator(self._recipe.seed, Purpose.DROPOUT, self._steps())
        for mask in work.masks:
            np.less(draw.random(mask.shape), keep, mask)
            np.multiply(mask, 1 / keep, mask)

    def set_eta(self, eta: float) -> None:
        """Train with this learning rate from now on; the last gradient stays what it was."""
        unit = -eta if self._takes_nudge else 1.0
        if unit != self._unit:
            self.keep_gradient()
            self._unit = unit
        self._eta[()] = eta
        for rows, scale in self._scales.items():
            scale[()] = unit / rows
        with np.errstate(over="ignore"):  # λ has no upper limit; the guard sees to the rest
            self._l2[()] = unit * self._recipe.l2 / self._batches.count
            self._l1[()] = unit * self._recipe.l1 / self._batches.count

    def take_over(self, before: "Steps") -> None:
        """Go on from the slots and the last gradient of another recipe's steps."""
        self.slots[...] = before.slots
        self.mistakes = before.mistakes
        self.set_gradient(before.gradient())

    def set_gradient(self, gradient: Array) -> None:
        """Say what the last minibatch's gradient was, (parameters,); training does not use it."""
        self._told = self._steps(), gradient

    def forget_gradient(self) -> None:
        """Forget it: another path may have led to this step."""
        self._told = self._steps(), None

    def gradient(self) -> Array:
        """Return the last minibatch's gradient, L1 and L2 included, (parameters,).

        It is not to be written to: it may be the one that was told.
        """
        step, told = self._told
        if told is not None and step == self._steps():  # no step was taken since it was told
            return told
        self._told = step, None  # what is out of date takes no memory
        if self._unwritten and step != self._steps():
            # The last minibatch and its δ are still there, even where a next one has diverged.
            x = self._batches.x[self._batches.slot(self._steps() - 1)]
            first = views(self._recipe, self.g)[0][0]
            x.T.dot(self.works[len(x)].delta[0], first)
        return self._computed()

    def keep_gradient(self) -> None:
        """Keep the last gradient while the next minibatch is looked at before its step."""
        self.set_gradient(self.gradient())

    def _computed(self) -> Array:
        return np.asarray(np.divide(self.g, self.g.dtype.type(self._unit), empty_like(self.g)))
