"""The reject curve: how good the answers are that deserve trust, and a slider for the least."""

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSlider, QWidget

from nnviz.engine.measure.reject_curve import LEVELS
from nnviz.views.evaluation import text
from nnviz.views.evaluation.pane import CENTRE, LEFT, RIGHT, Pane
from nnviz.views.evaluation.picture import EvaluationPicture
from nnviz.views.evaluation.text import percent
from nnviz.views.palette import Theme


class TrustPane(Pane):
    """Accuracy against the share that is answered; where the slider stands is marked.

    Signals:
        chosen(float): the least trust at which an answer is given, 0..1.
    """

    least = 9.7
    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, LEVELS)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName("Least trust")
        self.slider.setToolTip(text.THRESHOLD_TIP)
        self.slider.valueChanged.connect(lambda level: self.chosen.emit(level / LEVELS))

    def show_picture(self, picture: EvaluationPicture) -> None:
        """Show another moment, or threshold."""
        super().show_picture(picture)
        if picture.trust is not None:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(picture.trust.threshold * LEVELS))

    def set_theme(self, theme: Theme, room: float) -> None:
        """Take on colours and letters."""
        super().set_theme(theme, room)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the slider follow the size."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        high = round(1.5 * self.unit)
        self.slider.setGeometry(0, round(self.room().top()), self.width(), high)

    def title(self) -> tuple[str, ...]:
        """Say what becomes of answers at the threshold."""
        found = self.picture.trust
        return () if found is None else found.title

    def plot(self) -> QRectF:
        """Return where the curve stands."""
        metrics = QFontMetricsF(self.sized(self.small))
        left = metrics.horizontalAdvance(percent(1, 0)) + self.gap(6)
        top = self.room().top() + 2.0 * self.unit
        bottom = self.height() - 3.4 * self.small
        return QRectF(
            left, top, max(self.width() - left - 0.8 * self.unit, 1), max(bottom - top, 1)
        )

    def point(self, share: float, accuracy: float) -> QPointF:
        """Return where a share answered and an accuracy meet."""
        plot, found = self.plot(), self.picture.trust
        low = 0.0 if found is None else found.low
        up = (accuracy - low) / (1 - low)
        return QPointF(plot.left() + share * plot.width(), plot.bottom() - up * plot.height())

    def paint(self, painter: QPainter) -> None:
        """Paint axes, the curve, and where the threshold stands on it."""
        found, plot, theme = self.picture.trust, self.plot(), self.theme
        if found is None:
            return
        line = theme.scale.line
        painter.setFont(self.sized(self.small))
        self._paint_axes(painter, plot, found.low, found.foot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.text), max(line(1.5), self.unit / 9)))
        painter.drawPolyline(QPolygonF([self.point(*at) for at in found.points]))
        if found.here is not None:
            here = self.point(*found.here)
            painter.setPen(QPen(QColor(theme.now), line(1.5)))
            painter.drawLine(QPointF(here.x(), plot.top()), QPointF(here.x(), plot.bottom()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.now))
            painter.drawEllipse(here, 0.35 * self.unit, 0.35 * self.unit)

    def _paint_axes(
        self, painter: QPainter, plot: QRectF, low: float, foot: tuple[str, ...]
    ) -> None:
        theme, small = self.theme, self.small
        middle = ((1 + low) / 2,) if plot.height() >= 3 * small else ()
        for accuracy in (low, *middle, 1.0):
            level = self.point(0, accuracy).y()
            self.paint_level(painter, plot, level, percent(accuracy, 0))
        third = plot.width() / 3
        below = QRectF(plot.left(), plot.bottom() + self.gap(2), third, 1.3 * small)
        self.say(painter, below, (percent(0, 0),), theme.dim, LEFT)
        self.say(painter, below.translated(third, 0), text.ANSWERED_AXIS, theme.dim, CENTRE)
        self.say(painter, below.translated(2 * third, 0), (percent(1, 0),), theme.dim, RIGHT)
        inside = QRectF(plot.left() + 0.4 * small, 0, 0.6 * plot.width(), 1.4 * small)
        inside.moveBottom(plot.bottom() - self.gap(2))
        if plot.height() >= 5 * small:  # else the curve would lie on it
            self.say(painter, inside, text.ACCURACY_AXIS, theme.dim, LEFT)
        end = QRectF(0, self.height() - 1.5 * small, self.width(), 1.4 * small)
        self.say(painter, end, foot, theme.dim)
