"""The stop of the tour at all numbers at once: the table of parameters, and layers as matrices."""

from nnviz.engine.training.phases import phases_of
from nnviz.tour.guide import Guide

PHASES = ("forward", "backward", "update")
"""Kinds of phases that both are photographed at."""
TABLE, BOARD = "parameters", "matrices"


def show_numbers(guide: Guide, prefix: str) -> None:
    """Sort the parameters by their nudges, look at each layer each way, and go phase by phase."""
    window, recipe = guide.app.window, guide.at().recipe
    last = len(recipe.layers) - 1
    with guide.coming_back():
        guide.show(TABLE, layer=-1, neuron=-1, sort="nudge", order="size")
        guide.view_picture(f"{prefix}-13-parameters-sorted", TABLE)
        guide.picture(f"{prefix}-13-parameters-window", window)
        guide.show(TABLE, layer=last, neuron=0, sort="")
        guide.view_picture(f"{prefix}-13-parameters-neuron", TABLE)
        for layer in range(1, last + 1):
            for way in ("forward", "backward", "slopes"):
                guide.show(BOARD, layer=layer, way=way)
                guide.view_picture(f"{prefix}-13-matrices-{layer}-{way}", BOARD)
        guide.picture(f"{prefix}-13-matrices-window", window)
        _show_phases(guide, prefix)
    guide.say(f"listed all parameters, and showed {last} layers as matrices")


def _show_phases(guide: Guide, prefix: str) -> None:
    """Photograph both within a minibatch, which is taken back afterwards."""
    guide.press("granularity_phase")
    guide.show(TABLE, layer=-1, neuron=-1)
    guide.show(BOARD, layer=0)
    for phase in phases_of(guide.at().recipe):
        guide.press("step")
        guide.wait(f"the phase {phase.name}", lambda phase=phase: guide.at().phase == phase)  # type: ignore[misc]
        if phase.kind in PHASES:
            for id in (TABLE, BOARD):
                guide.show(id)
                name = phase.name.replace(" ", "-")
                guide.view_picture(f"{prefix}-13-{id}-{name}", id)
    guide.press("granularity_minibatch")
    guide.press("back")
    guide.wait("the start of the minibatch", lambda: guide.at().minibatch is None)
