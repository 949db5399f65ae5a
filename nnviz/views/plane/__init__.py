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
)
