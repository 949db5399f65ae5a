"""The stop of the tour at the plane view: data that it shows, chosen from their menu."""

from nnviz.tour.guide import Guide
from nnviz.tour.run_stops import pause

STEPS = {"circles": 500, "spiral": 1500, "clouds": 300, "blobs": 200, "bumps": 800, "sine": 800}
"""Data sets that are shown, and how long each of them is learned."""
NEURON = {"layer": 1, "neuron": 1}


def show_plane(guide: Guide, prefix: str) -> None:
    """Choose data of the plane, which are learned at once, and look at maps, steps and a neuron."""
    window = guide.app.window
    with guide.coming_back():
        for name, steps in STEPS.items():
            window.data_choice.menu.chosen.emit(name)
            guide.wait(f"the data set {name}", lambda name=name: guide.at().recipe.dataset == name)  # type: ignore[misc]
            window.toolbar.slider.setValue(window.toolbar.slider.maximum())
            guide.wait("training", lambda steps=steps: guide.at().step >= steps)  # type: ignore[misc]
            pause(guide)
            guide.settle()
            guide.view_picture(f"{prefix}-15-plane-{name}", "plane")
            guide.picture(f"{prefix}-15-plane-{name}-window", window)
            guide.show("plane", steps=True, test=False)
            guide.view_picture(f"{prefix}-15-plane-{name}-steps", "plane")
            guide.show("plane", steps=False, test=True, **NEURON)
            guide.view_picture(f"{prefix}-15-plane-{name}-neuron", "plane")
            guide.show("plane", layer=0, neuron=0)
    guide.say(f"learned {len(STEPS)} data sets of the plane and mapped what the network answers")
