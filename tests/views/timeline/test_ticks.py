from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.views.timeline.paint import rounder, ticks


def test_ticks_are_at_round_epochs():
    assert [rounder(n) for n in (1, 2, 5, 10, 20, 50)] == [2, 5, 10, 20, 50, 100]
    many = ticks(EpochLayout.of(4, 4), 3000, lambda step: step / 3, lambda _epoch: 90.0)
    assert [epoch for epoch, _ in many] == list(range(0, 3001, 500))
