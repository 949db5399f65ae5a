"""Moments of real nets for lessons to look at: an example, trained for some steps."""

from collections.abc import Mapping
from dataclasses import replace
from math import nan
from typing import Any

import numpy as np

from nnviz.engine.measure.report import Calibration, Noise, Report
from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import focus_on_own
from nnviz.engine.training.trainer import Trainer
from nnviz.lessons import load_example
from nnviz.lessons.observed import Did, Observed
from nnviz.messages.ui_state import UiState
from tests.snapshots import snapshot_of


def moment(
    example: str = "linear-163",
    steps: int = 0,
    *,
    theta: Mapping[int, float] | None = None,
    own: list[float] | None = None,
    ui: UiState | None = None,
    did: tuple[Did, ...] = (),
    memory: Mapping[str, Any] | None = None,
    answer: Any = None,
    **known: Any,
) -> Observed:
    """Return what a lesson observes of an example.

    Args:
        example: its id.
        steps: minibatches trained.
        theta: entries of theta that are changed afterwards.
        own: an input of one's own, shown in place of the example in focus.
        ui, did, memory, answer: as `Observed` has them.
        known: fields of the snapshot that are to differ.
    """
    loaded = load_example(example)
    trainer = Trainer(loaded.recipe, loaded.dataset, loaded.theta)
    costs = CostHistory()
    for _ in range(steps):
        costs.extend([trainer.step()])
    evaluations = (trainer.evaluate(),)
    for index, value in (theta or {}).items():
        trainer.network.theta[index] = value
    if own is not None:
        known["focus"] = focus_on_own(trainer.network, np.array(own))
    snapshot = snapshot_of(
        trainer, costs, example=loaded.focus, **{"evaluations": evaluations, **known}
    )
    return Observed(snapshot, ui or loaded.ui, did, memory or {}, answer)


def reported(seen: Observed) -> Observed:
    """Return the same after this very net was tested: of four 8s one is read as a 4."""
    calibration = Calibration(np.zeros(10, int), np.zeros(10), np.zeros(10), nan)
    confusion = np.zeros((10, 10), int)
    confusion[8, 8], confusion[8, 4] = 3, 1
    noise = Noise(100, 0.0, 0.25, seen.focus.x, seen.focus.a[-1], 4, 0.95)
    report = Report(0, 0, confusion, calibration, noise, mark=seen.snapshot.mark)
    return replace(seen, snapshot=replace(seen.snapshot, reports=(report,)))
