"""How good is it really? What is taken for what, and whether a sure answer deserves trust."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.evaluation.view import EvaluationView  # when it is first wanted

    return EvaluationView()


SPEC = ViewSpec(
    "evaluation",
    "How good is it really?",
    "right",
    _view,
    open=False,
    short="How good?",
    gestures=(
        ("Click a cell", "Shows the examples behind it; Escape leads back."),
        ("Arrows", "Go from cell to cell."),
    ),
)
