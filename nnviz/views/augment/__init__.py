"""Augmentation: a dozen variants of one training picture, as training would see it."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.augment.view import AugmentView  # when it is first wanted

    return AugmentView()


SPEC = ViewSpec(
    "augment",
    "Augmentation",
    "right",
    _view,
    open=False,
    short="Augment",
    gestures=(
        ("Drag a slider", "Varies the pictures shown; let go, and the run goes on with it."),
    ),
)
