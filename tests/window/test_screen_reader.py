"""A reader of the screen walks through a painted view over AT-SPI, the bus that Linux has for them.

Qt's own calls from C++ pass by what tests in Python can see: what is wrong there ends the process.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BUS = Path("/usr/libexec/at-spi-bus-launcher")
NEEDED = BUS.exists() and all(map(shutil.which, ("dbus-run-session", "gdbus")))

READER = """
import re, subprocess, sys

def call(*words):
    done = subprocess.run(["gdbus", "call", *words], capture_output=True, text=True)
    return done.stdout

def bus(*words):
    return call("--address", ADDRESS, *words)

told = call("--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
            "--method", "org.a11y.Bus.GetAddress")
ADDRESS = re.search("'([^']+)'", told)[1]
ROOT, KIND = "/org/a11y/atspi/accessible/root", "org.a11y.atspi.Accessible"
apps = bus("--dest", "org.a11y.atspi.Registry", "--object-path", ROOT,
           "--method", f"{KIND}.GetChildren")
APP = re.search(r"'(:[\\d.]+)'", apps)[1]

def walk(path):
    def get(name):
        return bus("--dest", APP, "--object-path", path, "--method",
                   "org.freedesktop.DBus.Properties.Get", KIND, name)
    print(get("Name").strip(), get("Description").strip())
    children = bus("--dest", APP, "--object-path", path, "--method", f"{KIND}.GetChildren")
    for child in re.findall(r"'(/org[^']+)'", children):
        walk(child)

walk(ROOT)
"""
SHOWN = """
import subprocess, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from nnviz.engine.recipe import Recipe
from nnviz.views.network.view import NetworkView
from nnviz.views.shared import accessible
from tests.snapshots import make_dataset, make_snapshot

app = QApplication([])
accessible.install()
data = make_dataset(inputs=4, outputs=2)

def moment(hidden, steps):
    return make_snapshot(Recipe(dataset="tiny", layers=(4, hidden, 2)), data, steps)

view = NetworkView()
view.resize(700, 500)
view.show_snapshot(moment(3, 1))
view.show()

def read():
    reader = subprocess.Popen([sys.executable, "-c", READER], stdout=subprocess.PIPE, text=True)
    watch = QTimer(app, interval=50)

    def look():
        if reader.poll() is None:
            return
        watch.stop()
        print(reader.stdout.read())
        live()

    watch.timeout.connect(look)
    watch.start()

def live():
    view.activateWindow()
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_E, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    for steps in range(1, 5):
        view.show_snapshot(moment(2 + steps % 2, steps))
    view.close()
    view.deleteLater()
    QTimer.singleShot(0, app.quit)

QTimer.singleShot(1000, read)
app.exec()
print("all is well")
"""


@pytest.mark.skipif(not NEEDED, reason="AT-SPI, the bus of screen readers, is not installed")
def test_a_screen_reader_finds_neurons_and_weights_with_their_values(tmp_path):
    program = tmp_path / "shown.py"
    program.write_text(f"READER = {READER!r}\n{SHOWN}")
    script = f"{BUS} --launch-immediately & exec {sys.executable} {program}"
    env = ("env", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1", "QT_ACCESSIBILITY=1")
    run = ["dbus-run-session", "--", *env, "sh", "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert "all is well" in done.stdout, done.stderr
    assert "neuron 1 of layer 1" in done.stdout
    assert "weight w¹" in done.stdout
    assert "ŷ₁ = " in done.stdout
