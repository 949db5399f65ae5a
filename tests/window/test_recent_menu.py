"""Recent runs in the window: the menu that lists them, and the line that offers the last one."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from nnviz.files.autosaves import Autosaves
from nnviz.files.recent_runs import RecentRun
from nnviz.messages.commands import OpenSession
from nnviz.messages.events import Saved
from nnviz.window.recent_menu import sentence
from nnviz.window.recovery import Recovery
from nnviz.window.settings import SESSIONS, Settings

NOW = datetime.now().astimezone()
WORDS = {"data": "digits", "layers": [784, 30, 10], "step": 12345, "accuracy": 0.928}


def test_a_run_is_known_by_date_data_layers_step_and_score():
    day = NOW.replace(hour=9, minute=5)
    assert sentence(RecentRun(Path("a"), day, WORDS)) == (
        "09:05  ·  nnviz digits  ·  784-30-10  ·  step 12\u202f345  ·  test accuracy 92.8\u202f%"
    )
    before = day - timedelta(days=400)
    assert sentence(RecentRun(Path("a"), before, {})) == f"{before.day} {before:%b} 09:05"
    numbers = {"data": "/x/cars.csv:target=price", "rmse": 1234.5678, "unit": "€"}
    spiral = RecentRun(Path("a"), day, {"data": "spiral:noise=0.2,turns=3", "step": 4})
    assert sentence(spiral) == "09:05  ·  Spiral (noise 0.2, turns 3)  ·  step 4"
    assert "cars.csv → price  ·  test RMSE 1\u202f235 €" in sentence(
        RecentRun(Path("a"), day, numbers)
    )


@pytest.mark.parametrize("words", [{"data": 1}, {"layers": "x", "step": None, "accuracy": "much"}])
def test_words_of_another_kind_are_passed_over(words):
    assert sentence(RecentRun(Path("a"), NOW, words)) == f"{NOW:%H:%M}"


def test_the_menu_lists_them_and_goes_on_with_the_one_chosen(stage, qtbot):
    window = stage.window()
    window.recent.source = lambda: [RecentRun(Path("b"), NOW, WORDS), RecentRun(Path("a"), NOW, {})]
    window.recent.aboutToShow.emit()
    stage.sent.clear()
    first, second = window.recent.actions()
    assert "step 12" in first.text()
    second.trigger()
    assert stage.sent == [OpenSession(Path("a"))]
    window.recent.source = list
    window.recent.aboutToShow.emit()
    (none,) = window.recent.actions()
    assert not none.isEnabled()


def test_it_is_in_the_file_menu(stage):
    window = stage.window()
    files = next(action.menu() for action in window.menus.actions() if "File" in action.text())
    assert window.recent.menuAction() in files.actions()


@pytest.fixture
def recovery(stage, tmp_path):
    autosaves = Autosaves(tmp_path / "autosave")
    claim = autosaves.claim()
    claim.path.write_text("a run")
    claim.release(keep=True)
    return Recovery(stage.window(), stage.ports, autosaves, None)


def test_after_a_normal_quit_the_window_offers_to_go_on(stage, qtbot, recovery):
    window = recovery._window
    assert recovery.offer_last()
    assert window.banner.isVisible()
    assert "Go on where it was?" in window.findChild(QLabel, "banner_text").text()
    take = next(b for b in window.banner.findChildren(QPushButton))
    stage.sent.clear()
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert stage.sent == [OpenSession(recovery._autosaves.last())]
    assert not window.banner.isVisible()


def test_the_offer_goes_when_it_is_put_away_or_another_run_is_under_way(stage, qtbot, recovery):
    window = recovery._window
    recovery.offer_last()
    close = window.banner.findChild(QToolButton, "banner_close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()
    recovery.offer_last()
    window.show_snapshot(stage.snapshot())
    assert window.banner.isVisible(), "a run that has not begun is no reason"
    window.show_snapshot(stage.snapshot(steps=3, playing=True))
    assert not window.banner.isVisible()


def test_without_a_run_nothing_is_offered(stage, tmp_path):
    window = stage.window()
    assert not Recovery(window, stage.ports, Autosaves(tmp_path / "none"), None).offer_last()
    assert not window.banner.isVisible()


def test_session_files_that_were_saved_or_opened_are_listed_the_last_first(stage, tmp_path):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    menu = window.menus.sessions
    menu.aboutToShow.emit()
    (none,) = menu.actions()
    assert not none.isEnabled()
    first, other, gone = (tmp_path / name for name in ("a.nnviz", "b/a.nnviz", "c.nnviz"))
    other.parent.mkdir()
    for path in (first, other, gone):
        path.write_bytes(b"x")
        stage.ports.publish(Saved(path))
    gone.unlink()
    stage.ports.publish(Saved(first))
    menu.aboutToShow.emit()
    assert [action.toolTip() for action in menu.actions()] == [str(first), str(other)]
    assert len({action.text() for action in menu.actions()}) == 2  # two of a name are told apart
    stage.sent.clear()
    menu.actions()[1].trigger()
    assert stage.sent == [OpenSession(other)]
    assert Settings(stage.folder / "w.json").recent_sessions == [str(first), str(gone), str(other)]


def test_what_is_damaged_among_kept_sessions_is_passed_over(tmp_path):
    settings = Settings(tmp_path / "s.json")
    settings._store.put("recent_sessions", [3, None, "/x.nnviz"])
    assert settings.recent_sessions == ["/x.nnviz"]
    settings._store.put("recent_sessions", "all")
    assert settings.recent_sessions == []
    for number in range(20):
        settings.note_session(f"/{number}.nnviz")
    assert len(settings.recent_sessions) == SESSIONS
