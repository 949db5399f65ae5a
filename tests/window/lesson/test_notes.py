"""Teacher's notes: on the controls' screen alone, with the text of the scene that comes next."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel

from tests.window.lesson.conftest import LESSON

NOTED = LESSON.replace(
    'text = "A net at step {step}, with {layers[1]} hidden neurons."',
    'text = "Look."\nnotes = "Ask who sees {layers[1]} neurons."',
).replace('text = "Click the second hidden neuron."', 'text = "Click neuron {step}."')
SAID, AFTER = "Ask who sees 3 neurons.", "Next: Click neuron …."


def said_in(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_on_one_screen_they_are_folded_away_until_they_are_wanted(at):
    at.open(NOTED)
    panel = at.player.screen.panel
    assert panel.notes.button.isVisible()
    assert SAID not in said_in(panel)
    at.click(panel.notes.button)
    assert SAID in said_in(panel)
    assert AFTER in said_in(panel), "what the next scene changes is not known yet"
    at.on()
    assert "There are no notes to this scene." in said_in(panel)
    at.click(panel.notes.button)
    assert "There are no notes to this scene." not in said_in(panel)


def test_with_two_screens_they_stand_with_the_presenter_and_never_on_the_stage(at):
    at.open(NOTED)
    projector = at.window.projector
    projector.show_at(QRect(600, 0, 1280, 720), covering=False, full=False)
    assert SAID in said_in(projector.presenter)
    assert AFTER in said_in(projector.presenter)
    assert SAID not in said_in(projector.stage)
    assert AFTER not in said_in(projector.stage)
    at.player.leave()
    assert SAID not in said_in(projector.presenter)
    assert projector.presenter.notes.isVisible()


def test_where_the_stage_covers_the_controls_nobody_sees_them(at):
    at.open(NOTED)
    projector = at.window.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=True, full=False)
    assert at.player.screen.notes is None
    assert SAID not in said_in(projector.stage)
