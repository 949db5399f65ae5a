"""The stop of the tour at other books' words: the window in them, the choice, and the glossary."""

from PySide6.QtWidgets import QDialog

from nnviz.tour.guide import Guide
from nnviz.wording import Choice, preset, presets

SHOWN = "cost", "sum", "error"
"""Concepts whose places the glossary shows."""


def show_words(guide: Guide, prefix: str) -> None:
    """Say everything in the words of two other books, open both dialogs, and mark some places."""
    with guide.coming_back():
        _show_all(guide, prefix)
    guide.say("said everything in the words of two other books, and showed where three stand")


def _show_all(guide: Guide, prefix: str) -> None:
    window = guide.app.window
    for number, name in enumerate(presets()[1:3], 1):
        window.words.choose(preset(name))
        guide.picture(f"{prefix}-16-words-{number}", window)
    for id in ("words", "glossary"):
        guide.press(id)
        dialog = window.findChild(QDialog, id)
        assert dialog is not None
        guide.picture(f"{prefix}-16-{id}", dialog)
        dialog.close()
    for concept in SHOWN:
        window.words.show_place(concept)
        guide.wait(f"the place of {concept}", lambda: window.words.marked)
        guide.picture(f"{prefix}-16-place-of-{concept}", window)
    window.words.choose(Choice.of({}))
    window.select(None)
