"""The runs view: a table of what was tried, curves to lay over this one's, other seeds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.data.disk import write_whole
from nnviz.engine.run.seed_band import SeedBand
from nnviz.engine.run.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.messages.commands import CallOffSeeds, ListRuns, OpenSession, TrainSeeds
from nnviz.messages.events import CurvesLaidOver, Failure, KnownRun, KnownRuns, RunKept
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import read_state
from nnviz.numbers import style
from nnviz.views.palette import DARK, Theme
from nnviz.views.runs import text
from nnviz.views.runs.picture import RunsPicture, RunsState, picture
from nnviz.views.runs.table import RunsTable
from nnviz.views.shared.buttons import dress_bar, fit_buttons, panel_button
from nnviz.views.shared.file_dialog import ask_path
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.sentence import Sentence
from nnviz.views.shared.type_scale import Step
from nnviz.views.view import View

LEAST = 220, 120
"""Width and height at a factor of 1 that have to do."""


class RunsView(View):
    """Every run that is kept, beside the one on screen."""

    _state: RunsState = RunsState()
    wished = 420, 260

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[KnownRun, ...] = ()
        self._seeding = False
        self._moment: tuple[object, ...] = ()
        self.shown: RunsPicture | None = None
        self.table = RunsTable()
        self.open_button = panel_button("", text.OPEN_TIP)
        self.open_button.clicked.connect(lambda: self._open(self.table.currentRow()))
        self.csv_button = panel_button("", text.CSV_TIP)
        self.csv_button.clicked.connect(self._ask_where)
        self.seeds_button = panel_button("", text.SEEDS_TIP)
        self.seeds_button.clicked.connect(self._seeds)
        self._buttons = self.open_button, self.csv_button, self.seeds_button
        self.table.ticked.connect(self._tick)
        self.table.opened.connect(self._open)
        self.table.currentCellChanged.connect(lambda *_cells: self._offer())
        self.about = Sentence(steady=False)
        self.about.say(NO_RUN)
        # What a tick changes is shown a turn later: the table is still at it.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._lay_over)
        self._bar = QHBoxLayout()
        for button in self._buttons:
            self._bar.addWidget(button)
        self._bar.addStretch(1)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._bar)
        self._box.addWidget(self.table, 1)
        self._box.addWidget(self.about)
        self.set_theme(DARK)

    # -- what comes in ----------------------------------------------------------------------------

    def join(self, ports: Ports) -> None:
        """Hear which runs are kept, and how far other seeds are."""
        super().join(ports)
        self._ports = ports
        ports.on(KnownRuns, self._list)
        ports.on(RunKept, self._ask_again)
        ports.on(SeedBand, self._follow_seeds)
        ports.send(ListRuns())

    def _ask_again(self, _kept: RunKept) -> None:
        self._ports.send(ListRuns())

    def _list(self, known: KnownRuns) -> None:
        self._runs = known.runs
        self._redraw()
        self._lay_over()

    def _follow_seeds(self, band: SeedBand) -> None:
        self._seeding = not band.over
        self._offer()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the run on screen has come to."""
        before, self._snapshot = self._snapshot, snapshot
        figures = snapshot.step, len(snapshot.evaluations)
        moment = snapshot.run, *figures, snapshot.recipe, style()
        if moment != self._moment:
            self._moment = moment
            self._redraw()
        if before is None or before.recipe is not snapshot.recipe:
            self._offer()

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Draw the same runs over the one on screen, as far as they are kept."""
        self._state = read_state(kept, self._state)
        self._redraw()
        self._lay_over()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space, scale = theme.scale.space, theme.scale
        self.setMinimumSize(*map(space, LEAST))
        letters = scale.font(self.font(), Step.LABEL)
        dress_bar(theme, self._box, self._bar, self._buttons, letters)
        self.table.dress(theme, letters)
        self.about.dress(theme, scale.font(self.font(), Step.CAPTION), 2)
        self._dress()

    def _dress(self) -> None:
        space = self._theme.scale.space
        fit_buttons(self._buttons, self._wordings, self.width() - space(12), space(4))

    @property
    def _wordings(self) -> tuple[tuple[str, str, str], ...]:
        return text.STOPS if self._seeding else text.BUTTONS

    # -- what is shown ----------------------------------------------------------------------------

    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        self.shown = picture(self._snapshot, self._runs, self._state)
        self.table.show_picture(self.shown)
        self.about.say(text.HINT if self._runs else text.ALONE)
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done now."""
        row = self.table.currentRow()
        rows = () if self.shown is None else self.shown.rows
        self.open_button.setEnabled(0 <= row < len(rows) and rows[row].path is not None)
        self.csv_button.setEnabled(bool(rows))
        trains = self._snapshot is not None and not self._snapshot.recipe.untrainable
        self.seeds_button.setEnabled(trains)
        self.seeds_button.setToolTip(text.STOP_TIP if self._seeding else text.SEEDS_TIP)
        self._dress()

    # -- what hands do ----------------------------------------------------------------------------

    def _tick(self, row: int) -> None:
        path = None if self.shown is None else self.shown.rows[row].path
        if path is not None:
            self._state = self._state.toggled(path.name)
            self._soon.start()

    def _lay_over(self) -> None:
        self._redraw()
        if self.shown is not None:
            self._ports.publish(CurvesLaidOver(self.shown.laid_over()))

    def _open(self, row: int) -> None:
        path = None if self.shown is None or row < 0 else self.shown.rows[row].path
        if path is not None:
            self.wanted.emit(OpenSession(path))

    def _seeds(self) -> None:
        if self._seeding:
            self.wanted.emit(CallOffSeeds())
        else:
            self._seeding = True
            self.wanted.emit(TrainSeeds())
            self._offer()

    def _ask_where(self) -> None:
        ask_path(
            self,
            "runs_csv",
            text.CSV_TITLE,
            self.save_csv,
            kinds=text.CSV_KINDS,
            save_as=text.CSV_NAME,
        )

    def save_csv(self, path: Path) -> None:
        """Save the table for a spreadsheet; what is wrong with the place is told."""
        if self.shown is None:
            return
        try:
            write_whole(path, self.shown.as_csv().encode())
        except NnvizError as error:
            self._ports.publish(Failure(str(error)))
