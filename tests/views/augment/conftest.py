"""A moment of a run on varied pictures, and the preview that shows it."""

from dataclasses import replace

import pytest

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.training.augment import USUAL
from nnviz.views.augment import SPEC
from nnviz.views.palette import DARK

VARIED = Recipe(dataset="tiny", **USUAL)


@pytest.fixture
def moment(make_snapshot, make_dataset):
    def make(recipe=VARIED, **more):
        data = make_dataset(recipe.layers[0], recipe.layers[-1])
        snapshot = make_snapshot(recipe, data, steps=1, **more)
        return replace(snapshot, sample=Sample(data.x_test, data.y_test, data.x_train))

    return make


@pytest.fixture
def opened(qtbot, show, moment):
    def open_view(recipe=VARIED, size=(470, 360), theme=DARK):
        view = show(SPEC.view, None, size, theme)
        view.edits = []
        view.wanted.connect(view.edits.append)
        qtbot.waitExposed(view)
        view.show_snapshot(moment(recipe))
        return view

    return open_view
