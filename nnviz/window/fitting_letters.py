"""Fitting letters: a field whose text is too wide writes it smaller, so that all can be read."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

LEAST = 11
"""Smallest letters in pixels."""
_BESIDE = 5
"""Pixels that a field keeps free beside its text: two narrow margins and the cursor."""


class FittingLetters(QObject):
    """Keeps a field's letters as large as its whole text has room for."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._shown = 0
        field.textChanged.connect(self.fit)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again where the field has another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return super().eventFilter(watched, event)

    @property
    def whole(self) -> bool:
        """True where all of the text can be seen."""
        return self._width(self._size) <= self._room

    def fit(self) -> None:
        """Write as large as fits, no smaller than what can be read."""
        most = self._usual
        size = next((size for size in range(most, LEAST, -1) if self._width(size) <= self._room), 0)
        size = size or min(LEAST, most)
        if size != self._size:
            self._shown = size
            # A style sheet alone wins over the window's own.
            self._field.setStyleSheet("" if size == most else f"font-size: {size}px;")

    @property
    def _usual(self) -> int:
        parent = self._field.parentWidget()
        return (self._field if parent is None else parent).fontInfo().pixelSize()

    @property
    def _size(self) -> int:
        return self._shown or self._usual

    @property
    def _room(self) -> float:
        option = QStyleOptionFrame()
        option.initFrom(self._field)
        part = QStyle.SubElement.SE_LineEditContents
        inner = self._field.style().subElementRect(part, option, self._field)
        return inner.width() - _BESIDE

    def _width(self, size: int) -> float:
        font = QFont(self._field.font())
        font.setPixelSize(size)
        return QFontMetricsF(font).horizontalAdvance(self._field.text())
