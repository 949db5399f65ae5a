"""Panels: what hands do in each without any command, and the gestures that leave it to them.

What sends a command is judged where that passes the window's port. What only turns, chooses or
moves something in a panel passes no port: it is judged by this table, and by where it is done.
Reading is always alive: pointing, scrolling, magnifying.
"""

from collections.abc import Collection, Mapping

from nnviz.dataclass import dataclass
from nnviz.lessons.gestures import GESTURES

Needed = tuple[str, ...] | None
"""Gestures of which one has to be alive; none at all where nothing frees it; None where it is
free."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What is needed for what hands do in a panel.

    Attributes:
        picture: for a press, a wheel or a key on what is painted; None where such things only
            read, or send commands, which are judged themselves.
        controls: for its buttons, lists and fields.
        twice: for a double click on what is painted, and for the keys that do as it does.
    """

    picture: Needed = None
    controls: Needed = ()
    twice: Needed = None


_READ = ("select", "why", "weights", "biases")
PANELS: Mapping[str, Hands] = {
    "network": Hands(None, ("edges",), ("edges",)),
    "inspector": Hands(None, _READ),
    "parameters": Hands(None, _READ, ("weights", "biases")),
    "matrices": Hands(None, ("select", "why")),
    "minibatch": Hands(None, ("select", "why")),
    "cost": Hands(None, ()),
    "timeline": Hands(("goto",), ("goto",)),
    "plane": Hands(("points", "examples"), ("points",)),
    "augment": Hands(("recipe",), ("recipe",)),
    "recipe": Hands(None, ("recipe",)),
    "branches": Hands((), ()),
    "runs": Hands((), ()),
}
"""What is needed in a panel, by its id; in any other one a gesture that is done there."""
NAMED: Mapping[str, Needed] = {
    "edges": ("edges",),
    "all_edges": ("edges",),
    "maps": ("edges",),
    "fields": ("fields",),
    "shape": ("shape",),
    "fit": None,
    "learning_rate": ("eta", "recipe"),
    "speed": ("pace",),
    "enlarge_tab": ("panels",),
    "PanelTitle": ("panels",),
    "shrink": None,
    "line_drawing": None,
}
"""What is needed for a widget of this name, wherever it stands."""


def hands_in(panel: str) -> Hands:
    """Return what is needed for what hands do in a panel."""
    done_there = tuple(name for name, gesture in GESTURES.items() if panel in gesture.panels)
    return PANELS.get(panel, Hands(done_there, done_there, done_there))


def is_alive(needed: Needed, allow: Collection[str]) -> bool:
    """Tell whether something may be done where these gestures are alive."""
    return needed is None or not set(needed).isdisjoint(allow)
