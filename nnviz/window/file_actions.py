"""File actions: open and save sessions and networks, and say in the title which it is.

A session's file is written and read by the worker; here is only which file
belongs to the run on screen and whether the run has moved on since it was saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnviz.data.local import ENDINGS, data_at
from nnviz.data.naming import EXAMPLE_ENDING
from nnviz.data.picture_kinds import KINDS, is_picture
from nnviz.engine.recipe import ALL
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import NONE
from nnviz.errors import NnvizError
from nnviz.files.models import is_model, load_model, save_model
from nnviz.files.sessions import is_session
from nnviz.messages import commands
from nnviz.messages.events import Failure, Notice, PictureChosen, Saved
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import UiState
from nnviz.paths import state_folder
from nnviz.views.shared.file_dialog import ask_path, ask_paths
from nnviz.window.file_drop import ANSWERS
from nnviz.window.questions import TABLES
from nnviz.wording import given

SESSION, NETWORK, PACKED = ".nnviz", ".npz", ".zip"
"""How the names of session files, of network files and of packed courses end."""


class FileActions(QObject):
    """Opens and saves.

    Attributes:
        path: the file of the session on screen, or None.

    Signals:
        last_run_wanted(): go on with the run that was kept when nnviz was closed.
        data_chosen(str): train on a table, a folder of pictures or of IDX files.
        example_chosen(Path): start an example.
        lesson_chosen(Path): begin a lesson.
        answers_chosen(object): count what was answered in lessons, in a sequence of files.
        course_chosen(Path): open a folder of lessons, or an archive of one.
        session_known(Path): the run on screen stands in this file of the user's.
    """

    last_run_wanted = Signal()
    data_chosen = Signal(str)
    example_chosen = Signal(object)
    lesson_chosen = Signal(object)
    answers_chosen = Signal(object)
    course_chosen = Signal(object)
    session_known = Signal(object)

    def __init__(
        self,
        window: QWidget,
        ui_state: Callable[[], UiState],
        ports: Ports,
    ) -> None:
        """Join it to a window, whose title it keeps, and whose state goes into sessions."""
        super().__init__(window)
        self._window, self._ui_state = window, ui_state
        self._ports, self._send = ports, ports.send
        self._snapshot: Snapshot | None = None
        self.path: Path | None = None
        self.is_lesson: Callable[[Path], bool] = lambda _path: False
        self.is_course: Callable[[Path], bool] = lambda _path: False
        self._folder: Path | None = None
        self._expected: tuple[int, Path | None] | None = (
            None  # a run that is not yet on screen: its file
        )
        self._mark: tuple[object, ...] | None = None
        self._owned: dict[int, tuple[Path | None, tuple[object, ...] | None]] = {}
        # How the run stood when it was to be saved.
        self._saving: dict[Path, tuple[object, ...] | None] = {}
        self._show_title()
        ports.on(Saved, self.saved)

    # -- opening --------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for a session, a network, an example, a lesson, a course or answers, and open it."""
        endings = f"(*{SESSION} *{NETWORK} *{EXAMPLE_ENDING} *{PACKED} *{ANSWERS})"
        kinds = f"Sessions, networks, examples, lessons, courses and answers {endings}"
        title = "Open a session, a network, an example, a lesson, a course or answers"
        ask_paths(self._window, "open", title, self.open_paths, kinds=kinds, folder=self._folder)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a file; several are answers to lessons, which are counted together."""
        if len(paths) == 1:
            self.open_path(paths[0])
        elif all(path.suffix.casefold() == ANSWERS for path in paths):
            self.answers_chosen.emit(paths)
        else:
            self._fail(
                f"Only answers to lessons ({ANSWERS}) are opened several at once: "
                "open the other files one by one."
            )

    def open_table(self) -> None:
        """Ask for a table and train on it."""
        kinds = f"{TABLES};;Archives of images (*.npz);;All files (*)"
        title = "Open a table with a header and a column of labels"
        self._ask("open_table", title, self.open_path, kinds)

    def open_folder(self) -> None:
        """Ask for a folder of IDX files, of pictures by class or of lessons and open it."""
        title = "A folder of IDX files, of pictures or of lessons"
        self._ask("data_folder", title, self.open_path, "")

    def _ask(
        self, name: str, title: str, then: Callable[[Path], None], kinds: str, save_as: str = ""
    ) -> None:
        """Ask for a file, first where the last one was; see `ask_path`."""
        ask_path(
            self._window,
            name,
            title,
            then,
            kinds=kinds,
            save_as=save_as,
            folder=self._folder,
        )

    def _fail(self, sentence: str) -> None:
        self._ports.publish(Failure(sentence))

    def brings_run(self, path: Path) -> bool:
        """Tell whether something runs once a file or a folder is open, if it can be."""
        return path.suffix.casefold() != ANSWERS and not is_picture(path)

    def open_path(self, path: Path) -> None:
        """Open a session, a network, an example, a lesson, a course, a table, images, or data.

        One IDX file stands for the folder that it lies in; a picture goes to the drawing pad.
        What was saved by nnviz is known by what lies in it, whatever name it was given.
        """
        if self.is_course(path):
            self._folder = path.parent
            self.course_chosen.emit(path)
            return
        if is_session(path):
            self._open_session(path)
            return
        if is_model(path):
            self.open_network(path)
            return
        if path.suffix.casefold() == EXAMPLE_ENDING and not path.is_dir():
            self._folder = path.parent
            (self.lesson_chosen if self.is_lesson(path) else self.example_chosen).emit(path)
            return
        try:
            data = data_at(path)
        except NnvizError as error:
            self._fail(str(error))
            return
        ending = path.suffix.casefold()
        if ending == ANSWERS and data is None:
            self._folder = path.parent
            self.answers_chosen.emit((path,))
            return
        if ending == SESSION:
            self._open_session(path)  # which tells what is wrong with it
        elif data is not None:
            if data.is_file():
                self._folder = data.parent
            self.data_chosen.emit(str(data))
        elif ending == NETWORK:
            self.open_network(path)
        elif is_picture(path):
            self._ports.publish(PictureChosen(path))
        else:
            self._fail(
                f"{path} is nothing that nnviz opens by its name: give a session ({SESSION}), "
                f"a network ({NETWORK}), an example or a lesson ({EXAMPLE_ENDING}), a course "
                f"({PACKED}), answers to lessons ({ANSWERS}), a table "
                f"({', '.join(ENDINGS)}), an archive of images (.npz), a picture ({KINDS}), "
                "or a folder of IDX files, of pictures or of lessons."
            )

    def _open_session(self, path: Path) -> None:
        self._folder = path.parent
        self._send(commands.OpenSession(path))

    def open_network(self, path: Path) -> None:
        """Start from the weights of a saved network."""
        try:
            model = load_model(path)
        except NnvizError as error:
            self._fail(str(error))
            return
        self._folder = path.parent
        # A new run: which parameters trained, or what was taught, was the business of another.
        recipe = replace(model.network.recipe, trained=ALL, taught=NONE)
        theta, described = model.network.theta, model.description
        self._send(commands.Start(recipe, theta=theta, described=described))

    # -- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Write the session to its file; ask where to if it has none."""
        if self.path is None:
            self.save_as()
        else:
            self._save_to(self.path)

    def save_as(self) -> None:
        """Ask for a file and write the session to it."""
        if self._snapshot is not None:
            name = self.path.name if self.path else f"run{SESSION}"
            kinds = f"Sessions (*{SESSION})"
            self._ask("save_session", "Save this session", self._save_to, kinds, name)

    def _save_to(self, path: Path) -> None:
        self._folder = path.parent
        self._saving[path] = _mark(self._snapshot)
        self._send(commands.SaveSession(path, self._ui_state().to_dict()))

    def save_network(self) -> None:
        """Ask for a name and save the network shown."""
        if self._snapshot is not None:
            network, description = self._snapshot.network(), self._snapshot.description

            def write(path: Path) -> None:
                self._folder = path.parent
                try:
                    save_model(path, network, description)
                except NnvizError as error:
                    self._fail(str(error))

            kinds = f"Networks (*{NETWORK})"
            self._ask("save_network", "Save this network", write, kinds, f"network{NETWORK}")

    # -- what has been done ---------------------------------------------------------------------

    def saved(self, saved: Saved) -> None:
        """Take note that the run stands in a file as it was when that was asked for, and say so."""
        if saved.copy:
            return
        path, now = saved.path, _mark(self._snapshot)
        self._ports.publish(Notice(f"Saved {path.name} in {path.parent}."))
        mark = self._saving.pop(path, now)
        if mark is None or now is None or mark[0] != now[0]:
            return  # another run has begun meanwhile
        self.path, self._mark = path, mark
        self.session_known.emit(path)
        self._show_title()

    def opened(self, path: Path | None, run: int) -> None:
        """Take note that a run, on screen or with the next snapshot, belongs to a file or none."""
        if self._snapshot is not None and self._snapshot.run == run:
            self._belong_to(path)
        else:
            self._expected = run, path

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Notice another run, and whether this one has moved on since it was saved."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or snapshot.run != before.run:
            if before is not None:
                self._owned[before.run] = self.path, self._mark
            # A new run has no file yet: the next Ctrl+S must not replace another run's.
            expected, self._expected = self._expected, None
            if expected is not None and expected[0] == snapshot.run:
                self._belong_to(expected[1])
            elif snapshot.run in self._owned:  # undo brought it back
                self.path, self._mark = self._owned[snapshot.run]
                self._show_title()
            else:
                self._belong_to(None)
        if self.path is not None:
            self._window.setWindowModified(_mark(snapshot) != self._mark)

    def _belong_to(self, path: Path | None) -> None:
        # What nnviz keeps for itself is nobody's file: saving asks where to.
        self.path = None if path is None or state_folder() in path.parents else path
        self._mark = _mark(self._snapshot)
        if self.path is not None:
            self.session_known.emit(self.path)
        self._show_title()

    def _show_title(self) -> None:
        self._window.setWindowTitle(
            f"{given(self.path.name)}[*] — nnviz" if self.path else "nnviz[*]"
        )
        self._window.setWindowModified(
            self.path is not None and _mark(self._snapshot) != self._mark
        )


def _mark(snapshot: Snapshot | None) -> tuple[object, ...] | None:
    """Return what tells a session from itself at another time; the run's number comes first."""
    if snapshot is None:
        return None
    branches = tuple((branch.number, branch.name, branch.reached) for branch in snapshot.branches)
    return snapshot.run, snapshot.step, snapshot.reached, snapshot.changes, branches
