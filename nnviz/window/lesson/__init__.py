"""The lesson player in the window: drives the program, asks, marks, and gives everything back."""

from nnviz.lessons import load_lesson as lesson_of
from nnviz.lessons.course_folder import is_course
from nnviz.window.lesson.chapters import Chapter, chapter_of, chapters
from nnviz.window.lesson.listing import Listed, is_lesson, listed
from nnviz.window.lesson.player import Player
from nnviz.window.lesson.words import Words

__all__ = [
    "Chapter",
    "Listed",
    "Player",
    "Words",
    "chapter_of",
    "chapters",
    "is_course",
    "is_lesson",
    "lesson_of",
    "listed",
]
