"""This example: what was desired, what came out, how far apart these are and what it costs."""

from nnviz.views.minibatch.view import SPEC, MinibatchView

__all__ = ["SPEC", "MinibatchView"]
