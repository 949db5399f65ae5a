"""The parameters: every weight and bias with its slope, its nudge and its new value, as a table."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.parameters.view import ParametersView  # when it is first wanted

    return ParametersView()


SPEC = ViewSpec(
    "parameters",
    "Parameters",
    "right",
    _view,
    rate=8.0,
    open=False,
    least=(220, 130),
    gestures=(
        ("Click a head", "Sorts by that column."),
        ("Double-click a value, or F2", "Edits it."),
        ("Click another cell, or Enter", "Explains it in Why?"),
        ("Ctrl+C", "Copies the marked rows, or all."),
    ),
)
