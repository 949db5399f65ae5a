"""Questions: one clear sentence each, and the answer goes where it belongs."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from nnviz.engine.recipe import Recipe
from nnviz.messages.commands import OpenSession, Start
from nnviz.messages.events import DataMissing, Notice
from nnviz.views.shared.no_run import NO_RUN
from nnviz.window.questions import offer_recovery


def buttons(box):
    return {button.text().replace("&", ""): button for button in box.buttons()}


def test_missing_data_is_asked_for_and_the_session_opened_again(stage, qtbot, tmp_path):
    window = stage.window()
    opening = OpenSession(Path("lesson.nnviz"), {"digits": "/d"})
    sentence = "The folder /old/letters is not there any more."
    window.telling.ask_for_data(DataMissing(opening, "/old/letters", sentence))
    box = stage.box(window, "data_missing")
    assert box.text() == sentence
    assert "'/old/letters'" in box.informativeText()
    assert "lesson.nnviz" in box.informativeText()
    qtbot.mouseClick(buttons(box)["Choose folder…"], Qt.MouseButton.LeftButton)
    dialog = stage.box(window, "data_folder")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path))
    dialog.accept()
    places = {"digits": "/d", "/old/letters": str(tmp_path)}
    assert stage.sent == [OpenSession(Path("lesson.nnviz"), places)]


def test_the_table_of_a_network_is_asked_for_and_it_is_started_on_that(stage, qtbot, tmp_path):
    window = stage.window()
    recipe = Recipe(layers=(2, 2), dataset="/old/t.csv:target=kind")
    start = Start(recipe, theta=np.zeros(recipe.parameters, np.float32))
    window.telling.ask_for_data(DataMissing(start, recipe.dataset, "/old/t.csv does not exist."))
    box = stage.box(window, "data_missing")
    assert "this network was trained on" in box.informativeText()
    qtbot.mouseClick(buttons(box)["Choose table…"], Qt.MouseButton.LeftButton)
    dialog = stage.box(window, "data_folder")
    (tmp_path / "new.csv").write_text("a,b,kind\n")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "new.csv"))
    dialog.accept()
    (sent,) = stage.sent
    assert sent.recipe == replace(recipe, dataset=f"{tmp_path / 'new.csv'}:target=kind")
    assert sent.theta is start.theta


def test_the_file_of_an_example_is_asked_for(stage, qtbot, tmp_path):
    window = stage.window()
    opening = OpenSession(Path("lesson.nnviz"))
    window.telling.ask_for_data(DataMissing(opening, "/old/mine.toml", "It does not exist."))
    box = stage.box(window, "data_missing")
    qtbot.mouseClick(buttons(box)["Choose example…"], Qt.MouseButton.LeftButton)
    dialog = stage.box(window, "data_folder")
    (tmp_path / "mine.toml").write_text("")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "mine.toml"))
    dialog.accept()
    places = {"/old/mine.toml": str(tmp_path / "mine.toml")}
    assert stage.sent == [OpenSession(Path("lesson.nnviz"), places)]


def test_missing_data_can_be_left_alone(stage, qtbot):
    window = stage.window()
    window.telling.ask_for_data(DataMissing(OpenSession(Path("a.nnviz")), "x", "x is gone."))
    box = stage.box(window, "data_missing")
    with qtbot.waitSignal(box.finished):
        qtbot.mouseClick(buttons(box)["Cancel"], Qt.MouseButton.LeftButton)
    assert stage.sent == []
    seen = [label.text() for label in window.centralWidget().findChildren(QLabel)]
    assert any(text in NO_RUN for text in seen), "there is no run yet, and no way on"


@pytest.mark.parametrize(
    ("text", "answer"), [("Continue", "continue"), ("Start new", "later"), ("Discard", "discard")]
)
def test_a_lost_run_is_offered_without_stopping_anything(stage, qtbot, text, answer):
    window = stage.window()
    answers = []
    now = datetime.now()
    offer_recovery(window, now.replace(hour=14, minute=32), answers.append)
    assert answers == []  # it goes on at once
    box = stage.box(window, "recovery")
    assert "continue the run of 14:32?" in box.text()
    qtbot.mouseClick(buttons(box)[text], Qt.MouseButton.LeftButton)
    assert answers == [answer]


def test_escape_keeps_a_lost_run_and_another_day_is_named(stage, qtbot):
    window = stage.window()
    answers = []
    offer_recovery(window, datetime.now() - timedelta(days=400), answers.append)
    box = stage.box(window, "recovery")
    assert "run of " in box.text()
    assert any(month in box.text() for month in
               (datetime(2000, n, 1).strftime("%B") for n in range(1, 13)))  # fmt: skip
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert answers == ["later"]


def test_a_notice_passes_and_stays_as_a_tooltip(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    before = window.minimumSizeHint().width()
    sentence = "All 1\u202f234 kept states came out the same, bit for bit. " * 6
    window.status._passing.setInterval(60)
    stage.ports.publish(Notice(sentence))
    notice = window.status._notice
    assert notice.isVisible()
    assert notice.text() == sentence
    assert "step 2" in window.status.text, "the figures stay"
    assert window.minimumSizeHint().width() == before, "a long sentence widens nothing"
    window.grab()
    qtbot.waitUntil(lambda: not notice.isVisible())
    assert window.status.toolTip() == sentence
