"""The window fits every screen, is remembered for each, and comes back from one that is gone."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QTabBar, QToolButton

from nnviz.views import VIEWS
from nnviz.views.palette import DARK
from nnviz.window import placing
from nnviz.window.main_window import MainWindow
from nnviz.window.settings import Settings
from tests.ports import ListedPorts
from tests.sampled import sampled

SHOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from nnviz.app import qt_application
application = qt_application()
from nnviz.runtime.bridge import Bridge
from nnviz.runtime.mailbox import Mailbox
from nnviz.views import VIEWS
from nnviz.window.main_window import MainWindow
from nnviz.window.settings import Settings

window = MainWindow(VIEWS, ports := Bridge(Mailbox()), Settings(Path(sys.argv[1])))
window.show()
QTest.qWaitForWindowExposed(window)
before = None
while before != window.frameGeometry():  # until the desktop has put its frame around it
    before = window.frameGeometry()
    QTest.qWait(300)

def place(widget):
    return QRect(widget.mapToGlobal(QPoint()), widget.size()).getRect()

# Where there is little room, lessons stand in the menu » (and in the menu bar).
more = window.toolbar.findChild(QToolButton, "more")
behind = ["lesson"] if more.isVisible() else []
said = {
    "free": window.screen().availableGeometry().getRect(),
    "frame": window.frameGeometry().getRect(),
    "parts": {
        "status": place(window.status),
        "menus": place(window.menus),
        "centre": place(window.centralWidget()),
        **{id: place(window.views[id]) for id in ("inspector", "timeline")},
        **{b.text(): place(b) for b in window.toolbar.findChildren(QToolButton)
           if b.text() and b.objectName() not in behind},
    },
    "hidden": [b.text() for b in window.toolbar.findChildren(QToolButton)
               if b.text() and b.objectName() not in ("more", *behind) and not b.isVisible()],
    "menus": {a.text(): window.menus.actionGeometry(a).right() < window.menus.width()
              for a in window.menus.actions()},
    "shown": {id: window.dock(id).isVisible() or window.dock(id) in tabbed
              for tabbed in [[d for one in ("cost", "minibatch", "recipe")
                              for d in window.tabifiedDockWidgets(window.dock(one))]]
              for id in ("recipe", "minibatch", "cost", "surface", "pad")},
}
print(json.dumps(said))
window.close()
"""

SCREENS = [
    ("1366x768", "1"),
    ("1024x640", "1"),
    ("1920x1080", "1.25"),
    ("1366x768", "1.5"),
]


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run, a screen of any size")
@pytest.mark.parametrize(("screen", "scale"), sampled(SCREENS, every=2, rows=True))
def test_the_first_window_shows_everything_on_the_screen(tmp_path, screen, scale):
    manager = "openbox >/dev/null 2>&1 & manager=$!;" if shutil.which("openbox") else "manager=;"
    line = f'{manager} "$0" -c "$1" "$2"; code=$?; [ -z "$manager" ] || kill $manager; exit $code'
    words = ["xvfb-run", "-a", "-s", f"-screen 0 {screen}x24", "sh", "-c", line,
             sys.executable, SHOW, str(tmp_path / "w.json")]  # fmt: skip
    environment = {**os.environ, "QT_SCALE_FACTOR": scale}
    result = subprocess.run(
        words, capture_output=True, text=True, env=environment, timeout=900, check=False
    )
    assert result.returncode == 0, result.stderr
    said = json.loads(result.stdout.splitlines()[-1])
    free, frame = QRect(*said["free"]), QRect(*said["frame"])
    assert free.contains(frame)
    assert frame.width() > 0.9 * min(free.width(), 1600)
    assert frame.height() > 0.8 * min(free.height(), 900)
    assert said["hidden"] == []
    assert all(said["menus"].values())
    assert all(said["shown"].values()), said["shown"]
    for name, rect in said["parts"].items():
        assert frame.contains(QRect(*rect)), name


