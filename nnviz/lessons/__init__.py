"""Lessons, and the worked examples of textbooks, as files that a person can read and write."""

from nnviz.lessons.catalogue import LESSONS, load_lesson
from nnviz.lessons.examples import EXAMPLES, Example, load_example, save_example

__all__ = ["EXAMPLES", "LESSONS", "Example", "load_example", "load_lesson", "save_example"]
