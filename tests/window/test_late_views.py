"""Views that are built when they are first wanted, and what is kept for them until then."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

from nnviz.app import build
from nnviz.engine.selection import Selection
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import Select
from nnviz.views import VIEWS
from nnviz.views.palette import LIGHT
from nnviz.views.view import ViewSpec
from nnviz.window import late_views
from nnviz.window.late_views import ViewPlace
from nnviz.window.panel_window import PanelWindow
from nnviz.window.settings import Settings
from tests.waiting import events_done
from tests.window.conftest import ALL_SPECS, Probe

WEIGHT = Selection("weight", 1, 0, 1)


class Choosing(Probe):
    """A probe with something to choose, and a field."""

    made = 0

    def __init__(self):
        super().__init__()
        type(self).made += 1
        self.zoom = 1
        self.field = QLineEdit(self)

    def state(self):
        return {"zoom": self.zoom}

    def restore(self, kept):
        self.zoom = kept.get("zoom", self.zoom)


class Slow(Choosing):
    made = 0


class Shut(Choosing):
    made = 0


SPECS = (
    *ALL_SPECS,
    ViewSpec("slow", "Slow", "right", Slow, late=True, least=(150, 90)),
    ViewSpec("shut", "Shut", "right", Shut, open=False),
)


@pytest.fixture(autouse=True)
def _none_made():
    Slow.made = Shut.made = 0


def test_a_slow_view_is_built_once_there_is_a_moment_to_see(stage, qtbot):
    window = stage.window(SPECS)
    events_done()
    assert Slow.made == 0
    assert not window.settled()
    window.show_snapshot(stage.snapshot(steps=2))
    qtbot.waitUntil(window.settled)
    assert (Slow.made, Shut.made) == (1, 0)
    view = window.views.built["slow"]
    assert view.isVisible()
    assert view.snapshots == [window.snapshot]


def test_without_a_run_it_does_not_wait_for_long(stage, qtbot, monkeypatch):
    monkeypatch.setattr(late_views, "OVERDUE_MS", 20)
    window = stage.window(SPECS)
    qtbot.waitUntil(window.settled)
    assert Slow.made == 1


def test_its_place_takes_the_room_that_it_will_need(qtbot):
    place = ViewPlace(SPECS[-2])
    qtbot.addWidget(place)
    assert place.minimumSizeHint() == QSize(150, 90)
    place.hold(Slow())
    assert place.minimumSizeHint() == QSize(60, 40)


def test_a_closed_panel_s_view_is_built_when_it_is_opened(stage, qtbot):
    window = stage.window(SPECS)
    window.show_snapshot(stage.snapshot(steps=2))
    qtbot.waitUntil(window.settled)
    window.show_everywhere()
    window.set_theme(LIGHT)
    assert Shut.made == 0
    window.open_panel("shut")
    view = window.views.built["shut"]
    assert (Shut.made, view.theme) == (1, LIGHT)
    qtbot.waitUntil(lambda: view.in_sight() and bool(view.snapshots))
    assert view.snapshots[-1] is window.snapshot
    window.dock("shut").close()
    window.open_panel("shut")
    assert Shut.made == 1


def test_what_was_picked_before_is_marked_in_it(stage):
    window = stage.window(SPECS)
    window.show_snapshot(stage.snapshot(steps=2))
    stage.ports.send(Select(WEIGHT))
    window.open_panel("shut")
    assert window.views["shut"].selections == [WEIGHT]
    stage.ports.send(Select(None))
    assert window.views["shut"].selections == [WEIGHT, None]


def test_what_is_to_be_chosen_in_it_is_kept_and_told_meanwhile(stage):
    window = stage.window(SPECS)
    window.show_ui(UiState(views={"shut": {"zoom": 7}}))
    assert window.ui_state().views["shut"] == {"zoom": 7}
    assert Shut.made == 0
    assert window.views["shut"].zoom == 7
    window.views["shut"].zoom = 3
    assert window.ui_state().views["shut"] == {"zoom": 3}


def test_looking_it_up_builds_it_once(stage):
    window = stage.window(SPECS)
    assert list(window.views) == [spec.id for spec in SPECS]
    assert window.views["shut"] is window.views["shut"]
    assert (Shut.made, window.views["shut"].objectName()) == (1, "shut_view")
    assert "other than these" not in window.views
    with pytest.raises(KeyError):
        window.views["other than these"]


def test_one_that_was_open_at_the_end_is_built_at_the_next_start(stage, qtbot):
    first = stage.window(SPECS)
    first.open_panel("shut")
    first.close()
    again = stage.window(SPECS)
    again.show_snapshot(stage.snapshot(steps=2))
    qtbot.waitUntil(again.settled)
    assert Shut.made == 2
    assert set(again.views.built) == {spec.id for spec in SPECS}


def test_a_file_can_be_dropped_on_a_field_in_it(stage):
    window = stage.window(SPECS)
    watched = []
    window.drops.watch = watched.append
    window.open_panel("shut")
    assert watched == [window.views["shut"]]


LATE = (
    "http",
    "PIL",
    "csv",
    "pyqtgraph",
    "ssl",
    "nnviz.data.toml_tables",
    "nnviz.lessons",
    "nnviz.window.lesson",
    "nnviz.views.activation.view",
    "nnviz.views.augment.view",
    "nnviz.views.branches.view",
    "nnviz.views.cost.view",
    "nnviz.views.data.view",
    "nnviz.views.evaluation.view",
    "nnviz.views.examples.view",
    "nnviz.views.matrices.view",
    "nnviz.views.parameters.view",
    "nnviz.views.plane.view",
    "nnviz.views.table.view",
    "nnviz.views.race.view",
    "nnviz.views.runs.view",
    "nnviz.views.surface.view",
    "nnviz.views.surface3d",
    "nnviz.window.words.boundary",
    "nnviz.window.words.dialog",
    "nnviz.window.words.glossary",
    "nnviz.window.words.places",
)
"""Modules that no start imports until the window has been painted."""
START = """
import sys
from PySide6.QtCore import QTimer
from nnviz import app, cli

