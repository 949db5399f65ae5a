"""Questions: what the window asks and tells in a box; none of them stops a run.

Each is one clear sentence with buttons that say what they do, over the window in front.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from nnviz.data.local import ENDINGS
from nnviz.data.naming import EXAMPLE_ENDING
from nnviz.data.reference import read_reference
from nnviz.messages.commands import OpenSession, Start
from nnviz.messages.events import DataMissing, Failure
from nnviz.paths import state_folder
from nnviz.views.shared.file_dialog import ask_path
from nnviz.views.shared.front import front_of

TABLES = f"Tables ({' '.join(f'*{ending}' for ending in ENDINGS)})"
"""Tables, in Qt's notation."""
_EXAMPLES = f"Examples (*{EXAMPLE_ENDING})"
_FILES = {**dict.fromkeys(ENDINGS, ("table", TABLES)), EXAMPLE_ENDING: ("example", _EXAMPLES)}
"""What a data set is that is one file, and how to ask for it, by the ending of its name."""

OK_TIP, MORE_TIP = "Read and done  [Enter]", "Show, or hide, what is good to know for a report"
_Role = QMessageBox.ButtonRole


def tell_failure(parent: QWidget, failure: Failure) -> None:
    """Tell what went wrong and what to do."""
    box = _box(parent, "failure", QMessageBox.Icon.Warning, failure.sentence)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.setDetailedText(failure.details)
    for button in box.buttons():
        more = box.buttonRole(button) == _Role.ActionRole
        button.setToolTip(MORE_TIP if more else OK_TIP)
    box.open()


def ask_for_data(
    parent: QWidget, missing: DataMissing, reopen: Callable[[OpenSession | Start], None]
) -> None:
    """Ask for the table, example or folder of a data set, to reopen with it what needs it."""
    opening, name = missing.opening, read_reference(missing.name).name
    needed_by = "this network"
    if isinstance(opening, OpenSession):  # what nnviz keeps for itself has no name for people
        own = state_folder() in opening.path.parents
        needed_by = "this run" if own else opening.path.name
    what, kinds = _FILES.get(Path(name).suffix.casefold(), ("folder", ""))
    box = _box(parent, "data_missing", QMessageBox.Icon.Question, missing.sentence)
    box.setInformativeText(
        f"Where is the data set '{missing.name}' that {needed_by} was trained on?"
    )
    choose = box.addButton(f"Choose {what}…", _Role.AcceptRole)
    choose.setToolTip(f"Say where the {what} is now  [Enter]")
    box.addButton("Cancel", _Role.RejectRole).setToolTip(f"Leave {needed_by} as it is  [Esc]")
    box.setDefaultButton(choose)

    def chosen(place: Path) -> None:
        reopen(opening.with_place(missing.name, str(place)))

    def answered() -> None:
        if box.clickedButton() is choose:
            title = f"The {what}{'' if kinds else ' of'} '{missing.name}'"
            ask_path(parent, "data_folder", title, chosen, kinds=kinds)

    box.finished.connect(answered)
    box.open()


def offer_recovery(parent: QWidget, when: datetime, answer: Callable[[str], None]) -> None:
    """Offer to go on with a run that a crash or a power cut ended; last kept at a time.

    `answer` is called once, with "continue", "later" (keep it) or "discard".
    """
    # A run of another day is not known by its time alone.
    day = "" if when.date() == datetime.now().date() else f"{when.day} {when:%B}, "
    box = _box(
        parent,
        "recovery",
        QMessageBox.Icon.Question,
        f"nnviz did not end properly last time: continue the run of {day}{when:%H:%M}?",
    )
    buttons = {
        box.addButton("Continue", _Role.AcceptRole): "continue",
        box.addButton("Start new", _Role.RejectRole): "later",
        box.addButton("Discard", _Role.DestructiveRole): "discard",
    }
    by_word = {word: button for button, word in buttons.items()}
    by_word["continue"].setToolTip("Go on with the run where it was kept last  [Enter]")
    by_word["later"].setToolTip("The old run is kept: File ▸ Recent runs.")
    by_word["discard"].setToolTip("The old run is deleted.")
    box.setDefaultButton(by_word["continue"])
    box.setEscapeButton(by_word["later"])

    def answered() -> None:
        clicked = box.clickedButton()
        answer(next((word for button, word in buttons.items() if button is clicked), "later"))

    box.finished.connect(answered)
    box.open()


def ask(
    parent: QWidget,
    name: str,
    sentence: str,
    more: str,
    answers: Sequence[tuple[str, Callable[[], object]]],
) -> None:
    """Ask something; each answer has a button, the first is taken by Enter, the last by Escape."""
    box = _box(parent, name, QMessageBox.Icon.Question, sentence)
    box.setInformativeText(more)
    roles = [_Role.AcceptRole] + [_Role.RejectRole] * (len(answers) - 1)
    buttons = {
        box.addButton(text, role): does for role, (text, does) in zip(roles, answers, strict=True)
    }
    box.setDefaultButton(next(iter(buttons)))
    box.setEscapeButton([*buttons][-1])

    def answered() -> None:
        clicked = box.clickedButton()
        next((does for button, does in buttons.items() if button is clicked), answers[-1][1])()

    box.finished.connect(answered)
    box.open()


def _box(parent: QWidget, name: str, icon: QMessageBox.Icon, sentence: str) -> QMessageBox:
    box = QMessageBox(icon, "nnviz", sentence, parent=front_of(parent))
    box.setObjectName(name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
