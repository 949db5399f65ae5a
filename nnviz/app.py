"""The composition root: builds threads, bridge, views and window, and joins them."""

import logging
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from nnviz import __version__
from nnviz.data.catalogue import fetch_dataset, load_dataset
from nnviz.data.dataset import Dataset
from nnviz.data.drawings import DrawingStore
from nnviz.data.pictures import is_picture
from nnviz.engine.run.record import Session
from nnviz.errors import NnvizError
from nnviz.files.autosaves import Autosaves, Claim
from nnviz.files.sessions import load_session, relocated, save_session
from nnviz.messages.commands import (
    DropBranch,
    FocusOn,
    GoTo,
    MakeReport,
    NameBranch,
    Rank,
    ReportEvery,
    ShowData,
    TakeBranch,
    TrackParameters,
)
from nnviz.messages.events import Failure, Notice
from nnviz.paths import state_folder
from nnviz.runtime.autosave_thread import AutosaveThread, Shelf
from nnviz.runtime.bridge import Bridge
from nnviz.runtime.data_thread import DataThread
from nnviz.runtime.download_thread import DownloadThread
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.worker import Worker
from nnviz.shader_cache import spare_full_disk
from nnviz.views.palette import Theme
from nnviz.window import theme as look
from nnviz.window.interrupts import closing_on_interrupt
from nnviz.window.main_window import MainWindow
from nnviz.window.recovery import Recovery
from nnviz.window.settings import Settings
from nnviz.window.teaching import Teaching

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


def _read(path: Path, places: Mapping[str, str]) -> Session:
    session = load_session(path)
    for name, place in places.items():
        session = relocated(session, name, place)
    return session


def build(
    settings: Settings,
    theme: Theme | None = None,
    claim: Claim | None = None,
    shelf: Shelf | None = None,
) -> App:
    """Build and join everything; nothing runs yet.

    Args:
        settings: what was kept from the last start.
        theme: overrides the theme kept there.
        claim: where the run is kept safe; None for nowhere.
        shelf: where runs go that give way to another; None for nowhere.
    """
    # Imported only now: pyqtgraph's OpenGL part reads PYOPENGL_PLATFORM when imported.
    from nnviz.views import VIEWS
    from nnviz.views.augment import AugmentView
    from nnviz.views.branches import BranchesView
    from nnviz.views.data import DataView
    from nnviz.views.evaluation import EvaluationView
    from nnviz.views.examples import ExamplesView
    from nnviz.views.minibatch import MinibatchView
    from nnviz.views.network import NetworkView
    from nnviz.views.pad import PadView
    from nnviz.views.race import RaceView
    from nnviz.views.surface import SurfaceView
    from nnviz.views.timeline import TimelineView

    mailbox = Mailbox()
    landscape_thread = LandscapeThread(mailbox)
    path, part = (claim.path, claim.part) if claim is not None else (None, None)
    autosave_thread = AutosaveThread(save_session, mailbox, path, part, shelf)
    worker = Worker(_load, _read, mailbox, landscape_thread, autosave_thread)
    data_thread, download_thread = DataThread(mailbox), DownloadThread(fetch_dataset, mailbox)
    bridge = Bridge(
        worker, landscape_thread, autosave_thread, mailbox, (data_thread, download_thread)
    )
    window = MainWindow(VIEWS, bridge.send, settings, theme)
    bridge.snapshot.connect(window.show_snapshot)
    bridge.loading.connect(window.show_loading)
    bridge.failure.connect(window.show_failure)
    bridge.notice.connect(window.show_notice)
    bridge.saved.connect(window.show_saved)
    bridge.opened.connect(window.show_opened)
    bridge.data_missing.connect(window.ask_for_data)
    bridge.shelf.connect(lambda shelf: data_thread.look_over(shelf.dataset))
    bridge.downloading.connect(window.downloads.show_progress)
    bridge.download_over.connect(window.downloads.show_over)
    window.downloads.wanted.connect(download_thread.fetch)
    window.downloads.cancelled.connect(download_thread.cancel)
    window.closed.connect(bridge.stop)
    teaching = Teaching(DrawingStore(), bridge.send, window)
    bridge.snapshot.connect(teaching.show_snapshot)
    teaching.failed.connect(window.show_failure)
    teaching.told.connect(window.show_notice)
    teaching.added.connect(data_thread.show_drawings)
    bridge.drawings.connect(teaching.show_kept)
    for view in window.views.values():
        if isinstance(view, SurfaceView):
            bridge.landscape.connect(view.show_landscape)
            view.plane_wanted.connect(bridge.ask_plane)
            view.plane_cancelled.connect(bridge.cancel_plane)
            bridge.surveying.connect(
                lambda told, view=view: view.show_progress(told.generation, told.fraction)
            )
            view.watch_requested.connect(
                lambda first, second: bridge.send(TrackParameters(first, second))
            )
        elif isinstance(view, RaceView):
            bridge.raced.connect(view.show_answer)
            bridge.racing.connect(
                lambda told, view=view: view.show_progress(told.generation, told.fraction)
            )
            view.race_wanted.connect(bridge.ask_race)
            view.race_cancelled.connect(bridge.cancel_race)
        elif isinstance(view, TimelineView):
            view.goto_requested.connect(lambda step: bridge.send(GoTo(step)))
            view.drag_requested.connect(lambda step: bridge.send(GoTo(step, rough=True)))
        elif isinstance(view, BranchesView):
            view.branch_taken.connect(lambda number: bridge.send(TakeBranch(number)))
            view.branch_renamed.connect(lambda number, name: bridge.send(NameBranch(number, name)))
            view.branch_dropped.connect(lambda number: bridge.send(DropBranch(number)))
        elif isinstance(view, ExamplesView):
            bridge.ranking.connect(view.show_ranking)
            view.ranking_requested.connect(lambda label, wrong: bridge.send(Rank(label, wrong)))
            view.example_requested.connect(lambda index: bridge.send(FocusOn(index)))
        elif isinstance(view, EvaluationView):
            bridge.report.connect(view.show_report)
            bridge.confused.connect(view.show_cell)
            view.report_requested.connect(lambda: bridge.send(MakeReport()))
            view.every_chosen.connect(lambda epoch, steps: bridge.send(ReportEvery(epoch, steps)))
            view.cell_requested.connect(
                lambda wanted, read: bridge.send(Rank(wanted, read_as=read))
            )
            view.example_requested.connect(lambda index: bridge.send(FocusOn(index)))
        elif isinstance(view, DataView):
            bridge.overview.connect(view.show_overview)
            bridge.drawings.connect(view.show_drawings)
            teaching.added.connect(view.refresh_drawings)
            view.overview_requested.connect(lambda: bridge.send(ShowData()))
            view.drawings_requested.connect(data_thread.show_drawings)
            view.removal_requested.connect(data_thread.remove)
            view.return_requested.connect(data_thread.put)
            view.export_requested.connect(data_thread.export)
            view.example_requested.connect(lambda index: bridge.send(FocusOn(index)))
        elif isinstance(view, AugmentView):
            window.form.typed.connect(view.show_typed)
        elif isinstance(view, NetworkView):
            view.example_requested.connect(lambda index: bridge.send(FocusOn(index)))
            view.edge_picked.connect(window.edit_parameter)
        elif isinstance(view, PadView):
            network = window.views["network"]
            if isinstance(network, NetworkView):
                view.focus_wanted.connect(network.show_drawing)
                example = window.views["minibatch"]
                if isinstance(example, MinibatchView):
                    network.guest_changed.connect(example.show_drawing)
            window.files.picture_chosen.connect(partial(_onto_pad, window, view.open_path))
            window.drops.picture_dropped.connect(partial(_onto_pad, window, view.take))
            view.teach_requested.connect(teaching.teach)
            teaching.learned.connect(view.show_taught)
            teaching.kept.connect(view.show_kept)
    data_thread.show_drawings()
    return App(window, bridge)


