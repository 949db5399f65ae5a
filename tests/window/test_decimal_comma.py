"""A decimal comma holds in everything that is painted, at once and back again."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from nnviz import numbers
from nnviz.engine.selection import Selection
from tests.views.written import written
from tests.waiting import settled
from tests.window.program import Program

POINT = re.compile(r"\d\.\d")
PANELS = "minibatch", "examples", "branches", "cost", "surface", "parameters", "matrices", "runs"


@pytest.fixture
def program(qtbot, tmp_path):
    program = Program(qtbot, tmp_path)
    yield program
    program.quit()
    numbers.set_decimal_comma(False)


def told(window, qtbot):
    """Every painted text of what is in sight, one panel after the other in front."""
    found = []
    for id in PANELS:
        window.open_panel(id)
        settled(window)
        # What is asked for by a panel that comes to the front has come.
        qtbot.waitUntil(window.views[id].settled, timeout=60_000)
        found += [(id, one.text) for one in written(window.views[id])]
    for id in ("network", "inspector", "timeline", "plane"):
        found += [(id, one.text) for one in written(window.views[id])]
    said = window.status.findChild(QLabel, "notice").text()  # in passing, and as it was said
    return found + [("status", one.text) for one in written(window.status) if one.text not in said]


def test_everything_painted_has_the_comma_at_once_and_loses_it_again(program, qtbot):
    window = program.start()
    program.choose("moons")
    program.train(7)
    window.select(Selection("neuron", 1, 0))
    told(window, qtbot)  # all panels are open from now on
    window.status._notice_over()  # a long sentence would stay until some of this is over
    before = told(window, qtbot)
    assert sum(bool(POINT.search(text)) for _, text in before) > 20
    window.appearance.keep_decimal_comma(True)
    with_commas = told(window, qtbot)
    assert [(id, text) for id, text in with_commas if POINT.search(text)] == []
    window.appearance.keep_decimal_comma(False)
    assert told(window, qtbot) == before
    program.key(Qt.Key.Key_Escape)
