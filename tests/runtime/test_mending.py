"""Remedies in a run that trains: where they lead back to, and that they can be taken back."""

from dataclasses import replace

from nnviz.engine import Recipe
from nnviz.messages import commands, events
from tests.runtime.conftest import RECIPE

GIANT = replace(RECIPE, cost="cross_entropy", learning_rate=60.0)


def grave(snapshot, kind):
    return next((f for f in snapshot.findings if f.grave and f.kind == kind), None)


def test_mending_goes_back_changes_and_can_be_undone(stage):
    stage.begin(replace(RECIPE, learning_rate=2.0))
    stage.worker.send(commands.StepEpoch())
    stage.snapshot(lambda s: s.step == 40 and not s.playing)
    stage.worker.send(commands.EditAt(10, (("learning_rate", 0.5),)))
    mended = stage.snapshot(lambda s: s.step == 10)
    assert mended.recipe.learning_rate == 0.5
    assert len(mended.branches) == 2
    assert not mended.playing
    stage.worker.send(commands.Undo())
    assert stage.snapshot(lambda s: s.recipe.learning_rate == 2.0).reached == 40


def test_what_is_not_allowed_changes_nothing(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    stage.snapshot(lambda s: s.step == 40 and not s.playing)
    stage.worker.send(commands.EditAt(10, (("layers", 3.0),)))
    assert "layers" in stage.event(events.Failure).sentence


def test_the_remedy_on_screen_makes_the_finding_go_away(stage):
    stage.begin(GIANT)
    stage.worker.send(commands.StepEpoch())
    found = stage.snapshot(lambda s: grave(s, "giant_steps") is not None and not s.playing)
    for _ in range(6):  # clicks, and an epoch after each
        finding = grave(found, "giant_steps")
        if finding is None:
            break
        remedy, run = finding.action, found.run
        assert finding.remedy == remedy.words(found.recipe, found.recipe.learning_rate)
        if remedy.step is not None:
            assert 0 <= remedy.step < found.step
        stage.worker.send(commands.EditAt(remedy.step or 0, remedy.edits))
        stage.worker.send(commands.StepEpoch())
        eta = remedy.edits[0][1]
        found = stage.snapshot(
            lambda s, run=run, eta=eta: (
                s.run == run and s.recipe.learning_rate == eta and s.step >= 20 and not s.playing
            )
        )
    assert grave(found, "giant_steps") is None
    assert isinstance(found.recipe, Recipe)
