"""Pages: what stands on the stage, and how much of its width each view has.

A page is one record. The built-in ones stand in the table `PAGES`; those that teachers save are
records like them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.wording import given

OWN = "own-"
"""What the ids of saved pages begin with."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A view on a page.

    Attributes:
        view: its id.
        share: of the page's width, beside those of the others.
        state: what is chosen in it, as `View.state` gives it; what it leaves out is as on the
            desktop.
    """

    view: str
    share: float = 1.0
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        id: its name in files.
        title: its name.
        views: from the left.
    """

    id: str
    title: str
    views: tuple[Shown, ...]

    @property
    def shown(self) -> str:
        """Its name as it is shown: a teacher's own is in no other book's words."""
        return given(self.title) if self.id.startswith(OWN) else self.title

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its views."""
        return tuple(each.view for each in self.views)


def page_of(views: Sequence[tuple[str, float]], titles: Mapping[str, str]) -> Page:
    """Return a page that stands in no list: views by their ids, with their shares of the width."""
    known = [(id, share) for id, share in views if id in titles]
    id = " ".join(f"{id} {share}" for id, share in known)
    title = ", ".join(titles[id] for id, _ in known)
    return Page(id, title, tuple(Shown(id, share) for id, share in known))


PLAIN = {"fields": False, "zoom": 1.0, "centre": [0.5, 0.5]}
"""The network as neurons and edges, all of it."""
NETWORK = Shown("network", 1.0, PLAIN)

PAGES: tuple[Page, ...] = (
    Page("network", "Network", (NETWORK,)),
    Page("why", "Network and Why?", (Shown("network", 0.6, PLAIN), Shown("inspector", 0.4))),
    Page(
        "example",
        "Network, desired and actual",
        (Shown("network", 0.62, PLAIN), Shown("minibatch", 0.38)),
    ),
    Page("cost", "Cost and surface", (Shown("cost", 0.5), Shown("surface", 0.5))),
    Page("plane", "The plane", (Shown("plane"),)),
    Page("race", "Race of the optimisers", (Shown("race"),)),
    Page("pad", "Draw a digit", (Shown("pad", 0.56), Shown("network", 0.44, PLAIN))),
    Page("fields", "Receptive fields", (Shown("network", 1.0, PLAIN | {"fields": True}),)),
    Page(
        "misread",
        "What is misread",
        (
            Shown("examples", 0.4, {"misread": True}),
            Shown("evaluation", 0.6, {"page": "mistakes"}),
        ),
    ),
    Page("activation", "Activation functions", (Shown("activation"),)),
)
"""The built-in pages in the order of the number keys, from 1 to 9 and then 0."""

LESSON_PAGES: tuple[Page, ...] = (
    Page(
        "network-activation",
        "Network and activation functions",
        (Shown("network", 0.42, PLAIN), Shown("activation", 0.58)),
    ),
    Page(
        "network-surface",
        "Network and surface",
        (Shown("network", 0.5, PLAIN), Shown("surface", 0.5)),
    ),
    Page("network-cost", "Network and cost", (Shown("network", 0.5, PLAIN), Shown("cost", 0.5))),
    Page(
        "network-parameters",
        "Network and parameters",
        (Shown("network", 0.5, PLAIN), Shown("parameters", 0.5)),
    ),
    Page("network-plane", "Network and plane", (Shown("network", 0.5, PLAIN), Shown("plane", 0.5))),
)
"""Pages that lessons turn to: they have no keys, and stand in no list."""
