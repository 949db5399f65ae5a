"""What `nnviz lesson check` finds in a lesson is told in the window, too, where it opens alone."""

import pytest
from PySide6.QtWidgets import QMessageBox

from nnviz.lesson_command import check
from tests.waiting import calm
from tests.window.lesson.conftest import LESSON

BAD = {
    "neuron": ("neuron(1, 1)", "neuron(1, 7)", "the net 2-3-1 has no neuron 7 in layer 1"),
    "name": ("test_cost < before", "test_cost < befor", "no 'befor'"),
    "condition": ("selection == neuron(1, 1)", "selektion == neuron(1, 1)", "'selektion'"),
    "scene": ('id = "click"', 'id = "first"', "two scenes 'first'"),
    "needs": ("needs = []", 'needs = ["nowhere"]', "no lesson 'nowhere'"),
    "needs itself": ("needs = []", 'needs = ["little"]', "'little' needs itself"),
    "panel": ("[start.look]", '[start.look]\nopen_panels = ["moon"]', "no panel 'moon'"),
    "mark": ("panel(inspector)", "panel(moon)", "no panel 'moon'"),
    "command": ("command(step)", "command(leap)", "no command 'leap'"),
    "fit": (
        "recipe = { learning_rate = 1.0 }",
        "recipe = { layers = [4, 1] }",
        "xor has 2 inputs, but the first layer has 4",
    ),
}


def boxes(at):
    return at.window.findChildren(QMessageBox)


@pytest.mark.parametrize(("old", "new", "said"), BAD.values(), ids=BAD)
def test_what_means_nothing_is_told_as_the_command_tells_it(at, capsys, old, new, said):
    at.open(LESSON.replace(old, new, 1))
    at.qtbot.waitUntil(lambda: bool(boxes(at)))
    calm(at.window)
    (box,) = boxes(at)
    first, told = box.text().split("\n")
    assert first == "“little.toml” opens; this is to mend:"
    assert told.startswith(f"{at.path}:")
    assert said in told
    assert check([str(at.path)]) == 1
    assert told in capsys.readouterr().out.splitlines()
    box.close()
    assert at.scene == "first"
    at.player.playback.on()
    at.qtbot.waitUntil(lambda: at.script.progress[0] == 2 and at.script.arrived, timeout=60_000)


def test_what_breaks_but_a_rule_of_writing_is_left_to_the_command(at, capsys):
    at.open(LESSON.replace("A net at step", "so " * 60 + "A net at step"))
    calm(at.window)
    assert boxes(at) == []
    assert check([str(at.path)]) == 1
    assert "leave some out" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["name", "needs", "fit"])
def test_a_lesson_that_is_saved_is_checked_anew(at, name):
    at.open()
    calm(at.window)
    assert boxes(at) == []
    old, new, said = BAD[name]
    at.path.write_text(LESSON.replace(old, new, 1), encoding="utf-8")
    at.qtbot.waitUntil(lambda: bool(boxes(at)), timeout=20_000)
    calm(at.window)
    (box,) = boxes(at)
    assert said in box.text()
    box.close()
    assert at.scene == "first"


def test_a_lesson_of_the_course_is_not_checked_before_it_begins(at, monkeypatch):
    def never(*_lesson):
        raise AssertionError("it is checked")

    monkeypatch.setattr("nnviz.window.lesson.player.failure_of", never)
    at.window.course.open("what-a-neuron-does")
    at.ready()
    at.player.again()
    at.ready()
    assert boxes(at) == []
