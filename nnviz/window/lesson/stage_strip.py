"""The lesson's strip on the stage: a quarter of its height, in letters for the back row."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.dots import Dots
from nnviz.window.lesson.sheet import Sheet, scrolled
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.words import Words

SHARE, COUNTING = 0.25, 0.5
"""Its share of the stage's height, and while hands are counted, which fingers do."""
BESIDE, BESIDE_COUNTING = (58, 42), (35, 65)
"""How its width is divided between what is said and what is asked, usually and then."""


def share_of(shown: Shown) -> float:
    """Return its share of the height for a scene as it is now."""
    asked = shown.asked
    return COUNTING if asked and asked.hands and asked.answer is None else SHARE


class StageStrip(QFrame):
    """Shows what is said at the left, and what is asked and answered at the right.

    Signals:
        answered(object): an answer, as `AnswerWidget` gives it.
    """

    answered = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        named(self, "lesson_strip", said="Lesson")
        self._words = words
        self._said_last: tuple[object, ...] = ("", ())
        self.said, self.asked = Sheet(words), Sheet(words)
        self.asked.answered.connect(self.answered)
        self._areas = scrolled(self.said), scrolled(self.asked)
        self.dots, self.line = Dots(), named(QLabel(wordWrap=True), "lesson_line")
        left = QVBoxLayout()
        left.addWidget(self._areas[0], 1)
        below = QHBoxLayout()
        below.addWidget(self.dots, 1)
        below.addWidget(self.line, 3)
        left.addLayout(below)
        self._row = QHBoxLayout(self)
        self._row.addLayout(left, BESIDE[0])
        self._row.addWidget(self._areas[1], BESIDE[1])
        for area in self._areas:  # the places are the same whatever stands in them
            area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._coming = QTimer(self, singleShot=True, interval=0)
        self._coming.timeout.connect(self._bring_last_into_sight)

    def show_scene(self, shown: Shown) -> None:
        """Show a scene as it is now."""
        place = self._words("place", number=shown.number, count=shown.count)
        self.dots.show_place(shown.number, shown.count, place)
        self.line.setText(shown.line or f"{shown.kind}  ·  {shown.title}")
        self.said.show_scene(
            replace(shown, asked=None, feedback="", right=None, hints=(), hands=None)
        )
        self.asked.show_scene(replace(shown, text="", picture=None, prediction=""))
        aside = bool(shown.asked or shown.feedback or shown.hints or shown.hands)
        self._areas[1].setVisible(aside)
        beside = BESIDE if share_of(shown) == SHARE else BESIDE_COUNTING
        for part, stretch in enumerate(beside):
            self._row.setStretch(part, stretch)
        if self._said_last != (said_last := (shown.feedback, shown.hints)):
            self._said_last = said_last
            self._coming.start()  # once it is laid out

    def _bring_last_into_sight(self) -> None:
        """Scroll to what was said last: a hint, or the feedback."""
        for label in (*reversed(self.asked.hints), self.asked.feedback):
            if label.isVisible():
                self._areas[1].ensureWidgetVisible(label, 0, 0)
                return

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours and sizes of the stage."""
        space, scale = theme.scale.space, theme.scale
        self._row.setContentsMargins(space(8), space(4), space(8), space(3))
        self._row.setSpacing(space(10))
        for sheet in (self.said, self.asked):
            sheet.set_theme(theme, Step.BODY)
            sheet.setStyleSheet("#lesson_sheet { background: transparent; }")
        for area in self._areas:
            area.setStyleSheet(styles.thin_scroll_bar(theme))
        self.dots.set_theme(theme)
        self.line.setFont(scale.font(self.font(), Step.CAPTION))
        self.line.setStyleSheet(f"color: {theme.dim}; background: transparent;")
        self.setStyleSheet(f"#lesson_strip {{ background: {theme.ground}; }}")
