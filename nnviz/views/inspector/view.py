"""The inspector: why the selected number is what it is, followed while the network learns.

Whatever is clicked, in any view, is taken apart here: the formula, the formula
with its numbers, the result, and a table of all terms. Every number in it can be
clicked in turn, so one walks through the net, and a weight can be set by hand.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.run.snapshot import Array, Focus, Snapshot, with_own
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit
from nnviz.messages.ui_state import read_state
from nnviz.views.inspector import text
from nnviz.views.inspector.arrangement import (
    IDLE,
    LEAST,
    LEAST_WIDTH,
    LOW,
    NARROW,
    STAGE_WIDTH,
    WIDE,
    arranged,
    letters_of,
    wanted_height,
)
from nnviz.views.inspector.curve import Curve
from nnviz.views.inspector.header import Header
from nnviz.views.inspector.page import ALL, Page
from nnviz.views.inspector.picture import picture
from nnviz.views.inspector.selection_history import InspectorState, Trail
from nnviz.views.inspector.sheet import Sheet
from nnviz.views.inspector.table import TermTable
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.event_filter import hear
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.type_scale import Step
from nnviz.views.shared.typesetting import font, forget_fonts
from nnviz.views.view import View, ViewSpec
from nnviz.wording import said


class InspectorView(View):
    """The formula behind the selected number; its `page` is None where nothing is selected."""

    follows_own_input = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self._trail = Trail()
        self._pinned: Focus | None = None
        self._late: Selection | None = None  # what only the next moment's network has
        self._behind = False
        self._height = 0
        self.header = Header(self)
        self.sheet, self.table, self.curve = Sheet(self), TermTable(self), Curve(self)
        for part in (self.sheet, self.table):
            part.clicked.connect(self._clicked)
        self.sheet.copy_wanted.connect(self.copy)
        self.header.dragged.connect(self._drag_height)
        self.header.field.changed.connect(self._set_value)
        self.header.zero.clicked.connect(lambda: self._set_value(0.0, dragging=False))
        self.header.toggle.toggled.connect(lambda _on: self._arrange())
        self.header.back.clicked.connect(self.back)
        self.header.forward.clicked.connect(self.forward)
        self.header.pin.toggled.connect(self._pin)
        self.header.close_button.clicked.connect(self.clear)
        self.header.action_chosen.connect(self._do)
        for keys, deed in (("Alt+Left", self.back), ("Alt+Right", self.forward)):
            QShortcut(QKeySequence(keys), self, deed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.set_theme(DARK)
        self._build()

    # -- what comes in --------------------------------------------------------------------------

    @property
    def selection(self) -> Selection | None:
        """What is explained."""
        return self._trail.current

    @property
    def pinned(self) -> bool:
        """True while it keeps to what it shows."""
        return self.header.pin.isChecked()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the selected number; cheap while nothing is selected."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or before.recipe.layers != snapshot.recipe.layers:
            self._trail.keep_what_fits(snapshot.recipe)
            if self._late is not None and self._late.fits(snapshot.recipe):
                self._trail.go(self._late)
            self._late = None
        if before is not None and before.run != snapshot.run:
            self.header.pin.setChecked(False)
        if self.selection is not None or self.page is not None:
            self._build()

    def show_drawing(self, picture: Array | None) -> None:
        """Explain an own input in place of the test example; None for that again."""
        self._drawing = picture
        if self.selection is not None:
            self._build()

    def select(self, selection: Selection | None) -> None:
        """Explain what was picked in whichever view; what is pinned stays.

        What the last moment's network does not have is explained with the next: while nobody sees
        the view, moments of another one pass it by.
        """
        if self.pinned:
            return
        snapshot = self._snapshot
        lacks = selection is not None and snapshot and not selection.fits(snapshot.recipe)
        self._late = selection if lacks else None
        if selection == self.selection:
            return
        if selection is None or lacks:
            self._trail.clear()
        else:
            self._trail.go(selection)
        self._build()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        for part in (self.sheet, self.table, self.curve):
            part.set_theme(theme)
        self._dress()

    def _dress(self) -> None:
        self.header.dress(self._theme, self._letters)
        self._arrange()

    def state(self) -> dict[str, Any]:
        """Return whether the table is shown, the height and what was selected."""
        return asdict(self._present)

    @property
    def _present(self) -> InspectorState:
        return InspectorState(self.header.toggle.isChecked(), self._height, *self._trail.kept)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what was kept."""
        state = read_state(kept, self._present)
        self._height = max(state.height, 0)
        recipe = None if self._snapshot is None else self._snapshot.recipe
        self._trail.restore(state.history, state.at, recipe)
        self.header.toggle.setChecked(state.table)
        self.updateGeometry()
        self._build()

    # -- what goes out --------------------------------------------------------------------------

    def back(self) -> None:
        """Explain what was selected before."""
        self._move(-1)

    def forward(self) -> None:
        """Explain again what was selected after this."""
        self._move(1)

    def clear(self) -> None:
        """Select nothing."""
        self.header.pin.setChecked(False)
        if self.selection is not None:
            self._trail.clear()
            self._build()
            self.picked.emit(None)

    def copy(self) -> None:
        """Put the formula, the formula with numbers and the result on the clipboard."""
        if self.page is not None:
            QGuiApplication.clipboard().setText("\n".join(map(said, self.page.copied)))

    def _clicked(self, target: object) -> None:
        if target == ALL:
            if self.header.toggle.isVisibleTo(self.header):
                self.header.toggle.setChecked(True)
            self.table.setFocus()
        elif isinstance(target, Selection):
            self._trail.go(target)
            self._build()
            self.picked.emit(target)

    def _move(self, way: int) -> None:
        found = self._trail.move(way)
        if found is not None:
            self._build()
            self.picked.emit(found)

    def _pin(self, on: bool) -> None:
        snapshot = self._snapshot
        shown = None if snapshot is None else with_own(snapshot, self._drawing)
        self._pinned = shown.focus if on and shown is not None else None
        self._build()

    def _set_value(self, value: float, dragging: bool) -> None:
        if self.page is not None and self.page.parameter >= 0:
            edit = MakeEdit(THETA, (value,), (self.page.parameter,), dragging)
            self.wanted.emit(edit)

    def _do(self, action: int) -> None:
        if self.page is not None:
            self.wanted.emit(MakeEdit(THETA, *self.page.actions[action].change()))

    # -- what is shown --------------------------------------------------------------------------

    def _build(self) -> None:
        """Draw the page of what is selected, of the last snapshot."""
        if self._snapshot is None:
            return
        self._behind = self.selection is not None and not self.isVisible()
        if self._behind:
            return
        before, shown = self.page, with_own(self._snapshot, self._drawing)
        self.page = picture(shown, self.selection, self._pinned)
        page = self.page
        if page is None:
            if before is not None or not self.header.isHidden():
                self._arrange()
            return
        same = before is not None and page.shape == before.shape
        self._head(page)
        if page.table is not None:
            self.table.show_table(page.table, same=same)
        if page.curve is not None:
            self.curve.show_line(page.curve, page.learned, self.selection)
        if not same or (before is not None and bool(before.actions) != bool(page.actions)):
            self._arrange()
        self.sheet.show_lines(page.lines, page.shape)
        self.sheet.setAccessibleDescription("\n".join(page.copied))

    def _head(self, page: Page) -> None:
        header = self.header
        header.title.say(page.title, *page.shorter)
        header.where.say(page.example)
        if page.parameter >= 0:
            header.field.show_value(page.value)
        header.show_actions([action.words for action in page.actions])
        header.back.setEnabled(self._trail.before is not None)
        header.forward.setEnabled(self._trail.after is not None)

    # -- where it stands --------------------------------------------------------------------------

    @property
    def _letters(self) -> int:
        return letters_of(self.size(), self._theme.scale)

    def _wanted_height(self) -> int:
        scale = self._theme.scale
        return scale.space(IDLE) if self._low else wanted_height(self._whole, self._height, scale)

    @property
    def _whole(self) -> int:
        """The height of the window that it stands in."""
        return self.window().height() if not self.isWindow() else 1080

    @property
    def _low(self) -> bool:
        """True while one line has to do: nothing is selected, in a low window."""
        return self.page is None and self._whole < self._theme.scale.space(LOW)

    def sizeHint(self) -> QSize:
        """Ask for a share of the window at all times: the network must not move when it opens.

        In a low window one line has to do while nothing is selected.
        """
        return QSize(self._theme.scale.space(620), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """Do with little, so that the network keeps its room."""
        space = self._theme.scale.space
        return QSize(space(LEAST_WIDTH), space(IDLE if self._low else LEAST))

    def least_size(self) -> QSize:
        """Do with less on the stage: whoever enlarges letters reads fewer lines, and scrolls."""
        return self.minimumSizeHint().boundedTo(QSize(self._theme.scale.space(STAGE_WIDTH), 10**4))

    def _drag_height(self, way: int) -> None:
        least = self._theme.scale.space(LEAST)
        limit = max(least, self.window().height() // 2)
        self._height = min(max(self.height() - way, least), limit)
        self.updateGeometry()

    def _arrange(self) -> None:
        """Give every part its place."""
        page, header, scale = self.page, self.header, self._theme.scale
        header.setVisible(page is not None)
        self.updateGeometry()
        if page is None:
            for part in (self.sheet, self.table, self.curve):
                part.hide()
            self.update()
            return
        narrow = self.width() < scale.space(NARROW)
        header.show_parts(page, narrow=narrow, wide=self.width() >= scale.space(WIDE))
        there = arranged(
            self.rect(),
            page,
            self._letters,
            scale,
            self.table.width_for,
            table_wanted=header.toggle.isChecked(),
        )
        header.squeeze(self.width())
        header.setGeometry(there.header)
        header.settle()
        self.sheet.setGeometry(there.sheet)
        self.sheet.setVisible(there.shows_sheet)
        for part, shown in ((self.table, there.shows_table), (self.curve, there.shows_curve)):
            part.setGeometry(there.side)
            part.setVisible(shown)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the ground; say what to do where nothing is selected."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        if self.page is None:
            scale = self._theme.scale
            painter.setFont(font("sans", scale.px(Step.BODY)))
            painter.setPen(QColor(self._theme.dim))
            alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            line = self.rect().adjusted(scale.space(4), 0, 0, 0)
            line.setHeight(min(line.height(), scale.space(IDLE)))
            room = QFontMetrics(painter.font()).horizontalAdvance
            hints = NO_RUN if self._snapshot is None else text.HINTS
            hint = next((one for one in hints if room(one) < line.width()), hints[-1])
            painter.drawText(line, int(alignment), hint)

    # -- events -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Explain the last moment; follow the size of the window from now on."""
        super().showEvent(event)
        if not self.isWindow():
            hear(self.window(), [QEvent.Type.Resize], self._window_resized)
        if self._behind:  # else the moment was handed to it as it came in sight
            self._build()

    def _window_resized(self, window: QObject, _event: QEvent) -> bool:
        """Ask for another height in a window of another size."""
        if window is self.window():
            self.updateGeometry()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Measure letters anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            forget_fonts()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: it copies what it explains."""
        return self.page is not None and event.matches(QKeySequence.StandardKey.Copy)

    def leave(self) -> bool:
        """Explain nothing any more."""
        if self.page is None:
            return False
        self.clear()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape selects nothing; Ctrl+C copies."""
        if event.key() == Qt.Key.Key_Escape and self.page is not None:
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


SPEC = ViewSpec(
    "inspector",
    "Why?",
    "below",
    InspectorView,
    gestures=(
        ("Click a term", "Explains that number in its turn; Alt+Left goes back."),
        ("Drag the value in the title sideways, or click it", "Changes the weight, or types it."),
        ("Drag the panel's title up or down", "Gives it more or less room."),
        (
            "Arrows and Enter, Ctrl+C",
            "Go from row to row and explain one; copies what it explains.",
        ),
    ),
)
