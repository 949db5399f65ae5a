"""Stops of the tour along the run: it trains, steps, rewinds, goes by phases and branches off."""

from time import perf_counter

from PySide6.QtWidgets import QLineEdit

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.start import start_recipe
from nnviz.engine.training.phases import phases_of
from nnviz.numbers import editable, fixed, integer, percent, rounded
from nnviz.tour.guide import Guide


def begin(guide: Guide, data: str) -> None:
    """Start the first run on a data set, as the window begins with it."""
    window = guide.app.window
    if data == Recipe().dataset:
        window.start(start_recipe(data))
    else:
        window.choose_data(data)
    guide.wait("the first moment of the run", lambda: window.snapshot is not None)
    recipe = guide.at().recipe
    guide.say(f"started {'-'.join(map(str, recipe.layers))} on {recipe.dataset}")


def begin_again(guide: Guide, recipe: Recipe) -> None:
    """Start another run."""
    run = guide.at().run
    guide.app.window.start(recipe)
    guide.wait("a new run", lambda: guide.at().run > run)


def train(guide: Guide, epochs: float) -> None:
    """Play until so many epochs are trained, and go on playing."""
    start = perf_counter()
    guide.press("play")
    guide.wait("training", lambda: guide.at().epoch >= epochs)
    guide.say(
        f"trained {integer(guide.at().step)} minibatches in {fixed(perf_counter() - start, 1)} s, "
        f"test accuracy {percent(guide.at().evaluations[-1].test_accuracy)}"
    )


def pause(guide: Guide) -> None:
    """Stop playing."""
    guide.press("play")
    guide.wait("the pause", lambda: not guide.at().playing)


def show_steps(guide: Guide, prefix: str) -> None:
    """Step one minibatch on, back and on, and rewind to the beginning of the epoch."""
    window = guide.app.window
    step = guide.at().step
    guide.press("step")
    guide.wait("a single step", lambda: guide.at().step == step + 1)
    guide.press("back")
    guide.wait("a step back", lambda: guide.at().step == step)
    guide.press("step")
    guide.wait("the same step again", lambda: guide.at().step == step + 1)
    guide.settle()
    guide.say(f"paused, stepped to minibatch {integer(step + 1)}, back, and there again")
    guide.picture(f"{prefix}-3-stepped", window)
    with guide.coming_back():
        guide.show("surface")
        guide.view_picture(f"{prefix}-3-stepped-surface", "surface")
    guide.press("epoch_back")
    guide.wait("the beginning of the epoch", lambda: guide.at().step <= step)
    guide.settle()
    guide.say(f"rewound to minibatch {integer(guide.at().step)}")
    guide.picture(f"{prefix}-4-rewound", window)
    guide.press("last")
    guide.wait("the last step", lambda: guide.at().step == step + 1)


def show_phases(guide: Guide, prefix: str) -> None:
    """Step one minibatch phase by phase, with a picture of each, and all the way back."""
    window = guide.app.window
    guide.press("granularity_phase")
    step, phases = guide.at().step, phases_of(guide.at().recipe)
    for number, phase in enumerate(phases):
        guide.press("step")
        guide.wait(f"the phase {phase.name}", lambda phase=phase: guide.at().phase == phase)  # type: ignore[misc]
        guide.live(300)
        name = f"{prefix}-5-phase-{number + 1}-{phase.name.replace(' ', '-')}"
        guide.picture(name, window)
    for phase in reversed(phases[:-1]):
        guide.press("back")
        guide.wait(f"{phase.name} again", lambda phase=phase: guide.at().phase == phase)  # type: ignore[misc]
    guide.press("granularity_minibatch")
    guide.press("back")
    guide.wait("the start of the minibatch", lambda: guide.at().minibatch is None)
    guide.say(f"stepped minibatch {integer(step + 1)} through its {len(phases)} phases and back")


def show_branches(guide: Guide, prefix: str) -> None:
    """Go back, change the learning rate, train as far again, and compare the two runs."""
    window = guide.app.window
    reached = guide.at().reached
    guide.press("epoch_back")
    guide.wait("the beginning of the epoch", lambda: guide.at().step < reached)
    row = window.form.findChild(QLineEdit, "learning_rate")
    assert row is not None
    row.setText(editable(rounded(guide.at().recipe.learning_rate / 6, 6)))
    window.form.submit()
    guide.wait("the change", lambda: bool(guide.at().undo))
    guide.say(f"changed {guide.at().undo} at minibatch {integer(guide.at().step)}")
    guide.press("play")
    guide.wait("training", lambda: guide.at().step > reached)
    guide.press("play")
    guide.wait("the pause", lambda: not guide.at().playing)
    guide.settle()
    window.dock("branches").raise_()
    guide.live(300)
    guide.picture(f"{prefix}-6-branches", window)
    for id in ("branches", "cost", "timeline"):
        guide.picture(f"{prefix}-6-branches-{id}", window.views[id])
    undo = guide.at().undo
    guide.press("undo")
    guide.wait("the change taken back", lambda: guide.at().redo == undo)
    guide.press("redo")
    guide.wait("the change again", lambda: guide.at().undo == undo)
    guide.say("compared the two, took the change back and made it again")
    window.dock("minibatch").raise_()
