"""The training process as the worker sees it: it trains ahead, and its steps are taken over.

Python lets one thread of a process compute at a time, so a window that draws costs the training
of the same process as much as it takes itself. At full speed a small net is therefore trained in
a second process. It begins at a state of the run and goes on by itself; the worker takes its steps
over one after another as if it had trained them, and lets go of what was trained ahead as soon as
anything else is done to the run. Before the first are taken over they are trained here too, and
have to come out the same to the last bit. Wherever there can be no such process, or it fails,
everything is trained here.
"""

import logging
import os
from collections import deque
from collections.abc import Callable
from time import perf_counter

from nnviz.engine.ops import same_bits
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.keyframes import STRIDE
from nnviz.engine.run.recent_states import steps_at_once
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.trained_steps import TrainedSteps
from nnviz.engine.training.trainer import Trainer
from nnviz.runtime.training_process.link import Link, interpreter
from nnviz.runtime.training_process.loading import Loading
from nnviz.runtime.training_process.shared_memory import SharedMemory
from nnviz.runtime.training_process.task import plain

PLAYED = 0.3
"""Seconds at full speed after which the second process is begun: most plays are shorter."""
PAUSE = 0.2
"""Seconds without training after which another play has begun."""
MOST_BYTES = 2 * 2**20
"""Of the parameters of a net: larger ones compute without the lock most of the time anyway."""
WAIT, WITHOUT, MOST_WITHOUT = 0.08, 0.06, 0.5
"""Longest wait for steps, in seconds, and how long all are trained here where none came in time,
at first and at most: where every core is busy with something else no one waits in vain."""
_log = logging.getLogger(__name__)


