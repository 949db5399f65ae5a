"""The answer sheet of a lesson: what was answered so far, and what was made of each answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nnviz.dataclass import dataclass
from nnviz.lessons.judging import Answer, is_measured, judge, right_answer, right_choices
from nnviz.lessons.lesson import Question, Scene
from nnviz.lessons.observed import Observed
from nnviz.lessons.texts import fill
from nnviz.lessons.values import Value


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that stands.

    Attributes:
        scene: id of the scene that asked.
        value: what was answered; None for a show of hands.
        words: the same in words, as whoever took it says it; for hands the choices, one a line.
        right: whether it is right; None where nobody knows yet, and for a show of hands.
        feedback: what is said to it, once it is judged.
        correct: the right answer in words, once it is judged; empty for a line.
        right_choices: places of the choices that are right, from 0, once it is judged.
        hands: how many hands were up for each choice; empty where one answered alone.
        judged: True once the result was seen.
        seconds: how long it took to answer.
    """

    scene: str
    value: Answer | None
    words: str = ""
    right: bool | None = None
    feedback: str = ""
    correct: str = ""
    right_choices: tuple[int, ...] = ()
    hands: tuple[int, ...] = ()
    judged: bool = False
    seconds: float = 0.0


class AnswerSheet:
    """All that was answered in one lesson so far, by the scenes that asked.

    Attributes:
        language: in which answers are explained.
    """

    def __init__(self, scenes: Sequence[Scene], language: str) -> None:
        self._asking: Mapping[str, Question] = {
            scene.id: scene.question for scene in scenes if scene.question is not None
        }
        self.language = language
        self._given: dict[str, GivenAnswer] = {}

    def __iter__(self) -> Iterator[GivenAnswer]:
        return iter(self._given.values())

    def of(self, scene: Scene) -> GivenAnswer | None:
        """Return what was answered in a scene, or None."""
        return self._given.get(scene.id)

    def put(self, given: GivenAnswer) -> None:
        """Let an answer stand; one that is judged already stays."""
        before = self._given.get(given.scene)
        if before is None or not before.judged:
            self._given[given.scene] = given

    def pending(self) -> list[GivenAnswer]:
        """Return the answers of which nobody has seen yet whether they are right."""
        return [given for given in self if not given.judged]

    def is_measured(self, given: GivenAnswer, seen: Observed) -> bool:
        """Tell whether what is right has been measured by now; see `judging.is_measured`."""
        return is_measured(self._asking[given.scene], seen)

    def judge(self, given: GivenAnswer, seen: Observed) -> GivenAnswer:
        """Judge an answer at a moment that shows what is right; return it as it stands now.

        Raises:
            ExpressionError: what is right has no value there.
        """
        question = self._asking[given.scene]
        judged = judge_given(question, given, seen, self.language)
        self._given[given.scene] = judged
        return judged


def judge_given(
    question: Question, given: GivenAnswer, seen: Observed, language: str
) -> GivenAnswer:
    """Return an answer as it stands once it was judged.

    Raises:
        ExpressionError: what is right has no value there.
    """
    seen = replace(seen, answer=_value_of(given.value))
    rights = right_choices(question, seen) if question.kind == "choice" else ()
    given = replace(given, judged=True, right_choices=rights)
    if given.value is None:  # hands: what is right is said, but to nobody
        correct = right_answer(question, seen)
        return replace(given, correct=fill(correct, seen, language))
    found = judge(question, given.value, seen)
    return replace(
        given,
        right=found.right,
        feedback=fill(found.feedback, seen, language),
        correct=fill(found.correct, seen, language),
    )


def _value_of(answer: Answer | None) -> Value:
    """Return an answer as expressions see it: numbers are floats."""
    return float(answer) if isinstance(answer, int | float) else answer
