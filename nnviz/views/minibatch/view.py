"""This example: what was desired, what came out, how far apart these are and what it costs."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.minibatch.picture import picture
from nnviz.views.minibatch.sheet import Sheet
from nnviz.views.minibatch.text import COST
from nnviz.views.palette import Theme
from nnviz.views.view import View, ViewSpec

WISHED, LEAST = (240, 300), (160, 90)
"""Width and height in which everything reads well, and those that have to do."""


class MinibatchView(View):
    """One example with its table: the test example in focus, or that of the phase under way."""

    follows_own_input = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet()
        self.sheet.clicked.connect(self._pick)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.sheet)
        self.setMinimumSize(*LEAST)

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        return QSize(*map(self._theme.scale.space, WISHED))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the example of this moment; do nothing where nothing has changed."""
        self._snapshot, before = snapshot, self.sheet.picture
        shown = picture(snapshot, self._drawing, before)
        self.sheet.show_picture(shown)
        if shown.about != before.about:
            self._area.verticalScrollBar().setValue(0)
        if shown.contents is not before.contents:
            self._dress()

    def select(self, selection: Selection | None) -> None:
        """Mark the row of an output's cost, or the line of the example's."""
        kind = None if selection is None else selection.kind
        if selection is not None and kind == "output":
            self.sheet.mark(selection.neuron)
        else:
            self.sheet.mark(COST if kind == "cost" else None)

    def _pick(self, what: int) -> None:
        layer = self.sheet.picture.layer
        cost = what == COST
        self.picked.emit(Selection("cost", layer) if cost else Selection("output", layer, what))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        grown = theme.scale != self._theme.scale
        self._theme = self.sheet.theme = theme
        if grown:
            self.setMinimumSize(*map(theme.scale.space, LEAST))
            self.updateGeometry()
            self._dress()
        self.sheet.update()

    def changeEvent(self, event: QEvent) -> None:
        """Place everything anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._dress()

    def _dress(self) -> None:
        self._area.setGeometry(self.rect())
        width, height = self.width(), self.height()
        self.sheet.fit(width, height)
        if self.sheet.height() > height:
            # Too much even for the smallest letters: room for the scroll bar.
            self.sheet.fit(width - self._area.verticalScrollBar().sizeHint().width() - 2, height)


SPEC = ViewSpec(
    "minibatch",
    "This example",
    "left",
    MinibatchView,
    figures=True,
    gestures=(("Click a number", "Explains it in Why?"),),
)
