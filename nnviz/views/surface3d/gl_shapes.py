"""Shapes: what a 3-D scene is made of, triangles and lines with a colour at every corner."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QOpenGLFunctions
from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLShaderProgram
from shiboken6 import VoidPtr

from nnviz.views.surface3d.mesh import Mesh

PLACE, COLOUR = 0, 1
"""Where the program takes a corner's place and its colour from."""
RGBA = tuple[float, float, float, float]

_FLOAT, _UNSIGNED = 0x1406, 0x1405
_LINES, _TRIANGLES = 0x0001, 0x0004
_BLEND, _CULL_FACE, _FRONT = 0x0BE2, 0x0B44, 0x0404
_ONE, _ALPHA, _REST = 1, 0x0302, 0x0303
"""OpenGL's own numbers, as its specification gives them; the rest is one minus alpha."""
_FROM_BUFFER = VoidPtr(0)
"""Where indices stand: at the beginning of the buffer that is bound."""


class _Buffer:
    """An array that the renderer keeps a copy of, made when it is next drawn."""

    def __init__(self, kind: QOpenGLBuffer.Type = QOpenGLBuffer.Type.VertexBuffer) -> None:
        self._buffer = QOpenGLBuffer(kind)
        self._held: NDArray[Any] | None = None
        self._waiting: NDArray[Any] | None = None

    def hold(self, array: NDArray[Any], kind: type[np.generic] = np.float32) -> None:
        """Hold other numbers from now on; the very same ones are not sent again."""
        if array is not self._held:
            self._held, self._waiting = array, np.ascontiguousarray(array, kind)

    def bind(self) -> None:
        """Draw from it; the context is current."""
        if not self._buffer.isCreated():
            self._buffer.create()
        self._buffer.bind()
        if self._waiting is not None:
            content, self._waiting = self._waiting.tobytes(), None
            self._buffer.allocate(content, len(content))


class Shape:
    """Something that stands in a scene; at first it is not to be seen.

    Attributes:
        order: those of a lower one are drawn before it.
    """

    def __init__(self) -> None:
        self.order = 0
        self._visible = False
        self._places, self._colours = _Buffer(), _Buffer()
        self._colour: RGBA | None = (1.0, 1.0, 1.0, 1.0)  # None: each corner has its own
        self._corners = 0

    def visible(self) -> bool:
        """Whether it is to be seen."""
        return self._visible

    def setVisible(self, visible: bool) -> None:
        """Show or hide it when the scene is next drawn."""
        self._visible = visible

    def draw(self, gl: QOpenGLFunctions, program: QOpenGLShaderProgram, *, wide: bool) -> None:
        """Draw it with a program that is bound; `wide` tells whether lines may be so."""
        program.enableAttributeArray(PLACE)
        self._places.bind()
        program.setAttributeBuffer(PLACE, _FLOAT, 0, 3, 0)
        if self._colour is None:
            program.enableAttributeArray(COLOUR)
            self._colours.bind()
            program.setAttributeBuffer(COLOUR, _FLOAT, 0, 4, 0)
        else:
            gl.glVertexAttrib4f(COLOUR, *self._colour)
        self._draw(gl, wide=wide)
        program.disableAttributeArray(PLACE)
        if self._colour is None:
            program.disableAttributeArray(COLOUR)

    def _draw(self, gl: QOpenGLFunctions, *, wide: bool) -> None:
        raise NotImplementedError


class Triangles(Shape):
    """Triangles; `behind` shows only their far side, a rim around another shape."""

    def __init__(self, *, behind: bool = False) -> None:
        super().__init__()
        self._behind = behind
        self._faces = _Buffer(QOpenGLBuffer.Type.IndexBuffer)

    def show(self, made: Mesh | None) -> None:
        """Become these triangles and be seen, where there are any."""
        if made is not None:
            self._places.hold(made.vertexes)
            self._colours.hold(made.colours)
            self._faces.hold(made.faces, np.uint32)
            self._colour, self._corners = None, made.faces.size
            self.setVisible(True)

    def _draw(self, gl: QOpenGLFunctions, *, wide: bool) -> None:
        gl.glDisable(_BLEND)
        if self._behind:
            gl.glEnable(_CULL_FACE)
            gl.glCullFace(_FRONT)
        else:
            gl.glDisable(_CULL_FACE)
        self._faces.bind()
        gl.glDrawElements(_TRIANGLES, self._corners, _UNSIGNED, _FROM_BUFFER)  # type: ignore[arg-type]


class Lines(Shape):
    """Lines between pairs of ends; what is behind them shines through as their colours say."""

    def __init__(self) -> None:
        super().__init__()
        self._width = 1.0

    def place(self, ends: NDArray[Any]) -> None:
        """Run between other pairs of ends, (2·n, 3)."""
        self._places.hold(ends)
        self._corners = len(ends)

    def paint(self, colours: NDArray[np.float32] | RGBA) -> None:
        """Have one colour, or one for each end, (2·n, 4)."""
        if isinstance(colours, tuple):
            self._colour = colours
        else:
            self._colour = None
            self._colours.hold(colours)

    def widen(self, width: float) -> None:
        """Be so many pixels wide, where that can be drawn."""
        self._width = width

    def _draw(self, gl: QOpenGLFunctions, *, wide: bool) -> None:
        gl.glDisable(_CULL_FACE)
        gl.glEnable(_BLEND)
        gl.glBlendFuncSeparate(_ALPHA, _REST, _ONE, _REST)
        if wide:
            gl.glLineWidth(self._width)
        gl.glDrawArrays(_LINES, 0, self._corners)
