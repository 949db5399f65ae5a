"""Drops in the whole program: anywhere on the window, each kind goes where it belongs."""

import itertools

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsScene,
    QGraphicsView,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from nnviz.engine import Network, Recipe
from nnviz.files import save_model
from nnviz.window.file_drop import FileDrop
from tests.dropping import drop, entering
from tests.waiting import settled


def places(window):
    """Parts of the window, among them those that would take a drop themselves."""
    drawings = [window.views[id].findChild(QGraphicsView).viewport() for id in ("network", "cost")]
    field = window.form.findChild(QLineEdit, "learning_rate")
    views = [window.views[id] for id in ("timeline", "pad", "inspector")]
    return [window, window.status, field, *drawings, *views]


@pytest.fixture
def app(app_of_module):
    """The program that all files are dropped on: its pad empty and in sight, no panel afloat."""
    window = app_of_module.window
    window.dock("cost").setFloating(False)
    window.open_panel("pad")
    window.views["pad"].canvas.clear()
    settled(window)
    return app_of_module


@pytest.fixture
def opened(app):
    """What the window was asked to train on."""
    chosen = []
    app.window.files.data_chosen.disconnect()
    app.window.files.data_chosen.connect(chosen.append)
    return chosen


def seven(path):
    sheet = Image.new("L", (90, 100), 240)
    ImageDraw.Draw(sheet).line([(25, 20), (65, 20), (40, 85)], fill=30, width=8)
    sheet.save(path)
    return path


def test_a_picture_goes_to_the_pad_from_anywhere(app, opened, tmp_path):
    pad, names = app.window.views["pad"], ["seven.png", "seven.TIFF", "a b\nc.webp"]
    for place, name in zip(places(app.window), itertools.cycle(names), strict=False):
        pad.canvas.clear()
        if place is not pad:
            app.window.dock("pad").hide()
        assert drop(place, [seven(tmp_path / name)])
        assert pad.canvas.sheet.picture is not None
        assert pad.in_sight()
    assert opened == []


def test_a_picture_without_an_ending_is_known_by_what_it_holds(app, opened, tmp_path):
    seven(tmp_path / "seven.png").rename(tmp_path / "seven")
    assert drop(app.window, [tmp_path / "seven"])
    assert app.window.views["pad"].canvas.sheet.picture is not None


def test_a_table_and_a_folder_are_trained_on_from_anywhere(app, opened, tmp_path):
    table = tmp_path / "flowers.csv"
    table.write_text("BM,b\n1,2\n")
    for place in places(app.window):
        opened.clear()
        assert drop(place, [table])
        assert drop(place, [tmp_path])
        assert opened == [str(table), str(tmp_path)]
    assert app.window.views["pad"].canvas.empty


def test_networks_and_sessions_are_opened_from_anywhere(app, monkeypatch, tmp_path):
    recipe = Recipe(dataset="xor", layers=(2, 3, 1))
    net, session = tmp_path / "net.npz", tmp_path / "run.nnviz"
    save_model(net, Network(recipe, np.zeros(recipe.parameters, np.float32)))
    session.write_bytes(b"")
    opened = []
    monkeypatch.setattr(app.window.files, "open_network", opened.append)
    monkeypatch.setattr(app.window.files, "_send", lambda opening: opened.append(opening.path))
    for place in places(app.window):
        opened.clear()
        assert drop(place, [net])
        assert drop(place, [session])
        assert opened == [net, session]


def test_what_is_nothing_is_one_sentence_and_changes_nothing(app, opened, tmp_path):
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK")
    for place in (app.window, app.window.views["pad"]):
        assert drop(place, [path])
        box = app.window.findChild(QMessageBox, "failure")
        assert "letter.docx is nothing that nnviz opens by its name" in box.text()
        box.close()
        box.setObjectName("told")
    assert opened == []
    assert app.window.views["pad"].canvas.empty


def test_a_damaged_picture_is_said_on_the_pad(app, tmp_path):
    path = tmp_path / "seven.png"
    path.write_bytes(b"no picture")
    assert drop(app.window, [path])
    assert "seven.png is not a whole picture" in app.window.views["pad"].canvas.note


def test_several_at_once_are_not_taken(app, tmp_path):
    paths = [seven(tmp_path / "a.png"), seven(tmp_path / "b.png")]
    for place in places(app.window):
        assert not drop(place, paths)
    assert app.window.views["pad"].canvas.empty


def _let_go(widget, mime):
    at = QPointF(widget.rect().center())
    event = QDropEvent(
        at, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    enter = entering(at, mime)
    QApplication.sendEvent(widget, enter)
    QApplication.sendEvent(widget, event)
    return enter.isAccepted() and event.isAccepted()


def test_a_picture_out_of_another_program_goes_to_the_pad(app, tmp_path):
    mime = QMimeData()
    mime.setImageData(QImage(str(seven(tmp_path / "seven.png"))))
    mime.setUrls([QUrl("https://example.org/seven.png")])
    for place in places(app.window):
        app.window.views["pad"].canvas.clear()
        assert _let_go(place, mime)
        assert app.window.views["pad"].canvas.sheet.picture is not None


def test_a_drawing_or_a_field_does_not_keep_files_from_the_window(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    drawing, field = QGraphicsView(QGraphicsScene(window), window), QLineEdit(window)
    taken = []
    drops = FileDrop(window)
    drops.dropped.connect(taken.append)
    for part in (drawing.viewport(), field):
        assert drop(part, [tmp_path])
    assert taken == [tmp_path, tmp_path]
    assert field.text() == ""


def test_words_still_go_into_a_field(app):
    field = app.window.form.findChild(QLineEdit, "learning_rate")
    field.clear()
    mime = QMimeData()
    mime.setText("0.25")
    assert _let_go(field, mime)
    assert field.text() == "0.25"


def test_a_panel_that_floats_takes_them_too(app, opened, tmp_path):
    dock = app.window.dock("cost")
    dock.setFloating(True)
    dock.show()
    assert drop(app.window.views["cost"].findChild(QGraphicsView).viewport(), [tmp_path])
    assert opened == [str(tmp_path)]
