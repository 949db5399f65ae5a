"""The worker: the thread that trains.

It obeys the messages sent to it between two minibatches and otherwise trains as
fast as it is allowed to. Whatever goes wrong becomes a `Failure` in the mailbox;
the last good state stays as it was. Stopping is an event plus a join.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Any

from nnviz.engine.blas import use_one_thread
from nnviz.engine.run.replayer import GoOn
from nnviz.engine.training.divergence import DivergedError
from nnviz.errors import NnvizError
from nnviz.messages import commands, events
from nnviz.messages.command import RunCommand
from nnviz.messages.events import Failure, Loading, Notice
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.background_thread import BackgroundThread, failed_inside
from nnviz.runtime.evaluation_thread import EvaluationThread
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Inbox, Mailbox
from nnviz.runtime.measuring import SHORT
from nnviz.runtime.parallel_measurement import ParallelMeasurement
from nnviz.runtime.playing import Playing
from nnviz.runtime.publisher import Publisher
from nnviz.runtime.resting import Resting
from nnviz.runtime.run import Run
from nnviz.runtime.run_factory import DataMissingError, Loader, Reader, RunFactory
from nnviz.runtime.run_on_screen import RunOnScreen
from nnviz.runtime.seeds_thread import SeedsThread
from nnviz.runtime.steering import steer

CALM = 0.1
"""Seconds of rest after which a net that takes long to measure is measured."""
IDLE = 1.0
"""Seconds between two looks whether a run that rests is to be saved."""

_log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818 - not an error: the way out of a long task when closing
    """Raised inside a long task when the worker is to end."""


class Worker(BackgroundThread[RunCommand]):
    """Owns the training thread and the run it works on."""

    BESIDE = False

    def __init__(
        self,
        load: Loader,
        read: Reader,
        mailbox: Mailbox,
        landscape_thread: LandscapeThread,
        autosave_thread: AutosaveThread,
    ) -> None:
        """Prepare the thread; `start` runs it.

        The landscape thread is told which examples to compute cost surfaces on, the autosave thread
        writes sessions and autosaves; `RunFactory` says what loads data and reads sessions.
        """
        super().__init__("worker", mailbox)
        self._autosave_thread = autosave_thread
        self._factory = RunFactory(load, read, self._progress, self._tell)
        self._evaluation_thread = EvaluationThread(mailbox, lambda: self._inbox.nudge())
        self._inbox: Inbox[RunCommand] = Inbox()
        self._seeds_thread = SeedsThread(mailbox)
        self._parallel = ParallelMeasurement()
        self._screen = RunOnScreen(
            self._factory, autosave_thread, mailbox, lambda run: self._resting.rest(run)
        )
        self._obeyed: RunCommand | None = None  # since training went on by itself
        self._playing = Playing(
            mailbox,
            self._inbox,
            self._evaluation_thread,
            self._parallel,
            show=lambda run: self._publisher.publish(run),
            rest=lambda run: self._resting.rest(run),
            ending=self._ending,
        )
        self._publisher = Publisher(
            mailbox, landscape_thread, self._screen, self._playing, self._parallel
        )
        self._resting = Resting(
            mailbox,
            self._inbox,
            self._screen,
            self._playing,
            self._parallel,
            self._publisher,
            ending=self._ending,
        )

    def start(self) -> None:
        """Begin to obey messages."""
        super().start()
        self._evaluation_thread.start()
        self._seeds_thread.start()

    def send(self, message: RunCommand) -> None:
        """Queue a message; it is obeyed between two minibatches."""
        self._inbox.put(message)

    def remember(self, view: Mapping[str, Any]) -> None:
        """Keep this of the window along with the run from now on: values that JSON can hold."""
        if view == self._screen.view:
            return  # as on closing a window in which nothing was touched since it was saved
        self._screen.view, self._screen.unsaved = view, True
        self._inbox.nudge()

    def call_off_reports(self) -> None:
        """Give up what is looked at on the test set; whoever asked for it may ask again."""
        self._evaluation_thread.call_off()

    def call_off_seeds(self) -> None:
        """Train no more with other seeds."""
        self._seeds_thread.call_off()

    def end_soon(self) -> None:
        """Tell the thread, and that which it has looks made by, to end in the midst of it."""
        super().end_soon()
        self._inbox.nudge()
        self._evaluation_thread.end_soon()
        self._seeds_thread.end_soon()

    def stop(self, timeout: float = 5.0) -> bool:
        """End the thread, in the middle of whatever it does; tell whether it has ended."""
        self.end_soon()
        ended = super().stop(timeout)
        self._parallel.stop()
        self._playing.end()
        ended = self._seeds_thread.stop(timeout) and ended
        return self._evaluation_thread.stop(timeout) and ended

    def _ending(self) -> bool:
        return self._stopping

    def _work(self) -> None:
        use_one_thread()
        while not self._stopping:
            try:
                self._obey()
                self._obeyed = None
                if self._playing.on and self._run is not None:
                    self._screen.unsaved = True
                    self._playing.burst(self._run)
                if self._screen.unsaved and self._autosave_thread.due(perf_counter()):
                    self._autosave()
            except Stopped:
                break
            except NnvizError as error:
                self._fail(Failure(str(error)))
            except Exception as error:
                _log.exception("The worker failed")
                kept = "training is paused and its last state is kept; please report the details."
                self._fail(replace(failed_inside(error, f": {kept}"), refused=self._obeyed))
        if self._screen.unsaved:
            self._autosave()

    def _autosave(self) -> None:
        """Have the run written, and all that was measured of it."""
        self._parallel.settle()
        self._screen.autosave()

    def _fail(self, failure: Failure) -> None:
        self._mailbox.put_event(failure)
        self._playing.stop()
        if self._run is not None:
            try:
                self._publisher.publish(self._run)
            except Exception:  # the failure has been told; the thread must live on
                _log.exception("The state after a failure could not be shown")

    def _obey(self) -> None:
        """Obey all waiting messages; when there is nothing to train, wait for one."""
        playing, owed = self._playing.on and self._run is not None, self._resting.owed
        rest = CALM if owed else IDLE if self._screen.unsaved else None
        message = self._inbox.take(self._playing.pace.wait() if playing else rest)
        # A message comes first: what it asks for is shown with whatever else is new.
        nudged = message is None and self._inbox.was_nudged()
        if message is None and self._run is not None and not playing:
            if nudged:
                # Something is known of this moment that was not before.
                self._publisher.publish(self._run)
            elif owed:
                self._resting.look_closer(self._run)
        while message is not None and not self._stopping:
            self._handle_or_refuse(message)
            message = self._inbox.take()

    @property
    def _run(self) -> Run | None:
        """The run on screen; None before there is one."""
        return self._screen.run

    def _handle_or_refuse(self, message: RunCommand) -> None:
        """Obey a message, or say why not: what is refused leaves everything as it was."""
        self._obeyed = message
        try:
            self._parallel.settle()
            self._handle(message)
        except DivergedError as error:
            self._fail(Failure(str(error), refused=message))
        except DataMissingError as error:
            shown_only = getattr(message, "demonstration", False)  # nobody is asked for its data
            missing = Failure(str(error), refused=message) if shown_only else error.event
            self._mailbox.put_event(missing)
        except NnvizError as error:
            self._mailbox.put_event(Failure(str(error), refused=message))
            if self._run is not None and not self._playing.on:
                self._publisher.publish(self._run)

    def _handle(self, message: RunCommand) -> None:
        match message:
            case commands.Start():
                self._screen.begin(message)
            case commands.OpenSession():
                self._screen.open(message)
            case commands.PutAside():
                self._playing.stop()
                self._screen.put_aside()
            case commands.GiveBack():
                self._playing.stop()
                self._screen.give_back()
            case commands.ReportEvery():
                self._evaluation_thread.wanted = message
            case commands.Pace(limit):
                self._playing.pace.limit = limit
                self._playing.pace.restart()
            case commands.ByPhase(by_phase):
                self._playing.switch(self._run, by_phase=by_phase)
            case _ if self._run is not None:  # else the first data set could not be loaded
                self._handle_of(self._run, message)

    def _handle_of(self, run: Run, message: RunCommand) -> None:
        """Obey a message about the run on screen."""
        self._screen.unsaved = True
        if message.ends_walk or message == commands.Play():
            run.looked_at.look_away()
        match message:
            case commands.Play(by_phase):
                self._playing.begin(run, by_phase=by_phase)
            case commands.StepEpoch():
                self._playing.begin(run, until_epoch=True)
            case commands.Pause():
                if not self._playing.on:  # that is what was to be called off
                    run.measuring.call_off()
                run.measuring.forget()
                self._resting.rest(run)
            case commands.StepMinibatch(count):
                self._playing.stop()
                self._train(run, run.trainer.steps + count)
                self._resting.rest(run)
            case commands.Bookmark(name):
                self._screen.bookmark(run, name)
            case commands.SaveBookmark(name, path):
                self._screen.save_bookmark(name, path)
            case commands.ReturnTo(name):
                self._screen.return_to(name)
            case commands.Undo() if run.timeline.undoable is None and self._screen.bring_back(run):
                pass
            case commands.Redo() if run.timeline.redoable is None and self._screen.start_again(run):
                pass
            case commands.SaveSession(path, view, copy):
                self._screen.save(run, path, view, copy=copy)
            case commands.Rank():
                self._evaluation_thread.ask(run.sorting(message))
            case commands.MakeReport():
                self._evaluation_thread.ask(run.examination())
            case commands.JudgeTrust():
                self._evaluation_thread.ask(run.judging())
            case commands.TrainSeeds():
                self._seeds_thread.ask(run.seeds())
            case commands.ShowData():
                self._mailbox.put_event(events.DataInUse(run.trainer.dataset))
            case _:
                if message.stops_play:
                    self._playing.stop()
                self._steer(run, message)

    def _train(self, run: Run, goal: int) -> None:
        """Train up to a step, or as far as the recipe goes, and tell how far that is."""
        begun = run.trainer.steps
        try:
            while run.trainer.steps < goal and not self._stopping:
                before = run.trainer.steps
                if run.trainer.epoch_end.owed and not self._playing.end_epoch(run, self._ending):
                    return
                self._playing.train(run, partial(_more, run, goal, perf_counter() + CALM))
                if run.trainer.steps == before:  # early stopping ends it
                    return
                if run.trainer.steps < goal:
                    share = (run.trainer.steps - begun) / (goal - begun)
                    self._mailbox.put_event(Loading("Training", min(share, 0.99)))
        finally:
            if goal > begun + 1:
                self._mailbox.put_event(Loading("", 1.0))

    def _steer(self, run: Run, message: RunCommand) -> None:
        """Do what a message asks for, and show it; a run that plays goes on playing."""
        at_the_tip = message.leaves_tip and run.trainer.steps == run.timeline.reached
        if at_the_tip and (run.measuring.measure is not None or run.measuring.work <= SHORT):
            # Where a line is left its figures should be known, to compare it with another.
            run.measuring.evaluate(self._ending, nearest=1)
        owed = message.ends_epoch and run.trainer.epoch_end.owed
        if owed and not self._playing.end_epoch(run, self._ending):
            return  # the program ends
        try:
            steer(run, message, self._progress_of, partial(self._factory.for_run, run), self._tell)
        finally:
            self._mailbox.put_event(Loading("", 1.0))
        if not self._playing.on:
            self._resting.rest(run)

    def _tell(self, sentence: str) -> None:
        self._mailbox.put_event(Notice(sentence))

    def _progress_of(self, what: str) -> GoOn:
        """Return what shows how far a way is; a message that arrives meanwhile calls it off.

        One that means what the way leads to does not.
        """

        def go_on(fraction: float) -> bool:
            if fraction > 0:  # short ways, the usual ones, are done before anything can be seen
                self._mailbox.put_event(Loading(what, min(fraction, 0.99), stoppable=True))
            called_off = any(not message.adds_up for message in self._inbox.waiting)
            return not self._stopping and (fraction == 0 or not called_off)

        return go_on

    def _progress(self, fraction: float, text: str) -> None:
        """Tell how far data are; without a text they are there."""
        if text and self._stopping:
            raise Stopped
        self._mailbox.put_event(Loading(text, fraction if not text else min(fraction, 0.99)))


def _more(run: Run, goal: int, until: float) -> bool:
    """Tell whether a run has not come to a step yet, and it is not time for a word in between."""
    return run.trainer.steps < goal and perf_counter() < until
