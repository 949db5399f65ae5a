"""The player: plays lessons in the window, and gives everything back when they are left."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow

from nnviz.lessons import LESSONS
from nnviz.lessons.lesson import Heading, Lesson
from nnviz.lessons.observed import Observed
from nnviz.lessons.opened_course import failure_of
from nnviz.lessons.script import Script
from nnviz.messages import commands
from nnviz.messages.events import Failure, Notice
from nnviz.window import questions
from nnviz.window.lesson.chapters import lesson_after
from nnviz.window.lesson.learner_record import LearnerRecord
from nnviz.window.lesson.lesson_file import LessonFile
from nnviz.window.lesson.listing import shown_title
from nnviz.window.lesson.own_run import OwnRun
from nnviz.window.lesson.playback import Playback
from nnviz.window.lesson.screen import Screen
from nnviz.window.lesson.words import Words
from nnviz.window.lesson_names import known_names
from nnviz.window.parts import Parts


class Player(QObject):
    """Plays one lesson at a time.

    Attributes:
        lessons: those among which it stands, by id, in order.
        origin: where they come from; see `ProgressFile`.
        screen: what it has on screen.
        playback: of the lesson that is on.
        words: its own.

    Signals:
        left(): the lesson has been left, and all was given back.
        wanted(object): another lesson is wanted, by its id or path.
    """

    left = Signal()
    wanted = Signal(object)

    def __init__(self, window: QMainWindow, parts: Parts, language: str = "") -> None:
        """Join it to a window; nothing is put aside before a lesson is played."""
        super().__init__(window)
        self._window, self._parts = window, parts
        self.words = Words(language)
        self.lessons: Mapping[str, Heading] = LESSONS
        self.origin = ""
        self._own: OwnRun | None = None
        self._from = ""  # where the lesson that is on comes from
        self._unchecked: Lesson | None = None  # it is checked once a scene of it is on screen
        self._record = LearnerRecord(parts.settings)
        self.screen = Screen(window, parts, self.words, self.ask_to_leave, self)
        self.playback = Playback(parts, self.words, self.screen, self)
        self.playback.advanced.connect(self._keep_record)
        self.playback.advanced.connect(self._check)
        self.playback.failed.connect(self._end)
        self._file = LessonFile(lambda error: parts.gate.publish(Failure(str(error))), self)
        self._file.changed.connect(self._read_anew)
        panel = self.screen.panel
        panel.on_wanted.connect(self.playback.on)
        panel.back_wanted.connect(self.playback.back)
        panel.hint_wanted.connect(self.playback.hint)
        panel.skip_wanted.connect(self.playback.offer_skip)
        panel.leave_wanted.connect(self.ask_to_leave)
        panel.next_wanted.connect(self._next)
        panel.again_wanted.connect(self.again)
        panel.hand_in_wanted.connect(self.hand_in)

    @property
    def script(self) -> Script | None:
        """Script of the lesson that is on, or None."""
        return self.playback.script

    def observed(self) -> Observed | None:
        """Return what there is to see now; see `Playback.observed`."""
        return self.playback.observed()

    def deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does in the lesson; see `Playback.deed`."""
        return self.playback.deed(event)

    # -- beginning --------------------------------------------------------------------------------

    def play(self, lesson: Lesson, at: str | None = None, *, checked: bool = True) -> None:
        """Play a lesson, from a scene, or from where it was left; its own run is put aside once.

        One that is not `checked` yet says what is wrong with it, once it has begun.
        """
        if self._own is None:
            self._own = OwnRun(self._parts, self._window)
            self._parts.gate.publish(Notice(""))  # what was told of one's own run
            self._parts.banner.wait(True)
            self.screen.open()
        elif self.script is not None and self.script.lesson.path != lesson.path:
            self._leave_off()
        self._from, self._unchecked = self.origin, None if checked else lesson
        left = self._record.left_off(lesson, self.origin) if at is None else None
        self._parts.gate.judge = self.playback.judge
        self._file.watch(lesson)
        language, title = self.words.language, self._title_after(lesson)
        if left is None:
            self.playback.begin(Script(lesson, language, at or ""), title)
        else:
            run = self._record.run_of(lesson, self.origin)
            self.playback.take_up(Script(lesson, language, left=left), run, left, title)
            self.playback.say(self.words("continued"))

    def _title_after(self, lesson: Lesson) -> str:
        after = lesson_after(lesson, self.lessons)
        return "" if after is None else shown_title(after, self.words.language)

    def speak(self, language: str) -> None:
        """Speak another language from now on, by its code; the scene stays as it is."""
        self.words.language = language
        self.screen.speak()
        if self.script is not None:
            self.script.speak(language)
            self.playback.next_title = self._title_after(self.script.lesson)
        self.playback.look()

    def again(self) -> None:
        """Play the lesson once more from its beginning."""
        if self.script is not None:
            lesson = self.script.lesson
            self.play(lesson, lesson.scenes[0].id)

    def _read_anew(self, lesson: Lesson) -> None:
        if self.script is not None:
            self.play(lesson, self.script.scene.id, checked=False)
            self.playback.say(self.words("reloaded"))

    def _check(self) -> None:
        """Say what is wrong with the lesson: one that could not begin has said why already."""
        lesson, self._unchecked = self._unchecked, None
        if lesson is not None and (failure := failure_of(lesson, known_names())) is not None:
            self._parts.gate.publish(failure)

    @property
    def after(self) -> Heading | None:
        """What is said of the lesson after this one; None where there is none."""
        return None if self.script is None else lesson_after(self.script.lesson, self.lessons)

    def _next(self) -> None:
        if self.after is not None:
            self.wanted.emit(self.after.path)

    # -- what is kept -----------------------------------------------------------------------------

    def _keep_record(self) -> None:
        """Keep between starts how far one is, and what was answered."""
        if self.script is not None:
            self._record.note(self.script, self._from)

    def hand_in(self) -> None:
        """Ask for a file, and write all that was answered to it."""
        self._keep_record()
        self._record.hand_in(self.screen.in_front(), self.words, self._parts.gate.publish)

    # -- leaving ----------------------------------------------------------------------------------

    def ask_to_leave(self) -> bool:
        """Ask whether to leave; what is finished is left at once. Tell whether a lesson is on."""
        if self.script is None:
            return False
        if self.script.finished:
            self.leave()
        else:
            ask, stay = self.words("ask_leave"), self.words("ask_stay")
            questions.ask(
                self.screen.in_front(),
                "leave_lesson",
                self.words("ask_title"),
                self.words("ask_text"),
                ((ask, self.leave), (stay, lambda: None)),
            )
        return True

    def _end(self) -> None:
        """End a lesson that cannot go on: one's own run comes back, and nothing of it is kept."""
        lesson = None if self.script is None else self.script.lesson
        self.playback.end()
        self.leave()
        if lesson is not None:
            title = shown_title(lesson.heading, self.words.language)
            self._parts.gate.publish(Notice(self.words("ended", title=title)))

    def _leave_off(self) -> None:
        """Keep run, screen and memory as the scene found them, to take the lesson up there."""
        if self.script is None:
            return
        left = self.playback.left_off()
        run = self._record.leave_off(self.script.lesson, left, self._from)
        if left is not None and run is not None:
            self._parts.gate.beyond.send(commands.SaveBookmark(left.scene, run))

    def leave(self) -> None:
        """Leave the lesson; one's own run comes back as it was."""
        own, self._own = self._own, None
        if own is None:
            return
        self._keep_record()
        self._leave_off()
        self._file.watch(None)
        self.playback.end()
        self.screen.close()
        self._parts.gate.judge = None
        own.give_back()
        self._parts.banner.wait(False)
        self._window.setFocus()
        self.left.emit()
