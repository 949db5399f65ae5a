"""Other seeds are trained in the background, while the run on screen stays as it is."""

from nnviz.engine.run.seed_band import SeedBand
from nnviz.messages import commands
from nnviz.messages.commands import StepMinibatch, TrainSeeds
from tests.runtime.conftest import RECIPE


def over(stage):
    while True:
        band = stage.event(SeedBand)
        if band.over:
            return band


def test_other_seeds_are_trained_as_far_as_the_run_went(stage):
    stage.begin(RECIPE)
    stage.worker.send(commands.StepEpoch())
    here = stage.snapshot(lambda snapshot: snapshot.epoch == 1 and not snapshot.playing)
    stage.worker.send(TrainSeeds())
    band = over(stage)
    assert band.run == here.run
    assert band.epochs.tolist() == [0.0, 1.0]
    assert len(band.scores) == len(band.seeds) == 5
    stage.worker.send(StepMinibatch())
    assert stage.snapshot(lambda snapshot: snapshot.step > here.step).step == here.step + 1


def test_what_is_called_off_ends_soon(stage):
    stage.begin(RECIPE)
    stage.worker.send(commands.Play())
    stage.snapshot(lambda snapshot: snapshot.epoch > 3)
    stage.worker.send(commands.Pause())
    stage.snapshot(lambda snapshot: not snapshot.playing)
    stage.worker.send(TrainSeeds())
    stage.event(SeedBand)
    stage.worker.call_off_seeds()
    assert over(stage).over