late = sys.argv[1:]
build = app.build

def built(*parts):
    made = build(*parts)
    window = made.window
    painted = window.views.painted

    def note():
        painted()
        QTimer.singleShot(0, done)

    def done():
        window.views.painted = painted
        print([name for name in late if name in sys.modules])
        window.views["race"]
        print("nnviz.views.race.view" in sys.modules)
        window.close()

    window.views.painted = note
    return made

app.build = built
cli.main([])
"""


def test_a_start_imports_nothing_that_comes_later(tmp_path):
    homes = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    done = subprocess.run(
        [sys.executable, "-c", START, *LATE],
        capture_output=True, text=True, check=True, env={**os.environ, **homes},
    )  # fmt: skip
    assert done.stdout.split("\n")[:2] == ["[]", "True"], done.stdout


SETTLING = """
import sys, threading
from importlib.abc import MetaPathFinder
from PySide6.QtCore import QTimer
from nnviz import app, cli

build, elsewhere = app.build, []

class Noting(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if threading.current_thread() is not threading.main_thread():
            elsewhere.append(name)

def built(*parts):
    made = build(*parts)

    def wait():
        window = made.window
        if not (window.views.built and window.settled()):
            QTimer.singleShot(20, wait)
            return
        print("pyqtgraph" in sys.modules)
        print([name for name in elsewhere if name.startswith(tuple(sys.argv[1:]))])
        window.close()

    QTimer.singleShot(20, wait)
    return made

sys.meta_path.insert(0, Noting())
app.build = built
cli.main([])
"""


def test_nothing_of_qt_is_imported_on_another_thread(tmp_path):
    """PySide ends the program where two threads first name a class of Qt's at once."""
    homes = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    of_qt = ("PySide6", "pyqtgraph", "OpenGL", "nnviz.views", "nnviz.window")
    done = subprocess.run(
        [sys.executable, "-c", SETTLING, *of_qt],
        capture_output=True, text=True, check=True, env={**os.environ, **homes},
    )  # fmt: skip
    assert done.stdout.split("\n")[:2] == ["True", "[]"], done.stdout


def test_every_view_that_comes_later_is_on_the_list():
    late = {f"nnviz.views.{spec.id}.view" for spec in VIEWS if spec.late or not spec.open}
    assert late == {name for name in LATE if name.endswith(".view")}


def test_no_panel_moves_when_its_view_comes(qtbot, tmp_path):
    app = build(Settings(tmp_path / "w.json"), LIGHT)
    qtbot.addWidget(app.window)
    window = app.window
    window.resize(1600, 900)
    window.show()
    behind_a_tab = window.dock("minibatch").titleBarWidget()
    assert behind_a_tab.sizeHint().height() == 0, "before anything is painted"
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: PanelWindow.settled(window))
    waiting = [spec.id for spec in VIEWS if spec.late]
    assert window.views.built.keys().isdisjoint(waiting)
    before = {id: window.dock(id).geometry() for id in waiting}
    window.views.moment_shown()
    qtbot.waitUntil(window.settled)
    assert {id: window.dock(id).geometry() for id in waiting} == before
