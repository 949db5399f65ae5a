"""The answer book: what was answered in all lessons, kept between starts until it is handed in.

As its progress, an answer belongs to a lesson's id and to where the lesson comes from.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from nnviz.data.dataset import DataError
from nnviz.data.disk import there
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.answers import MOST, AnswerRecord, read_answers, record_of, save_answers

_log = logging.getLogger(__name__)

_Key = tuple[str, str, str]
"""Where a lesson comes from, its id, and that of the scene."""


def _key(answer: AnswerRecord) -> _Key:
    return answer.origin, answer.lesson, answer.scene


class AnswerBook:
    """Keeps the last answer to every question in one file; a broken file costs what was in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[_Key, AnswerRecord] = {}
        try:
            if there(path):
                self._take(read_answers(path).answers)
        except DataError as error:
            _log.warning("%s", error)

    def __iter__(self) -> Iterator[AnswerRecord]:
        return iter(self._kept.values())

    def _take(self, answers: Iterable[AnswerRecord]) -> None:
        for answer in answers:
            self._kept.pop(_key(answer), None)
            self._kept[_key(answer)] = answer

    def note(self, lesson: str, given: Iterable[GivenAnswer], when: str, origin: str = "") -> None:
        """Keep what was answered in a lesson, if the disk takes it.

        Args:
            lesson: its id.
            given: its answers; hands of a class are nobody's and are left out.
            when: the time of day for those that are new.
            origin: where it comes from; "" for nnviz's own.
        """
        before = dict(self._kept)
        for one in given:
            if one.value is None:
                continue
            new = record_of(lesson, one, when, origin)
            old = before.get(_key(new))
            if old is None or replace(new, when=old.when) != old:
                self._take((new,))
        if self._kept != before:
            self._kept = dict(list(self._kept.items())[-MOST:])
            try:
                save_answers(self._path, self)
            except DataError as error:
                _log.warning("%s", error)  # the lesson goes on all the same

    def hand_in(self, path: Path, name: str = "") -> None:
        """Write the last answer to every question as a file to hand in, under somebody's name.

        Where its lessons lie is nobody's business: of two that have one id, the later counts.

        Raises:
            DataError: it cannot be written.
        """
        last: dict[tuple[str, str], AnswerRecord] = {}
        for answer in self:
            last.pop((answer.lesson, answer.scene), None)
            last[answer.lesson, answer.scene] = replace(answer, origin="")
        save_answers(path, last.values(), name)
