"""What can be chosen among the activation functions, as plain values."""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.messages.ui_state import read_state

FARTHEST = 1e6
"""How far from 0 a z may be put."""


@dataclass(frozen=True, slots=True)
class ActivationState:
    """What is chosen.

    Attributes:
        shown: name of the function; empty for that of the layer that is looked at.
        second: name of the one that is compared with it; empty for none.
        z: where a hand has put the point; None while it is the selected neuron's.
    """

    shown: str = ""
    second: str = ""
    z: float | None = None


def read(kept: Mapping[str, Any], before: ActivationState) -> ActivationState:
    """Return the state that was kept; what is unknown or broken in it is as before."""
    found = read_state(kept, before)
    z: Any = found.z
    if type(z) is int:
        z = float(z)
    good = z is None or (isinstance(z, float) and isfinite(z) and abs(z) <= FARTHEST)
    return replace(
        found,
        shown=found.shown if found.shown in ("", *ACTIVATIONS) else before.shown,
        second=found.second if found.second in ("", *ACTIVATIONS) else before.second,
        z=z if good else before.z,
    )
