"""The player: plays a lesson in the window, and gives everything back when it is left.

It stands between the script, which knows the lesson and calls nothing, and the window: it applies
what a scene changes, tells the script what is seen and done, and shows what the script says.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.lessons import LESSONS
from nnviz.lessons.lesson import Changes, Heading, Lesson
from nnviz.lessons.observed import Observed
from nnviz.lessons.script import Script
from nnviz.lessons.texts import in_language
from nnviz.messages import commands
from nnviz.messages.commands import Command
from nnviz.messages.events import DrawingOffered, Failure
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import Select
from nnviz.window import questions
from nnviz.window.lesson.applying import Applying
from nnviz.window.lesson.eyes import Eyes
from nnviz.window.lesson.handing_in import hand_in
from nnviz.window.lesson.hands import HandsUp, raised, toggled
from nnviz.window.lesson.keys import deed_of
from nnviz.window.lesson.lesson_file import LessonFile
from nnviz.window.lesson.listing import answers_of, progress_of
from nnviz.window.lesson.own_run import OwnRun
from nnviz.window.lesson.permitted import permitted
from nnviz.window.lesson.places import Spot
from nnviz.window.lesson.pointing import Pointing
from nnviz.window.lesson.progress import Progress
from nnviz.window.lesson.screen import Screen
from nnviz.window.lesson.self_play import SelfPlay
from nnviz.window.lesson.showing import shown_of, words_of
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.words import Words
from nnviz.window.lesson_parts import Parts
from nnviz.window.panel import in_sight
from nnviz.window.projector.projector import OF_THE_DESKTOP

LINE_MS = 5000
"""Milliseconds for which the quiet line says something."""
LOOKS_MS = 200
"""Milliseconds between two looks at what changes without a moment: selection, panels, views."""


class Player(QObject):
    """Plays one lesson at a time.

    Attributes:
        script: of the lesson that is on, or None.
        lessons: those among which it stands, by id, in order.
        screen: what it has on screen.

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
        self.script: Script | None = None
        self.lessons: Mapping[str, Heading] = LESSONS
        self._own: OwnRun | None = None
        self._line = ""
        self._tried_on = False
        self._skipping = False
        self._hands: tuple[int, ...] | None = None
        self._begins = 0
        self._before: dict[str, UiState] = {}  # the screen before each scene changed anything
        self._shown: Shown | None = None
        self._progress = progress_of(parts.settings)
        self._answers = answers_of(parts.settings)
        self._applying = Applying(parts, self._send, self.observed, self)
        self._eyes = Eyes(parts, self)
        self._happenings = self._eyes.happenings
        self._self_play = SelfPlay(parts, self._send)
        self.pointing = Pointing(parts, self)
        self.pointing.changed.connect(self._show)
        self.screen = Screen(window, parts, self.words, self.ask_to_leave, self)
        self.screen.answered.connect(self.answer)
        panel = self.screen.panel
        panel.on_wanted.connect(self.on)
        panel.back_wanted.connect(self.back)
        panel.hint_wanted.connect(self.hint)
        panel.leave_wanted.connect(self.ask_to_leave)
        panel.skip_wanted.connect(self.offer_skip)
        panel.next_wanted.connect(self._next)
        panel.again_wanted.connect(self.again)
        panel.hand_in_wanted.connect(self.hand_in)
        self._line_over = QTimer(self, singleShot=True, interval=LINE_MS)
        self._line_over.timeout.connect(partial(self.say, ""))
        self._looking = QTimer(self, interval=LOOKS_MS)
        self._looking.timeout.connect(self._look)
        self._file = LessonFile(lambda error: parts.gate.publish(Failure(str(error))), self)
        self._file.changed.connect(self._read_anew)
        parts.gate.on(Snapshot, self.show_snapshot)
        self._happenings.may_turn_inputs = self._may_turn_inputs

    def _send(self, command: Command) -> None:
        """Have something done for the lesson, which nobody has to allow."""
        self._parts.gate.beyond.send(command)

    # -- beginning and leaving --------------------------------------------------------------------

    def play(self, lesson: Lesson, at: str | None = None) -> None:
        """Play a lesson, from a scene, or from where it was left; its own run is put aside once."""
        parts = self._parts
        if self._own is None:
            self._own = OwnRun(parts, self._window)
            self.screen.open()
        kept = self._progress.of(lesson.id)
        ids = [scene.id for scene in lesson.scenes]
        place = kept.scene if at is None else at
        place = place if place in ids else ids[0]
        parts.gate.judge = self._judge
        self._file.watch(lesson)
        self._begin(lesson, place)
        if place != ids[0] and at is None:
            self.say(self.words("continued"))

    def _begin(self, lesson: Lesson, place: str) -> None:
        self.script = script = Script(lesson, self.words.language, place)
        self._before, self._skipping, self._hands = {}, False, None
        self._self_play.stop()
        self.pointing.end()
        self.screen.marks.clear()
        self._happenings.on = False
        earlier = lesson.scenes[: script.progress[0] - 1]
        self._begins = len(earlier)
        self._show()
        scenes = [scene.changes for scene in earlier]
        self._applying.begin(lesson.start, Changes(), partial(self._go_through, scenes))
        self._looking.start()

    def _go_through(self, scenes: Sequence[Changes]) -> None:
        """Apply what the scenes before the one that was wanted change, then enter that."""
        if self.script is not None and (seen := self.observed()) is not None:
            self.script.pass_through(self._begins - len(scenes), seen)
        if scenes:
            self._mark_place(self._begins - len(scenes))
            rest = scenes[1:]
            self._applying.apply(scenes[0], partial(self._go_through, rest))
        elif self.script is not None:
            self._enter(self.script.begin())

    def again(self) -> None:
        """Play the lesson once more from its beginning."""
        if self.script is not None:
            lesson = self.script.lesson
            self.play(lesson, lesson.scenes[0].id)

    def hand_in(self) -> None:
        """Ask for a file, and write all that was answered to it."""
        self._keep_progress()
        hand_in(self._answers, self._in_front(), self.words, self._parts.gate.publish)

    def _next(self) -> None:
        if self.script is not None and (after := self._lesson_after()):
            self.wanted.emit(after.path)

    def _lesson_after(self) -> Heading | None:
        """Return what is said of the lesson after this one; None where there is none."""
        ids = list(self.lessons)
        id = "" if self.script is None else self.script.lesson.id
        at = ids.index(id) if id in ids else len(ids)
        return self.lessons[ids[at + 1]] if at + 1 < len(ids) else None

    def ask_to_leave(self) -> bool:
        """Ask whether to leave; what is finished is left at once. Tell whether a lesson is on."""
        script = self.script
        if script is None:
            return False
        if script.finished:
            self.leave()
        else:
            ask, stay = self.words("ask_leave"), self.words("ask_stay")
            questions.ask(
                self._in_front(),
                "leave_lesson",
                self.words("ask_title"),
                self.words("ask_text"),
                ((ask, self.leave), (stay, lambda: None)),
            )
        return True

    def _in_front(self) -> QWidget:
        """Return the window that has the keys: the stage, or the desktop."""
        stage = self._parts.projector.stage
        return stage if stage is not None and self._parts.projector.has_keys else self._window

    def leave(self) -> None:
        """Leave the lesson; one's own run comes back as it was."""
        own, self._own = self._own, None
        if own is None:
            return
        parts = self._parts
        self._keep_progress()
        self.script = None
        for timer in (self._looking, self._line_over):
            timer.stop()
        self._file.watch(None)
        self._applying.forget()
        self._happenings.on = False
        self.pointing.end()
        self.screen.close()
        parts.gate.judge = None
        own.give_back()
        self._window.setFocus()
        self.left.emit()

    def _keep_progress(self) -> None:
        """Keep between starts how far one is, and what was answered."""
        if (script := self.script) is not None:
            done = script.finished or self._progress.of(script.lesson.id).done
            scene = "" if script.finished else script.scene.id
            self._progress.note(script.lesson.id, Progress(scene, done))
            now = datetime.now().isoformat(timespec="seconds")
            self._answers.note(script.lesson.id, script.given, now)

    # -- going about ------------------------------------------------------------------------------

    def on(self) -> None:
        """Go on; where the scene is not finished say so, and go on all the same the next time."""
        script = self.script
        if script is None or self._applying.busy or script.finished:
            return
        asked = None if script.scene.kind == "discuss" else script.question
        unanswered = asked is not None and script.given.of(script.scene) is None
        if unanswered or (not script.can_go_on and not self._tried_on):
            self._tried_on = not unanswered  # an answer can always be given, right or wrong
            said = "answer_first" if unanswered else "not_done"
            self.say(self.words(said, key=self.words("on")))
            return
        changes = script.on() if script.can_go_on else script.pass_over()
        if changes is not None:
            self._leave_scene()
            self._enter(changes)
        else:
            if script.finished:
                self._leave_scene()
                self._keep_progress()
            self._show()

    def back(self) -> None:
        """Go back to the scene before, as it was when it began."""
        script = self.script
        if script is None or self._applying.busy:
            return
        changes = script.back()
        if changes is None:
            return
        self._leave_scene()
        id = script.scene.id
        shown = self._parts.shown()
        run = 0 if shown is None else shown.run
        if id not in self._before:
            self._enter(changes)
            return
        self._happenings.on = False
        self._parts.gate.publish(DrawingOffered(None))
        self._send(commands.ReturnTo(id))
        before = self._before[id]

        def returned() -> None:
            self._parts.keeper.show(before)
            self._parts.select(before.selection)
            self._enter(changes, marked=True)

        self._applying.wait_for(lambda s: s.run > run, returned)
        self._show()

    def _leave_scene(self) -> None:
        self._skipping, self._tried_on, self._hands = False, False, None
        self.say("")
        self.pointing.end()
        self._parts.close_editor()  # what is typed there was meant for this scene
        self.screen.marks.clear()
        self._self_play.stop()

    def _mark_place(self, number: int) -> None:
        """Remember run and screen as a scene finds them, to come back to."""
        if self.script is not None:
            id = self.script.lesson.scenes[number].id
            self._before[id] = self._parts.keeper.state()
            self._send(commands.Bookmark(id))

    def _enter(self, changes: Changes, *, marked: bool = False) -> None:
        """Let the scene begin that the script stands at."""
        assert self.script is not None
        if not marked:
            self._mark_place(self.script.progress[0] - 1)
        self._happenings.on = False
        self._show()
        self._applying.apply(changes, self._entered)

    def _entered(self) -> None:
        script, seen = self.script, self._eyes.seen()
        if script is None or seen is None:
            return
        self._eyes.forget()
        self._happenings.begin()
        script.entered(seen)
        self._keep_progress()
        self._ask()
        self._bring_into_sight()
        self.screen.marks.begin(self._glowing)
        self._play_on()
        self._show()

    def _ask(self) -> None:
        """Let hands point where the question wants that."""
        script = self.script
        self.pointing.end()
        if script is None:
            return
        question = script.scene.skip if self._skipping else script.scene.question
        if not self._skipping and script.given.of(script.scene) is not None:
            return
        if question is not None and question.kind in ("point", "line"):
            self.pointing.begin(question)

    # -- answers and hints ------------------------------------------------------------------------

    def answer(self, value: object) -> None:
        """Let an answer stand: a choice, a number, what is pointed at, or counted hands."""
        script = self.script
        if script is None or self._applying.busy:
            return
        if isinstance(value, HandsUp):
            self._hands = None if self._skipping else raised(script, value)
            if value.taken or value.counts is None:
                self._in_front().setFocus()  # the next key is the lesson's, not a field's
            self._play_on()
            self._show()
            return
        found: Any = self.pointing.answer() if value is None else value
        question = script.scene.skip if self._skipping else script.scene.question
        seen = self.observed()
        if found is None or question is None or seen is None:
            return
        said = words_of(question, found, script, seen, self.words)
        if question.point == "class":
            found = float(found)
        try:
            if self._skipping:
                changes = script.skip(found, said)
                self._skipping = False
                self.pointing.end()
                if changes is not None:
                    self._leave_scene()
                    self._enter(changes)
                    return
            else:
                script.answer(found, said)
                self.pointing.take()
                self._in_front().setFocus()  # the next key is the lesson's, not a field's
        except NnvizError as error:
            self.say(str(error))
        self._play_on()
        self._show()

    def hint(self) -> None:
        """Give the next hint, and show again what it is about."""
        if self.script is not None and not self._applying.busy:
            self.script.hint()
            self._bring_into_sight()
            self._show()

    def offer_skip(self) -> None:
        """Ask the question that leads on whoever knows it all."""
        if self.script is not None and self.script.scene.skip is not None:
            self._skipping = not self._skipping
            self._ask()
            self._show()

    # -- what is seen -----------------------------------------------------------------------------

    def observed(self) -> Observed | None:
        """Return what there is to see now, with what the script remembers and was done before."""
        seen = self._eyes.seen()
        return seen if seen is None or self.script is None else self.script.observing(seen)

    def _may_turn_inputs(self) -> bool:
        """Tell whether hands may give the net another input now; say so where they may not."""
        may = self.script is None or "inputs" in self._allowed()
        if not may:
            self.say(self.words("later"))
        return may

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take note of a moment: something may be applied further, judged, or finished by it."""
        if self.script is None or not snapshot.demonstration:
            return
        self._happenings.show_snapshot(snapshot)
        self._applying.show_snapshot(snapshot)
        self._see()
        if not snapshot.playing:  # else it is shown at the pace of looks
            self._show()

    def _play_on(self) -> None:
        if self.script is not None and not self._applying.busy:
            self._self_play.go_on(self.script)

    def _look(self) -> None:
        """Let the script see how things are, and show what it makes of that."""
        if self.script is not None and not self._applying.busy:
            self._see()
            self._show()

    def _see(self) -> None:
        """Let the script see how things are."""
        script = self.script
        if script is None or self._applying.busy:
            return
        seen = self._eyes.look()
        if seen is not None:
            script.see(seen)
            self.pointing.lay_lines()
            self._play_on()

    # -- what is shown and alive ------------------------------------------------------------------

    def _show(self) -> None:
        script = self.script
        if script is None:
            return
        after = self._lesson_after()
        shown = shown_of(
            script,
            self.words,
            self.observed(),
            skipping=self._skipping,
            pointing=self.pointing.said(self.words),
            can_take=self.pointing.answer() is not None,
            hands=self._hands,
            busy=self._applying.busy,
            line=self._line,
            next_title=in_language(after.title, self.words.language) if after else "",
        )
        self._shown = shown
        self.screen.show(shown, self._allowed())

    def _allowed(self) -> frozenset[str]:
        script = self.script
        if script is None or self._applying.busy or self._self_play.on:
            return frozenset()
        return frozenset(script.allowed)

    def _judge(self, command: Command) -> Command | None:
        """Let a command pass that is allowed now, or say that it comes later."""
        shown = self._parts.shown()
        recipe: Recipe | None = None if shown is None else shown.recipe
        if isinstance(command, Select) and self.pointing.points(command.selection):
            return None
        passing = permitted(command, self._allowed(), recipe)
        if passing is None:
            if self._window.isActiveWindow() or self._parts.projector.has_keys:
                self.say(self.words("playing" if self._self_play.on else "later"))
        else:
            self._happenings.passed(passing)
        return passing

    def say(self, sentence: str) -> None:
        """Say something in one quiet line, for a while."""
        if sentence != self._line:
            self._line = sentence
            self._show()
        self._line_over.stop()
        if sentence:
            self._line_over.start()

    def _glowing(self) -> list[Spot]:
        script = self.script
        return [] if script is None else self.screen.glowing(script, self.pointing.selection)

    def _bring_into_sight(self) -> None:
        """Open the panels that the scene marks, where they cannot be seen."""
        docks = dict(self._parts.docks.items())
        for mark in self.script.marks if self.script is not None else ():
            if mark.kind == "panel" and mark.id in docks and not in_sight(docks[mark.id]):
                self._parts.docks.open(mark.id)

    # -- keys and file ----------------------------------------------------------------------------

    def deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here that nothing inside uses; None for nothing."""
        if self.script is None:
            return None
        asked = None if self._shown is None else self._shown.asked
        answer = self.screen.panel.sheet.answer
        count = partial(self.answer, None if asked is None else toggled(asked))
        found = deed_of(event, self.on, self.back, count, asked, answer)
        others = OF_THE_DESKTOP if self._parts.projector.has_keys else ()
        keys = QKeySequence(event.keyCombination())
        if found is None and self.screen.actions.are_grey(keys, others):
            return partial(self.say, self.words("later"))
        return found

    def _read_anew(self, lesson: Lesson) -> None:
        if self.script is not None:
            self.play(lesson, self.script.scene.id)
            self.say(self.words("reloaded"))
