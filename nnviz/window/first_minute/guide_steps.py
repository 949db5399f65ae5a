"""Steps of the two-minute guide: what it points at, and what it says there."""

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One thing to point at.

    Attributes:
        target: the object name of a part of the window, or the id of a panel.
        title: what it is.
        sentence: what can be seen or done there.
    """

    target: str
    title: str
    sentence: str


STEPS: tuple[GuideStep, ...] = (
    GuideStep(
        "network_view",
        "The network",
        "Circles are neurons, lines are weights: blue above zero, orange below, the thicker the "
        "larger. At the left is what goes in, at the right what comes out.",
    ),
    GuideStep(
        "play",
        "Play",
        "Play (Space) trains it on and on. Press it once: the cost falls, the weights move. "
        "Press it again to rest.",
    ),
    GuideStep(
        "step",
        "One step",
        "A single minibatch forwards (→), and exactly back (←): nothing here is ever lost.",
    ),
    GuideStep(
        "segments",
        "What a step is",
        "Choose phase (1), and each step is one of forwards, cost, backwards and update, said in a "
        "sentence with its numbers.",
    ),
    GuideStep(
        "minibatch",
        "This example",
        "One example: what was desired, what the network says, and what the difference costs.",
    ),
    GuideStep(
        "cost",
        "The cost",
        "How wrong the network is, step by step. It should fall; where it does not, the status "
        "line says why and what helps.",
    ),
    GuideStep(
        "network_view",
        "Why?",
        "Click a neuron, a weight or an output: the formula behind it, with its numbers. Every "
        "term can be clicked in turn.",
    ),
    GuideStep(
        "recipe",
        "The recipe",
        "Layers, activation, cost, learning rate: change a row and press Enter. Ctrl+Z takes it "
        "back.",
    ),
    GuideStep(
        "pad",
        "Draw a digit",
        "Draw with mouse, finger or pen: the network reads it at once, and can learn your hand.",
    ),
    GuideStep(
        "timeline_view",
        "The timeline",
        "Drag the ball to any minibatch trained so far. Change something there, and a branch "
        "begins.",
    ),
    GuideStep(
        "help",
        "Everything else",
        "F1 lists what there is to do; Ctrl+K finds it by a few letters. Examples has the worked "
        "examples of textbooks.",
    ),
)
