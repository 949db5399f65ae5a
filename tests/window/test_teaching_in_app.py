"""Teaching in the real window: the drawing is learned before one's eyes, kept, and taken back."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.data.drawings import DrawingStore
from nnviz.engine.recipe import Recipe

LEFT = Qt.MouseButton.LeftButton
FLAG = (0.2, 0.45), (0.5, 0.2), (0.5, 0.85)
"""A 1 or a 7, as one will: whatever it is read as, it can be taught to be the other."""


@pytest.fixture
def pad(qtbot, app):
    app.window.start(Recipe())
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == "digits", timeout=60_000)
    app.window.dock("pad").raise_()
    return app.window.views["pad"]


def draw(pad, places):
    side = pad.canvas.width() - 1
    points = [QPoint(round(x * side), round(y * side)) for x, y in places]
    QTest.mousePress(pad.canvas, LEFT, pos=points[0])
    for start, end in itertools.pairwise(points):
        for part in np.linspace(0, 1, 9)[1:]:
            QTest.mouseMove(pad.canvas, start + (end - start) * float(part))
    QTest.mouseRelease(pad.canvas, LEFT, pos=points[-1])


def test_what_is_taught_is_learned_kept_and_taken_back(qtbot, app, pad):
    window, before = app.window, len(DrawingStore().kept().drawings)
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.step > 2000, timeout=60_000)
    draw(pad, FLAG)
    qtbot.waitUntil(lambda: pad.picture.winner.name != "")
    taught = "7" if pad.picture.winner.name != "7" else "1"
    qtbot.mouseClick(pad.tools.teach, LEFT)
    qtbot.waitUntil(pad.popup.isVisible)
    qtbot.keyClick(pad.popup, taught)
    qtbot.waitUntil(lambda: window.snapshot.undo == f"taught a {taught}")
    assert window.snapshot.playing  # training went on
    qtbot.waitUntil(lambda: pad.picture.winner.name == taught, timeout=60_000)
    kept = DrawingStore().kept().drawings
    assert len(kept) == before + 1
    assert kept[-1].label == int(taught)
    assert kept[-1].strokes
    qtbot.waitUntil(lambda: any(entry.label == int(taught) for entry in pad.earlier.entries))
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe.taught == "none")
    assert len(DrawingStore().kept().drawings) == before + 1  # the drawing itself stays
    DrawingStore().remove([kept[-1].id])


def test_a_net_of_other_examples_cannot_be_taught(qtbot, app):
    pad = app.window.views["pad"]
    draw(pad, FLAG)
    assert not pad.tools.teach.isEnabled()
