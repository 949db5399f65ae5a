"""A window with a list in place of the worker, and real moments of a little run to show in it."""

from functools import lru_cache, partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolButton
from pytestqt.qtbot import QtBot

from nnviz.app import build
from nnviz.data import catalogue, load_dataset
from nnviz.data.digits_cache import load_digits
from nnviz.data.scrawls import scrawls
from nnviz.engine import Recipe, Trainer
from nnviz.engine.measure import background
from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import BranchLook
from nnviz.messages.events import StepWanted
from nnviz.views.palette import DARK
from nnviz.views.view import View, ViewSpec
from nnviz.window.main_window import MainWindow
from nnviz.window.panel_window import PanelWindow
from nnviz.window.settings import Settings
from tests.conftest import OF_MODULE
from tests.ports import ListedPorts
from tests.snapshots import snapshot_of
from tests.window.rest import Rest

RECIPE = Recipe(dataset="xor", layers=(2, 3, 1))
WIDE = 1440, 720
"""The size of a window in which panels stand side by side at first."""


class Probe(View):
    """A view that remembers what it was handed."""

    def __init__(self):
        super().__init__()
        self.snapshots = []
        self.selections = []
        self.theme = self._theme
        self.typed = 0
        self.called_off = 0
        self.setMinimumSize(60, 40)

    def show_snapshot(self, snapshot):
        self.snapshots.append(snapshot)

    def select(self, selection):
        self.selections.append(selection)

    def set_theme(self, theme):
        self.theme = self._theme = theme

    def call_off(self):
        self.called_off += 1


class Typing(Probe):
    def join(self, ports):
        super().join(ports)
        ports.on(StepWanted, self.begin_typing)

    def begin_typing(self, _wanted):
        self.typed += 1


SPECS = (
    ViewSpec("middle", "Middle", "centre", Probe),
    ViewSpec("side", "Side", "right", Probe),
    ViewSpec("other", "Other", "right", Probe),
)
ALL_SPECS = (
    *SPECS,
    ViewSpec("minibatch", "This example", "left", Probe),
    ViewSpec("examples", "Examples", "left", Probe),
    ViewSpec("branches", "Branches", "left", Probe),
    ViewSpec("timeline", "Timeline", "below", Typing),
)


class Stage:
    """Opens windows on one settings file, collects what they send and makes snapshots.

    Attributes:
        sent: every command that left a window.
        ports: of the last window.
        recipe: of the run that snapshots are taken of.
    """

    recipe = RECIPE

    def __init__(self, qtbot, folder):
        self.qtbot = qtbot
        self.folder = folder
        self.sent = []
        self.trainer = Trainer(RECIPE, load_dataset("xor"))
        self.history = CostHistory()

    def window(self, specs=SPECS, size=(1200, 700)):
        self.ports = ListedPorts(self.sent)
        window = MainWindow(specs, self.ports, Settings(self.folder / "w.json"), DARK)
        window.closed.connect(self.ports.stop)
        self.keep(window)
        window.resize(*size)
        window.show()
        with self.qtbot.waitActive(window):
            window.activateWindow()
        self.qtbot.waitUntil(lambda: PanelWindow.settled(window))
        return window

    def keep(self, window):
        """Let a window go once the test is over."""
        self.qtbot.addWidget(window)

    def full_window(self, size=(1440, 720), *, restore=True):
        """A window with views at the left and a timeline, as the program has it."""
        window = self.window(ALL_SPECS, size)
        if restore:
            window.restore_layout()
        return window

    def snapshot(self, playing=False, steps=0, **changes):
        """Train some steps and return the moment after them, with some fields replaced."""
        costs = [self.trainer.step() for _ in range(steps)]
        self.history.extend(costs)
        known = {
            "run": 1,
            "playing": playing,
            "minibatches_per_second": 1234.0 * playing,
            "minibatch_cost": costs[-1] if costs else float("nan"),
            "watched": (3, 4),
            "reached": self.trainer.steps,
        }
        return snapshot_of(self.trainer, self.history, example=2, **{**known, **changes})

    def branch(self, number, reached=5):
        curve, epoch_layout = self.history.curve(), self.trainer.epoch_layout
        return BranchLook(
            number, f"branch {number}", None, "", 0, reached, reached, "as before", number == 0,
            curve, (), epoch_layout,
        )  # fmt: skip

    def button(self, window, id):
        """The toolbar's button of a command."""
        found = window.toolbar.findChild(QToolButton, id)
        assert isinstance(found, QToolButton)
        return found

    def press(self, key, modifier=None):
        """Press a key as a person does: it goes to whatever has the focus."""
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if modifier is None:
            self.qtbot.keyClick(target, key)
        else:
            self.qtbot.keyClick(target, key, modifier)

    def box(self, window, name):
        """The dialog of this name, once it is on screen."""
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QDialog, name)))
        return next(d for d in window.findChildren(QDialog, name) if d.isVisible())


