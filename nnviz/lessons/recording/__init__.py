"""Recording: what is on screen, written as the beginning of a new lesson."""

from nnviz.lessons.recording.beginning import Beginning, beginning_of
from nnviz.lessons.recording.moment import Moment
from nnviz.lessons.recording.writer import LessonFiles, lesson_id, write_lesson

__all__ = ["Beginning", "LessonFiles", "Moment", "beginning_of", "lesson_id", "write_lesson"]
