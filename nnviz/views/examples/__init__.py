"""The examples: which ones the network gets wrong, the worst first, to look at one by one."""

from nnviz.views.examples.view import SPEC, ExamplesView

__all__ = ["SPEC", "ExamplesView"]
