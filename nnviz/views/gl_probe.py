"""Whether this display can draw in 3-D, found out once and without risk.

Asking a widget for OpenGL where there is none prints warnings or crashes, so a
context is made by itself first. It must be asked after the application exists.
"""

import os
from functools import cache

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

WITHOUT = ("offscreen", "minimal", "vnc", "linuxfb")
"""Qt platforms that have no OpenGL and say so too late."""


@cache
def opengl_works() -> bool:
    """Return whether OpenGL 2.1 or newer can be used here."""
    platform = QGuiApplication.platformName()
    if platform in WITHOUT:
        return False
    if platform.startswith("wayland"):
        # PyOpenGL guesses X11 unless told before it is imported.
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl")
    context = QOpenGLContext()
    surface = QOffscreenSurface()
    surface.create()
    if not (surface.isValid() and context.create() and context.makeCurrent(surface)):
        return False
    version = context.format().version()
    context.doneCurrent()
    return version >= (2, 1)
