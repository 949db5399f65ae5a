"""The autosave thread writes what it is asked to, in order; a disk that fails stops nothing."""

import errno
import os
import threading
from pathlib import Path
from time import perf_counter, sleep

import pytest

from nnviz.data.dataset import Dataset
from nnviz.errors import NnvizError
from nnviz.messages.events import Failure, Notice, RunKept, Saved
from nnviz.runtime import autosave_thread as module
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.mailbox import Mailbox
from tests.runtime.conftest import random_dataset

AUTOSAVE = Path("autosave.nnviz")
PART = Path("autosave.part")


def full_disk():
    try:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        raise NnvizError("It could not be saved; make room.") from error


class Disk:
    """Stands for the disk: notes what is written, slowly or not at all if told so."""

    def __init__(self):
        self.mailbox = Mailbox()
        self.written = []
        self.parts = []
        self.marks = []
        self.failing = None
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()
        self.go.set()
        self.autosave_threads = []

    def save(self, path, session, *, part=None, unwanted=lambda: False):
        self.begun.release()
        assert self.go.wait(60)
        if unwanted():
            return False
        if self.failing is not None:
            self.failing()
        self.written.append((path, session.record))
        self.parts.append(part)
        self.marks.append(session.marks)
        return True

    def autosave_thread(self, autosave=AUTOSAVE, **options):
        autosave_thread = AutosaveThread(self.save, self.mailbox, autosave, PART, **options)
        self.autosave_threads.append(autosave_thread)
        autosave_thread.start()
        return autosave_thread

    def wait_for_begin(self):
        assert self.begun.acquire(timeout=60)

    def events(self):
        found = []
        while (event := self.mailbox.take_event()) is not None:
            found.append(event)
        return found


def settled(autosave_thread):
    """Wait until the autosave thread has nothing left to do."""
    end = perf_counter() + 10
    while autosave_thread._busy:
        assert perf_counter() < end
        sleep(0.001)


@pytest.fixture
def disk():
    disk = Disk()
    yield disk
    disk.go.set()
    for autosave_thread in disk.autosave_threads:
        assert autosave_thread.stop()


@pytest.fixture
def dataset():
    return random_dataset()


def test_an_autosave_is_written_with_marks_of_its_data_under_the_part_name(disk, dataset):
    disk.autosave_thread().autosave("record", {"/my/digits": dataset})
    disk.wait_for_begin()
    settled(disk.autosave_threads[0])
    assert disk.written == [(AUTOSAVE, "record")]
    assert disk.parts == [PART]
    ((mark,),) = disk.marks
    assert (mark.name, mark.fingerprint) == ("/my/digits", dataset.fingerprint())
    assert mark.description == dataset.description
    assert disk.events() == []


def test_a_save_that_was_asked_for_is_told_and_leaves_the_part_name_alone(disk):
    autosave_thread = disk.autosave_thread()
    autosave_thread.save(Path("mine.nnviz"), "record", {})
    settled(autosave_thread)
    assert disk.written == [(Path("mine.nnviz"), "record")]
    assert disk.parts == [None]
    assert disk.events() == [Saved(Path("mine.nnviz"))]


def test_what_is_on_its_way_to_a_file_is_known_until_it_stands_there(disk, dataset):
    disk.go.clear()
    autosave_thread, mine = disk.autosave_thread(), Path("mine.nnviz")
    for path, record in ((Path("other.nnviz"), "other"), (mine, "first"), (mine, "last")):
        autosave_thread.save(path, record, {"digits": dataset})
    disk.wait_for_begin()
    assert autosave_thread.on_its_way(Path("other.nnviz"))[0] == "other"
    assert autosave_thread.on_its_way(mine) == ("last", {"digits": dataset})
    assert autosave_thread.on_its_way(Path("another.nnviz")) is None
    disk.go.set()
    settled(autosave_thread)
    assert disk.written[-1] == (mine, "last")
    assert autosave_thread.on_its_way(mine) is None


def test_the_latest_autosave_wins_and_no_asked_one_is_dropped(disk):
    disk.go.clear()
    autosave_thread = disk.autosave_thread()
    autosave_thread.autosave("first", {})
    disk.wait_for_begin()
    autosave_thread.autosave("second", {})
    autosave_thread.save(Path("a"), "second", {})
    autosave_thread.autosave("third", {})
    autosave_thread.save(Path("b"), "third", {})
    disk.go.set()
    settled(autosave_thread)
    assert disk.written == [
        (AUTOSAVE, "first"),
        (Path("a"), "second"),
        (Path("b"), "third"),
        (AUTOSAVE, "third"),
    ]


def test_without_a_place_for_autosaves_only_what_is_asked_for_is_written(disk):
    autosave_thread = disk.autosave_thread(autosave=None)
    assert not autosave_thread.due(perf_counter() + 1e6)
    autosave_thread.autosave("record", {})
    autosave_thread.save(Path("a"), "record", {})
    assert autosave_thread.stop()
    assert disk.written == [(Path("a"), "record")]


