"""The race: the six optimisers descend one surface, stepped forwards and backwards."""

from nnviz.views.race.view import SPEC, RaceView

__all__ = ["SPEC", "RaceView"]
