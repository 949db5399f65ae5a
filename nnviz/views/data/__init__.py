"""The data browser: what a network learns from, by class, down to every single example."""

from nnviz.views.data.view import SPEC, DataView

__all__ = ["SPEC", "DataView"]
