"""A show of hands: how many of a class are for each choice of a question, counted until it stands.

The widgets that count send a `HandsUp` where others send an answer.
"""

from nnviz.dataclass import dataclass
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.script import Script
from nnviz.window.lesson.shown import Asked, Hands

MOST = 999
"""Most hands for one choice."""


@dataclass(frozen=True, slots=True)
class HandsUp:
    """What whoever counts wants.

    Attributes:
        counts: so many hands for each choice, up to now; None to count no longer.
        taken: True where they are to stand as the answer.
    """

    counts: tuple[int, ...] | None
    taken: bool = False


def toggled(asked: Asked) -> HandsUp:
    """Return what begins to count hands, or leaves that again."""
    return HandsUp(None if asked.hands else (0,) * len(asked.choices))


def raised(script: Script, wanted: HandsUp) -> tuple[int, ...] | None:
    """Let hands stand where they are taken; return what is counted and does not stand yet."""
    question = script.question
    if question is None or question.kind != "choice" or wanted.counts is None:
        return None
    if not wanted.taken or not any(wanted.counts):
        return wanted.counts
    choices = (" ".join(script.said(choice.text).split()) for choice in question.choices)
    script.show_of_hands(wanted.counts, "\n".join(choices))
    return None


def hands_of(given: GivenAnswer) -> Hands:
    """Return hands as they are shown beside the result."""
    return Hands(tuple(given.words.split("\n")), given.hands, given.right_choices)
