"""The one OpenGL context of the program, off screen, or the knowledge that there is none.

Pictures are drawn with it into memory and painted like any other picture. A Qt
OpenGL widget would make every frame of the whole window pass through OpenGL
(measured without a graphics card: 7 ms instead of 0.3), lose its resources when
its dock floats, and crash where there is no OpenGL. It must be asked for only
after the application exists.
"""

import ctypes
import logging
import os
from functools import cache

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

from nnviz.dataclass import dataclass

WITHOUT = ("offscreen", "minimal", "vnc", "linuxfb")
"""Qt platforms that have no OpenGL and say so too late."""


MAKERS = (
    ("glx", "libGL.so.1", "glXGetCurrentContext"),
    ("egl", "libEGL.so.1", "eglGetCurrentContext"),
)
"""Who may have made a context on Linux: PyOpenGL's name, a library, what tells it there."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class OffscreenGL:
    """An OpenGL context with a surface that is never seen."""

    context: QOpenGLContext
    surface: QOffscreenSurface

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
    shared = OffscreenGL(context, surface)
    if not (surface.isValid() and shared.begin()):
        return None
    usable = context.format().version() >= (2, 1) and _pyopengl_sees_it()
    shared.end()
    return shared if usable else None


def _pyopengl_sees_it() -> bool:
    """Tell PyOpenGL who made the current context, and whether it can draw with it.

    PyOpenGL guesses by the kind of display, and then finds no context where, for example, an
    X server without GLX left Qt with EGL. It has to be told before it is imported.
    """
    if maker := _maker():
        os.environ["PYOPENGL_PLATFORM"] = maker
    try:
        from OpenGL import platform

        return bool(platform.PLATFORM.GetCurrentContext())
    except Exception:  # of a broken library come errors of any kind
        _log.warning("PyOpenGL cannot be used", exc_info=True)
        return False


def _maker() -> str:
    """Return PyOpenGL's name of what made the current context; empty where it will guess right."""
    for name, library, function in MAKERS:
        try:
            current = getattr(ctypes.CDLL(library), function)
        except (OSError, AttributeError):
            continue
        current.restype, current.argtypes = ctypes.c_void_p, []
        if current():
            return name
    return ""
