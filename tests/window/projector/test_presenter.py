"""With two screens the class has the stage; notes and the next page stay with the presenter."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from nnviz.window.projector import page_list
from nnviz.window.projector import projector as module
from nnviz.window.projector.pages import Page, Shown
from nnviz.window.projector.presenter import PresenterPanel
from nnviz.window.projector.projector import screen_of_the_class
from nnviz.window.settings import Settings
from tests.waiting import until

PAGES = (
    Page("one", "One", (Shown("middle"),)),
    Page("two", "Two", (Shown("side"), Shown("other"))),
)
CLASS = QRect(600, 0, 1280, 720)


@pytest.fixture
def beside(stage, monkeypatch):
    monkeypatch.setattr(page_list, "PAGES", PAGES)
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    window.projector.show_at(CLASS, covering=False)
    return window


def panel_of(window):
    return window.findChild(PresenterPanel)


def test_notes_are_kept_for_each_page(stage, beside):
    panel = panel_of(beside)
    assert panel.isVisible()
    assert panel.now.text() == "One"
    assert panel.after.text() == "Next: Two"
    panel.notes.setPlainText("Ask them first.")
    beside.projector.next_page()
    assert panel.notes.toPlainText() == ""
    assert panel.after.text() == "This is the last page."
    beside.projector.previous_page()
    assert panel.notes.toPlainText() == "Ask them first."
    beside.projector.close()
    assert not panel.isVisible()
    assert Settings(stage.folder / "w.json").page_notes == {"one": "Ask them first."}


def test_its_buttons_turn_pages_and_leave(beside):
    before, after, leave = panel_of(beside).buttons
    after.click()
    assert beside.projector.page.id == "two"
    before.click()
    assert beside.projector.page.id == "one"
    leave.click()
    assert not beside.projector.on


def test_the_next_page_is_seen_as_it_was_left(beside):
    panel = panel_of(beside)
    sketch = panel.next.grab().toImage()
    beside.projector.next_page()
    beside.projector.previous_page()
    until(lambda: panel.next.grab().toImage() != sketch)


def test_where_the_stage_covers_the_window_there_is_no_panel(beside):
    panel = panel_of(beside)
    beside.projector.close()
    beside.projector.show_at(CLASS, covering=True)
    assert not panel.isVisible()


class Screen:
    def __init__(self, *place):
        self.place = QRect(*place)

    def geometry(self):
        return self.place


def test_the_class_has_the_other_screen():
    own, other, mirrored = (
        Screen(0, 0, 1920, 1080), Screen(1920, 0, 1280, 720), Screen(0, 0, 1920, 1080)
    )  # fmt: skip
    assert screen_of_the_class(own, [own]) is None
    assert screen_of_the_class(own, [own, mirrored]) is None
    assert screen_of_the_class(own, [own, mirrored, other]) is other
    assert screen_of_the_class(other, [own, other]) is own


def test_the_stage_covers_the_window_once_its_screen_is_gone_and_goes_back(beside, monkeypatch):
    """As far as it can be told with one screen; with two that are real it is a slow test."""
    projector, screen = beside.projector, beside.screen()
    QApplication.instance().screenRemoved.emit(screen)
    until(lambda: projector.front() is projector.stage)
    until(lambda: projector.stage.geometry() == screen.geometry())
    assert projector.presenter is None
    monkeypatch.setattr(module, "screen_of_the_class", lambda _own, _screens: screen)
    QApplication.instance().screenAdded.emit(screen)
    until(lambda: projector.front() is beside)
    assert projector.on
    assert projector.presenter is not None


TWO_SCREENS = """
import sys, pathlib
from PySide6.QtGui import QGuiApplication
from nnviz.app import build, qt_application
from nnviz.window.settings import Settings
from tests.waiting import events_done
qt_application()
app = build(Settings(pathlib.Path(sys.argv[1]) / "s.json"))
window = app.window
window.show()
events_done()
own = window.screen()
window.projector.open()
events_done()
stage = window.projector.stage
assert len(QGuiApplication.screens()) == 2
assert stage.geometry() != own.geometry(), stage.geometry()
assert stage.screen() is not own
assert not window.projector._desktop.feed.resting
assert window.screen() is own
window.projector.close()
window.close()
print("both screens are used")
"""


def test_on_two_real_screens_the_window_stays_and_the_stage_fills_the_other(tmp_path):
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96,
         "logicalBaseDpi": 96, "dpr": 1}
        for name, x, width, height in (("desk", 0, 1600, 900), ("wall", 1600, 1280, 720))
    ]  # fmt: skip
    import json

    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", TWO_SCREENS, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "both screens are used" in done.stdout, done.stderr


def test_it_comes_to_the_screen_where_the_window_is_now_but_else_stays_where_it_was_put(beside):
    panel = panel_of(beside)
    here, there = QRect(0, 0, 1400, 900), QRect(1920, 0, 1400, 900)
    panel.move(40, 50)
    panel.open_in(here)
    assert panel.pos() == QPoint(40, 50)
    panel.open_in(there)
    assert there.contains(panel.frameGeometry())
