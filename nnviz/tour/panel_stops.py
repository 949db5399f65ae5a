"""Stops of the tour at panels beside the run, from the surface and the evaluation to other nets."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.handwriting import rasterise
from nnviz.data.overview import Overview
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind
from nnviz.engine.training.augment import USUAL, unvaried, varied
from nnviz.messages.commands import MakeEdit
from nnviz.messages.events import PictureChosen
from nnviz.numbers import integer
from nnviz.tour.guide import Guide
from nnviz.tour.run_stops import begin_again, pause
from nnviz.views.network import NetworkView
from nnviz.views.pad import PadView
from nnviz.views.shared.picture_cache import image_of

NETWORKS = (
    ((784, 30, 10), "digits"),
    ((784, 100, 10), "digits"),
    ((784, 128, 64, 10), "digits"),
    ((2, 4, 3, 1), "xor"),
)
"""Layers and data of the nets shown besides the one that the tour is about."""
RACES = ("neuron", "long", *(kind.value for kind in Kind))
"""Surfaces that the optimisers race on: formulas and planes through the net."""
FLOATING = (900, 620)
"""Width and height of the race's panel, which floats beside the window."""
PAGES = ("mistakes", "classes", "calibration", "noise", "history")
"""Parts of the evaluation."""
EDGES = ("weights", "slopes", "nudges", "contributions", "selected")
"""What the network's edges can show."""
SEVEN = (
    ((0.28, 0.27), (0.42, 0.24), (0.58, 0.25), (0.72, 0.24), (0.66, 0.38), (0.58, 0.52),
     (0.52, 0.66), (0.48, 0.80)),
)  # fmt: skip
"""A seven in one stroke, in shares of the pad's width and height."""
NUMBER = (
    ((0.17, 0.30), (0.08, 0.56), (0.33, 0.56)),
    ((0.27, 0.38), (0.24, 0.76)),
    ((0.42, 0.33), (0.64, 0.32), (0.52, 0.74)),
    ((0.45, 0.53), (0.64, 0.53)),
    ((0.84, 0.29), (0.82, 0.72)),
)
"""4, 7 with a bar and 1 beside one another, in five strokes."""


def show_planes(guide: Guide, prefix: str, when: str) -> None:
    """Show the cost over every kind of plane, "before" training or "after" it, drawn both ways."""
    with guide.coming_back():
        for kind in Kind:
            for mode in ("3-D", "2-D"):
                guide.show("surface", kind=kind.value, mode=mode)
                guide.view_picture(f"{prefix}-9-plane-{kind.value}-{mode}-{when}", "surface")
    guide.say(f"showed the cost over {len(Kind)} kinds of planes, {when} training")


def show_evaluation(guide: Guide, prefix: str) -> None:
    """Report after every epoch, look at each part, at a cell's examples, and back in time."""
    with guide.coming_back():
        guide.show("evaluation", every="epoch")
        first = guide.answer("a report", Report, lambda _report: True)
        for _ in range(2):
            guide.press("epoch")
            step = guide.at().step
            guide.wait("an epoch", lambda step=step: guide.at().step > step)  # type: ignore[misc]
            guide.wait("its end", lambda: not guide.at().playing)
        now = guide.at().step
        last = guide.answer("its report", Report, lambda report: report.step == now)
        guide.settle()
        guide.picture(f"{prefix}-10-evaluation-window", guide.app.window)
        for part in PAGES:
            guide.show("evaluation", page=part)
            guide.view_picture(f"{prefix}-10-evaluation-{part}", "evaluation")
        if last.classes:
            wrong = last.confusion.copy()
            np.fill_diagonal(wrong, 0)
            row, column = np.unravel_index(int(wrong.argmax()), wrong.shape)
            guide.show("evaluation", page=PAGES[0], cell=(int(row), int(column)))
            guide.answer("the examples of a cell", Ranking, lambda found: found.read_as == column)
            guide.settle()
            guide.view_picture(f"{prefix}-10-evaluation-cell", "evaluation")
        guide.show("evaluation", cell=None, step=first.step)
        guide.view_picture(f"{prefix}-10-evaluation-earlier", "evaluation")
    guide.say(
        f"reported on the test set after two epochs, and went back to the report of step "
        f"{integer(first.step)}"
    )


