"""OpenGL however the display makes it: drawn with, or known to be missing."""

import os
import shutil
import subprocess
import sys

import pytest

DRAW = """
from nnviz.app import qt_application
application = qt_application()
from nnviz.views.surface3d.gl_context import shared_gl
shared = shared_gl()
if shared is None:
    print("none")
else:
    from PySide6.QtCore import QObject, QSize
    from PySide6.QtGui import QColor, QMatrix4x4
    from nnviz.views.surface3d.framebuffer import SceneBuffer
    def green():
        shared.renderer.draw([], QMatrix4x4(), QColor(0, 255, 0))
    parent = QObject()
    picture = SceneBuffer(shared, parent).draw(QSize(40, 30), green)
    print(picture.pixelColor(20, 15).getRgb()[:3])
"""

needs_xvfb = pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs a virtual screen")


def drawn(*server, **environment):
    screen = " ".join(("-screen 0 640x480x24", *server))
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", screen, sys.executable, "-c", DRAW],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", **environment},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.strip()


@needs_xvfb
@pytest.mark.parametrize("server", [(), ("-extension GLX",)], ids=["GLX", "EGL"])
def test_it_is_drawn_whoever_made_the_context(server):
    assert drawn(*server) == "(0, 255, 0)"


@needs_xvfb
def test_without_any_there_is_none():
    assert drawn(QT_XCB_GL_INTEGRATION="none") == "none"
