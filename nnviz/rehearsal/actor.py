"""The actor: plays one lesson from its first scene to its end, and notes what goes wrong.

Questions are answered from the engine, what is to be done is done by hand, and what a scene
expects is compared with what it shows.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnviz.errors import NnvizError
from nnviz.lessons.checks import MOST_WORDS, words_of
from nnviz.lessons.lesson import Lesson, Question, Scene
from nnviz.lessons.observed import Observed
from nnviz.lessons.texts import UNKNOWN
from nnviz.lessons.values import ExpressionError, Value
from nnviz.rehearsal.answering import Answering
from nnviz.rehearsal.hands import Hands
from nnviz.rehearsal.reading import clipped, reads_as, scrolled_away
from nnviz.tour.guide import Guide, TourError
from nnviz.window.lesson import Player

STRIP, PANEL = "lesson_strip", "lesson_panel"
"""Names of what the lesson is read on."""
LOOKS = 40
"""How often it is looked whether a net is measured, before it is gone on without."""
REPORTS = 1200
"""How often it is looked whether a number that is missing has come."""
MOST_STEPS = 60
"""Steps after which a scene that only wants steps is given up."""


class Played:
    """What came of one lesson.

    Attributes:
        scenes, answers, gestures: how many there were.
        failures: what went wrong, in sentences.
        right: places of the choices that turned out to be right, by scene.
        missed: whether a choice that was to be wrong turned out to be right.
    """

    def __init__(self) -> None:
        self.scenes = self.answers = self.gestures = 0
        self.failures: list[str] = []
        self.right: dict[str, tuple[int, ...]] = {}
        self.missed = False


class Actor:
    """Plays lessons in one window."""

    def __init__(
        self,
        guide: Guide,
        photograph: Callable[[str], None],
        *,
        wrong: bool,
        arrived: Callable[[Scene], object] = lambda _scene: None,
    ) -> None:
        """Take the stage.

        Args:
            guide: drives the window.
            photograph: takes a picture under a name.
            wrong: whether questions are answered wrongly where that is known.
            arrived: is called in every scene before anything is done in it.
        """
        self._guide, self._photograph, self._wrong = guide, photograph, wrong
        self._arrived = arrived
        self._each: dict[str, list[Value]] = {}
        self._right: dict[str, tuple[int, ...]] = {}  # what an earlier time has shown
        self.hands = Hands(guide, self.seen, self._done, self._stepped)
        self._answering = Answering(guide, self.hands.touch, self.seen)

    @property
    def player(self) -> Player:
        """What plays the lesson in the window."""
        player = self._guide.app.window.course.player
        if player is None:
            raise TourError("The lesson is not open any more.")
        return player

    def seen(self) -> Observed:
        """Return what is on screen, as expressions of the scene look at it."""
        seen = self.player.observed()
        if seen is None:
            raise TourError("Nothing is on screen.")
        return seen

    def _done(self) -> bool:
        script = self.player.script
        return script is not None and script.can_go_on

    # -- a lesson ---------------------------------------------------------------------------------

    def play(self, lesson: Lesson) -> Played:
        """Play a lesson to its end, or to what cannot be gone on from.

        Where a choice that was to be wrong turned out to be right, it is played once more.
        """
        played = self._play(lesson)
        if self._wrong and played.missed and not played.failures:
            self._right = played.right
            played = self._play(lesson)
        return played

    def _play(self, lesson: Lesson) -> Played:
        played = Played()
        self._guide.app.window.course.open(lesson.path)
        try:
            self._guide.wait("the lesson", lambda: self._at(lesson.scenes[0]))
            self.player.again()
            for place, scene in enumerate(lesson.scenes):
                self._guide.wait(f"the scene '{scene.id}'", partial(self._at, scene))
                self._arrived(scene)
                self._scene(scene, played)
                self._go_on(played, last=place + 1 == len(lesson.scenes))
        except NnvizError as error:
            played.failures.append(str(error))
        self._look_back(played)
        return played

    def _look_back(self, played: Played) -> None:
        """Note which choices were right."""
        player = self._guide.app.window.course.player
        if player is None or player.script is None:
            return
        for given in player.script.given:
            if given.right_choices:
                played.right[given.scene] = given.right_choices
                played.missed |= bool(given.right)

    def _at(self, scene: Scene) -> bool:
        player = self._guide.app.window.course.player
        if player is None or player.script is None:
            return False
        return player.script.scene.id == scene.id and player.script.arrived

    def _go_on(self, played: Played, *, last: bool) -> None:
        self.hands.touch.press(Qt.Key.Key_PageDown)
        if last:
            self._guide.wait(
                "the end", lambda: bool(self.player.script and self.player.script.finished)
            )
            return

    # -- a scene ----------------------------------------------------------------------------------

    def _scene(self, scene: Scene, played: Played) -> None:
        played.scenes += 1
        note = _noting(played, scene)
        self._each = {one.expression.source: [] for one in scene.expect if one.each}
        self._guide.live(60)
        self._wait_for_figures(scene)
        self._read(scene, note)
        if scene.question is not None:
            self._answer(scene, scene.question, played, note)
        self._act(scene, played, note)
        self._wait_for_judgement(scene, note)
        self._expect(scene, note)
        self._guide.live(60)  # what is said of the answer is laid out
        self._read(scene, note)
        self._photograph(scene.id)

    def _wait_for_figures(self, scene: Scene) -> None:
        """Wait until the net is measured, as it is long before anybody has read what is said."""
        for _ in range(LOOKS):
            measured = self._guide.at().measured
            if scene.play is not None or (measured is not None and measured.now):
                return
            self._guide.live(50)

    def _wait_for_judgement(self, scene: Scene, note: Callable[[str], None]) -> None:
        """Wait until all numbers are there, and what was predicted is judged where it is seen."""
        script = self.player.script
        assert script is not None
        missing = ""
        for _ in range(REPORTS):
            unknown = [said for said in (script.text, script.feedback) if UNKNOWN in said]
            waits = scene.kind == "observe" and any(True for _ in script.given.pending())
            missing = f"a number is missing: {unknown[0]}" if unknown else ""
            if waits and not missing:
                missing = "it is never said whether what was predicted is right"
            if not missing:
                return
            self._guide.live(50)
        note(missing)

    def _said_on(self) -> QWidget:
        """Return what the lesson is read on: the strip of the stage, else its panel."""
        front = self.hands.touch.front
        for name in (STRIP, PANEL):
            if isinstance(found := front.findChild(QWidget, name), QWidget):
                return found
        raise TourError("There is no lesson to be read.")

    def _read(self, scene: Scene, note: Callable[[str], None]) -> None:
        """Look at what is said, whether it is short enough, and whether all of it can be seen."""
        script = self.player.script
        assert script is not None
        if (words := words_of(script.text)) > MOST_WORDS:
            note(f"it says {words} words, and at most {MOST_WORDS} are read")
        for problem in script.problems:
            note(problem)
        script.problems.clear()
        said_on = self._said_on()
        for text in clipped(said_on):
            note(f"this is cut off: {text}")
        if said_on.objectName() == STRIP:  # nobody in a class scrolls
            for text in scrolled_away(said_on):
                note(f"this has to be scrolled: {text}")

    def _answer(
        self, scene: Scene, question: Question, played: Played, note: Callable[[str], None]
    ) -> None:
        """Answer as the engine would, or wrongly; look whether just one answer is right."""
        script = self.player.script
        assert script is not None
        self._answering.answer(
            question, self._ahead(scene), wrong=self._wrong, known=self._right.get(scene.id, ())
        )
        played.answers += 1
        self._guide.wait("the answer to stand", lambda: script.given.of(scene) is not None)

    def _ahead(self, scene: Scene) -> Scene | None:
        """Return the scene after one."""
        script = self.player.script
        scenes = () if script is None else script.lesson.scenes
        place = scenes.index(scene) + 1
        return scenes[place] if place < len(scenes) else None

    def _act(self, scene: Scene, played: Played, note: Callable[[str], None]) -> None:
        """Do what the scene wants: its solution, else steps, else nothing but wait."""
        if scene.play is not None:
            self._guide.wait(f"what '{scene.id}' plays", self._done)
            self._guide.wait("it to rest", lambda: not self._guide.at().playing)
            self._guide.live(300)  # it may go back by the few steps that were too many
        for deed in scene.solution:
            if deed.kind == "step" and self._done():
                continue
            self.hands.do(deed)
            played.gestures += 1
            self._guide.live(60)
        if scene.done is None and not scene.solution:
            return
        steps = 0
        while not self._done() and not scene.solution and steps < MOST_STEPS:
            self.hands.step("Right")
            played.gestures, steps = played.gestures + 1, steps + 1
            self._guide.live(60)
        self._guide.live(200)
        if not self._done():
            condition = "" if scene.done is None else scene.done.source
            note(f"it cannot be finished: {condition} does not come true")

    def _stepped(self) -> None:
        """Note what is expected after every step."""
        script = self.player.script
        for one in () if script is None else script.scene.expect:
            if one.each:
                self._each[one.expression.source].append(one.expression.value(self.seen()))

    def _expect(self, scene: Scene, note: Callable[[str], None]) -> None:
        for one in scene.expect:
            source = one.expression.source
            try:
                if one.each:
                    values, printed = self._each[source], one.each
                    if len(values) != len(printed) or not all(map(reads_as, values, printed)):
                        note(f"{source} was {values} and should read {', '.join(printed)}")
                elif not reads_as(value := one.expression.value(self.seen()), one.printed):
                    note(f"{source} is {value} and should read {one.printed}")
            except ExpressionError as error:
                note(str(error))


def _noting(played: Played, scene: Scene) -> Callable[[str], None]:
    def note(what: str) -> None:
        sentence = f"scene '{scene.id}': {what}"
        if sentence not in played.failures:
            played.failures.append(sentence)

    return note
