"""The whole program for tests, started and quit as often as wanted."""

from PySide6.QtCore import Qt

from nnviz.app import build
from nnviz.files.autosaves import Autosaves
from nnviz.views.palette import DARK
from nnviz.window.recovery import Recovery
from nnviz.window.settings import Settings


class Program:
    """The whole program with a folder for its runs, started and quit as often as wanted."""

    def __init__(self, qtbot, folder):
        self.qtbot, self.folder = qtbot, folder
        self.app = None

    def start(self):
        autosaves = Autosaves(self.folder / "autosave")
        self.claim = autosaves.claim()
        settings = Settings(self.folder / "app.json")
        self.app = build(settings, DARK, self.claim, autosaves.runs)
        window = self.window = self.app.window
        self.recovery = Recovery(window, self.app.bridge, autosaves, self.claim)
        self.qtbot.addWidget(window)
        self.app.bridge.start()
        window.resize(1280, 720)
        window.show()
        with self.qtbot.waitActive(window):
            window.activateWindow()
        return window

    def choose(self, data):
        before = None if self.window.snapshot is None else self.window.snapshot.run
        self.window.choose_data(data)
        self.wait(lambda s: s.run != before)

    def wait(self, wanted):
        snapshot = lambda: self.window.snapshot  # noqa: E731
        self.qtbot.waitUntil(
            lambda: snapshot() is not None and bool(wanted(snapshot())), timeout=60_000
        )
        return snapshot()

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.window, key, modifier)

    def train(self, steps):
        for _ in range(steps):
            self.key(Qt.Key.Key_Right)
        return self.wait(lambda s: s.step == steps)

    def quit(self):
        if self.app is not None:
            self.window.close()
            assert self.app.bridge.stop()
            self.claim.release(keep=True)
            self.app = None
