"""What the network view says: of its buttons, of the edges drawn, of what stands in for them."""

from typing import Literal

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.measure.answer import answer, class_desired, class_name
from nnviz.engine.notation import example_name, number_of
from nnviz.engine.run.names import own_name
from nnviz.engine.run.snapshot import OWN, Array, Snapshot
from nnviz.engine.run.units import desired_values
from nnviz.numbers import all_of, integer
from nnviz.numbers import count as count_of
from nnviz.views.network.edge_modes import WEIGHTS, Subject
from nnviz.views.network.edges import Edges

CHOOSER_TIP = "What edges show"
FIT_TIP = "See the whole network again (F)"


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is shown or not, in words: on its button, if it has one, and in the menu.

    `name` is its field of the view's state; `apart` puts a line above it in the menu.
    """

    name: str
    short: str
    label: str
    tip: str = ""
    apart: bool = False


KEEP = "Keep weights that fit"
KEEP_TIP = "A net of another shape begins with the weights of this one, where both have them"
SWITCHES = (
    Switch("fixed", "", "Keep the scale fixed", apart=True),
    Switch("numbers", "", "Numbers beside the neurons (N)"),
    Switch(
        "all_edges",
        "all",
        "All edges at once",
        "Draw every edge, the strongest in front",
        apart=True,
    ),
    Switch(
        "fields",
        "fields",
        "Receptive fields of the whole layer",
        "What each neuron of the first hidden layer looks for: its weights as a picture",
    ),
    Switch(
        "maps",
        "maps",
        "Maps of the plane",
        "What each neuron answers at every point of the plane",
    ),
    Switch(
        "signals",
        "",
        "Signals run along the edges after a step",
        "Activations forwards, then errors back, as large as what each edge carries",
    ),
    Switch("keep_weights", "", KEEP, KEEP_TIP, apart=True),
)
OTHER_EXAMPLES = "the example before", "the next example"
"""What the arrows beside the example are."""
SHAPE = "Shape of the network"
CHANGES: dict[Literal["fewer", "more", "remove", "insert"], str] = {
    "fewer": "−",
    "more": "+",
    "remove": "×",
    "insert": "+ layer",
}
"""What stands on the buttons that change the shape."""
NEW_RUN = "A new run begins: Ctrl+Z takes it back, and File ▸ Recent runs has what was trained."
INSERT_TIP = f"Put a hidden layer here  [+]\n{NEW_RUN}"
EXPLORER, EXPLORER_TIP = "Activation functions …", "Each with its slope, and these neurons on it"
NEGATIVE = "− with gaps"
"""What is said beside the scale of how a negative value is drawn."""
ERRORS = (
    "neurons: errors δ, each layer by its own largest; edges: weights",
    "neurons: errors δ, each layer by its own largest",
    "errors δ, layer by layer",
    "errors δ",
)
"""What is said of neurons that show errors, the fullest wording first."""
FIELD_TITLES = (
    "what each neuron looks for, each by its own largest |w|; frame: its activation",
    "what each neuron looks for; frame: its activation",
    "what each neuron looks for",
    "receptive fields",
)
"""What is said of the wall, the fullest wording first."""


def weight(symbol: str, source: str, target: str) -> str:
    """Name a weight: by its symbol, and where it leads."""
    return f"weight {symbol} from {source} to {target}"


def more_tip(layer: str) -> str:
    """Say what + does."""
    return f"One neuron more in layer {layer}  [+]\n{NEW_RUN}"


def fewer_tip(layer: str) -> str:
    """Say what − does."""
    return f"One neuron fewer in layer {layer}, without its last  [−]\n{NEW_RUN}"


def remove_tip(layer: str) -> str:
    """Say what × does."""
    return f"Remove layer {layer}  [Delete]\n{NEW_RUN}"


def name_tip(layer: str, *, hidden: bool) -> str:
    """Say what a click on a layer's name does."""
    tip = f"Another activation for layer {layer}  [Enter]"
    return tip if hidden else f"{tip}\nThe data decide how many outputs there are"


def texts_of(edges: Edges, subject: Subject, *, whole: bool) -> tuple[str, ...]:
    """Return what is said of the edges drawn, fullest first; `whole` if every neuron is drawn."""
    drawn, total = len(edges), edges.total
    if not drawn and subject.nothing:
        return subject.nothing
    if edges.only is None:
        zeros = whole and not edges.cut and drawn < total
        return footer_texts(drawn, total, whole=whole, subject=subject, zeros=zeros)
    layer, neuron = edges.only.layer, edges.only.neuron
    of = f"{'input' if layer == 0 else 'neuron'} {integer(number_of(neuron))}"
    where = f"{of} of layer {layer}" if layer else of
    count = f"{integer(drawn)} of the {integer(total)} edges"
    if drawn == total:
        count = all_of(total, "edge")
    others = (
        ""
        if drawn == total or edges.cut
        else ", the others are 0"
        if whole
        else ", to neurons shown"
    )
    plain = (
        f"{integer(drawn)} of {integer(total)} edges" if drawn != total else count_of(total, "edge")
    )
    return (
        f"{count} of {where}{others}",
        f"{count} of {of}{others}",
        f"{count} of {of}",
        plain,
    )


