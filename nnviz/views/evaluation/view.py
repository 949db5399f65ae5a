"""How good is it really? What is taken for what, and whether a sure answer deserves trust.

The share of right answers says little. Here stand the confusion matrix, whose cells
show their examples when clicked, the accuracy of each class, the calibration, and
what the network says of noise: all on test examples, which it never learns from,
and of the moment on screen. The figures are worked out in the background, so the
view asks for them and says at which step they were true; those of steps before can
be looked at again. Where targets are numbers, nothing is taken for anything else: there
a chart shows what came out against what was desired.
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import FocusOn, MakeReport, Rank, ReportEvery
from nnviz.messages.ports import Ports
from nnviz.views.evaluation.cell import CellGallery
from nnviz.views.evaluation.charts import CalibrationCurve, ClassBars
from nnviz.views.evaluation.class_history import ClassHistory
from nnviz.views.evaluation.earlier_reports import Past
from nnviz.views.evaluation.grid import Cell
from nnviz.views.evaluation.matrix import Matrix
from nnviz.views.evaluation.noise import NoisePane
from nnviz.views.evaluation.numbers import NumberCharts, NumberHeadline
from nnviz.views.evaluation.pane import CENTRE, Pane, letters
from nnviz.views.evaluation.requests import Moment, examples_of, fits, names_of
from nnviz.views.evaluation.text import CellWords, Headline
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.request_gate import RequestGate
from nnviz.views.view import View, ViewSpec

WAITING = "Looking at every test example…"
NOTHING = "There are no test examples to look at."
ROW = 330
"""Height from which the row for the reports of steps before stands on every page."""
WIDE, TALL = (600, 380), 560
"""From this size on everything has room at once; from this height the matrix and one chart."""
BESIDE = 470
"""Width from which a cell's examples stand beside the matrix instead of in its place."""


