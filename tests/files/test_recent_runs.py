"""Recent runs: newest first, few and small enough, a longer version in place of the shorter."""

import os

import pytest

from nnviz.files import recent_runs
from nnviz.files.recent_runs import RecentRuns, new_key
from nnviz.files.sessions import load_session, save_session
from tests.files.records import small


@pytest.fixture
def runs(tmp_path, monkeypatch):
    monkeypatch.setattr(recent_runs, "MOST", 5)
    monkeypatch.setattr(recent_runs, "BUDGET", 1000)
    return RecentRuns(tmp_path / "runs")


def put(runs, content, when, **view):
    """Let a run come that was written at a given second."""
    view = {"key": new_key(), **view}
    path = runs.place(view)
    path.write_text(content)
    os.utime(path, (when, when))
    runs.came(path, view)
    return path


def names(runs):
    return [run.path.read_text() for run in runs.listed()]


def test_looking_makes_nothing(runs):
    assert runs.listed() == []
    assert runs.newest() is None
    assert not runs.folder.exists()


def test_the_newest_comes_first_and_only_so_many_are_kept(runs):
    for number in range(8):
        put(runs, f"run {number}", 1000 + number)
    assert names(runs) == [f"run {number}" for number in (7, 6, 5, 4, 3)]
    assert runs.newest().read_text() == "run 7"


def test_the_oldest_go_where_there_is_no_room_but_never_the_newest(runs):
    put(runs, "a" * 500, 1)
    put(runs, "b" * 400, 2)
    put(runs, "c" * 300, 3)
    assert [name[0] for name in names(runs)] == ["c", "b"]
    put(runs, "d" * 2000, 4)
    assert [name[0] for name in names(runs)] == ["d"]


def test_a_run_that_comes_again_takes_its_own_place_only(runs):
    key = new_key()
    put(runs, "early", 1, key=key)
    put(runs, "another", 2)
    put(runs, "late", 3, key=key)
    assert names(runs) == ["late", "another"]


def test_a_run_takes_the_place_of_the_shorter_one_it_went_on_from(runs):
    short = put(runs, "short", 1)
    put(runs, "long", 2, continues=runs.mark(short))
    assert names(runs) == ["long"]


def test_but_not_where_another_window_has_changed_that_since(runs):
    key = new_key()
    mark = runs.mark(put(runs, "short", 1, key=key))
    put(runs, "longer in the other window", 2, key=key)
    put(runs, "long", 3, continues=mark)
    assert names(runs) == ["long", "longer in the other window"]


@pytest.mark.parametrize("mark", [None, "x", 7, ["a"], ["../out.nnviz", 1, 1], [1, 2, 3]])
def test_a_damaged_note_deletes_nothing(runs, mark, tmp_path):
    outside = tmp_path / "out.nnviz"
    outside.write_text("somebody's file")
    os.utime(outside, ns=(1, 1))
    put(runs, "run", 2, continues=mark, key="../../evil")
    assert names(runs) == ["run"]
    assert outside.exists()
    assert runs.mark(outside) is None


def test_the_words_of_a_run_come_from_its_file_and_a_damaged_one_has_none(tmp_path):
    runs = RecentRuns(tmp_path / "runs")
    session = small()
    words = {"data": "xor", "layers": [2, 3, 1], "step": 7, "accuracy": 0.75}
    view = {"key": new_key(), "words": words}
    session.record.view.update(view)
    path = runs.place(view)
    save_session(path, session)
    runs.came(path, view)
    put(runs, "no session", 1)
    assert [run.words for run in runs.listed()] == [words, {}]
    assert load_session(path).record.view["key"] == view["key"]
    assert os.stat(runs.folder).st_mode & 0o077 == 0  # noqa: PTH116 - nobody else may look
