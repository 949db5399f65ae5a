"""The examples: which ones the network gets wrong, the worst first, to look at one by one."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.examples.view import ExamplesView  # when it is first wanted

    return ExamplesView()


SPEC = ViewSpec(
    "examples",
    "Examples",
    "left",
    _view,
    late=True,
    least=(160, 90),
    gestures=(
        ("Click an example", "Sends it through the network."),
        ("Arrows and Enter", "Go from example to example, and send one through."),
    ),
)
