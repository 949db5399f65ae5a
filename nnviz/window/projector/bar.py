"""The stage's bar: buttons that slide in at the top edge when the pointer comes there, or on F10.

It covers the page for as long as it is there, so nothing below it moves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QAction, QCursor, QEnterEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStyle,
    QToolButton,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared import motion, styles
from nnviz.views.shared.buttons import tool_button
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.window.projector.keys import key_of
from nnviz.window.projector.pages import Page

EDGE = 5
"""Pixels at the top edge in which the pointer brings the bar."""
STAYS_MS = 700
"""Milliseconds for which it stays once the pointer has left it."""
STEPS = (("back", "◀"), ("play", ""), ("step", "▶ step"), ("epoch", "▶| epoch"))
"""Commands that move time, and what their buttons say; "" for what the command says itself."""
SEGMENTS = ("granularity_phase", "granularity_minibatch", "granularity_epoch")


class Turns(Protocol):
    """What has pages that can be turned, and is left."""

    @property
    def pages(self) -> Sequence[Page]:
        """The pages in order."""

    @property
    def page(self) -> Page | None:
        """The one that is shown."""

    def show_page(self, number: int) -> None:
        """Show a page by its place."""

    def next_page(self) -> None:
        """Turn on."""

    def previous_page(self) -> None:
        """Turn back."""

    def next_theme(self) -> None:
        """Take on the next theme."""

    def save_page(self) -> None:
        """Save what is on screen as a page."""

    def arrange_pages(self) -> None:
        """Let pages be chosen and put in order."""

    def delete_page(self) -> None:
        """Let go of the page that is shown."""

    def is_own(self, page: Page) -> bool:
        """Tell whether a page is a teacher's own."""

    def close(self) -> None:
        """Leave."""


