"""What the gallery says: how many examples are misread, and what one of them is."""

from collections.abc import Sequence

from nnviz.engine.measure.answer import class_name as name_of
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.notation import example_name
from nnviz.engine.training.scores import unit_of
from nnviz.numbers import fewer, integer, write

WAITING = "Sorting the test examples…"
GIVEN_UP = "Called off: after the next step the examples are sorted again."
CLICK = "Click to put it through the network"
HALF_WAY = "Half-way through a minibatch the network shows that minibatch’s own examples"

CLASSES, CLASSES_TIP = "Class of the examples", "Show the examples of one class, or of all"
EVERY, EVERY_CLASS = "all", "all classes"
GALLERY = "Test examples, the worst first"
MISREAD, MISREAD_TIP = "misread only", "Show only what the network gets wrong"
REFRESH, REFRESH_TIP = "refresh", "Sort them by what the network makes of them now"
SHORT = ((MISREAD, REFRESH), ("misread", REFRESH), ("misread", "↻"))
"""Both buttons in as full a wording as has room."""

SHOWN_OUTPUTS = 3
"""Number targets listed of an example."""


def filter_tip(name: str | None) -> str:
    """Say what a button of the filter does: of a class by its name, or with None of all."""
    return "Every class" if name is None else f"Only “{name}”"


def wordings(ranking: Ranking, names: Sequence[str], picture: bool) -> tuple[str, ...]:
    """Say how many examples are misread and which are shown, the fullest wording first."""
    if ranking.desired is not None:
        return _wordings_of_numbers(ranking, "images" if picture else "examples")
    count = f"{integer(ranking.misread)} of {integer(ranking.examples)}"
    kind = "images" if picture else "examples"
    if ranking.label is not None:
        kind = f"“{name_of(ranking.label, names)}”"
    shown = len(ranking.index)
    # A mistake weighs more the clearer its answer was; few outputs are probabilities.
    most = "clearest" if ranking.wrong else "worst"
    order = f"{most} first" if shown == ranking.total else f"the {most} {integer(shown)} shown"
    at = f"step {integer(ranking.step)}"
    if not ranking.examples:
        return (f"There are no test examples of {kind}: choose another class.",)
    if ranking.wrong and not ranking.misread:
        return (
            f"None of {integer(ranking.examples)} {kind} is misread, as of {at}: see all without "
            f"“{MISREAD}”",
            f"None of {integer(ranking.examples)} {kind} is misread, as of {at}",
            f"{count} misread",
            "0 misread",
        )
    return (
        f"{count} {kind} misread, {order}, as of {at}",
        f"{count} misread, {order}, as of {at}",
        f"{count} misread, {order}, {at}",
        f"{count} misread, {at}",
        f"{count} misread",
        f"{integer(ranking.misread)} misread",
    )


def _wordings_of_numbers(ranking: Ranking, kind: str) -> tuple[str, ...]:
    """Say how many there are: where targets are numbers none is right or wrong."""
    shown, all_of_them = len(ranking.index), integer(ranking.examples)
    if not ranking.examples:
        return (f"There are no test {kind}: choose other data.",)
    order = "largest cost first"
    if shown < ranking.examples:
        order = f"the {integer(shown)} of the largest cost"
    at = f"step {integer(ranking.step)}"
    return (
        f"{all_of_them} {kind}, {order}, as of {at}",
        f"{all_of_them} {kind}, {order}, {at}",
        f"{all_of_them} {kind}, {at}",
        f"{all_of_them}, {at}",
    )


def numbers_of(ranking: Ranking, place: int) -> tuple[str, str]:
    """Write what is desired of an example and what comes out, in the unit of the file."""
    assert ranking.desired is not None
    assert ranking.actual is not None
    texts = []
    for values in (ranking.desired[place], ranking.actual[place]):
        written = [write(value, 4) for value in values[:SHOWN_OUTPUTS].tolist()]
        if len(values) > SHOWN_OUTPUTS:
            written.append("…")
        texts.append(written[0] if len(values) == 1 else f"({', '.join(written)})")
    return texts[0], texts[1]


def tip_of(ranking: Ranking, place: int, names: Sequence[str], picture: bool) -> str:
    """Say all that is known of one example of a ranking."""
    wanted, read = int(ranking.wanted[place]), int(ranking.read[place])
    lines = [example_name(int(ranking.index[place]), picture=picture, part="Test")]
    if ranking.desired is not None:
        desired, actual = numbers_of(ranking, place)
        unit = f"\u00a0{unit_of(ranking.targets)}".rstrip()
        lines.append(f"desired {desired}{unit}, actual {actual}{unit}")
        lines.append(f"cost C₀ = {write(float(ranking.cost[place]), 3)}")
        return "\n".join(lines)
    verdict = "right" if wanted == read else "wrong"
    said = f"“{name_of(wanted, names)}” read as “{name_of(read, names)}”: {verdict}"
    if ranking.decided is not None and not ranking.decided[place]:
        said = f"“{name_of(wanted, names)}” is undecided, “{name_of(read, names)}” first: {verdict}"
    lines.append(said)
    lines.append(f"cost C₀ = {write(float(ranking.cost[place]), fewer())}")
    return "\n".join(lines)
