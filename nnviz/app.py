"""The composition root: builds threads, bridge, views and window, and joins them."""

import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import nnviz.without_features  # noqa: F401 - first: it spares what is imported after it

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from nnviz import __version__
from nnviz.data.catalogue import fetch_dataset
from nnviz.data.dataset import Dataset
from nnviz.data.drawings import DrawingStore
from nnviz.data.loading import load_dataset
from nnviz.data.picture_kinds import is_picture
from nnviz.dataclass import dataclass
from nnviz.engine.race.plane_race import RaceRequest
from nnviz.engine.run.record import Session
from nnviz.engine.surface.landscape import PlaneRequest
from nnviz.errors import NnvizError
from nnviz.files.autosaves import Autosaves, Claim
from nnviz.files.recent_runs import RecentRuns
from nnviz.files.sessions import load_session, relocated, save_session
from nnviz.messages.command import RunCommand
from nnviz.messages.commands import CallOffReports, CallOffSeeds, KeepRuns, ListRuns
from nnviz.messages.data_commands import (
    CallOffCourse,
    CancelFetch,
    DrawingsCommand,
    FetchData,
    OpenCourse,
    ShowDrawings,
)
from nnviz.messages.events import DataInUse, Failure, Notice, UiChanged
from nnviz.paths import state_folder
from nnviz.runtime.autosave_thread import AutosaveThread, KeepsRecentRuns
from nnviz.runtime.bridge import Bridge
from nnviz.runtime.course_thread import CourseThread
from nnviz.runtime.data_thread import DataThread
from nnviz.runtime.download_thread import DownloadThread
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.worker import Worker
from nnviz.shader_cache import spare_full_disk
from nnviz.views import VIEWS
from nnviz.views.palette import Theme
from nnviz.window import theme as look
from nnviz.window.garbage import GarbageSearch
from nnviz.window.interrupts import closing_on_interrupt
from nnviz.window.long_press import watch_fingers
from nnviz.window.main_window import MainWindow
from nnviz.window.recent_menu import known_runs
from nnviz.window.recovery import Recovery
from nnviz.window.settings import Settings
from nnviz.window.teaching import Teaching

_STARTED_MS = 1000
"""Milliseconds after which a window that is shown has been built and painted."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The joined parts: the main window, and the bridge between it and the threads."""

    window: MainWindow
    bridge: Bridge


class _Application(QApplication):
    """The process's one Qt application, which ends as if the user had closed its window."""

    def event(self, event: QEvent) -> bool:
        """Close the window first where the desktop or a signal ends the program.

        Panels that float come last: closed before their window, they go back to their places in it,
        and refuse.
        """
        if event.type() == QEvent.Type.Quit:
            for window in self.topLevelWidgets():
                if isinstance(window, QMainWindow) and window.isVisible():
                    window.close()
        return super().event(event)


