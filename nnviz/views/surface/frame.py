"""The parts of the surface view and where they stand: lines, drawings, buttons.

Where there is room two lines stand above the drawings, where there is little
only one. Where there is no OpenGL the contour map stands alone.
"""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.surface.banner import Banner
from nnviz.views.surface.bar import SurfaceBar
from nnviz.views.surface.curve import SurfaceCurve
from nnviz.views.surface.map import SurfaceMap
from nnviz.views.surface3d import gl_context as gl_probe
from nnviz.views.view import View

NO_GL = "No OpenGL here: the contour view shows the same surface."
BOTH_FROM = 400
"""Width in pixels from which 3-D and contour stand side by side at first."""
FLAT = 215
"""Height in pixels below which there is one line above the drawing, else two."""
MARGIN = 8
"""Pixels around the parts."""


class SurfaceFrame(View):
    """The parts, made and placed.

    Attributes:
        scene: the 3-D drawing, None without OpenGL.
        contour: the 2-D drawing.
        curve: the drawing of a slice.
        header: the line that tells the cost.
        offer: the line that tells of the path.
        message: stands where nothing is drawn yet.
        note: says that there is no OpenGL.
        bar: the buttons.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = QColor(DARK.panel)
        self._mode: str | None = None
        self.scene: Any = None
        shared = gl_probe.shared_gl()
        if shared is not None:
            from nnviz.views.surface.scene import SurfaceScene

            self.scene = SurfaceScene(shared, self)
        self.contour = SurfaceMap(self)
        self.curve = SurfaceCurve(self)
        self.header = QLabel(self)
        self.offer = Banner(self)
        self.message = QLabel(self)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.note = QLabel(NO_GL, self)
        self.note.setWordWrap(True)
        self.note.setVisible(self.scene is None)
        self.bar = SurfaceBar(self, with_scene=self.scene is not None)
        self.choosers, self.modes = self.bar.choosers, self.bar.modes

    def sizeHint(self) -> QSize:
        """Return the size at which it stands in the right column."""
        return QSize(460, 250)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which one drawing can be read."""
        return QSize(260, 170)

    def drawings(self) -> list[Any]:
        """Return the drawings of surfaces."""
        return [self.contour] if self.scene is None else [self.contour, self.scene]

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._ground = QColor(theme.panel)
        self.update()
        for part in (*self.drawings(), self.curve, self.offer, self.bar):
            part.set_theme(theme)
        for label in (self.header, self.message, self.note):
            label.setStyleSheet(f"QLabel {{ color: {theme.dim}; }}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the ground: a palette of its own would be lost to the application's style sheet."""
        QPainter(self).fillRect(event.rect(), self._ground)

    def flat(self) -> bool:
        """Tell whether it is so low that everything said must stand in one line."""
        return self.height() < FLAT

    def mode(self) -> str:
        """Return which drawings are seen: "3-D", "both" or "2-D"."""
        if self.scene is None:
            return "2-D"
        return self._mode or ("both" if self.width() >= BOTH_FROM else "3-D")

    def arrange(self, *, drawn: bool, slice_: bool, reading: bool) -> None:
        """Place lines, drawings, note and buttons.

        Args:
            drawn: whether there is anything to draw.
            slice_: whether that is a curve instead of a surface.
            reading: whether a height is read, which has the only line to itself.
        """
        width, height = self.width(), self.height()
        line = self.fontMetrics().height()
        inner = width - 2 * MARGIN
        flat, foot = self.flat(), height - 6 - (line + 4)
        beside = self.offer.least() if flat and not reading else 0
        self.header.setGeometry(MARGIN + 2, 0, inner - beside - 2, line + 4)
        if flat:
            self.offer.setGeometry(width - MARGIN - beside, 2, beside, line + 3)
        else:
            self.offer.setGeometry(MARGIN, line + 4, inner, line + 3)
        self.offer.setVisible(beside > 0 or not flat)
        top = line + 7 if flat else 2 * line + 9
        self.bar.setGeometry(MARGIN, foot, inner, line + 4)
        body = QRect(MARGIN, top, inner, foot - top - 3)
        if self.scene is None:
            tall = self.note.heightForWidth(body.width())
            self.note.setGeometry(body.left(), body.bottom() - tall, body.width(), tall)
            body.setHeight(body.height() - tall - 2)
        mode = self.mode()
        self.message.setVisible(not drawn)
        self.message.setGeometry(body)
        self.curve.setVisible(drawn and slice_)
        self.curve.setGeometry(body)
        scene, contour = _shared(body) if mode == "both" else (body, body)
        # Each once: a drawing that changes its size back and forth is drawn anew every time.
        self.contour.setVisible(drawn and not slice_ and mode != "3-D")
        self.contour.setGeometry(contour)
        if self.scene is not None:
            self.scene.setVisible(drawn and not slice_ and mode != "2-D")
            self.scene.setGeometry(scene)


def _shared(body: QRect) -> tuple[QRect, QRect]:
    """Divide the room for drawings between the scene and the map."""
    wide, tall = body.width(), body.height()
    if tall > wide:
        upper = QRect(body.left(), body.top(), wide, tall // 2)
        return upper, upper.translated(0, upper.height())
    split = wide - min(int(0.46 * wide), int(1.15 * tall))
    return (
        QRect(body.left(), body.top(), split, tall),
        QRect(body.left() + split, body.top(), wide - split, tall),
    )
