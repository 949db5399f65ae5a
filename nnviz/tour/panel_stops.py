"""The tour at panels beside the run: surface, evaluation, examples, data, race and nets."""

from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind
from nnviz.numbers import integer
from nnviz.tour.guide import Guide
from nnviz.tour.run_stops import begin_again
from nnviz.views.augment import AugmentView
from nnviz.views.data import DataView
from nnviz.views.evaluation import EvaluationView
from nnviz.views.examples import ExamplesView
from nnviz.views.network import NetworkView
from nnviz.views.race import RaceView
from nnviz.views.surface import SurfaceView

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


def show_planes(guide: Guide, prefix: str, when: str) -> None:
    """Show the cost over every kind of plane through the net, in both drawings.

    Args:
        guide: drives the window.
        prefix: pictures begin with it.
        when: "before" training or "after" it.
    """
    view = guide.app.window.views["surface"]
    assert isinstance(view, SurfaceView)
    before = view.mode()
    for kind in Kind:
        view.set_kind(kind)
        guide.settle()
        for mode in ("3-D", "2-D"):
            view.set_mode(mode)
            guide.live(100)
            guide.picture(f"{prefix}-9-plane-{kind.value}-{mode}-{when}", view)
    view.set_kind(Kind.PARAMETERS)
    view.set_mode(before)
    guide.say(f"showed the cost over {len(Kind)} kinds of planes, {when} training")


def show_evaluation(guide: Guide, prefix: str) -> None:
    """Report after every epoch, look at each part, at a cell's examples, and back in time."""
    window = guide.app.window
    view = window.views["evaluation"]
    assert isinstance(view, EvaluationView)
    dock = window.dock("evaluation")
    dock.toggleViewAction().trigger()
    view.past.every.click()
    for _ in range(2):
        guide.press("epoch")
        step = guide.at().step
        guide.wait("an epoch", lambda step=step: guide.at().step > step)  # type: ignore[misc]
        guide.wait("its end", lambda: not guide.at().playing)
    guide.wait("its report", lambda: view.report is not None and len(view.past.reports) > 1)
    guide.live(500)
    guide.picture(f"{prefix}-10-evaluation-window", window)
    for name, page in view.pages.items():
        if page.isVisible():
            page.click()
            guide.live(60)
        guide.picture(f"{prefix}-10-evaluation-{name.replace(' ', '-')}", view)
    worst = None if view.matrix.shown is None else view.matrix.shown.worst
    if worst is not None:
        view.pages["mistakes"].click()
        view.choose(worst)
        guide.wait("the examples of a cell", lambda: view.gallery.count > 0)
        guide.live(100)
        guide.picture(f"{prefix}-10-evaluation-cell", view)
        view.back.click()
    view.past.back.click()
    guide.live(100)
    guide.picture(f"{prefix}-10-evaluation-earlier", view)
    assert view.report is not None
    guide.say(
        f"reported on the test set after two epochs, and went back to the report of step "
        f"{integer(view.report.step)}"
    )
    view.past.on.click()
    for _ in range(len(view.past.choices) - 1):  # round to "at rest" again
        view.past.every.click()
    dock.toggleViewAction().trigger()


def show_examples(guide: Guide, prefix: str) -> None:
    """Show the test examples that the net misreads, those first that it is surest about."""
    window = guide.app.window
    view = window.views["examples"]
    assert isinstance(view, ExamplesView)
    window.dock("examples").raise_()
    view.misread.click()
    guide.wait("the misread examples", lambda: view.gallery.count > 0)
    guide.live(200)
    guide.picture(f"{prefix}-10-examples-misread", view)
    guide.picture(f"{prefix}-10-examples-window", window)
    view.misread.click()
    window.dock("minibatch").raise_()
    guide.say("showed the test examples that are misread")


def show_augmentation(guide: Guide, prefix: str) -> None:
    """Show a dozen variants of a training picture, as it is and with the usual strengths."""
    window = guide.app.window
    view = window.views["augment"]
    assert isinstance(view, AugmentView)
    dock = window.dock("augment")
    dock.toggleViewAction().trigger()
    guide.live(300)
    if view.shown.pictures is not None:
        view.none.click()
        guide.wait("no strengths", lambda: guide.at().recipe.elastic == 0)
        guide.live(300)
        guide.picture(f"{prefix}-11-augmentation-none", view)
        view.usual.click()
        guide.wait("the strengths", lambda: guide.at().recipe.elastic > 0)
        guide.live(300)
        guide.picture(f"{prefix}-11-augmentation", view)
        guide.picture(f"{prefix}-11-augmentation-window", window)
    guide.say("showed a dozen variants of a training picture")
    dock.toggleViewAction().trigger()


def show_data(guide: Guide, prefix: str) -> None:
    """Look through the data set: its classes, one of them opened, and own drawings."""
    window = guide.app.window
    view = window.views["data"]
    assert isinstance(view, DataView)
    guide.press("browse")
    guide.wait("the data set looked through", lambda: view.book is not None)
    guide.live(300)
    guide.picture(f"{prefix}-10-data-classes", view)
    guide.picture(f"{prefix}-10-data-window", window)
    view.test.click()
    view.open_class(0)
    guide.live(100)
    guide.picture(f"{prefix}-10-data-class", view)
    view.show_classes()
    view.mine.click()
    guide.live(500)
    guide.picture(f"{prefix}-10-data-drawings", view)
    view.train.click()
    window.dock("data").close()
    guide.say("looked through the data set by class, and through own drawings")


def show_networks(guide: Guide, prefix: str) -> None:
    """Show nets of other shapes while they train, one neuron alone, and every kind of edge."""
    window = guide.app.window
    view = window.views["network"]
    assert isinstance(view, NetworkView)
    for layers, data in NETWORKS:
        name = "-".join(map(str, layers))
        begin_again(guide, Recipe(dataset=data, layers=layers))
        guide.press("play")
        guide.wait("training", lambda: guide.at().step >= 300)
        guide.picture(f"{prefix}-8-network-{name}-training", view)
        guide.press("play")
        guide.wait("the pause", lambda: not guide.at().playing)
        for mode in view.modes:
            if mode == "selected":
                window.select(Selection("neuron", 1, layers[1] // 2))
            view.set_mode(mode)
            guide.live(60)
            guide.picture(f"{prefix}-8-network-{name}-{mode}", view)
        view.set_mode(view.modes[0])
        view.focus_at(None)
        guide.live(800)  # signals on their way have arrived by then
        guide.picture(f"{prefix}-8-network-{name}-focused", view)
        guide.picture(f"{prefix}-8-network-{name}-window", window)
        view.focus_at(None)
        window.select(None)
        guide.say(f"showed {name} on {data}, one neuron and {len(view.modes)} kinds of edges")


def show_race(guide: Guide, prefix: str) -> None:
    """Race the optimisers on a formula and on planes through the net, in both drawings."""
    window = guide.app.window
    view, dock = window.views["race"], window.dock("race")
    assert isinstance(view, RaceView)
    dock.show()
    dock.setFloating(True)
    dock.resize(*FLOATING)
    for surface in RACES:
        view.show_surface(surface)
        guide.wait(f"the race on {surface}", lambda: not view.waiting())
        view.go_to(20)
        for mode in ("3-D", "2-D") if view.mode() != "1-D" else ("1-D",):
            if mode != "1-D":
                view.set_mode(mode)
            guide.live(100)
            guide.picture(f"{prefix}-10-race-{surface}-{mode}", view)
    dock.setFloating(False)
    dock.hide()
    guide.say(f"raced the optimisers on {len(RACES)} surfaces")
