"""The lesson panel: stands at the left of all panels, with the scene and what leads on and back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import fit_buttons
from nnviz.views.shared.event_filter import hear
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.dots import Dots
from nnviz.window.lesson.notes import NotesFold
from nnviz.window.lesson.sheet import Sheet, scrolled
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.words import Words

LOW, INSIDE = 260, 13
"""The height at a factor of 1 below which there is no title; pixels within the edges."""
WIDTH, SHARE = 290, 0.36
"""The panel's width at a factor of 1, and the most of the window's that it takes."""


class LessonPanel(QFrame):
    """Shows a scene, and is gone through with its buttons.

    Signals:
        on_wanted(), back_wanted(), hint_wanted(), leave_wanted(), skip_wanted(), next_wanted(),
        again_wanted(), hand_in_wanted(): that button was pressed.
    """

    on_wanted, back_wanted, hint_wanted = Signal(), Signal(), Signal()
    leave_wanted, skip_wanted, next_wanted, again_wanted = Signal(), Signal(), Signal(), Signal()
    hand_in_wanted = Signal()

    def __init__(self, words: Words, theme: Callable[[], Theme]) -> None:
        super().__init__()
        named(self, "lesson_panel", said="Lesson")
        self._words, self._theme = words, theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sheet = Sheet(words)
        self._area = scrolled(self.sheet)
        self.title, self.place = named(QLabel(wordWrap=True), "lesson_title"), QLabel()
        self.dots = Dots()
        self.line = named(QLabel(wordWrap=True), "lesson_line")
        self.close_button = self._button(self.leave_wanted, "lesson_leave")
        self.skip = self._button(self.skip_wanted, "lesson_skip")
        self.back = self._button(self.back_wanted, "lesson_back")
        self.hint = self._button(self.hint_wanted, "lesson_hint")
        self.on = self._button(self.on_wanted, "Primary")
        self.next = self._button(self.next_wanted, "lesson_next")
        self.again = self._button(self.again_wanted, "lesson_again")
        self.hand_in = self._button(self.hand_in_wanted, "lesson_hand_in")
        self.notes = NotesFold(words, theme)
        self.speak()
        self._foot = QHBoxLayout()
        for button, stretch in ((self.back, 0), (self.hint, 1), (self.on, 0)):
            self._foot.addWidget(button, stretch)
        self._where = QHBoxLayout()
        self._where.addWidget(self.dots, 1)
        self._where.addWidget(self.place)
        self._where.addWidget(self.close_button)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._where)
        self._box.addWidget(self.title)
        self._area.setMinimumHeight(1)  # it scrolls: what stands around it does not
        self._box.addWidget(self._area, 1)
        beside = self.notes, self.next, self.again, self.hand_in, self.skip, self.line
        for part in beside:
            self._box.addWidget(part)
        self._box.addLayout(self._foot)
        self.set_theme(theme())

    def _button(self, wanted: object, name: str) -> QPushButton:
        button = named(QPushButton(), name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: wanted.emit())  # type: ignore[attr-defined]
        return button

    def speak(self) -> None:
        """Say what the buttons do, in the language that the player's words have now."""
        words = self._words
        for button, text, tip in (
            (self.close_button, "×", "leave_tip"),
            (self.skip, words("skip_ask"), "skip_tip"),
            (self.back, words("back"), "back_tip"),
            (self.hint, words("hint"), ""),
            (self.on, words("on"), "on_tip"),
            (self.again, words("again"), ""),
            (self.hand_in, words("hand_in"), "hand_in_tip"),
        ):
            button.setText(text)
            button.setToolTip(words(tip) if tip else "")
        self.close_button.setAccessibleName(words("leave"))
        self.notes.speak()
        self.sheet.speak()

    def show_scene(self, shown: Shown) -> None:
        """Show a scene as it is now."""
        words, over = self._words, shown.finished
        self.title.setText(shown.title)
        place = words("place", number=shown.number, count=shown.count)
        self.place.setText(shown.kind)
        self.dots.show_place(shown.number, shown.count, place)
        moved = (shown.scene, over) != self.property("scene")
        self.sheet.show_scene(shown)
        self.notes.show_scene(shown)
        self.line.setText(shown.line)
        self.line.setVisible(bool(shown.line))
        self.back.setEnabled(shown.can_go_back)
        self.on.setVisible(not over)
        self.on.setProperty("ready", shown.can_go_on)
        self.hint.setVisible(not over and bool(shown.hints_left or shown.hints))
        self.hint.setToolTip(words("hint_tip", left=shown.hints_left))
        self.hint.setEnabled(shown.hints_left > 0)
        self.skip.setVisible(shown.can_skip)
        self.next.setVisible(over and bool(shown.next_title))
        self.next.setText(words("next", title=shown.next_title))
        self.again.setVisible(over)
        self.hand_in.setVisible(over)
        if moved:
            self.setProperty("scene", (shown.scene, over))
            self._area.verticalScrollBar().setValue(0)
            self.setAccessibleDescription(shown.text)
        self._dress_on(ready=shown.can_go_on)
        self._fit_words()

    def _dress_on(self, *, ready: bool) -> None:
        """Let the button that leads on look as if it did, or as if something were left to do."""
        name = "Primary" if ready else "lesson_on"
        if self.on.objectName() != name:
            self.on.setObjectName(name)
            self.on.style().unpolish(self.on)
            self.on.style().polish(self.on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for: the title where it is low, words of buttons."""
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        space, words = self._theme().scale.space, self._words
        self.title.setVisible(self.height() >= space(LOW))
        full = words("back"), words("hint"), words("on")
        wordings = full, ("‹", *full[1:]), ("‹", "?", "›")
        room = self.width() - 2 * space(INSIDE)
        fit_buttons((self.back, self.hint, self.on), wordings, room, space(6))

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the width of the window from now on."""
        super().showEvent(event)
        hear(self.window(), [QEvent.Type.Resize], self._window_resized)
        self._fit()

    def _window_resized(self, window: QObject, _event: QEvent) -> bool:
        """Be as wide as suits the window."""
        if window is self.window():
            self._fit()
        return False

    def _fit(self) -> None:
        if self.width() != (wanted := self.wanted_width(self._theme())):
            self.setFixedWidth(wanted)

    def changeEvent(self, event: QEvent) -> None:
        """Take on another theme with the window."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.set_theme(self._theme())

    def set_theme(self, theme: Theme) -> None:
        """Take on colours and sizes."""
        if theme == self.property("theme_worn"):
            return
        self.setProperty("theme_worn", theme)
        space, scale = theme.scale.space, theme.scale
        self._box.setContentsMargins(space(INSIDE), space(10), space(INSIDE), space(10))
        self._box.setSpacing(space(8))
        for row in (self._where, self._foot):
            row.setSpacing(space(6))
        self.title.setFont(scale.font(self.font(), Step.HEADING, bold=True))
        for label in (self.place, self.line):
            label.setFont(scale.font(self.font(), Step.LABEL))
            label.setStyleSheet(f"color: {theme.dim}; background: transparent;")
        self.title.setStyleSheet(f"color: {theme.text}; background: transparent;")
        self.dots.set_theme(theme)
        self.sheet.set_theme(theme, Step.BODY)
        self.setStyleSheet(
            f"#lesson_panel {{ background: {theme.panel}; border-radius: {space(9)}px; }}"
            f"#lesson_sheet {{ background: transparent; }}"
        )
        self.notes.dress()
        self._area.setStyleSheet(styles.thin_scroll_bar(theme))
        self.setFixedWidth(self.wanted_width(theme))

    def wanted_width(self, theme: Theme) -> int:
        """Return how wide it is: never too large a part of its window."""
        window = self.window()
        widest = round(SHARE * window.width()) if window is not self else 10_000
        return min(theme.scale.space(WIDTH), max(widest, 200))


class LessonBar(QToolBar):
    """Holds the panel at the left of a window; no hand moves or closes it."""

    def __init__(self, panel: QWidget, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("lesson_bar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self.addWidget(panel)

    def leave_gap(self, gap: int) -> None:
        """Leave so many pixels to the panels beside it."""
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(0, 0, gap, 0)
        self.setStyleSheet(
            "#lesson_bar { border: none; background: transparent; padding: 0; margin: 0; }"
        )

    def minimumSizeHint(self) -> QSize:
        """Need the panel's width, and no height: what has no room in it scrolls."""
        return QSize(super().minimumSizeHint().width(), 0)
