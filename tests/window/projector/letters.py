"""Measures the letters of all that a widget draws: what it would draw goes through an engine."""

from typing import Any

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import (
    QFontInfo,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QTransform,
)
from PySide6.QtWidgets import QWidget


class _Engine(QPaintEngine):
    """Takes everything that is drawn, and notes texts with the pixels of their letters."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.found: list[tuple[float, str]] = []
        self._around = QTransform()

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        if state.state() & QPaintEngine.DirtyFlag.DirtyTransform:
            self._around = QTransform(state.transform())

    def drawTextItem(self, _where: Any, item: Any) -> None:
        if text := item.text().strip():
            height = (self._around.m21() ** 2 + self._around.m22() ** 2) ** 0.5
            self.found.append((QFontInfo(item.font()).pixelSize() * height, text))

    def _nothing(self, *_what: Any) -> None:
        pass


for _name in ("Path", "Pixmap", "Image", "TiledPixmap", "Polygon", "Lines", "Rects", "Ellipse"):
    setattr(_Engine, f"draw{_name}", _Engine._nothing)


class _Device(QPaintDevice):
    """As large as a widget, at a scale of 1."""

    def __init__(self, size: QSize, engine: _Engine) -> None:
        super().__init__()
        self._size, self._engine = size, engine

    def paintEngine(self) -> QPaintEngine:
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kinds = QPaintDevice.PaintDeviceMetric
        known = {
            kinds.PdmWidth: self._size.width(),
            kinds.PdmHeight: self._size.height(),
            kinds.PdmWidthMM: self._size.width(),
            kinds.PdmHeightMM: self._size.height(),
            kinds.PdmNumColors: 2**24,
            kinds.PdmDepth: 32,
            kinds.PdmDevicePixelRatio: 1,
            kinds.PdmDevicePixelRatioScaled: 2**16,
        }
        return known.get(metric, 96)


def letters_of(widget: QWidget) -> list[tuple[float, str]]:
    """Return every text that is drawn with the pixels of its letters, smallest first."""
    engine = _Engine()
    device = _Device(widget.size(), engine)
    painter = QPainter(device)
    widget.render(painter, QPoint())
    painter.end()
    return sorted(engine.found)
