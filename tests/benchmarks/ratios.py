"""Noting the headline figures of a benchmark for `all.py`, which compares them with earlier ones.

A script notes its figures beside what it prints for people. They are ratios wherever they can be,
so that those of another machine compare; what is only seconds is told in units of a fixed piece
of work, done in the same process. Without the variable that names the file nothing is noted.
"""

import json
import math
import os
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

VARIABLE = "NNVIZ_RATIOS"
"""Names the file that figures are appended to, one line of JSON each."""
LEAST_ERROR = 0.001
"""Shares of errors below this are noted as this: of so few another one would look like much."""


def note(name: str, value: float, *, lower: bool = False) -> None:
    """Note a figure; `lower` says that less is better. What could not be measured is left out."""
    path = os.environ.get(VARIABLE)
    if path and math.isfinite(value):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, "value": float(value), "lower": lower}) + "\n")


def note_seconds(name: str, seconds: float) -> None:
    """Note a time in units of work; who trains beside it asks for `unit` before."""
    if os.environ.get(VARIABLE):
        note(name, seconds / unit(), lower=True)


def note_share_right(name: str, share: float) -> None:
    """Note the share that is wrong of what is right for this share."""
    note(f"{name}, share wrong", max(1 - share, LEAST_ERROR), lower=True)


@cache
def unit() -> float:
    """Return the seconds that a fixed piece of work takes here: the median of several turns.

    It is what training takes, without nnviz: the products of 784-30-10 for minibatches of 10, an
    update each, and a short loop of Python.
    """
    draw = np.random.default_rng(0)
    x, hidden, delta = (draw.random((10, size), dtype=np.float32) for size in (784, 30, 10))
    first, last = (
        draw.random(shape, dtype=np.float32) / 784 for shape in ((784, 30), (30, 10))
    )  # fmt: skip
    times = []
    with threadpool_limits(1):
        for _ in range(15):
            begin, total = perf_counter(), 0
            for _ in range(100):
                x @ first, hidden @ last
                back = delta @ last.T
                first -= 1e-9 * (x.T @ back)
                last -= 1e-9 * (hidden.T @ delta)
                for number in range(200):
                    total += number
            times.append(perf_counter() - begin)
    return median(times)
