"""Gestures: what hands can do in a lesson, and what of it is noticed.

A scene names the gestures that it leaves alive. What a gesture frees, the commands that pass
the window's port and the actions of its menus, stands here and nowhere else.
"""

from collections.abc import Mapping

from nnviz.dataclass import dataclass
from nnviz.messages import commands as run
from nnviz.messages import data_commands as data
from nnviz.messages import window_commands as window
from nnviz.messages.command import Command


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something that hands can do.

    Attributes:
        sentence: what it is, for the author's help.
        commands: the commands that it sends.
        actions: ids of the actions in the window's table that do it.
        edits: what it changes by `MakeEdit`: fields of the recipe, `WEIGHTS`, `BIASES`, or `ALL`.
        panels: ids of the panels in which it is done; none where it is done anywhere.
    """

    sentence: str
    commands: tuple[type[Command], ...] = ()
    actions: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()


WEIGHTS, BIASES, ALL = "weights", "biases", "all"
"""What an edit of single parameters changes; and all that a recipe says."""
_STEPS = (run.StepPhase, run.StepMinibatch, run.StepEpoch)

GESTURES: Mapping[str, Gesture] = {
    "step": Gesture(
        "go on by a phase, a minibatch or an epoch",
        _STEPS,
        ("step", "epoch"),
    ),
    "back": Gesture("go back by a step", (run.StepBack, run.StepPhase), ("back", "epoch_back")),
    "play": Gesture("train on and on, and pause", (run.Play, run.Pause, run.ByPhase), ("play",)),
    "pace": Gesture(
        "choose how fast training plays and what a step is",
        (run.Pace, run.ByPhase),
        (
            "faster",
            "slower",
            "granularity",
            "granularity_phase",
            "granularity_minibatch",
            "granularity_epoch",
        ),
    ),
    "select": Gesture("click a neuron, an edge or a number, to select it", (window.Select,)),
    "why": Gesture(
        "read in Why? and go from number to number", (window.Select,), (), (), ("inspector",)
    ),
    "weights": Gesture("change a weight", (run.MakeEdit, window.EditParameter), (), (WEIGHTS,)),
    "biases": Gesture("change a bias", (run.MakeEdit, window.EditParameter), (), (BIASES,)),
    "inputs": Gesture("change the inputs that the net is shown"),
    "draw": Gesture("draw on the pad", (data.KeepDrawing,), (), (), ("pad",)),
    "teach": Gesture(
        "let the net learn a drawing",
        (run.Teach, data.TeachDrawing, window.LearnHand),
        ("learn_hand",),
        (),
        ("pad",),
    ),
    "eta": Gesture(
        "change the learning rate",
        (run.MakeEdit, run.MakeEdits),
        ("halve_rate", "double_rate"),
        ("learning_rate",),
    ),
    "recipe": Gesture(
        "change the recipe, and start anew",
        (run.Start, run.MakeEdit, run.MakeEdits),
        ("restart",),
        (ALL,),
    ),
    "goto": Gesture("go to any step trained before", (run.GoTo,), ("first", "last", "go_to")),
    "panels": Gesture(
        "open, close and move panels", (window.OpenPanel,), ("enlarge", "restore_layout")
    ),
    "edges": Gesture("choose what the edges show", (), (), (), ("network",)),
    "fields": Gesture("show receptive fields, and look through them", (), (), (), ("network",)),
    "surface": Gesture(
        "turn and explore the cost surface, and choose its weights",
        (run.TrackParameters,),
        (),
        (),
        ("surface",),
    ),
    "race": Gesture("run a race of the optimisers", (), (), (), ("race",)),
    "evaluate": Gesture(
        "let the net be tested",
        (run.MakeReport, run.JudgeTrust, run.CallOffReports, run.ReportEvery, run.Rank),
        (),
        (),
        ("evaluation",),
    ),
    "examples": Gesture(
        "choose another example",
        (run.FocusOn, run.Rank, run.ShowData),
        ("browse",),
        (),
        ("examples", "data"),
    ),
    "points": Gesture(
        "move, add and remove points in the plane", (run.MakeEdit,), (), ("dataset",), ("plane",)
    ),
    "table": Gesture(
        "type into the table of the data", (run.MakeEdit,), (), ("dataset",), ("table",)
    ),
    "shape": Gesture("add and remove neurons and layers", (run.Start,), (), (), ("network",)),
    "undo": Gesture(
        "take changes back, and make them again", (run.Undo, run.Redo), ("undo", "redo")
    ),
    "activation": Gesture(
        "choose among the activation functions and move along their curves",
        (),
        (),
        (),
        ("activation",),
    ),
}
"""What a scene may allow, by name."""

HAPPENINGS: Mapping[str, str] = {
    "step": "a step forwards or back; detail: a name of STEPS, of a phase with its layer",
    "play": "training began to play",
    "edit": "a change by hand; detail: the field, 'theta' with its entries, or 'input'",
    "select": "something was selected",
    "draw": "something was drawn on the pad",
    "teach": "a drawing was taught",
    "race": "a race came to its end",
    "survey": "a cost surface was drawn",
    "report": "the net was tested",
}
"""What is noticed, by the `kind` of a `Did`."""
STEPS: Mapping[str, str] = {
    "pick": "examples are taken",
    "forward": "a layer forwards; 'forward 2' is that of layer 2",
    "cost": "the cost",
    "backward": "a layer backwards; 'backward 2' is that of layer 2",
    "average": "the slopes averaged",
    "update": "the weights changed",
    "minibatch": "a whole minibatch",
    "epoch": "to the end of an epoch",
    "back": "a step back",
}
"""What a step can be, by the `detail` of a `Did`."""
