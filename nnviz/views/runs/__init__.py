"""The runs: what was tried, how recipes differ and what came of each."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.runs.view import RunsView  # when it is first wanted

    return RunsView()


SPEC = ViewSpec(
    "runs",
    "Runs",
    "left",
    _view,
    rate=4.0,
    open=False,
    figures=True,
    late=True,
    least=(220, 120),
    gestures=(
        ("Tick a run, or Space", "Draws its curve over the present one."),
        ("Double-click a run, or Enter", "Opens it, to go on with it."),
    ),
)
