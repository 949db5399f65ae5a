"""On a desktop with a window manager: who has the keys, what lies in front, and on which screen."""

import json
import shutil
import subprocess
import sys

import pytest

NEEDED = ("xvfb-run", "openbox", "xrandr", "xprop", "xdotool")

pytestmark = pytest.mark.skipif(
    any(shutil.which(name) is None for name in NEEDED),
    reason="a virtual screen of any size, with a window manager",
)

DESKTOP = """
openbox >/dev/null 2>&1 & manager=$!
until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q "window id"; do sleep 0.05; done
if [ "$1" = two ]; then
    xrandr --setmonitor CLASS 1280/300x720/170+1280+0 none
    xrandr --setmonitor DESK 1280/300x720/170+0+0 screen
fi
shift
"$@"; code=$?
kill $manager
exit $code
"""
"""A desktop of one screen or two, in which a command runs."""

BEGIN = """
import json, subprocess, sys
from pathlib import Path
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication
from nnviz.app import build, qt_application
qt_application()
from nnviz.views.palette import DARK
from nnviz.window.settings import Settings
from tests.waiting import until
from tests.window import real_keys

app = build(Settings(Path(sys.argv[1])), DARK)
window, projector = app.window, app.window.projector
app.bridge.start()
window.show()
desk = next((one for one in QApplication.screens() if one.geometry().left() == 0))
window.choose_data("xor")
until(lambda: window.snapshot is not None and window.snapshot.recipe.dataset == "xor")
until(window.isActiveWindow)
window.setGeometry(QRect(40, 60, 1180, 600))
until(lambda: window.screen() is desk and window.geometry().topLeft() == QPoint(40, 60))
said = {"screens": len(QApplication.screens())}

def screen_of(widget):
    return widget.screen().geometry().getRect()

def inside(widget, other):
    return other.geometry().contains(widget.frameGeometry())

def opened(key):
    before = QApplication.activeWindow()
    real_keys.press(key)
    until(lambda: QApplication.activeWindow() not in (None, before))
    return QApplication.activeWindow()

def close_over_stage(dialog):
    real_keys.press("Escape")
    until(lambda: QApplication.activeWindow() not in (None, dialog))
    until(lambda: projector.has_keys)  # they come back to it

def bring_forward(widget):
    # As a task bar does it: what a program asks for itself a window manager may refuse.
    subprocess.run(["xdotool", "windowactivate", str(int(widget.winId()))], check=True)

def show_stage():
    real_keys.press("F5")
    until(lambda: projector.has_keys)
    until(lambda: projector.stage.frameGeometry() == projector.stage.screen().geometry())
    real_keys.press("2")
    until(lambda: projector.page.id == "why")
    real_keys.press("b")
    until(window.presenting.tools.blank.isVisible)
    real_keys.press("b")
    until(lambda: not window.presenting.tools.blank.isVisible())
"""

END = """
window.close()
app.bridge.stop()
print(json.dumps(said))
"""

ONE = """
before = window.frameGeometry().getRect()
show_stage()
preferences = opened("ctrl+comma")
said["preferences"] = inside(preferences, projector.stage)
close_over_stage(preferences)
palette = opened("ctrl+k")
said["palette"] = inside(palette, projector.stage)
close_over_stage(palette)
real_keys.press("Escape")
until(lambda: not projector.on and window.isActiveWindow())
said["as before"] = window.frameGeometry().getRect() == before
"""

TWO = """
show_stage()
stage = projector.stage
said["stage"], said["desk"] = screen_of(stage), screen_of(window)
said["presenter"] = screen_of(projector.presenter)
shown = str(int(projector.presenter.winId()))
asks = subprocess.run(["xprop", "-id", shown, "_NET_WM_USER_TIME"], capture_output=True, text=True)
said["presenter asks for keys"] = not asks.stdout.endswith("= 0\\n")
preferences = opened("ctrl+comma")
said["preferences"] = screen_of(preferences)
close_over_stage(preferences)
bring_forward(window)
until(window.isActiveWindow)
real_keys.press("Right")  # the keys are the desktop's while that is in front
until(lambda: window.snapshot.step == 1)
said["still on"] = projector.on
dock = window.dock("cost")
dock.toggle_floating()
until(lambda: dock.windowHandle() is not None and dock.windowHandle().isExposed())
said["float beside the stage"] = screen_of(dock)
dock.toggle_floating()
stage.activateWindow()
until(lambda: projector.has_keys)
real_keys.press("Escape")
until(lambda: not projector.on and window.isActiveWindow())
said["presenter left"] = projector.presenter is None
dock = window.dock("surface")
dock.toggle_floating()
until(lambda: dock.windowHandle() is not None and dock.windowHandle().isExposed())
said["float"] = screen_of(dock)
said["framed"] = dock.frameGeometry() != dock.geometry()
"""

