"""Autosaves: what a dead window left is offered, what a living one writes is left alone."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import filelock
import pytest

from nnviz import paths
from nnviz.files import autosaves as module
from nnviz.files.autosaves import AutosaveError, Autosaves
from nnviz.files.sessions import save_session
from tests.files.records import small

WINDOW = """
import sys
from pathlib import Path
from nnviz.files.autosaves import Autosaves
autosaves = Autosaves(Path(sys.argv[1]))
claim = autosaves.claim()
if sys.argv[2]:
    claim.path.write_bytes(sys.argv[2].encode())
    claim.part.write_bytes(b"half of the next one")
print(*(left.path.read_text() for left in autosaves.left_behind()), sep=",", flush=True)
if sys.stdin.readline().strip() == "close":
    claim.release(keep=True)
"""


class Window:
    """Another process that claims its part, looks for those left behind and stays."""

    def __init__(self, folder, content=""):
        self.process = subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(folder), content],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seen(self):
        """What it found left behind."""
        line = self.process.stdout.readline().rstrip("\n")
        assert self.process.poll() is None
        return [text for text in line.split(",") if text]

    def close(self):
        self.process.communicate("close\n", timeout=60)
        assert self.process.returncode == 0

    def kill(self):
        self.process.kill()
        self.process.communicate()
        assert self.process.returncode == -signal.SIGKILL


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "state" / "autosave"


@pytest.fixture
def windows(folder):
    opened = []

    def window(content=""):
        opened.append(Window(folder, content))
        return opened[-1]

    yield window
    for one in opened:
        if one.process.poll() is None:
            one.kill()


@pytest.fixture
def autosaves(folder):
    return Autosaves(folder)


def left(folder):
    """What is in the folder, besides the gate."""
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.name != "gate.lock"
    )


def abandoned(autosaves, content, saved=None):
    """Make a recoverable run as a killed window leaves it, its lock file included."""
    claim = autosaves.claim()
    claim.path.write_text(content)
    if saved is not None:
        os.utime(claim.path, (saved, saved))
    claim._lock.release()
    return claim


def contents(left):
    return [recoverable.path.read_text() for recoverable in left]


def test_it_lives_where_the_system_keeps_state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert paths.state_folder().name == "nnviz"
    assert not paths.state_folder().exists()


def test_nothing_is_left_behind_at_first_and_nothing_is_made_by_looking(autosaves, folder):
    assert autosaves.left_behind() == []
    assert autosaves.last() is None
    assert not folder.parent.exists()


def test_a_killed_window_is_offered_with_its_time(autosaves, windows):
    window = windows("its run")
    assert window.seen() == []
    assert autosaves.left_behind() == []
    window.kill()
    (recoverable,) = autosaves.left_behind()
    assert recoverable.path.read_text() == "its run"
    assert recoverable.saved.timestamp() == pytest.approx(recoverable.path.stat().st_mtime)
    assert recoverable.saved.tzinfo is not None


def test_two_windows_at_once_do_not_see_each_other_as_left_behind(autosaves, windows, folder):
    both = [windows("one"), windows("two")]
    assert [window.seen() for window in both] == [[], []]
    assert autosaves.left_behind() == []
    assert windows("three").seen() == []
    assert len(left(folder)) == 3 * 4  # a folder, a lock, a session and a part each
    for window in both:
        window.close()
    assert autosaves.left_behind() == []


def test_many_windows_that_come_and_go_at_once_get_folders_of_their_own(autosaves, windows, folder):
    several = [windows(f"run {number}") for number in range(6)]
    assert [window.seen() for window in several] == [[]] * 6
    for window in several[:3]:
        window.process.stdin.write("close\n")
        window.process.stdin.flush()
    for window in several[3:]:
        window.process.kill()
    for window in several:
        window.process.communicate(timeout=60)
    assert sorted(contents(autosaves.left_behind())) == ["run 3", "run 4", "run 5"]
    assert autosaves.last().read_text() in {"run 0", "run 1", "run 2"}


def test_only_one_of_two_windows_offers_what_was_left(autosaves, windows):
    abandoned(autosaves, "precious")
    first, second = windows(), windows()
    assert sorted([first.seen(), second.seen()]) == [[], ["precious"]]
    assert autosaves.left_behind() == []
    first.kill()  # without an answer
    second.kill()
    assert contents(autosaves.left_behind()) == ["precious"]


def test_recoverable_runs_come_newest_first_and_put_off_ones_come_again(autosaves):
    for content, saved in (("b", 2e9), ("a", 1e9), ("c", 3e9)):
        abandoned(autosaves, content, saved)
    left = autosaves.left_behind()
    assert contents(left) == ["c", "b", "a"]
    assert autosaves.left_behind() == []  # they are reserved
    autosaves.put_off(left[1])
    assert contents(autosaves.left_behind()) == ["b"]


def test_a_discarded_run_leaves_nothing(autosaves, windows, folder):
    window = windows("unwanted")
    window.seen()
    window.kill()
    (recoverable,) = autosaves.left_behind()
    autosaves.discard(recoverable)
    assert left(folder) == []
    autosaves.discard(recoverable)  # twice is as good as once
    autosaves.put_off(recoverable)
    assert left(folder) == []


def test_an_adopted_run_is_the_window_s_own_autosave_from_then_on(autosaves, windows, folder):
    abandoned(autosaves, "go on with me")
    claim = autosaves.claim()
    claim.path.write_text("an empty run that nobody wants")
    (recoverable,) = autosaves.left_behind()
    claim.adopt(recoverable)
    assert claim.path.read_text() == "go on with me"
    assert not recoverable.path.parent.exists()
    assert windows().seen() == []
    claim.release(keep=True)
    assert autosaves.last().read_text() == "go on with me"


def test_a_closed_window_s_run_is_the_last_one_until_the_next_is_closed(autosaves, folder):
    for content in ("first", "second", ""):
        claim = autosaves.claim()
        if content:
            claim.path.write_text(content)
            claim.part.write_text("half")
        claim.release(keep=True)
    assert (
        autosaves.last().read_text() == "second"
    )  # a window where nothing happened changes nothing
    assert [run.path.read_text() for run in autosaves.runs.listed()] == ["second", "first"]
    assert not list(folder.glob("window-*"))
    claim.release(keep=True)
    assert len(autosaves.runs.listed()) == 2


def test_what_an_earlier_version_kept_is_among_the_recent_runs(autosaves, folder):
    folder.mkdir(parents=True)
    (folder / "last.nnviz").write_text("of an earlier version")
    assert autosaves.last().read_text() == "of an earlier version"
    assert autosaves.last().parent == autosaves.runs.folder
    assert not (folder / "last.nnviz").exists()


def test_a_run_put_among_the_recent_ones_is_offered_no_more(autosaves):
    abandoned(autosaves, "go on with me one day")
    (recoverable,) = autosaves.left_behind()
    autosaves.keep_as_recent(recoverable)
    assert autosaves.left_behind() == []
    assert autosaves.last().read_text() == "go on with me one day"


def test_a_run_that_is_not_to_be_kept_is_deleted(autosaves, folder):
    claim = autosaves.claim()
    claim.path.write_text("secret")
    claim.release(keep=False)
    assert left(folder) == []
    assert autosaves.last() is None


def test_a_claim_may_be_released_by_another_thread(autosaves, folder):
    claim = autosaves.claim()
    thread = Thread(target=lambda: claim.release(keep=False))
    thread.start()
    thread.join()
    assert left(folder) == []


def test_folders_of_dead_windows_without_a_run_are_removed(autosaves, folder, windows):
    window = windows()
    window.seen()
    window.kill()
    assert len(left(folder)) == 2
    empty = abandoned(autosaves, "")
    empty.part.write_text("killed during its first save")
    (folder / "window-nolock").mkdir()
    assert autosaves.left_behind() == []
    assert left(folder) == []


def test_foreign_and_broken_things_are_neither_offered_nor_deleted(autosaves, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "session.nnviz").write_text("not ours")
    folder.mkdir(parents=True)
    (folder / "window-link").symlink_to(outside)
    (folder / "window-file").write_text("a file")
    (folder / "holiday").mkdir()
    (folder / "window-photos").mkdir()
    (folder / "window-photos" / "cat.jpg").write_text("a cat")
    (folder / "window-odd" / "session.nnviz").mkdir(parents=True)
    (folder / "window-lock" / "lock").mkdir(parents=True)
    (folder / "last.nnviz").mkdir()
    assert autosaves.left_behind() == []
    assert autosaves.last() is None
    assert (outside / "session.nnviz").read_text() == "not ours"
    for name in ("window-file", "holiday", "window-photos/cat.jpg", "window-odd/session.nnviz"):
        assert (folder / name).exists()
    claim = autosaves.claim()
    claim.path.write_text("run")
    (folder / "runs").write_text("in the way")
    claim.release(keep=True)  # the run stays to be offered
    assert contents(autosaves.left_behind()) == ["run"]


def test_a_session_whose_lock_file_was_lost_is_still_offered(autosaves, folder):
    home = abandoned(autosaves, "run").path.parent
    (home / "lock").unlink()
    assert contents(autosaves.left_behind()) == ["run"]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "home").write_text("a file where a folder should be")
    autosaves = Autosaves(tmp_path / "home" / "autosave")
    with pytest.raises(AutosaveError, match="could not be made: ") as caught:
        autosaves.claim()
    assert str(caught.value).endswith("save it yourself.")
    assert autosaves.left_behind() == []
    assert autosaves.last() is None


def test_a_read_only_folder_is_one_sentence(autosaves, folder):
    claim = abandoned(autosaves, "run")
    folder.chmod(0o500)
    claim.path.parent.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write everywhere")
        with pytest.raises(AutosaveError, match="Permission denied"):
            autosaves.claim()
        left = autosaves.left_behind()  # the locks are there: it can be read and offered
        assert contents(left) == ["run"]
        autosaves.discard(left[0])  # in vain
        assert claim.path.exists()
    finally:
        folder.chmod(0o700)
        claim.path.parent.chmod(0o700)


@pytest.mark.parametrize("reason", [OSError(30, "Read-only file system"), OSError(38, "No locks")])
def test_where_locks_do_not_work_it_is_one_sentence_and_no_litter(
    autosaves, folder, monkeypatch, reason
):
    gate = []

    def acquire(lock, *args, **kwargs):
        if not gate:  # the first one works, the window's own does not
            gate.append(lock)
            return
        raise reason

    monkeypatch.setattr(filelock.FileLock, "acquire", acquire)
    with pytest.raises(AutosaveError, match=reason.strerror):
        autosaves.claim()
    assert left(folder) == []


def test_a_window_that_hangs_at_the_gate_does_not_hang_the_next_one(
    autosaves, folder, monkeypatch, caplog
):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    claim = autosaves.claim()
    claim.path.write_text("run")
    recoverable = abandoned(autosaves, "abandoned")
    (found,) = autosaves.left_behind()
    with filelock.FileLock(folder / "gate.lock"):
        with pytest.raises(AutosaveError, match="does not answer"):
            autosaves.claim()
        assert autosaves.left_behind() == []
        with pytest.raises(AutosaveError, match="does not answer"):
            claim.adopt(found)
        autosaves.discard(found)
        claim.release(keep=True)
    assert sorted(contents(autosaves.left_behind())) == ["abandoned", "run"]
    assert recoverable.path.exists()
    assert "could not be" in caplog.text


def test_a_child_of_the_process_does_not_keep_the_lock(autosaves, folder):
    claim = autosaves.claim()
    claim.path.write_text("run")
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    claim._lock.release()
    assert contents(autosaves.left_behind()) == ["run"]
    child.communicate(b"\n")


def test_other_names_than_ours_are_not_looked_at(autosaves, folder):
    (folder / "backup").mkdir(parents=True)
    (folder / "backup" / "session.nnviz").write_text("by hand")
    assert autosaves.left_behind() == []
    assert Path(folder / "backup" / "session.nnviz").exists()


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are those of POSIX")
def test_nobody_else_can_read_what_is_kept(tmp_path):
    folder = tmp_path / "autosave"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)  # as earlier versions made it
    before = os.umask(0o022)
    try:
        autosaves = Autosaves(folder)
        claim = autosaves.claim()
        save_session(claim.path, small(), part=claim.part)
        inside = claim.path.stat().st_mode & 0o777
        claim.release(keep=True)
        shelved = autosaves.runs.place({})
        save_session(shelved, small())
        autosaves.runs.came(shelved, {})
    finally:
        os.umask(before)
    assert inside == 0o600
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            assert path.stat().st_mode & 0o077 == 0, path
        elif path.suffix == ".nnviz":
            assert path.stat().st_mode & 0o777 == 0o600, path
    assert len(list(folder.rglob("*.nnviz"))) == 2
