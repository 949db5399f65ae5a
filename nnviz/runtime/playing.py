"""Playing: trains a run on and on, in bursts between two looks at the clock and the messages.

It goes by minibatches or by phases, at a pace or as fast as it can, to the end of an epoch or until
it is stopped; it freezes a moment when the window waits for one, and has measured what is due on
the way. All of it happens on the worker's thread.
"""

from collections.abc import Callable
from time import perf_counter

from nnviz.engine.training.evaluation import Evaluation
from nnviz.messages.command import RunCommand
from nnviz.runtime.evaluation_thread import EvaluationThread
from nnviz.runtime.mailbox import Inbox, Mailbox
from nnviz.runtime.measuring import EVALUATE_EVERY
from nnviz.runtime.pace import Pace, PicturePace
from nnviz.runtime.parallel_measurement import ParallelMeasurement
from nnviz.runtime.run import Run
from nnviz.runtime.training_process.process import TrainingProcess

BURST = 0.008
"""Seconds trained before the clock and the mailbox are looked at again."""


class Playing:
    """Whether a run is trained on by itself, and how.

    Attributes:
        on: True while it is.
        takes_over: True while what is trained comes from a process of its own.
        pace: how fast that may go, and how fast it goes.
        pictures: how often a moment is frozen for the window.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        inbox: Inbox[RunCommand],
        evaluation_thread: EvaluationThread,
        parallel: ParallelMeasurement,
        *,
        show: Callable[[Run], None],
        rest: Callable[[Run], None],
        ending: Callable[[], bool],
    ) -> None:
        """Begin at rest.

        Args:
            mailbox: where the window takes moments and measures from.
            inbox: messages that wait are obeyed before training goes on.
            evaluation_thread: looks at every so many steps, as was asked for.
            parallel: measures an epoch's end while training goes on.
            show: freezes the present moment for the window.
            rest: shows where training has come to rest, and how good it is there.
            ending: tells whether the thread is to end.
        """
        self._mailbox, self._inbox = mailbox, inbox
        self._evaluation_thread, self._parallel = evaluation_thread, parallel
        self._show, self._rest, self._ending = show, rest, ending
        self._process = TrainingProcess()
        self._until_epoch = False
        self.on = self.takes_over = False
        self.pace, self.pictures = Pace(), PicturePace()

    @property
    def per_second(self) -> float:
        """Minibatches trained a second; 0 at rest."""
        return self.pace.per_second() if self.on else 0.0

    def begin(self, run: Run, *, by_phase: bool = False, until_epoch: bool = False) -> None:
        """Train on, by phases or minibatches, until stopped or only to the end of the epoch."""
        if not by_phase:
            run.timeline.leave_phases()
        self.on, self._until_epoch = True, until_epoch
        self.pace.by_phase = by_phase
        self.pace.restart()
        self.pictures.restart()

    def switch(self, run: Run | None, *, by_phase: bool) -> None:
        """Go on by phases or by minibatches, as far as was asked for; only phases look through."""
        if run is not None and self.on and run.looked_at.walk is None:
            self.begin(run, by_phase=by_phase, until_epoch=self._until_epoch)

    def stop(self) -> None:
        """Train no further."""
        self.on = self._until_epoch = self.takes_over = False

    def end(self) -> None:
        """End what trains elsewhere; nothing is played any more."""
        self._process.stop()

    def burst(self, run: Run) -> None:
        """Train until the display wants a snapshot, a message waits or it is time to look."""
        measuring = run.measuring
        if run.trainer.epoch_end.owed:
            if self.end_epoch(run, lambda: self._called_from(run)) and not self.on:
                self._rest(run)
            return
        if not measuring.measure_what_is_owed(self._mailbox, lambda: self._called_from(run)):
            return
        if self.pace.by_phase:
            if self.pace.take_beat():
                self._play_phase(run)
            return
        if self.pace.limit is None:
            trainer, milestone = run.trainer, measuring.milestone()
            self._train_fast(run, min(milestone, self._evaluation_thread.next_step(trainer.steps)))
            if trainer.steps == milestone:  # where it can be compared with a branch that was left
                self._measure_on_the_way(run, nearest=1)
        elif self.pace.take_beat():
            self.train(run, lambda: False)
        self._parallel.settle(wait=False)
        if not self.on:
            self._rest(run)
        elif self._picture_due():
            self._show(run)

    def _train_fast(self, run: Run, stop: int) -> None:
        """Train for a moment, at most to a step: take over what is trained already, if anything."""
        trainer, process = run.trainer, self._process
        self.takes_over = False
        done = (
            None
            if run.timeline.passes_changes
            else process.next(trainer, lambda: run.measuring.last)
        )
        if done is None or done.steps > stop:
            self._parallel.go_on()  # what that process was measuring is of no use to it any more
            inbox, picture_due, end = self._inbox, self._picture_due, perf_counter() + BURST
            self.train(
                run,
                lambda: (
                    inbox.empty
                    and not picture_due()
                    and perf_counter() < end
                    and trainer.steps != stop
                ),
            )
        elif process.proved:
            self.takes_over = True
            complete = run.take_over(done)
            evaluation = process.evaluation(done, lambda step: self._measured_here(run, step))
            self._count(run, done.before, complete=complete, evaluation=evaluation)
        else:
            self.train(run, lambda: trainer.steps < done.steps)
            process.prove(done, trainer)

    def _measured_here(self, run: Run, step: int) -> Evaluation | None:
        """Return the figures of a step, measured here; None where nobody has kept that moment."""
        if step == run.trainer.steps:
            return run.trainer.evaluate()
        self._parallel.settle()
        return run.measuring.at(step)

    def _picture_due(self) -> bool:
        """Tell whether the window waits for a picture, and there may be another."""
        if not self._mailbox.empty:
            return False
        return self.pace.limit is not None or self.pictures.due(perf_counter())

    def _play_phase(self, run: Run) -> None:
        """Do the next phase; what is only looked through pauses at its end."""
        before = run.trainer.steps
        run.looked_at.step_phase(back=False)
        if run.looked_at.walk is not None:
            self.on = not run.looked_at.walk.at_end
        elif run.trainer.steps > before:
            self._count(run, before, complete=not run.trainer.epoch_layout.place(before + 1).start)
        if self.on:
            self._show(run)  # each of them, so that all views show the same
        else:
            self._rest(run)

    def train(self, run: Run, go_on: Callable[[], bool]) -> None:
        """Train a minibatch, and more while `go_on` says so; measure where an epoch ends."""
        before = run.trainer.steps
        self._count(run, before, complete=run.train(go_on))

    def _count(
        self, run: Run, before: int, *, complete: bool, evaluation: Evaluation | None = None
    ) -> None:
        """Take note of what was trained since a step; measure the end of an epoch.

        An `evaluation` was measured elsewhere, of this moment or the end of the epoch before.
        """
        if evaluation is not None and evaluation.step == run.trainer.steps:
            run.measuring.keep(evaluation)
        elif evaluation is not None:
            self._parallel.take(evaluation)
        if run.trainer.epoch_end.owed:
            complete = run.measuring.end_epoch(self._mailbox, lambda: self._called_from(run))
        self.pace.count(run.trainer.steps - before)
        here = run.trainer.steps
        if before < here and self._evaluation_thread.due(here, complete=complete):
            self._evaluation_thread.ask(run.examination())
        if complete:
            self._measure_epoch(run)

    def _measure_epoch(self, run: Run) -> None:
        """Measure the end of an epoch, beside training or before it goes on; it may end here."""
        ends = self._until_epoch or bool(run.trainer.finished)
        full_speed = self.on and self.pace.beat is None
        if full_speed and not ends and self._parallel.fits(run.measuring):
            elsewhere = self.takes_over and self._process.measures
            self._parallel.begin(run.timeline, run.measuring, elsewhere=elsewhere)
        elif not (ends and run.measuring.takes_long):  # else it is measured at rest
            self._measure_on_the_way(run)
        if ends:
            self.stop()

    def end_epoch(self, run: Run, interrupted: Callable[[], bool]) -> bool:
        """Go on with what is owed at the end of an epoch; tell whether training may go on."""
        if not run.measuring.end_epoch(self._mailbox, interrupted):
            return False
        if self._evaluation_thread.due(run.trainer.steps, complete=True):
            self._evaluation_thread.ask(run.examination())
        self._measure_epoch(run)
        return True

    def _measure_on_the_way(self, run: Run, nearest: int = EVALUATE_EVERY) -> None:
        """Measure this moment before training goes on; messages that come are obeyed first."""
        run.measuring.measure_on_the_way(self._mailbox, lambda: self._called_from(run), nearest)

    def _called_from(self, run: Run) -> bool:
        """Keep the display alive during a long evaluation; tell whether to give it up for now."""
        if self.on and self._picture_due():
            self._show(run)
        takes_long = run.trainer.epoch_end.owed or run.measuring.takes_long
        return self._ending() or (takes_long and not self._inbox.empty)
