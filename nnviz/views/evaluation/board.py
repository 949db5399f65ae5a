"""The evaluation's parts on one board, scrolled where there is no room; its words in letters."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.evaluation.charts import CalibrationCurve, ClassBars, ClassHistory
from nnviz.views.evaluation.earlier_reports import EarlierReports
from nnviz.views.evaluation.layout import Arrangement, EvaluationLayout, all_at_once
from nnviz.views.evaluation.matrix import Matrix
from nnviz.views.evaluation.noise import NoisePane
from nnviz.views.evaluation.numbers import NumberCharts
from nnviz.views.evaluation.page_bar import PageBar
from nnviz.views.evaluation.pane import Pane
from nnviz.views.evaluation.picture import EvaluationPicture
from nnviz.views.evaluation.state import EvaluationState
from nnviz.views.evaluation.trust import TrustPane
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.scrolled import Scrolled
from nnviz.views.shared.styles import controls
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.shared.tile_content import NOTHING


class Headline(Pane):
    """How good it is, large, and when that was so."""

    def paint(self, painter: QPainter) -> None:
        """Paint the figure large, the rest beside it."""
        line, gap = self.rect().toRectF(), 0.6 * self.unit
        # A figure goes with its step: it is written smaller, or in fewer words, to leave it room.
        shortest = next((said for said in reversed(self.picture.about) if said), "")
        least = QFontMetricsF(self.font()).horizontalAdvance(shortest)
        figure, large, fits = self._fitting(line.width() - gap - least - 1)
        if not fits:
            figure, large, _ = self._fitting(line.width())
        painter.setFont(large)
        self.say(painter, line, (figure,), self.theme.text)
        line.setLeft(QFontMetricsF(large).horizontalAdvance(figure) + gap)
        line.translate(0, 0.15 * self.unit)
        painter.setFont(self.font())
        self.say(painter, line, self.picture.about, self.theme.dim)

    def _fitting(self, room: float) -> tuple[str, QFont, bool]:
        """Return the fullest wording of the figure that fits, its letters, and whether any does."""
        figure, wished = "", self.sized(self.large, bold=True)
        large, fits = wished, False
        for figure in self.picture.figure:
            large, fits = self.theme.scale.fitting(wished, figure, room)
            if fits:
                break
        return figure, large, fits


class CellCaption(Pane):
    """What the examples of a cell are."""

    def paint(self, painter: QPainter) -> None:
        """Paint two lines."""
        cell = self.picture.cell
        if cell is None:
            return
        line = QRectF(0, 0, self.width(), self.height() / 2)
        painter.setFont(self.sized(self.unit, bold=True))
        self.say(painter, line, cell.title, self.theme.minus if cell.wrong else self.theme.text)
        painter.setFont(self.font())
        line.translate(0, 0.85 * line.height())
        self.say(painter, line, cell.many, self.theme.dim)


class Board(Scrolled):
    """The parts, each with what it shows of a picture, in their places."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.picture = EvaluationPicture()
        self._state = EvaluationState()
        self._theme = DARK
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(False)
        sheet = self.content
        self.headline = Headline(sheet)
        self.numbers = NumberCharts(sheet)
        self.matrix = Matrix(sheet)
        self.trust = TrustPane(sheet)
        self.charts: dict[str, Pane] = {
            "classes": ClassBars(sheet),
            "calibration": CalibrationCurve(sheet),
            "trust": self.trust,
            "noise": NoisePane(sheet),
            "history": ClassHistory(sheet),
        }
        self.caption = CellCaption(sheet)
        self.parts: tuple[Pane, ...] = (
            self.headline,
            self.matrix,
            *self.charts.values(),
            self.caption,
            self.numbers,
        )
        self.gallery = ThumbnailGrid(
            "Examples of the chosen cell, the worst first", sheet, letters=3.4
        )
        self.gallery.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves keys to the matrix
        self.pages = PageBar(sheet)
        self.past = EarlierReports(sheet)
        self.back = panel_button("back", "Show no examples any more", sheet)

    def show_picture(self, picture: EvaluationPicture, state: EvaluationState) -> None:
        """Show another moment, and what is chosen."""
        before, now = self.picture.cell, picture.cell
        more_or_less = (self.picture.trust is None) != (picture.trust is None)
        self.picture, self._state = picture, state
        for part in self.parts:
            part.show_picture(picture)
        if now is None or before is None or now.examples is not before.examples:
            self.gallery.show_thumbnails(NOTHING if now is None else now.examples)
        self.past.show_every(state.every)
        if more_or_less:  # parts have other letters
            self._dress()
        else:
            self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take on colours and sizes."""
        self._theme = theme
        self.fit(theme, 0, 0)
        self.back.setStyleSheet(controls(theme, padding=(0, 0)))
        self._dress()

    def _dress(self) -> None:
        """Let letters grow into the room."""
        width, height, factor = self.width(), self.height(), self._theme.scale.factor
        trust = self.picture.trust is not None
        if all_at_once(width / factor, height / factor, trust=trust):
            room = min(width / 46, height / (40 if trust else 30))
        else:
            room = min(width / 26, height / 19)
        for part in self.parts:
            part.set_theme(self._theme, room)
        font = self.matrix.sized(self.matrix.small)
        self.gallery.dress(self._theme, self.matrix.font())
        self.past.set_theme(self._theme, font)
        self.pages.set_theme(self._theme, font)
        self.back.setFont(font)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let letters and places follow the size."""
        super().resizeEvent(event)
        self._dress()

    # -- where things stand ---------------------------------------------------------------------

    def _laid_out(self, width: int) -> EvaluationLayout:
        found = self.picture
        arrangement = Arrangement(
            QSize(width, self.height()),
            self._theme.scale.factor,
            self.matrix.unit,
            {
                "mistakes": self.matrix.least_height,
                "numbers": self.numbers.least_height,
                "cell": self.matrix.least_height,
                **{name: chart.least_height for name, chart in self.charts.items()},
            },
            self._state.page,
            self.matrix.cell is not None,
            found.noise is not None,
            found.trust is not None,
            found.history is not None,
        )
        return arrangement.of_classes() if found.matrix else arrangement.of_numbers()

    def _arrange(self) -> None:
        """Show what has room in this size; what stays on screen keeps the keyboard."""
        places: dict[QWidget, QRect] = {}
        height = self.height()
        if not self.picture.message:
            layout = self._laid_out(self.width())
            if layout.height > height:  # the scroll bar takes its share
                layout = self._laid_out(self.width() - self._theme.scale.space(8))
            height = layout.height
            parts = {
                "headline": self.headline,
                "mistakes": self.matrix,
                **self.charts,
                "numbers": self.numbers,
                "pages": self.pages,
                "past": self.past,
            }
            places = {parts[name]: box for name, box in layout.places.items() if name in parts}
            if "cell" in layout.places:
                places |= self._cell_in(layout.places["cell"])
            self.pages.show_pages(layout.pages, layout.page)
        if self.matrix.hasFocus() and self.matrix not in places:
            self._view.setFocus()  # for Escape to lead back
        right = max((box.right() + 1 for box in places.values()), default=self.width())
        self.content.resize(right, height)
        for part in (*self.parts, self.gallery, self.past, self.back, self.pages):
            if part in places:
                part.setGeometry(places[part])
            part.setVisible(part in places)

    def _cell_in(self, room: QRect) -> dict[QWidget, QRect]:
        """Put the examples of the marked cell, below what they are."""
        unit = self.matrix.unit
        metrics = QFontMetricsF(self.back.font())
        wide, high = round(metrics.horizontalAdvance("back") + 1.2 * unit), round(1.7 * unit)
        return {
            self.back: QRect(room.right() - wide, room.top(), wide, high),
            self.caption: QRect(room.left(), room.top(), room.width() - wide - unit // 2, 2 * high),
            self.gallery: room.adjusted(0, 2 * high + unit // 4, 0, 0),
        }
