"""The race: the six optimisers descend one surface, stepped forwards and backwards."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.race.view import RaceView  # when it is first wanted

    return RaceView()


SPEC = ViewSpec(
    "race",
    "Race of the optimisers",
    "right",
    _view,
    open=False,
    short="Race",
    gestures=(
        ("Click a place", "Starts all of them there."),
        ("Click a racer's row", "Selects it; its η is at the slider."),
        (
            "Space, ← and →, Home and End, ↑ and ↓",
            "Let them run, step, go to either end, select another racer.",
        ),
    ),
)