def test_asking_never_waits_for_the_disk(disk):
    disk.go.clear()
    autosave_thread = disk.autosave_thread()
    autosave_thread.autosave("first", {})
    disk.wait_for_begin()
    for _ in range(100):  # none of it comes back before the disk has answered, if it waits at all
        autosave_thread.autosave("record", {})
        autosave_thread.save(Path("a"), "record", {})
    assert disk.written == []
    assert not autosave_thread.due(perf_counter() + 1e6)


def test_it_is_due_after_the_interval_and_never_while_something_is_written(disk):
    disk.go.clear()
    begun = perf_counter()
    autosave_thread = disk.autosave_thread()
    assert not autosave_thread.due(begun + module.INTERVAL - 0.1)
    assert autosave_thread.due(perf_counter() + module.INTERVAL)
    autosave_thread.autosave("record", {})
    assert not autosave_thread.due(perf_counter() + 1e6)
    disk.wait_for_begin()
    assert not autosave_thread.due(perf_counter() + 1e6)
    disk.go.set()
    settled(autosave_thread)
    assert not autosave_thread.due(begun + module.INTERVAL - 0.1)
    assert autosave_thread.due(perf_counter() + module.INTERVAL)


@pytest.mark.parametrize(
    ("took", "pause"),
    [(0.0, 5.0), (0.4, 5.0), (0.6, 6.0), (0.9, 9.0), (1.0, 9.0), (3.0, 7.0), (60.0, 5.0)],
)
def test_a_slower_disk_is_asked_less_often_but_no_more_than_ten_seconds_are_lost(
    disk, monkeypatch, took, pause
):
    now = [100.0]
    monkeypatch.setattr(module, "perf_counter", lambda: now[0])
    disk.failing = lambda: now.__setitem__(0, now[0] + took)  # time passes, nothing fails
    autosave_thread = disk.autosave_thread()
    autosave_thread.autosave("record", {})
    settled(autosave_thread)
    assert not autosave_thread.due(100 + pause - 0.01)
    assert autosave_thread.due(100 + pause + 0.01)
    if took <= module.LONGEST - module.INTERVAL:
        assert pause + took <= module.LONGEST + 1e-9


