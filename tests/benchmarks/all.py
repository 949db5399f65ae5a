"""Run all benchmarks, or those that are named, and print their figures beside those kept before.

Each script runs as a process of its own, in a short form that the table in this file says; those of
speed and memory (`--speed`) take some 20 minutes on two cores. Without a screen those that open a
window run under xvfb-run. What became worse than in tests/benchmarks/ratios.toml by more than 5 %
is marked WORSE; what a script no longer notes, GONE. A script with a figure that is worse is run
once more, and the better of each figure counts, for a machine is seldom quite at rest; let it do
nothing else meanwhile. Marks do not change the exit code: it is 1 where a script failed.

    python tests/benchmarks/all.py [NAME ...] [--speed] [--keep] [--once] [--show]
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.kept_ratios import (
    Result,
    better,
    circumstances,
    compared,
    noted,
    read,
    table,
    write,
)
from tests.benchmarks.ratios import VARIABLE
from tests.mnist import MNIST

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
KEPT = FOLDER / "ratios.toml"
SCREEN = ("xvfb-run", "-a", "-s", "-screen 0 1920x1080x24")
EPOCHS = 5
"""How long the network learns that scripts read with."""


@dataclass(frozen=True)
class Benchmark:
    """How a script is run.

    Attributes:
        arguments: in which {out} is a temporary folder, and {network} a trained network.
        speed: whether it measures speed or memory; else how well something is read.
        screen: whether it opens a window.
        mnist: whether it has nothing to say without MNIST.
    """

    arguments: str = ""
    speed: bool = True
    screen: bool = False
    mnist: bool = False


BENCHMARKS = {
    "engine": Benchmark(),
    "augment": Benchmark("--repeats 5"),
    "digits": Benchmark("--repeats 3"),
    "timeline": Benchmark(),
    "landscape": Benchmark("--repeats 3"),
    "reports": Benchmark("--repeats 5"),
    "startup": Benchmark(screen=True),
    "first_start": Benchmark(screen=True),
    "ui": Benchmark(screen=True),
    "responses": Benchmark(screen=True),
    "pad": Benchmark(screen=True),
    "plane": Benchmark(screen=True),
    "network_view": Benchmark(screen=True),
    "projector": Benchmark(screen=True),
    "surface_frames": Benchmark(screen=True),
    "memory": Benchmark("--seconds 150", screen=True),
    "big": Benchmark(screen=True),
    "several_digits": Benchmark("--numbers 300", speed=False),
    "paper": Benchmark("{network} --strangers 8", speed=False),
    "not_digits": Benchmark("--each 300", speed=False),
    "held_out_forms": Benchmark("--digits 8000 --epochs 3", speed=False),
    "sealed_hands": Benchmark("--epochs 3 --hands 100 --traced 500", speed=False),
    "mixtures": Benchmark("--steps 15000", speed=False, mnist=True),
    "learn_a_hand": Benchmark(
        "--writers 4 --trained 10000 --more 1000 4000 --often 1", speed=False
    ),
    "start_recipe": Benchmark("--after 20 60", speed=False, screen=True),
    "misread": Benchmark("{out}/misread.png --epochs 3 --strangers 200", speed=False),
    "digit_sheet": Benchmark("{out}", speed=False),
}
"""Every script of this folder."""


class ScriptError(Exception):
    """A script ended otherwise than it should; the message says how."""


def run(order: list[str], *, show: bool, **environment: str) -> None:
    """Run a process on this checkout.

    Raises:
        ScriptError: it ended with an error, whose last line is told.
    """
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        order,
        env={**os.environ, "PYTHONPATH": path, **environment},
        stdout=None if show else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        killed = -done.returncode if done.returncode < 0 else 0
        how = signal.strsignal(killed) if killed else f"it ended with code {done.returncode}"
        raise ScriptError(lines[-1].strip() if lines else f"{how}, and said nothing")


def ran(name: str, *, show: bool) -> Result:
    """Run a benchmark, what it writes going into a temporary folder; return what it came to."""
    benchmark, python = BENCHMARKS[name], [sys.executable]
    before = list(SCREEN) if benchmark.screen and not screen_here() else []
    with tempfile.TemporaryDirectory() as folder:
        out, network, notes = (Path(folder) / part for part in ("out", "network.npz", "notes"))
        out.mkdir()
        if "{network}" in benchmark.arguments:
            train = ("-m", "nnviz", "train", "--start-recipe", "--epochs", str(EPOCHS))
            run([*python, *train, "--save", str(network)], show=show)
        given = [word.format(out=out, network=network) for word in benchmark.arguments.split()]
        order = [*before, *python, str(FOLDER / f"{name}.py"), *given]
        run(order, show=show, **{VARIABLE: str(notes)})
        return Result(circumstances(), noted(notes))


def screen_here() -> bool:
    """Tell whether windows can be opened."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(shown) or sys.platform != "linux"


def chosen(names: list[str], *, speed: bool) -> list[str]:
    """Return the benchmarks that are asked for and can be run here; say which cannot.

    Raises:
        SystemExit: a name is unknown, or there is no screen.
    """
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        raise SystemExit(f"There is no {unknown[0]}; there are {', '.join(BENCHMARKS)}.")
    wanted = [
        name
        for name, one in BENCHMARKS.items()
        if name in names or (not names and (one.speed or not speed))
    ]
    screen = screen_here() or shutil.which(SCREEN[0]) is not None
    if not screen and any(BENCHMARKS[name].screen for name in wanted):
        raise SystemExit("There is no screen to open windows on: set DISPLAY or install Xvfb.")
    for name in wanted:
        if BENCHMARKS[name].mnist and not MNIST.is_dir():
            print(f"{name}: left out, for there is no MNIST in {MNIST}")
    return [name for name in wanted if not BENCHMARKS[name].mnist or MNIST.is_dir()]


def main(arguments: list[str] | None = None) -> int:
    """Run, compare, print, and keep if asked to; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these scripts")
    parser.add_argument("--speed", action="store_true", help="only those of speed and memory")
    parser.add_argument("--keep", action="store_true", help="write the figures to ratios.toml")
    parser.add_argument("--once", action="store_true", help="never run a script a second time")
    parser.add_argument("--show", action="store_true", help="show what each script prints")
    asked = parser.parse_args(arguments)
    kept = read(KEPT)
    now: dict[str, Result] = {}
    failures: list[str] = []
    for name in chosen(asked.names, speed=asked.speed):
        begun = perf_counter()
        try:
            found = ran(name, show=asked.show)
            if not asked.once and any(row.worse for _, row in compared(kept, {name: found})):
                found = better(found, ran(name, show=asked.show))
            now[name] = found
            how = f"figures: {len(found.figures)}"
        except ScriptError as failure:
            failures.append(name)
            how = f"FAILED: {failure}"
        except KeyboardInterrupt:
            failures.append(name)
            break
        print(f"{name}: {perf_counter() - begun:.0f} s, {how}", flush=True)
    print()
    for line in table(list(compared(kept, now))):
        print(line)
    here = circumstances()
    for key in ("machine", "python", "numpy"):
        others = {one.circumstances[key] for n, one in kept.items() if n in now} - {here[key]}
        if others:
            print(f"{key}: kept with {', '.join(sorted(others))}, now {here[key]}")
    if asked.keep:
        write(
            KEPT, {name: one for name, one in {**read(KEPT), **now}.items() if name in BENCHMARKS}
        )
        print(f"kept in {KEPT}")
    if failures:
        print(f"failed: {', '.join(failures)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
