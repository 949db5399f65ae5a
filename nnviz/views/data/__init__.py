"""The data browser: what a network learns from, by class, down to every single example."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.data.view import DataView  # when it is first wanted

    return DataView()


SPEC = ViewSpec(
    "data",
    "Data",
    "right",
    _view,
    open=False,
    gestures=(
        ("Click a class, then a picture", "Opens the class; shows the picture large."),
        ("Arrows, Enter and Escape", "Go on, open and leave."),
        (
            "Ctrl or Shift and click, Ctrl+A, Delete",
            "Pick several of your drawings, all of them, delete what is picked.",
        ),
    ),
)
