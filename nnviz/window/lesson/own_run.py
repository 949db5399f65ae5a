"""One's own run: put aside when a lesson begins, and given back untouched when it is left."""

from PySide6.QtCore import QObject, QTimer

from nnviz.messages.commands import GiveBack, PutAside
from nnviz.messages.events import DrawingWanted
from nnviz.window.columns import ARRANGED
from nnviz.window.parts import Parts

LOOKS_MS, LOOKS = 30, 40
"""Milliseconds between two looks whether the panels have settled, and how many at most."""


class OwnRun(QObject):
    """What was on screen before the lesson: run, recipe, panels, selection, granularity, speed."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        """Put it aside: the run in memory and in its file, the rest here."""
        super().__init__(parent)
        self._parts = parts
        shown = parts.shown()
        self._run = None if shown is None else shown.run
        self._recipe = parts.requests.recipe
        self._ui, self._selection = parts.keeper.state(), parts.selected()
        self._layout, self._untouched = parts.columns.state(), parts.first_layout.untouched
        self._stacks = {place: list(groups) for place, groups in parts.docks.stacks.items()}
        self._enlarged, page = parts.enlarged.id, parts.projector.page
        self._page = "" if page is None else page.id
        self._on_pages = parts.projector.chosen_so_far
        self._looks = 0
        self._settling = QTimer(self, interval=LOOKS_MS)
        self._settling.timeout.connect(self._settle)
        parts.enlarged.back()
        parts.gate.beyond.send(PutAside())

    def give_back(self) -> None:
        """Let all be as it was; the run comes with the next moment."""
        parts = self._parts
        parts.gate.publish(DrawingWanted(None))
        parts.gate.beyond.send(GiveBack())
        parts.requests.recipe = self._recipe
        parts.form.show_recipe(self._recipe)
        parts.select(None)
        self._restore_panels()
        parts.keeper.show(self._ui.over(parts.keeper.usual()), run=self._run)
        shown = parts.shown()
        if self._selection is not None and shown is not None and shown.run == self._run:
            parts.select(self._selection)
        if self._run is None:
            parts.start()  # nothing was on screen: the lesson was opened with the window
        if self._enlarged:
            parts.enlarge(self._enlarged)
        parts.projector.show_page_of(self._page)
        parts.projector.begin_anew(self._on_pages)
        self._settling.start()

    def _restore_panels(self) -> None:
        parts = self._parts
        parts.columns.restore(self._layout)
        parts.docks.stacks = self._stacks
        parts.first_layout.untouched = self._untouched

    def _settle(self) -> None:
        """Give panels that had not taken on their width yet their sizes once more."""
        timers = (
            *self._parts.columns.findChildren(QTimer),
            *self._parts.docks.findChildren(QTimer),
        )
        self._looks += 1
        if any(timer.isActive() for timer in timers) and self._looks < LOOKS:
            return
        self._settling.stop()
        another = self._parts.gate.judge is not None  # a lesson has been opened meanwhile
        columns = self._parts.columns
        stands = columns.count == ARRANGED and columns.state() == self._layout
        if not self._parts.enlarged.id and not another and not stands:
            self._restore_panels()
            self._parts.docks.show_panels(self._ui.open_panels, self._ui.front)
        self.deleteLater()
