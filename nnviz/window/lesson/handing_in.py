"""Handing in: all that was answered in lessons, written as one small file for whoever teaches."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nnviz.errors import NnvizError
from nnviz.lessons.answer_book import AnswerBook
from nnviz.lessons.answers import NAME
from nnviz.messages.events import Failure, Notice
from nnviz.views.shared.file_dialog import ask_path
from nnviz.window.lesson.words import Words

KINDS = "(*.json)"
"""How the names of answer files end, in Qt's notation."""


def hand_in(
    book: AnswerBook, window: QWidget, words: Words, publish: Callable[[Notice | Failure], None]
) -> None:
    """Ask for a file and write the answers to it; say that they are there, or why not.

    Args:
        book: keeps them.
        window: in front of which to ask.
        words: the player's own.
        publish: says what was done, or what is wrong.
    """
    if not any(True for _ in book):
        publish(Notice(words("no_answers")))
        return

    def write(path: Path) -> None:
        try:
            book.hand_in(path)
        except NnvizError as error:
            publish(Failure(str(error)))
        else:
            publish(Notice(words("handed_in", file=path.name, folder=path.parent)))

    kinds = f"{words('answer_files')} {KINDS}"
    ask_path(window, "save_answers", words("hand_in_title"), write, kinds=kinds, save_as=NAME)
