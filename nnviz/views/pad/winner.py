"""What stands large on the pad: the answer and how sure the net is, or a number digit by digit."""

from dataclasses import dataclass

from nnviz.engine.measure.answer import answer
from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.pad import text
from nnviz.views.pad.reading import Reading, Several
from nnviz.views.pad.text import Wordings

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WinnerPicture:
    """The answer, large, and how sure the net is; empty where there is no drawing.

    Attributes:
        chosen: which of several digits is looked at; None where there is one.
        shares: how sure each of several is, short.
    """

    name: str = ""
    sure: Wordings = ("",)
    tip: str = ""
    chosen: int | None = None
    shares: tuple[str, ...] = ()


NO_ANSWER = WinnerPicture()


def winner(snapshot: Snapshot, names: Names, reading: Reading) -> WinnerPicture:
    """Return what stands there of one reading."""
    if reading.values is None:
        return NO_ANSWER
    found = answer(reading.values)
    if found.best < 0:
        return WinnerPicture("?", text.NO_NUMBERS)
    if reading.dots:
        return WinnerPicture("?", text.ONLY_A_DOT)
    if reading.trust == 0:
        return WinnerPicture("?", text.NO_DIGIT, text.NO_DIGIT_TIP)
    sure = text.sure(found, snapshot.recipe.output_activation, names, reading.trust)
    name = found.name(names) if found.decided else "?"
    tips = (text.undecided(found, names), text.trust_tip(reading.trust))
    return WinnerPicture(name, sure, "\n".join(filter(None, tips)))


def number(snapshot: Snapshot, names: Names, several: Several) -> WinnerPicture:
    """Return what stands there of several digits: the number, and how sure each is."""
    each = [winner(snapshot, names, reading) for reading in several.readings]
    if not all(one.name for one in each):
        return NO_ANSWER
    trusts = [reading.trust for reading in several.readings]
    shares = [
        text.share(trust) if trust and one.name != "?" else one.sure[1]
        for trust, one in zip(trusts, each, strict=True)
    ]
    read, sure = [one.name for one in each], [one.sure[0] for one in each]
    said = text.number(read, shares, sure, trusted=None not in trusts)
    return WinnerPicture("".join(read), *said, several.chosen, tuple(shares))
