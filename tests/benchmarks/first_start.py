"""How long a very first start takes until the network is painted with a picture in it.

Starts the program's own window as a process of its own, with no digits kept from before, and
again with those that the first start has kept. Seconds count from before the process begins;
beside them stands how long the processor worked for it. Run it on a screen:

    xvfb-run -a -s "-screen 0 1366x768x24" python tests/benchmarks/first_start.py
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time, sleep, time

BEGUN = "NNVIZ_BENCHMARK_BEGUN"
HOMES = "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"


def child(*, until_kept: bool) -> None:
    """Open the window; print seconds and work to the first picture, and seconds to the cache."""
    from living import live

    from nnviz.app import build, qt_application
    from nnviz.engine.run.snapshot import Snapshot
    from nnviz.paths import cache_folder
    from nnviz.window.settings import Settings

    qt_application()
    app = build(Settings())
    begun, first = float(os.environ[BEGUN]), list[float]()

    def painted(_snapshot: Snapshot) -> None:
        if not first:
            app.window.repaint()
            first.extend((time() - begun, process_time()))

    app.bridge.on(Snapshot, painted)
    app.bridge.start()
    app.window.show()
    app.window.start()
    while not first:
        live(0.01)
    while until_kept and not list(cache_folder().glob("digits-*.npz")):
        live(0.05)
    print(*first, time() - begun, flush=True)
    app.window.close()


def started(home: Path, *, until_kept: bool) -> list[float]:
    """Start the window with its folders in `home`; the seconds that it prints."""
    sleep(1)  # what ended before has let go of the processor
    own = {name: str(home / name) for name in HOMES} | {BEGUN: str(time())}
    order = [sys.executable, __file__, "--child", *(["--kept"] if until_kept else [])]
    done = subprocess.run(order, env={**os.environ, **own}, stdout=subprocess.PIPE, check=True)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--kept", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(until_kept=options.kept)
        return
    import ratios  # here, so that the window that is measured does not wait for it

    empty, again = [], []
    for _ in range(options.repeats):
        with tempfile.TemporaryDirectory() as folder:
            empty.append(started(Path(folder), until_kept=True))
            again.append(started(Path(folder), until_kept=False))
    (first, worked, kept), (later, less, _) = (
        map(median, zip(*rows, strict=True)) for rows in (empty, again)
    )
    print(
        f"very first start to first picture {first:6.2f} s  (aim ≤ 3 s), processor {worked:.2f} s"
    )
    print(f"all digits made and kept after    {kept:6.2f} s")
    print(f"any later start to first picture  {later:6.2f} s, processor {less:.2f} s")
    ratios.note_seconds("very first start to first picture", first)
    ratios.note_seconds("very first start, processor", worked)
    ratios.note_seconds("all digits made and kept", kept)
    ratios.note_seconds("later start to first picture", later)
    ratios.note_seconds("later start, processor", less)


if __name__ == "__main__":
    main()
