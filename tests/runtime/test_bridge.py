"""The bridge: values reach the GUI thread at display rate, and whoever listens to their type."""

import gc
import threading
import weakref
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QObject, QThread, QTimer

from nnviz.engine import Network
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Landscape, PlaneRequest
from nnviz.messages import commands
from nnviz.messages.command import Command, RunCommand
from nnviz.messages.commands import Start
from nnviz.messages.events import Failure, Surveying
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.bridge import SOON, SOON_MS, Bridge
from nnviz.runtime.mailbox import Mailbox
from tests.runtime.conftest import RECIPE


def bridge_of(stage):
    autosave_thread = AutosaveThread(stage.save, stage.mailbox)
    bridge = Bridge(stage.mailbox, (autosave_thread, stage.worker, stage.landscape_thread))
    bridge.take(RunCommand, stage.worker.send)
    bridge.answer(PlaneRequest, stage.landscape_thread.ask, stage.landscape_thread.cancel)
    return bridge


def heard(bridge, kind):
    """A list to which every event of a type is added."""
    events = []
    bridge.on(kind, events.append)
    return events


def test_snapshots_arrive_on_the_gui_thread(qtbot, stage):
    bridge = bridge_of(stage)
    seen = []
    bridge.on(Snapshot, lambda s: seen.append((s, threading.current_thread())))
    bridge.start()
    bridge.send(Start(RECIPE))
    bridge.send(commands.Play())
    qtbot.waitUntil(lambda: len(seen) > 5)
    assert {thread for _, thread in seen} == {threading.main_thread()}
    assert bridge.thread() is QThread.currentThread()
    steps = [snapshot.step for snapshot, _ in seen]
    assert steps == sorted(steps)
    assert bridge.stop()


def test_no_single_step_is_skipped_on_screen(qtbot, stage):
    bridge = bridge_of(stage)
    steps = []
    bridge.on(Snapshot, lambda snapshot: steps.append(snapshot.step))
    bridge.start()
    bridge.send(Start(RECIPE))
    for _ in range(15):
        bridge.send(commands.StepMinibatch())
    qtbot.waitUntil(lambda: steps[-1:] == [15])
    assert steps == list(range(16))
    assert bridge.stop()


def request(generation, points=5):
    return PlaneRequest(generation, 1, RECIPE, 0, Network(RECIPE).theta, 0, 5, 1.0, points, 30)


def generations(landscapes):
    return [landscape.request.generation for landscape in landscapes]


def test_of_one_asker_s_requests_the_newest_is_answered(qtbot, stage):
    bridge, asker = bridge_of(stage), object()
    answers, moments = heard(bridge, Landscape), heard(bridge, Snapshot)
    bridge.start()
    bridge.send(Start(RECIPE))
    qtbot.waitUntil(lambda: bool(moments))
    for generation in (1, 2, 3):
        bridge.ask(request(generation, points=2001 if generation < 3 else 5), asker)
    qtbot.waitUntil(lambda: bool(answers))
    assert generations(answers) == [3]
    assert bridge.stop()


def test_two_who_ask_are_both_answered_and_one_calls_off_its_own_alone(qtbot, stage):
    bridge, one, two = bridge_of(stage), object(), object()
    answers, moments = heard(bridge, Landscape), heard(bridge, Snapshot)
    bridge.start()
    bridge.send(Start(RECIPE))
    qtbot.waitUntil(lambda: bool(moments))
    bridge.ask(request(1), one)
    bridge.ask(request(2), two)
    qtbot.waitUntil(lambda: generations(answers) == [1, 2])
    told = heard(bridge, Surveying)
    bridge.ask(request(3, points=2001), one)
    qtbot.waitUntil(lambda: bool(told))
    bridge.ask(request(4), two)
    bridge.call_off(PlaneRequest, two)
    bridge.ask(request(5), two)
    bridge.call_off(PlaneRequest, one)
    qtbot.waitUntil(lambda: generations(answers) == [1, 2, 5])
    assert bridge.stop()


def test_progress_of_a_surface_arrives_and_it_can_be_cancelled(qtbot, stage):
    bridge, asker = bridge_of(stage), object()
    answers, told = heard(bridge, Landscape), heard(bridge, Surveying)
    moments = heard(bridge, Snapshot)
    bridge.start()
    bridge.send(Start(RECIPE))
    qtbot.waitUntil(lambda: bool(moments))
    bridge.ask(request(1, points=2001), asker)
    qtbot.waitUntil(lambda: bool(told))
    bridge.call_off(PlaneRequest, asker)
    qtbot.waitUntil(lambda: told[-1].fraction == 1)
    assert {progress.generation for progress in told} == {1}
    assert not answers
    bridge.ask(request(2), asker)
    qtbot.waitUntil(lambda: bool(answers))
    assert bridge.stop()


def test_failures_arrive(qtbot, stage):
    bridge = bridge_of(stage)
    failures = heard(bridge, Failure)
    bridge.start()
    bridge.send(Start(replace(RECIPE, dataset="missing")))
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].sentence == "There is no such data."
    assert bridge.stop()


# -- who takes and who hears ----------------------------------------------------------------------


