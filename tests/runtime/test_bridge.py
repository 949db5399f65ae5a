"""The bridge: values reach the GUI thread at display rate, stale surfaces do not."""

import threading
from dataclasses import replace

from PySide6.QtCore import QThread

from nnviz.engine import Network
from nnviz.engine.surface.landscape import PlaneRequest
from nnviz.messages import commands
from nnviz.messages.commands import Start
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.bridge import Bridge
from tests.runtime.conftest import RECIPE


def bridge_of(stage):
    return Bridge(
        stage.worker,
        stage.landscape_thread,
        AutosaveThread(stage.save, stage.mailbox),
        stage.mailbox,
    )


def test_snapshots_arrive_on_the_gui_thread(qtbot, stage):
    bridge = bridge_of(stage)
    seen = []
    bridge.snapshot.connect(lambda s: seen.append((s, threading.current_thread())))
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
    bridge.snapshot.connect(lambda snapshot: steps.append(snapshot.step))
    bridge.start()
    bridge.send(Start(RECIPE))
    for _ in range(15):
        bridge.send(commands.StepMinibatch())
    qtbot.waitUntil(lambda: steps[-1:] == [15])
    assert steps == list(range(16))
    assert bridge.stop()


def test_only_the_answer_to_the_newest_request_is_passed_on(qtbot, stage):
    bridge = bridge_of(stage)
    answers = []
    bridge.landscape.connect(answers.append)
    bridge.start()
    with qtbot.waitSignal(bridge.snapshot):
        bridge.send(Start(RECIPE))
    theta = Network(RECIPE).theta
    for generation in (1, 2, 3):
        bridge.ask_plane(PlaneRequest(generation, 1, RECIPE, 0, theta, 0, 5, 1.0, 5, 30))
    qtbot.waitUntil(lambda: bool(answers))
    assert [landscape.request.generation for landscape in answers] == [3]
    assert bridge.stop()


def test_progress_of_a_surface_arrives_and_it_can_be_cancelled(qtbot, stage):
    bridge = bridge_of(stage)
    answers, told = [], []
    bridge.landscape.connect(answers.append)
    bridge.surveying.connect(told.append)
    bridge.start()
    with qtbot.waitSignal(bridge.snapshot):
        bridge.send(Start(RECIPE))
    theta = Network(RECIPE).theta
    bridge.ask_plane(PlaneRequest(1, 1, RECIPE, 0, theta, 0, 5, 1.0, 2001, 30))
    qtbot.waitUntil(lambda: bool(told))
    bridge.cancel_plane()
    qtbot.waitUntil(lambda: told[-1].fraction == 1)
    assert {progress.generation for progress in told} == {1}
    assert not answers
    bridge.ask_plane(PlaneRequest(2, 1, RECIPE, 0, theta, 0, 5, 1.0, 5, 30))
    qtbot.waitUntil(lambda: bool(answers))
    assert bridge.stop()


def test_failures_arrive(qtbot, stage):
    bridge = bridge_of(stage)
    bridge.start()
    with qtbot.waitSignal(bridge.failure) as caught:
        bridge.send(Start(replace(RECIPE, dataset="missing")))
    assert caught.args[0].sentence == "There is no such data."
    assert bridge.stop()
