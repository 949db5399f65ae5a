"""The stop of the tour at step units: one only looked at, and the perceptron rule on XOR."""

from nnviz.engine.changes import THETA
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit
from nnviz.tour.guide import Guide
from nnviz.tour.run_stops import begin_again

PARK = Recipe(dataset="park", layers=(3, 1), output_activation="step", initialiser="zeros")
WEIGHTS = 3.0, 1.0, -20.0, -3.0
"""What decides about the park; the last one is the bias."""
RULE = Recipe(
    dataset="xor",
    layers=(2, 1),
    output_activation="step",
    cost="perceptron",
    initialiser="zeros",
    batch_size=1,
)
EPOCHS = 3
"""After which there is still no faultless one."""


def show_perceptrons(guide: Guide, prefix: str) -> None:
    """Give a step unit its weights by hand, and let the perceptron rule try XOR."""
    window = guide.app.window
    with guide.coming_back():
        begin_again(guide, PARK)
        guide.app.bridge.send(MakeEdit(THETA, WEIGHTS, tuple(range(len(WEIGHTS)))))
        guide.wait("the weights", lambda: guide.at().theta.tolist() == list(WEIGHTS))
        window.select(Selection("neuron", 1, 0))
        guide.settle()
        guide.picture(f"{prefix}-14-step-unit", window)
        with guide.coming_back():
            guide.show("surface")
            guide.view_picture(f"{prefix}-14-step-unit-surface", "surface")
        begin_again(guide, RULE)
        for epoch in range(1, EPOCHS + 1):
            guide.press("epoch")
            guide.wait(
                "an epoch",
                lambda epoch=epoch: guide.at().epoch >= epoch and not guide.at().playing,  # type: ignore[misc]
            )
        window.select(Selection("output", 1, 0))
        guide.settle()
        guide.picture(f"{prefix}-14-perceptron", window)
        guide.press("finding")
        guide.live(60)
        guide.picture(f"{prefix}-14-perceptron-finding", window.status.remark.panel)
        window.status.remark.panel.close()
        window.select(None)
    guide.say("looked at a step unit, and told why the perceptron rule does not end on XOR")
