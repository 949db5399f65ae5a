"""Training that hands play in a scene comes to rest at the very step that the scene speaks of."""

import pytest
from PySide6.QtCore import Qt

from nnviz.messages import commands

LESSON = """
id = "rests"
title = "Rests"
aim = "You can play."
minutes = 1
needs = []
tags = []
draft = true
[start]
recipe = { dataset = "xor", layers = [2, 3, 1] }
[[scene]]
id = "play"
kind = "do"
text = "Play to step {step}."
allow = ["play"]
rests_at = 500
done = "step >= 500"
hints = ["Above.", "The button.", "Press Play."]
"""


def test_at_full_speed_it_rests_at_that_step_and_can_be_played_on(at):
    at.open(LESSON)
    at.key(Qt.Key.Key_Space)
    at.qtbot.waitUntil(
        lambda: at.script.can_go_on and not at.window.snapshot.playing, timeout=60_000
    )
    assert at.window.snapshot.step == 500
    at.key(Qt.Key.Key_Space)
    at.qtbot.waitUntil(lambda: at.window.snapshot.step > 1500, timeout=60_000)
    at.key(Qt.Key.Key_Space)
    at.qtbot.waitUntil(lambda: not at.window.snapshot.playing, timeout=60_000)
    assert at.window.snapshot.step > 1500


@pytest.mark.slow
def test_whoever_pauses_just_then_finds_it_at_that_step_too(at):
    at.open(LESSON)
    at.key(Qt.Key.Key_Space)
    at.qtbot.waitUntil(lambda: at.window.snapshot.step >= 500, timeout=60_000)
    at.window.gate.send(commands.Pause())
    at.qtbot.waitUntil(lambda: at.script.can_go_on, timeout=60_000)
    assert at.window.snapshot.step == 500
    assert not at.window.snapshot.playing
