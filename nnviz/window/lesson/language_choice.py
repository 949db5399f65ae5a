"""The choice of the language of lessons: a field of the preferences with those that there are."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox

from nnviz.lessons import LESSONS
from nnviz.lessons.texts import ENGLISH
from nnviz.views.shared.named import named
from nnviz.window import lesson_language
from nnviz.window.lesson.words import catalogue

SYSTEM = "as the system"
TIP = "In which language lessons speak, as far as their files have it; else in English"
FIXED = (
    f"{lesson_language.VARIABLE} chooses {{name}}: unset it, and start nnviz anew, to choose here"
)


def languages_there(of_lessons: Iterable[str]) -> tuple[str, ...]:
    """Return the languages of the player, of nnviz's lessons, and these, by their names."""
    found = {ENGLISH, *of_lessons, lesson_language.preferred()} - {""}
    found |= {language for text in catalogue().values() for language in text}
    found |= {language for heading in LESSONS.values() for language in heading.title}
    return tuple(sorted(found, key=name_of))


def name_of(language: str) -> str:
    """Return what those who speak a language call it; its code where nobody knows."""
    locale = QLocale(language)
    return locale.nativeLanguageName() or language


def language_field(of_lessons: Iterable[str], choose: Callable[[str], object]) -> QComboBox:
    """Return a field that chooses the language.

    Args:
        of_lessons: the languages of the course and the lesson that are open.
        choose: called with the code of another; "" for the system's.
    """
    field = named(QComboBox(), "lesson_language", tip=TIP)
    field.addItem(SYSTEM, "")
    field.setItemData(0, name_of(lesson_language.of_system()), Qt.ItemDataRole.ToolTipRole)
    for language in languages_there(of_lessons):
        field.addItem(name_of(language), language)
    if fixed := lesson_language.of_environment():
        field.setEnabled(False)
        field.setToolTip(FIXED.format(name=name_of(fixed)))
    field.setCurrentIndex(max(field.findData(fixed or lesson_language.preferred()), 0))
    field.activated.connect(lambda _: choose(field.currentData()))
    return field
