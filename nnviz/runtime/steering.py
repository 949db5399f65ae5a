"""Steering: what each message about time, changes and branches does to a run."""

from collections.abc import Callable

from nnviz.data.dataset import Dataset
from nnviz.engine.changes import THETA
from nnviz.engine.run.replayer import GoOn
from nnviz.engine.run.verification import verify
from nnviz.errors import NnvizError
from nnviz.messages import commands
from nnviz.messages.command import RunCommand
from nnviz.numbers import integer
from nnviz.runtime.run import Run

Way = Callable[[str], GoOn]
"""Way(what) tells the user how far a long way is and whether to go on; `what` is being done."""


def steer(
    run: Run,
    message: RunCommand,
    progress_of: Way,
    dataset: Callable[[str], Dataset],
    tell: Callable[[str], None],
) -> None:
    """Do to a run that rests what a message asks for; messages of other kinds do nothing.

    Raises:
        NnvizError: it cannot be done; the run is as before.
    """
    timeline, trainer = run.timeline, run.trainer
    match message:
        case commands.StepBack(epoch):
            step = trainer.steps - 1
            if timeline.phases:  # half-way through a minibatch its start comes first
                step = trainer.steps
            elif epoch and step >= 0:
                step = timeline.current.epoch_layout.epoch_start(step)
            run.goto(step, progress_of(f"Going to step {integer(max(step, 0))}"))
        case commands.StepPhase(back):
            if run.looked_at.walk is not None and run.looked_at.walk.at_end and not back:
                tell("It has gone through, and nothing was trained: Esc shows the run again.")
            run.looked_at.step_phase(back=back)
        case commands.LookThrough(picture):
            run.looked_at.look_through(picture)
        case commands.LookAway():
            run.looked_at.look_away()
        case commands.GoTo(step, rough):
            wanted = timeline.reached if step is None else step
            if rough:
                wanted = timeline.nearest(wanted)
            run.goto(wanted, progress_of(f"Going to step {integer(wanted)}"))
        case commands.MakeEdit("dataset", value):
            if words := run.train_on(str(value), dataset(str(value))):
                tell(words)
        case commands.MakeEdit(name, value, indices, dragging):
            before = timeline.current
            run.edit(name, value, indices, merge=dragging)
            change = timeline.current.change
            told = name == THETA and not dragging and not run.demonstration
            if told and timeline.current is not before and change:
                tell(f"{change.told(trainer.recipe, trainer.named_inputs)}.  Ctrl+Z takes it back.")
        case commands.EditAt(step, changes):
            if run.goto(step, progress_of(f"Going to step {integer(step)}")):
                run.edit_as_one(changes)
        case commands.MakeEdits(changes):
            data = [str(value) for name, value in changes if name == "dataset"]
            if not data:
                run.edit_as_one(changes)
                return
            fields = [change for change in changes if change[0] != "dataset"]
            if words := run.train_on(data[0], dataset(data[0]), fields):
                tell(words)
        case commands.Teach(drawings):
            run.teach(drawings)
        case commands.Undo():
            run.switch_branch(lambda: timeline.undo(progress_of("Taking it back")))
        case commands.Redo():
            run.switch_branch(lambda: timeline.redo(progress_of("Making it again")))
        case commands.TakeBranch(number):
            run.switch_branch(lambda: timeline.take(number, progress_of("Going to the branch")))
        case commands.Verify():
            _verify(run, progress_of("Replaying from step 0"), tell)
        case commands.NameBranch(number, name):
            timeline.tree.rename(number, name)
        case commands.DropBranch(number):
            timeline.tree.drop(number)
        case commands.FocusOn(index):
            run.looked_at.focus(index)
        case commands.TrackParameters(first, second):
            run.looked_at.watch(first, second)


def _verify(run: Run, go_on: GoOn, tell: Callable[[str], None]) -> None:
    """Replay a run and tell the outcome."""
    step = verify(run.timeline, go_on)
    if step is not None and step >= 0:
        raise NnvizError(
            f"The replay differs from what was kept at step {integer(step)}: the run was "
            "trained by another version of nnviz or of NumPy, or on another processor; it can "
            "go on from here all the same."
        )
    if step is not None:
        steps = integer(run.trainer.steps)
        tell(f"Replayed all {steps} steps from the start: the same to the last bit.")
