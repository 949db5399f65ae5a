"""The plane: what the network answers everywhere, over data of one or two inputs."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.plane.view import PlaneView  # when it is first wanted

    return PlaneView()


SPEC = ViewSpec(
    "plane",
    "The plane",
    "right",
    _view,
    rate=60.0,
    open=False,
    short="Plane",
    least=(200, 200),
    gestures=(
        ("Point", "Reads the inputs there and every answer."),
        ("Click", "Chooses the test example next to it."),
        (
            "With ■, ●, ✥ or ✕ in the hand: click or drag",
            "Puts, moves or erases points, each gesture a change that Ctrl+Z takes back.",
        ),
        ("Arrows and Space", "Go from example to example; with a tool move a cursor, and use it."),
    ),
)
