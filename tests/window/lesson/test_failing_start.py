"""A lesson that cannot begin ends with one sentence, and one's own run is back."""

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.waiting import calm
from tests.window.lesson.conftest import LESSON

START = 'recipe = { dataset = "xor", layers = [2, 3, 1], seed = 3, learning_rate = 2.0 }'
WAIT = 60_000


def failing(at, start, said):
    """Open a lesson with another start; return once one's own run is back."""
    own = at.window.snapshot
    at.path.write_text(LESSON.replace(START, start), "utf-8")
    at.window.files.open_path(at.path)
    at.qtbot.waitUntil(lambda: at.player is None, timeout=WAIT)
    at.qtbot.waitUntil(lambda: at.window.snapshot.run == own.run, timeout=WAIT)
    calm(at.window)
    (box,) = at.window.findChildren(QMessageBox)
    assert said in box.text()
    assert "\n" not in box.text()
    box.close()
    assert not at.window.snapshot.demonstration
    assert at.window.snapshot.step == 4
    assert at.window.gate.judge is None
    at.window.stepping.forward()
    at.qtbot.waitUntil(lambda: at.window.snapshot.step == 5, timeout=WAIT)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ('session = "trained.nnviz"', "trained.nnviz"),
        ('recipe = { dataset = "xor", layers = [3, 3, 1] }', "inputs"),
        ('recipe = { dataset = "xor", layers = [2, 3, 2], cost = "cross_entropy" }', ""),
        ('recipe = { dataset = "rows.csv", layers = [2, 3, 1] }', "rows.csv"),
    ],
    ids=["no session", "other inputs", "other outputs", "no table"],
)
def test_what_cannot_begin_ends_with_one_sentence_and_ones_own_run_is_back(at, start, said):
    at.path.with_name("trained.nnviz").write_bytes(b"no session at all")
    at.path.with_name("rows.csv").write_text("no table at all", "utf-8")
    failing(at, start, said)


def test_a_session_whose_data_are_gone_ends_it_and_nobody_is_asked_for_them(at, tmp_path):
    window = at.window
    table = tmp_path / "rows.csv"
    table.write_text("a,b,kind\n" + "".join(f"{k},{k % 3},{'ab'[k % 2]}\n" for k in range(20)))
    window.choose_data(str(table))
    at.qtbot.waitUntil(lambda: window.snapshot.recipe.dataset.endswith(".csv"), timeout=WAIT)
    window.files._save_to(tmp_path / "trained.nnviz")
    at.qtbot.waitUntil((tmp_path / "trained.nnviz").is_file, timeout=WAIT)
    window.choose_data("xor")
    at.qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "xor", timeout=WAIT)
    for _ in range(4):
        window.stepping.forward()
    at.qtbot.waitUntil(lambda: window.snapshot.step == 4, timeout=WAIT)
    table.unlink()
    failing(at, 'session = "trained.nnviz"', "rows.csv")


@pytest.mark.parametrize(
    "change",
    ["recipe = { train_size = 3, validation_size = 2 }", 'recipe = { dataset = "rows.csv" }'],
)
def test_a_scene_whose_change_is_refused_begins_all_the_same_and_says_why(at, change):
    at.path.with_name("rows.csv").write_text("no table at all", "utf-8")
    at.open(LESSON.replace("recipe = { learning_rate = 1.0 }", change))
    (box,) = at.window.findChildren(QMessageBox)
    assert f"{at.path}:" in box.text()  # it is said when the lesson opens, too
    box.close()
    at.qtbot.waitUntil(lambda: not at.window.findChildren(QMessageBox), timeout=WAIT)
    at.player.playback.on()
    at.qtbot.waitUntil(lambda: at.scene == "click" and at.script.arrived, timeout=WAIT)
    at.player.playback.on()  # says what is missing
    at.player.playback.on()
    at.qtbot.waitUntil(lambda: at.scene == "guess" and at.script.arrived, timeout=WAIT)
    assert at.shown.asked is not None
    (box,) = at.window.findChildren(QMessageBox)
    assert box.text()
    box.close()
    at.player.playback.answer(0)
    at.player.playback.on()
    at.qtbot.waitUntil(lambda: at.scene == "see", timeout=WAIT)
