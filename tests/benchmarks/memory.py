"""Where the memory goes while the window trains at full speed.

Plays the default recipe on the embedded digits with the whole window visible, and prints
now and then what the process takes, how much of that are libraries mapped from their files, and
what the run itself holds: examples, keyframes, the trail of its parameters, its curve. In the
end it tells the peak, and how much came after the first minute. With --owners it also prints who
holds the memory then; --trace adds what Python and NumPy hold by module, and which lines of code
allocated most since the beginning (tracing takes memory itself and makes training slower). Run
it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/memory.py --owners
"""

import argparse
import gc
import platform
import sys
import tracemalloc
from collections import Counter
from pathlib import Path

if "--trace" in sys.argv:
    tracemalloc.start(8)  # before anything is imported; so deep as to reach a module of nnviz

import numpy as np
import ratios
from living import live, opened
from memory_owners import MEGA, owners, resident

from nnviz.engine.training.state import State
from nnviz.messages.commands import Pause, Play

MINUTE = 60.0


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
    options.add_argument("--every", type=float, default=20)
    options.add_argument("--owners", action="store_true", help="print who holds the memory")
    options.add_argument("--trace", action="store_true", help="the same, by module")
    chosen = options.parse_args()
    print(platform.platform(), platform.python_version(), f"NumPy {np.__version__}")
    taken: list[tuple[float, float]] = []
    with opened() as app:
        live(8)
        print(f"at rest {resident():6.0f} MB   {dict(arrays_by_holder().most_common(8))}")
        if chosen.owners or chosen.trace:
            print(*owners(), sep="\n", flush=True)
        before = tracemalloc.take_snapshot() if chosen.trace else None
        app.bridge.send(Play())
        for turn in range(1, round(chosen.seconds / chosen.every) + 1):
            live(chosen.every)
            taken.append((turn * chosen.every, resident()))
            step = app.window.snapshot.step if app.window.snapshot else 0
            states = sum(isinstance(thing, State) for thing in gc.get_objects())
            print(
                f"{taken[-1][0]:5.0f} s {taken[-1][1]:6.0f} MB  step {step}, {states} states  "
                f"{dict(arrays_by_holder().most_common(8))}",
                flush=True,
            )
        app.bridge.send(Pause())
        live(1)
        if chosen.owners or chosen.trace:
            print(*owners(), sep="\n")
        if before is not None:
            for line in tracemalloc.take_snapshot().compare_to(before, "lineno")[:15]:
                print(line)
        app.window.close()
        app.bridge.stop()
    print(f"peak {_peak():.0f} MB")
    ratios.note("peak, MB", _peak(), lower=True)
    first = next((size for at, size in taken if at >= MINUTE), None)
    if first is not None:
        most = max(size for at, size in taken if at >= MINUTE)
        print(f"after the first minute {100 * (most / first - 1):+.1f} %")
        ratios.note("most after the first minute over what it is then", most / first, lower=True)


def _peak() -> float:
    """Return the most megabytes that the process ever had in memory."""
    status = Path("/proc/self/status").read_text().splitlines()
    line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
