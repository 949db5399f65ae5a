"""The training process as the worker sees it: it trains ahead, and its steps are taken over.

Python lets one thread of a process compute at a time, so a window that draws costs the training
of the same process as much as it takes itself. At full speed a small net is therefore trained in
a second process. It begins at a state of the run and goes on by itself; the worker takes its steps
over one after another as if it had trained them, and lets go of what was trained ahead as soon as
anything else is done to the run. Before the first are taken over they are trained here too, and
have to come out the same to the last bit. Wherever there can be no such process, or it fails,
everything is trained here.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
import weakref
from collections import deque
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TextIO

from nnviz.engine.ops import same_bits
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.keyframes import STRIDE
from nnviz.engine.run.near_frames import steps_at_once
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.trained_steps import TrainedSteps
from nnviz.engine.training.trainer import Trainer
from nnviz.runtime.training_process.shared_memory import SharedMemory
from nnviz.runtime.training_process.task import plain, write_examples

PLAYED = 0.3
"""Seconds at full speed after which the second process is begun: most plays are shorter."""
PAUSE = 0.2
"""Seconds without training after which another play has begun."""
MOST_BYTES = 2 * 2**20
"""Of the parameters of a net: larger ones compute without the lock most of the time anyway."""
WAIT, WITHOUT = 0.03, 0.5
"""Longest wait for steps, in seconds, and how long all are trained here where none came in time:
where every core is busy with something else no one waits in vain."""
ENDING = 2.0
"""Seconds that the process gets to end by itself."""

_log = logging.getLogger(__name__)


class TrainingProcess:
    """Owns the second process, which is begun when it is first worth it.

    Attributes:
        child: the process; None before it is begun, and where there is none any more.
    """

    def __init__(self, cores: int | None = None) -> None:
        """Begin nothing yet, on so many cores or as many as there are."""
        self._possible = (cores or os.cpu_count() or 1) > 1 and _python() is not None
        self.child: subprocess.Popen[str] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._memory: SharedMemory | None = None
        self._loaded: tuple[object, ...] = ()
        self._loading = False
        self._loads = 0
        self._generation = 0
        self._goes_on = False
        self._held: TrainedSteps | None = None
        self._rows: deque[int] = deque()
        self._taken: list[int] = []
        self._recipe: Recipe | None = None
        self._epoch_layout: EpochLayout | None = None
        self._proved: Recipe | None = None
        self._since = self._asked = self._again = float("-inf")

    @property
    def proved(self) -> bool:
        """Whether steps of this recipe trained there have come out the same here."""
        return self._proved is not None and self._proved is self._recipe

    def next(self, trainer: Trainer) -> TrainedSteps | None:
        """Return steps that go on from exactly this state; None where there are none yet.

        Whoever takes them over does so before asking again.
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
                return self._go_on(trainer)
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

    def stop(self) -> None:
        """End the process."""
        self._possible = False
        process, self.child, self._memory, self._held = self.child, None, None, None
        if process is not None:
            if process.stdin is not None:
                with suppress(OSError):  # where it has ended already
                    process.stdin.close()
            try:
                process.wait(ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    # -- what is loaded ------------------------------------------------------------------------

    def loaded(self, trainer: Trainer) -> bool:
        """Tell whether the process has the examples of a run; have them loaded, if not.

        Raises:
            OSError: it has ended, or there is no room for them.
        """
        recipe = trainer.recipe
        # Not held on to: a run that gave way is let go of.
        wanted = weakref.ref(trainer), weakref.ref(trainer.dataset)
        if wanted == self._loaded:
            self._receive_loaded()
            return not self._loading
        self._loaded, self._loading, self._held, self._proved = wanted, True, None, None
        self._loads += 1
        folder = self._begun() / str(self._loads)
        folder.mkdir()
        self._memory = SharedMemory(folder / "memory", recipe, create=True)
        self._tell(
            do="load",
            folder=str(folder),
            memory="memory",
            recipe=recipe.to_dict(),
            dataset=write_examples(trainer.dataset, folder),
        )
        return False

    @property
    def folder(self) -> Path | None:
        """Where examples and steps are shared; None where nothing is."""
        return None if self._folder is None else Path(self._folder.name)

    def _receive_loaded(self) -> None:
        """Take note that the examples are loaded, once they are; older answers are passed over."""
        while self._loading and (answer := self._receive(0)) is not None:
            if answer["did"] == "load" and answer["folder"] == str(self._loads):
                self._loading = False
                # Nobody reads the examples before any more; what cannot go yet goes at the end.
                if self.folder is not None:
                    shutil.rmtree(self.folder / str(self._loads - 1), ignore_errors=True)

    def _begun(self) -> Path:
        """Begin the process, where that is not done; return the folder that is shared with it."""
        if self._folder is not None:
            return Path(self._folder.name)
        self._folder = TemporaryDirectory(prefix="nnviz-", ignore_cleanup_errors=True)
        package = str(Path(__file__).parents[3])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
        # -P: what lies in the folder that somebody works in is none of its modules.
        self.child = subprocess.Popen(
            [_python() or "", "-P", "-m", "nnviz.runtime.training_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        reading = (self.child.stdout, self._answers)
        threading.Thread(
            target=_read, args=reading, name="nnviz-training-process", daemon=True
        ).start()
        return Path(self._folder.name)

    # -- training ------------------------------------------------------------------------------

    def _go_on(self, trainer: Trainer) -> TrainedSteps | None:
        """Return the next steps from here, of which those before have been taken over."""
        held, self._held = self._held, None
        if held is None or not self._stands_behind(held, trainer):
            self._begin(trainer)
        if not self._rows:
            self._wait_for_rows()
        if not self._rows or self._memory is None:
            self._again = perf_counter() + (WITHOUT if self._goes_on else 0.0)
            return None
        row = self._rows.popleft()
        self._taken.append(row)
        done = self._memory.steps(row)
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

    def _begin(self, trainer: Trainer) -> None:
        """Have the process go on from where a trainer stands."""
        if self._memory is None:
            return
        state = trainer.state()
        self._generation += 1
        self._goes_on = True
        self._rows.clear()
        self._taken.clear()
        self._recipe, self._epoch_layout = trainer.recipe, trainer.epoch_layout
        self._memory.put_state(state)
        self._tell(do="begin", generation=self._generation, state=plain(state))

    def _wait_for_rows(self) -> None:
        """Give back the rows that were taken over, and wait for a moment for the next ones."""
        if self._taken:
            self._tell(do="free", generation=self._generation, rows=self._taken)
            self._taken.clear()
        until = perf_counter() + WAIT
        while self._goes_on and not self._rows:
            answer = self._receive(until - perf_counter())
            if answer is None:
                return
            if answer.get("generation") == self._generation:
                self._rows.extend(answer["rows"])
                self._goes_on = answer["on"]

    # -- to and fro ----------------------------------------------------------------------------

    def _tell(self, **values: Any) -> None:
        if self.child is not None and self.child.stdin is not None:
            self.child.stdin.write(json.dumps(values) + "\n")
            self.child.stdin.flush()

    def _receive(self, wait: float) -> dict[str, Any] | None:
        """Return the next answer; None where none comes in so many seconds.

        Raises:
            OSError: the process has ended.
        """
        try:
            answer = self._answers.get(timeout=max(wait, 0.0))
        except Empty:
            return None
        if answer is None:
            raise OSError("it has ended")
        return answer

    def _give_up(self, why: str) -> None:
        """Train everything here from now on."""
        _log.warning("The training process is of no use: %s", why)
        self.stop()


def _read(lines: TextIO, answers: SimpleQueue[dict[str, Any] | None]) -> None:
    """Hand over one answer a line, and None at the end; on a thread of its own."""
    with lines:
        for line in lines:
            answers.put(json.loads(line))
    answers.put(None)


def _python() -> str | None:
    """Return the interpreter to run the process with; None where the program is packed into one."""
    return None if getattr(sys, "frozen", False) else sys.executable or None


def _fits(trainer: Trainer) -> bool:
    """Tell whether a net is so small, and its data so ready, that training it there is worth it.

    One whose steps take long has states kept at steps of its own, see `near_frames`.
    """
    return (
        trainer.network.theta.nbytes <= MOST_BYTES
        and steps_at_once(trainer.recipe) >= STRIDE
        and trainer.dataset.whole
    )