def qt_application() -> QApplication:
    """Return the process's one Qt application, made ready for OpenGL views."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Without shared contexts a floating OpenGL view loses its textures and raises.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = _Application(sys.argv[:1])
    app.setApplicationName("nnviz")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("nnviz")
    app.setFont(look.application_font())
    return app


def _load(name: str, progress: Callable[[float, str], None]) -> Dataset:
    return load_dataset(name, progress=progress, later=True)


def _read(path: Path, places: Mapping[str, str]) -> Session:
    session = load_session(path)
    for name, place in places.items():
        session = relocated(session, name, place)
    return session


def _open_course(path: Path, progress: Callable[[float, str], None]) -> Any:
    from nnviz.lessons.opened_course import read_course  # no start needs it
    from nnviz.window.lesson_names import known_names

    return read_course(path, progress, known_names())


def build(
    settings: Settings,
    theme: Theme | None = None,
    claim: Claim | None = None,
    recent_runs: KeepsRecentRuns | None = None,
) -> App:
    """Build and join everything; nothing runs yet.

    The run is kept safe in the claim, and runs that give way to another go to the recent ones.
    """
    mailbox = Mailbox()
    landscape_thread = LandscapeThread(mailbox)
    path, part = (claim.path, claim.part) if claim is not None else (None, None)
    autosave_thread = AutosaveThread(save_session, mailbox, path, part, recent_runs)
    worker = Worker(_load, _read, mailbox, landscape_thread, autosave_thread)
    data_thread, download_thread = DataThread(mailbox), DownloadThread(fetch_dataset, mailbox)
    threads = autosave_thread, worker, landscape_thread
    course_thread = CourseThread(_open_course, mailbox)
    bridge = Bridge(mailbox, threads, helpers=(data_thread, download_thread, course_thread))
    bridge.take(RunCommand, worker.send)
    bridge.take(CallOffReports, lambda _: worker.call_off_reports())
    bridge.take(CallOffSeeds, lambda _: worker.call_off_seeds())
    bridge.take(DrawingsCommand, data_thread.obey)
    bridge.take(FetchData, lambda wish: download_thread.fetch(wish.name))
    bridge.take(CancelFetch, lambda _: download_thread.cancel())
    bridge.take(OpenCourse, lambda wish: course_thread.open(wish.path))
    bridge.take(CallOffCourse, lambda _: course_thread.call_off())
    bridge.answer(PlaneRequest, landscape_thread.ask, landscape_thread.cancel)
    bridge.answer(RaceRequest, landscape_thread.race, landscape_thread.cancel_race)
    bridge.on(DataInUse, lambda used: data_thread.look_over(used.dataset))
    bridge.on(UiChanged, lambda changed: worker.remember(changed.state.to_dict()))
    window = MainWindow(VIEWS, bridge, settings, theme)
    bridge.take(KeepRuns, lambda wish: _keep_runs(recent_runs, wish.size))
    _keep_runs(recent_runs, settings.room_for_runs)
    bridge.take(ListRuns, lambda _: bridge.publish(known_runs(window.recent.source())))
    window.closed.connect(bridge.stop)
    window.paced.connect(bridge.poll_every)
    Teaching(DrawingStore(), window.gate, window)
    watch_fingers(window)
    bridge.send(ShowDrawings())
    return App(window, bridge)


def _keep_runs(recent_runs: KeepsRecentRuns | None, size: int) -> None:
    """Let the runs that are kept take no more than so many bytes."""
    if isinstance(recent_runs, RecentRuns):
        recent_runs.budget = size
        recent_runs.prune()


def _report(window: MainWindow) -> Callable[..., None]:
    """Return an exception hook that tells the user in a sentence, with details to send us."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("Unexpected", exc_info=(kind, error, trace))
        details = "".join(traceback.format_exception(kind, error, trace))
        sentence = (
            f"Something inside nnviz failed ({kind.__name__}); your run goes on, and the details "
            "help us to mend it."
        )
        window.telling.show_failure(Failure(sentence, details))

    return hook


def run(file: Path | None = None, example: str | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        file: a session, a saved network, a folder of data or a picture to open; without one, or
            with a picture, the recipe last used is begun with.
        example: the textbook example to begin with instead.

    Returns:
        The exit code of the Qt application.
    """
    cacheless = spare_full_disk()  # before OpenGL begins
    application = qt_application()
    application.setWindowIcon(look.app_icon())
    with closing_on_interrupt(application.quit):
        return _run(application, file, example, cacheless)


def _run(application: QApplication, file: Path | None, example: str | None, remark: str) -> int:
    autosaves = Autosaves(state_folder() / "autosave")
    claim, warning = _claimed(autosaves)
    settings = Settings()
    app = build(settings, None, claim, autosaves.runs if claim else None)
    sys.excepthook = _report(app.window)
    recovery = Recovery(app.window, app.window.gate, autosaves, claim)
    app.bridge.start()
    app.window.show()
    QTimer.singleShot(_STARTED_MS, application, lambda: GarbageSearch(application))
    first = settings.first_start and file is None and example is None
    app.window.first_minute.welcome(first=first)
    if example is not None or (file is not None and app.window.files.brings_run(file)):
        app.window.expect_run()
    if example is not None:
        app.window.examples.open(example)
    elif file is None or is_picture(file):
        app.window.start(demonstration=first)
    if file is not None:
        app.window.files.open_path(file)
    if said := " ".join(filter(None, (warning, settings.problem, remark))):
        app.bridge.publish(Notice(said))
    if not recovery.offer() and file is None and example is None:
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
