"""The course: opens lessons in the window; nothing of them is imported before one is wanted.

A course of one's own stands above nnviz's until the window is closed; the next start has forgotten
it.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from nnviz.errors import NnvizError
from nnviz.messages.data_commands import OpenCourse
from nnviz.messages.events import CourseRead, DrawingShown, Failure
from nnviz.views.shared.file_dialog import ask_paths
from nnviz.window import lesson_language
from nnviz.window.actions import set_tip
from nnviz.window.command_palette.entry import Entry
from nnviz.window.parts import Parts
from nnviz.window.sentence_menu import SentenceMenu
from nnviz.window.toolbar import Toolbar

if TYPE_CHECKING:
    from nnviz.lessons.opened_course import OpenedCourse
    from nnviz.window.lesson import Chapter, Listed, Player
    from nnviz.window.lesson.recorder import Recorder

PACKED = ".zip"
CHAPTER = "Course"
"""What the entries of the palette are."""


class Course(QObject):
    """Opens lessons, one at a time, and closes them.

    Attributes:
        menu: lists the lessons, with a sentence each; filled when it is opened.
        player: plays the lesson that is open, or None.
        recorder: makes a lesson of what is on screen, once that was wanted.

    Signals:
        opening(): a lesson is going to begin.
    """

    opening = Signal()

    def __init__(self, window: QMainWindow, toolbar: Toolbar) -> None:
        """Build the menu and its button; `join` comes once the window has its parts."""
        super().__init__(window)
        self._window = window
        self._parts: Parts | None = None
        self.player: Player | None = None
        self.recorder: Recorder | None = None
        self._own_input: NDArray[np.floating] | None = None
        self._opened: OpenedCourse | None = None
        self.menu = SentenceMenu("&Course", window)
        self.menu.setObjectName("course")
        self.menu.aboutToShow.connect(self._fill)
        self._more = QMenu(self.menu)
        self._more.setObjectName("course_others")
        self._more.setToolTipsVisible(True)
        toolbar.add_menu_button("lesson", "Lesson ▾", self.menu, "Open a lesson.")

    def join(self, parts: Parts) -> None:
        """Take the parts of the window that lessons drive, and files that hold lessons."""
        self._parts, files = parts, parts.opening.files
        lesson_language.prefer(parts.settings.lesson_language)
        files.lesson_chosen.connect(self.open)
        files.answers_chosen.connect(self.count)
        files.course_chosen.connect(self.open_course)
        files.is_lesson, files.is_course = self.takes, self.takes_course
        parts.gate.on(DrawingShown, self._drawing_shown)
        parts.gate.on(CourseRead, lambda read: self._begin_course(read.course))

    def _drawing_shown(self, shown: DrawingShown) -> None:
        self._own_input = shown.picture

    # -- what there is ----------------------------------------------------------------------------

    def _fill(self) -> None:
        assert self._parts is not None
        self.menu.clear()
        self.menu.set_theme(self._parts.theme())
        try:
            for chapter, lessons in self._chapters():
                if chapter.title:
                    self.menu.addSeparator()  # menus of this look write nothing on a line
                    self.menu.addAction(chapter.title.replace("&", "&&")).setEnabled(False)
                for lesson in lessons:
                    do = partial(self.open, lesson.path)
                    self.menu.add(lesson.id, lesson.text, lesson.sentence, do)
        except NnvizError as error:
            self._fail(error)
        self._add_others(self._parts)

    def _add_others(self, parts: Parts) -> None:
        """Add one line for all else: the lessons fill the menu, and the screen, as it is."""
        from nnviz.window.lesson.words import Words

        menu = self._more
        menu.clear()
        menu.setTitle(Words()("others"))
        self.menu.addMenu(menu)
        for entry in self._others():
            action = menu.addAction(entry.title, entry.do)
            action.setData(entry.id)
            set_tip(action, entry.tip)
        menu.addSeparator()
        menu.addAction(parts.actions["new_lesson"])

    def _others(self) -> Iterator[Entry]:
        """Return what there is to do with lessons besides opening one."""
        from nnviz.window.lesson.words import Words

        words = Words()
        yield Entry("hand_in", words("hand_in"), CHAPTER, self.hand_in, words("hand_in_tip"))
        yield Entry("count_answers", words("count"), CHAPTER, self.ask_answers, words("count_tip"))

    def _chapters(self) -> "Iterator[tuple[Chapter, Iterator[Listed]]]":
        """Return all lessons there are, chapter by chapter, as menus list them."""
        from nnviz.window.lesson import Words, chapters, listed

        assert self._parts is not None
        for chapter in chapters(self._opened, Words()("own_course")):
            yield chapter, listed(chapter.lessons, self._parts.settings, chapter.origin)

    def entries(self) -> Iterator[Entry]:
        """Return an entry of the palette for every lesson."""
        for chapter, lessons in self._chapters():
            above = f"{chapter.title}: " if chapter.title else ""
            for lesson in lessons:
                do = partial(self.open, lesson.path)
                id, text = f"lesson:{chapter.prefix}{lesson.id}", above + lesson.text
                yield Entry(id, text, CHAPTER, do, lesson.sentence)
        yield from self._others()

    def choose(self, button: QWidget | None = None) -> None:
        """Let somebody choose a lesson, below a button."""
        at = button or self._window
        self.menu.popup(at.mapToGlobal(QPoint(0, at.height() if button else 0)))

    def _fail(self, error: NnvizError) -> None:
        if self._parts is not None:
            self._parts.gate.publish(Failure(str(error)))

    # -- one of them ------------------------------------------------------------------------------

    def open(self, id_or_path: str | Path) -> None:
        """Begin a lesson, or go on where it was left; say what is wrong where it cannot be."""
        from nnviz.window.lesson import Player, chapter_of, lesson_of

        assert self._parts is not None
        try:
            lesson = lesson_of(id_or_path)
        except NnvizError as error:
            self._fail(error)
            return
        self.opening.emit()
        if self.player is None:
            self.player = Player(self._window, self._parts)
            self.player.left.connect(self._left)
            self.player.wanted.connect(self.open)
        chapter = chapter_of(lesson.path, self._opened)
        self.player.lessons, self.player.origin = chapter.lessons, chapter.origin
        # What is wrong with one of a course was told when that was opened.
        self.player.play(lesson, checked=bool(chapter.lessons))

    def record(self) -> None:
        """Ask for a file, and let what is on screen be the beginning of a new lesson in it."""
        from nnviz.window.lesson.recorder import Recorder

        assert self._parts is not None
        if self.recorder is None:
            self.recorder = Recorder(self._window, self._parts, self.open)
        self.recorder.ask(self._own_input)

    def language_row(self) -> tuple[str, QWidget]:
        """Return a row of the preferences: the language of lessons, of those that there are."""
        from nnviz.lessons.checks import languages_of
        from nnviz.window.lesson.language_choice import language_field

        opened, script = self._opened, None if self.player is None else self.player.script
        found = set() if opened is None else set(opened.languages)
        found |= set() if script is None else languages_of(script.lesson)
        return "Language of lessons", language_field(found, self._speak)

    def _speak(self, language: str) -> None:
        """Let lessons speak a language from now on, the one that is open, too."""
        assert self._parts is not None
        lesson_language.prefer(language)
        self._parts.settings.lesson_language = language
        self._parts.settings.flush()
        if self.player is not None:
            self.player.speak(lesson_language.chosen())

    def hand_in(self) -> None:
        """Ask for a file, and write all that was answered in lessons to it."""
        if self.player is not None:
            self.player.hand_in()
            return
        from nnviz.window.lesson.learner_record import LearnerRecord
        from nnviz.window.lesson.words import Words

        assert self._parts is not None
        record = LearnerRecord(self._parts.settings)
        record.hand_in(self._window, Words(), self._parts.gate.publish)

    def ask_answers(self) -> None:
        """Ask for answer files, and count them."""
        from nnviz.window.lesson.handing_in import KINDS
        from nnviz.window.lesson.words import Words

        words = Words()
        kinds = f"{words('answer_files')} {KINDS}"
        ask_paths(self._window, "count_answers", words("count_title"), self.count, kinds=kinds)

    def count(self, paths: Sequence[Path]) -> None:
        """Show what is answered in files, question by question; say why where none can be read."""
        from nnviz.lessons.counts import count_files
        from nnviz.window.lesson.counts_sheet import CountsSheet
        from nnviz.window.lesson.words import Words

        assert self._parts is not None
        counts = count_files(sorted(paths, key=lambda path: path.name.casefold()))
        if len(paths) == 1 and counts.problems:
            self._parts.gate.publish(Failure(counts.problems[0]))
        else:
            projector = self._parts.projector
            CountsSheet(counts, Words(), projector.theme_in_front(), projector.front()).show()

    def open_course(self, path: Path) -> None:
        """Open a folder of lessons, or an archive of one; its first lesson begins once it is."""
        if self._parts is not None:
            self._parts.gate.beyond.send(OpenCourse(path))

    def _begin_course(self, course: "OpenedCourse") -> None:
        """Begin the first lesson of a course, and tell what is wrong with others."""
        if course.lessons:
            self._opened = course
            self.open(next(iter(course.lessons.values())).path)
        if (failure := course.failure()) is not None and self._parts is not None:
            self._parts.gate.publish(failure)

    def takes_course(self, path: Path) -> bool:
        """Tell whether lessons are to be looked for in a folder, or in an archive."""
        if path.suffix.casefold() == PACKED and path.is_file():
            return True  # nothing else is packed so: what is wrong with it is told
        if not path.is_dir():
            return False
        from nnviz.window.lesson import is_course

        return is_course(path)

    def takes(self, path: Path) -> bool:
        """Tell whether a file is a lesson: one that has scenes."""
        from nnviz.window.lesson import is_lesson

        return is_lesson(path)

    def _left(self) -> None:
        player, self.player = self.player, None
        if player is not None:
            player.deleteLater()

    def leave(self) -> bool:
        """Ask whether to leave the lesson; tell whether one is open."""
        return self.player is not None and self.player.ask_to_leave()

    def close(self) -> None:
        """Leave the lesson at once, as when the window closes."""
        if self.player is not None:
            self.player.leave()

    def deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does in the lesson that is open; None for nothing."""
        return None if self.player is None else self.player.deed(event)


def first_deed(
    *sources: Callable[[QKeyEvent], Callable[[], object] | None],
) -> Callable[[QKeyEvent], Callable[[], object] | None]:
    """Return what asks several for what a key does, and takes the first who knows."""

    def deed(event: QKeyEvent) -> Callable[[], object] | None:
        return next((found for source in sources if (found := source(event)) is not None), None)

    return deed
