"""What stands large on the pad: the answer and how sure the net is, or a number digit by digit."""

from nnviz.dataclass import dataclass
from nnviz.engine.measure.answer import Answer, answer
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


def winner(
    snapshot: Snapshot, names: Names, reading: Reading, found: Answer | None
) -> WinnerPicture:
    """Return what stands there of one reading, whose outputs were found to say this."""
    if found is None:
        return NO_ANSWER
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
    values = [one.values for one in several.readings if one.values is not None]
    if len(values) < len(several.readings):
        return NO_ANSWER
    each = [
        winner(snapshot, names, reading, answer(said))
        for reading, said in zip(several.readings, values, strict=True)
    ]
    trusts = [reading.trust for reading in several.readings]
    shares = [
        text.share(trust) if trust and one.name != "?" else one.sure[1]
        for trust, one in zip(trusts, each, strict=True)
    ]
    read, sure = [one.name for one in each], [one.sure[0] for one in each]
    said = text.number(read, shares, sure, trusted=None not in trusts)
    return WinnerPicture("".join(read), *said, several.chosen, tuple(shares))
