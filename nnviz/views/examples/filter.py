"""Which examples to look at: one class or all of them, and only misread ones if one likes."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedLayout, QWidget

from nnviz.views.examples.text import CLASSES, CLASSES_TIP, EVERY, EVERY_CLASS, filter_tip
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.styles import controls


class Classes(QWidget):
    """A strip with a button for every class; `chosen` tells the class, or None for all."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(CLASSES)
        self.theme = DARK
        self.names: tuple[str, ...] = ()
        self.label: int | None = None
        self._hovered: int | None = None

    def fits(self, width: float) -> bool:
        """Tell whether every name has room in a strip of this width."""
        return sum(self._needed()) <= width

    def _needed(self) -> list[float]:
        """Return the width that each button needs."""
        metrics = QFontMetricsF(self.font())
        gap = 0.6 * self.font().pixelSize()
        return [metrics.horizontalAdvance(text) + gap for text in (EVERY, *self.names)]

    def box(self, label: int | None) -> QRectF:
        """Return where the button of a class stands, or with None that of all."""
        needed = self._needed()
        spare = max(0.0, self.width() - 1 - sum(needed)) / len(needed)
        at = 0 if label is None else label + 1
        left = sum(needed[:at]) + at * spare
        return QRectF(0.5 + left, 0.5, needed[at] + spare, self.height() - 1)

    def _at(self, where: QPointF) -> int | None:
        """Return which button is at a place: 0 for all, 1 the first class; None for none."""
        labels = (None, *range(len(self.names)))
        found = [at for at, label in enumerate(labels) if self.box(label).contains(where)]
        return found[0] if found else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the class that was clicked."""
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.chosen.emit(None if at == 0 else at - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the button under the mouse."""
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Light nothing once the mouse has left."""
        self._hover(None)

    def _hover(self, at: int | None) -> None:
        if at != self._hovered:
            self._hovered = at
            self.update()
        name = self.names[at - 1] if at else None
        self.setToolTip("" if at is None else filter_tip(name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the buttons side by side."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        scale = self.theme.scale
        corner = scale.line(5)
        painter.setPen(QPen(QColor(self.theme.line), scale.line(1)))
        painter.setBrush(QColor(self.theme.raised))
        painter.drawRoundedRect(whole, corner, corner)
        labels = (None, *range(len(self.names)))
        for at, label in enumerate(labels):
            box, chosen = self.box(label), label == self.label
            painter.setPen(Qt.PenStyle.NoPen)
            if chosen or at == self._hovered:
                painter.setBrush(QColor(self.theme.text if chosen else self.theme.line))
                painter.drawRoundedRect(box, corner, corner)
            font = QFont(self.font())
            if chosen:
                font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            colour = self.theme.panel if chosen else self.theme.text
            painter.setPen(QColor(colour))
            text = EVERY if label is None else self.names[label]
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class ClassFilter(QWidget):
    """The strip of classes, or a list to choose from where their names have no room in it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip, self.list = Classes(), QComboBox()
        self.strip.chosen.connect(self._choose)
        self.list.activated.connect(lambda row: self._choose(row - 1 if row else None))
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setAccessibleName(CLASSES)
        self.list.setToolTip(CLASSES_TIP)
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._faces = QStackedLayout(self)
        for face in (self.strip, self.list):
            self._faces.addWidget(face)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def label(self) -> int | None:
        """The class that is chosen; None for all."""
        return self.strip.label

    def show_classes(self, names: Sequence[str]) -> None:
        """Offer these classes; all of them are chosen."""
        self.strip.names, self.strip.label = tuple(names), None
        self.list.clear()
        self.list.addItems([EVERY_CLASS, *names])
        self.strip.update()
        self.fit()

    def choose(self, label: int | None) -> None:
        """Show that a class is chosen, or with None all of them."""
        self.strip.label = label
        self.list.setCurrentIndex(0 if label is None else label + 1)
        self.strip.update()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self.strip.theme = theme
        for face in (self.strip, self.list):
            face.setFont(font)
        self.list.setStyleSheet(controls(theme, padding=(0, 6)))
        self.setFixedHeight(round(1.75 * font.pixelSize()))
        self.strip.update()
        self.fit()

    def fit(self) -> None:
        """Show the face that has room."""
        self._faces.setCurrentIndex(0 if self.strip.fits(self.width()) else 1)

    def sizeHint(self) -> QSize:
        """Ask for as little as the list needs."""
        return QSize(self.strip.theme.scale.space(80), self.height())

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size."""
        return QSize(self.strip.theme.scale.space(60), self.height())

    def resizeEvent(self, _event: object) -> None:
        """Show the face that has room."""
        self.fit()

    def _choose(self, label: int | None) -> None:
        if label != self.strip.label:
            self.choose(label)
            self.chosen.emit(label)