class EvaluationView(View):
    """The evaluation: everything at once where there is room, else one part at a time.

    Signals:
        report_requested(): look at the test set as the network is now.
        cell_requested(int, int): rank the examples of this class that are read as that one.
        example_requested(int): put this test example through the network.
        every_chosen(bool, int): report by itself after every epoch, or every so many minibatches.
    """

    report_requested = Signal()
    cell_requested = Signal(int, int)
    example_requested = Signal(int)
    every_chosen = Signal(bool, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(220, 160)
        self._theme = DARK
        self._snapshot: Snapshot | None = None
        self._page = "mistakes"
        self._put_here: set[QWidget] = set()
        self.report: Report | None = None
        self._asking = RequestGate(self)
        self._asking.due.connect(self._ask)
        self.headline = Headline(self)
        self.number_headline = NumberHeadline(self)
        self.numbers = NumberCharts(self)
        self.numbers.chosen.connect(self._choose_example)
        self.matrix = Matrix(self)
        self.matrix.chosen.connect(self._choose)
        self.course = ClassHistory(self)
        self.charts: dict[str, Pane] = {
            "classes": ClassBars(self),
            "calibration": CalibrationCurve(self),
            "noise": NoisePane(self),
            "so far": self.course,
        }
        self.pages = {name: self._page_button(name) for name in ("mistakes", *self.charts)}
        self.cell_words = CellWords(self)
        self.gallery = CellGallery(self)
        self.gallery.chosen.connect(self.example_requested)
        self.past = Past(self)
        self.past.every_chosen.connect(self.every_chosen)
        self.past.moved.connect(self._show_past)
        self.back = self._button("back", "Show no examples any more")
        self.back.clicked.connect(self._let_go)
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Have the test set looked at, and the examples of a cell ranked."""
        super().join(ports)
        self.report_requested.connect(lambda: ports.send(MakeReport()))
        self.every_chosen.connect(lambda epoch, steps: ports.send(ReportEvery(epoch, steps)))
        self.cell_requested.connect(lambda label, read: ports.send(Rank(label, read_as=read)))
        self.example_requested.connect(lambda index: ports.send(FocusOn(index)))
        ports.on(Report, self.show_report)
        ports.on(Ranking, self.show_cell)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _page_button(self, name: str) -> QPushButton:
        button = self._button(name, f"Show the {name}")
        button.setCheckable(True)
        button.clicked.connect(lambda: self._turn_to(name))
        return button

    def sizeHint(self) -> QSize:
        """Ask for a panel's usual room."""
        return QSize(380, 300)

    @property
    def _parts(self) -> tuple[Pane, ...]:
        numbers = (self.number_headline, self.numbers)
        return (self.headline, self.matrix, *self.charts.values(), self.cell_words, *numbers)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Mark the example in focus, and ask for a report where the last one is out of date."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or examples_of(before) != examples_of(snapshot):
            self._show(None)
            self._let_go()
        focus = snapshot.focus
        self.gallery.open = focus.place < 0
        if focus.place >= 0:
            self.gallery.mark(-1)
        elif before is None or before.focus.place >= 0 or before.focus.index != focus.index:
            self.gallery.mark(focus.index)
        self._remember(snapshot.reports)
        self._keep_up()

    def show_report(self, report: Report) -> None:
        """Show the answer; one of another run or of other classes is out of date."""
        snapshot = self._snapshot
        if snapshot is None or report.run != snapshot.run or not fits(report, snapshot):
            self._asking.forget()
            return
        self._asking.answered(report.step, report.mark)
        steps = [known.step for known in self.past.reports]
        if report.step not in steps:  # made at rest: no snapshot tells of it yet
            known = [*self.past.reports, report]
            self._remember(tuple(sorted(known, key=lambda one: one.step)))
        here = (report.step, report.mark) == (snapshot.step, snapshot.mark)
        late = not snapshot.playing and not here
        if late:  # what was asked about was another net by the time it was looked at
            self._keep_up()
        if self.past.picked is not None or (late and self.report is not None):
            return
        self._show(report)
        if self.matrix.cell is not None:
            self.cell_requested.emit(*self.matrix.cell)

    def show_cell(self, ranking: Ranking) -> None:
        """Show the examples of the marked cell; those of any other are out of date."""
        snapshot = self._snapshot
        if (
            snapshot is None
            or (ranking.label, ranking.read_as) != self.matrix.cell
            or (ranking.run, ranking.x.shape[1]) != (snapshot.run, snapshot.recipe.layers[0])
        ):
            return
        self.gallery.show_ranking(ranking, snapshot.image_shape)
        self.cell_words.show_ranking(ranking)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self._style()

    def _show(self, report: Report | None) -> None:
        self.report = report
        snapshot = self._snapshot
        names = () if snapshot is None else names_of(snapshot)
        shape = None if snapshot is None else snapshot.image_shape
        for part in self._parts:
            part.show_report(report, names, shape)
        self._arrange()

    def _remember(self, reports: tuple[Report, ...]) -> None:
        """Offer the reports of the line on screen; show that of this very step, if there is one."""
        snapshot = self._snapshot
        assert snapshot is not None
        found = tuple(report for report in reports if fits(report, snapshot))
        if found != self.past.reports or not snapshot.playing:
            self.past.show_reports(found, snapshot.step)
            self.course.show_course(found)
            self._arrange()
        here = next((report for report in found if report.step == snapshot.step), None)
        if here is not None and here is not self.report and self.past.picked is None:
            self._show(here)

    def _show_past(self) -> None:
        """Show the report that was picked; at the end of the slider that of now."""
        if self.past.reports:
            self._show(self.past.picked or self.past.reports[-1])
        if self.past.picked is None:
            self._asking.forget()
            self._keep_up()

    # -- what is asked for ----------------------------------------------------------------------

    def _keep_up(self) -> None:
        snapshot = self._snapshot
        if snapshot is not None and not any(
            report.step == snapshot.step for report in snapshot.reports
        ):
            moment = Moment(snapshot)
            self._asking.want(moment, moment.interval)

    def _ask(self) -> None:
        if self.in_sight():
            self.report_requested.emit()
        else:
            self._asking.put_off()

    def _choose_example(self, index: int) -> None:
        """Put a test example through the network, unless a minibatch is looked at."""
        if self.gallery.open:
            self.example_requested.emit(index)

    def _choose(self, cell: Cell | None) -> None:
        """Show a cell's examples; the same cell again, or None, shows none."""
        shown = self.gallery.ranking
        if shown is None or (shown.label, shown.read_as) != cell:
            self.gallery.show_ranking(None, None)
            self.cell_words.show_ranking(None)
        if cell is not None:
            self.cell_requested.emit(*cell)
        self._arrange()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: Escape leaves a cell's examples, arrows go on from it."""
        return self.matrix.cell is not None and (
            event.key() == Qt.Key.Key_Escape or (self.hasFocus() and self.matrix.takes_key(event))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do as the matrix does, where a cell's examples stand in its place; Escape leads back."""
        if not self.takes_key(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self._let_go()
            self.matrix.setFocus()
        else:
            self.matrix.keyPressEvent(event)

    def _let_go(self) -> None:
        self.matrix.mark(None)
        self._choose(None)

    def _turn_to(self, page: str) -> None:
        self._page = page
        self._arrange()

    # -- how it looks ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the panel's ground; what is painted can be seen, so it should be up to date."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        if self.report is None or not (self.report.classes or self.report.numbers):
            painter.setFont(self.headline.font())
            painter.setPen(QColor(self._theme.dim))
            text = WAITING if self.report is None else NOTHING
            painter.drawText(self.rect(), int(CENTRE | Qt.TextFlag.TextWordWrap), text)
        self._keep_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let letters and places follow the size."""
        super().resizeEvent(event)
        self._style()

    @property
    def _wide(self) -> bool:
        return self.width() >= WIDE[0] and self.height() >= WIDE[1]

    def _style(self) -> None:
        theme, width, height = self._theme, self.width(), self.height()
        share = min(width / 46, height / 30) if self._wide else min(width / 26, height / 19)
        font = letters(self.font(), min(max(share, 11), 22))
        font.setFeature(QFont.Tag("tnum"), 1)
        for part in self._parts:
            part.dress(theme, font)
        self.gallery.dress(theme, font)
        self.past.dress(theme, letters(font, 0.92 * font.pixelSize()))
        for button in (*self.pages.values(), self.back):
            button.setFont(letters(font, 0.92 * font.pixelSize()))
            button.setStyleSheet(
                f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px"
                f" solid {theme.line}; border-radius: 5px; padding: 0; min-height: 0; }}"
                f"QPushButton:hover {{ border-color: {theme.dim}; }}"
                f"QPushButton:checked {{ background: {theme.text}; color: {theme.panel};"
                f" border-color: {theme.text}; }}"
            )
        self._arrange()

    def _arrange(self) -> None:
        """Show what has room in this size; what stays on screen keeps the keyboard."""
        self._put_here.clear()
        if self.report is not None and self.report.classes:
            self._arrange_parts()
        elif self.report is not None and self.report.numbers is not None:
            self._arrange_numbers()
        if self.matrix.hasFocus() and self.matrix not in self._put_here:
            self.setFocus()  # for Escape to lead back
        for part in (*self._parts, self.gallery, self.past, self.back, *self.pages.values()):
            part.setVisible(part in self._put_here)

    def _put(self, part: QWidget, where: QRect) -> None:
        part.setGeometry(where)
        self._put_here.add(part)

    def _arrange_numbers(self) -> None:
        """Put the figures above, the charts below."""
        unit, width, height = self.headline.unit, self.width(), self.height()
        top = round(2.0 * unit)
        self._put(self.number_headline, QRect(0, 0, width, top))
        rest = QRect(0, top, width, height - top)
        self._put(self.numbers, self._put_past(rest) if height >= ROW else rest)

    def _arrange_parts(self) -> None:
        """Put every part where it belongs in this size."""
        unit, width, height = self.headline.unit, self.width(), self.height()
        gap = round(0.7 * unit)
        top = round(2.0 * unit)
        self._put(self.headline, QRect(0, 0, width, top))
        top += gap // 2
        rest = QRect(0, top, width, height - top)
        if height >= ROW:
            rest = self._put_past(rest)
        if self._wide:
            left = QRect(0, top, round(0.54 * width), rest.height())
            self._put(self.matrix, left)
            right = QRect(left.right() + 2 * gap, top, 0, rest.height())
            right.setRight(width - 1)
            if self.matrix.cell is None:
                self._stack(right, gap)
            else:
                self._put_cell(right)
        elif height >= TALL:
            half = round(0.54 * rest.height())
            self._put(self.matrix, QRect(0, top, width, half))
            below = QRect(0, top + half + gap, width, rest.height() - half - gap)
            if self.matrix.cell is not None:
                self._put_cell(below)
            else:
                page = self._page if self._page in self.charts else "classes"
                self._put(self.charts[page], self._put_pages(below, tuple(self.charts), page))
        else:
            self._arrange_small(rest, gap)

    def _arrange_small(self, rest: QRect, gap: int) -> None:
        """Show one part at a time."""
        room = self._put_pages(rest, tuple(self.pages), self._page)
        if self._page == "so far" and self.past not in self._put_here:
            room = self._put_past(room)
        if self._page != "mistakes":
            self._put(self.charts[self._page], room)
        elif self.matrix.cell is None:
            self._put(self.matrix, room)
        elif room.width() >= BESIDE:
            wide = round(0.6 * room.width())
            self._put(self.matrix, QRect(room.left(), room.top(), wide, room.height()))
            self._put_cell(room.adjusted(wide + gap, 0, 0, 0))
        else:
            self._put_cell(room)

    def _stack(self, room: QRect, gap: int) -> None:
        """Put the charts below one another."""
        parts = [("classes", 0.32), ("calibration", 0.36), ("noise", 0.32)]
        if self.report is not None and self.report.noise is None:
            parts = [("classes", 0.45), ("calibration", 0.55)]
        if len(self.past.reports) > 1 or self.height() >= TALL:
            parts = [(name, 0.72 * share) for name, share in parts] + [("so far", 0.28)]
        top, height = room.top(), room.height() - (len(parts) - 1) * gap
        for name, share in parts:
            high = min(round(share * height), room.bottom() + 1 - top)
            self._put(self.charts[name], QRect(room.left(), top, room.width(), high))
            top += high + gap

    def _put_pages(self, room: QRect, names: tuple[str, ...], page: str) -> QRect:
        """Put the buttons for the parts at the top; return the room below them."""
        metrics = QFontMetricsF(self.pages["mistakes"].font())
        needed = [metrics.horizontalAdvance(name) for name in names]
        spare = max(0.0, room.width() - sum(needed)) / len(names)
        high, left = round(1.7 * self.headline.unit), float(room.left())
        for name, need in zip(names, needed, strict=True):
            button = self.pages[name]
            button.setChecked(name == page)
            self._put(button, QRect(round(left), room.top(), round(need + spare) - 3, high))
            left += need + spare
        return room.adjusted(0, high + round(0.6 * self.headline.unit), 0, 0)

    def _put_past(self, room: QRect) -> QRect:
        """Put the row for the reports of steps before at the bottom; return the room above."""
        low = round(1.7 * self.headline.unit)
        where = QRect(room.left(), room.bottom() + 1 - low, room.width(), low)
        self._put(self.past, where)
        self.past.arrange(where)
        return room.adjusted(0, 0, 0, -low - round(0.5 * self.headline.unit))

    def _put_cell(self, room: QRect) -> None:
        """Put the examples of the marked cell, below what they are."""
        unit = self.headline.unit
        metrics = QFontMetricsF(self.back.font())
        wide, high = round(metrics.horizontalAdvance("back") + 1.2 * unit), round(1.7 * unit)
        self._put(self.back, QRect(room.right() - wide, room.top(), wide, high))
        words = QRect(room.left(), room.top(), room.width() - wide - unit // 2, 2 * high)
        self._put(self.cell_words, words)
        self._put(self.gallery, room.adjusted(0, 2 * high + unit // 4, 0, 0))


SPEC = ViewSpec(
    "evaluation", "How good is it really?", "right", EvaluationView, rate=2.0, open=False
)
