"""Counts over answer files: dropped on the window or opened, one or many, good and damaged."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from nnviz.lessons.answers import AnswerRecord, save_answers
from nnviz.window.lesson.counts_sheet import CountsSheet
from tests.dropping import drop

LESSON, SCENE = "what-a-neuron-does", "twelve"


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def files(tmp_path):
    """The answers of three, and a file that holds none."""
    for name, words, right in (("Ada", "12", True), ("Bob", "15", False), ("Cem", "12", True)):
        answers = (
            AnswerRecord(LESSON, SCENE, float(words), words, right),
            AnswerRecord("of-my-own", "draw", None, "", None),
        )
        save_answers(tmp_path / f"{name}.json", answers, name)
    (tmp_path / "bad.json").write_text('{"kind": "nnviz answers"', encoding="utf-8")
    return sorted(tmp_path.glob("*.json"))


def sheet_of(app):
    (sheet,) = app.window.findChildren(CountsSheet)
    return sheet


def said_in(sheet):
    return [label.text() for label in sheet.findChildren(QLabel)]


def test_many_files_dropped_on_the_window_are_counted(app, files):
    assert drop(app.window, files)
    sheet = sheet_of(app)
    assert sheet.isVisible()
    said = said_in(sheet)
    assert said[0] == "3 files, and 1 that could not be counted"
    assert "bad.json is damaged" in said[1]
    assert "2 of 3 right" in said
    assert "What a neuron does  ·  twelve" in said
    assert "The inputs are … and …. What comes out?" in said
    assert "of-my-own  ·  draw" in said
    assert "3 not judged" in said
    assert [bar.count for bar in sheet.bars[0].bars] == [2, 1]
    assert "12 ✓" in said
    assert [bar.count for bar in sheet.bars[1].bars] == [3]


def test_counts_are_copied_as_text(app, files, qtbot):
    app.window.files.open_paths(files)
    sheet = sheet_of(app)
    sheet.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "2  12 (right)" in text
    assert "bad.json is damaged" in text
    close = sheet.findChild(QPushButton, "counts_close")
    close.click()
    qtbot.waitUntil(lambda: not app.window.findChildren(CountsSheet))


def test_one_file_is_opened_like_any_other(app, files):
    app.window.files.open_path(files[0])
    assert said_in(sheet_of(app))[0] == "1 file"


def test_a_single_damaged_file_is_one_sentence(app, files):
    app.window.files.open_path(files[-1])
    box = app.window.findChild(QMessageBox, "failure")
    assert "bad.json is damaged" in box.text()
    box.close()
    assert app.window.findChildren(CountsSheet) == []


def test_several_files_of_other_kinds_are_refused_in_a_sentence(app, tmp_path):
    app.window.files.open_paths([tmp_path / "a.csv", tmp_path / "b.csv"])
    box = app.window.findChild(QMessageBox, "failure")
    assert "one by one" in box.text()
    box.close()


def test_the_palette_asks_for_files(app, files):
    entries = app.window.course.entries()
    next(entry for entry in entries if entry.id == "count_answers").do()
    (asking,) = app.window.findChildren(QFileDialog, "count_answers")
    assert asking.fileMode() == QFileDialog.FileMode.ExistingFiles
    asking.filesSelected.emit([str(path) for path in files[:2]])
    asking.close()
    assert said_in(sheet_of(app))[0] == "2 files"
