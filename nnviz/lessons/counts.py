"""Counts: how many answered what, question by question, over many answer files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from nnviz.data.dataset import DataError
from nnviz.dataclass import dataclass
from nnviz.lessons.answers import AnswerFile, AnswerRecord, read_answers
from nnviz.numbers import count as counted

MOST_FILES = 1000
"""Most files that are counted together."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, and how many gave it.

    Attributes:
        words: the answer.
        count: how many gave it.
        right: whether it was right; None where nobody knew, or not all the same.
    """

    words: str
    count: int
    right: bool | None


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """What was answered to one question.

    Attributes:
        lesson, scene: ids of what asked.
        right, wrong, open: how many were right, were wrong, or were never judged.
        said: the answers, the most frequent first.
        seconds: the median of how long it took.
    """

    lesson: str
    scene: str
    right: int
    wrong: int
    open: int
    said: tuple[Said, ...]
    seconds: float

    @property
    def answers(self) -> int:
        """How many answered."""
        return self.right + self.wrong + self.open


@dataclass(frozen=True, slots=True)
class Counts:
    """What many handed in.

    Attributes:
        names: whose files were counted.
        questions: in the order in which they were answered.
        problems: what is wrong with files that could not be counted, in sentences.
    """

    names: tuple[str, ...]
    questions: tuple[QuestionCount, ...]
    problems: tuple[str, ...] = ()


def count_files(paths: Iterable[Path]) -> Counts:
    """Count what is answered in files; those that are damaged are named and left out."""
    files: list[AnswerFile] = []
    problems: list[str] = []
    for number, path in enumerate(paths):
        if number >= MOST_FILES:
            problems.append(f"Only the first {MOST_FILES} files are counted: leave some out.")
            break
        try:
            files.append(read_answers(path))
        except DataError as error:
            problems.append(str(error))
    return Counts(tuple(file.name for file in files), count(files), tuple(problems))


def count(files: Iterable[AnswerFile]) -> tuple[QuestionCount, ...]:
    """Count what was answered; of several answers of one file to a question the last counts."""
    by_question: dict[tuple[str, str], list[AnswerRecord]] = {}
    for file in files:
        last = {(one.lesson, one.scene): one for one in file.answers}
        for question, answer in last.items():
            by_question.setdefault(question, []).append(answer)
    return tuple(_counted(*question, answers) for question, answers in by_question.items())


def lines_of(question: QuestionCount) -> Iterator[str]:
    """Return a question's counts in lines of text."""
    yield (
        f"{question.lesson}, {question.scene}: {counted(question.answers, 'answer')}, "
        f"{question.right} right, {question.wrong} wrong"
    )
    for said in question.said:
        yield f"  {said.count:>3}  {said.words}{' (right)' if said.right else ''}"


def _counted(lesson: str, scene: str, answers: list[AnswerRecord]) -> QuestionCount:
    judged = Counter(answer.right for answer in answers)
    words = Counter(answer.words for answer in answers)
    said = (Said(one, many, _judged(answers, one)) for one, many in words.most_common())
    took = [answer.seconds for answer in answers]
    return QuestionCount(
        lesson, scene, judged[True], judged[False], judged[None], tuple(said), median(took)
    )


def _judged(answers: Iterable[AnswerRecord], words: str) -> bool | None:
    found = {answer.right for answer in answers if answer.words == words}
    return found.pop() if len(found) == 1 else None
