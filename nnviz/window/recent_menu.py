"""The menus of recent runs, which gave way to another or were closed, and of session files."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.data.naming import EXAMPLE, TARGET, is_example, parts_of, referred, source_of
from nnviz.data.typed_table import is_typed, title_of_typed
from nnviz.engine.run.summary import RunSummary
from nnviz.errors import NnvizError
from nnviz.files.recent_runs import RecentRun
from nnviz.messages.events import KnownRun, KnownRuns
from nnviz.numbers import integer, percent, write
from nnviz.window.actions import add_entry
from nnviz.wording import given, keep_files


class RecentMenu(QMenu):
    """Lists the recent runs, newest first.

    Attributes:
        source: returns them; asked each time the menu opens.

    Signals:
        chosen(Path): go on with the run in this session file.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Recent runs", parent)
        self.setObjectName("recent_runs")
        self.menuAction().setToolTip("Go on with a run that was closed, or that another replaced.")
        self.source: Callable[[], Sequence[RecentRun]] = list
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        runs = self.source()
        for run in runs:
            add_entry(self, sentence(run), partial(self.chosen.emit, run.path))
        if not runs:
            self.addAction("No run was kept yet: start another one, and this one is").setEnabled(
                False
            )


class RecentSessions(QMenu):
    """Lists the session files that were opened or saved last; those that are gone are left out.

    Attributes:
        source: returns their paths, the one used last first; asked each time the menu opens.

    Signals:
        chosen(Path): open this file.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Recent sessions", parent)
        self.setObjectName("recent_sessions")
        self.setToolTipsVisible(True)
        self.menuAction().setToolTip("Open a session file that was opened or saved before.")
        self.source: Callable[[], Sequence[str]] = list
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        there = [path for kept in self.source() if (path := Path(kept)).is_file()]
        for path in there:
            alone = sum(other.name == path.name for other in there) == 1
            keep_files((str(path),))
            name = given(path.name)
            name = name if alone else f"{name}  ·  {given(str(path.parent))}"
            add_entry(self, name, partial(self.chosen.emit, path), str(path))
        if not there:
            self.addAction("No session was saved yet: Save session does it").setEnabled(False)


def sentence(run: RecentRun) -> str:
    """Return date, data, layers, step and score of a run in one line."""
    words = run.words
    parts = [_when(run.saved)]
    if isinstance(data := words.get("data"), str):
        parts.append(title_of(data))
    if isinstance(layers := words.get("layers"), list):
        parts.append("-".join(map(str, layers)))
    if isinstance(step := words.get("step"), int):
        parts.append(f"step {integer(step)}")
    if isinstance(accuracy := words.get("accuracy"), int | float):
        parts.append(f"test accuracy {percent(accuracy)}")
    if isinstance(rmse := words.get("rmse"), int | float):
        unit = words.get("unit")
        parts.append(f"test RMSE {write(rmse, 4)}" + (f" {unit}" if unit else ""))
    return "  ·  ".join(parts)


def known_runs(runs: Sequence[RecentRun]) -> KnownRuns:
    """Return what the runs panel lists: of every run that says enough of itself."""
    read = ((run, RunSummary.from_words(run.words)) for run in runs)
    return KnownRuns(
        tuple(KnownRun(run.path, _when(run.saved), summary) for run, summary in read if summary)
    )


def title_of(data: str) -> str:
    """Return what to call a data set, of which only the reference is known."""
    if is_typed(data):
        return title_of_typed(data)
    reference = referred(data)
    title, targets = bare_title_of(reference.name), reference.values(TARGET)
    source = source_of(reference.name)
    if source is not None and source.options and reference.options:
        by_name = {option.name: option for option in source.options}
        said = ", ".join(by_name[name].told(value) for name, value in reference.options)
        return f"{title} ({said})"
    return f"{title} → {', '.join(map(given, targets))}" if targets else title


def bare_title_of(name: str) -> str:
    """Return what to call a data set of this name or path, or a mixture, without its options."""
    if is_typed(name):
        return title_of_typed(name)
    if source := source_of(name):
        return source.title
    if name.startswith(EXAMPLE):
        from nnviz.lessons import EXAMPLES

        with suppress(NnvizError, KeyError):
            return EXAMPLES[name.removeprefix(EXAMPLE)].title
    elif is_example(name) and "+" not in name:
        return _title_in(name)
    parts = parts_of(name)
    keep_files(parts)
    return " + ".join(map(bare_title_of, parts)) if len(parts) > 1 else given(Path(name).name)


@lru_cache(maxsize=64)
def _title_in(path: str) -> str:
    """Return what an example file says it is called, such as that of a net of a lesson's own."""
    from nnviz.lessons import load_example

    try:
        return load_example(path).title
    except NnvizError:
        return Path(path).name


def _when(saved: datetime) -> str:
    """Return the time, with the day where it was another."""
    now = datetime.now(saved.tzinfo)
    day = "" if saved.date() == now.date() else f"{saved.day} {saved:%b} "
    return f"{day}{saved:%H:%M}"
