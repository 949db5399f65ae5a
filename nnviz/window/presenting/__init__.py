"""Presenting: blank, spotlight, pen and magnifier over the stage, and what a remote does there."""

from nnviz.window.presenting.presenting import Presenting

__all__ = ["Presenting"]
