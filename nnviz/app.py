"""The composition root: builds threads, bridge, views and window, and joins them."""

import logging
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from nnviz import __version__
from nnviz.data.catalogue import load_dataset
from nnviz.data.dataset import Dataset
from nnviz.runtime.bridge import Bridge
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.messages import Failure, FocusOn, GoTo, Watch
from nnviz.runtime.surveyor import Surveyor
from nnviz.runtime.worker import Worker
from nnviz.views.palette import Theme
from nnviz.window import look
from nnviz.window.main_window import MainWindow
from nnviz.window.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The joined parts.

    Attributes:
        window: the main window.
        bridge: between the window and the threads.
    """

    window: MainWindow
    bridge: Bridge


def qt_application() -> QApplication:
    """Return the process's one Qt application, made ready for OpenGL views."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Without shared contexts a floating OpenGL view loses its textures and raises.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("nnviz")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("nnviz")
    if QGuiApplication.platformName().startswith("wayland"):
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl")
    app.setFont(look.application_font())
    return app


def _load(name: str, progress: Callable[[float, str], None]) -> Dataset:
    return load_dataset(name, progress=progress)


def build(settings: Settings, theme: Theme | None = None) -> App:
    """Build and join everything; nothing runs yet.

    Args:
        settings: what was kept from the last start.
        theme: overrides the theme kept there.
    """
    # Imported only now: pyqtgraph's OpenGL part reads PYOPENGL_PLATFORM when imported.
    from nnviz.views import VIEWS
    from nnviz.views.network_view import NetworkView
    from nnviz.views.surface_view import SurfaceView
    from nnviz.views.timeline_view import TimelineView

    mailbox = Mailbox()
    surveyor = Surveyor(mailbox)
    bridge = Bridge(Worker(_load, mailbox, surveyor), surveyor, mailbox)
    window = MainWindow(VIEWS, bridge.send, settings, theme)
    bridge.snapshot.connect(window.show_snapshot)
    bridge.loading.connect(window.show_loading)
    bridge.failure.connect(window.show_failure)
    window.closed.connect(bridge.stop)
    for view in window.views.values():
        if isinstance(view, SurfaceView):
            bridge.landscape.connect(view.show_landscape)
            view.plane_wanted.connect(bridge.ask_plane)
            view.watch_requested.connect(lambda first, second: bridge.send(Watch(first, second)))
        elif isinstance(view, TimelineView):
            view.goto_requested.connect(lambda step: bridge.send(GoTo(step)))
        elif isinstance(view, NetworkView):
            view.example_requested.connect(lambda index: bridge.send(FocusOn(index)))
    return App(window, bridge)


def _report(window: MainWindow) -> Callable[..., None]:
    """Return an exception hook that tells the user in a sentence, with details to send us."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("Unexpected", exc_info=(kind, error, trace))
        details = "".join(traceback.format_exception(kind, error, trace))
        sentence = (
            f"Something inside nnviz failed ({kind.__name__}); your run goes on, and the details "
            "help us to mend it."
        )
        window.show_failure(Failure(sentence, details))

    return hook


def run(model: Path | None = None, data: str | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        model: a saved network to start from, or None.
        data: a data set or folder to train on instead of the one last used, or None.

    Returns:
        The exit code of the Qt application.
    """
    application = qt_application()
    application.setWindowIcon(look.app_icon())
    app = build(Settings())
    sys.excepthook = _report(app.window)
    app.bridge.start()
    app.window.show()
    if model is not None:
        app.window.open_model_file(model)
    elif data is not None:
        app.window.choose_data(data)
    else:
        app.window.start()
    code = application.exec()
    app.bridge.stop()
    return code