class TrainingProcess:
    """Owns the second process, which is begun when it is first worth it."""

    def __init__(self, cores: int | None = None) -> None:
        """Begin nothing yet, on so many cores or as many as there are."""
        self._possible = (cores or os.cpu_count() or 1) > 1 and interpreter() is not None
        self._link: Link | None = None
        self._loading: Loading | None = None
        self._generation = 0
        self._goes_on = False
        self._held: TrainedSteps | None = None
        self._rows: deque[int] = deque()
        self._taken: list[int] = []
        self._recipe: Recipe | None = None
        self._epoch_layout: EpochLayout | None = None
        self._proved: Recipe | None = None
        self._measured_alike: Recipe | None = None
        self._since = self._asked = self._again = float("-inf")
        self._without = WITHOUT

    @property
    def proved(self) -> bool:
        """Whether steps of this recipe trained there have come out the same here."""
        return self._proved is not None and self._proved is self._recipe

    def next(self, trainer: Trainer, measured: Callable[[], int]) -> TrainedSteps | None:
        """Return steps that go on from exactly this state; None where there are none yet.

        Whoever takes them over does so before asking again. `measured` returns the step of the
        last evaluation, -1 where there is none.
        """
        now = perf_counter()
        if now - self._asked > PAUSE:
            self._since = now
        self._asked = now
        if now - self._since < PLAYED or now < self._again:
            return None
        if not self._possible or not _fits(trainer):
            return None
        try:
            if self.loaded(trainer):
                return self._go_on(trainer, measured)
        except OSError as error:  # a full disk, no further process, or it has ended
            self._give_up(str(error))
        return None

    def prove(self, done: TrainedSteps, trainer: Trainer) -> None:
        """Compare steps that `next` returned with a trainer that has trained them itself."""
        state = trainer.state()
        if (
            trainer.steps == done.steps
            and same_bits(done.theta, state.theta)
            and same_bits(done.slots, state.slots)
            and same_bits(done.gradient, trainer.gradient)
        ):
            self._proved = trainer.recipe
        else:
            self._give_up("it computes other numbers")

    @property
    def measures(self) -> bool:
        """Whether figures of this recipe measured there have come out the same here."""
        return self._measured_alike is not None and self._measured_alike is self._recipe

    def evaluation(
        self, done: TrainedSteps, here: Callable[[int], Evaluation | None]
    ) -> Evaluation | None:
        """Return the figures that came with steps which have just been taken over, if any.

        The first of a recipe have to come out the same `here`, which returns those measured in this
        process of the moment after a step, or None where it is not known any more.
        """
        evaluation = done.evaluation
        if evaluation is None or self.measures:
            return evaluation
        known = here(evaluation.step)
        if known is None:
            return None
        if repr(known) == repr(evaluation):  # tells apart all numbers, and takes nan as itself
            self._measured_alike = self._recipe
        else:
            self._give_up("it measures other figures")
        return known

    def stop(self) -> None:
        """End the process."""
        self._possible = False
        link, self._link, self._loading, self._held = self._link, None, None, None
        if link is not None:
            link.end()

    # -- what is loaded ------------------------------------------------------------------------

    def loaded(self, trainer: Trainer) -> bool:
        """Tell whether the process has the examples of a run; have them loaded, if not.

        Raises:
            OSError: it has ended, or there is no room for them.
        """
        if self._loading is None or not self._loading.is_of(trainer):
            self._held, self._proved, self._measured_alike = None, None, None
            self._link = self._link or Link()
            self._loading = Loading(self._link, trainer, self._loading)
        return self._loading.done()

    @property
    def link(self) -> Link | None:
        """The process; None before it is begun, and where there is none any more."""
        return self._link

    # -- training ------------------------------------------------------------------------------

    def _go_on(self, trainer: Trainer, measured: Callable[[], int]) -> TrainedSteps | None:
        """Return the next steps from here, of which those before have been taken over."""
        link, held, self._held = self._link, self._held, None
        memory = None if self._loading is None else self._loading.memory
        if link is None or memory is None:
            return None
        if held is None or not self._stands_behind(held, trainer):
            self._begin(trainer, link, memory, measured())
        if not self._rows:
            self._wait_for_rows(link)
        if not self._rows:
            if self._goes_on:
                self._again = perf_counter() + self._without
                self._without = min(2 * self._without, MOST_WITHOUT)
            return None
        self._without = WITHOUT
        row = self._rows.popleft()
        self._taken.append(row)
        done = memory.steps(row)
        if (done.before, done.eta) != (trainer.steps, trainer.eta):
            return None
        self._held = done
        return done

    def _stands_behind(self, done: TrainedSteps, trainer: Trainer) -> bool:
        """Tell whether a trainer has taken steps over, and nothing has been done to it since."""
        return (
            trainer.steps == done.steps
            and trainer.recipe is self._recipe
            and trainer.epoch_layout is self._epoch_layout
            and same_bits(trainer.network.theta, done.theta)
        )

    def _begin(self, trainer: Trainer, link: Link, memory: SharedMemory, measured: int) -> None:
        """Have the process go on from where a trainer stands."""
        state = trainer.state()
        self._generation += 1
        self._goes_on = True
        self._rows.clear()
        self._taken.clear()
        self._recipe, self._epoch_layout = trainer.recipe, trainer.epoch_layout
        memory.put_state(state)
        link.tell(do="begin", generation=self._generation, state=plain(state), measured=measured)

    def _wait_for_rows(self, link: Link) -> None:
        """Give back the rows that were taken over, and wait for a moment for the next ones."""
        if self._taken:
            link.tell(do="free", generation=self._generation, rows=self._taken)
            self._taken.clear()
        until = perf_counter() + WAIT
        while self._goes_on and not self._rows:
            answer = link.receive(until - perf_counter())
            if answer is None:
                return
            if answer.get("generation") == self._generation:
                self._rows.extend(answer["rows"])
                self._goes_on = answer["on"]

    def _give_up(self, why: str) -> None:
        """Train everything here from now on."""
        _log.warning("The training process is of no use: %s", why)
        self.stop()


def _fits(trainer: Trainer) -> bool:
    """Tell whether a net is so small, and its data so ready, that training it there is worth it.

    One whose steps take long has states kept at steps of its own, see `recent_states`.
    """
    return (
        trainer.network.theta.nbytes <= MOST_BYTES
        and steps_at_once(trainer.recipe) >= STRIDE
        and trainer.dataset.whole
    )
