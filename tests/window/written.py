"""What is written on the screen: every text that painting a widget puts there, and where."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintDevice, QPaintEngine
from PySide6.QtWidgets import QWidget

from tests.window.words.shown import upright

SAME_LINE = 0.8
"""Share of a letter's height by which pieces of a formula may stand above or below each other."""


@dataclass(frozen=True)
class Written:
    """A text as it was painted, without any space, and its box in the widget's pixels."""

    text: str
    box: QRectF


class _Engine(QPaintEngine):
    """Paints nothing, and notes every text that can be seen, together with its place."""

    def __init__(self):
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.found = []

    def begin(self, _device):
        return True

    def end(self):
        return True

    def type(self):
        return QPaintEngine.Type.User

    def drawTextItem(self, at, item):
        painter, text = self.painter(), "".join(upright(item.text()).split())
        above = item.ascent()
        box = QRectF(at.x(), at.y() - above, item.width(), above + item.descent())
        if text and _is_seen(painter, box):
            self.found.append(Written(text, painter.deviceTransform().mapRect(box)))

    def _nothing(self, *_args):
        """For what is no text."""


for _name in (
    *("updateState", "drawPixmap", "drawTiledPixmap", "drawImage", "drawPath", "drawPolygon"),
    *("drawRects", "drawLines", "drawEllipse", "drawPoints"),
):
    setattr(_Engine, _name, _Engine._nothing)


def _is_seen(painter, box):
    """Tell whether a text's middle is not cut off, and has a colour at all."""
    clipped = painter.hasClipping() and not painter.clipBoundingRect().contains(box.center())
    there = painter.pen().style() != Qt.PenStyle.NoPen and painter.pen().color().alpha() > 0
    return there and painter.opacity() > 0 and not clipped


class _Device(QPaintDevice):
    """As large as a widget; what is painted on it is only noted."""

    def __init__(self, size: QSize):
        super().__init__()
        self.engine, self._size = _Engine(), size

    def paintEngine(self):
        return self.engine

    def metric(self, which):
        names = QPaintDevice.PaintDeviceMetric
        known = {
            names.PdmWidth: self._size.width(),
            names.PdmHeight: self._size.height(),
            names.PdmDepth: 32,
            names.PdmNumColors: 2**24,
            names.PdmDevicePixelRatio: 1,
            names.PdmDevicePixelRatioScaled: int(QPaintDevice.devicePixelRatioFScale()),
        }
        return known.get(which, 96)


def written(widget: QWidget) -> list[Written]:
    """Return every text that a widget and what stands in it would paint now."""
    assert widget.isVisible(), "nothing is written on what is not there"
    device = _Device(widget.size())
    widget.render(device)
    return device.engine.found


def lines(widget: QWidget) -> list[list[Written]]:
    """Return what is written line by line from above, each from left to right.

    Pieces of a line may stand higher or lower than others, as indices do.
    """
    found: list[list[Written]] = []
    for one in sorted(written(widget), key=lambda one: one.box.center().y()):
        if found and _beside(found[-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    return [sorted(line, key=lambda one: one.box.left()) for line in found]


def _beside(line: list[Written], one: Written) -> bool:
    tallest = max(line, key=lambda other: other.box.height()).box
    apart = abs(tallest.center().y() - one.box.center().y())
    return apart < SAME_LINE * max(tallest.height(), one.box.height()) / 2
