"""The gallery in the real window on the real threads: it asks, is answered, and puts through."""

import pytest
from PySide6.QtCore import Qt

from nnviz.messages.commands import Play, Rank
from nnviz.messages.ui_state import UiState
from nnviz.numbers import integer
from tests.waiting import calm
from tests.wishes import on_wish


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def test_an_example_of_the_gallery_goes_through_the_network(qtbot, app):
    window = app.window
    view, asked = window.views["examples"], []
    on_wish(view, Rank, lambda rank: asked.append((rank.label, rank.wrong)))
    calm(view)
    assert asked == []
    window.dock("examples").raise_()
    qtbot.waitUntil(lambda: view.gallery.count == 4)
    assert asked == [(None, False)]
    last = int(view.shown.ranking.index[3])
    where = view.gallery.box(3).center().toPoint()
    qtbot.mouseClick(view.gallery.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: window.snapshot.focus.index == last)
    step = window.snapshot.step
    assert view.gallery.hasFocus()
    qtbot.keyClick(view.gallery, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: window.snapshot.focus.index == int(view.shown.ranking.index[2]))
    assert window.snapshot.step == step
    qtbot.keyClick(view.gallery, Qt.Key.Key_Escape)
    assert not view.gallery.hasFocus()


def test_the_gallery_and_the_table_follow_a_run_that_plays(qtbot, app):
    window = app.window
    gallery, sheet = window.views["examples"], window.views["minibatch"].sheet
    app.bridge.send(Play())
    qtbot.waitUntil(lambda: window.snapshot.step > 2000)
    title, sentence = sheet.picture.title, sheet.picture.sentence
    assert title == f"Test example {window.snapshot.focus.index + 1}"
    window.dock("examples").raise_()
    qtbot.waitUntil(lambda: gallery.shown.ranking is not None and gallery.shown.ranking.step > 0)
    window.dock("minibatch").raise_()
    qtbot.waitUntil(lambda: sheet.picture.sentence != sentence)
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not window.snapshot.playing)
    window.dock("examples").raise_()
    qtbot.waitUntil(lambda: gallery.shown.ranking.step == window.snapshot.step)
    assert f"{integer(gallery.shown.ranking.step)}" in gallery.words.text


def test_filter_example_and_open_class_are_shown_again(qtbot, app):
    window = app.window
    views = {
        "examples": {"label": 1, "misread": False, "example": 3, "first": 0},
        "data": {"part": "train", "label": -1, "example": -1, "first": 0},
    }
    window.show_ui(UiState(views=views, open_panels=("examples",), front=("examples",)))
    view = window.views["examples"]
    qtbot.waitUntil(lambda: view.shown.ranking is not None and view.shown.ranking.label == 1)
    qtbot.waitUntil(lambda: window.snapshot.focus.index == 3)
    kept = window.ui_state()
    assert kept.views["examples"] == views["examples"]
    assert kept.views["data"] == views["data"]
