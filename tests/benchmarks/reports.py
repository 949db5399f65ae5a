"""How much of its speed training keeps while the test set is reported on in the background.

The worker trains as in the window; turns with and without reports alternate, and the
table shows medians. The aim is 95 % with a report after every epoch.

    python tests/benchmarks/reports.py [--mnist FOLDER] [--repeats 7]
"""

import argparse
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter, sleep

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import ratios

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset
from nnviz.engine import Recipe
from nnviz.engine.measure.report import Report
from nnviz.messages.commands import Pause, Play, ReportEvery, Start
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.worker import Worker

AIM = 0.95
DISPLAY = 0.016
CHOICES = {
    "every epoch": ReportEvery(epoch=True),
    "every 1,000": ReportEvery(steps=1000),
}


class Stage:
    """A worker that trains, looked after as the window does."""

    def __init__(self, recipe: Recipe, dataset: Dataset) -> None:
        self.mailbox = Mailbox()
        self.autosave_thread = AutosaveThread(lambda *_a, **_b: None, self.mailbox)

        def load(_name: str, _progress: Callable[[float, str], None]) -> Dataset:
            return dataset

        landscape_thread = LandscapeThread(self.mailbox)
        self.worker = Worker(load, None, self.mailbox, landscape_thread, self.autosave_thread)  # type: ignore[arg-type]
        self.autosave_thread.start()
        self.worker.start()
        self.worker.send(Start(recipe))
        self.step, self.reports = 0, 0
        self.worker.send(Play())

    def train(self, seconds: float, reporting: ReportEvery) -> tuple[float, float]:
        """Return minibatches and reports a second."""
        self.worker.send(reporting)
        begin, step, reports = perf_counter(), self.step, self.reports
        while perf_counter() < begin + seconds:
            sleep(DISPLAY)
            while (event := self.mailbox.take_event()) is not None:
                self.reports += isinstance(event, Report)
            snapshot = self.mailbox.take_snapshot()
            self.step = self.step if snapshot is None else snapshot.step
        passed = perf_counter() - begin
        return (self.step - step) / passed, (self.reports - reports) / passed

    def stop(self) -> None:
        """End all threads."""
        self.worker.send(Pause())
        self.worker.stop()
        self.autosave_thread.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", help="folder of the four files; else the embedded digits")
    parser.add_argument("--repeats", type=int, default=7)
    asked = parser.parse_args()
    dataset = load_dataset("mnist", folder=asked.mnist) if asked.mnist else load_dataset("digits")
    for layers in ((784, 30, 10), (784, 100, 10)):
        stage = Stage(Recipe(layers=layers), dataset)
        stage.train(2.0, ReportEvery())
        for name, reporting in CHOICES.items():
            turns = []
            for _ in range(asked.repeats):
                alone, _ = stage.train(3.0, ReportEvery())
                turns.append((alone, *stage.train(3.0, reporting)))
            kept = median(speed / alone for alone, speed, _ in turns)
            often = median(reports for *_, reports in turns)
            ratios.note(f"{'-'.join(map(str, layers))}, {name}: speed kept", kept)
            verdict = f"  below {AIM:.0%}" if name == "every epoch" and kept < AIM else ""
            print(
                f"{'-'.join(map(str, layers)):12} {name:12} {often:5.1f} reports/s, training "
                f"keeps {kept:4.0%}{verdict}",
                flush=True,
            )
        stage.stop()


if __name__ == "__main__":
    main()
