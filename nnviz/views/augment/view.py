"""Augmentation: a dozen variants of one training picture, as training would see it.

The first is the picture as it is. Sliders say how far the others go; while one is
dragged the dozen follows at once, and when it is let go the run goes on with the
new strength. What is typed in the recipe form is shown as well, before it is in force.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.augment import USUAL, strengths
from nnviz.messages.commands import MakeEdit
from nnviz.messages.events import RecipeTyped
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import read_state
from nnviz.views.augment import text
from nnviz.views.augment.picture import DOZEN, AugmentPicture, AugmentState, picture
from nnviz.views.augment.strengths import UNITS, Strengths
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.picture_cache import image_of
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.tile_content import greys_of
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.view import View

ACROSS, DOWN = 26, 22
"""How many letters the view is wide and high where they grow into their room."""
FEWEST_ACROSS, FEWEST_DOWN = 20, 16
"""How many at least, however large letters are wished."""
CAPTION, LINE, BUTTON = 1.3, 1.5, 1.7
"""Height of the words above the dozen and below it, and of buttons, in heights of a letter."""
LEAST = 4.5
"""Height that the dozen keeps where there are words below it, in heights of a letter."""


class AugmentView(View):
    """The dozen, and the sliders below it."""

    _state: AugmentState = AugmentState()
    wished = 380, 360

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe: Recipe | None = None
        self.shown = AugmentPicture()
        self._grid = QRect()
        self._said = QRect()
        self.strengths = Strengths(self)
        self.strengths.moved.connect(self._vary)
        self.strengths.chosen.connect(
            lambda name, value, merge: self.wanted.emit(MakeEdit(name, value, dragging=merge))
        )
        self.another = panel_button("", text.ANOTHER_TIP, self)
        self.another.clicked.connect(self.next_picture)
        self.usual = panel_button("", text.USUAL_TIP, self)
        self.usual.clicked.connect(lambda: self._choose(USUAL))
        self.none = panel_button("", text.ZERO_TIP, self)
        self.none.clicked.connect(lambda: self._choose(dict.fromkeys(UNITS, 0.0)))
        self.set_theme(DARK)

    # -- what comes in --------------------------------------------------------------------------

    def join(self, ports: Ports) -> None:
        """Hear what is typed as well."""
        super().join(ports)
        ports.on(RecipeTyped, self.show_typed)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the data and the recipe in force; a moment with the same ones changes nothing."""
        before, self._snapshot = self._snapshot, snapshot
        same = (
            before is not None
            and before.sample is snapshot.sample
            and before.recipe == snapshot.recipe
        )
        if not same:
            self._show(snapshot.recipe)

    def show_typed(self, typed: RecipeTyped) -> None:
        """Show what a recipe would do that is not in force yet."""
        recipe, shown = typed.recipe, self._recipe
        if self._snapshot is not None and shown is not None and recipe.seed == shown.seed:
            far = (strengths(recipe), recipe.pen_width)
            if far != (strengths(shown), shown.pen_width):
                self._show(recipe)

    def _show(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self.strengths.show_recipe(recipe)

    def _vary(self) -> None:
        """Make the dozen anew."""
        recipe = self._recipe
        if recipe is not None:
            recipe = replace(recipe, **self.strengths.values)  # type: ignore[arg-type]
        self.shown = picture(self._snapshot, recipe, self._state)
        self._arrange()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.setMinimumWidth(theme.scale.space(220))
        self._dress()

    # -- what is chosen -------------------------------------------------------------------------

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show the same training picture again."""
        found = read_state(kept, self._state)
        if found.picture >= 0:
            self._state = found
            self._vary()

    def next_picture(self) -> None:
        """Show another training picture."""
        self._state = AugmentState(self._state.picture + 1)
        self._vary()

    def _choose(self, values: dict[str, float]) -> None:
        for name, value in values.items():
            if value != self.strengths.values[name]:
                self.wanted.emit(MakeEdit(name, value))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show another picture where the dozen is clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self._grid.contains(
            event.position().toPoint()
        ):
            self.next_picture()
        else:
            super().mousePressEvent(event)

    # -- how it looks ---------------------------------------------------------------------------

    def _dress(self) -> None:
        theme, scale, width, height = self._theme, self._theme.scale, self.width(), self.height()
        room = min(
            scale.line(min(width / ACROSS, height / DOWN)),
            min(width / FEWEST_ACROSS, height / FEWEST_DOWN),
        )
        self._letters = sized(self.font(), scale.grown(Step.CAPTION, room, Step.HEADING))
        self.strengths.dress(theme, self._letters)
        low = max(170, scale.space(130)) if self.strengths.columns(width) > 1 else scale.space(170)
        self.setMinimumHeight(low)
        for button in (self.another, self.usual, self.none):
            button.setFont(self._letters)
            button.setStyleSheet(styles.controls(theme))
        self._arrange()
        self.update()

    @property
    def _idle(self) -> bool:
        return not any(self.strengths.values.values())

    def _arrange(self) -> None:
        """Put the sliders at the bottom, buttons above them, and the dozen into the rest."""
        there = self.shown.pictures is not None
        for part in (self.strengths, self.another):
            part.setVisible(there)
        self.usual.setVisible(there and self._idle)
        self.none.setVisible(there and not self._idle)
        if not there:
            return
        unit, width, height = self._letters.pixelSize(), self.width(), self.height()
        needed = self.strengths.height_for(width)
        bottom = height - needed
        self.strengths.arrange(QRect(0, bottom, width, needed))
        high = round(BUTTON * unit)
        bottom -= high + unit // 2
        buttons, left = (self.another, self.usual, self.none), 0
        fit_buttons(buttons, text.BUTTONS, width, unit // 2)
        for button in buttons:
            if not button.isHidden():
                wide = button.sizeHint().width()
                button.setGeometry(left, bottom, wide, high)
                left += wide + unit // 2
        bottom -= unit // 3
        line, self._said = round(LINE * unit), QRect()
        if self._idle and bottom - line > LEAST * unit:  # each slider says none, too
            bottom -= line
            self._said = QRect(0, bottom, width, line)
        self._grid = QRect(0, 0, width, max(bottom - unit // 4, 1))

    def boxes(self) -> list[QRectF]:
        """Return where each of the dozen stands, without the words below the first."""
        room, unit = self._grid.adjusted(1, 0, -2, 0), self._letters.pixelSize()
        gap, caption = 0.4 * unit, CAPTION * unit
        best, columns = 0.0, 1
        for count in (12, 6, 4, 3, 2):
            rows = DOZEN // count
            side = min(
                (room.width() - (count - 1) * gap) / count,
                (room.height() - caption - (rows - 1) * gap) / rows,
            )
            if side > best:
                best, columns = side, count
        rows = DOZEN // columns
        left = 1 + (room.width() - columns * best - (columns - 1) * gap) / 2
        pitch = best + gap
        return [
            QRectF(left + at % columns * pitch, caption + at // columns * pitch, best, best)
            for at in range(columns * rows)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dozen, and what there is to say."""
        theme, painter = self._theme, QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setFont(self._letters)
        painter.setPen(QColor(theme.dim))
        pictures = self.shown.pictures
        if pictures is None:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self.shown.said)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        boxes, line = self.boxes(), theme.scale.line
        for box, greys in zip(boxes, greys_of(pictures, pictures.shape[1:]), strict=True):
            painter.drawImage(box, image_of(greys))
            painter.setPen(QPen(QColor(theme.line), line(1)))
            painter.drawRect(box)
        painter.setPen(QPen(QColor(theme.now), line(2)))
        painter.drawRect(boxes[0])
        self._paint_words(painter, boxes[0])

    def _paint_words(self, painter: QPainter, first: QRectF) -> None:
        theme, unit = self._theme, self._letters.pixelSize()
        metrics, width = QFontMetricsF(self._letters), self._grid.width()
        named = metrics.horizontalAdvance(text.ORIGINAL) + 0.6 * unit
        caption = fullest(self.shown.captions, self._letters, width - named)
        room = width - named - metrics.horizontalAdvance(caption) - 1
        left = max(min(first.left(), room), 0.0)
        line = QRectF(left, 0, width - left, CAPTION * unit)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(theme.now))
        painter.drawText(line, flags, text.ORIGINAL)
        line.setLeft(left + named)
        painter.setPen(QColor(theme.dim))
        painter.drawText(line, flags, caption)
        if not self._said.isNull():
            painter.drawText(self._said, flags, fullest(text.NOTHING, self._letters, width))
