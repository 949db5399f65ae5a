"""The stop of the tour at the textbook examples, chosen from their menu."""

from nnviz.tour.guide import Guide

SHOWN = ("park", "backprop-222")
"""The examples that are photographed."""


def show_textbook(guide: Guide, prefix: str) -> None:
    """Choose some of the examples from their menu."""
    window = guide.app.window
    menu = window.examples.menu
    with guide.coming_back():
        menu.aboutToShow.emit()
        guide.picture(f"{prefix}-12-textbook-menu", menu)
        for number, id in enumerate(SHOWN, start=1):
            run = guide.at().run
            next(action for action in menu.actions() if action.data() == id).trigger()
            guide.wait(f"the example {id}", lambda run=run: guide.at().run > run)  # type: ignore[misc]
            guide.settle()
            guide.picture(f"{prefix}-12-textbook-{number}", window)
            guide.say(f"opened the example {id}")
