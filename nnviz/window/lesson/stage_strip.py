"""The lesson's strip on the stage: a quarter of its height, in letters for the back row.

What is said, asked and answered stands side by side. Where that is long, letters become smaller
first, though never too small for the back row; then the strip grows, up to a third.
"""

from dataclasses import replace
from functools import cache, partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step, seen_height
from nnviz.window.lesson.dividing import WHOLE, Division, divide
from nnviz.window.lesson.dots import Dots
from nnviz.window.lesson.sheet import Sheet, scrolled
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.stage_rail import StageRail
from nnviz.window.lesson.words import Words

SHARE, MOST, LAST = 0.25, 1 / 3, 0.5
"""Its usual share of the stage's height, its largest, and that while hands are counted, which
fingers do, and of what would be cut off else."""
TRIES = (
    (Step.BODY, SHARE),
    (Step.LABEL, SHARE),
    (Step.LABEL, MOST),
    (Step.CAPTION, MOST),
    (Step.CAPTION, LAST),
)
"""What is tried in turn until all has room: letters, and a share of the height."""
SIDES, ABOVE, BELOW, APART = 8, 4, 3, 10
"""Margins at the sides, above and below, and what is between two parts, at a factor of 1."""
_WHOLLY = Qt.AspectRatioMode.KeepAspectRatio
_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_AS_NEEDED = Qt.ScrollBarPolicy.ScrollBarAsNeeded
_SMOOTHLY = Qt.TransformationMode.SmoothTransformation
PICTURE = 0.3
"""Largest share of the width that a picture has."""


