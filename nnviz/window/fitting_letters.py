"""Fitting letters: a field whose text is too wide writes it smaller, so that all can be read."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from nnviz.views.shared.type_scale import Step, TypeScale, sized

_BESIDE = 5
"""Room that a field keeps free beside its text, at a factor of 1: two margins and the cursor."""


class FittingLetters(QObject):
    """Keeps a field's letters as large as its whole text has room for.

    Attributes:
        whole: True where all of the text can be seen.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.whole = True
        self._field = field
        self._scale = TypeScale()
        self._shown = 0
        field.textChanged.connect(self.fit)
        field.installEventFilter(self)

    def set_scale(self, scale: TypeScale) -> None:
        """Follow the scale."""
        self._scale = scale
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again where the field has another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Write as large as fits, no smaller than what can be read."""
        usual = sized(self._field.font(), self._scale.px(Step.BODY))
        font, self.whole = self._scale.fitting(usual, self._field.text(), self._room)
        if font.pixelSize() != self._shown:
            self._shown = font.pixelSize()
            # A style sheet alone wins over the window's own.
            self._field.setStyleSheet(f"font-size: {self._shown}px;")

    @property
    def _room(self) -> float:
        option = QStyleOptionFrame()
        option.initFrom(self._field)
        part = QStyle.SubElement.SE_LineEditContents
        inner = self._field.style().subElementRect(part, option, self._field)
        return inner.width() - self._scale.space(_BESIDE)
