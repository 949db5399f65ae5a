"""Recovery: what a crashed window left is offered, gone on with, put off or deleted."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from nnviz.files.autosaves import Autosaves
from nnviz.messages.commands import OpenSession
from nnviz.messages.events import Opened
from nnviz.window.recovery import Recovery

LEFT = """
import os, sys
from pathlib import Path
from nnviz.files.autosaves import Autosaves
claim = Autosaves(Path(sys.argv[1])).claim()
claim.path.write_bytes(b"a run")
os._exit(9)
"""


@pytest.fixture
def left(tmp_path):
    """A folder in which a process that was killed has left a run."""
    done = subprocess.run([sys.executable, "-c", LEFT, str(tmp_path)], check=False)
    assert done.returncode == 9
    return tmp_path


@pytest.fixture
def window(stage):
    return stage.window()


@pytest.fixture
def sent(stage):
    return stage.sent


@pytest.fixture
def recovery(stage, window, sent, left):
    autosaves = Autosaves(left)
    claim = autosaves.claim()
    sent.clear()
    yield Recovery(window, stage.ports, autosaves, claim)
    claim.release(keep=False)


def answer(window, word):
    box = window.findChild(QMessageBox, "recovery")
    next(b for b in box.findChildren(QPushButton) if word in b.text()).click()


def runs(folder):
    return [path for path in folder.rglob("*.nnviz") if path.stat().st_size]


def test_continue_opens_it_and_makes_it_this_windows_own(recovery, window, sent, left):
    (recoverable,) = runs(left)
    assert recovery.offer()
    answer(window, "Continue")
    assert sent == [OpenSession(recoverable)]
    recovery.opened(Opened(recoverable, {}, 2))
    (own,) = runs(left)
    assert own.parent != recoverable.parent
    assert not recoverable.parent.exists()


def test_later_keeps_it_among_the_recent_runs_and_asks_no_more(recovery, window, sent, left):
    recovery.offer()
    answer(window, "Start new")
    assert sent == []
    assert Autosaves(left).left_behind() == []
    assert [run.path for run in Autosaves(left).runs.listed()] == runs(left)


def test_discard_deletes_it(recovery, window, left):
    recovery.offer()
    answer(window, "Discard")
    assert runs(left) == []


def test_nothing_is_asked_where_nothing_was_left(stage, window, tmp_path):
    assert not Recovery(window, stage.ports, Autosaves(tmp_path / "none"), None).offer()
    assert window.findChild(QMessageBox, "recovery") is None


def test_the_last_run_can_be_continued_or_there_is_none(recovery, window, sent, left):
    recovery.continue_last()
    assert "No run was kept" in window.status.findChild(QLabel, "notice").text()
    (left / "last.nnviz").write_bytes(b"the last run, as an earlier version kept it")
    window.actions_by_id["continue_last"].trigger()
    (last,) = [run.path for run in Autosaves(left).runs.listed()]
    assert sent[-1] == OpenSession(last)
