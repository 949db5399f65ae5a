"""How much of its speed training keeps with augmentation.

In one process with one BLAS thread, in processor time, so that other programs
do not count; plain and augmented runs take turns, and the table shows medians
of several turns. The aim is 60 %.

    python tests/benchmarks/augment.py [--repeats 9]
"""

import argparse
import os
from dataclasses import replace
from statistics import median
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import ratios

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer

AIM = 0.6
STEPS = 1500
KINDS = {
    "moved": {"shift": 1.5, "rotation": 8.0, "scaling": 0.1, "slant": 0.1},
    "moved and warped": {
        "shift": 1.5, "rotation": 8.0, "scaling": 0.1, "slant": 0.1, "elastic": 0.8,
    },
    "all, and the pen": {
        "shift": 1.5, "rotation": 8.0, "scaling": 0.1, "slant": 0.1, "elastic": 0.8,
        "pen_width": 0.5,
    },
}  # fmt: skip


def turn(trainer: Trainer) -> float:
    """Train for a turn as the worker does; return microseconds a step."""
    costs: list[float] = []
    begin = process_time()
    while len(costs) < STEPS:
        trainer.train(lambda: len(costs) < STEPS, costs)
    return (process_time() - begin) / STEPS * 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    dataset = load_dataset("digits")
    for layers in ((784, 30, 10), (784, 100, 10)):
        plain = Recipe(layers=layers)
        trainers = {"plain": Trainer(plain, dataset)} | {
            name: Trainer(replace(plain, **kind), dataset) for name, kind in KINDS.items()
        }
        times: dict[str, list[float]] = {name: [] for name in trainers}
        for _ in range(repeats):
            for name, trainer in trainers.items():
                times[name].append(turn(trainer))
        whole = median(times["plain"])
        net = "-".join(map(str, layers))
        print(net)
        for name, each in times.items():
            kept = whole / median(each)
            verdict = "" if kept >= AIM else f"  below {AIM:.0%}"
            print(f"  {name:18} {median(each):7.1f} µs a step, keeps {kept:5.0%}{verdict}")
            if name in KINDS:
                ratios.note(f"{net}, {name}: speed kept", kept)


if __name__ == "__main__":
    main()