def footer_texts(
    drawn: int,
    total: int,
    *,
    whole: bool,
    subject: Subject = WEIGHTS,
    zeros: bool = False,
) -> tuple[str, ...]:
    """Return what is said of so many of all edges, as `texts_of` does.

    `zeros` is True where only those that are 0 are left out.
    """
    if drawn == total:
        return (f"{all_of(total, 'edge')} drawn",)
    count = f"{integer(drawn)} of {integer(total)} edges"
    if zeros:
        return f"{count} drawn, the others are 0", f"{count}, the others are 0", count
    which = f"{subject.strongest} of " + ("each layer" if whole else "neurons shown")
    return (
        f"{count} drawn, {which}",
        f"{count}, {which}",
        f"{count}, {subject.strongest}",
        f"{count}, {subject.brief}",
        f"{integer(drawn)} of {integer(total)}, {subject.brief}",
        count,
    )


def texts_of_all(total: int, late: int | None) -> tuple[str, ...]:
    """Return what is said where every edge is drawn, the fullest wording first.

    `late` is the step of the moment they were drawn at, where it is not the one shown.
    """
    count = f"all {integer(total)} edges"
    if late is None:
        return f"{count} drawn", count
    return f"{count}, as of step {integer(late)}", f"as of step {integer(late)}"


def texts_of_fields(weights: int) -> tuple[str, ...]:
    """Return what is said of so many weights shown as pictures, the fullest wording first."""
    count = f"{integer(weights)} weights"
    return f"the {count} into the first layer, no edges", f"{count}, no edges", count


def tip_of_legend(*, fixed: bool) -> str:
    """Return what a click on the scale of colours does."""
    if fixed:
        return "Click to let the scale follow the edges"
    return "Click to keep the scale fixed"


@dataclass(frozen=True, slots=True)
class ExampleWords:
    """What is said of the example shown.

    Attributes:
        names: what it is called, the fullest wording first.
        count: which of how many of the minibatch it is; empty for another example.
        shorter: name and count where there is little room for both.
        words: what it is and what it is taken for, in four pieces of different colours.
    """

    names: tuple[str, ...]
    count: str
    shorter: tuple[str, ...]
    words: tuple[str, str, str, str]

    @property
    def brief(self) -> tuple[str, str, str, str]:
        """The words where there is little room: "7 → 1"."""
        _, name, _, found = self.words
        return ("", name, " → ", found) if name and found else self.words


def example_words(snapshot: Snapshot, *, known: bool) -> ExampleWords:
    """Return what is said of the example shown; nothing of the answer where that is not known."""
    focus, pictured = snapshot.focus, snapshot.image_shape is not None
    words = _read_as(snapshot, known=known)
    if focus.place < 0 or snapshot.minibatch is None:
        if focus.index == OWN:
            return ExampleWords((f"your {own_name(pictured=pictured)}",), "", (), words)
        name = example_name(focus.index, picture=pictured, part="test")
        return ExampleWords((name,), "", _shorter(focus.index), words)
    count = f"{integer(focus.place + 1)} of {integer(len(snapshot.minibatch.rows))}"
    if focus.index < 0:
        name = f"drawing {integer(-focus.index)}"
        names = f"taught {name}", name
    else:
        name = f"{'image' if pictured else 'example'} {integer(number_of(focus.index))}"
        names = f"training {name}", name
    return ExampleWords(names, count, _shorter(focus.index, count), words)


def _shorter(index: int, count: str = "") -> tuple[str, ...]:
    number, rest = integer(number_of(index)), f" · {count}" if count else ""
    return f"no. {number}{rest}", f"#{number}{rest}", count or f"#{number}"


def _read_as(snapshot: Snapshot, *, known: bool) -> tuple[str, str, str, str]:
    focus, names = snapshot.focus, snapshot.class_names
    own = focus.index == OWN
    if not names:
        desired = ", ".join(desired_values(snapshot)[:3])
        return ("", "", "", "") if own else ("desired ", desired, "", "")
    article, name, comma = ("", "", "") if own else ("a ", _class(focus.y, names), ", ")
    if not known or not np.isfinite(focus.a[-1]).all():
        return article, name, "", ""
    found = answer(focus.a[-1])
    return article, name, comma + ("read as " if found.decided else ""), found.name(names)


def _class(y: Array, names: tuple[str, ...]) -> str:
    return class_name(class_desired(y), names)
