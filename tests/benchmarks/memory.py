"""Where the memory goes while the window trains at full speed.

Plays the default recipe on the embedded digits with the whole window visible, and prints
now and then what the process takes, how much of that are libraries mapped from their files, and
what the run itself holds: examples, keyframes, the trail of its parameters, its curve. With
--trace also which lines of code allocated most of what has come since the beginning (that makes
training slower). Run it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/memory.py
"""

import argparse
import gc
import os
import platform
import tracemalloc
from collections import Counter
from pathlib import Path
from time import perf_counter

import numpy as np
from living import live, opened

from nnviz.engine.training.state import State
from nnviz.messages.commands import Pause, Play

MEGA = 2**20


def taken() -> str:
    """Say how much memory the process takes, and what of it are files such as libraries."""
    pages = Path("/proc/self/statm").read_text().split()
    whole, files = (int(part) * os.sysconf("SC_PAGE_SIZE") / MEGA for part in pages[1:3])
    return f"{whole:6.0f} MB ({files:.0f} of it files)"


def owned(array: np.ndarray, seen: set[int]) -> int:
    """Bytes of an array's own memory, each memory counted once."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    if id(array) in seen:
        return 0
    seen.add(id(array))
    return array.nbytes


def arrays_by_holder() -> Counter[str]:
    """Megabytes of NumPy arrays by the kind of object that refers to them."""
    seen: set[int] = set()
    found: Counter[str] = Counter()
    gc.collect()
    for thing in gc.get_objects():
        kind = type(thing)
        if not str(kind.__module__).startswith("nnviz"):
            continue
        for held in gc.get_referents(thing):
            parts = [held]
            if isinstance(held, dict):
                parts = list(held.values())
            elif isinstance(held, list | tuple):
                parts = list(held)
            for part in parts:
                if isinstance(part, np.ndarray):
                    found[kind.__name__] += owned(part, seen)
    return Counter({name: round(size / MEGA) for name, size in found.items() if size > MEGA})


def main() -> None:
    """Run it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--every", type=float, default=60)
    options.add_argument("--trace", action="store_true")
    chosen = options.parse_args()
    print(platform.platform(), platform.python_version(), f"NumPy {np.__version__}")
    if chosen.trace:
        tracemalloc.start(6)
    with opened() as app:
        live(8)
        print(f"at rest {taken()}   {dict(arrays_by_holder().most_common(8))}")
        before = tracemalloc.take_snapshot() if chosen.trace else None
        app.bridge.send(Play())
        begun = perf_counter()
        while (passed := perf_counter() - begun) < chosen.seconds:
            live(min(chosen.every, chosen.seconds - passed))
            step = app.window.snapshot.step if app.window.snapshot else 0
            states = sum(isinstance(thing, State) for thing in gc.get_objects())
            print(
                f"{perf_counter() - begun:5.0f} s {taken()}  step {step}, {states} states  "
                f"{dict(arrays_by_holder().most_common(8))}",
                flush=True,
            )
        app.bridge.send(Pause())
        live(1)
        if before is not None:
            for line in tracemalloc.take_snapshot().compare_to(before, "lineno")[:15]:
                print(line)
        app.window.close()
        app.bridge.stop()


if __name__ == "__main__":
    main()
