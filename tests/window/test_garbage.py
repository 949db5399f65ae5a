"""The search for garbage: on the GUI thread alone, as deep as it is time for."""

import gc
import weakref

import pytest

from nnviz.window.garbage import GarbageSearch


class Ring:
    """Something that only a search finds: it holds itself."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def search(qapp):
    search = GarbageSearch(qapp)
    yield search
    search.stop()
    search.deleteLater()


def test_nobody_else_searches(search):
    assert not gc.isenabled()
    assert search.isActive()


def test_what_is_young_is_found_and_what_is_old_in_time(search, qtbot):
    ring = weakref.ref(Ring())
    kept = [[] for _ in range(2 * gc.get_threshold()[0])]  # enough for a search to be due
    qtbot.waitUntil(lambda: ring() is None)
    assert len(kept) > 0


def test_nothing_is_searched_that_is_not_due(search):
    gc.collect()
    ring = weakref.ref(Ring())
    assert search.look() == 0
    assert ring() is not None
    gc.collect()
    assert ring() is None
