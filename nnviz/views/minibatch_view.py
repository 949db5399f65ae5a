"""The minibatch view: what the phase just done has computed, in words and numbers.

A sentence says what happened; below it stands the example looked at, output by
output: what was desired, what came out and how far apart these are. No number
appears before the phase that computes it.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnviz.engine.captions import caption
from nnviz.engine.explain_symbols import number
from nnviz.engine.known import known_after
from nnviz.engine.phases import Minibatch, phases_of
from nnviz.engine.recipe import Recipe
from nnviz.engine.snapshot import Snapshot
from nnviz.views.minibatch_plan import Contents
from nnviz.views.minibatch_sheet import Sheet, bound
from nnviz.views.minibatch_table import rows_of
from nnviz.views.palette import Theme
from nnviz.views.view import View, ViewSpec

HOW_TO_BEGIN = (
    "Choose “phase” above and press step: you will see one minibatch do one thing at a time."
)


class MinibatchView(View):
    """The phase of the minibatch under way, its caption and one example's table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(160, 90)
        self.sheet = Sheet()
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.sheet)
        self.sheet.say(HOW_TO_BEGIN)
        self._minibatch: Minibatch | None = None
        self._contents: Contents | None = None
        self._shown: tuple[object, ...] = ()

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        return QSize(240, 300)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the phase of this moment; do nothing where nothing has changed."""
        minibatch, phase, focus = snapshot.minibatch, snapshot.phase, snapshot.focus
        if minibatch is None or phase is None:
            if self._minibatch is not None:
                self._minibatch = self._contents = None
                self._shown = ()
                self.sheet.say(HOW_TO_BEGIN)
                self._fit()
            return
        shown = minibatch, phase, focus.place, snapshot.recipe, snapshot.class_names
        if self._shown and minibatch is self._minibatch and shown[1:] == self._shown[1:]:
            return
        same = self._shown and minibatch is self._minibatch and shown[2:] == self._shown[2:]
        self._minibatch, self._shown = minibatch, shown
        if not same or self._contents is None:
            self._contents = _contents(snapshot, minibatch)
        known = known_after(snapshot.recipe, phase)
        self.sheet.show_phase(
            self._contents,
            phases_of(snapshot.recipe).index(phase),
            rows_of(focus, snapshot.class_names, known=known.outputs),
            self._contents.costs if known.cost else (),
        )
        if not same:
            self._area.verticalScrollBar().setValue(0)
            self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self.sheet.theme = theme
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


def _contents(snapshot: Snapshot, minibatch: Minibatch) -> Contents:
    """Return all that any phase of a minibatch has to show of the example in focus."""
    recipe, focus = snapshot.recipe, snapshot.focus
    captions = [caption(recipe, minibatch, phase, focus.place) for phase in phases_of(recipe)]
    return Contents(
        tuple(each.title for each in captions),
        tuple(bound(each.sentence) for each in captions),
        rows_of(focus, snapshot.class_names, known=True),
        _costs(recipe, minibatch, focus.cost),
    )


def _costs(recipe: Recipe, minibatch: Minibatch, cost: float) -> tuple[tuple[str, str], ...]:
    lines = [("cost of this example", number(cost, 3))]
    if len(minibatch.rows) > 1:
        lines.append((f"mean of the {len(minibatch.rows):,}", number(minibatch.cost, 3)))
    return tuple(lines)


SPEC = ViewSpec("minibatch", "This minibatch", "left", MinibatchView, rate=8.0)
