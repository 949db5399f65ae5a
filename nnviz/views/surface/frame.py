"""The parts of the surface view and where they stand: lines, drawings, buttons.

Where there is room two lines stand above the drawings, where there is little
only one, and where letters are so large that even that would leave no room for a
drawing it stands beside the buttons. Where there is no OpenGL the contour map stands alone.
"""

from typing import Any

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.styles import label
from nnviz.views.shared.type_scale import Step
from nnviz.views.surface.banner import Banner
from nnviz.views.surface.bar import SurfaceBar
from nnviz.views.surface.curve import SurfaceCurve
from nnviz.views.surface.map import SurfaceMap
from nnviz.views.surface.picture import SurfacePicture
from nnviz.views.surface.text import NO_GL
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.surface3d.panel import ReliefPanel

BOTH_FROM = 400
"""Width from which 3-D and contour stand side by side at first, in pixels at a factor of 1."""
FLAT = 215
"""Height below which there is one line above the drawing, else two; likewise."""
FOLDED = 140
"""Height below which that line stands beside the buttons; likewise."""
MARGIN = 8
"""Room around the parts; likewise."""


class SurfaceFrame(ReliefPanel):
    """The parts, made and placed."""

    WISHED, SMALLEST = (460, 250), (205, 105)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = self.body
        self.contour = SurfaceMap(body)
        self.curve = SurfaceCurve(body)
        self.header = QLabel(body)
        self.banner = Banner(body)
        self.note = QLabel(NO_GL, body)
        self.note.setWordWrap(True)
        self.note.setVisible(self.scene is None)
        self.bar = SurfaceBar(body, with_scene=self.scene is not None)
        self.choosers, self.modes = self.bar.choosers, self.bar.modes

    def make_scene(self, shared: OffscreenGL) -> Any:
        """Return the 3-D drawing."""
        from nnviz.views.surface.scene import SurfaceScene

        return SurfaceScene(shared, self.body)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which anything can be seen."""
        return QSize(260, max(170, self._theme.scale.space(self.SMALLEST[1])))

    def drawings(self) -> list[Any]:
        """Return the drawings of surfaces."""
        return [self.contour] if self.scene is None else [self.contour, self.scene]

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        super().set_theme(theme)
        for part in (*self.drawings(), self.curve, self.banner, self.bar):
            part.set_theme(theme)
        for said in (self.header, self.message, self.note):
            said.setStyleSheet(label(theme))
            said.setFont(theme.scale.font(self.font(), Step.BODY))

    def flat(self) -> bool:
        """Tell whether it is so low that everything said must stand in one line."""
        return self.body.height() < self._theme.scale.space(FLAT)

    def folded(self) -> bool:
        """Tell whether it is so low that what is said must stand beside the buttons."""
        return self.body.height() < self._theme.scale.space(FOLDED)

    def wide(self) -> bool:
        """Tell whether there is room for two drawings side by side."""
        return self.body.width() >= self._theme.scale.space(BOTH_FROM)

    def mode(self) -> str:
        """Return which drawings are seen: "3-D", "both" or "2-D"."""
        raise NotImplementedError

    def arrange(self, picture: SurfacePicture) -> None:
        """Place lines, drawings, note and buttons as a picture needs them."""
        drawn, sliced = picture.lack is None, picture.slice is not None
        space, margin = self._theme.scale.space, self._theme.scale.space(MARGIN)
        line = QFontMetrics(self.header.font()).height()
        least = self._theme.scale.target
        row, offered = max(line + space(4), least), max(line + space(3), least)
        foot, inner = self.body.height() - space(6) - row, self.body.width() - 2 * margin
        told, beside = self._shares(picture, inner)
        lead = margin + space(2)
        if self.folded():
            self.header.setGeometry(lead, foot, told, row)
            self.banner.setGeometry(margin, foot + space(1), beside, offered)
            aside = max(told and told + 2 * space(MARGIN), beside and beside + margin)
            self.bar.setGeometry(margin + aside, foot, inner - aside, row)
            top = space(3)
        else:
            self.header.setGeometry(lead, 0, told - space(2), row)
            if self.flat():
                self.banner.setGeometry(margin + told, space(2), beside, offered)
            else:
                self.banner.setGeometry(margin, row, inner, offered)
            self.bar.setGeometry(margin, foot, inner, row)
            top = row + (space(3) if self.flat() else offered + space(2))
        self.header.setVisible(told > 0)
        self.banner.setVisible(beside > 0)
        body = QRect(margin, top, inner, foot - top - space(3))
        if self.scene is None:
            tall = self.note.heightForWidth(body.width())
            self.note.setGeometry(body.left(), body.bottom() - tall, body.width(), tall)
            body.setHeight(body.height() - tall - space(2))
        mode = self.mode()
        self.message.setVisible(not drawn)
        self.message.setGeometry(body)
        self.curve.setVisible(sliced)
        self.curve.setGeometry(body)
        scene, contour = _shared(body) if mode == "both" else (body, body)
        # Each once: a drawing that changes its size back and forth is drawn anew every time.
        self.contour.setVisible(drawn and not sliced and mode != "3-D")
        self.contour.setGeometry(contour)
        if self.scene is not None:
            self.scene.setVisible(drawn and not sliced and mode != "2-D")
            self.scene.setGeometry(scene)

    def _shares(self, picture: SurfacePicture, inner: int) -> tuple[int, int]:
        """Return how wide what is told of the cost and what is offered are."""
        gap, advance = self._theme.scale.space(4), QFontMetrics(self.header.font())
        least, wide = advance.horizontalAdvance(picture.header[-1]) + gap, self.banner.least()
        urgent = picture.fraction is not None or bool(picture.offered)
        if self.folded():
            few, gap = inner - self.bar.fewest, 2 * self._theme.scale.space(MARGIN)
            if picture.reading:
                return few - gap, 0
            if urgent:
                return 0, min(wide, few - gap)
            return (least, 0) if least + gap <= inner - self.bar.least else (0, 0)
        if not self.flat():
            return inner, inner
        # A height that is read has the only line to itself, and so has the cost where a switch
        # would leave it no room.
        if picture.reading or (inner - wide < least and not urgent):
            return inner, 0
        return inner - min(wide, inner), min(wide, inner)


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
