"""What the lesson panel and the projector's strip show of a scene, as one frozen value."""

from pathlib import Path

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Hands:
    """A show of hands beside its result.

    Attributes:
        choices: what could be chosen.
        counts: hands for each.
        right: places of those that are right; empty as long as nobody knows.
    """

    choices: tuple[str, ...]
    counts: tuple[int, ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its words filled in, and what was answered.

    Attributes:
        scene: id of its scene.
        kind: "choice", "number", "point", "class" or "line".
        ask: the question.
        choices: what can be chosen: texts, or names of classes.
        unit: stands behind a number.
        answer: what was answered: a choice by its place, a number, words for what was pointed at or
            drawn; None as long as nothing stands.
        right: place of the right choice once that is known; None before, and of other kinds.
        pointing: says what is pointed at now, or what to do.
        can_take: whether there is something that can be taken for an answer.
        skips: True where whoever answers it right goes on from there.
        hands: how many hands are up for each choice; empty where nobody counts any.
        may_count: whether hands may be counted in place of one answer.
    """

    scene: str
    kind: str
    ask: str
    choices: tuple[str, ...] = ()
    unit: str = ""
    answer: int | float | str | None = None
    right: int | None = None
    pointing: str = ""
    can_take: bool = False
    skips: bool = False
    hands: tuple[int, ...] = ()
    may_count: bool = False


@dataclass(frozen=True, slots=True)
class Slid:
    """A slider as it stands now.

    Attributes:
        name: what it is called.
        value: where it stands.
        low, high: its ends.
        step: from one notch to the next.
        alive: whether hands may move it.
    """

    name: str
    value: float
    low: float
    high: float
    step: float
    alive: bool = True

    @property
    def notches(self) -> int:
        """How many steps there are from one end to the other."""
        return round((self.high - self.low) / self.step)


@dataclass(frozen=True, slots=True)
class Shown:
    """A scene as it is now.

    Attributes:
        title: of the lesson.
        scene: its id.
        kind: what it is for, in words.
        number, count: its place, from 1, among how many.
        text: what is said.
        sliders: below the text, in order.
        picture: a drawing below the text, or None.
        prediction: what was predicted, in words; empty for nothing.
        hands: what a class predicted, or None.
        asked: the question, or None.
        feedback: what is said of the answer; empty for nothing.
        right: whether the answer was right; None where nobody knows yet.
        hints: those given, from vague to exact.
        line: one quiet line; empty for nothing.
        can_go_on, can_go_back: whether the scene is finished, and whether there is one before.
        hints_left: hints that are still to be had.
        can_skip: whether there is a question that leads on whoever knows it all.
        finished: True once the lesson is over.
        notes: to the scene, for whoever teaches; empty for none.
        next_text: of the scene after it; empty for none.
        next_title: of the lesson after it; empty for none.
    """

    title: str
    scene: str
    kind: str
    number: int
    count: int
    text: str
    sliders: tuple[Slid, ...] = ()
    picture: Path | None = None
    prediction: str = ""
    hands: Hands | None = None
    asked: Asked | None = None
    feedback: str = ""
    right: bool | None = None
    hints: tuple[str, ...] = ()
    line: str = ""
    can_go_on: bool = True
    can_go_back: bool = False
    hints_left: int = 0
    can_skip: bool = False
    finished: bool = False
    notes: str = ""
    next_text: str = ""
    next_title: str = ""
