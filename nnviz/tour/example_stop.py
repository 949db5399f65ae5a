"""The stop of the tour at the textbook examples, chosen from their menu."""

from nnviz.tour.guide import Guide

SHOWN = ("Shall I go to the park?", "Backpropagation, step by step")
"""Titles of the examples that are photographed."""


def show_textbook(guide: Guide, prefix: str) -> None:
    """Choose some of the examples from their menu."""
    window = guide.app.window
    menu = window.examples.menu
    with guide.coming_back():
        menu.aboutToShow.emit()
        for number, title in enumerate(SHOWN, start=1):
            run = guide.at().run
            chosen = next(action for action in menu.actions() if action.text() == title)
            chosen.trigger()
            guide.wait(f"the example {title}", lambda run=run: guide.at().run > run)  # type: ignore[misc]
            guide.settle()
            guide.picture(f"{prefix}-12-textbook-{number}", window)
            guide.say(f"opened the example {title}")
