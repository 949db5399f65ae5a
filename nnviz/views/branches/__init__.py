"""The branches: every run that was left behind, to compare with, go back to or forget."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.branches.view import BranchesView  # when it is first wanted

    return BranchesView()


SPEC = ViewSpec(
    "branches",
    "Branches",
    "left",
    _view,
    figures=True,
    late=True,
    least=(200, 110),
    gestures=(
        ("Double-click a branch, or Enter on it", "Goes back to it, to train it on."),
        ("F2", "Gives it another name."),
    ),
)
