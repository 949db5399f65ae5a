"""Lessons in another language: their texts and the player's words, English where one lacks."""

import pytest

from nnviz.cli import main
from nnviz.paths import resource
from nnviz.window.lesson import words
from tests.window.lesson.conftest import LESSON

MADE_UP = (
    LESSON.replace('title = "A little lesson"', 'title = { en = "Little", qq = "Qittle" }')
    .replace(
        'text = "A net at step {step}, with {layers[1]} hidden neurons."',
        'text = { en = "At step {step}.", qq = "Qt qtep {step}." }',
    )
    .replace('ask = "Does the cost fall?"', 'ask = { en = "Does it fall?", qq = "Qoes it qall?" }')
)


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """The player's words in a language that nobody speaks, but for one."""
    text = resource("player.toml").read_text("utf-8")
    text = text.replace('en = "On"', 'en = "On"\nqq = "Qn"')
    path = tmp_path / "player.toml"
    path.write_text(text.replace('en = "Watch"', 'en = "Watch"\nqq = "Qatch"'), "utf-8")
    monkeypatch.setattr(words, "resource", lambda _name: path)
    monkeypatch.setenv(words.VARIABLE, "qq")
    words.catalogue.cache_clear()
    yield
    words.catalogue.cache_clear()


def test_a_lesson_plays_in_a_made_up_language_and_falls_back_to_english(made_up, at):
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


def test_without_a_choice_it_is_english_and_a_form_of_a_language_is_that_language(monkeypatch):
    monkeypatch.delenv(words.VARIABLE, raising=False)
    assert words.Words().language == "en"
    assert words.Words("en_GB")("back") == "Back"


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