def test_the_usual_size_where_there_is_room():
    free = QRect(0, 30, 2560, 1400)
    place = placing.first_place(free)
    assert place.size() == placing.USUAL
    assert free.contains(place)
    for width, height in ((1366, 768), (1280, 720), (960, 540)):
        free = QRect(1920, 24, width, height)
        frame = placing.FRAME
        place = placing.first_place(free).adjusted(0, -frame.height() // 2, 0, 0)
        assert free.contains(place), (width, height)


def test_it_can_be_made_as_low_as_a_small_screen_and_panels_go_behind_tabs(stage, qtbot):
    window = stage.window(VIEWS, (1440, 900))
    window.restore_layout()
    right = [window.dock(id) for id in ("cost", "surface", "pad")]
    qtbot.waitUntil(lambda: [len(window.tabifiedDockWidgets(d)) for d in right] == [0, 0, 0])
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: [len(window.tabifiedDockWidgets(d)) for d in right] == [2, 2, 2])
    assert window.size() == QSize(1024, 600)
    assert all(button.isVisible() for button in window.toolbar.findChildren(QToolButton)
               if button.text() and button.objectName() != "more")  # fmt: skip
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: [len(window.tabifiedDockWidgets(d)) for d in right] == [0, 0, 0])
    qtbot.waitUntil(lambda: 0 < right[0].y() < right[1].y() < right[2].y())
    assert len({dock.x() for dock in right}) == 1
    assert window.findChildren(QTabBar)


def test_tabs_that_were_made_by_hand_stay(stage, qtbot):
    window = stage.window(VIEWS, (1440, 900))
    window.restore_layout()
    cost, surface, pad = (window.dock(id) for id in ("cost", "surface", "pad"))
    window.tabifyDockWidget(cost, surface)
    window.resize(1440, 500)
    qtbot.waitUntil(lambda: len(window.tabifiedDockWidgets(pad)) == 2)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.tabifiedDockWidgets(pad) == [])
    assert window.tabifiedDockWidgets(cost) == [surface]


def test_a_window_of_a_screen_that_is_gone_comes_back_into_sight(stage, qtbot):
    window = stage.window()
    free = window.screen().availableGeometry()
    for place in (QRect(4000, 300, 1200, 700), QRect(-900, -800, 1200, 700),
                  QRect(0, 0, 4000, 3000)):  # fmt: skip
        window.setGeometry(place)
        placing.bring_into_sight(window, window.screen())
        qtbot.waitUntil(lambda: free.contains(window.frameGeometry()))
    window.setGeometry(QRect(5000, 5000, 1200, 700))
    settings = Settings(stage.folder / "other.json")
    settings.keep_layout("a projector 1024×768 @1", (window.saveGeometry(), window.saveState(3)))
    settings.flush()
    again = MainWindow(VIEWS, ListedPorts(), Settings(stage.folder / "other.json"), DARK)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: free.contains(again.frameGeometry()))
    assert again.width() == 1200


def test_each_screen_remembers_its_own_layout(tmp_path, stage):
    window = stage.window()
    settings = Settings(tmp_path / "s.json")
    for screen, width in (("desk", 1500), ("beamer", 1000), ("desk", 1400)):
        window.resize(width, 650)
        settings.keep_layout(screen, (window.saveGeometry(), window.saveState(3)))
    assert settings.flush()
    again = Settings(tmp_path / "s.json")
    assert again.last_screen == "desk"
    for screen, width in (("desk", 1400), ("beamer", 1000)):
        window.restoreGeometry(again.layout_on(screen)[0])
        assert window.width() == width
    assert again.layout_on("elsewhere") is None
    assert again.layout == again.layout_on("desk")


@pytest.mark.parametrize("kept", [7, [], {"desk": 3}, {"desk": ["x", "y"]}, {"desk": [[], {}]}])
def test_a_broken_memory_of_screens_is_none(tmp_path, kept):
    (tmp_path / "s.json").write_text(json.dumps({"screens": kept}), "utf-8")
    settings = Settings(tmp_path / "s.json")
    assert settings.layout_on("desk") is None
