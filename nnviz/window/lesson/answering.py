"""Answering: takes what is answered to a scene, or counted of a class, and lets it stand."""

from collections.abc import Callable
from typing import Any

from nnviz.lessons.lesson import Changes, Question
from nnviz.lessons.observed import Observed
from nnviz.lessons.script import Script
from nnviz.window.lesson.hands import HandsUp, raised
from nnviz.window.lesson.pointing import Pointing
from nnviz.window.lesson.showing import words_of
from nnviz.window.lesson.words import Words


class Answering:
    """Asks the question of a scene, and takes the answer.

    Attributes:
        skipping: whether the question that leads on is asked in place of the scene's own.
        hands: counted so far for each choice; None where nobody counts.
    """

    def __init__(self, pointing: Pointing, words: Words, take_keys: Callable[[], None]) -> None:
        """Begin with no question.

        Args:
            pointing: takes what hands point at.
            words: the player's own.
            take_keys: gives the next key to the lesson, not to a field.
        """
        self._pointing, self._words, self._take_keys = pointing, words, take_keys
        self.forget()

    def forget(self) -> None:
        """Ask no more: the scene is left."""
        self.skipping = False
        self.hands: tuple[int, ...] | None = None
        self._pointing.end()

    def _question(self, script: Script) -> Question | None:
        return script.scene.skip if self.skipping else script.scene.question

    def ask(self, script: Script) -> None:
        """Let hands point where the question wants that."""
        self._pointing.end()
        if not self.skipping and script.given.of(script.scene) is not None:
            return
        question = self._question(script)
        if question is not None and question.kind in ("point", "line"):
            self._pointing.begin(question)

    def turn_skip(self, script: Script) -> None:
        """Ask the question that leads on whoever knows it all, or the scene's own again."""
        self.skipping = not self.skipping
        self.ask(script)

    def count(self, script: Script, wanted: HandsUp) -> None:
        """Count the hands of a class, or let them stand."""
        self.hands = None if self.skipping else raised(script, wanted)
        if wanted.taken or wanted.counts is None:
            self._take_keys()

    def take(self, script: Script, value: object, seen: Observed) -> Changes | None:
        """Let an answer stand: a choice, a number, or None for what is pointed at or drawn.

        Returns what the scene changes that was led on to; None where nobody was.

        Raises:
            NnvizError: it cannot be an answer.
        """
        found: Any = self._pointing.answer() if value is None else value
        question = self._question(script)
        if found is None or question is None:
            return None
        said = words_of(question, found, script, seen, self._words)
        if question.point == "class":
            found = float(found)
        if not self.skipping:
            script.answer(found, said)
            self._pointing.take()
            self._take_keys()
            return None
        changes = script.skip(found, said)
        self.skipping = False
        self._pointing.end()
        return changes
