"""The language of lessons: which one was chosen, by the environment, by preference or the system's.

What a text lacks in it is shown in English. It costs a start nothing: no lesson is looked at.
"""

import os

from PySide6.QtCore import QLocale

ENGLISH = "en"
VARIABLE = "NNVIZ_LANGUAGE"
"""The environment variable that chooses it, by its code, whatever is preferred."""
_NONE = "C"
"""What systems call the language of those that have none."""
_preferred = ""


def prefer(language: str) -> None:
    """Let lessons speak a language from now on, by its code; "" for the system's."""
    global _preferred
    _preferred = language


def preferred() -> str:
    """Return the language that is preferred; "" for the system's."""
    return _preferred


def of_environment() -> str:
    """Return the language that the environment chooses; "" where it chooses none."""
    return os.environ.get(VARIABLE, "").strip()


def of_system() -> str:
    """Return the language of the system."""
    name = QLocale.system().name()
    return ENGLISH if name == _NONE else name


def chosen() -> str:
    """Return the language of lessons."""
    return of_environment() or _preferred or of_system()
