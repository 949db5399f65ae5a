"""What the strip says of a moment: a phase, a finding, a change, else what is trained."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from nnviz.engine.changes import Edit
from nnviz.engine.training.findings import Finding
from nnviz.engine.training.phases import phases_of
from nnviz.engine.training.state import FAULTLESS, ScheduleEvent
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.window.projector import strip as module
from nnviz.window.projector.sentence import figures_of, sentence_of
from nnviz.window.projector.strip import Strip, fitted

SCALE = TypeScale.projected(720)


def test_it_says_the_net_where_there_is_nothing_else(stage):
    assert sentence_of(stage.snapshot()) == "XOR: a net of 2–3–1."


def test_what_was_changed_last_is_said_with_its_step(stage):
    slower = ScheduleEvent(3, "learning_rate", 0.5, 0.25, "no lower validation cost for 5 epochs")
    edit = Edit(4, "learning_rate", 3.0, 0.25)
    ahead = Edit(40, "batch_size", 5, 10)
    said = "η 0.5 → 0.25, at step 3: no lower validation cost for 5 epochs."
    assert sentence_of(stage.snapshot(steps=5, edits=(slower,))) == said
    both = {"edits": (slower,), "changes": (edit, ahead)}
    assert sentence_of(stage.snapshot(**both)) == "η 0.25 → 3, at step 4."
    faultless = ScheduleEvent(4, FAULTLESS, 0, 0)
    said = "An epoch without a mistake, at step 4."
    assert sentence_of(stage.snapshot(edits=(faultless,))) == said


def test_what_is_wrong_goes_before_what_was_changed(stage):
    finding = Finding("giant_steps", "one step changes the weights by 70 %", "halve η", True, None)
    edit = Edit(0, "learning_rate", 3.0, 0.25)
    said = sentence_of(stage.snapshot(findings=(finding,), changes=(edit,)))
    assert said == "⚠ Steps too large: halve η."


def test_a_phase_goes_before_everything(app, qtbot):
    app.window.stepping.by_phase()
    app.window.actions_by_id["step"].trigger()
    qtbot.waitUntil(lambda: app.window.snapshot.phase is not None)
    snapshot = app.window.snapshot
    assert snapshot.phase == phases_of(snapshot.recipe)[0]
    assert sentence_of(snapshot).startswith("Pick: ")


def test_figures_become_shorter(stage):
    full, *shorter = figures_of(stage.snapshot(steps=2))
    assert full.startswith("step 2")
    assert shorter[-1] == "step 2"


@pytest.mark.parametrize("words", [1, 10, 15, 60])
def test_a_long_sentence_is_smaller_then_in_two_lines_then_cut(qapp, words):
    text = " ".join(["minibatch"] * words)
    usual = SCALE.font(QFont(qapp.font()), Step.BODY)
    font, lines = fitted(SCALE, usual, text, 900)
    metrics = QFontMetricsF(font)
    assert font.pixelSize() >= 20
    assert all(metrics.horizontalAdvance(line) <= 900 for line in lines)
    assert len(lines) <= 2
    assert 2 * metrics.ascent() + metrics.descent() <= 56
    assert ("".join(lines).endswith("…")) == (words == 60)


def test_a_notice_that_was_read_gives_way_to_the_next_moment(stage, qtbot, monkeypatch):
    strip = Strip(None)
    qtbot.addWidget(strip)
    change = Edit(1, "learning_rate", 3.0, 0.25)
    strip.show_snapshot(stage.snapshot())
    strip.say("Something in passing.")
    strip.show_snapshot(stage.snapshot(steps=2, changes=(change,)))
    assert strip.text == "Something in passing."  # it is hardly there yet
    monkeypatch.setattr(module, "READ_MS", 0)  # long ago
    strip.show_snapshot(stage.snapshot(steps=2, changes=(change,)))
    assert strip.text == "Something in passing."  # there is nothing else to say
    strip.show_snapshot(stage.snapshot(steps=3))
    assert strip.text == "XOR: a net of 2–3–1."
