"""Presenting: blank, spotlight, pen and magnifier over the stage, and what a remote does there."""

from nnviz.window.presenting.panels import PanelMagnifier
from nnviz.window.presenting.presenting import Presenting

__all__ = ["PanelMagnifier", "Presenting"]
