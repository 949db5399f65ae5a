"""Sliders of a scene move a weight or a bias; two of one thing stand side by side and agree."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

LESSON = """
id = "slides"
title = "Slides"
aim = "You can slide."
minutes = 1
needs = []
tags = []
draft = true
[start]
example = "park"
[[scene]]
id = "slide"
kind = "do"
text = "Slide it to {b[1][0]}."
allow = ["biases"]
done = "b[1][0] == -1"
hints = ["Below.", "The upper one.", "To the left."]
[[scene.slider]]
of = "b[1][0]"
name = "threshold"
turned = true
low = -4
high = 4
step = 0.5
[[scene.slider]]
of = "b[1][0]"
name = "bias"
low = -4
high = 4
step = 0.5
[[scene]]
id = "locked"
kind = "watch"
text = "No more."
[[scene.slider]]
of = "w[1][0,0]"
name = "weight"
low = -4
high = 4
step = 0.5
"""


def sliders(at):
    found = at.player.screen.panel.sheet.sliders
    return [(name.text(), slider, value.text()) for name, slider, value in found.rows
            if slider.isVisible()]  # fmt: skip


def test_both_move_when_one_is_slid_and_the_scene_is_done(at):
    at.open(LESSON)
    at.qtbot.waitUntil(lambda: len(sliders(at)) == 2)
    (name, threshold, value), (other, bias, negative) = sliders(at)
    assert (name, value, other, negative) == ("threshold", "3", "bias", "−3")
    threshold.setFocus()
    for _ in range(4):
        at.qtbot.keyClick(threshold, Qt.Key.Key_Left)
    at.qtbot.waitUntil(lambda: at.script.can_go_on, timeout=60_000)
    at.qtbot.waitUntil(lambda: [text for _, _, text in sliders(at)] == ["1", "−1"])
    assert bias.value() * 0.5 - 4 == -1
    assert threshold.value() * 0.5 - 4 == 1


def test_what_is_not_allowed_does_not_slide(at):
    at.open(LESSON)
    at.player.playback.on()
    at.player.playback.on()
    at.qtbot.waitUntil(lambda: at.scene == "locked" and at.script.arrived, timeout=60_000)
    at.qtbot.waitUntil(lambda: len(sliders(at)) == 1)
    ((name, slider, _),) = sliders(at)
    assert name == "weight"
    assert not slider.isEnabled()


@pytest.mark.parametrize("held", [False, True])
def test_a_slider_under_the_hand_stays_there(at, held):
    at.open(LESSON)
    at.qtbot.waitUntil(lambda: len(sliders(at)) == 2)
    slider = sliders(at)[0][1]
    assert isinstance(slider, QSlider)
    slider.setSliderDown(held)
    slider.setValue(slider.maximum())
    at.qtbot.waitUntil(lambda: float(at.window.snapshot.theta[-1]) == -4.0, timeout=60_000)
    assert slider.value() == slider.maximum()
    slider.setSliderDown(False)
