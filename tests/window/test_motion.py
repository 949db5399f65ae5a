"""Less motion: nothing moves by itself where that is wished for, or where the desktop says so."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle

import nnviz
from nnviz.views.network.signals import Signals
from nnviz.views.shared import motion
from nnviz.window.projector import page_list
from nnviz.window.projector.pages import Page, Shown
from tests.waiting import until


@pytest.fixture(autouse=True)
def _moves_again():
    yield
    motion.wish(rest=False)


class Calm(QProxyStyle):
    """A desktop on which widgets are not animated."""

    def styleHint(self, hint, option=None, widget=None, data=None):
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, data)


def test_it_is_a_choice_that_is_kept(stage):
    window = stage.window()
    assert window.isAnimated()
    window.appearance.switch_motion()
    assert motion.rests()
    assert not window.isAnimated()
    window.close()
    again = stage.window()
    assert motion.rests()
    assert not again.isAnimated()
    again.appearance.switch_motion()
    assert again.isAnimated()


def test_signals_do_not_run(qapp):
    signals = Signals()
    motion.wish(rest=True)
    signals.start([object()])
    assert not signals.running
    motion.wish(rest=False)
    signals.start([object()])
    assert signals.running
    signals.stop()


def test_the_desktop_says_so(qapp, monkeypatch):
    assert not motion.rests()
    calm = Calm()
    monkeypatch.setattr(QApplication, "style", lambda: calm)
    assert motion.rests()


def test_the_stages_bar_is_there_at_once(stage, monkeypatch):
    monkeypatch.setattr(page_list, "PAGES", (Page("one", "One", (Shown("middle"),)),))
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    window.projector.show_at(QRect(0, 0, 1280, 720), covering=True)
    until(lambda: window.projector.has_keys)
    bar = window.projector.stage.bar
    motion.wish(rest=True)
    bar.slide_in()
    assert bar.y() == 0
    assert bar.leave()
    assert not bar.isVisible()


MENTIONS = ("Animation", "setAnimated", "setEffectEnabled", "rests")
"""Of these one stands in whatever is looked for; the other modules need not be parsed."""
MOVES = {
    "views/network/signals.py": "signals along the edges",
    "window/projector/bar.py": "the stage's bar at the top edge",
    "window/appearance.py": "panels on their way to another place",
    "window/lesson/marks.py": "rings that glow around what a lesson is about",
    "window/first_minute/first_minute.py": "the network behind the start page",
}
"""All that moves by itself, without training being played, and where."""


def test_whatever_is_animated_asks_first():
    """Whoever makes an animation knows `motion`, and stands in the list."""
    folder = Path(nnviz.__file__).parent
    animated, asks = set(), set()
    for path in folder.rglob("*.py"):
        source = path.read_text("utf-8")
        if not any(word in source for word in MENTIONS):
            continue
        tree = ast.parse(source)
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        where = path.relative_to(folder).as_posix()
        moving = any(name.endswith("Animation") and name.startswith("Q") for name in names)
        if moving or called & {"setAnimated", "setEffectEnabled"}:
            animated.add(where)
        if "rests" in called and "motion" in names:
            asks.add(where)
    assert animated <= asks
    assert asks == set(MOVES)
