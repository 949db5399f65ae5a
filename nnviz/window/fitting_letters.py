"""Fitting letters: a field whose text is too wide writes it smaller, so that all can be read."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStylePainter,
    QWidget,
)

from nnviz.views.shared.type_scale import Step, TypeScale, sized

_BESIDE = 5
"""Room that a field keeps free beside its text, at a factor of 1: two margins and the cursor."""


class FittingLetters(QObject):
    """Keeps a field's letters as large as its whole text has room for.

    Attributes:
        whole: True where all of the text can be seen.
    """

    def __init__(self, field: QLineEdit | QComboBox) -> None:
        super().__init__(field)
        self.whole = True
        self._field = field
        self._scale = TypeScale()
        self._shown = 0
        changed = field.textChanged if isinstance(field, QLineEdit) else field.currentTextChanged
        changed.connect(self.fit)
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
        """Write as large as fits, no smaller than can be read; a hidden field when it shows."""
        if not self._field.isVisible():
            return
        usual = sized(self._field.font(), self._scale.px(Step.BODY))
        text = (
            self._field.text() if isinstance(self._field, QLineEdit) else self._field.currentText()
        )
        font, self.whole = self._scale.fitting(usual, text, self._room)
        if font.pixelSize() != self._shown:
            self._shown = font.pixelSize()
            # A style sheet alone wins over the window's own.
            self._field.setStyleSheet(f"font-size: {self._shown}px;")

    @property
    def _room(self) -> float:
        field = self._field
        if isinstance(field, QComboBox):
            return text_room(field)
        option = QStyleOptionFrame()
        option.initFrom(field)
        part = QStyle.SubElement.SE_LineEditContents
        inner = field.style().subElementRect(part, option, field)
        return inner.width() - self._scale.space(_BESIDE)


class ChoiceField(QComboBox):
    """A list of choices whose chosen text ends with … where its smallest letters are too wide.

    Attributes:
        letters: what writes it as large as there is room for.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letters = FittingLetters(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as usual, but for the end of a text that is too wide."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        cut, room = Qt.TextElideMode.ElideRight, round(text_room(self))
        option.currentText = self.fontMetrics().elidedText(option.currentText, cut, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def text_room(field: QComboBox) -> float:
    """Return how wide the chosen text of a list of choices may be, in pixels."""
    option = QStyleOptionComboBox()
    field.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return field.style().subControlRect(control, option, part, field).width()
