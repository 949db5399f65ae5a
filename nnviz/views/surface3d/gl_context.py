"""The one OpenGL context of the program, off screen, or the knowledge that there is none.

Pictures are drawn with it into memory and painted like any other picture. A Qt
OpenGL widget would make every frame of the whole window pass through OpenGL
(measured without a graphics card: 7 ms instead of 0.3), lose its resources when
its dock floats, and crash where there is no OpenGL. It must be asked for only
after the application exists.
"""

from functools import cache

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

from nnviz.dataclass import dataclass
from nnviz.views.surface3d.gl_renderer import Renderer

WITHOUT = ("offscreen", "minimal", "vnc", "linuxfb")
"""Qt platforms that have no OpenGL and say so too late."""


@dataclass(frozen=True, slots=True, eq=False)
class OffscreenGL:
    """An OpenGL context with a surface that is never seen, and what draws in it."""

    context: QOpenGLContext
    surface: QOffscreenSurface
    renderer: Renderer

    def begin(self) -> bool:
        """Make the context current; False where the display has taken it away."""
        return self.context.makeCurrent(self.surface)

    def end(self) -> None:
        """Let go of the context."""
        self.context.doneCurrent()


@cache
def shared_gl() -> OffscreenGL | None:
    """Return the program's OpenGL context, 2.1 or newer, or None where there is none."""
    application = QGuiApplication.instance()
    platform = QGuiApplication.platformName()
    if application is None or platform in WITHOUT:
        return None
    # Children of the application, so that they go before the display connection does.
    context = QOpenGLContext(application)
    surface = QOffscreenSurface(None, application)
    if not context.create():
        return None
    surface.setFormat(context.format())
    surface.create()
    if not (surface.isValid() and context.makeCurrent(surface)):
        return None
    renderer = Renderer(context)
    context.doneCurrent()
    return OffscreenGL(context, surface, renderer) if renderer.works else None
