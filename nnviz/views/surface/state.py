"""What can be chosen in the surface view: the plane, how closely, the drawing and the camera."""

from collections.abc import Mapping
from dataclasses import asdict, field, replace
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.engine.surface.landscape import Kind
from nnviz.messages.ui_state import read_state
from nnviz.views.surface3d.viewpoint import Viewpoint

MODES = "3-D", "both", "2-D"
"""Which drawings can be seen."""
GRIDS = 61, 101, 201
"""Grid points a side to choose from at rest."""
SAMPLES = 250, 1000, 10**9
"""Test examples to choose from; the last stands for all of them."""

FARTHEST = 1e3
"""Farthest that a surface can be asked to go."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SurfaceState:
    """What is chosen.

    Attributes:
        pair: w1 and w2 as entries of theta, for the kinds that have them.
        points: grid points a side at rest.
        sample: most test examples.
        log: whether heights are even in the logarithm of the cost.
        mode: which drawings are seen, one of MODES; empty for what there is room for.
        reach: how far the surface goes at least to either side, in the plane's own units.
    """

    kind: Kind = Kind.PARAMETERS
    pair: Pair = (0, 1)
    seed: int = 0
    points: int = GRIDS[0]
    sample: int = SAMPLES[1]
    log: bool = False
    mode: str = ""
    reach: float = 1.0
    viewpoint: Viewpoint = field(default_factory=Viewpoint)

    def plane(self) -> tuple[object, ...]:
        """Return what tells this plane from others, however closely it is looked at."""
        match self.kind:
            case Kind.PARAMETERS:
                return self.kind, self.reach, self.pair
            case Kind.LINE:
                return self.kind, self.reach, self.pair[0]
            case Kind.RANDOM:
                return self.kind, self.reach, self.seed
            case Kind.PRINCIPAL:
                return self.kind, self.reach

    def own(self) -> tuple[int, ...]:
        """Return the entries of theta along the axes of a plane that has such."""
        if self.kind is Kind.LINE:
            return self.pair[:1]
        return tuple(sorted(self.pair)) if self.kind is Kind.PARAMETERS else ()

    def put(self, axis: int, index: int) -> Pair:
        """Return the pair with an entry of theta on an axis; the other changes places with it."""
        first, second = self.pair
        if index == self.pair[1 - axis]:
            return second, first
        return (index, second) if axis == 0 else (first, index)

    def kept(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self) | {"kind": self.kind.value, "pair": list(self.pair)}


def read(kept: Mapping[str, Any], before: SurfaceState) -> SurfaceState:
    """Return the state that was kept; what is unknown or broken in it is as before."""
    kind, pair = kept.get("kind"), kept.get("pair")
    known: dict[str, Any] = {"viewpoint": Viewpoint.read(kept.get("viewpoint"), before.viewpoint)}
    if kind in tuple(Kind):
        known["kind"] = Kind(kind)
    if isinstance(pair, list | tuple) and [type(index) for index in pair] == [int, int]:
        known["pair"] = tuple(pair) if pair[0] != pair[1] and min(pair) >= 0 else before.pair
    own = ("kind", "pair", "viewpoint")
    plain = {name: value for name, value in kept.items() if name not in own}
    found = replace(read_state(plain, before), **known)
    return replace(
        found,
        seed=found.seed if 0 <= found.seed < 2**31 else before.seed,
        points=found.points if found.points in GRIDS else before.points,
        sample=found.sample if found.sample in SAMPLES else before.sample,
        mode=found.mode if found.mode in (*MODES, "") else before.mode,
        reach=found.reach if 0 < found.reach <= FARTHEST else before.reach,
    )
