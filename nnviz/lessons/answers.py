"""Answer files: what somebody answered in lessons, as one small file to hand in (answers.json)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any

from nnviz.data.dataset import DataError
from nnviz.data.disk import reading, special, write_whole
from nnviz.dataclass import dataclass
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.numbers import integer

NAME = "answers.json"
"""What such a file is called where nobody calls it otherwise."""
VERSION = 1
LARGEST = 2**21
"""Most bytes of a file that is read."""
MOST = 5000
"""Most answers in it."""
LONGEST = 500
"""Most letters of a text in it."""
_KIND = "nnviz answers"
_TEXTS = ("lesson", "scene", "words", "when", "origin")


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer in a file.

    Attributes:
        lesson, scene: ids of what asked.
        answer: a number, or the number of a choice from 0; None where it was pointed at or drawn.
        words: the same in words.
        right: whether it was right; None where nobody had seen that yet.
        seconds: how long it took.
        when: date and time of day, as 2026-11-30T09:41:00; empty where nobody knows.
        origin: where the lesson comes from, as progress knows it; "" for nnviz's own, and in what
            is handed in.
    """

    lesson: str
    scene: str
    answer: float | None
    words: str
    right: bool | None
    seconds: float = 0.0
    when: str = ""
    origin: str = ""


def record_of(lesson: str, given: GivenAnswer, when: str = "", origin: str = "") -> AnswerRecord:
    """Return an answer of a lesson as a file has it."""
    number = float(given.value) if isinstance(given.value, int | float) else None
    words, origin = given.words[:LONGEST], origin[:LONGEST]
    return AnswerRecord(
        lesson, given.scene, number, words, given.right, given.seconds, when, origin
    )


def save_answers(path: Path, answers: Iterable[AnswerRecord], name: str = "") -> None:
    """Write answers; a file of that name is replaced at the very end.

    Args:
        path: the file.
        answers: in the order in which they were given.
        name: of whoever gave them; empty for nobody's.

    Raises:
        DataError: it cannot be written.
    """
    content: dict[str, Any] = {"kind": _KIND, "version": VERSION, "name": name[:LONGEST]}
    content["answers"] = [_plain(asdict(answer)) for answer in answers]
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(path, text.encode("utf-8", "replace"))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without numbers that JSON does not have."""
    return {
        key: None if isinstance(value, float) and not isfinite(value) else value
        for key, value in values.items()
    }


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """Answers that were handed in.

    Attributes:
        path: the file.
        name: of whoever gave them; that of the file where it does not say.
        answers: in order.
    """

    path: Path
    name: str
    answers: tuple[AnswerRecord, ...]


def is_answers(path: Path) -> bool:
    """Tell whether a file holds answers, good or damaged."""
    try:
        if path.suffix.casefold() != ".json" or special(path) or not path.is_file():
            return False
        with path.open("rb") as file:
            return _KIND.encode() in file.read(200)
    except (OSError, ValueError):
        return False


def read_answers(path: Path) -> AnswerFile:
    """Read answers.

    Raises:
        DataError: the file is none of answers, or damaged; the sentence names it.
    """
    with reading(path):
        if special(path) or not path.is_file():
            raise DataError(f"{path} is no ordinary file: choose another.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise DataError(f"{path} is too large for answers: ask for the file anew.")
    try:
        kept = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise _damaged(path, f"line {integer(error.lineno)} cannot be read") from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise _damaged(path, "it is no text that can be read") from None
    if not isinstance(kept, dict) or kept.get("kind") != _KIND:
        raise DataError(f"{path} holds no answers of nnviz: choose another file.")
    if kept.get("version") != VERSION:
        raise DataError(f"{path} comes from a newer nnviz: bring nnviz up to date.")
    answers = kept.get("answers")
    if not isinstance(answers, list) or len(answers) > MOST:
        raise _damaged(path, f"it does not hold at most {integer(MOST)} answers")
    records = (_record(path, number, one) for number, one in enumerate(answers, start=1))
    name = kept.get("name")
    named = name if isinstance(name, str) and 0 < len(name) <= LONGEST else path.stem
    return AnswerFile(path, named, tuple(records))


def _record(path: Path, number: int, kept: object) -> AnswerRecord:
    texts = [kept.get(key, "") for key in _TEXTS] if isinstance(kept, dict) else []
    good = bool(texts) and all(isinstance(one, str) and len(one) <= LONGEST for one in texts)
    if not isinstance(kept, dict) or not good or not texts[0] or not texts[1]:
        raise _damaged(path, f"answer {integer(number)} does not say to what")
    answer, right = kept.get("answer"), kept.get("right")
    seconds = kept.get("seconds", 0)
    if not (answer is None or _is_number(answer)) or not _is_number(seconds):
        raise _damaged(path, f"answer {integer(number)} is no number")
    if right is not None and not isinstance(right, bool):
        raise _damaged(path, f"answer {integer(number)} is neither right nor wrong")
    lesson, scene, words, when, origin = texts
    worth = None if answer is None else float(answer)
    return AnswerRecord(lesson, scene, worth, words, right, float(seconds), when, origin)


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < 1e300  # also no int too large for a float, and no nan
    )


def _damaged(path: Path, why: str) -> DataError:
    return DataError(f"{path} is damaged, {why}: ask for the file anew.")
