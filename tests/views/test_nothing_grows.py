"""However many moments a view is shown, it holds no more than after the first ones."""

import gc
import tracemalloc
from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGraphicsView

from nnviz.engine.recipe import Recipe
from nnviz.views import VIEWS
from tests.ports import ListedPorts
from tests.snapshots import make_dataset, make_snapshot

USUAL = ("network", "data", "runs", "activation")
"""Views that are looked at at all times: drawn as items, as pictures, as a list, and as curves."""
FIRST, THEN = 60, 240
"""Moments after which a view may hold all that it ever will, and after which that is looked at."""
A_MOMENT = 6370 * 4
"""Bytes of the parameters of one moment: what a view that kept each would hold of it at least."""


@pytest.fixture(scope="module")
def moments():
    """Moments of a training, over and over, each at a step of its own and with its own arrays."""
    dataset = make_dataset()
    recipe = Recipe(dataset="tiny", layers=(784, 8, 10))
    trained = [make_snapshot(recipe, dataset, steps=steps) for steps in range(1, 41)]

    def moment(step):
        like = trained[step % len(trained)]
        theta, gradient = like.theta.copy(), like.gradient.copy()
        return replace(like, step=step, reached=step, theta=theta, gradient=gradient, playing=True)

    return moment


def held(view):
    """Return what a view holds: bytes, items in its scenes, and pictures."""
    gc.collect()
    kinds = Counter(map(type, gc.get_objects()))
    pictures = sum(many for kind, many in kinds.items() if issubclass(kind, QPixmap | QImage))
    scenes = [part.scene() for part in view.findChildren(QGraphicsView) if part.scene() is not None]
    items = sum(len(scene.items()) for scene in scenes)
    return tracemalloc.get_traced_memory()[0], items, pictures


@pytest.mark.parametrize(
    "spec",
    [spec if spec.id in USUAL else pytest.param(spec, marks=pytest.mark.slow) for spec in VIEWS],
    ids=lambda spec: spec.id,
)
def test_a_view_that_is_shown_moment_after_moment_does_not_grow(qtbot, show, moments, spec):
    view = show(spec.view, size=(420, 320))
    ports = ListedPorts()
    view.join(ports)
    qtbot.waitExposed(view)

    def watch(steps):
        for step in steps:
            view.show_snapshot(moments(step))
            ports.sent.clear()
            ports.asked.clear()
            if step % 4 == 0:
                view.grab()

    watch(range(1, FIRST))
    tracemalloc.start()
    try:
        watch(range(FIRST, 2 * FIRST))  # replaces what was there before it was traced
        size, items, pictures = held(view)
        watch(range(2 * FIRST, 2 * FIRST + THEN))
        later, more_items, more_pictures = held(view)
    finally:
        tracemalloc.stop()
    assert later - size < 4 * A_MOMENT, f"{(later - size) / THEN:.0f} bytes a moment"
    assert more_items <= items + 10
    assert more_pictures <= pictures + 10
