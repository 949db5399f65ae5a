"""What it brings to teach a net a hand: three of each digit by one writer, then that writer's next.

The window's start net, trained for a while on nnviz's digits, is taught 30 digits of one stranger
(tests/data/strangers.py, another generator, whose writers keep their ways and proportions) and
trains on. Told is the share read right of 300 further digits of the same writer, and of nnviz's
own test digits: after so many more minibatches without the lesson, and with it, drawings seen as
often as `nnviz.engine.taught.times` has it or more often. Half of the writers are those of 60 that
the net reads worst.

    python tests/benchmarks/learn_a_hand.py [--writers 8] [--trained 30000]
        [--more 1000 2000 4000 16000] [--often 1 2 4]
"""

import argparse
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import ratios

from nnviz.data import load_dataset
from nnviz.engine.taught import times
from nnviz.engine.training import examples
from tests.hand_lessons import half_awkward, lesson, right, trained


@contextmanager
def seen(often: float) -> Iterator[None]:
    """See each drawing so many times as often as otherwise."""

    def more(count: int, drawings: int) -> int:
        return max(1, round(often * times(count, drawings)))

    with patch.object(examples, "times", more):
        yield


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--trained", type=int, default=30_000)
    parser.add_argument("--more", type=int, nargs="+", default=[1000, 2000, 4000, 16_000])
    parser.add_argument("--often", type=float, nargs="+", default=[1.0, 2.0, 4.0])
    asked = parser.parse_args()
    dataset = load_dataset("digits")
    trainer = trained(dataset, asked.trained)
    start, own = trainer.state(), (dataset.x_test, dataset.test_labels)
    writers = half_awkward(trainer.network, asked.writers)
    before = np.mean([writer.read_by(trainer.network) for writer in writers])
    print(f"{asked.writers} writers, the start net after {asked.trained} minibatches; read right")
    print(f"{'minibatches more':24}{'0':>9}" + "".join(f"{mark:9}" for mark in asked.more))
    begin = right(trainer.network, *own)
    for often in (0.0, *asked.often):
        theirs, ours = [], []
        with seen(often or 1.0):
            for writer in writers:
                nets = lesson(trainer, start, writer if often else None, asked.more)
                read = [(writer.read_by(net), right(net, *own)) for net in nets]
                theirs.append([one for one, _ in read])
                ours.append([one for _, one in read])
        name = f"taught, seen × {often:g}" if often else "not taught"
        columns = "".join(f"{share:9.4f}" for share in np.mean(theirs, axis=0))
        print(f"{name:24}{before:9.4f}{columns}")
        ratios.note_share_right(f"{name}: the writer's next", float(np.mean(theirs, axis=0)[-1]))
        ratios.note_share_right(f"{name}: nnviz's digits", float(np.mean(ours, axis=0)[-1]))
        columns = "".join(f"{share:9.4f}" for share in np.mean(ours, axis=0))
        print(f"{'  nnviz test digits':24}{begin:9.4f}{columns}", flush=True)


if __name__ == "__main__":
    main()
