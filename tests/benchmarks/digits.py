"""How long nnviz takes to write its digits: the third generation against the newest.

In one process with one BLAS thread, in processor time; the generations take turns, and the table
shows medians of several turns.

    python tests/benchmarks/digits.py [--digits 6500] [--repeats 5]
"""

import argparse
import os
from statistics import median
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import ratios

from nnviz.data.digits_cache import GENERATIONS, TEST, TRAIN

FIRST = 100  # digits that a first picture of a data set needs


def turn(generation: int, count: int) -> float:
    """Write digits; return seconds."""
    begin = process_time()
    GENERATIONS[generation](count, np.random.default_rng(0))
    return process_time() - begin


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=int, default=6500)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    times: dict[tuple[int, int], list[float]] = {}
    for generation in GENERATIONS:
        turn(generation, FIRST)  # forms are read once
    for _ in range(asked.repeats):
        for generation in GENERATIONS:
            for count in (FIRST, asked.digits):
                times.setdefault((generation, count), []).append(turn(generation, count))
    whole = (TRAIN + TEST) / asked.digits
    for generation in GENERATIONS:
        some, first = median(times[generation, asked.digits]), median(times[generation, FIRST])
        print(
            f"generation {generation}: {some:.2f} s for {asked.digits} digits, "
            f"{whole * some:.1f} s for all, {first * 1000:.0f} ms for the first {FIRST}"
        )
    old, new = (median(times[n, asked.digits]) for n in (min(GENERATIONS), max(GENERATIONS)))
    print(f"the newest takes {new / old:.2f} of the time of the oldest")
    ratios.note("time, the newest over the oldest generation", new / old, lower=True)


if __name__ == "__main__":
    main()
