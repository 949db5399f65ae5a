"""The stop of the tour at the projector: every page as the class sees it."""

from PySide6.QtCore import QRect, QSize

from nnviz.engine.selection import Selection
from nnviz.tour.guide import Guide, calm
from nnviz.views.palette import BEAMER, THEMES

NEURON = Selection("neuron", 1, 1)
"""What is explained beside the network."""
LARGEST = 1.5
"""The largest factor of letters on the stage."""


def show_pages(guide: Guide, prefix: str, size: QSize) -> None:
    """Open the stage in a size, and turn to each page; in a light window it is the beamer's."""
    window = guide.app.window
    projector, before = window.projector, window.selection
    look = window.appearance.theme
    theme = BEAMER if look.name != "dark" else THEMES["dark"]
    projector.set_theme(theme, min(look.scale.factor, LARGEST))
    window.select(NEURON)
    projector.show_at(QRect(window.pos(), size), covering=True, full=False)
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
        guide.picture(f"{prefix}-16-page-{page.id}", stage)
    projector.show_page(0)
    projector.show_bar()
    guide.live(600)
    guide.picture(f"{prefix}-16-page-bar", stage)
    projector.close()
    window.select(before)
    guide.settle()
    guide.say(f"showed {len(projector.pages)} pages to the class")