def test_a_new_event_needs_no_second_place(qtbot):
    @dataclass(frozen=True, slots=True)
    class Bell:
        times: int

    mailbox = Mailbox()
    bridge = Bridge(mailbox)
    rung, failures = heard(bridge, Bell), heard(bridge, Failure)
    bridge.start()
    mailbox.put_event(Bell(3))  # as a thread does
    qtbot.waitUntil(lambda: rung == [Bell(3)])
    bridge.publish(Bell(1))  # as a view does
    assert rung == [Bell(3), Bell(1)]
    assert failures == []
    assert bridge.stop()


def test_a_new_command_needs_no_second_place(qapp):
    @dataclass(frozen=True, slots=True)
    class Whistle(Command):
        tune: str

    @dataclass(frozen=True, slots=True)
    class Hurry(RunCommand):
        pass

    bridge, run, whistled = Bridge(Mailbox()), [], []
    bridge.take(RunCommand, run.append)
    bridge.take(Whistle, whistled.append)
    bridge.send(Hurry())  # goes where its base goes
    bridge.send(Whistle("a"))
    assert (run, whistled) == ([Hurry()], [Whistle("a")])
    assert Hurry.stops_play  # what it does not say is the usual
    assert not Hurry.leaves_tip


def test_a_command_that_nobody_takes_is_a_mistake(qapp):
    with pytest.raises(TypeError, match="nobody takes Play"):
        Bridge(Mailbox()).send(commands.Play())


def test_an_event_that_nobody_hears_is_none(qapp):
    Bridge(Mailbox()).publish(Failure("unheard"))


def test_who_listens_is_let_go_and_not_called_any_more(qapp):
    class Listener(QObject):
        def hear(self, failure):
            calls.append(failure)

    calls, bridge, listener = [], Bridge(Mailbox()), Listener()
    bridge.on(Failure, listener.hear)
    bridge.publish(Failure("one"))
    gone = weakref.ref(listener)
    del listener
    gc.collect()
    bridge.publish(Failure("two"))
    assert gone() is None
    assert calls == [Failure("one")]


class Told:
    """A thread that notes what it is asked for, in a list that others share."""

    def __init__(self, name, notes, ends=True):
        self.name, self.notes, self.ends = name, notes, ends

    def start(self):
        self.notes.append(("start", self.name))

    def end_soon(self):
        self.notes.append(("told", self.name))

    def stop(self):
        self.notes.append(("joined", self.name))
        return self.ends


def test_all_threads_are_told_to_end_before_one_is_waited_for(qapp):
    notes = []
    threads = [Told(name, notes) for name in ("autosave", "worker", "landscape")]
    bridge = Bridge(Mailbox(), threads, [Told("data", notes, ends=False)])
    bridge.start()
    notes.clear()
    assert bridge.stop(), "helpers need not have ended"
    assert {what for what, _ in notes[:4]} == {"told"}
    assert {what for what, _ in notes[4:]} == {"joined"}
    assert [name for _, name in notes[5:]] == ["landscape", "worker", "autosave"]


def test_a_thread_that_does_not_end_is_told_of(qapp):
    assert not Bridge(Mailbox(), [Told("worker", [], ends=False)]).stop()


def test_one_that_was_stopped_holds_nobody_and_hears_nothing(qapp):
    class Window:
        def __init__(self, bridge):
            bridge.take(Command, lambda command: calls.append((self, command)))
            bridge.answer(PlaneRequest, lambda *asked: calls.append((self, asked)), self.forget)
            bridge.on(Failure, lambda failure: calls.append((self, failure)))

        def forget(self, asker):
            calls.append((self, asker))

    calls, bridge = [], Bridge(Mailbox())
    gone = weakref.ref(Window(bridge))
    assert gone() is not None
    assert bridge.stop()
    gc.collect()
    assert gone() is None
    bridge.send(commands.Play())
    bridge.ask(request(1), calls)
    bridge.call_off(PlaneRequest, calls)
    bridge.publish(Failure("unheard"))
    assert calls == []
    late = weakref.ref(Window(bridge))  # such as a view that was built while all closes
    assert late() is None


def test_it_may_be_stopped_by_one_whom_it_tells_something(qapp):
    bridge, heard_of = Bridge(Mailbox()), []
    bridge.on(Failure, lambda _: bridge.stop())
    bridge.on(Failure, heard_of.append)
    bridge.publish(Failure("the last"))
    assert heard_of == [Failure("the last")]  # this one is still told to all
    bridge.publish(Failure("unheard"))
    assert len(heard_of) == 1


def test_a_moment_that_is_late_is_shown_as_soon_as_it_is_there(qtbot, stage):
    """It does not wait for another frame to pass; where none comes the bridge calms down."""
    bridge = bridge_of(stage)
    moments = heard(bridge, Snapshot)
    timer = bridge.findChild(QTimer)
    bridge.poll_every(0.025)
    assert timer.interval() == 25
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    stage.mailbox.put_snapshot(stage.snapshot())
    bridge._poll()
    assert len(moments) == 1
    assert timer.interval() == 25
    bridge._poll()
    assert timer.interval() == SOON_MS
    bridge.poll_every(0.02)
    assert timer.interval() == SOON_MS, "the next frames are another matter"
    stage.mailbox.put_snapshot(moments[0])
    bridge._poll()
    assert timer.interval() == 20
    for _ in range(SOON):
        bridge._poll()
    assert timer.interval() == 20
    bridge._poll()
    assert timer.interval() == 20
    assert bridge.stop()
