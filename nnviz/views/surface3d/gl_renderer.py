"""The renderer: draws the shapes of a scene in one OpenGL context, with Qt's own functions.

One program of two lines serves everything: light is mixed into the colours beforehand.
"""

import ctypes
from collections.abc import Sequence

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QMatrix4x4, QOpenGLContext, QSurfaceFormat
from PySide6.QtOpenGL import QOpenGLShader, QOpenGLShaderProgram, QOpenGLVertexArrayObject

from nnviz.views.surface3d.gl_shapes import COLOUR, PLACE, Shape

DEPTH_TEST = 0x0B71
COLOURS, DEPTHS = 0x4000, 0x0100
"""OpenGL's own numbers, as its specification gives them."""

_CORNERS = """
uniform mat4 eye;
in vec4 place;
in vec4 colour;
out vec4 mixed;
void main() { mixed = colour; gl_Position = eye * place; }
"""
_PIXELS = """
#ifdef GL_ES
precision mediump float;
#endif
in vec4 mixed;
out vec4 pixel;
void main() { pixel = mixed; }
"""


class Renderer:
    """What draws in one context; it is made, and used, while that is current.

    Attributes:
        works: whether the context can draw.
        gl: the context's functions.
        wide: whether lines can be wider than a pixel.
    """

    def __init__(self, context: QOpenGLContext) -> None:
        kind = context.format()
        core = kind.profile() == QSurfaceFormat.OpenGLContextProfile.CoreProfile
        self.gl = context.functions()
        self.wide = not core or kind.testOption(QSurfaceFormat.FormatOption.DeprecatedFunctions)
        self._program = QOpenGLShaderProgram(context)
        self.works = kind.version() >= (2, 1) and self._build(context)
        self._state = QOpenGLVertexArrayObject(context)
        if core:  # which draws nothing without one
            self._state.create()
        # Called past Qt's wrapper, which would keep Python's lock while the picture is drawn.
        finish = context.getProcAddress(QByteArray(b"glFinish"))
        self._finish = ctypes.CFUNCTYPE(None)(finish) if finish else self.gl.glFinish

    def _build(self, context: QOpenGLContext) -> bool:
        program, kinds = self._program, QOpenGLShader.ShaderTypeBit
        made = all(
            program.addShaderFromSourceCode(kind, _written_for(context, source, kind))
            for kind, source in ((kinds.Vertex, _CORNERS), (kinds.Fragment, _PIXELS))
        )
        program.bindAttributeLocation("place", PLACE)
        program.bindAttributeLocation("colour", COLOUR)
        return made and program.link()

    def draw(self, shapes: Sequence[Shape], eye: QMatrix4x4, background: QColor) -> None:
        """Draw those shapes that are visible, the lowest order first, as an eye sees them."""
        gl, program = self.gl, self._program
        gl.glClearColor(background.redF(), background.greenF(), background.blueF(), 1.0)
        gl.glClear(COLOURS | DEPTHS)
        gl.glEnable(DEPTH_TEST)
        if self._state.isCreated():
            self._state.bind()
        program.bind()
        program.setUniformValue(program.uniformLocation("eye"), eye)
        for shape in sorted(shapes, key=lambda shape: shape.order):
            if shape.visible():
                shape.draw(gl, program, wide=self.wide)
        program.release()
        if self._state.isCreated():
            self._state.release()

    def finish(self) -> None:
        """Wait until all is drawn, and let other threads of Python work meanwhile."""
        self._finish()


def _written_for(context: QOpenGLContext, source: str, kind: QOpenGLShader.ShaderTypeBit) -> str:
    """Return a source in the version of the language that a context understands."""
    embedded, version = context.isOpenGLES(), context.format().version()
    if embedded and version >= (3, 0):
        return "#version 300 es\n" + source
    if not embedded and version >= (3, 1):
        return "#version 140\n" + source
    # The language before both: the same with other words.
    if kind == QOpenGLShader.ShaderTypeBit.Vertex:
        return source.replace("in vec4", "attribute vec4").replace("out vec4", "varying vec4")
    source = source.replace("out vec4 pixel;\n", "").replace("in vec4", "varying vec4")
    return source.replace("pixel =", "gl_FragColor =")
