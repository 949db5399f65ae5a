"""The memory that a 3-D scene is drawn into: with smooth edges at rest, quickly while it moves.

Smooth edges take several samples a pixel, which a renderer without a graphics
card computes one by one: in a large panel a frame then takes too long to follow
training or the mouse. Where that is so, frames that come soon after one another
are drawn with one sample, and the last one is drawn again once things rest.
"""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from nnviz.views.surface3d.gl_context import OffscreenGL

SAMPLES = 4
"""Samples a pixel for smooth edges."""
BUDGET = 0.013
"""Seconds that drawing may take for smooth edges to be worth it while the scene moves."""
REST = 0.3
"""Seconds without a new frame after which a scene rests."""


class SceneBuffer(QObject):
    """Draws scenes into pictures; `rested` tells that a quick frame is worth drawing again."""

    rested = Signal()

    def __init__(self, shared: OffscreenGL, parent: QObject) -> None:
        super().__init__(parent)
        self._gl = shared
        self._buffers: dict[int, QOpenGLFramebufferObject] = {}
        self._heavy = False
        self._last = float("-inf")
        self._clock = QTimer(self, singleShot=True, interval=round(1000 * REST))
        self._clock.timeout.connect(self._rest)

    def draw(self, size: QSize, paint: Callable[[], None]) -> QImage | None:
        """Draw a frame of so many pixels; None where the display has taken the context away."""
        began = perf_counter()
        quick = self._heavy and began - self._last < REST
        if not self._gl.begin():
            return None
        buffer = self._buffer(0 if quick else SAMPLES, size)
        buffer.bind()
        renderer = self._gl.renderer
        renderer.gl.glViewport(0, 0, size.width(), size.height())
        paint()
        buffer.release()
        renderer.finish()  # toImage would keep Python's lock as long
        picture = buffer.toImage()
        self._gl.end()
        self._last = perf_counter()
        if quick:
            self._clock.start()
        else:
            self._heavy = self._last - began > BUDGET
        return picture

    def _buffer(self, samples: int, size: QSize) -> QOpenGLFramebufferObject:
        known = self._buffers.get(samples)
        if known is None or known.size() != size:
            kind = QOpenGLFramebufferObjectFormat()
            kind.setSamples(samples)
            kind.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
            known = self._buffers[samples] = QOpenGLFramebufferObject(size, kind)
        return known

    def _rest(self) -> None:
        self._last = float("-inf")
        self.rested.emit()
