"""A helper's thread: begins, is woken up, ends within its time."""

import threading
import weakref

from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox


class Counter(BackgroundThread):
    """Counts how often it is woken up; may refuse to end."""

    def __init__(self, stubborn=None):
        super().__init__("counter", Mailbox())
        self.stubborn = stubborn
        self.asked = self.done = 0

    def ask(self):
        with self._changed:
            self.asked += 1
            self._changed.notify()

    def _work(self):
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self.asked > self.done)
                if self._stopping:
                    break
                self.done += 1
        if self.stubborn is not None:
            self.stubborn.wait()


def test_it_works_until_it_is_stopped(qtbot):
    counter = Counter()
    counter.start()
    counter.ask()
    qtbot.waitUntil(lambda: counter.done == 1)
    assert [t.name for t in threading.enumerate()].count("nnviz-counter") == 1
    assert counter.stop()
    counter.ask()
    assert counter.done == 1


def test_one_that_was_never_started_is_stopped_at_once():
    assert Counter().stop()


def test_one_that_does_not_end_is_not_waited_for_any_longer():
    enough = threading.Event()
    counter = Counter(stubborn=enough)
    counter.start()
    assert not counter.stop(timeout=0.05)
    enough.set()
    assert counter.stop()


class Task:
    """Something large that is to be done."""


def test_nothing_is_held_of_a_task_that_is_done(qtbot):
    thread, task = BackgroundThread("helper", Mailbox()), Task()
    done = threading.Event()
    thread._do = lambda _task: done.set()
    gone = weakref.ref(task)
    thread.start()
    thread._put(task)
    del task
    assert done.wait(60)
    qtbot.waitUntil(lambda: gone() is None)
    assert thread.stop()
