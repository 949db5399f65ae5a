"""Commands: what each says of itself is what the worker does."""

import inspect
from pathlib import Path

import numpy as np
import pytest

from nnviz.engine.measure.ranking import Ranking
from nnviz.messages import commands
from nnviz.messages.command import InPassing, RunCommand
from tests.runtime.conftest import RECIPE

RUN_ON = (commands.Play, commands.StepEpoch)
"""What makes a run play, and so says nothing of one that plays already."""
ASIDE = (
    *(commands.PutAside, commands.GiveBack, commands.Bookmark, commands.ReturnTo),
    commands.SaveBookmark,
)
"""What takes the run off the screen, or brings it back at rest: see `test_put_aside`."""
SENT = (
    commands.Start(RECIPE),
    commands.ByPhase(False),
    commands.Pause(),
    commands.StepMinibatch(),
    commands.StepBack(),
    commands.StepPhase(),
    commands.LookThrough(),
    commands.LookAway(),
    commands.GoTo(0),
    commands.MakeEdit("learning_rate", 0.1),
    commands.MakeEdits((("learning_rate", 0.1), ("l2", 0.5))),
    commands.EditAt(0, (("learning_rate", 0.1),)),
    commands.Teach(((1, np.ones((28, 28))),)),
    commands.Rank(),
    commands.MakeReport(),
    commands.JudgeTrust(),
    commands.TrainSeeds(),
    commands.ReportEvery(),
    commands.Undo(),
    commands.Redo(),
    commands.TakeBranch(9),
    commands.NameBranch(0, "main"),
    commands.DropBranch(9),
    commands.SaveSession(Path("run"), {}),
    commands.OpenSession(Path("kept")),
    commands.Verify(),
    commands.Pace(None),
    commands.FocusOn(3),
    commands.TrackParameters(1, 2),
    commands.ShowData(),
)


def declared():
    """Every command that the worker obeys."""
    found = vars(commands).values()
    kinds = [kind for kind in found if inspect.isclass(kind) and issubclass(kind, RunCommand)]
    return {kind for kind in kinds if kind not in (RunCommand, InPassing)}


def test_every_command_is_tried_here():
    assert {type(command) for command in SENT} | {*RUN_ON, *ASIDE} == declared()


@pytest.mark.parametrize("command", SENT, ids=lambda command: type(command).__name__)
def test_a_run_that_plays_goes_on_where_the_command_says_so(stage, command):
    stage.begin()
    if isinstance(command, commands.OpenSession):
        stage.worker.send(commands.SaveSession(command.path, {}))
        while command.path not in stage.files:
            stage.mailbox.take_event()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda snapshot: snapshot.playing and snapshot.step > 0)
    stage.worker.send(command)
    stage.worker.send(commands.Rank(most=1))  # answered once the command is obeyed
    while len(stage.event(Ranking).index) != 1:
        pass
    last = None
    while (snapshot := stage.mailbox.take_snapshot()) is not None:
        last = snapshot
    last = last or stage.snapshot()
    assert last.playing == (not command.stops_play)
