"""This example: what was desired, what came out, how far apart these are and what it costs.

At any time it is the test example in focus, or the drawing that the network shows.
Where a minibatch is looked at phase by phase it is one of its examples, below a
sentence that says what the phase just done has computed; no number appears before the
phase that computes it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnviz.data.description import Column
from nnviz.engine.explain.captions import caption
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.names import output_name
from nnviz.engine.run.snapshot import OWN, Array, Snapshot, with_own
from nnviz.engine.run.units import number_targets
from nnviz.engine.selection import Selection
from nnviz.engine.training.known_in_phase import known_after
from nnviz.engine.training.phases import Minibatch, Phase, phases_of
from nnviz.messages.events import DrawingShown
from nnviz.messages.ports import Ports
from nnviz.numbers import digits, fewer, integer, write
from nnviz.views.minibatch.example import (
    OWN_TITLE,
    costs_of,
    longest_sentence_of,
    own_sentence_of,
    sentence_of,
    title_of,
    widest,
)
from nnviz.views.minibatch.layout import Contents
from nnviz.views.minibatch.sheet import COST, Sheet, bound
from nnviz.views.minibatch.table import Row, rows_of
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec

WISHED, LEAST = (240, 300), (160, 90)
"""Width and height in which everything reads well, and those that have to do."""
NOTHING_YET = "The example in focus will appear here, with what it costs."


class MinibatchView(View):
    """One example with its table: the test example in focus, or that of the phase under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet()
        self.sheet.clicked.connect(self._pick)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.sheet)
        self.sheet.say(NOTHING_YET)
        self._theme = DARK
        self._last = 0
        self._drawing: Array | None = None
        self._snapshot: Snapshot | None = None
        self._contents: Contents | None = None
        self._shown: tuple[object, ...] = ()
        self.setMinimumSize(*LEAST)

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        return QSize(*map(self._theme.scale.space, WISHED))

    def join(self, ports: Ports) -> None:
        """Hear which drawing the network shows."""
        super().join(ports)
        ports.on(DrawingShown, self._drawing_shown)

    def _drawing_shown(self, shown: DrawingShown) -> None:
        self.show_drawing(shown.picture)

    def show_drawing(self, picture: Array | None) -> None:
        """Show a drawing, (inputs,), in place of the test example; None for that again."""
        self._drawing = picture
        if self._snapshot is not None and self.isVisible():
            self.show_snapshot(self._snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the example of this moment; do nothing where nothing has changed."""
        self._snapshot, snapshot = snapshot, with_own(snapshot, self._drawing)
        self._last = len(snapshot.recipe.layers) - 1
        minibatch, phase = snapshot.minibatch, snapshot.phase
        if snapshot.focus.index == OWN:
            self._show_own(snapshot)
        elif minibatch is None or phase is None:
            self._show_test_example(snapshot)
        else:
            self._show_phase(snapshot, minibatch, phase)

    def select(self, selection: Selection | None) -> None:
        """Mark the row of an output's cost, or the line of the example's."""
        kind = None if selection is None else selection.kind
        if selection is not None and kind == "output":
            self.sheet.mark(selection.neuron)
        else:
            self.sheet.mark(COST if kind == "cost" else None)

    def _pick(self, what: int) -> None:
        if what == COST:
            self.picked.emit(Selection("cost", self._last))
        else:
            self.picked.emit(Selection("output", self._last, what))

    def _show_phase(self, snapshot: Snapshot, minibatch: Minibatch, phase: Phase) -> None:
        recipe, focus, names = snapshot.recipe, snapshot.focus, snapshot.class_names
        shown = minibatch, focus.place, recipe, names, digits()
        if shown != self._shown:
            self._place(_contents(snapshot, minibatch), shown)
        assert self._contents is not None
        known, at = known_after(recipe, phase), phases_of(recipe).index(phase)
        terms = minibatch.terms[focus.place] if known.cost else None
        self.sheet.show_example(
            self._contents.titles[at],
            self._contents.sentences[at],
            rows_of(focus, names, terms, known=known.outputs, columns=_targets(snapshot)),
            self._contents.costs if known.cost else (),
        )

    def _show_own(self, snapshot: Snapshot) -> None:
        """Show what comes out for a drawing, of which nobody knows what should."""
        focus, names = snapshot.focus, snapshot.class_names
        rows, sentence = rows_of(focus, names, None, known=True), own_sentence_of(snapshot)
        shown = OWN, snapshot.run, snapshot.recipe.layers, names, sentence
        if self._contents is None or shown != self._shown:
            contents = Contents((OWN_TITLE,), (bound(sentence),), widest(rows), ())
            self._place(contents, shown)
        self.sheet.show_example(OWN_TITLE, bound(sentence), rows, ())

    def _show_test_example(self, snapshot: Snapshot) -> None:
        recipe, focus, names = snapshot.recipe, snapshot.focus, snapshot.class_names
        network = snapshot.network()
        terms = network.cost_terms(focus.x[np.newaxis], focus.y[np.newaxis])[0]
        rows, costs = (
            rows_of(focus, names, terms, known=True, columns=_targets(snapshot)),
            costs_of(snapshot),
        )
        # Costs differ from recipe to recipe; the rest of it says nothing that is shown here.
        kind = recipe.layers, recipe.cost, recipe.dataset
        shown = snapshot.run, focus.index, kind, names, digits()
        before = self._contents if shown == self._shown else None
        room = widest(rows, before.rows if before else ())
        fits = before is not None and before.costs and len(costs) <= len(before.costs)
        if before is None or not fits or _lengths(room) != _lengths(before.rows):
            sentences = (bound(longest_sentence_of(snapshot)),)
            self._place(Contents((title_of(snapshot),), sentences, room, costs), shown)
        elif not snapshot.playing:
            self._contents = replace(before, rows=room)
            self.sheet.place(self._contents)
            self.sheet.choose()
        self.sheet.show_example(title_of(snapshot), bound(sentence_of(snapshot)), rows, costs)

    def _place(self, contents: Contents, shown: tuple[object, ...]) -> None:
        """Place everything for an example, from the top."""
        if shown != self._shown:
            self._area.verticalScrollBar().setValue(0)
        self._contents, self._shown = contents, shown
        self.sheet.place(contents)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        grown = theme.scale != self._theme.scale
        self._theme = self.sheet.theme = theme
        if grown:
            self.setMinimumSize(*map(theme.scale.space, LEAST))
            self.updateGeometry()
            self._fit()
        self.sheet.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._area.setGeometry(self.rect())
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Place everything anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        width, height = self.width(), self.height()
        self.sheet.fit(width, height)
        if self.sheet.height() > height:
            # Too much even for the smallest letters: room for the scroll bar.
            self.sheet.fit(width - self._area.verticalScrollBar().sizeHint().width() - 2, height)


def _lengths(rows: Sequence[Row]) -> list[list[int]]:
    return [[len(cell) for cell in row.cells] for row in rows]


def _contents(snapshot: Snapshot, minibatch: Minibatch) -> Contents:
    """Return all that any phase of a minibatch has to show of the example in focus."""
    recipe, focus = snapshot.recipe, snapshot.focus
    names = [output_name(snapshot, j) for j in range(recipe.layers[-1])]
    captions = [
        caption(recipe, minibatch, phase, focus.place, names) for phase in phases_of(recipe)
    ]
    return Contents(
        tuple(each.title for each in captions),
        tuple(bound(each.sentence) for each in captions),
        rows_of(
            focus,
            snapshot.class_names,
            minibatch.terms[focus.place],
            known=True,
            columns=_targets(snapshot),
        ),
        _costs(recipe, minibatch, focus.cost),
    )


def _costs(recipe: Recipe, minibatch: Minibatch, cost: float) -> tuple[tuple[str, str], ...]:
    lines = [("cost of this example", write(cost, fewer()))]
    if len(minibatch.rows) > 1:
        mean = write(minibatch.cost, fewer())
        lines.append((f"mean of the {integer(len(minibatch.rows))}", mean))
    return tuple(lines)


SPEC = ViewSpec("minibatch", "This example", "left", MinibatchView, rate=4.0, figures=True)


def _targets(snapshot: Snapshot) -> tuple[Column, ...]:
    return number_targets(snapshot.description, snapshot.recipe.layers[-1])