class StageOfModule(Stage):
    """Opens windows that stay until the tests of a module are over."""

    def __init__(self, qtbot, folder):
        super().__init__(qtbot, folder)
        self.windows = []

    def keep(self, window):
        window.setProperty(OF_MODULE, True)
        self.windows.append(window)

    def close(self):
        for window in self.windows:
            window.close()
            window.deleteLater()
        self.windows.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def few_digits(request, monkeypatch):
    """Let a window's digits be soon there and soon measured; slow tests have all of them.

    Pictures of what is no digit are few, too: drawing them takes a thread that gives way seconds.
    """
    if request.node.get_closest_marker("slow") is None:
        _let_digits_be_few(monkeypatch)


def _let_digits_be_few(patch):
    patch.setattr(catalogue, "load_digits", partial(load_digits, train=1000, test=200))
    patch.setattr(background, "SCRAWLS", 10)
    patch.setattr(background, "scrawls", _kept_scrawls)


_kept_scrawls = lru_cache(maxsize=1)(scrawls)


@pytest.fixture
def stage(qtbot, tmp_path):
    return Stage(qtbot, tmp_path)


@pytest.fixture(scope="module")
def stage_of_module(qapp, request, tmp_path_factory):
    """`stage`, for windows that all tests of a module share: each leaves them as they were."""
    stage = StageOfModule(QtBot(request), tmp_path_factory.mktemp("stage"))
    yield stage
    stage.close()


@pytest.fixture
def app(qtbot, tmp_path):
    """The whole program, at rest on a small data set."""
    app = build(Settings(tmp_path / "app.json"), DARK)
    qtbot.addWidget(app.window)
    begin(app, qtbot)
    yield app
    assert app.bridge.stop()


@pytest.fixture(scope="session")
def size_of_app():
    """The size of a shared window of the whole program."""
    return WIDE


@pytest.fixture(scope="module")
def app_of_module(qapp, request, tmp_path_factory, size_of_app):
    """`app`, for all tests of a module to share: each leaves it as it was."""
    with pytest.MonkeyPatch.context() as patch:
        _let_digits_be_few(patch)
        app = build(Settings(tmp_path_factory.mktemp("app") / "app.json"), DARK)
        app.window.setProperty(OF_MODULE, True)
        begin(app, QtBot(request), size_of_app)
        yield app
        app.window.close()
        assert app.bridge.stop()
        app.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="module")
def _rest(app_of_module):
    return Rest(app_of_module)


@pytest.fixture
def app_at_rest(app_of_module, _rest, monkeypatch):
    """`app`, shared by the tests of a module: it is brought back to rest after each of them."""
    _rest.begin()
    yield app_of_module
    monkeypatch.undo()
    _rest.come_back()


def begin(app, qtbot, size=WIDE):
    """Show the window of the whole program, and bring it to rest on a small data set."""
    app.bridge.start()
    app.window.resize(*size)
    app.window.restore_layout()
    app.window.show()
    with qtbot.waitActive(app.window):
        app.window.activateWindow()
    app.window.choose_data("xor")
    qtbot.waitUntil(
        lambda: app.window.snapshot is not None and app.window.snapshot.recipe.dataset == "xor",
        timeout=60_000,
    )
