"""The cost surface of the net as it is now, in 3-D, as a contour map, or a slice of it."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.surface.view import SurfaceView  # when it is first wanted

    return SurfaceView()


SPEC = ViewSpec(
    "surface",
    "C(w₁, w₂) of this net, now",
    "right",
    _view,
    short="C(w₁, w₂)",
    late=True,  # OpenGL takes a while to begin
    least=(260, 170),
    gestures=(
        ("Drag the landscape", "Turns it; the wheel brings it nearer, a double click goes back."),
        ("Click a place", "Gives both weights the values there; Ctrl+Z takes it back."),
        ("Point at a place", "Reads its height."),
    ),
)