class StageBar(QFrame):
    """Pages, time and theme as buttons."""

    def __init__(self, turns: Turns, actions: Mapping[str, QAction], stage: QWidget) -> None:
        super().__init__(stage)
        named(self, "stage_bar", said="Pages and time")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._turns, self._stage = turns, stage
        self._remote = actions["remote"]
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self._row = row = QHBoxLayout(self)
        self._button("‹", "The page before.", turns.previous_page)
        self.title = self._button("", "Every page, with its key.", None)
        self.title.setMenu(self.menu)
        self.title.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button("›", "The next page.", turns.next_page)
        row.addStretch(1)
        for id, said in STEPS:
            self._follow(actions[id], said)
        row.addStretch(1)
        for id in SEGMENTS:
            self._follow(actions[id], "")
        row.addStretch(1)
        self._button("theme", "Go round the themes.  [Ctrl+T]", turns.next_theme)
        self._button("×", "Leave the projector.  [Esc]", turns.close)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.finished.connect(self._slid)
        self._over = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._over.timeout.connect(self._go_unless_used)
        self._edge = _Edge(self.slide_in, stage)
        self.hide()

    def _button(self, said: str, tip: str, does: Callable[[], object] | None) -> QToolButton:
        button = tool_button(said, tip, tip.split("  [")[0])
        if does is not None:
            button.clicked.connect(lambda _checked=False: does())
        self._row.addWidget(button)
        return button

    def _follow(self, action: QAction, said: str) -> None:
        """Add a button that does what a command does, and looks as that is: allowed, chosen."""
        button = self._button(said, action.toolTip(), action.trigger)
        button.setCheckable(action.isCheckable())

        def look() -> None:
            button.setText(said or action.text())
            button.setEnabled(action.isEnabled())
            button.setChecked(action.isChecked())

        action.changed.connect(look)
        button.clicked.connect(look)  # Qt has just turned it by itself
        look()

    # -- how it looks and where it stands ---------------------------------------------------------

    def wear(self, theme: Theme) -> None:
        """Take on a theme's colours; letters are as large as has to be, however enlarged others."""
        theme = _least(theme, self._stage)
        space = theme.scale.space
        self._row.setContentsMargins(space(8), space(5), space(8), space(6))
        self._row.setSpacing(space(4))
        self.setStyleSheet(
            f"#stage_bar {{ background: {theme.ground}; border: none;"
            f" border-bottom: {space(1)}px solid {theme.line}; }}"
            + styles.controls(theme, step=Step.LABEL, padding=(3, 6))
        )
        self.place()

    def place(self) -> None:
        """Span the top of the stage."""
        width = self._stage.width()
        self._edge.setGeometry(0, 0, width, EDGE)
        self._edge.raise_()
        self.resize(width, self.sizeHint().height())

    def come_forward(self) -> None:
        """Lie in front of what has just come, and be brought there."""
        self._edge.raise_()
        self.raise_()

    def show_page(self, page: Page) -> None:
        """Name the page that is shown."""
        self.title.setText(f"{page.shown} ▾")

    def slide_in(self) -> None:
        """Come down from the top edge."""
        if not self.isVisible():
            self.place()
            self.move(0, -self.height())
            self.show()
        self.raise_()
        self._run(QPoint(0, 0))
        self._over.start()

    def take_keys(self) -> None:
        """Come, with the keyboard at the first button."""
        self.slide_in()
        self._over.stop()
        self.findChildren(QToolButton)[0].setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> bool:
        """Go back; tell whether it was there."""
        if not self.isVisible():
            return False
        self._over.stop()
        if self._holds_focus():
            self._stage.setFocus()
        self._run(QPoint(0, -self.height()))
        return True

    def _run(self, end: QPoint) -> None:
        self._slide.stop()
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        moves = 0 if motion.rests() else self.style().styleHint(hint, None, self)
        self._slide.setDuration(moves)
        self._slide.setStartValue(self.pos())
        self._slide.setEndValue(end)
        self._slide.start()

    def _slid(self) -> None:
        self.setVisible(self.y() >= 0)

    def _holds_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _pointed_at(self) -> bool:
        # A pointer that rests where the bar came below it has not entered it.
        return self.rect().contains(self.mapFromGlobal(QCursor.pos()))

    def _go_unless_used(self) -> None:
        if self._pointed_at() or self._holds_focus() or self.menu.isVisible():
            self._over.start()
        else:
            self.leave()

    def leaveEvent(self, event: QEvent) -> None:
        """Go a moment after the pointer has."""
        super().leaveEvent(event)
        self._over.start()

    def _fill(self) -> None:
        """List the pages, and what a remote does with them."""
        turns, menu = self._turns, self.menu
        menu.clear()
        for number, page in enumerate(turns.pages):
            entry = menu.addAction(page.shown.replace("&", "&&"))
            # Shown, not heard: the stage itself has these shortcuts.
            entry.setText(f"{entry.text()}\t{key_of(number, turns.pages, turns.is_own)}")
            entry.setCheckable(True)
            entry.setChecked(page == turns.page)
            entry.triggered.connect(lambda _checked=False, n=number: turns.show_page(n))
        menu.addSeparator()
        menu.addAction(self._remote)
        menu.addAction("Save this page…", turns.save_page)
        if turns.page is not None and turns.is_own(turns.page):
            menu.addAction("Delete this page", turns.delete_page)
        menu.addAction("Choose pages…", turns.arrange_pages)


class _Edge(QWidget):
    """The top edge: what comes there brings the bar."""

    def __init__(self, bring: Callable[[], None], parent: QObject) -> None:
        assert isinstance(parent, QWidget)
        super().__init__(parent)
        self._bring = bring

    def enterEvent(self, event: QEnterEvent) -> None:
        """Bring the bar."""
        super().enterEvent(event)
        self._bring()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Bring the bar for a finger, which has not been there before."""
        self._bring()


def _least(theme: Theme, stage: QWidget) -> Theme:
    ratio = stage.devicePixelRatioF()
    return replace(theme, scale=TypeScale.projected(stage.height(), ratio=ratio))
