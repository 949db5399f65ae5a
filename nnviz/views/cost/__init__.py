"""The cost view: how the cost falls, minibatch by minibatch and epoch by epoch."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.cost.view import CostView  # when it is first wanted

    return CostView()


SPEC = ViewSpec(
    "cost",
    "Cost",
    "right",
    _view,
    figures=True,
    late=True,  # pyqtgraph takes as long to import as the window without it
    least=(220, 88),
    gestures=(("Point at a curve, or go along it with arrows", "Reads its cost and step."),),
)
