"""Threads that compute beside training give way to it and to the window."""

import os
import sys
import threading

import pytest

from nnviz.runtime import thread_priority
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.thread_priority import (
    GIVES_WAY,
    PROCESS_GIVES_WAY,
    give_way,
    give_way_as_process,
)
from nnviz.runtime.worker import Worker


def niceness():
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


class Telling(BackgroundThread):
    """Notes how nice its thread is."""

    def _work(self):
        self.found = niceness()


def found_by(kind):
    thread = kind("telling", Mailbox())
    thread.start()
    thread._thread.join(10)
    return thread.found


@pytest.mark.skipif(sys.platform != "linux", reason="niceness is the whole process's there")
def test_who_computes_beside_training_gives_way_to_it():
    here = niceness()
    assert found_by(Telling) == min(here + GIVES_WAY, 19)

    class Training(Telling):
        BESIDE = Worker.BESIDE

    assert found_by(Training) == here == niceness()


def test_a_process_that_trains_gives_way_to_all_that_may_hold_a_lock(monkeypatch):
    nicer = []
    monkeypatch.setattr(thread_priority.os, "nice", nicer.append, raising=False)
    give_way_as_process()
    assert nicer == [PROCESS_GIVES_WAY]
    assert PROCESS_GIVES_WAY > GIVES_WAY > 0
    monkeypatch.delattr(thread_priority.os, "nice")
    give_way_as_process()  # as on Windows


def test_where_threads_may_not_be_told_apart_they_go_on_as_they_are(monkeypatch):
    def forbidden(*_):
        raise PermissionError("not here")

    monkeypatch.setattr(thread_priority.sys, "platform", "linux")
    monkeypatch.setattr(thread_priority.os, "setpriority", forbidden, raising=False)
    monkeypatch.setattr(thread_priority.os, "getpriority", lambda *_: 0, raising=False)
    monkeypatch.setattr(thread_priority.os, "PRIO_PROCESS", 0, raising=False)
    give_way()
