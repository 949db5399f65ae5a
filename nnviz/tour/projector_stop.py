"""The stop of the tour at the projector: every page as the class sees it."""

from PySide6.QtCore import QRect, QSize

from nnviz.engine.selection import Selection
from nnviz.tour.guide import Guide, calm
from nnviz.views.palette import BEAMER, LIGHT, THEMES

NEURON = Selection("neuron", 1, 1)
"""What is explained beside the network."""
LARGEST = 1.5
"""The largest factor of letters on the stage."""


def show_pages(guide: Guide, prefix: str, size: QSize) -> None:
    """Open the stage in a size, and turn to each page in the window's theme.

    Where that is the light one, its own for beamers follows, in which the stage opens at first.
    """
    window = guide.app.window
    projector, before = window.projector, window.selection
    look = window.appearance.theme
    named = {look.name: f"{prefix}-16-page"}
    if look.name == LIGHT.name:
        named[BEAMER.name] = f"{prefix}-16-beamer"
    window.select(NEURON)
    for theme, name in named.items():
        projector.set_theme(THEMES[theme], min(look.scale.factor, LARGEST))
        if not projector.on:
            projector.show_at(QRect(window.pos(), size), covering=True, full=False)
        _photograph_pages(guide, name)
    projector.close()
    window.select(before)
    guide.settle()
    guide.say(f"showed {len(projector.pages)} pages to the class")


def _photograph_pages(guide: Guide, name: str) -> None:
    projector = guide.app.window.projector
    stage = projector.stage
    assert stage is not None
    for number, page in enumerate(projector.pages):
        projector.show_page(number)
        guide.live(60)
        guide.wait(
            f"the page '{page.title}'",
            lambda: all(view.settled() and calm(view) for view in stage.board.shown),
        )
        stage.catch_up()
        guide.picture(f"{name}-{page.id}", stage)
    projector.show_page(0)
    projector.show_bar()
    guide.live(600)
    guide.picture(f"{name}-bar", stage)
    if stage.bar is not None and stage.bar.leave():  # else it covers the pages that come next
        guide.wait("the bar's going", lambda: stage.bar is None or not stage.bar.isVisible())
