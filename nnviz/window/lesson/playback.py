"""The playback of a lesson: what is done and seen on the way from its first scene to its last.

It stands between the script, which knows the lesson and calls nothing, and the window: it applies
what a scene changes, tells the script what is seen and done, and shows what the script says.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from nnviz.engine.changes import THETA
from nnviz.engine.run.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.lessons.left_off import LeftOff
from nnviz.lessons.observed import Observed
from nnviz.lessons.script import Script
from nnviz.messages.command import Command
from nnviz.messages.commands import GoTo, MakeEdit, MakeReport
from nnviz.messages.events import Selected
from nnviz.messages.window_commands import Select
from nnviz.window.lesson.answering import Answering
from nnviz.window.lesson.applying import Applying
from nnviz.window.lesson.hands import HandsUp, toggled
from nnviz.window.lesson.keys import deed_of
from nnviz.window.lesson.observer import Observer
from nnviz.window.lesson.permitted import permitted
from nnviz.window.lesson.places import Spot
from nnviz.window.lesson.pointing import Pointing
from nnviz.window.lesson.quiet_line import QuietLine
from nnviz.window.lesson.scene_sequence import SceneSequence
from nnviz.window.lesson.screen import Screen
from nnviz.window.lesson.self_play import SelfPlay
from nnviz.window.lesson.showing import shown_of
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.words import Words
from nnviz.window.parts import Parts
from nnviz.window.projector.desktop import OF_THE_DESKTOP

LOOKS_MS = 200
"""Milliseconds between two looks at what changes without a moment: selection, panels, views."""


class Playback(QObject):
    """Plays the script of one lesson.

    Attributes:
        script: of the lesson that is on, or None.
        shown: what is shown of it now; None before anything is.
        pointing: what hands point at.
        next_title: of the lesson after it; empty for none.

    Signals:
        advanced(): a scene was entered, or the last one finished.
        failed(): the lesson cannot go on, and it has been told why.
    """

    advanced = Signal()
    failed = Signal()

    def __init__(self, parts: Parts, words: Words, screen: Screen, parent: QObject) -> None:
        """Begin with no lesson.

        Args:
            parts: of the window.
            words: the player's own.
            screen: shows the lesson.
            parent: whoever plays.
        """
        super().__init__(parent)
        self._parts, self._words, self._screen = parts, words, screen
        self.script: Script | None = None
        self.shown: Shown | None = None
        self.next_title = ""
        self._tried_on = False
        self._resting = self._rested = False  # on the way to where the scene rests, or there
        self._reported = 0, 0  # run and net that a report was asked for of last
        self._observer = Observer(parts, self)
        self._happenings = self._observer.happenings
        # After the observer: what it waits for, that has seen when it is told.
        self._applying = Applying(parts, self._send, self.observed, self)
        self._applying.failed.connect(self.failed)
        self._happenings.may_turn_inputs = self._may_turn_inputs
        self._self_play = SelfPlay(parts, self._send)
        self._scenes = SceneSequence(
            parts, self._applying, self._happenings, self.observed, self._send, self
        )
        self._scenes.changing.connect(self._show)
        self._scenes.entered.connect(self._entered)
        self.pointing = Pointing(parts, self)
        self.pointing.changed.connect(self._show)
        self._answering = Answering(self.pointing, words, lambda: screen.in_front().setFocus())
        self._line = QuietLine(self)
        self._line.changed.connect(self._show)
        self._looking = QTimer(self, interval=LOOKS_MS)
        self._looking.timeout.connect(self.look)
        screen.answered.connect(self.answer)
        screen.slid.connect(self._slide)
        screen.closed.deed = self.deed
        screen.closed.refused.connect(self._say_later)
        parts.gate.on(Snapshot, self._show_snapshot)

    def _send(self, command: Command) -> None:
        """Have something done for the lesson, which nobody has to allow."""
        self._parts.gate.beyond.send(command)

    def begin(self, script: Script, next_title: str) -> None:
        """Play from the scene that a script stands before; `next_title` is the lesson's after."""
        self.script, self.next_title = script, next_title
        self._clear_scene()
        self._scenes.begin(script)
        self._looking.start()

    def take_up(self, script: Script, run: Path, left: LeftOff, next_title: str) -> None:
        """Play on where a lesson was left; from its beginning where that is not to be had.

        Args:
            script: stands before the scene.
            run: the file of its run.
            left: where it was left.
            next_title: of the lesson after it.
        """
        self.script, self.next_title = script, next_title
        self._clear_scene()

        def anew() -> None:
            self.begin(Script(script.lesson, script.language), next_title)
            self.say(self._words("anew"))

        self._scenes.take_up(script, run, left.found, anew)
        self._looking.start()

    def left_off(self) -> LeftOff | None:
        """Return where the lesson stands, to be taken up there; None at its beginning and end."""
        script, found = self.script, self._scenes.found
        if script is None or script.finished or found is None or script.progress[0] == 1:
            return None
        return LeftOff(script.scene.id, found, dict(script.memory), tuple(script.given))

    def end(self) -> None:
        """Play no further, and show no more."""
        self.script = None
        self._looking.stop()
        self._line.stop()
        self._scenes.end()
        self._happenings.on = False
        self._parts.remark.wait(False)
        self.pointing.end()

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
            self.say(self._words(said, key=self._words("on")))
            return
        changes = script.on() if script.can_go_on else script.pass_over()
        if changes is not None:
            self._leave_scene()
            self._scenes.enter(changes)
        else:
            if script.finished:
                self._leave_scene()
                self.advanced.emit()
            self._show()

    def back(self) -> None:
        """Go back to the scene before, as it was when it began."""
        if self.script is None or self._applying.busy:
            return
        changes = self.script.back()
        if changes is not None:
            self._leave_scene()
            self._scenes.enter_again(changes)
        elif self.script.progress[0] > 1:  # nobody knows how the scene before was left
            self.begin(Script(self.script.lesson, self.script.language), self.next_title)

    def _leave_scene(self) -> None:
        self._tried_on = False
        self._clear_scene()
        self.say("")
        self._parts.close_editor()  # what is typed there was meant for this scene

    def _clear_scene(self) -> None:
        self._answering.forget()
        self._screen.marks.clear()
        self._self_play.stop()

    def _entered(self) -> None:
        script, seen = self.script, self._observer.seen()
        if script is None or seen is None:
            return
        self._observer.forget()
        self._resting, self._rested, self._reported = False, False, (0, 0)
        self._happenings.begin()
        script.entered(seen)
        self.advanced.emit()
        self._answering.ask(script)
        self._screen.bring_into_sight(script)
        self._screen.marks.begin(self._glowing)
        self._play_on()
        self._show()

    # -- answers and hints ------------------------------------------------------------------------

    def answer(self, value: object) -> None:
        """Let an answer stand: a choice, a number, what is pointed at, or counted hands."""
        script = self.script
        if script is None or self._applying.busy:
            return
        if isinstance(value, HandsUp):
            self._answering.count(script, value)
        elif (seen := self.observed()) is not None:
            try:
                changes = self._answering.take(script, value, seen)
            except NnvizError as error:
                changes = None
                self.say(str(error))
            if changes is not None:
                self._leave_scene()
                self._scenes.enter(changes)
                return
        self._play_on()
        self._show()

    def _slide(self, place: int, value: float, held: bool) -> None:
        """Let what a slider moves have this value, where that is allowed."""
        script, seen = self.script, self.observed()
        if script is None or seen is None or place >= len(script.scene.sliders):
            return
        slider = script.scene.sliders[place]
        if (thing := slider.of.thing(seen)) is not None:
            value = -value if slider.turned else value
            self._parts.gate.send(MakeEdit(THETA, (value,), (thing.parameter,), held))

    def hint(self) -> None:
        """Give the next hint, and show again what it is about."""
        if self.script is not None and not self._applying.busy:
            self.script.hint()
            self._screen.bring_into_sight(self.script)
            self._show()

    def offer_skip(self) -> None:
        """Ask the question that leads on whoever knows it all."""
        if self.script is not None and self.script.scene.skip is not None:
            self._answering.turn_skip(self.script)
            self._show()

    # -- what is seen -----------------------------------------------------------------------------

    def observed(self) -> Observed | None:
        """Return what there is to see now, with what the script remembers and was done before."""
        seen = self._observer.seen()
        return seen if seen is None or self.script is None else self.script.observing(seen)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """Take note of a moment: something may be applied further, judged, or finished by it."""
        if self.script is None or not snapshot.demonstration:
            return
        self._happenings.show_snapshot(snapshot)
        self._applying.show_snapshot(snapshot)
        self._rest(snapshot)
        self._see()
        if not snapshot.playing:  # else it is shown at the pace of looks
            self._show()

    def _rest(self, snapshot: Snapshot) -> None:
        """Let what hands play come to rest at the very step that the scene speaks of, once.

        Whoever pauses just then calls off the way back to it: it is gone again.
        """
        script = self.script
        if script is None or self._applying.busy or self._self_play.on:
            return
        last = script.scene.rests_at
        if self._resting:
            if snapshot.playing:
                return  # it has not heard of it yet
            self._resting = snapshot.step > last
        elif last and not self._rested and snapshot.playing and snapshot.step >= last:
            self._resting = self._rested = True
        if self._resting:
            self._send(GoTo(last))

    def look(self) -> None:
        """Let the script see how things are, and show what it makes of that."""
        if self.script is not None and not self._applying.busy:
            self._see()
            self._show()

    def _see(self) -> None:
        """Let the script see how things are."""
        if self.script is None or self._applying.busy or self._resting:
            return
        seen = self._observer.look()
        if seen is not None:
            self.script.see(seen)
            self.pointing.lay_lines()
            self._play_on()
            self._ask_for_report(seen)

    def _ask_for_report(self, seen: Observed) -> None:
        """Have a report made where the scene reads one, whether a panel shows it or not."""
        about = seen.snapshot.run, seen.snapshot.mark
        if self.script is not None and self.script.lacks_report and about != self._reported:
            self._reported = about
            self._send(MakeReport())

    def _play_on(self) -> None:
        if self.script is not None and not self._applying.busy:
            self._self_play.go_on(self.script)

    # -- what is shown ----------------------------------------------------------------------------

    def _show(self) -> None:
        if self.script is None:
            return
        allowed = self._allowed()
        self.shown = shown_of(
            self.script,
            self._words,
            self.observed(),
            allowed=allowed,
            skipping=self._answering.skipping,
            pointing=self.pointing.said(self._words),
            can_take=self.pointing.answer() is not None,
            hands=self._answering.hands,
            busy=self._applying.busy,
            line=self._line.sentence,
            next_title=self.next_title,
        )
        self._screen.show(self.shown, allowed)
        self._parts.remark.wait(self.script.asks)  # what helps is often what is asked

    def say(self, sentence: str) -> None:
        """Say something in one quiet line, for a while."""
        self._line.say(sentence)

    def _glowing(self) -> list[Spot]:
        script = self.script
        return [] if script is None else self._screen.glowing(script, self.pointing.selection)

    # -- what is allowed --------------------------------------------------------------------------

    def _allowed(self) -> frozenset[str]:
        if self.script is None or self._applying.busy or self._self_play.on:
            return frozenset()
        return frozenset(self.script.allowed)

    def judge(self, command: Command) -> Command | None:
        """Let a command pass that is allowed now, or say that it comes later."""
        if isinstance(command, Select) and self.pointing.points(command.selection):
            return None
        shown = self._parts.shown()
        recipe = None if shown is None else shown.recipe
        passing = permitted(command, self._allowed(), recipe, self._screen.closed.at)
        if passing is not None:
            self._happenings.passed(passing)
            return passing
        # A view may have marked it already; to let go of it is Escape's first step on the way out.
        if isinstance(command, Select) and command.selection is not None:
            self._parts.gate.publish(Selected(self._parts.selected()))
        if self._screen.active:
            self._say_later()
        return None

    def _say_later(self) -> None:
        """Say that it comes after the lesson, or once nothing plays by itself any more."""
        self.say(self._words("playing" if self._self_play.on else "later"))

    def _may_turn_inputs(self, gone: bool) -> bool:
        """Tell whether hands may give the net another input now; say so where they may not."""
        freed_by = ("inputs", "examples") if gone else ("inputs",)
        may = self.script is None or not self._allowed().isdisjoint(freed_by)
        if not may:
            self._say_later()
        return may

    def deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here that nothing inside uses; None for nothing."""
        if self.script is None:
            return None
        asked = None if self.shown is None else self.shown.asked
        answer = self._screen.panel.sheet.answer
        count = partial(self.answer, None if asked is None else toggled(asked))
        found = deed_of(event, self.on, self.back, count, asked, answer)
        others = OF_THE_DESKTOP if self._parts.projector.has_keys else ()
        keys = QKeySequence(event.keyCombination())
        if found is None and self._screen.actions.are_grey(keys, others):
            return partial(self.say, self._words("later"))
        return found
