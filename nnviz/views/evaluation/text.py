"""What the evaluation says in words: how many are read right, and what a cell's examples are."""

from PySide6.QtGui import QFontMetricsF, QPainter

from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.numbers import integer
from nnviz.views.evaluation.pane import Pane, letters, percent


class Headline(Pane):
    """The share that is read right, and when that was so."""

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint the figure large, the rest beside it."""
        unit = self.unit
        painter.setFont(letters(self.font(), 1.6 * unit, bold=True))
        figure = percent(report.accuracy)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(figure)
        line = self.rect().toRectF()
        self.say(painter, line, (figure,), self.theme.text)
        painter.setFont(self.font())
        line.setLeft(wide + 0.6 * unit)
        line.translate(0, 0.15 * unit)
        kind = "test images" if self.shape else "test examples"
        at = f"as of step {integer(report.step)}"
        self.say(
            painter,
            line,
            (
                f"{integer(report.right)} of {integer(report.examples)} {kind} read right, {at}",
                f"of {integer(report.examples)} {kind} read right, {at}",
                f"of {integer(report.examples)} {kind}, {at}",
                f"of {integer(report.examples)}, step {integer(report.step)}",
            ),
            self.theme.dim,
        )


class CellWords(Pane):
    """What the examples of a cell are."""

    _ranking: Ranking | None = None

    def show_ranking(self, ranking: Ranking | None) -> None:
        """Say what these examples are."""
        self._ranking = ranking
        self.update()

    def paint(self, painter: QPainter, _report: Report) -> None:
        """Paint two lines."""
        found = self._ranking
        if found is None or found.label is None or found.read_as is None:
            return
        wanted, read = self.name(found.label), self.name(found.read_as)
        line = self.rect().toRectF()
        line.setHeight(line.height() / 2)
        wrong = found.label != found.read_as
        colour = self.theme.minus if wrong else self.theme.text
        painter.setFont(letters(self.font(), self.unit, bold=True))
        self.say(painter, line, (f"“{wanted}” read as “{read}”", f"{wanted} → {read}"), colour)
        painter.setFont(self.font())
        line.translate(0, 0.85 * line.height())
        shown, at = len(found.index), f"as of step {integer(found.step)}"
        many = (
            f"{integer(found.total)}" if shown == found.total else f"the worst {integer(shown)} of "
        )
        many += "" if shown == found.total else f"{integer(found.total)}"
        order = ", worst first" if 1 < shown == found.total else ""
        self.say(painter, line, (f"{many}{order}, {at}", f"{many}{order}", many), self.theme.dim)
