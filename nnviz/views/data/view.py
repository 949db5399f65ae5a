"""The data browser: what a network learns from, by class, down to every single example.

The data set in use is looked through elsewhere, so the view asks for that when it
can be seen and only draws what comes back. The user's own drawings can be browsed
here too, whatever the network is trained on.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from nnviz.data.drawings import Kept
from nnviz.data.overview import Overview
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import ShowData
from nnviz.messages.data_commands import ShowDrawings
from nnviz.messages.events import DrawingAdded
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import read_state
from nnviz.views.data import text
from nnviz.views.data.class_page import ClassPage
from nnviz.views.data.columns import Columns
from nnviz.views.data.drawing_actions import DrawingsDesk
from nnviz.views.data.picture import MINE, PARTS, TEST, DataPicture, DataState, picture
from nnviz.views.data.rows import ClassRows
from nnviz.views.data.scatter import Scatter
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.painted_scroll import PaintedScroll
from nnviz.views.shared.sentence import Sentence
from nnviz.views.shared.styles import controls
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.view import View


class DataView(View):
    """Classes, the examples of one class, and one example.

    Attributes:
        shown: what is shown.
    """

    _state: DataState = DataState()
    wished = 330, 260

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: tuple[object, ...] = ()
        self._overview: Overview | None = None
        self._kept: Kept | None = None
        self._asked = self._fresh = False
        self._restored = False
        self.shown = DataPicture()
        self._parts = QButtonGroup(self)
        self._parts.setExclusive(True)
        self.train, self.test, self.mine = (panel_button("", tip) for tip in text.PART_TIPS)
        for number, button in enumerate((self.train, self.test, self.mine)):
            button.setCheckable(True)
            self._parts.addButton(button, number)
        self.train.setChecked(True)
        self._parts.idClicked.connect(self._turn)
        self.back = panel_button(text.BACK, text.BACK_TIP)
        self.back.clicked.connect(self.show_classes)
        self.words = Sentence(steady=False)
        self.rows, self.columns, self.scatter = ClassRows(), Columns(), Scatter()
        self.rows.opened.connect(self.open_class)
        self.class_page = ClassPage()
        self.class_page.chosen.connect(self._chosen)
        self.class_page.wanted.connect(self.wanted)
        self.gallery = self.class_page.gallery
        self.gallery.selection_changed.connect(self._picked)
        self.desk = DrawingsDesk()
        self.desk.wanted.connect(self.wanted)
        self.gallery.delete_wanted.connect(self.desk.remove_picked)
        self._lay_out()
        self._show()
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Hear what the data set and the drawings are."""
        super().join(ports)
        ports.on(Overview, self.show_overview)
        ports.on(Kept, self.show_drawings)
        ports.on(DrawingAdded, self.refresh_drawings)

    def _lay_out(self) -> None:
        self._head, self._line = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.train)
        self._head.addWidget(self.test)
        self._head.addStretch(1)
        self._head.addWidget(self.mine)
        self._line.addWidget(self.back)
        self._line.addWidget(self.words, 1)
        self.pages = QStackedWidget()
        for page in (self.rows, self.class_page, self.columns, self.scatter):
            self.pages.addWidget(page)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(self._head)
        self._box.addLayout(self._line)
        self._box.addWidget(self.pages, 1)
        self._box.addWidget(self.desk)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Ask for the data set where it is another one."""
        recipe = snapshot.recipe
        subject = (snapshot.run, recipe.dataset, recipe.layers[0], recipe.layers[-1])
        if subject != self._subject:
            first = not self._subject
            self._subject, self._asked, self._fresh = subject, False, False
            if first:
                self._show()
        self._keep_up()

    def settled(self) -> bool:
        """Tell whether what it asked for has come."""
        return super().settled() and (self._fresh or not self._asked)

    def _keep_up(self) -> None:
        if self._subject and not self._asked and self.in_sight():
            self._asked = True
            self.wanted.emit(ShowData())
            self.wanted.emit(ShowDrawings())

    def show_overview(self, overview: Overview) -> None:
        """Show a data set that has been looked through."""
        same = self._overview is not None and self._overview.dataset is overview.dataset
        self._overview, self._fresh = overview, True
        if not same and self._state.part != MINE:
            if not self._restored:
                self._state = replace(self._state, label=-1, example=-1, first=0)
            self._restored = False
            self._show()
        else:
            self._name_parts(picture(overview, self._kept, DataState()))

    def show_drawings(self, kept: Kept) -> None:
        """Show the drawings as they are now."""
        picked = {drawing.id for drawing in self.class_page.picked}
        self._kept = kept
        if self._state.part == MINE:
            if not self._restored:
                self._state = replace(self._state, first=0)
            self._restored = False
            self._show(picked)
            self.gallery.show_place(self.shown.current)
        else:
            self._name_parts(picture(self._overview, kept, DataState()))

    def refresh_drawings(self, _added: DrawingAdded | None = None) -> None:
        """Read the drawings again: another was kept, and may be trained on by now."""
        self._asked = False
        self._keep_up()

    # -- what is shown --------------------------------------------------------------------------

    def _show(self, picked: Collection[str] = ()) -> None:
        self.shown = shown = picture(self._overview, self._kept, self._state, picked)
        self._parts.button(PARTS.index(shown.part)).setChecked(True)
        self.back.setVisible(shown.page == "class")
        self.words.say(shown.wordings if self._subject else NO_RUN, shown.tip)
        self.desk.setVisible(shown.part == MINE)
        self._name_parts(shown)
        if shown.page == "class":
            self.class_page.show_class(shown)
            self._chosen(self.class_page.current)
        elif shown.page == "classes":
            # Ten rows of nothing would say less than the words above them.
            self.rows.show_book(shown.book if shown.book and len(shown.book.x) else None)
        self.columns.show_overview(shown.overview if shown.page == "columns" else None)
        plotted = shown.overview if shown.page == "scatter" else None
        self.scatter.show_overview(plotted, test=shown.part == TEST)
        self.pages.setCurrentWidget(
            self.class_page if shown.page == "class" else self._lists[shown.page]
        )
        self._picked()
        self._lists[shown.page].scroll_to(self._state.first)

    @property
    def _lists(self) -> Mapping[str, PaintedScroll]:
        """What scrolls on each page."""
        return {
            "classes": self.rows,
            "class": self.gallery,
            "columns": self.columns,
            "scatter": self.scatter,
        }

    def _name_parts(self, shown: DataPicture) -> None:
        self.test.setVisible(shown.overview is None or not shown.overview.toy)
        self._buttons = shown.buttons
        self._label_parts()

    def _chosen(self, row: int) -> None:
        self._state = replace(self._state, example=row)

    def _picked(self) -> None:
        every = self._kept.drawings if self._kept is not None else ()
        opened = self.shown.page == "class"
        self.desk.show_drawings(every, self.class_page.picked if opened else ())

    # -- what is done ---------------------------------------------------------------------------

    def _turn(self, number: int) -> None:
        self._state = replace(self._state, part=PARTS[number], example=-1, first=0)
        if self._state.part == MINE:
            self.wanted.emit(ShowDrawings())
        self._show()

    def show_classes(self) -> None:
        """Go back from one class to all of them."""
        self._state = replace(self._state, label=-1, example=-1, first=0)
        self._show()
        self.rows.setFocus()

    def open_class(self, label: int, row: int = -1) -> None:
        """Show every example of a class, and one of them large."""
        self._state = replace(self._state, label=label, example=row, first=0)
        self._show()
        self.gallery.show_place(self.shown.current)
        self.gallery.setFocus()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: Escape closes a class that is opened."""
        return event.key() == Qt.Key.Key_Escape and self.shown.page == "class"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the class that is opened."""
        if self.takes_key(event):
            self.show_classes()
        else:
            super().keyPressEvent(event)

    def state(self) -> dict[str, Any]:
        """Return the part, the class that is opened, the large example and what is at the top."""
        first = self._lists[self.shown.page].first_in_sight()
        known = self.shown.book is not None and not self._restored
        return asdict(replace(self._state, first=first) if known else self._state)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose the same again, at once or as soon as there are examples that have it."""
        state = read_state(kept, DataState(**self.state()))
        if state.part not in PARTS:
            state = replace(state, part=self._state.part)
        self._state, self._restored = state, not self._fresh
        self._show()

    # -- how it looks ---------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.setMinimumSize(theme.scale.space(200), theme.scale.space(100))
        self._dress()

    def _dress(self) -> None:
        """Let letters follow the size, and put the large picture where there is room."""
        theme, scale = self._theme, self._theme.scale
        width, height = self.width(), self.height()
        unit = scale.grown(Step.CAPTION, min(width / 28, height / 18))
        font = sized(self.font(), unit)
        wide = width >= 0.9 * height
        for box, gap in ((self._head, 5), (self._line, 7), (self._box, 5)):
            box.setSpacing(scale.space(gap))
        style = controls(theme, padding=(1, 7 if width >= 14 * unit else 4))
        for button in (self.back, self.train, self.test, self.mine):
            button.setFont(font)
            button.setStyleSheet(style)
        self.words.dress(theme, font, 1 if height < 14 * unit else 3)
        for part in (self.rows, self.columns, self.scatter):
            part.dress(theme, font)
        self.desk.dress(theme, font, style, width)
        roomy = height >= (11 if wide else 16) * unit
        self.class_page.dress(theme, font, style, wide=wide, roomy=roomy)
        self._label_parts()

    def _label_parts(self) -> None:
        gap = self._theme.scale.space(5)
        parts = (self.train, self.test, self.mine)
        fit_buttons(parts, self._buttons, self.width(), gap)