def show_examples(guide: Guide, prefix: str) -> None:
    """Show the test examples that the net misreads, those first that it is surest about."""
    with guide.coming_back():
        guide.show("examples", misread=True)
        now = guide.at().step
        guide.answer(
            "the misread examples", Ranking, lambda found: found.wrong and found.step == now
        )
        guide.settle()
        guide.view_picture(f"{prefix}-10-examples-misread", "examples")
        guide.picture(f"{prefix}-10-examples-window", guide.app.window)
    guide.say("showed the test examples that are misread")


def show_augmentation(guide: Guide, prefix: str) -> None:
    """Show a dozen variants of a training picture, as it is and with the usual strengths."""
    recipe = guide.at().recipe
    with guide.coming_back():
        guide.show("augment")
        if guide.at().image_shape is not None:
            for name, wished in (("-none", unvaried(recipe)), ("", varied(recipe))):
                change_strengths(guide, wished)
                guide.view_picture(f"{prefix}-11-augmentation{name}", "augment")
            guide.picture(f"{prefix}-11-augmentation-window", guide.app.window)
    guide.say("showed a dozen variants of a training picture")


def change_strengths(guide: Guide, wished: Recipe) -> None:
    """Change in the run how strongly pictures are varied."""
    strengths = {name: getattr(wished, name) for name in USUAL}
    for name, strength in strengths.items():
        guide.app.bridge.send(MakeEdit(name, strength))
    guide.wait(
        "the strengths", lambda: replace(guide.at().recipe, **strengths) == guide.at().recipe
    )
    guide.settle()


def show_data(guide: Guide, prefix: str) -> None:
    """Look through the data set: its classes, one of them opened, and own drawings."""
    with guide.coming_back():
        guide.show("data", part="train", label=-1)
        guide.answer("the data set looked through", Overview, lambda _found: True)
        guide.settle()
        guide.view_picture(f"{prefix}-10-data-classes", "data")
        guide.picture(f"{prefix}-10-data-window", guide.app.window)
        guide.show("data", part="test", label=0)
        guide.view_picture(f"{prefix}-10-data-class", "data")
        guide.show("data", part="mine", label=-1)
        guide.view_picture(f"{prefix}-10-data-drawings", "data")
    guide.say("looked through the data set by class, and through own drawings")


