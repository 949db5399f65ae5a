"""How good is it really? What is taken for what, and whether a sure answer deserves trust.

The share of right answers says little. Here stand the confusion matrix, whose cells
show their examples when clicked, the accuracy of each class, the calibration, and
what the network says of noise: all on test examples, which it never learns from,
and of the moment on screen. The figures are worked out in the background, so the
view asks for them and says at which step they were true; those of steps before can
be looked at again. Where targets are numbers, nothing is taken for anything else: there
a chart shows what came out against what was desired.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.engine.measure.familiar import holds_digits
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import FocusOn, JudgeTrust, MakeReport, Rank, ReportEvery
from nnviz.messages.events import CalledOff
from nnviz.messages.ports import Ports
from nnviz.views.evaluation.board import Board
from nnviz.views.evaluation.pane import CENTRE
from nnviz.views.evaluation.picture import picture
from nnviz.views.evaluation.state import EVERY, Cell, EvaluationState
from nnviz.views.evaluation.text import PUT_THROUGH
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.request_gate import Question, RequestGate, same_examples
from nnviz.views.view import View

LEAST = (220, 130)
"""The size that it has at least, times the factor; what has no room is scrolled."""
PLAYING, RESTING = 3.0, 0.3
"""Fewest seconds between two reports while training plays and while it rests."""


class EvaluationView(View):
    """The evaluation: everything at once where there is room, else one part at a time."""

    _state: EvaluationState = EvaluationState()
    wished = 380, 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports: tuple[Report, ...] = ()
        self.ranking: Ranking | None = None
        self.report: Report | None = None
        self._judged: Judgement | None = None
        self._judging = self._given_up = False
        self._asking = RequestGate(self)
        self._asking.due.connect(self._ask)
        self.board = board = Board(self)
        self.matrix, self.gallery, self.charts = board.matrix, board.gallery, board.charts
        self.numbers, self.past, self.back = board.numbers, board.past, board.back
        self.pages = board.pages.buttons
        board.numbers.chosen.connect(self._choose_example)
        board.matrix.chosen.connect(self.choose)
        board.pages.chosen.connect(self._turn_to)
        board.gallery.chosen.connect(self._choose_picture)
        board.past.every_chosen.connect(self._report_every)
        board.past.chosen.connect(self._go_back_to)
        board.trust.chosen.connect(self._set_threshold)
        board.back.clicked.connect(lambda: self.choose(None))
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Hear the reports, and the examples of a cell."""
        super().join(ports)
        ports.on(Report, self.show_report)
        ports.on(Judgement, self.show_judgement)
        ports.on(Ranking, self.show_cell)
        ports.on(CalledOff, self._give_up)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose these again."""
        before, self._state = self._state, self._state.restored(kept)
        if self._state.every != before.every:
            self.wanted.emit(ReportEvery(*EVERY[self._state.every]))
        if self._state.step != before.step:
            self._pick()
            self._show_row()
        self._show()
        if self._state.cell not in (None, before.cell):
            self._ask_cell()

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Mark the example in focus, and ask for a report where the last one is out of date."""
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and not (
            before.run == snapshot.run and same_examples(before, snapshot)
        ):
            self._state = replace(self._state, cell=None, step=None)
            self.report, self.ranking, self._reports, self._judged = None, None, (), None
            self._show()
        if before is None or before.focus is not snapshot.focus:
            self._mark()
        self._take_on(snapshot.reports)
        self._keep_up()

    def show_report(self, report: Report) -> None:
        """Show the answer; one of another run or of other classes is out of date."""
        snapshot = self._snapshot
        if snapshot is None or report.run != snapshot.run or not fits(report, snapshot):
            self._asking.forget()
            return
        self._asking.answered(report.step, report.mark)
        if report.step not in [known.step for known in self._reports]:
            # It was made at rest: no snapshot tells of it yet.
            known = [*self._reports, report]
            self._take_on(tuple(sorted(known, key=lambda one: one.step)))
        here = (report.step, report.mark) == (snapshot.step, snapshot.mark)
        late = not snapshot.playing and not here
        if late:  # what was asked about was another net by the time it was looked at
            self._keep_up()
        if self._state.step is not None or (late and self.report is not None):
            return
        self.report = report
        self._show()
        self._ask_cell()

    def show_judgement(self, judged: Judgement) -> None:
        """Show how much readings deserve trust; of another run is out of date."""
        self._judging = False
        if self._snapshot is not None and judged.run == self._snapshot.run:
            self._judged = judged
            self._show()

    def show_cell(self, ranking: Ranking) -> None:
        """Show the examples of the marked cell; those of any other are out of date."""
        snapshot = self._snapshot
        if (
            snapshot is None
            or (ranking.label, ranking.read_as) != self._state.cell
            or (ranking.run, ranking.x.shape[1]) != (snapshot.run, snapshot.recipe.layers[0])
        ):
            return
        self.ranking = ranking
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and the sizes of the theme's scale."""
        self._theme = theme
        width, height = map(theme.scale.space, LEAST)
        self.setMinimumSize(width, max(160, height))
        self.board.set_theme(theme)
        self._show()  # numbers may be written with other digits now

    def _take_on(self, reports: tuple[Report, ...]) -> None:
        """Offer the reports of the line on screen; show that of this very step, if there is one."""
        snapshot = self._snapshot
        assert snapshot is not None
        found = tuple(report for report in reports if fits(report, snapshot))
        new = found != self._reports
        self._reports = found
        if found and self._state.step not in (None, *(report.step for report in found)):
            self._state = replace(self._state, step=None)
        shown = self.report
        if self._state.step is None:
            here = (report for report in found if report.step == snapshot.step)
            self.report = next(here, shown)
        else:
            self._pick()
        if new or not snapshot.playing:
            self._show_row()
        if new or self.report is not shown:
            self._show()

    def _pick(self) -> None:
        """Take the report that is chosen; where none is, the newest."""
        chosen = (report for report in self._reports if report.step == self._state.step)
        self.report = next(chosen, self._reports[-1] if self._reports else self.report)

    def _show_row(self) -> None:
        snapshot = self._snapshot
        if snapshot is not None:
            step = self._state.step
            self.past.show_reports(self._reports, snapshot.step if step is None else step)

    def _show(self) -> None:
        before, ranking = self.board.picture, self.ranking
        found = picture(
            self._snapshot,
            self._state,
            self.report,
            self._reports,
            ranking,
            before,
            self._judged,
            given_up=self._given_up,
        )
        self.board.show_picture(found, self._state)
        if found.cell is not before.cell:
            self._mark()

    def _mark(self) -> None:
        """Mark the example in focus among those of the cell, unless a minibatch is looked at."""
        snapshot, cell = self._snapshot, self.board.picture.cell
        if snapshot is None:
            return
        self.gallery.open = snapshot.focus.place < 0
        self.gallery.hint = PUT_THROUGH if self.gallery.open else ""
        if cell is not None:
            place = cell.ranking.place_of(snapshot.focus.index) if self.gallery.open else -1
            self.gallery.select(() if place < 0 else (place,))

    def settled(self) -> bool:
        """Tell whether what it asked for has come."""
        return super().settled() and not (self._asking.waiting or self._judging)

    # -- what is asked for ----------------------------------------------------------------------

    def _give_up(self, _off: CalledOff) -> None:
        """Wait for no answer any more; a report of the next step is asked for again."""
        self._judging = False
        if self._asking.called_off():
            self._given_up = True
            self._show()

    def _keep_up(self) -> None:
        snapshot = self._snapshot
        if snapshot is not None and not any(
            report.step == snapshot.step for report in snapshot.reports
        ):
            interval = PLAYING if snapshot.playing else RESTING
            self._asking.want(Question(snapshot), interval)

    def _ask(self) -> None:
        if self.in_sight():
            self._given_up = False
            self.wanted.emit(MakeReport())
            if self._snapshot is not None and holds_digits(self._snapshot.description):
                self._judging = True
                self.wanted.emit(JudgeTrust())
        else:
            self._asking.put_off()

    def _ask_cell(self) -> None:
        """Have the examples of the marked cell ranked, if there is one."""
        if self.matrix.cell is not None:
            label, read = self.matrix.cell
            self.wanted.emit(Rank(label, read_as=read))

    # -- hands ----------------------------------------------------------------------------------

    def choose(self, cell: Cell | None) -> None:
        """Mark a cell and show its examples; None shows none."""
        self._state = replace(self._state, cell=cell)
        known = self.ranking
        if known is not None and (known.label, known.read_as) != cell:
            self.ranking = None
        self._show()
        self._ask_cell()

    def _choose_example(self, index: int) -> None:
        """Put a test example through the network, unless a minibatch is looked at."""
        if self.gallery.open:
            self.wanted.emit(FocusOn(index))

    def _choose_picture(self, place: int) -> None:
        """Put the example at a place of the gallery through the network."""
        if self.ranking is not None:
            self.wanted.emit(FocusOn(int(self.ranking.index[place])))

    def _turn_to(self, page: str) -> None:
        self._state = replace(self._state, page=page)
        self._show()

    def _set_threshold(self, threshold: float) -> None:
        self._state = replace(self._state, threshold=threshold)
        self._show()

    def _report_every(self, every: str) -> None:
        self._state = replace(self._state, every=every)
        self._show()
        self.wanted.emit(ReportEvery(*EVERY[every]))

    def _go_back_to(self, step: int | None) -> None:
        """Show the report of an earlier step; None for that of now."""
        self._state = replace(self._state, step=step)
        self._pick()
        self._show()
        if step is None:
            self._asking.forget()
            self._keep_up()

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
            self.choose(None)
            self.matrix.setFocus()
        else:
            self.matrix.keyPressEvent(event)

    # -- how it looks ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the message where there is nothing else."""
        super().paintEvent(event)
        if self.board.picture.message:
            painter = QPainter(self)
            painter.setFont(self.matrix.font())
            painter.setPen(QColor(self._theme.dim))
            wrapped = int(CENTRE | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), wrapped, self.board.picture.message)

    def _dress(self) -> None:
        self.board.resize(self.size())


def fits(report: Report, snapshot: Snapshot) -> bool:
    """Tell whether a report speaks of the classes that the network of a moment has."""
    return report.classes in (0, len(snapshot.labels))
