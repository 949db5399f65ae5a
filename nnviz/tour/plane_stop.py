"""The stop of the tour at data in the plane: every kind of them, learned and looked through."""

from nnviz.data.catalogue import DATASETS
from nnviz.tour.guide import Guide
from nnviz.tour.run_stops import pause

NAMES = (
    *(name for name, source in DATASETS.items() if source.options),
    "circles:noise=0.2,features=x1^2+x2^2",
    "points:drawn=0~-1~1+0~-1.5~-0.5+1~1~1+1~1.5~-1",
)
"""What is shown: every kind as it is, one of them with other inputs, and points of one's own."""
EPOCHS = 40
"""How long each is learned."""


def show_points(guide: Guide, prefix: str) -> None:
    """Train on data of every kind; photograph the window, and the data browser with the points.

    The panels stand as at first, and stay so.
    """
    window = guide.app.window
    window.restore_layout()
    for number, name in enumerate(NAMES, start=1):
        run = guide.at().run
        window.choose_data(name)
        guide.wait(f"a run on {name}", lambda run=run: guide.at().run > run)  # type: ignore[misc]
        if not guide.at().missing:  # an empty plane waits for points
            guide.press("play")
            guide.wait("training", lambda: guide.at().epoch >= EPOCHS)
            pause(guide)
        guide.settle()
        guide.picture(f"{prefix}-13-points-{number}", window)
        guide.show("data")
        guide.view_picture(f"{prefix}-13-points-{number}-data", "data")
        guide.say(f"showed {name}")
