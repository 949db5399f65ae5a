"""The script: a lesson that is under way, as a state machine of scenes, answers and hints.

It is told what was seen, done, answered, and where somebody wants to go; it says what stands on
screen and what a scene changes. It never calls anything: whoever plays the lesson does what it
says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from nnviz.dataclass import dataclass
from nnviz.engine.selection import Selection
from nnviz.lessons.answer_sheet import AnswerSheet, GivenAnswer, judge_given
from nnviz.lessons.expressions import Expression
from nnviz.lessons.functions import report_of
from nnviz.lessons.judging import Answer, needs_report, rights_of
from nnviz.lessons.left_off import LeftOff
from nnviz.lessons.lesson import Changes, Lesson, Play, Question, Scene, Text
from nnviz.lessons.observed import Did, Observed
from nnviz.lessons.texts import ENGLISH, UNKNOWN, fill, in_language, placeholders
from nnviz.lessons.values import ExpressionError, Value

ALWAYS = frozenset({"select", "why", "edges", "fields", "panels", "pace"})
"""Gestures that look and change nothing: they stay alive while an answer is waited for."""


@dataclass(frozen=True, slots=True)
class Glow:
    """Something that glows now.

    Attributes:
        kind: "thing", "panel" or "command".
        id: of the panel or command.
        thing: the neuron, weight or cost; None for a panel or command.
    """

    kind: str
    id: str = ""
    thing: Selection | None = None


class Script:
    """A lesson under way.

    `begin`, `on`, `back` and a `skip` that succeeds return what the scene changes. Once that is
    on screen `entered` is told so; from then on `see` is told whatever comes. Before, nothing is
    judged and nobody goes on.

    Attributes:
        lesson: what is played.
        language: of its texts.
        given: what was answered so far, by scene.
        finished: True once the last scene was gone on from.
        problems: what had no value when it was asked, in sentences; rehearsal fails on them.
    """

    def __init__(
        self, lesson: Lesson, language: str = ENGLISH, at: str = "", left: LeftOff | None = None
    ) -> None:
        """Stand before a scene, named by its id, or where the lesson was left; else the first."""
        self.lesson, self.language = lesson, language
        ids = [scene.id for scene in lesson.scenes]
        at = at if left is None else left.scene
        self._place = ids.index(at) if at in ids else 0
        self._first = 0 if left is None else self._place
        self.given = AnswerSheet(lesson.scenes, language)
        for given in () if left is None else left.given:
            self.given.put(given)
        self.finished = False
        self.problems: list[str] = []
        self._memory: dict[str, Value] = {} if left is None else dict(left.memory)
        self._kept: dict[int, Mapping[str, Value]] = {self._place: dict(self._memory)}
        self._late: dict[str, int] = {}  # what is to be remembered of a report on this net
        self._seen: Observed | None = None
        self._forget_scene()

    def speak(self, language: str) -> None:
        """Speak another language from now on; what was said of answers stays as it was."""
        self.language = self.given.language = language

    def _forget_scene(self) -> None:
        self._did: tuple[Did, ...] = ()
        self._began = 0, 0  # run and step at which the scene was entered
        self._hints = 0
        self._arrived = self._done = self._play_over = False
        self._skip: GivenAnswer | None = None
        self._shown: list[GivenAnswer] = []

    # -- where it stands --------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """The scene that is on."""
        return self.lesson.scenes[self._place]

    @property
    def progress(self) -> tuple[int, int]:
        """The number of the scene, from 1, and how many there are."""
        return self._place + 1, len(self.lesson.scenes)

    @property
    def memory(self) -> Mapping[str, Value]:
        """What was remembered when the scene began."""
        return self._kept.get(self._place, {})

    @property
    def arrived(self) -> bool:
        """Whether what the scene changes is on screen."""
        return self._arrived

    def observing(self, seen: Observed) -> Observed:
        """Return a moment as expressions of this scene look at it."""
        given = self.given.of(self.scene)
        value = None if given is None else given.value
        answer = float(value) if isinstance(value, int) else value
        return replace(seen, did=self._did, memory=self._memory, answer=answer)

    # -- going about ------------------------------------------------------------------------------

    def begin(self) -> Changes:
        """Enter the scene that it stands before, after what the lesson starts with."""
        return self._enter(self._place)

    def pass_through(self, place: int, seen: Observed) -> None:
        """Remember what a scene remembers, for whoever goes on where a lesson was left.

        Args:
            place: of the scene, from 0: those before the one that is begun with, then that one.
            seen: the moment before its changes are made.
        """
        memory = self._memory
        for name, expression in self.lesson.scenes[place].remember.items():
            try:
                memory[name] = expression.value(replace(seen, memory=memory, answer=None))
            except ExpressionError as error:
                self._note(error)
        self._kept[place] = dict(memory)

    def on(self) -> Changes | None:
        """Go on; return what the next scene changes, or None where it cannot be gone on yet.

        From the last scene it returns None and is `finished`.
        """
        if not self.can_go_on:
            return None
        if self._place + 1 == len(self.lesson.scenes):
            self.finished = True
            return None
        return self._enter(self._place + 1)

    def pass_over(self) -> Changes | None:
        """Go on though the scene is not finished; not while an answer is waited for."""
        if self.locked or not self._arrived:
            return None
        self._done = True
        self.play_ended()
        return self.on()

    def back(self) -> Changes | None:
        """Go back to the scene before; None where there is none, or nobody knows how it was.

        Whoever plays gives back what that scene began with, before it makes the changes again.
        """
        if self.finished:
            self.finished = False
            return self._enter(self._place)
        return self._enter(self._place - 1) if self._place > self._first else None

    def _enter(self, place: int) -> Changes:
        before, self._place = self._place, place
        self._late = {}
        if place < before:
            self._memory = dict(self._kept.get(place, {}))
        if place > before and self._seen is not None:  # before anything is changed or forgotten
            self._remember(self._seen)
            self._kept[place] = dict(self._memory)
        self._forget_scene()
        return self.scene.changes

    def _remember(self, seen: Observed) -> None:
        for name, expression in self.scene.remember.items():
            try:
                self._memory[name] = expression.value(self.observing(seen))
            except ExpressionError as error:
                self._note(error)
            if needs_report(expression) and report_of(seen) is None:
                self._late[name] = seen.snapshot.mark

    def _remember_late(self, seen: Observed) -> None:
        """Remember what a report says that was still to be made when the scene began."""
        if report_of(seen) is None:
            return
        for name, mark in list(self._late.items()):
            if seen.snapshot.mark == mark:
                self._memory[name] = self.scene.remember[name].value(seen)
            del self._late[name]  # else it would be of another net
        self._kept[self._place] = dict(self._memory)

    # -- what is seen -----------------------------------------------------------------------------

    def entered(self, seen: Observed) -> None:
        """Hear that what the scene changes is on screen by now."""
        if self.scene.remember.keys() - self._memory.keys():  # nothing was to be seen before
            self._remember(seen)
            self._kept[self._place] = dict(self._memory)
        self._arrived, self._began = True, (seen.snapshot.run, seen.snapshot.step)
        self.see(replace(seen, did=()))

    def see(self, seen: Observed) -> None:
        """Look at a moment; `seen.did` is what was done since the last one."""
        self._seen = seen
        if not self._arrived:
            return
        self._did = (*self._did, *seen.did)
        if self._late:
            self._remember_late(self.observing(seen))
        now, scene = self.observing(seen), self.scene
        if scene.play is not None:
            rough = replace(now, rough=True)
            self._play_over = self._play_over or self._holds(scene.play.until, rough)
        if scene.done is not None:
            trained = replace(now, rough=self._measured_since(now))
            self._done = self._done or self._holds(scene.done, trained)
        self._judge(now)

    def _measured_since(self, seen: Observed) -> bool:
        """Tell whether training plays, and has been measured since the scene began."""
        snapshot, (run, step) = seen.snapshot, self._began
        found = snapshot.measured
        if found is None or not snapshot.playing:
            return False
        return snapshot.run != run or found.figures.step > step

    @property
    def lacks_report(self) -> bool:
        """Whether a report on the test examples is wanted that was not made of this net yet."""
        seen = self._seen
        if seen is None or not self._arrived or not _at_rest(seen) or report_of(seen) is not None:
            return False
        if self._late or any(needs_report(one) for one in read_in(self.scene, self.language)):
            return True
        return any(not self.given.is_measured(given, seen) for given in self.given.pending())

    def play_ended(self) -> None:
        """Hear that what plays by itself has come to its limit, or cannot go on."""
        self._play_over = True
        if self._seen is not None:
            self._judge(self.observing(self._seen))

    def _holds(self, condition: Expression, seen: Observed) -> bool:
        try:
            return condition.holds(seen)
        except ExpressionError as error:
            self._note(error)
            return False

    def _note(self, error: ExpressionError) -> None:
        sentence = f"{self.lesson.path.name}, scene '{self.scene.id}': {error}"
        if sentence not in self.problems:
            self.problems.append(sentence)

    # -- what stands on screen --------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What is said."""
        return self.said(self.scene.text)

    def said(self, text: Text) -> str:
        """Return a text of the lesson in the language, filled with the numbers of now."""
        if not text or self._seen is None:
            return in_language(text, self.language) if "{" not in str(text) else UNKNOWN
        try:
            return fill(text, self.observing(self._seen), self.language)
        except ExpressionError as error:
            if self._arrived:
                self._note(error)
            return UNKNOWN

    @property
    def marks(self) -> tuple[Glow, ...]:
        """What glows."""
        found = []
        for mark in self.scene.marks:
            if mark.thing is None:
                found.append(Glow(mark.kind, mark.id))
            elif self._seen is not None and self._arrived:
                try:
                    found.append(Glow("thing", "", mark.thing.thing(self.observing(self._seen))))
                except ExpressionError as error:
                    self._note(error)
        return tuple(found)

    @property
    def play(self) -> Play | None:
        """What is to play by itself now; None where nothing is, or it is over."""
        return None if self._play_over or not self._arrived else self.scene.play

    @property
    def locked(self) -> bool:
        """Whether all that changes or shows something is locked, as an answer is waited for."""
        asks = self.scene.question is not None and self.scene.kind != "discuss"
        return asks and self.given.of(self.scene) is None

    @property
    def asks(self) -> bool:
        """Whether a question is open: unanswered, or nobody has seen yet what is right."""
        unanswered = self.scene.question is not None and self.given.of(self.scene) is None
        return not self.finished and (unanswered or bool(self.given.pending()))

    @property
    def allowed(self) -> frozenset[str]:
        """The gestures that are alive."""
        allowed = frozenset(self.scene.allow) if self._arrived else frozenset[str]()
        return allowed & ALWAYS if self.locked else allowed

    @property
    def can_go_on(self) -> bool:
        """Whether the scene is finished, or all hints to it are given: nobody is locked in."""
        if not self._arrived or self.finished:
            return False
        if self.locked:
            return False
        hinted = bool(self.scene.hints) and not self.hints_left
        return hinted or self._is_done

    @property
    def _is_done(self) -> bool:
        played = self.scene.play is None or self._play_over
        return played and (self.scene.done is None or self._done)

    # -- questions --------------------------------------------------------------------------------

    @property
    def question(self) -> Question | None:
        """What the scene asks; None where it asks nothing."""
        return self.scene.question

    def answer(self, value: Answer, words: str = "", seconds: float = 0.0) -> None:
        """Let an answer to the scene's question stand, in words for when it is shown again."""
        self._put(GivenAnswer(self.scene.id, value, words, seconds=seconds))

    def show_of_hands(self, hands: tuple[int, ...], words: str = "") -> None:
        """Let so many hands for each choice stand for an answer: that of a class."""
        self._put(GivenAnswer(self.scene.id, None, words, hands=hands))

    def _put(self, given: GivenAnswer) -> None:
        if self.question is None or not self._arrived:
            return
        self.given.put(given)
        if self._seen is not None:
            self._judge(self.observing(self._seen))

    def _judge(self, seen: Observed) -> None:
        """Judge what the scene shows by now: its own question, or what earlier ones predicted."""
        shows = self.scene.kind == "observe" and self._is_done and _at_rest(seen)
        for given in self.given.pending():
            own = given.scene == self.scene.id
            now = own and self.question is not None and self.question.judged == "now"
            if (shows or now) and self.given.is_measured(given, seen):
                try:
                    self._shown.append(self.given.judge(given, seen))
                except ExpressionError as error:
                    self._note(error)

    @property
    def predictions(self) -> tuple[GivenAnswer, ...]:
        """What stands beside the result: predictions that are to be seen, or were just now."""
        if self.scene.kind != "observe":
            return ()
        return tuple(self._shown) or tuple(self.given.pending())

    @property
    def judged(self) -> GivenAnswer | None:
        """The answer of which this scene says whether it was right; None where there is none."""
        own = self.given.of(self.scene)
        if own is not None and own.judged and self.question is not None:
            return own
        return self._shown[-1] if self._shown else self._skip

    @property
    def feedback(self) -> str:
        """What is said to the answer; empty as long as nothing is judged."""
        return "" if self.judged is None else self.judged.feedback

    def skip(self, value: Answer, words: str = "", seconds: float = 0.0) -> Changes | None:
        """Answer the question that lets whoever knows it go on from here.

        Returns what the scene changes that is next; None where the answer was wrong.
        """
        question = self.scene.skip
        if question is None or self._seen is None or not self._arrived:
            return None
        given = GivenAnswer(self.scene.id, value, words, seconds=seconds)
        try:
            seen = self.observing(self._seen)
            self._skip = judge_given(question, given, seen, self.language)
        except ExpressionError as error:
            self._note(error)
            return None
        ids = [scene.id for scene in self.lesson.scenes]
        to = ids.index(question.to) if question.to in ids else self._place + 1
        if not self._skip.right or not self._place < to < len(ids):
            return None
        return self._enter(to)

    # -- hints ------------------------------------------------------------------------------------

    def hint(self) -> str:
        """Return the next hint, from vague to exact; empty where there is none left."""
        if not self.hints_left:
            return ""
        self._hints += 1
        return self.hints[-1]

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints that were given, with the numbers of now."""
        return tuple(self.said(text) for text in self.scene.hints[: self._hints])

    @property
    def hints_left(self) -> int:
        """How many hints there still are."""
        return len(self.scene.hints) - self._hints


def read_in(scene: Scene, language: str) -> Iterator[Expression]:
    """Return what a scene reads from the moment while it is on, besides what it remembers."""
    if scene.done is not None:
        yield scene.done
    if scene.question is not None:
        yield from rights_of(scene.question)
    for hole in placeholders(in_language(scene.text, language)):
        yield hole.expression


def _at_rest(seen: Observed) -> bool:
    """Tell whether nothing is trained, and what is measured is of this very moment."""
    found = seen.snapshot.measured
    return not seen.snapshot.playing and (found is None or found.now)
