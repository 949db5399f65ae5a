"""The suggestion of more forms: made once, where a run on MNIST with varied pictures is begun."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

from nnviz.engine.training.augment import varied
from nnviz.messages.events import Notice
from nnviz.window.more_forms import wider_than
from nnviz.window.settings import Settings


@pytest.fixture
def window(stage):
    """A window after a run on other data, with a way to show a run on MNIST."""
    window = stage.window()
    stage.ports.publish(stage.snapshot())

    def show(*, vary=True, dataset="mnist", **changes):
        recipe = replace(stage.recipe, dataset=dataset)
        known = {"run": 2, "recipe": varied(recipe) if vary else recipe, **changes}
        stage.ports.publish(stage.snapshot(**known))

    window.mnist = show
    return window


def test_what_is_wider_is_asked_of_the_table():
    assert wider_than("mnist").name == "mnist+digits"
    for name in ("", "digits", "/own/mnist", "mnist+digits"):
        assert wider_than(name) is None


def test_what_is_suggested_begins_the_run_with_both(stage, qtbot, window):
    window.mnist()
    assert window.banner.isVisible()
    assert "hardly cross a 7" in window.banner.text
    close = window.banner.findChild(QToolButton, "banner_close")
    assert close.toolTip() == "Not now: it stays in Data ▸ MNIST + nnviz's forms."
    stage.sent.clear()
    take = window.banner.findChild(QPushButton)
    assert take.text() == "Add nnviz's forms"
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert [message.recipe.dataset for message in stage.sent] == ["mnist+digits"]
    assert not window.banner.isVisible()


def test_it_is_made_once(window):
    window.mnist()
    window.banner.hide()
    window.mnist(run=3)
    assert not window.banner.isVisible()


@pytest.mark.parametrize("button", ["Primary", "banner_close"])
def test_what_was_answered_is_not_asked_again_in_another_window(stage, qtbot, window, button):
    window.mnist()
    found = window.banner.findChild(QAbstractButton, button)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    window.close()
    later = stage.window()
    stage.ports.publish(stage.snapshot(run=4))
    stage.ports.publish(
        stage.snapshot(run=5, recipe=varied(replace(stage.recipe, dataset="mnist")))
    )
    assert not later.banner.isVisible()
    assert Settings(stage.folder / "w.json").forms_answered


@pytest.mark.parametrize(
    "other", [{"vary": False}, {"dataset": "mnist+digits"}, {"dataset": "digits"}, {"reached": 9}]
)
def test_nothing_is_suggested_where_it_makes_no_sense(window, other):
    window.mnist(**other)
    assert not window.banner.isVisible()


def test_another_suggestion_comes_first(window):
    window.banner.suggest("Go on?", "Go on", lambda: None, "File")
    window.mnist()
    assert window.banner.text == "Go on?"


def test_while_a_run_is_under_way_a_sentence_says_where_it_is(stage, window):
    heard = []
    stage.ports.on(Notice, heard.append)
    window.mnist(vary=False, reached=9)
    assert heard == []
    window.mnist(reached=9)
    (notice,) = heard
    assert notice.sentence.endswith("Data ▸ Train on with ▸ MNIST + nnviz's forms adds such forms.")
    assert not window.banner.isVisible()
