"""The real window in a benchmark: on settings of its own, for as long as it is measured."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from nnviz.app import App, build, qt_application
from nnviz.engine import Recipe
from nnviz.views.palette import DARK
from nnviz.window.settings import Settings


def live(seconds: float) -> None:
    """Let the window run."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


@contextmanager
def opened(recipe: Recipe | None = None) -> Iterator[App]:
    """The whole window at 1920×1080, begun with a recipe or the default; who opens it closes it."""
    qt_application()
    with tempfile.TemporaryDirectory() as folder:
        app = build(Settings(Path(folder) / "bench.json"), DARK)
        app.bridge.start()
        app.window.resize(1920, 1080)
        app.window.show()
        app.window.start(recipe or Recipe())
        yield app
