"""Augmentation: a dozen variants of one training picture, as training would see it.

The first is the picture as it is. Sliders say how far the others go; while one is
dragged the dozen follows at once, and when it is let go the run goes on with the
new strength. What is typed in the recipe form is shown as well, before it is in force.
"""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.engine.notation import example_name
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.training.augment import USUAL, strengths, variants
from nnviz.messages.commands import MakeEdit
from nnviz.messages.events import RecipeTyped
from nnviz.messages.ports import Ports
from nnviz.views.augment.strengths import UNITS, Strengths
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec

DOZEN = 12
"""Pictures shown, the original among them."""
WAITING = "Waiting for the first training picture…"
NO_PICTURES = "These examples are no pictures, so there is nothing to move, turn or warp."
NOTHING = "All strengths are 0: every picture is trained on as it is."


class AugmentView(View):
    """The dozen, and the sliders below it.

    Attributes:
        pictures: what is shown, (12, rows, columns); None where there are no pictures.
        index: which training example it is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(220, 170)
        self._theme = DARK
        self._snapshot: Snapshot | None = None
        self._shown: Recipe | None = None
        self.index = 0
        self.pictures: Array | None = None
        self._grid = QRect()
        self._said = QRect()
        self.strengths = Strengths(self)
        self.strengths.moved.connect(self._vary)
        self.strengths.chosen.connect(
            lambda name, value, merge: self.edit_requested.emit(
                MakeEdit(name, value, dragging=merge)
            )
        )
        self.another = self._button("another picture", "Show the next training picture")
        self.another.clicked.connect(self.next_picture)
        self.usual = self._button(
            "try the usual strengths",
            "Change all six from here on; each is a change of its own that undo takes back",
        )
        self.usual.clicked.connect(lambda: self._choose(USUAL))
        self.none = self._button("set all to 0", "Train on pictures as they are from here on")
        self.none.clicked.connect(lambda: self._choose(dict.fromkeys(UNITS, 0.0)))
        self.set_theme(DARK)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def sizeHint(self) -> QSize:
        """Ask for a panel's usual room."""
        return QSize(380, 360)

    # -- what comes in --------------------------------------------------------------------------

    def join(self, ports: Ports) -> None:
        """Hear what is typed as well."""
        super().join(ports)
        ports.on(RecipeTyped, self._recipe_typed)

    def _recipe_typed(self, typed: RecipeTyped) -> None:
        self.show_typed(typed.recipe)

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

    def show_typed(self, recipe: Recipe) -> None:
        """Show what a recipe would do that is not in force yet."""
        shown = self._shown
        if self._snapshot is not None and shown is not None and recipe.seed == shown.seed:
            far = (strengths(recipe), recipe.pen_width)
            if far != (strengths(shown), shown.pen_width):
                self._show(recipe)

    def _show(self, recipe: Recipe) -> None:
        self._shown = recipe
        self.strengths.show_recipe(recipe)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self._style()

    # -- what is asked for ----------------------------------------------------------------------

    def next_picture(self) -> None:
        """Show another training picture."""
        self.index += 1
        self._vary()

    def _choose(self, values: dict[str, float]) -> None:
        for name, value in values.items():
            if value != self.strengths.values[name]:
                self.edit_requested.emit(MakeEdit(name, value))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show another picture where the dozen is clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self._grid.contains(
            event.position().toPoint()
        ):
            self.next_picture()
        else:
            super().mousePressEvent(event)

    # -- the dozen ------------------------------------------------------------------------------

    def _vary(self) -> None:
        """Make the dozen anew."""
        self.pictures = None
        snapshot, recipe = self._snapshot, self._shown
        if snapshot is not None and recipe is not None:
            shape = snapshot.image_shape
            examples = None if snapshot.sample is None else snapshot.sample.x_train
            if examples is not None and shape is not None and len(examples):
                self.index %= len(examples)
                picture = examples[self.index]
                changes = {name: self.strengths.values[name] for name in UNITS}
                wanted = replace(recipe, **changes)  # type: ignore[arg-type]
                varied = variants(wanted, picture, shape, DOZEN - 1)
                self.pictures = np.concatenate((picture.reshape(1, *shape), varied))
        self._arrange()
        self.update()

    @property
    def _idle(self) -> bool:
        return not any(self.strengths.values.values())

    # -- how it looks ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let letters and places follow the size."""
        super().resizeEvent(event)
        self._style()

    def _style(self) -> None:
        theme = self._theme
        font = QFont(self.font())
        font.setPixelSize(round(min(max(min(self.width() / 26, self.height() / 22), 11), 22)))
        font.setFeature(QFont.Tag("tnum"), 1)
        self._letters = font
        self.strengths.dress(theme, font)
        for button in (self.another, self.usual, self.none):
            button.setFont(font)
            button.setStyleSheet(
                f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px"
                f" solid {theme.line}; border-radius: 5px; padding: 0; min-height: 0; }}"
                f"QPushButton:hover {{ border-color: {theme.dim}; }}"
            )
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        """Put the sliders at the bottom, buttons above them, and the dozen into the rest."""
        parts = (self.strengths, self.another, self.usual, self.none)
        for part in parts:
            part.setVisible(self.pictures is not None)
        if self.pictures is None:
            return
        unit, width, height = self._letters.pixelSize(), self.width(), self.height()
        needed = self.strengths.height_for(width)
        bottom = height - needed
        self.strengths.arrange(QRect(0, bottom, width, needed))
        high = round(1.7 * unit)
        bottom -= high + unit // 2
        metrics, left = QFontMetricsF(self._letters), 0
        self.usual.setVisible(self._idle)
        self.none.setVisible(not self._idle)
        for button in (self.another, self.usual if self._idle else self.none):
            wide = round(metrics.horizontalAdvance(button.text()) + 1.4 * unit)
            button.setGeometry(left, bottom, wide, high)
            left += wide + unit // 2
        bottom -= unit // 3
        if self._idle:
            line = round(1.5 * unit)
            bottom -= line
            self._said = QRect(0, bottom, width, line)
        self._grid = QRect(0, 0, width, max(bottom - unit // 4, 1))

    def boxes(self) -> list[QRectF]:
        """Return where each of the dozen stands, without the words below the first."""
        room, unit = self._grid.adjusted(1, 0, -2, 0), self._letters.pixelSize()
        gap, caption = 0.4 * unit, 1.3 * unit
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
        if self.pictures is None:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            text = WAITING if self._snapshot is None else NO_PICTURES
            painter.drawText(self.rect(), int(flags), text)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        levels = np.ascontiguousarray(np.rint(255 * np.clip(self.pictures, 0, 1)), np.uint8)
        rows, columns = levels.shape[1:]
        boxes = self.boxes()
        for box, picture in zip(boxes, levels, strict=True):
            image = QImage(
                picture.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8
            )
            painter.drawImage(box, image)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(box)
        painter.setPen(QPen(QColor(theme.now), 2))
        painter.drawRect(boxes[0])
        self._paint_words(painter, boxes[0])

    def _paint_words(self, painter: QPainter, first: QRectF) -> None:
        theme, unit = self._theme, self._letters.pixelSize()
        metrics = QFontMetricsF(self._letters)
        head = "the original"
        shown = example_name(self.index, picture=True, part="training")
        rest = f"and {DOZEN - 1} variants of {shown}"
        named = metrics.horizontalAdvance(head) + 0.6 * unit
        room = self._grid.width() - named - metrics.horizontalAdvance(rest) - 1
        left = max(min(first.left(), room), 0.0)
        line = QRectF(left, 0, self._grid.width() - left, 1.3 * unit)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(theme.now))
        painter.drawText(line, flags, head)
        line.setLeft(left + named)
        painter.setPen(QColor(theme.dim))
        painter.drawText(
            line, flags, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, line.width())
        )
        if self._idle:
            text = metrics.elidedText(NOTHING, Qt.TextElideMode.ElideRight, self._said.width())
            painter.drawText(self._said, flags, text)


SPEC = ViewSpec("augment", "Augmentation", "right", AugmentView, rate=4.0, open=False)
