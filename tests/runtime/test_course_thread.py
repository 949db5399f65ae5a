"""The course thread: opens one course after another, tells how far it is, and can be called off."""

import threading
from pathlib import Path

import pytest

from nnviz.errors import NnvizError
from nnviz.messages.events import COURSE, CourseRead, Failure, Loading
from nnviz.runtime.course_thread import CourseThread
from nnviz.runtime.mailbox import Mailbox
from tests.waiting import until

A, B = Path("a"), Path("b.zip")


class Stage:
    def __init__(self):
        self.mailbox, self.heard = Mailbox(), []
        self.goes_on, self.begun = threading.Event(), threading.Event()
        self.thread = CourseThread(self.open, self.mailbox)

    def open(self, path, progress):
        progress(0.25, f"Opening {path}")
        self.begun.set()
        if path == B:
            while not self.goes_on.wait(0.001):
                progress(0.5, f"Opening {path}")
        if path.suffix == ".bad":
            raise NnvizError("It is damaged: ask for it anew.")
        if path.suffix == ".bug":
            raise ZeroDivisionError
        return path.name.upper()

    def of(self, kind):
        while (event := self.mailbox.take_event()) is not None:
            self.heard.append(event)
        return [event for event in self.heard if isinstance(event, kind)]

    def over(self, times=1):
        told = [one for one in self.of(Loading) if one.fraction == 1]
        return len(told) >= times


@pytest.fixture
def stage():
    stage = Stage()
    stage.thread.start()
    yield stage
    assert stage.thread.stop()


def test_no_thread_lives_before_a_course_is_opened(stage):
    assert stage.thread._thread.ident is None


def test_courses_are_opened_one_after_another_and_how_far_is_told(stage):
    stage.thread.open(A)
    stage.goes_on.set()
    stage.thread.open(B)
    until(lambda: stage.over(2))
    assert [(one.path, one.course) for one in stage.of(CourseRead)] == [(A, "A"), (B, "B.ZIP")]
    first = stage.of(Loading)[0]
    assert (first.text, first.fraction, first.stoppable, first.who) == (
        *("Opening a", 0.25, True, COURSE),
    )


@pytest.mark.parametrize("ending", ["bad", "bug"])
def test_what_cannot_be_opened_is_told_and_the_next_can_be(stage, ending):
    stage.thread.open(Path(f"c.{ending}"))
    until(lambda: stage.over() and bool(stage.of(Failure)))
    (failure,) = stage.of(Failure)
    assert ("ask for it anew" in failure.sentence) == (ending == "bad")
    stage.thread.open(A)
    until(lambda: stage.over(2))
    assert len(stage.of(CourseRead)) == 1


def test_called_off_it_ends_in_the_midst_of_it_and_says_nothing(stage):
    stage.thread.open(B)
    assert stage.begun.wait(60)
    stage.thread.open(A)
    stage.thread.call_off()
    until(stage.over)
    assert stage.of(CourseRead) == []
    assert stage.of(Failure) == []
    stage.thread.open(A)
    until(lambda: bool(stage.of(CourseRead)))
