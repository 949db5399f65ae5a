"""Files: sessions and networks go through real dialogs, and the title says which it is."""

import gzip
import os
import stat

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox

from nnviz.cli import main
from nnviz.file_to_open import file_to_open
from nnviz.files import load_model, save_model
from nnviz.files.sessions import save_session
from nnviz.messages import commands
from nnviz.messages.events import Opened, Saved
from nnviz.messages.ui_state import UiState
from nnviz.paths import state_folder
from tests.files.records import small

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def answer(stage, window, name, path):
    """Choose a path in the dialog of this name, as a person does."""
    dialog = stage.box(window, name)
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()


def test_ctrl_s_asks_once_and_then_writes_to_the_same_file(stage, tmp_path):
    window = stage.window()
    stage.press(Qt.Key.Key_S, CTRL)
    assert stage.sent == [], "there is nothing to save yet"
    window.show_snapshot(stage.snapshot(steps=3))
    window.stepping.choose("phase")
    window.toolbar.slider.setValue(2)
    stage.sent.clear()
    stage.press(Qt.Key.Key_S, CTRL)
    answer(stage, window, "save_session", tmp_path / "lesson")
    save = stage.sent[-1]
    assert save.path == tmp_path / "lesson.nnviz"
    assert UiState.from_dict(save.view) == window.ui_state()
    assert (save.view["granularity"], save.view["speed"]) == ("phase", 2)
    stage.ports.publish(Saved(save.path))
    assert "Saved lesson.nnviz" in window.status.toolTip()
    assert window.windowTitle() == "lesson.nnviz[*] — nnviz"
    stage.press(Qt.Key.Key_S, CTRL)
    assert [message.path for message in stage.sent] == [save.path] * 2
    stage.press(Qt.Key.Key_S, CTRL_SHIFT)
    answer(stage, window, "save_session", tmp_path / "other.nnviz")
    assert stage.sent[-1].path == tmp_path / "other.nnviz"


def test_the_title_marks_a_run_that_has_moved_on(stage, tmp_path):
    window = stage.window()
    assert window.windowTitle() == "nnviz[*]"
    moment = stage.snapshot(steps=3)
    window.show_snapshot(moment)
    assert not window.isWindowModified(), "a run without a file has nothing to differ from"
    stage.ports.publish(Saved(tmp_path / "run.nnviz"))
    window.show_snapshot(moment)
    assert not window.isWindowModified()
    window.show_snapshot(stage.snapshot(steps=1))
    assert window.isWindowModified()
    stage.ports.publish(Saved(tmp_path / "run.nnviz"))
    assert not window.isWindowModified()
    window.show_snapshot(stage.snapshot(branches=(stage.branch(0), stage.branch(1))))
    assert window.isWindowModified()


def test_what_was_trained_while_the_file_was_written_is_not_in_it(stage, tmp_path):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=3))
    path = tmp_path / "run.nnviz"
    stage.ports.publish(Saved(path))
    stage.press(Qt.Key.Key_S, CTRL)
    window.show_snapshot(stage.snapshot(steps=1))
    stage.ports.publish(Saved(path))
    assert window.isWindowModified()
    stage.press(Qt.Key.Key_S, CTRL)
    window.show_snapshot(stage.snapshot(run=2))
    stage.ports.publish(Saved(path))
    assert window.files.path is None, "the file is another run's"


def test_a_new_run_belongs_to_no_file(stage, tmp_path):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    stage.ports.publish(Saved(tmp_path / "run.nnviz"))
    window.show_snapshot(stage.snapshot(run=2))
    assert window.windowTitle() == "nnviz[*]"
    assert window.files.path is None
    stage.press(Qt.Key.Key_S, CTRL)
    stage.box(window, "save_session").reject()
    assert stage.sent == []


def test_a_session_is_opened_whichever_comes_first(stage, tmp_path):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=3))
    path = tmp_path / "run.nnviz"
    path.write_bytes(b"")
    stage.press(Qt.Key.Key_O, CTRL)
    answer(stage, window, "open", path)
    assert stage.sent == [commands.OpenSession(path)]
    window.show_opened(Opened(path, {}, 2))  # the snapshot comes later
    window.show_snapshot(stage.snapshot())
    assert window.files.path is None
    window.show_snapshot(stage.snapshot(run=2, step=7))
    assert window.windowTitle() == "run.nnviz[*] — nnviz"
    assert not window.isWindowModified()
    other = tmp_path / "other.nnviz"
    window.files.open_path(other)
    window.show_snapshot(stage.snapshot(run=3, step=8))  # the snapshot comes first
    window.show_opened(Opened(other, {}, 3))
    assert window.windowTitle() == "other.nnviz[*] — nnviz"
    assert not window.isWindowModified()
    window.show_snapshot(stage.snapshot(run=3, step=9))
    assert window.isWindowModified()


def test_what_nnviz_keeps_for_itself_is_no_file_to_save_to(stage):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    window.actions_by_id["continue_last"].trigger()
    window.show_snapshot(stage.snapshot(run=2))
    window.show_opened(Opened(state_folder() / "autosave" / "last.nnviz", {}, 2))
    assert window.windowTitle() == "nnviz[*]"
    assert window.files.path is None


