"""The numbers of what is selected stand where they cover no neuron of another layer, no output."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF

from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import BEAMER, THEMES
from nnviz.views.shared.type_scale import TypeScale
from tests.sampled import sampled

DIGITS, DEEP = Recipe(layers=(784, 30, 10)), Recipe(dataset="tiny", layers=(4, 6, 5, 3))


@pytest.fixture
def covered(show, make_snapshot, make_dataset):
    def covered(recipe, size, selection):
        """What the card of a selection covers: layer and number of neurons, and outputs."""
        data = make_dataset(inputs=4, outputs=3) if recipe is DEEP else None
        snapshot = make_snapshot(recipe, data, 3) if data else make_snapshot(recipe, steps=3)
        view = show(NetworkView, snapshot, size)
        view.select(selection)
        place, card = view.place, view.drawing.stage._marks._card._ground.rect()
        found = []
        for layer, column in enumerate(place.columns):
            half = column.radius
            for neuron, y in enumerate(column.y.tolist()):
                circle = QRectF(column.x - half, y - half, 2 * half, 2 * half)
                if half and layer != selection.layer and card.intersects(circle):
                    found.append((layer, neuron))
        for neuron, y in enumerate(place.columns[-1].y.tolist()):
            bar = QRectF(place.names, y - 3, place.bars.right - place.names, 6)
            if card.intersects(bar):
                found.append(("output", neuron))
        assert not card.isEmpty()
        view.close()
        return found

    return covered


@pytest.mark.parametrize("size", [(480, 420), (560, 430), (850, 530)], ids=str)
@pytest.mark.parametrize("neuron", [0, 1, 3, 14, 15, 28, 29])
def test_of_digits(covered, size, neuron):
    assert covered(DIGITS, size, Selection("neuron", 1, neuron)) == []


@pytest.mark.parametrize("size", [(480, 420), (620, 460)], ids=str)
@pytest.mark.parametrize(("layer", "neuron"), [(1, 0), (1, 4), (1, 5), (2, 0), (2, 4)])
def test_of_a_net_of_several_layers(covered, size, layer, neuron):
    assert covered(DEEP, size, Selection("neuron", layer, neuron)) == []


@pytest.mark.parametrize("enlarged", [1.0, 1.5])
@pytest.mark.parametrize("width", sampled([550, 630, 780, 1270], every=3))
@pytest.mark.parametrize("neuron", [0, 1, 15, 29])
def test_nothing_that_a_page_says_of_a_neuron_covers_anything_else(
    show, make_snapshot, width, enlarged, neuron
):
    theme = replace(THEMES[BEAMER.name], scale=TypeScale.projected(720, enlarged))
    snapshot = make_snapshot(Recipe(layers=(784, 100, 10)), steps=3)
    view = show(NetworkView, snapshot, (width, 650), theme)
    view.select(Selection("neuron", 1, neuron))
    stage, place = view.drawing.stage, view.place
    card = stage._marks._card._ground.rect()
    field = stage.overlays.beside
    assert len(field) == 3
    assert not card.isEmpty()
    said = [box for box in stage._headings.boxes if not box.isEmpty()]
    assert said
    for box in (*field, *said):
        assert not card.intersects(box)
    for column in place.columns[1:]:
        for y in column.y.tolist():
            circle = QRectF(column.x - column.radius, y - column.radius, *[2 * column.radius] * 2)
            assert not any(circle.intersects(box) for box in field)
    first, caption = place.columns[1], place.caption
    assert caption.right < first.x - first.radius
