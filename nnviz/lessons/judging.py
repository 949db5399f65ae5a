"""Judging: whether an answer is right, by the engine's own number, and what is said to it."""

from collections.abc import Iterator
from math import atan2, degrees, hypot, pi

from nnviz.dataclass import dataclass
from nnviz.engine.selection import Selection
from nnviz.lessons.expressions import Expression
from nnviz.lessons.functions import FUNCTIONS, name_of, report_of
from nnviz.lessons.lesson import NO_TEXT, Question, Text
from nnviz.lessons.nodes import Call
from nnviz.lessons.observed import Observed
from nnviz.lessons.texts import ENGLISH, in_language, written
from nnviz.lessons.values import ExpressionError
from nnviz.numbers import count

Line = tuple[tuple[float, float], tuple[float, float]]
"""Two points on a line that was drawn, in the units of the net's inputs."""
Answer = int | float | Selection | Line
"""What is answered: the number of a choice from 0, a number, a thing, or a line."""
_ROUNDING = 1e-9
"""What is typed has few digits: so far off, as a share, an answer is exact."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is made of an answer.

    Attributes:
        right: whether it is right.
        feedback: what is said to it.
        correct: the right answer in words.
    """

    right: bool
    feedback: Text
    correct: Text


def judge(question: Question, answer: Answer, seen: Observed) -> Judgement:
    """Judge an answer at a moment that shows what is right; `seen.answer` is the answer, too.

    Raises:
        ExpressionError: what is right has no value there.
    """
    correct = right_answer(question, seen)
    if question.kind == "choice":
        if not isinstance(answer, int) or not 0 <= answer < len(question.choices):
            raise ExpressionError(f"there are only {count(len(question.choices), 'choice')}.")
        right = answer in right_choices(question, seen)
        return Judgement(right, question.choices[answer].feedback, correct)
    if _is_right(question, answer, seen):
        return Judgement(True, question.right_feedback, correct)
    for feedback in question.feedback:
        if feedback.when is None or feedback.when.holds(seen):
            return Judgement(False, feedback.text, correct)
    return Judgement(False, NO_TEXT, correct)


def is_measured(question: Question, seen: Observed) -> bool:
    """Tell whether a report that says what is right has been made by now, or none is needed."""
    return report_of(seen) is not None or not any(map(needs_report, rights_of(question)))


def rights_of(question: Question) -> Iterator[Expression]:
    """Return the expressions that say what is right."""
    for one in (question.answer, *(choice.right for choice in question.choices)):
        if isinstance(one, Expression):
            yield one


def needs_report(expression: Expression) -> bool:
    """Tell whether an expression reads from a report on the test examples."""
    nodes = expression.tree.walk()
    return any(isinstance(node, Call) and FUNCTIONS[node.name].reports for node in nodes)


def right_choices(question: Question, seen: Observed) -> tuple[int, ...]:
    """Return which choices are right at a moment, from 0.

    Raises:
        ExpressionError: the condition of one has no value there.
    """
    return tuple(
        place
        for place, choice in enumerate(question.choices)
        if (choice.right if isinstance(choice.right, bool) else choice.right.holds(seen))
    )


def right_answer(question: Question, seen: Observed) -> Text:
    """Return what is right, in words: a choice, a number, a name; nothing for a line.

    Raises:
        ExpressionError: it has no value at this moment.
    """
    if question.kind == "choice":
        rights = right_choices(question, seen)
        return question.choices[rights[0]].text if rights else NO_TEXT
    assert question.answer is not None
    if question.kind == "line":
        return NO_TEXT
    if not _asks_number(question):
        return {ENGLISH: name_of(seen, question.answer.thing(seen))}
    number = written(question.answer.value(seen))
    units = question.unit or {ENGLISH: ""}
    return {language: f"{number} {in_language(units, language)}".strip() for language in units}


def _asks_number(question: Question) -> bool:
    return question.kind == "number" or question.point == "class"


def _is_right(question: Question, answer: Answer, seen: Observed) -> bool:
    assert question.answer is not None
    if question.kind == "line":
        return _same_line(question, answer, seen)
    if _asks_number(question):
        return _near(question, answer, question.answer.value(seen))
    wanted = question.answer.thing(seen)
    if not isinstance(answer, Selection) or wanted is None:
        return False
    if "parameter" in (wanted.kind, answer.kind):
        return bool(answer == wanted)
    return (answer.layer, answer.neuron) == (wanted.layer, wanted.neuron)


def _near(question: Question, answer: Answer, wanted: object) -> bool:
    if not isinstance(wanted, float) or not isinstance(answer, int | float):
        return False
    allowed = question.tolerance * (abs(wanted) if question.relative else 1.0)
    return bool(abs(answer - wanted) <= allowed + _ROUNDING * max(abs(wanted), 1.0))


def _same_line(question: Question, answer: Answer, seen: Observed) -> bool:
    """Tell whether a drawn line is that on which a neuron's weighted sum is 0."""
    assert question.answer is not None
    thing = question.answer.thing(seen)
    if thing is None or thing.layer != 1 or seen.layers[0] != 2 or not isinstance(answer, tuple):
        raise ExpressionError("a line belongs to a neuron of layer 1 in a net with two inputs.")
    weights, biases = seen.weights
    w1, w2 = (float(one) for one in weights[0][:, thing.neuron])
    bias, length = float(biases[0][thing.neuron]), hypot(w1, w2)
    (x1, y1), (x2, y2) = answer
    if not length or (x1, y1) == (x2, y2):
        return False
    turned = abs(_direction(y2 - y1, x2 - x1) - _direction(w1, -w2))
    beside = abs(w1 * (x1 + x2) / 2 + w2 * (y1 + y2) / 2 + bias) / length
    return min(turned, 180 - turned) <= question.degrees and beside <= question.tolerance


def _direction(up: float, right: float) -> float:
    """Return the direction of a line in degrees, from 0 up to 180."""
    return degrees(atan2(up, right) % pi)
