"""How long the program takes until its window is painted, against an empty pyqtgraph window.

Each start is a process of its own, one of either kind in turn; seconds count from before the
process begins until its window has been painted for the first time, and beside them stands how
long the processor worked until then. The program starts by its command, as on a machine that has
used it before: with digits that are kept, but with settings and runs of its own. Run it on a
screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/startup.py

The last line is the ratio of the medians.
"""

import argparse
import gc
import os
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time, time
from typing import Any

BEGUN = "NNVIZ_BENCHMARK_BEGUN"
SIZE = 1600, 900
HOMES = "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"


def note() -> None:
    """Print seconds since the process was begun, and seconds of work."""
    print(time() - float(os.environ[BEGUN]), process_time(), flush=True)


def empty() -> None:
    """Open a window with nothing but an empty plot in it."""
    import pyqtgraph

    application = pyqtgraph.mkQApp()
    window = pyqtgraph.PlotWidget()
    window.resize(*SIZE)
    until_painted(window.viewport(), application)
    window.show()
    application.exec()


def program() -> None:
    """Do what the command `nnviz` does, which asks for its first run meanwhile."""
    from nnviz import cli

    gc.disable()  # as the command does before it imports what follows
    from PySide6.QtWidgets import QApplication

    from nnviz import app

    build = app.build

    def built(*parts: Any) -> app.App:
        made = build(*parts)
        made.window.resize(*SIZE)
        until_painted(made.window, QApplication.instance())
        return made

    app.build = built  # type: ignore[assignment]
    cli.main([])


def until_painted(widget: object, application: object) -> None:
    """Note the seconds once a widget has been painted, and end."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(widget, QWidget)
    assert isinstance(application, QApplication)

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, done)
            return False

    def done() -> None:
        note()
        application.quit()

    widget.installEventFilter(Painted(widget))


def started(kind: str) -> tuple[float, float]:
    """Start a window of a kind; return its seconds and those of work."""
    order = [sys.executable, __file__, "--child", kind]
    with TemporaryDirectory() as home:
        own = {**os.environ, **dict.fromkeys(HOMES, home), BEGUN: str(time())}
        printed = subprocess.run(order, env=own, stdout=subprocess.PIPE, check=True).stdout.split()
    return float(printed[0]), float(printed[1])


def main() -> None:
    """Start both kinds in turn; print every start, and the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=7, help="starts of each kind (7)")
    parser.add_argument("--child", choices=("empty", "program"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        {"empty": empty, "program": program}[options.child]()
        return
    import ratios  # here, so that no window that is measured waits for it

    started("program")  # byte code, digits and the system's cache of files are there from now on
    seconds: dict[str, list[tuple[float, float]]] = {"empty": [], "program": []}
    for _ in range(options.starts):
        for kind, starts in seconds.items():
            starts.append(started(kind))
    for kind, starts in seconds.items():
        each = " ".join(f"{wall:.2f}" for wall, _ in starts)
        work = median(work for _, work in starts)
        print(f"{kind:8} median {median(wall for wall, _ in starts):.2f} s "
              f"(processor {work:.2f} s): {each}")  # fmt: skip
    work_ratio = _ratio(seconds, 1)
    print(f"by the processor's work {work_ratio:.2f}")
    print(f"ratio {_ratio(seconds, 0):.2f}")
    ratios.note("processor's work over an empty window's", work_ratio, lower=True)
    ratios.note("time over an empty window's", _ratio(seconds, 0), lower=True)


def _ratio(seconds: dict[str, list[tuple[float, float]]], which: int) -> float:
    medians = {kind: median(start[which] for start in starts) for kind, starts in seconds.items()}
    return medians["program"] / medians["empty"]


if __name__ == "__main__":
    main()