def _onto_pad(window: MainWindow, take: Callable[[Any], None], picture: Any) -> None:
    window.open_panel("pad")
    take(picture)


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


def run(file: Path | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        file: a session, a saved network, a folder of data or a picture to open; without one, or
            with a picture, the recipe last used is begun with.

    Returns:
        The exit code of the Qt application.
    """
    cacheless = spare_full_disk()  # before OpenGL begins
    application = qt_application()
    application.setWindowIcon(look.app_icon())
    with closing_on_interrupt(lambda: _end(application)):
        return _run(application, file, cacheless)


def _end(application: QApplication) -> None:
    """Close every window as the user would, and end."""
    application.closeAllWindows()
    application.quit()


def _run(application: QApplication, file: Path | None, remark: str) -> int:
    autosaves = Autosaves(state_folder() / "autosave")
    claim, warning = _claimed(autosaves)
    app = build(Settings(), None, claim, autosaves.runs if claim else None)
    sys.excepthook = _report(app.window)
    recovery = Recovery(app.window, app.bridge.send, autosaves, claim)
    app.bridge.opened.connect(recovery.opened)
    app.bridge.start()
    app.window.show()
    if file is None or is_picture(file):
        app.window.start()
    if file is not None:
        app.window.files.open_path(file)
    if said := " ".join(filter(None, (warning, remark))):
        app.window.show_notice(Notice(said))
    if not recovery.offer() and file is None:
        recovery.offer_last()
    code = application.exec()
    ended = app.bridge.stop()
    if claim is not None and ended:
        claim.release(keep=True)
    return code


def _claimed(autosaves: Autosaves) -> tuple[Claim | None, str]:
    """Return where this window keeps its run safe, or why it cannot."""
    try:
        return autosaves.claim(), ""
    except NnvizError as error:
        return None, str(error)
