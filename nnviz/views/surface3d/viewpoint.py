"""From where a 3-D surface is seen: turned, tilted and near as hands have it, or as at first."""

import math
from collections.abc import Mapping
from dataclasses import replace

from nnviz.dataclass import dataclass

LOWEST, HIGHEST = 5.0, 88.0
"""Degrees above the base between which the eye stays."""
FARTHEST, NEAREST = 0.5, 6.0
"""Least and most zoom."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Where the eye is: azimuth and elevation in degrees, None as at first, and how near.

    At a zoom of 1 the whole surface just fills the picture.
    """

    turn: float | None = None
    tilt: float | None = None
    zoom: float = 1.0

    def turned(self, turn: float, tilt: float) -> "Viewpoint":
        """Return it with other angles; the eye stays above the base."""
        return replace(self, turn=turn % 360.0, tilt=min(max(tilt, LOWEST), HIGHEST))

    def zoomed(self, zoom: float) -> "Viewpoint":
        """Return it nearer or farther, within bounds."""
        return replace(self, zoom=min(max(zoom, FARTHEST), NEAREST))

    @staticmethod
    def read(kept: object, before: "Viewpoint") -> "Viewpoint":
        """Return the one that was kept as plain values; what is broken in it is as before."""
        if not isinstance(kept, Mapping):
            return before
        turn, tilt, zoom = (_number(kept.get(name)) for name in ("turn", "tilt", "zoom"))
        found = before if zoom is None else before.zoomed(zoom)
        if turn is not None and tilt is not None:
            return found.turned(turn, tilt)
        at_first = "turn" in kept and kept["turn"] is None
        return replace(found, turn=None, tilt=None) if at_first else found


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None
