"""The examples: which ones the network gets wrong, the worst first, to look at one by one.

Thumbnails of test examples stand in the order of their cost, each with what it is
and what the network reads. The order is worked out where training happens, so the
view asks for it and shows what comes back, with the step at which it was true.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import FocusOn, Rank
from nnviz.messages.events import CalledOff
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import read_state
from nnviz.views.examples import text
from nnviz.views.examples.filter import ClassFilter
from nnviz.views.examples.picture import ExamplesPicture, ExamplesState, picture
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.request_gate import Question, RequestGate, same_examples
from nnviz.views.shared.sentence import Sentence
from nnviz.views.shared.styles import controls
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.view import View

PLAYING, RESTING, WISHED = 3.0, 1.0, 0.3
"""Fewest seconds between two rankings: while training plays, while it rests, by hand."""
MOST_EXAMPLES = 2**31
"""No data set has so many."""


class ExamplesView(View):
    """A gallery of ranked test examples, with a filter above it."""

    _state: ExamplesState = ExamplesState()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._restored = False
        self.shown, self.marked = ExamplesPicture(), -1
        self._asking = RequestGate(self)
        self._asking.due.connect(self._ask)
        self.classes = ClassFilter()
        self.classes.chosen.connect(self._filter)
        self.misread = panel_button("", text.MISREAD_TIP)
        self.misread.setCheckable(True)
        self.misread.toggled.connect(self._filter)
        self.refresh = panel_button("", text.REFRESH_TIP)
        self.refresh.clicked.connect(self._again)
        self.words = Sentence()
        self.gallery = ThumbnailGrid(text.GALLERY)
        for signal in (self.gallery.chosen, self.gallery.opened):
            signal.connect(self._choose)
        self._row = QHBoxLayout()
        self._row.addWidget(self.misread)
        self._row.addStretch(1)
        self._row.addWidget(self.refresh)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.classes)
        self._column.addLayout(self._row)
        self._column.addWidget(self.words)
        self._column.addWidget(self.gallery, 1)
        self.words.say(NO_RUN)
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Hear the rankings."""
        super().join(ports)
        ports.on(Ranking, self.show_ranking)
        ports.on(CalledOff, self._give_up)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Mark the example in focus, and ask for a ranking where the last one is out of date."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or not same_examples(before, snapshot):
            self.classes.show_classes(snapshot.labels)
            if not self._restored:
                self._state = replace(self._state, label=-1, first=0)
        if before is None or before.run != snapshot.run or not same_examples(before, snapshot):
            self._show(picture(snapshot, None))  # what another run misreads says nothing of this
        focus = snapshot.focus
        self.gallery.open = focus.place < 0
        self.gallery.hint = text.CLICK if self.gallery.open else text.HALF_WAY
        if not self.gallery.open:
            self._mark(-1)
        elif before is None or before.focus.place >= 0 or before.focus.index != focus.index:
            # One that was chosen here stays marked until the network has followed.
            self._mark(focus.index)
        if self._restored:
            self._apply(snapshot)
            self._restored = False
        self._keep_up()

    def settled(self) -> bool:
        """Tell whether what it asked for has come."""
        return super().settled() and not self._asking.waiting

    def show_ranking(self, ranking: Ranking) -> None:
        """Show the answer to what was asked last; any other is out of date."""
        if ranking.read_as is not None:  # of what is taken for what: another view's
            return
        snapshot = self._snapshot
        if snapshot is None or not self._answered(ranking, snapshot):
            self._asking.forget()
            return
        self._asking.answered(ranking.step, ranking.mark)
        last = self.shown.ranking
        self._show(picture(snapshot, ranking))
        if last is None or (last.label, last.wrong) != (ranking.label, ranking.wrong):
            self.gallery.scroll_to(self._state.first)
        if not snapshot.playing and ranking.mark != snapshot.mark:
            # What was asked about was another net by the time it was ranked.
            self._keep_up()

    def _show(self, shown: ExamplesPicture) -> None:
        self.shown = shown
        self.classes.setVisible(shown.filtered)
        self.misread.setVisible(shown.filtered)
        self.words.say(shown.wordings)
        self.gallery.show_thumbnails(shown.thumbnails)
        self._mark(self.marked)

    def _mark(self, index: int) -> None:
        """Mark a test example by its index, if it is here; −1 for none."""
        self.marked = index
        place = self.shown.place_of(index)
        self.gallery.select(() if place < 0 else (place,))

    def _choose(self, place: int) -> None:
        assert self.shown.ranking is not None
        self.marked = int(self.shown.ranking.index[place])
        self.wanted.emit(FocusOn(self.marked))

    # -- what was chosen ------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return the filter, the example that is marked and what stands at the top."""
        state = self._state
        if not self._restored:
            state = replace(state, example=self.marked)
            if self.shown.ranking is not None:
                state = replace(state, first=self.gallery.first_in_sight())
        return asdict(state)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose the same again, and once more at the next moment: it may be of other examples."""
        self._state, self._restored = read_state(kept, ExamplesState(**self.state())), True
        if self._snapshot is not None:
            self._apply(self._snapshot)
            self._want(WISHED)

    def _apply(self, snapshot: Snapshot) -> None:
        """Choose what the state says, as far as it fits."""
        state = self._state
        fits = 0 <= state.label < len(snapshot.labels)
        self.classes.choose(state.label if fits else None)
        with QSignalBlocker(self.misread):
            self.misread.setChecked(state.misread)
        self.gallery.scroll_to(state.first)
        other = state.example != snapshot.focus.index
        if self.gallery.open and other and 0 <= state.example < MOST_EXAMPLES:
            self._mark(state.example)
            self.wanted.emit(FocusOn(state.example))

    # -- what is asked for ----------------------------------------------------------------------

    def _about(self) -> tuple[int | None, bool]:
        """Return the class, or None for all, and whether only misread examples are wanted."""
        return self.classes.label, self.misread.isChecked()

    def _answered(self, ranking: Ranking, snapshot: Snapshot) -> bool:
        """Tell whether a ranking is of the run and of the examples that are asked about."""
        own = (ranking.run, ranking.x.shape[1]) == (snapshot.run, snapshot.recipe.layers[0])
        return own and (ranking.label, ranking.wrong) == self._about()

    def _want(self, interval: float) -> None:
        if self._snapshot is not None:
            self._asking.want(Question(self._snapshot, self._about()), interval)

    def _keep_up(self) -> None:
        playing = self._snapshot is not None and self._snapshot.playing
        self._want(PLAYING if playing else RESTING)

    def _filter(self) -> None:
        label = -1 if self.classes.label is None else self.classes.label
        self._state = replace(self._state, label=label, misread=self.misread.isChecked(), first=0)
        self._want(WISHED)

    def _give_up(self, _off: CalledOff) -> None:
        """Wait for no answer any more; the button asks again, and so does the next step."""
        if self._asking.called_off() and self.shown.ranking is None:
            self._show(replace(self.shown, wordings=(text.GIVEN_UP,)))

    def _again(self) -> None:
        self._asking.forget()
        self._want(WISHED)

    def _ask(self, question: Question) -> None:
        if self.in_sight():
            self.wanted.emit(Rank(*question.about))
        else:
            self._asking.put_off()

    # -- how it looks ---------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.setMinimumSize(theme.scale.space(160), theme.scale.space(90))
        self._dress()

    def _dress(self) -> None:
        theme, scale = self._theme, self._theme.scale
        width, height = self.width(), self.height()
        font = sized(self.font(), scale.grown(Step.LABEL, min(width / 20, height / 16)))
        small = sized(font, scale.grown(Step.LABEL, min(width / 24, height / 19)))
        unit = font.pixelSize()
        self._column.setSpacing(scale.space(5))
        self._row.setSpacing(scale.space(6))
        self.classes.dress(theme, font)
        self.gallery.dress(theme, font)
        self.words.dress(theme, small, 1 if height < 17 * unit else 2)
        # In a low panel the pictures need the room.
        self.words.setVisible(height >= 9 * unit)
        for button in (self.misread, self.refresh):
            button.setFont(small)
            button.setStyleSheet(controls(theme, padding=(1, 7)))
        fit_buttons((self.misread, self.refresh), text.SHORT, width, scale.space(6))