def show_networks(guide: Guide, prefix: str) -> None:
    """Show nets of other shapes while they train, one neuron alone, and every kind of edge."""
    for layers, data in NETWORKS:
        name = "-".join(map(str, layers))
        begin_again(guide, Recipe(dataset=data, layers=layers))
        guide.press("play")
        guide.wait("training", lambda: guide.at().step >= 300)
        guide.view_picture(f"{prefix}-8-network-{name}-training", "network")
        pause(guide)
        with guide.coming_back():
            for edges in EDGES:
                if edges == "selected":
                    guide.app.window.select(Selection("neuron", 1, layers[1] // 2))
                guide.show("network", edges=edges)
                guide.view_picture(f"{prefix}-8-network-{name}-{edges}", "network")
            guide.show("network", edges=EDGES[0], focused=(1, layers[1] // 2))
            guide.live(800)  # signals on their way have arrived by then
            guide.view_picture(f"{prefix}-8-network-{name}-focused", "network")
            guide.picture(f"{prefix}-8-network-{name}-window", guide.app.window)
        guide.say(f"showed {name} on {data}, one neuron and {len(EDGES)} kinds of edges")


def show_activations(guide: Guide, prefix: str) -> None:
    """Show neurons of the first and of the last layer on their curves, then every function."""
    last = len(guide.at().recipe.layers) - 1
    with guide.coming_back():
        for layer in (1, last):
            guide.app.window.select(Selection("neuron", layer, 0))
            guide.show("activation")
            guide.view_picture(f"{prefix}-10-activation-layer-{layer}", "activation")
        guide.picture(f"{prefix}-10-activation-window", guide.app.window)
        for name in ACTIVATIONS:
            guide.show("activation", shown=name, second="tanh", z=2.0)
            guide.view_picture(f"{prefix}-10-activation-{name}", "activation")
    guide.say(f"showed neurons on their curves, and {len(ACTIVATIONS)} activation functions")


def show_shaping(guide: Guide, prefix: str) -> None:
    """Point at every layer and gap, open a layer's menu, add a neuron and take it back."""
    view, before = guide.app.window.views["network"], guide.at()
    assert isinstance(view, NetworkView)
    bar = view.controls.shape
    for number, slot in enumerate(bar.slots):
        bar.point_at(slot.x)
        guide.view_picture(f"{prefix}-8-shape-{number}", "network")
    bar.point_at(bar.slots[1].x)
    bar.menu.popup(view.mapToGlobal(bar.geometry().center()))
    guide.picture(f"{prefix}-8-shape-menu", bar.menu)
    bar.menu.close()
    bar.point_at(bar.slots[1].x)
    bar.buttons["more"].click()
    guide.wait("a neuron more", lambda: guide.at().run > before.run)
    guide.settle()
    guide.view_picture(f"{prefix}-8-shape-more", "network")
    bar.point_at(None)
    guide.press("undo")
    guide.wait("the net before", lambda: guide.at().recipe == before.recipe)
    guide.say(f"pointed at {integer(len(bar.slots))} places to change the shape, and did it once")


def show_race(guide: Guide, prefix: str) -> None:
    """Race the optimisers on a formula and on planes through the net, in both drawings."""
    dock = guide.app.window.dock("race")
    with guide.coming_back():
        guide.show("race")
        dock.setFloating(True)
        dock.resize(*FLOATING)
        for surface in RACES:
            for mode in ("1-D",) if surface == Kind.LINE else ("3-D", "2-D"):
                guide.show("race", surface=surface, mode=mode, step=20)
                guide.view_picture(f"{prefix}-10-race-{surface}-{mode}", "race")
        dock.setFloating(False)
    guide.say(f"raced the optimisers on {len(RACES)} surfaces")


def show_pad(guide: Guide, prefix: str) -> None:
    """Draw, ask why of the drawing, leave a gap in it, write a number, bring a photograph."""
    with guide.coming_back():
        guide.show("pad", strokes=SEVEN)
        guide.say("drew a seven on the pad")
        guide.picture(f"{prefix}-7-drawn", guide.app.window)
        guide.view_picture(f"{prefix}-7-drawn-pad", "pad")
        guide.show("pad", asking="one", question=7)
        guide.picture(f"{prefix}-7-why", guide.app.window)
        guide.view_picture(f"{prefix}-7-why-pad", "pad")
        guide.show("pad", asking="", strokes=(SEVEN[0][:4], SEVEN[0][6:]))
        guide.view_picture(f"{prefix}-7-gap-pad", "pad")
        guide.show("pad", strokes=NUMBER, digit=1)
        guide.picture(f"{prefix}-7-several", guide.app.window)
        guide.view_picture(f"{prefix}-7-several-pad", "pad")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "seven.png"
            image_of(np.round(255 * _photograph()).astype(np.uint8)).save(str(path))
            guide.app.bridge.publish(PictureChosen(path))
            guide.settle()
        guide.view_picture(f"{prefix}-7-photograph-pad", "pad")
        pad = guide.app.window.views["pad"]
        assert isinstance(pad, PadView)
        pad.tools.teach.click()  # what pops up is no state of the screen
        guide.live(60)
        guide.picture(f"{prefix}-7-teaching", pad.popup)
        pad.popup.hide()
        pad.set_strokes([])  # a photograph is no stroke that the state before could take away
    guide.say("asked why it is a seven, left a gap in it, wrote 471 and showed a photograph")


def _photograph() -> FloatArray:
    """Return a seven on paper that lies half in the shade, grey, (240, 240)."""
    ink = rasterise([240 * np.array(stroke) for stroke in SEVEN], 240, 12)
    down, across = np.mgrid[:240, :240] / 240
    light = 0.8 - 0.15 * down - 0.3 / (1 + np.exp(-30 * (across + down - 1.1)))
    grain = np.random.default_rng(0).normal(0, 0.015, ink.shape)
    return np.asarray(np.clip(light * (1 - 0.8 * ink) + grain, 0, 1), dtype=np.float32)
