"""Ctrl and the wheel over a panel of the desktop, turned as a mouse does."""

import subprocess

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnviz.window.presenting.overlay import Overlay
from tests.waiting import until
from tests.window import real_keys
from tests.window.conftest import Probe


def wheel(view, *, ctrl, up=True):
    place = view.mapToGlobal(view.rect().center())
    held, freed = (["keydown", "ctrl"], ["keyup", "ctrl"]) if ctrl else ([], [])
    move = ["mousemove", str(place.x()), str(place.y())]
    turn = ["click", "4" if up else "5"]
    subprocess.run(["xdotool", *move, *held, *turn, *freed], check=True)


def magnified(window):
    """The panels that are magnified."""
    shown = [one for one in window.findChildren(Overlay, "magnifier") if one.isVisible()]
    return [one.beneath.parentWidget() for one in shown]


@real_keys.needed
def test_one_panel_is_magnified_at_a_time_and_escape_shows_all_of_it(stage, monkeypatch):
    turned = []
    monkeypatch.setattr(Probe, "wheelEvent", lambda _self, event: turned.append(event))
    window = stage.full_window()
    window.show_snapshot(stage.snapshot(steps=2))
    side, middle = window.views["side"], window.views["middle"]
    assert not window.findChildren(Overlay)
    wheel(side, ctrl=True)
    until(lambda: magnified(window) == [window.dock("side")])
    assert not turned
    wheel(middle, ctrl=True)
    until(lambda: magnified(window) == [middle.parentWidget().parentWidget().parentWidget()])
    stage.press(Qt.Key.Key_Escape)
    assert magnified(window) == []
    wheel(side, ctrl=False)
    until(lambda: turned)
    assert magnified(window) == []
    assert stage.sent == []


@real_keys.needed
def test_a_panel_that_is_magnified_follows_its_size_and_closes_with_it(stage):
    window = stage.full_window()
    window.show_snapshot(stage.snapshot(steps=2))
    side = window.views["side"]
    wheel(side, ctrl=True)
    until(lambda: magnified(window))
    magnifier = window.findChildren(Overlay, "magnifier")[0]
    window.resize(1500, 900)
    until(lambda: magnifier.size() == magnifier.beneath.size() and window.width() == 1500)
    window.dock("side").close()
    assert magnified(window) == []
    assert isinstance(side, QWidget)
