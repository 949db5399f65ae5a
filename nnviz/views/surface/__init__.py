"""The cost surface of the net as it is now, in 3-D, as a contour map, or a slice of it."""

from nnviz.views.surface.view import SPEC, SurfaceView

__all__ = ["SPEC", "SurfaceView"]
