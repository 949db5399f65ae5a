"""The drawing pad: draw, drop or paste a digit; see what the net makes of it, ask why, teach it."""

from nnviz.views.pad.hand_state import HandState
from nnviz.views.pad.view import SPEC, PadView

__all__ = ["SPEC", "HandState", "PadView"]
