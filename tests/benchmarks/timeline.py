"""What the timeline costs: jumps into the past, keyframes while training, memory.

After 20,000 minibatches of 784-30-10 a jump to a random one is timed against
600 training steps of the same process; training on, which keeps keyframes, against
training again, which keeps none; and the keyframes' memory is followed over 200,000 steps.

    python tests/benchmarks/timeline.py
"""

import os
from statistics import median
from time import perf_counter

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402 - after the threads are set
import ratios  # noqa: E402

from nnviz.data import load_dataset  # noqa: E402
from nnviz.engine import Recipe, Timeline, Trainer  # noqa: E402
from nnviz.engine.run.timeline import BUDGET  # noqa: E402


def run(runner: Timeline | Trainer, steps: int) -> float:
    """Train so many steps and return the seconds that took."""
    costs: list[float] = []
    begin = perf_counter()
    while len(costs) < steps:
        runner.train(lambda: len(costs) < steps, costs)
    return perf_counter() - begin


def main() -> None:
    """Measure and print."""
    dataset = load_dataset("digits")
    timeline, bare = Timeline(Recipe(), dataset), Trainer(Recipe(), dataset)
    run(timeline, 512), run(bare, 512)
    shares = []
    for turn in range(40):
        # Steps that were done before keep no keyframes. It is the same memory in both: of two
        # nets one is some per cent faster for where in memory it lies.
        timeline.goto(512 * turn)
        without = run(timeline, 512)
        timeline.goto(timeline.reached)
        shares.append(run(timeline, 512) / without)
    print(f"keyframes cost {100 * (median(shares) - 1):+.1f} % of training time (≤ 2 %)")
    ratios.note("training with keyframes over without", median(shares), lower=True)
    step = median(run(bare, 600) for _ in range(9))
    jumps = []
    for target in np.random.default_rng(0).integers(0, 20_000, 200):
        begin = perf_counter()
        timeline.goto(int(target))
        jumps.append(perf_counter() - begin)
    share = 600 * median(jumps) / step
    print(f"a jump: median {1e3 * median(jumps):.2f} ms = {share:.0f} training steps (≤ 600)")
    ratios.note("a jump, in training steps", share, lower=True)
    timeline.goto(20_000)
    most = 0
    for _ in range(36):
        run(timeline, 5000)
        states = [frame.state for frame in timeline.current.keyframes]
        most = max(most, sum(state.theta.nbytes + state.slots.nbytes for state in states))
    print(f"memory over {timeline.step_now:,} steps: at most {most / 2**20:.0f} MB "
          f"(budget {BUDGET / 2**20:.0f} MB)")  # fmt: skip
    ratios.note("memory of keyframes over its budget", most / BUDGET, lower=True)


if __name__ == "__main__":
    main()
