"""The data thread: looks through data sets and changes drawings on its own thread."""

import threading
from time import perf_counter, sleep

import numpy as np
import pytest

from nnviz.data.drawings import DrawingStore, Kept
from nnviz.data.overview import Overview
from nnviz.messages.data_commands import (
    ExportDrawings,
    PutDrawings,
    RemoveDrawings,
    ShowDrawings,
)
from nnviz.messages.events import Failure, Notice
from nnviz.runtime import data_thread as module
from nnviz.runtime.data_thread import DataThread
from nnviz.runtime.mailbox import Mailbox
from tests.runtime.conftest import random_dataset


class Desk:
    def __init__(self, folder):
        self.mailbox = Mailbox()
        self.store = DrawingStore(folder)
        self.data_thread = DataThread(self.mailbox, self.store)

    def draw(self, label=3):
        return self.store.add(label, np.full((28, 28), 0.5))

    def answer(self):
        end = perf_counter() + 60
        while (event := self.mailbox.take_event()) is None:
            assert perf_counter() < end, "no answer"
            sleep(0.002)
        return event


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "drawings")
    desk.data_thread.start()
    yield desk
    assert desk.data_thread.stop()


def test_a_data_set_is_looked_through_once(desk, monkeypatch):
    threads = []
    look = module.look_over

    def noted(dataset, unwanted):
        threads.append(threading.current_thread().name)
        return look(dataset, unwanted)

    monkeypatch.setattr(module, "look_over", noted)
    dataset = random_dataset()
    desk.data_thread.look_over(dataset)
    first = desk.answer()
    assert isinstance(first, Overview)
    assert first.dataset is dataset
    desk.data_thread.look_over(dataset)
    assert desk.answer() is first
    assert threads == ["nnviz-data"]


def test_drawings_are_read_removed_put_back_and_exported(desk, tmp_path):
    kept = [desk.draw(label) for label in (1, 2, 2)]
    desk.data_thread.obey(ShowDrawings())
    assert len(desk.answer().drawings) == 3
    desk.data_thread.obey(RemoveDrawings(kept[:2]))
    assert [drawing.id for drawing in desk.answer().drawings] == [kept[2].id]
    desk.data_thread.obey(PutDrawings(kept[:2]))
    assert [drawing.id for drawing in desk.answer().drawings] == [d.id for d in kept]
    desk.data_thread.obey(ExportDrawings("png", tmp_path / "out", kept))
    told = desk.answer()
    assert isinstance(told, Notice)
    assert told.sentence == f"Exported 3 drawings to {tmp_path / 'out'}: 3 files."
    assert len(list((tmp_path / "out").rglob("*.png"))) == 3
    desk.data_thread.obey(ExportDrawings("idx", tmp_path / "idx", kept))
    assert isinstance(desk.answer(), Notice)
    assert list((tmp_path / "idx").glob("*ubyte.gz"))


def test_nothing_is_overwritten_and_the_thread_lives_on(desk, tmp_path):
    kept = [desk.draw()]
    for _ in range(2):
        desk.data_thread.obey(ExportDrawings("png", tmp_path / "out", kept))
    assert isinstance(desk.answer(), Notice)
    told = desk.answer()
    assert isinstance(told, Failure)
    assert "is there already: choose an empty folder" in told.sentence
    desk.data_thread.obey(ShowDrawings())
    assert isinstance(desk.answer(), Kept)


def test_a_bug_is_told_and_survived(desk, monkeypatch):
    def broken(_dataset, _unwanted):
        raise RuntimeError("a bug")

    monkeypatch.setattr(module, "look_over", broken)
    desk.data_thread.look_over(random_dataset())
    told = desk.answer()
    assert "RuntimeError" in told.sentence
    assert "a bug" in told.details
    desk.data_thread.obey(ShowDrawings())
    assert isinstance(desk.answer(), Kept)


def test_what_was_asked_of_files_is_done_before_it_ends(tmp_path):
    desk = Desk(tmp_path)
    drawing = desk.draw()
    desk.data_thread.start()
    desk.data_thread.obey(RemoveDrawings([drawing]))
    assert desk.data_thread.stop()
    assert not desk.store.kept().drawings


def test_one_that_was_never_started_ends_at_once(tmp_path):
    assert Desk(tmp_path).data_thread.stop()
