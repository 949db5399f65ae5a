"""The state of the screen, as plain values: what is selected, open, in front, chosen in a view.

It is kept between starts and in sessions, set by whoever wants to show something, and photographed
by the tour. Whatever of it is unknown, broken or from another version is left as it is on screen.
"""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Any, TypeVar, cast

from nnviz.dataclass import dataclass
from nnviz.engine.selection import Selection

S = TypeVar("S")
GRANULARITIES = ("phase", "minibatch", "epoch")
"""What a step can be."""
KINDS = ("neuron", "parameter", "output", "cost")


@dataclass(frozen=True, slots=True)
class UiState:
    """What is on screen besides the run; None and what is absent leave things as they are.

    Attributes:
        selection: what is explained and marked in every view; None also for nothing.
        granularity: what a step is, by its name; empty to leave it.
        speed: position of the speed slider, or None.
        open_panels: ids of the panels that are open; None to leave all as they are.
        front: ids of the panels that stand in front of those they share a place with.
        views: what each view keeps of itself, by its id: plain values, as `View.state` gives them.
        enlarged: id of the panel that fills the window, "" for none; None leaves that as it is. It
            is shown where a state asks for it, but never collected: nothing of it is kept.
    """

    selection: Selection | None = None
    granularity: str = ""
    speed: int | None = None
    open_panels: tuple[str, ...] | None = None
    front: tuple[str, ...] = ()
    views: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    enlarged: str | None = None

    def beyond(self, usual: "UiState") -> "UiState":
        """Return it without what is chosen as usual, which it leaves as it is."""
        own = {
            id: {
                name: value
                for name, value in kept.items()
                if name not in usual.views.get(id, {}) or value != usual.views[id][name]
            }
            for id, kept in self.views.items()
        }
        return replace(
            self,
            granularity="" if self.granularity == usual.granularity else self.granularity,
            speed=None if self.speed == usual.speed else self.speed,
            views={id: kept for id, kept in own.items() if kept},
        )

    def over(self, usual: "UiState") -> "UiState":
        """Return it with what is usual in place of what it leaves as it is."""
        ids = (*usual.views, *(id for id in self.views if id not in usual.views))
        return replace(
            self,
            granularity=self.granularity or usual.granularity,
            speed=usual.speed if self.speed is None else self.speed,
            views={id: {**usual.views.get(id, {}), **self.views.get(id, {})} for id in ids},
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values that JSON can hold."""
        chosen = self.selection
        return {
            "selection": None if chosen is None else plain_selection(chosen),
            "granularity": self.granularity,
            "speed": self.speed,
            "open_panels": None if self.open_panels is None else list(self.open_panels),
            "front": list(self.front),
            "views": {id: dict(kept) for id, kept in self.views.items()},
            **({} if self.enlarged is None else {"enlarged": self.enlarged}),
        }

    @staticmethod
    def from_dict(kept: object) -> "UiState":
        """Read what `to_dict` gave; what cannot be understood is left out."""
        if not isinstance(kept, Mapping):
            return UiState()
        speed, granularity = kept.get("speed"), kept.get("granularity")
        panels, views = kept.get("open_panels"), kept.get("views")
        enlarged = kept.get("enlarged")
        return UiState(
            selection=read_selection(kept.get("selection")),
            granularity=granularity if isinstance(granularity, str) else "",
            speed=speed if type(speed) is int else None,
            open_panels=_names(panels) if isinstance(panels, list) else None,
            front=_names(kept.get("front")),
            views={
                str(id): dict(one)
                for id, one in (views.items() if isinstance(views, Mapping) else ())
                if isinstance(one, Mapping)
            },
            enlarged=enlarged if isinstance(enlarged, str) else None,
        )


def read_state(kept: Mapping[str, Any], before: S) -> S:
    """Return a view's state with the kept values that are of the right type.

    Args:
        kept: plain values by the names of the state's fields.
        before: a frozen dataclass of plain values; it says each field's type by its value, and
            stays wherever nothing fitting is kept. A field that is None takes any plain value,
            and None stands only where a field is declared so.
    """
    found = {}
    for each in fields(cast(Any, before)):
        if each.name not in kept:
            continue
        now, value = getattr(before, each.name), kept[each.name]
        if isinstance(now, tuple) and isinstance(value, list | tuple):
            value = tuple(value)
        if isinstance(now, float) and type(value) is int:
            value = float(value)
        if value is None and "None" not in str(each.type):
            continue
        if now is None or value is None or type(value) is type(now):
            found[each.name] = value
    return cast(S, replace(cast(Any, before), **found)) if found else before


def _names(kept: object) -> tuple[str, ...]:
    return tuple(name for name in kept if isinstance(name, str)) if isinstance(kept, list) else ()


def plain_selection(selection: Selection) -> list[Any]:
    """Return a selection as plain values."""
    return [selection.kind, selection.layer, selection.neuron, selection.parameter]


def read_selection(kept: object) -> Selection | None:
    """Read what `plain_selection` gave; None for anything else."""
    if not isinstance(kept, list | tuple) or len(kept) != 4 or kept[0] not in KINDS:
        return None
    if any(type(number) is not int for number in kept[1:]):
        return None
    return Selection(kept[0], *kept[1:])
