"""What can be chosen in the race: the surface, who races with which rates, from where, how far."""

import math
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.engine.race.descent import all_racers
from nnviz.engine.race.valleys import VALLEYS
from nnviz.engine.surface.landscape import Kind
from nnviz.messages.ui_state import read_state
from nnviz.views.surface3d.viewpoint import Viewpoint

FIRST = "long"
"""The surface shown at first."""
SHOWN = 12
"""The step shown at first, so that there is something to see."""
MODES = "2-D", "3-D"
"""Which drawings of two weights can be seen."""
FARTHEST = 10**6
"""How far from 0 a start may be."""
HIGHEST_RATE = 1e9
"""The learning rate above which none is kept."""


@dataclass(frozen=True, slots=True)
class RaceState:
    """What is chosen.

    Attributes:
        surface: name of a formula, or the kind of a plane through the network.
        rates: learning rates by racer; who has none has the surface's own.
        start: where all of them start; empty for the surface's own start.
        mode: which drawing of two weights is seen, one of MODES.
    """

    surface: str = FIRST
    racers: tuple[str, ...] = field(default_factory=all_racers)
    selected: str = field(default_factory=lambda: all_racers()[0])
    rates: dict[str, float] = field(default_factory=dict)
    start: tuple[float, ...] = ()
    step: int = SHOWN
    mode: str = MODES[0]
    viewpoint: Viewpoint = field(default_factory=Viewpoint)

    def kept(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self) | {"racers": list(self.racers), "start": list(self.start)}


def read(kept: Mapping[str, Any], before: RaceState) -> RaceState:
    """Return the state that was kept; what is unknown or broken in it is as before."""
    plain = {name: value for name, value in kept.items() if name != "viewpoint"}
    surface = kept.get("surface")
    surfaces = *VALLEYS, *(kind.value for kind in Kind)
    if surface in surfaces and surface != before.surface:
        before = replace(before, rates={}, start=())  # those are of the other surface
    found = read_state(plain, before)
    whole = all(_is_number(w) and abs(w) <= FARTHEST for w in found.start)
    rated = all(
        name in all_racers() and _is_number(rate) and 0 < rate <= HIGHEST_RATE
        for name, rate in found.rates.items()
    )
    return replace(
        found,
        surface=found.surface if found.surface in surfaces else before.surface,
        racers=tuple(name for name in all_racers() if name in found.racers)
        if all(isinstance(name, str) for name in found.racers)
        else before.racers,
        selected=found.selected if found.selected in all_racers() else before.selected,
        rates={name: float(rate) for name, rate in found.rates.items()} if rated else before.rates,
        start=tuple(map(float, found.start)) if whole else before.start,
        step=max(found.step, 0),
        mode=found.mode if found.mode in MODES else before.mode,
        viewpoint=Viewpoint.read(kept.get("viewpoint"), before.viewpoint),
    )


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]
