"""The lesson player in the window: drives the program, asks, marks, and gives everything back."""

from nnviz.lessons import load_lesson as lesson_of
from nnviz.window.lesson.listing import Listed, is_lesson, listed
from nnviz.window.lesson.player import Player

__all__ = ["Listed", "Player", "is_lesson", "lesson_of", "listed"]
