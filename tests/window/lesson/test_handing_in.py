"""Handing in: answers are written to a file from the finished lesson and from the menu."""

import errno
import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from nnviz.lessons.answers import read_answers
from tests.waiting import events_done


def dialog(at):
    (found,) = at.window.findChildren(QFileDialog, "save_answers")
    return found


def choose(at, path):
    asking = dialog(at)
    asking.fileSelected.emit(str(path))
    asking.close()
    events_done()


def menu_entry(at, id):
    at.window.course.menu.aboutToShow.emit()
    menu = at.window.course.menu.findChild(QMenu, "course_others")
    return next(action for action in menu.actions() if action.data() == id)


def test_the_finished_lesson_offers_it(at, tmp_path):
    at.open()
    panel = at.player.screen.panel
    assert not panel.hand_in.isVisible()
    at.go_to("point")
    at.player.playback.answer(0)
    at.window.course.player.script.answer(at.window.selection, "a neuron")
    at.player.playback.on()
    at.player.playback.on()
    assert at.script.finished
    at.click(panel.hand_in)
    path = tmp_path / "Ada.json"
    choose(at, path)
    handed = read_answers(path)
    assert handed.name == "Ada"
    assert [one.scene for one in handed.answers][:2] == ["guess", "number"]


def test_the_menu_offers_it_without_a_lesson_and_a_full_disk_is_one_sentence(
    at, tmp_path, monkeypatch
):
    at.open()
    at.go_to("see")
    at.player.leave()
    at.qtbot.waitUntil(lambda: not at.window.snapshot.demonstration, timeout=60_000)
    menu_entry(at, "hand_in").trigger()

    replace = Path.replace

    def full(self, target):
        if Path(target).name == "Ada.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        choose(at, tmp_path / "Ada.json")
    box = at.window.findChild(QMessageBox, "failure")
    assert "the disk is full: free some space and try again" in box.text()
    box.close()
    assert not (tmp_path / "Ada.json").exists()
    menu_entry(at, "hand_in").trigger()
    choose(at, tmp_path / "Ada.json")
    assert [one.scene for one in read_answers(tmp_path / "Ada.json").answers] == ["guess"]


def test_where_nothing_was_answered_there_is_nothing_to_hand_in(at):
    menu_entry(at, "hand_in").trigger()
    assert at.window.findChildren(QFileDialog, "save_answers") == []