def test_hashing_the_data_for_the_first_time_does_not_count_as_a_slow_disk(disk, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(module, "perf_counter", lambda: now[0])

    class Large(Dataset):
        def fingerprint(self):
            now[0] += 0.9
            return "f"

    small = random_dataset()
    large = Large("large", small.x_train, small.y_train, small.x_test, small.y_test)
    autosave_thread = disk.autosave_thread()
    autosave_thread.autosave("record", {"large": large})
    settled(autosave_thread)
    assert autosave_thread.due(100 + module.INTERVAL + 0.01)


def test_a_full_disk_is_told_once_and_again_only_after_a_success_in_between(disk):
    autosave_thread = disk.autosave_thread()

    def autosave(times=1):
        for _ in range(times):
            autosave_thread.autosave("record", {})
            settled(autosave_thread)
        return disk.events()

    disk.failing = full_disk
    (notice,) = autosave(5)
    assert isinstance(notice, Notice)
    assert notice.sentence == (
        f"The run cannot be kept safe: {os.strerror(errno.ENOSPC)}; training goes on, make room "
        "or save it elsewhere."
    )
    disk.failing = None
    assert autosave(2) == []
    disk.failing = full_disk
    assert autosave(3) == [notice]
    assert len(disk.written) == 2


def test_a_failed_autosave_is_tried_again_after_a_while(disk):
    disk.failing = full_disk
    autosave_thread = disk.autosave_thread()
    begun = perf_counter()
    autosave_thread.autosave("record", {})
    settled(autosave_thread)
    assert not autosave_thread.due(begun + module.LONGEST - 0.1)
    assert autosave_thread.due(perf_counter() + module.LONGEST)


def test_a_failed_save_is_told_every_time_and_does_not_silence_autosaves(disk):
    disk.failing = full_disk
    autosave_thread = disk.autosave_thread()
    for _ in range(2):
        autosave_thread.save(Path("a"), "record", {})
    autosave_thread.autosave("record", {})
    settled(autosave_thread)
    first, second, notice = disk.events()
    assert first == second == Failure("It could not be saved; make room.")
    assert isinstance(notice, Notice)


def test_a_bug_is_told_once_logged_and_survived(disk, caplog):
    def bug():
        raise RuntimeError("a bug")

    disk.failing = bug
    autosave_thread = disk.autosave_thread()
    for _ in range(3):
        autosave_thread.autosave("record", {})
        settled(autosave_thread)
    autosave_thread.save(Path("a"), "record", {})
    settled(autosave_thread)
    notice, failure = disk.events()
    assert "RuntimeError" in notice.sentence
    assert notice.sentence.count(".") == 1
    assert "RuntimeError" in failure.sentence
    assert "a bug" in failure.details
    assert "a bug" in caplog.text
    disk.failing = None
    autosave_thread.autosave("record", {})
    autosave_thread.save(Path("b"), "record", {})
    assert autosave_thread.stop()
    assert {path for path, _ in disk.written} == {AUTOSAVE, Path("b")}


def test_stopping_finishes_a_slow_save_and_writes_what_waits(disk):
    disk.go.clear()
    autosave_thread = disk.autosave_thread()
    autosave_thread.save(Path("first"), "first", {})
    disk.wait_for_begin()
    autosave_thread.save(Path("a"), "second", {})
    autosave_thread.autosave("second", {})
    assert not autosave_thread.stop(timeout=0.05)  # the disk is too slow for that
    threading.Timer(0.1, disk.go.set).start()
    assert autosave_thread.stop()
    assert [record for _, record in disk.written] == ["first", "second", "second"]


def test_one_that_is_told_to_end_soon_still_writes_what_is_handed_over_last(disk):
    disk.go.clear()
    autosave_thread = disk.autosave_thread()
    autosave_thread.save(Path("a"), "first", {})
    disk.wait_for_begin()
    autosave_thread.end_soon()
    disk.go.set()
    settled(autosave_thread)
    autosave_thread.autosave("last", {})  # as the worker does, which had been told as well
    assert autosave_thread.stop()
    assert [record for _, record in disk.written] == ["first", "last"]


def test_a_autosave_thread_that_never_began_stops_at_once(disk):
    assert AutosaveThread(disk.save, disk.mailbox).stop()


class Gone:
    """A record of a run that gave way."""

    view = {"key": "k"}  # noqa: RUF012


class KeptRuns:
    """Recent runs that note what came."""

    def __init__(self):
        self.arrived = []

    def place(self, view):
        return Path(f"{view['key']}.nnviz")

    def came(self, path, view):
        self.arrived.append((path, view))

    def mark(self, path):
        return None


def test_a_run_that_gives_way_is_set_aside_without_a_word_unless_that_fails(disk):
    recent_runs, old = KeptRuns(), Gone()
    autosave_thread = disk.autosave_thread(recent_runs=recent_runs)
    autosave_thread.set_aside(old, {})
    settled(autosave_thread)
    assert disk.written == [(Path("k.nnviz"), old)]
    assert recent_runs.arrived == [(Path("k.nnviz"), old.view)]
    assert disk.events() == [RunKept()]
    disk.failing = full_disk
    autosave_thread.set_aside(old, {})
    settled(autosave_thread)
    (notice,) = disk.events()
    assert isinstance(notice, Notice)
    nowhere = disk.autosave_thread()
    nowhere.set_aside(old, {})
    settled(nowhere)
    assert len(disk.written) == len(recent_runs.arrived) == 1


def test_each_run_that_could_not_be_set_aside_is_told_with_the_way_back(disk):
    autosave_thread = disk.autosave_thread(recent_runs=KeptRuns(), interval=0)
    disk.failing = full_disk
    autosave_thread.autosave("now", {})
    settled(autosave_thread)
    (once,) = disk.events()
    for _ in range(2):
        autosave_thread.set_aside(Gone(), {})
        settled(autosave_thread)
        (notice,) = disk.events()
        assert notice != once
        assert os.strerror(errno.ENOSPC) in notice.sentence
        assert "Ctrl+Z" in notice.sentence
    assert autosave_thread.keeps_recent_runs
    assert not disk.autosave_thread().keeps_recent_runs


def test_an_autosave_goes_once_its_run_is_set_aside_but_nobody_elses(disk, tmp_path):
    autosave = tmp_path / "session.nnviz"
    noted = disk.save

    def save(path, session, **options):
        written = noted(path, session, **options)
        if path == autosave:
            path.write_text("of the run")
        return written

    disk.save = save
    autosave_thread = disk.autosave_thread(autosave, recent_runs=KeptRuns(), interval=0)
    autosave_thread.autosave("now", {})
    settled(autosave_thread)
    autosave_thread.set_aside(Gone(), {})
    settled(autosave_thread)
    assert not autosave.exists()
    autosave_thread.autosave("later", {})
    settled(autosave_thread)
    autosave.write_text("of a run that was taken over")
    autosave_thread.set_aside(Gone(), {})
    settled(autosave_thread)
    assert autosave.exists()


@pytest.mark.parametrize("path", [None, Path("asked.nnviz")])
def test_on_closing_an_autosave_is_given_up_for_the_last_one_but_no_file_asked_for(disk, path):
    autosave_thread = disk.autosave_thread()
    disk.go.clear()
    if path is None:
        autosave_thread.autosave("older", {})
    else:
        autosave_thread.save(path, "older", {})
    disk.wait_for_begin()
    autosave_thread.autosave("last", {})
    closing = threading.Thread(target=autosave_thread.stop)
    closing.start()
    while not autosave_thread._stopping:
        sleep(0.001)
    disk.go.set()
    closing.join()
    expected = [(AUTOSAVE, "last")] if path is None else [(path, "older"), (AUTOSAVE, "last")]
    assert disk.written == expected
