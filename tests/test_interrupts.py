"""Ctrl+C in the terminal, and the end of the session, close the window as its × does."""

import json
import os
import signal
import subprocess
import sys

import pytest

from nnviz.engine import Recipe
from nnviz.files.sessions import load_session
from nnviz.paths import state_folder
from nnviz.window.interrupts import Interrupts
from nnviz.window.settings import Settings, settings_file
from tests.sampled import sampled
from tests.started import STARTED

PAINTING = f"""
import sys
{STARTED}
def begin(window):
    for _ in range(2):  # there and back: a layout of one's own, which is kept
        window.dock("cost").toggle_floating()
    window.dock("pad").close()
    window.toolbar.slider.setValue(9)
    window.actions_by_id["play"].trigger()
    draw()

def draw():
    # Python is painting nearly all the time: an exception raised there would be lost in it.
    window = built[0].window
    if window.snapshot.step > 20 and not told:
        told.append(print("playing", flush=True))
    window.views["network"].repaint()
    QTimer.singleShot(0, draw)

told = []
sys.exit(app.run())
"""

unix = pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")


@pytest.fixture
def folders(tmp_path, monkeypatch):
    for name in ("STATE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    kept = Settings()
    kept.recipe = Recipe(dataset="xor", layers=(2, 3, 1))
    assert kept.flush()


@pytest.fixture
def heeds_ctrl_c():
    """What is begun in the background of a shell ignores SIGINT; here it counts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@unix
@pytest.mark.parametrize("name", sampled(["SIGINT", "SIGTERM", "SIGHUP"], every=3))
def test_it_closes_in_the_middle_of_painting_and_keeps_run_and_layout(folders, name):
    words = [sys.executable, "-c", PAINTING]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True) as child:
        try:
            assert child.stdout.readline() == "playing\n"
            for _ in range(3):  # impatiently, too
                child.send_signal(getattr(signal, name))
            said, problems = child.communicate(timeout=60)
        finally:
            child.kill()
    assert (child.returncode, said, problems) == (0, "", "")
    assert json.loads(settings_file().read_text("utf-8"))["ui_state"]["speed"] == 9
    geometry, state = (bytes(part.data()) for part in Settings().layout)
    assert geometry
    assert "pad".encode("utf-16-be") in state
    runs = [path for path in state_folder().rglob("*.nnviz") if path.stat().st_size]
    assert any(load_session(path).record.now.state.steps > 20 for path in runs)


FLOATING = f"""
import sys
from PySide6.QtWidgets import QApplication
{STARTED}
asked = sys.argv.pop() == "quit"  # as a desktop asks whose session ends

def begin(window):
    window.dock("cost").toggle_floating()
    tell()

def tell():
    alone = built[0].window.dock("cost").windowHandle()
    if alone is None or not alone.isExposed():
        QTimer.singleShot(20, tell)
    else:
        print("floats", flush=True)
        if asked:
            QApplication.quit()

sys.exit(app.run())
"""


@unix
@pytest.mark.parametrize("by", ["signal", "quit"])
def test_a_panel_that_floats_does_not_keep_it(folders, by):
    words = [sys.executable, "-c", FLOATING, by]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True) as child:
        try:
            assert child.stdout.readline() == "floats\n"
            if by == "signal":
                child.send_signal(signal.SIGTERM)
            said, problems = child.communicate(timeout=60)
        finally:
            child.kill()
    assert (child.returncode, said, problems) == (0, "", "")
    assert "cost" in json.loads(settings_file().read_text("utf-8"))["ui_state"]["open_panels"]


@unix
def test_the_tour_ends_with_one_line(folders, tmp_path):
    words = [sys.executable, "-m", "nnviz", "tour", str(tmp_path / "pictures"), "--data", "xor"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True) as child:
        try:
            assert child.stdout.readline().startswith("started ")
            for _ in range(3):  # impatiently, too
                child.send_signal(signal.SIGINT)
            said, problems = child.communicate(timeout=60)
        finally:
            child.kill()
    assert (child.returncode, said, problems) == (130, "", "nnviz: interrupted\n")


@unix
def test_signals_mean_afterwards_what_they_meant_before(qtbot, heeds_ctrl_c):
    asked = []
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    interrupts = Interrupts(lambda: asked.append(True))
    for _ in range(3):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
    qtbot.waitUntil(lambda: asked != [])
    interrupts.stop()
    assert asked == [True]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
