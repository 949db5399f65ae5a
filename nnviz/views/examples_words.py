"""What the gallery says: how many examples are misread, and what one of them is."""

from collections.abc import Sequence

from nnviz.engine.answer import class_name as name_of
from nnviz.engine.ranking import Ranking
from nnviz.numbers import fewer, integer, write

SHOWN_INPUTS = 12
"""Inputs listed of an example that is no picture."""


def wordings(ranking: Ranking, names: Sequence[str], picture: bool) -> tuple[str, ...]:
    """Say how many examples are misread and which are shown, the fullest wording first."""
    count = f"{integer(ranking.misread)} of {integer(ranking.examples)}"
    kind = "images" if picture else "examples"
    if ranking.label is not None:
        kind = f"“{name_of(ranking.label, names)}”"
    shown = len(ranking.index)
    most = "surest" if ranking.wrong else "worst"  # a mistake weighs more the surer it was
    order = f"{most} first" if shown == ranking.total else f"the {most} {integer(shown)} shown"
    at = f"step {integer(ranking.step)}"
    if not ranking.examples:
        return (f"There are no test examples of {kind}.",)
    if ranking.wrong and not ranking.misread:
        return (
            f"None of {integer(ranking.examples)} {kind} is misread, as of {at}",
            f"{count} misread",
        )
    return (
        f"{count} {kind} misread, {order}, as of {at}",
        f"{count} misread, {order}, as of {at}",
        f"{count} misread, {order}, {at}",
        f"{count} misread, {at}",
        f"{count} misread",
    )


def tip_of(ranking: Ranking, place: int, names: Sequence[str], picture: bool) -> str:
    """Say all that is known of one example of a ranking."""
    wanted, read = int(ranking.wanted[place]), int(ranking.read[place])
    what = "image" if picture else "example"
    lines = [f"Test {what} {integer(int(ranking.index[place]))}"]
    verdict = "right" if wanted == read else "wrong"
    said = f"“{name_of(wanted, names)}” read as “{name_of(read, names)}”: {verdict}"
    if ranking.decided is not None and not ranking.decided[place]:
        said = f"“{name_of(wanted, names)}” is undecided, “{name_of(read, names)}” first: {verdict}"
    lines.append(said)
    lines.append(f"cost C₀ = {write(float(ranking.cost[place]), fewer())}")
    return "\n".join(lines)


def values_of(ranking: Ranking, place: int) -> str:
    """List the inputs of an example that is no picture."""
    x = ranking.x[place]
    texts = [write(float(value), fewer(2)) for value in x[:SHOWN_INPUTS]]
    more = ", …" if len(x) > SHOWN_INPUTS else ""
    return f"({', '.join(texts)}{more})"
