"""The cost view: how the cost falls, minibatch by minibatch and epoch by epoch."""

from nnviz.views.cost.view import SPEC, CostView

__all__ = ["SPEC", "CostView"]