def test_the_last_run_is_asked_for(stage, qtbot):
    window = stage.window()
    with qtbot.waitSignal(window.files.last_run_wanted):
        window.actions_by_id["continue_last"].trigger()
    assert stage.sent == []


def test_a_network_is_saved_and_opened_again(stage, tmp_path):
    window = stage.window()
    snapshot = stage.snapshot(steps=9)
    window.show_snapshot(snapshot)
    stage.press(Qt.Key.Key_E, CTRL)
    answer(stage, window, "save_network", tmp_path / "net.npz")
    assert load_model(tmp_path / "net.npz").description == snapshot.description
    stage.press(Qt.Key.Key_O, CTRL)
    answer(stage, window, "open", tmp_path / "net.npz")
    start = stage.sent[-1]
    assert start.recipe == stage.recipe
    assert start.theta.tobytes() == snapshot.theta.tobytes()
    assert start.described == snapshot.description
    window.files.open_network(tmp_path / "missing.npz")
    box = window.findChild(QMessageBox, "failure")
    assert "There is no file" in box.text()
    box.close()


def test_a_network_that_cannot_be_written_is_a_sentence(stage, tmp_path):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    (tmp_path / "taken.npz").mkdir()
    window.actions_by_id["save_model"].trigger()
    stage.box(window, "save_network").fileSelected.emit(str(tmp_path / "taken.npz"))
    box = stage.box(window, "failure")
    assert "taken.npz" in box.text()
    box.close()
    stage.box(window, "save_network").reject()


def test_endings_in_capitals_are_the_same(stage, tmp_path):
    window = stage.window()
    snapshot = stage.snapshot()
    save_model(tmp_path / "NET.NPZ", snapshot.network(), snapshot.description)
    window.files.open_path(tmp_path / "NET.NPZ")
    assert stage.sent[-1].theta.tobytes() == snapshot.theta.tobytes()
    window.files.open_path(tmp_path / "RUN.NNVIZ")
    assert stage.sent[-1] == commands.OpenSession(tmp_path / "RUN.NNVIZ")


@pytest.mark.parametrize("name", ["x.nnviz", "x", "x.csv", "x.session", "x.toml"])
def test_what_was_saved_opens_under_any_name(stage, tmp_path, name):
    window, path = stage.window(), tmp_path / name
    words = ["train", "--data", "xor", "--layers", "2,3,1", "--epochs", "1", "--save", str(path)]
    assert main(words) == 0
    assert file_to_open(path) == path
    window.files.open_path(path)
    assert stage.sent[-1].theta.tobytes() == load_model(path).network.theta.tobytes()
    save_session(path, small())
    assert file_to_open(path) == path
    window.files.open_path(path)
    assert stage.sent[-1] == commands.OpenSession(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_never_replaced_by_a_network(stage, tmp_path):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    os.mkfifo(tmp_path / "pipe.npz")
    window.actions_by_id["save_model"].trigger()
    stage.box(window, "save_network").fileSelected.emit(str(tmp_path / "pipe.npz"))
    box = stage.box(window, "failure")
    assert "is no ordinary file" in box.text()
    box.close()
    stage.box(window, "save_network").reject()
    assert stat.S_ISFIFO((tmp_path / "pipe.npz").stat().st_mode)


def test_a_folder_or_a_file_of_it_is_trained_on(stage, tmp_path):
    images = bytes([0, 0, 8, 3, *[0, 0, 0, 1] * 3, 7])
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(images))
    (tmp_path / "some.images").write_bytes(images)
    window = stage.window()
    window.files.open_path(tmp_path)
    window.files.open_path(tmp_path / "train-images-idx3-ubyte.gz")
    window.files.open_path(tmp_path / "some.images")
    assert [start.recipe.dataset for start in stage.sent] == [str(tmp_path)] * 3
    stage.press(Qt.Key.Key_D, CTRL)
    dialog = stage.box(window, "data_folder")
    dialog.fileSelected.emit(str(tmp_path))
    assert len(stage.sent) == 4
    assert stage.sent[-1].fit
    dialog.reject()


def test_verify_is_a_command(stage):
    window = stage.window()
    window.actions_by_id["verify"].trigger()
    assert stage.sent == [commands.Verify()]


def test_an_archive_of_images_is_data_and_one_of_weights_a_network(stage, tmp_path):
    path = tmp_path / "mnist.npz"
    np.savez(path, x_train=np.zeros((4, 3, 3), np.uint8), y_train=np.arange(4, dtype=np.uint8))
    window = stage.window()
    window.files.open_path(path)
    assert [start.recipe.dataset for start in stage.sent] == [str(path)]


def test_a_pickle_is_refused_with_the_way_on(stage, tmp_path):
    (tmp_path / "mnist.pkl.gz").write_bytes(gzip.compress(b"\x80\x02}q\x00."))
    window = stage.window()
    window.files.open_path(tmp_path / "mnist.pkl.gz")
    box = stage.box(window, "failure")
    assert "is a Python pickle, not IDX" in box.text()
    assert "nnviz data fetch mnist" in box.text()
    box.close()
    assert not stage.sent
