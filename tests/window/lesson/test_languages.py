"""Lessons in another language: their texts and the player's words, English where one lacks."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QComboBox

from nnviz.cli import main
from nnviz.paths import resource
from nnviz.window import lesson_language
from nnviz.window.lesson import words
from nnviz.window.preferences import PreferencesPage
from nnviz.window.settings import Settings
from tests.waiting import events_done
from tests.window.lesson.conftest import LESSON

MADE_UP = (
    LESSON.replace('title = "A little lesson"', 'title = { en = "Little", qq = "Qittle" }')
    .replace(
        'text = "A net at step {step}, with {layers[1]} hidden neurons."',
        'text = { en = "At step {step}.", qq = "Qt qtep {step}." }',
    )
    .replace('ask = "Does the cost fall?"', 'ask = { en = "Does it fall?", qq = "Qoes it qall?" }')
)


@pytest.fixture(autouse=True)
def _nothing_chosen(monkeypatch):
    monkeypatch.delenv(lesson_language.VARIABLE, raising=False)
    monkeypatch.setattr(lesson_language, "of_system", lambda: "en")
    yield
    lesson_language.prefer("")


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """The player's words in a language that nobody speaks, but for one."""
    text = resource("player.toml").read_text("utf-8")
    text = text.replace('en = "On"', 'en = "On"\nqq = "Qn"')
    path = tmp_path / "player.toml"
    path.write_text(text.replace('en = "Watch"', 'en = "Watch"\nqq = "Qatch"'), "utf-8")
    monkeypatch.setattr(words, "resource", lambda _name: path)
    words.catalogue.cache_clear()
    yield
    words.catalogue.cache_clear()


def preferences(at):
    """The preferences, and the field of the language there."""
    at.window.dialogs.show_preferences()
    (page,) = [one for one in at.window.findChildren(PreferencesPage) if one.isVisible()]
    return page, page.findChild(QComboBox, "lesson_language")


def choose(at, language):
    page, field = preferences(at)
    field.setCurrentIndex(field.findData(language))
    field.activated.emit(field.currentIndex())
    page.close()
    page.deleteLater()
    events_done()


def test_a_lesson_plays_in_a_made_up_language_and_falls_back_to_english(made_up, at, monkeypatch):
    monkeypatch.setenv(lesson_language.VARIABLE, "qq")
    player = at.open(MADE_UP)
    shown = at.shown
    assert (shown.title, shown.text) == ("Qittle", "Qt qtep 0.")
    assert "Qatch" in shown.kind
    assert player.words("on") == "Qn"
    assert player.words("back") == "Back"
    at.on()
    assert at.shown.text == "Click the second hidden neuron."
    at.go_to("guess")
    assert at.shown.asked.ask == "Qoes it qall?"
    assert at.shown.asked.choices[0] == "Yes"


def test_without_a_choice_it_is_the_systems_and_a_form_of_a_language_is_that_language(monkeypatch):
    assert words.Words().language == "en"
    assert words.Words("en_GB")("back") == "Back"
    monkeypatch.setattr(lesson_language, "of_system", lambda: "de_CH")
    assert words.Words().language == "de_CH"
    assert words.Words()("back") == "Back"
    lesson_language.prefer("fr")
    assert words.Words().language == "fr"
    monkeypatch.setenv(lesson_language.VARIABLE, "it")
    assert words.Words().language == "it"


def test_the_preference_lists_what_is_there_holds_at_once_and_is_kept(made_up, at):
    player = at.open(MADE_UP)
    page, field = preferences(at)
    assert [field.itemData(place) for place in range(field.count())] == ["", "en", "qq"]
    assert field.itemText(0) == "as the system"
    assert field.itemData(0, Qt.ItemDataRole.ToolTipRole)
    assert field.currentData() == ""
    page.close()
    page.deleteLater()
    run = at.window.snapshot.run
    choose(at, "qq")
    panel = player.screen.panel
    assert (at.shown.title, at.shown.text) == ("Qittle", "Qt qtep 0.")
    assert (panel.title.text(), panel.on.text()) == ("Qittle", "Qn")
    assert "Qatch" in panel.place.text()
    assert (at.scene, at.window.snapshot.run) == ("first", run)
    assert Settings(at.window._settings._path).lesson_language == "qq"
    at.go_to("guess")
    assert panel.sheet.ask.text() == "Qoes it qall?"
    choose(at, "en")
    assert panel.sheet.ask.text() == "Does it fall?"
    assert panel.on.text() == "On"
    player.playback.answer(0)
    assert at.shown.asked.answer == 0


def test_the_stage_speaks_the_other_language_too(made_up, at, qtbot):
    at.open(MADE_UP)
    projector = at.window.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=False, full=False)
    qtbot.waitUntil(lambda: at.player.screen.strip is not None)
    choose(at, "qq")
    assert at.player.screen.strip.said.text.text() == "Qt qtep 0."
    assert at.player.screen.strip.rail.on.accessibleName() == "Qn"
    projector.close()


def test_where_the_environment_chooses_nobody_else_does(made_up, at, monkeypatch):
    monkeypatch.setenv(lesson_language.VARIABLE, "qq")
    page, field = preferences(at)
    assert not field.isEnabled()
    assert "NNVIZ_LANGUAGE" in field.toolTip()
    page.close()


def test_the_check_names_what_a_language_lacks(tmp_path, capsys):
    path = tmp_path / "little.toml"
    path.write_text(MADE_UP, "utf-8")
    main(["lesson", "check", "--language", "zz", str(path)])
    lines = capsys.readouterr().out.splitlines()
    lacking = [line for line in lines if "is not there in 'zz'" in line]
    assert len(lacking) > 10
    assert f"{path}:3: this text is not there in 'zz': English is shown in its place." in lacking
    assert not any(":3:" in line and "'qq'" in line for line in lines)
    assert any("'qq'" in line for line in lines)