class StageStrip(QFrame):
    """Shows what is said, what is asked, and what is said of the answer, side by side.

    Attributes:
        said: the scene's text, and what was predicted.
        asked: the question, and what takes the answer.
        judged: feedback and hints.
        rail: leads on and back by touch.
        share: the share of the stage's height that it needs now.

    Signals:
        answered(object): an answer, as `AnswerWidget` gives it.
        grown(): it needs another share of the stage's height.
    """

    answered = Signal(object)
    grown = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        named(self, "lesson_strip", said="Lesson")
        self._words = words
        self._said_last: tuple[object, ...] = ("", ())
        self.share = SHARE
        self._theme: Theme | None = None
        self._shown: Shown | None = None
        self._shape: tuple[object, ...] = ()
        self._try = 0
        self._division = Division(1, (WHOLE,), 0.0)
        self.said, self.asked, self.judged = (Sheet(words, brief=True) for _ in range(3))
        self._sheets = self.said, self.asked, self.judged
        self.asked.answered.connect(self.answered)
        self._areas = [scrolled(sheet) for sheet in self._sheets]
        self.dots, self.line = Dots(), named(QLabel(wordWrap=True), "lesson_line")
        self.picture = named(QLabel(), "lesson_picture")
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._areas[0], 1)
        self._below = QHBoxLayout()
        self._below.addWidget(self.dots, 1)
        self._below.addWidget(self.line, 3)
        box.addLayout(self._below)
        self._box, self._row = box, QHBoxLayout(self)
        self._columns: tuple[QWidget, ...] = (left, *self._areas[1:])
        for column in self._columns:  # the places are the same whatever stands in them
            column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            self._row.addWidget(column)
        self._row.addWidget(self.picture)
        self.rail = StageRail(words)
        self.rail.answered.connect(self.answered)
        self._row.addWidget(self.rail)
        self._coming = QTimer(self, singleShot=True, interval=0)
        self._coming.timeout.connect(self._bring_last_into_sight)

    def show_scene(self, shown: Shown) -> None:
        """Show a scene as it is now."""
        self._shown = shown
        self.rail.show_scene(shown)
        place = self._words("place", number=shown.number, count=shown.count)
        self.dots.show_place(shown.number, shown.count, place)
        self.line.setText(shown.line or f"{shown.kind}  ·  {shown.title}")
        bare = replace(shown, picture=None)
        self.said.show_scene(
            replace(bare, asked=None, feedback="", right=None, hints=(), hands=None)
        )
        unsaid = replace(bare, text="", prediction="", sliders=())
        self.asked.show_scene(replace(unsaid, feedback="", hints=(), hands=None))
        self.asked.feedback.say("", "")  # it stands beside
        self.judged.show_scene(replace(unsaid, asked=None))
        self._fit()
        if self._said_last != (said_last := (shown.feedback, shown.hints)):
            self._said_last = said_last
            self._coming.start()  # once it is laid out

    def speak(self) -> None:
        """Say everything anew, in another language, with the next scene that is shown."""
        self._shape = ()
        for sheet in self._sheets:
            sheet.speak()

    def _bring_last_into_sight(self) -> None:
        """Scroll to the last hint, or the feedback, where that is longer than any room."""
        for label in (*reversed(self.judged.hints), self.judged.feedback):
            if label.isVisible():
                self._areas[2].ensureWidgetVisible(label, 0, 0)
                return

    # -- room -------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Give everything room: nothing jumps while a scene is on, and what stands stays."""
        stage, shown, theme = self.parentWidget(), self._shown, self._theme
        if stage is None or shown is None or theme is None:
            return
        height = round(seen_height(stage.height(), stage.devicePixelRatioF()))
        asked = shown.asked
        counting = asked is not None and bool(asked.hands) and asked.answer is None
        least = LAST if counting else SHARE
        scene = shown.scene, shown.finished, counting, stage.width(), height, theme
        shape = (
            *scene,
            *(asked is not None and (asked.kind, asked.skips, asked.answer is None, asked.right),),
            *(bool(shown.feedback), shown.right, len(shown.hints), bool(shown.prediction)),
            bool(shown.hands),
        )
        same = scene == self._shape[: len(scene)]
        if shape == self._shape and self._needed() <= self.share * height:
            return
        if not same:
            self._show_picture(stage.width(), height)
        self._shape = shape
        for attempt in range(self._try if same else 0, len(TRIES)):
            step, most = TRIES[attempt]
            self._set_step(theme, step)
            self._divide(least * height - self._margins())
            if (needed := self._needed()) <= (most := max(most, least)) * height:
                break
        self._try = attempt
        for area in self._areas:  # a bar that comes and goes takes width, and so is needed for ever
            area.setVerticalScrollBarPolicy(_OFF if needed <= most * height else _AS_NEEDED)
        share = max(least, min(needed / height, most), self.share if same else 0.0)
        if share != self.share:
            self.share = share
            self.grown.emit()

    @property
    def _parts(self) -> list[int]:
        """The places of the sheets on which something stands."""
        shown = self._shown
        assert shown is not None
        judged = bool(shown.feedback or shown.hints or shown.hands) or shown.right is not None
        stands = True, shown.asked is not None, judged
        return [place for place, stand in enumerate(stands) if stand]

    def _margins(self) -> int:
        margins = self._row.contentsMargins()
        return margins.top() + margins.bottom()

    def _width(self, twelfths: int) -> int:
        """Return the width of a part that has so many twelfths."""
        stage, margins = self.parentWidget(), self._row.contentsMargins()
        assert stage is not None
        free = stage.width() - margins.left() - margins.right()
        free -= self.rail.width()
        gaps = len(self._parts)
        if not self.picture.isHidden():
            free -= self.picture.pixmap().width()
            gaps += 1
        return (free - gaps * self._row.spacing()) * twelfths // WHOLE - 1

    def _height(self, place: int, twelfths: int) -> float:
        """Return the height of a part that has so many twelfths of the width."""
        width = self._width(twelfths)
        high = self._sheets[place].height_in(width)
        if place == 0:
            high += self._box.spacing() + self._below.heightForWidth(width)
        return high

    def _needed(self) -> float:
        """Return the height that it needs as it is divided now."""
        parts = zip(self._parts, self._division.shares, strict=True)
        return self._margins() + max(self._height(*part) for part in parts)

    def _divide(self, room: float) -> None:
        """Divide the width anew, for a height."""
        answer, parts = self.asked.answer, self._parts

        def heights(columns: int) -> list[partial[float]]:
            if answer is not None:
                answer.stand_in(columns)
            return [partial(cache(self._height), place) for place in parts]

        columns = (1,) if answer is None else answer.columns
        self._division = division = divide(len(parts), columns, heights, room)
        if answer is not None:
            answer.stand_in(division.columns)
        for place, column in enumerate(self._columns):
            column.setVisible(place in parts)
            share = division.shares[parts.index(place)] if place in parts else 0
            self._row.setStretch(place, share)

    def _show_picture(self, width: int, height: int) -> None:
        """Show the scene's picture at the right, as high as there is room."""
        assert self._shown is not None
        path = self._shown.picture
        pixmap = QPixmap() if path is None else QPixmap(str(path))
        if not pixmap.isNull():
            high = round(SHARE * height) - self._margins()
            pixmap = pixmap.scaled(round(PICTURE * width), high, _WHOLLY, _SMOOTHLY)
        self.picture.setPixmap(pixmap)
        self.picture.setVisible(not pixmap.isNull())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide another width anew."""
        super().resizeEvent(event)
        self._fit()

    # -- how it looks -----------------------------------------------------------------------------

    def _set_step(self, theme: Theme, step: Step) -> None:
        for sheet in self._sheets:
            sheet.set_theme(theme, step)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours and sizes of the stage."""
        space, scale = theme.scale.space, theme.scale
        self._theme = theme
        self._row.setContentsMargins(space(SIDES), space(ABOVE), space(SIDES), space(BELOW))
        self._row.setSpacing(space(APART))
        self._box.setSpacing(space(BELOW))
        for sheet, area in zip(self._sheets, self._areas, strict=True):
            sheet.setStyleSheet("#lesson_sheet { background: transparent; }")
            area.setStyleSheet(styles.thin_scroll_bar(theme))
        self._set_step(theme, TRIES[self._try][0])
        self.rail.set_theme(theme)
        self.dots.set_theme(theme)
        self.line.setFont(scale.font(self.font(), Step.CAPTION))
        self.line.setStyleSheet(f"color: {theme.dim}; background: transparent;")
        self.setStyleSheet(f"#lesson_strip {{ background: {theme.ground}; }}")
        self._fit()