UNPLUGGED = """
def unplug():
    subprocess.run(["xrandr", "--delmonitor", "CLASS"], check=True)
    until(lambda: len(QApplication.screens()) == 1)

def plug_in():
    there = "1280/300x720/170+1280+0"
    subprocess.run(["xrandr", "--setmonitor", "CLASS", there, "none"], check=True)
    until(lambda: len(QApplication.screens()) == 2)

def stands_at(place):
    stage = projector.stage
    until(lambda: stage.isVisible() and stage.frameGeometry().getRect() == place)
    until(lambda: projector.has_keys)

show_stage()
unplug()
until(lambda: projector.front() is projector.stage)
stands_at((0, 0, 1280, 720))
said["presenter left"] = projector.presenter is None
plug_in()
until(lambda: projector.front() is window)
stands_at((1280, 0, 1280, 720))
said["presenter"] = screen_of(projector.presenter)
real_keys.press("Escape")
until(lambda: not projector.on and window.isActiveWindow())
unplug()
plug_in()
show_stage()
said["stage"] = screen_of(projector.stage)
"""

DRAGGED = """
def drag_to(left):
    window.setGeometry(QRect(left + 40, 60, 1180, 600))
    until(lambda: window.screen().geometry().left() == left)

def stands_at(place):
    until(lambda: projector.stage.frameGeometry().getRect() == place)
    until(lambda: projector.stage.isVisible() and projector.presenter is not None)
    until(lambda: screen_of(projector.presenter) == screen_of(window))
    said["presenter"].append(screen_of(projector.presenter))

said["presenter"] = []
show_stage()
drag_to(1280)
stands_at((0, 0, 1280, 720))
said["covers"] = projector.front() is projector.stage
drag_to(0)
stands_at((1280, 0, 1280, 720))
real_keys.press("Escape")
until(lambda: not projector.on)
"""

LEFT, RIGHT = [0, 0, 1280, 720], [1280, 0, 1280, 720]


def on_a_desktop(tmp_path, screens, size, script):
    python = sys.executable, "-c", BEGIN + script + END, str(tmp_path / "w.json")
    screen = "xvfb-run", "-a", "-s", f"-screen 0 {size}x24"
    command = [*screen, "sh", "-c", DESKTOP, "desktop", screens, *python]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_with_one_screen_the_stage_covers_the_window_and_gives_it_back(tmp_path):
    said = on_a_desktop(tmp_path, "one", "1280x720", ONE)
    assert said == {
        "screens": 1,
        "preferences": True,
        "palette": True,
        "as before": True,
    }


def test_with_two_screens_the_class_has_one_and_whoever_teaches_the_other(tmp_path):
    said = on_a_desktop(tmp_path, "two", "2560x720", TWO)
    assert said == {
        "screens": 2,
        "stage": RIGHT,
        "desk": LEFT,
        "presenter": LEFT,
        "presenter asks for keys": False,  # it comes last, and they are the stage's
        "preferences": LEFT,
        "still on": True,
        "float beside the stage": LEFT,  # on the other screen it would lie over the stage
        "presenter left": True,
        "float": RIGHT,
        "framed": True,
    }


@pytest.mark.slow
def test_a_screen_that_is_unplugged_and_comes_back_takes_the_stage_with_it(tmp_path):
    said = on_a_desktop(tmp_path, "two", "2560x720", UNPLUGGED)
    assert said == {
        "screens": 2,
        "presenter left": True,  # what it tells would lie behind the stage
        "presenter": LEFT,
        "stage": RIGHT,
    }


def test_where_the_window_is_dragged_to_the_other_screen_the_stage_changes_places_with_it(tmp_path):
    said = on_a_desktop(tmp_path, "two", "2560x720", DRAGGED)
    assert said == {"screens": 2, "presenter": [RIGHT, LEFT], "covers": False}
