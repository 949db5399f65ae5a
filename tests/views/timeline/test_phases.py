import pytest

from nnviz.engine.recipe import Recipe
from nnviz.engine.training.phases import phases_of
from nnviz.views.timeline.phases import row


@pytest.mark.parametrize("layers", [(784, 30, 10), (784, 9, 8, 7, 6, 5, 10)])
@pytest.mark.parametrize("room", [240, 560, 2000])
def test_phases_fit_and_always_say_which_one_it_is(layers, room):
    phases = phases_of(Recipe(layers=layers))
    for now in phases:
        pieces = row(phases, now, 24_412, lambda found: 7.2 * sum(len(p.text) for p in found), room)
        text = "".join(piece.text for piece in pieces)
        assert 7.2 * len(text) <= room
        (shown,) = [piece.text for piece in pieces if piece.ink == "now"]
        assert shown[0] == now.name[0]
        assert shown.split()[-1] == now.name.split()[-1] or shown == "avg"
        if room == 2000:
            assert text == "minibatch 24\u202f412 · " + " → ".join(phase.name for phase in phases)
