"""What a 3-D scene is made of: solids of triangles, rims around them, and lines.

This module imports OpenGL, so it is itself imported only where OpenGL works.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from OpenGL import GL
from pyqtgraph.opengl import GLLinePlotItem, GLMeshItem

from nnviz.views.palette import rgb
from nnviz.views.surface3d.mesh import Mesh

Array = NDArray[np.floating[Any]]


def mesh_item(*, behind: bool = False) -> Any:
    """Make an item for triangles; `behind` shows only their far side, a rim around another."""
    item = GLMeshItem(smooth=True, computeNormals=False, shader=None)
    if behind:
        item.setGLOptions(
            {
                GL.GL_DEPTH_TEST: True,
                GL.GL_BLEND: False,
                GL.GL_CULL_FACE: True,
                "glCullFace": (GL.GL_FRONT,),
            }
        )
    return item


def lines_item() -> Any:
    """Make an item for lines between pairs of ends, a pixel wide."""
    return GLLinePlotItem(mode="lines", glOptions="translucent", antialias=False)


def fill(item: Any, made: Mesh | None) -> None:
    """Give a mesh item its triangles and show it, where there are any."""
    if made is not None:
        item.setMeshData(vertexes=made.vertexes, faces=made.faces, vertexColors=made.colours)
        item.setVisible(True)


def lifted(points: Array, by: float) -> NDArray[np.float32]:
    """Return places (n, 3) a little higher."""
    return np.asarray(points + np.array([0, 0, by]), dtype=np.float32)


def rgba(colour: str, alpha: float) -> tuple[float, float, float, float]:
    """Return a colour as OpenGL takes it."""
    red, green, blue = (rgb(colour) / 255).tolist()
    return red, green, blue, alpha
