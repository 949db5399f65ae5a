"""The parts of the race view and where they stand: head, drawing, table, controls.

The drawing stands beside the table, or above it in a narrow column. Which
network a race is on stands in the head, or in a line of its own below it.
"""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from nnviz.engine.race.descent import all_racers
from nnviz.engine.race.valleys import VALLEYS
from nnviz.views.palette import Theme
from nnviz.views.race.controls import RaceControls
from nnviz.views.race.curve import RaceCurve
from nnviz.views.race.map import RaceMap
from nnviz.views.race.picture import RacePicture
from nnviz.views.race.state import MODES
from nnviz.views.race.table import COLUMN, LEAST, TALL, RaceTable, small_print
from nnviz.views.race.text import FULL_TITLES, NO_GL, NOW, PLANES, START_HERE, TIPS
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls, label
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.surface3d.colours import grey
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.surface3d.panel import ReliefPanel, mode_buttons

ROOM = (308, 130)
"""The size that it has at least, times the factor: it is scrolled, but never sideways."""
ACROSS, UPWARDS = 34, 23
"""So many letters' sizes the panel is wide and high, where they can grow so far."""
LOW = 230
"""Height below which the controls have one row only, in pixels at a factor of 1."""
ROWS = 15.2
"""Height that the table needs, in units of the letters' size, for rows with both their lines."""


class RaceFrame(ReliefPanel):
    """The parts, made and placed."""

    WISHED, SMALLEST = (460, 320), (300, 170)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = self.body
        body.setFocusProxy(self)
        self.chooser = QComboBox(body)
        self.chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for valley in VALLEYS.values():
            tip = f"{valley.formula}\n{valley.remark}"
            self._add_surface(valley.label, valley.name, tip)
        self.chooser.insertSeparator(self.chooser.count())
        for kind, (name, tip) in PLANES.items():
            self._add_surface(name, kind, tip)
        self.formula = QLabel(body)
        self.derivatives = QLabel(body)
        self.now = panel_button("now", NOW, body)
        self.map = RaceMap(body)
        self.curve = RaceCurve(body)
        for drawing in (self.map, self.curve):
            drawing.setCursor(Qt.CursorShape.CrossCursor)
            drawing.setToolTip(START_HERE)
        if self.scene is None:
            self.map.setToolTip(f"{self.map.toolTip()}\n{NO_GL}")
        self.message.hide()
        self.reading = QLabel(body)
        self.modes = mode_buttons({mode: TIPS[mode] for mode in MODES}, body)
        self.table = RaceTable(body)
        self.controls = RaceControls(body)

    def _add_surface(self, label: str, data: str, tip: str) -> None:
        self.chooser.addItem(label, data)
        self.chooser.setItemData(self.chooser.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def make_scene(self, shared: OffscreenGL) -> Any:
        """Return the 3-D drawing, seen from higher up, over the walls of a narrow valley."""
        from nnviz.views.race.scene import RaceScene

        scene = RaceScene(shared, self.body, most=len(all_racers()))
        scene.look_from(52.0)
        return scene

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which it can be used; all is said from 340×300 on."""
        width, height = map(self._theme.scale.space, ROOM)
        return QSize(width, max(self.SMALLEST[1], height))

    def letters(self) -> QFont:
        """Return the letters, which everything else follows."""
        room = min(self.body.width() / ACROSS, self.body.height() / UPWARDS)
        return sized(self.font(), self._theme.scale.grown(Step.CAPTION, room))

    def unit(self) -> int:
        """Return the size of letters in pixels."""
        return self.letters().pixelSize()

    def low(self) -> bool:
        """Tell whether it is so low that the controls have one row only."""
        return self.body.height() < self._theme.scale.space(LOW)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        super().set_theme(theme)
        for part in (self.map, self.curve, self.table, self.controls):
            part.set_theme(theme)
        if self.scene is not None:
            self.scene.set_theme(theme)
            self.scene.set_tint(grey(theme))
        self.style_parts()

    def style_parts(self) -> None:
        """Colour the parts that are Qt's own."""
        style = controls(self._theme, corner=4)
        for button in (self.chooser, self.now, *self.modes.values()):
            button.setStyleSheet(style)
        self.formula.setStyleSheet(label(self._theme, dim=False))
        for said in (self.derivatives, self.reading, self.message):
            said.setStyleSheet(label(self._theme))

    def arrange(self, race: RacePicture, mode: str) -> None:
        """Place all parts, with the drawing "1-D", "2-D" or "3-D" where no message stands."""
        font = self.letters()
        unit, space = font.pixelSize(), self._theme.scale.space
        for part in (
            *(self.chooser, self.formula, self.now, self.map, self.curve, self.table),
            *(self.message, *self.modes.values()),
        ):
            part.setFont(font)
        small = small_print(font, self._theme.scale)
        for said in (self.reading, self.derivatives):
            said.setFont(small)
        self.controls.set_low(self.low())
        self.controls.set_letters(font)
        margin, gap, line = space(4), unit // 3, round(1.85 * unit) + 2
        width, height = self.body.width() - 2 * margin, self.body.height()
        foot = height - margin - self.controls.height_for(width, unit)
        self.controls.setGeometry(margin, foot, width, height - margin - foot)
        self.controls.arrange()
        box = QRect(margin, margin, width, line)
        top = margin + line + gap
        top += self._arrange_head(box, gap, race, switch=mode != "1-D")
        tall = QFontMetrics(small).height()
        wanted = QFontMetrics(small).horizontalAdvance(self.derivatives.text())
        there = 0 < wanted <= width and foot - gap - top - tall >= ROWS * unit
        self.derivatives.setVisible(there)
        if there:
            self.derivatives.setGeometry(margin, top - gap // 2, width, tall)
            top += tall
        body = QRect(margin, top, width, foot - gap - top)
        self._arrange_body(body, gap, tall, mode, told=bool(race.message))

    def _arrange_head(self, box: QRect, gap: int, race: RacePicture, *, switch: bool) -> int:
        """Place the head; return how many pixels it needs below its box."""
        plane, titles = race.plane, race.titles
        metrics, unit = QFontMetrics(self.chooser.font()), self.unit()
        right, around = box.right() + 1, max(unit, self._theme.scale.space(14))
        buttons = [*reversed(self.modes.values()), self.now]
        for button in buttons:
            there = plane if button is self.now else switch and self.scene is not None
            button.setVisible(there)
            if there:
                wide = metrics.horizontalAdvance(button.text()) + around
                right -= wide
                button.setGeometry(right, box.top(), wide, box.height())
                right -= gap if button in (self.now, buttons[-2]) else 0
        labels = [valley.label for valley in VALLEYS.values()]
        if plane:
            labels = [label for label, _ in PLANES.values()]
        longest = max(metrics.horizontalAdvance(label) for label in labels)
        # Padding, and the arrow's room.
        more = max(round(2.4 * unit), self._theme.scale.space(32))
        chooser = min(longest + more, right - box.left() - gap)
        if plane:  # which moment of the net it is needs room, too: the list gives way to it
            shortest = min(metrics.horizontalAdvance(words) for words in titles)
            own = metrics.horizontalAdvance(self.chooser.currentText()) + more
            chooser = min(chooser, max(own, right - box.left() - 3 * gap - shortest))
        self.chooser.setGeometry(box.left(), box.top(), chooser, box.height())
        left = box.left() + chooser + 2 * gap
        room = right - gap - left
        said = _fitting(titles, metrics, room)
        beside = QRect(left, box.top(), max(room, 0), box.height())
        below = 0
        if plane and not self.low() and (said is None or said >= FULL_TITLES):
            # Of which network this is must be said in full: in a line of its own.
            room, below = box.width(), metrics.height()
            said = _fitting(titles, metrics, room)
            beside = QRect(box.left(), box.bottom() + 2, box.width(), below)
        self.formula.setText("" if said is None else titles[said])
        self.formula.setVisible(said is not None)
        self.formula.setGeometry(beside)
        return below

    def _arrange_body(self, body: QRect, gap: int, tall: int, mode: str, *, told: bool) -> None:
        """Place the drawing with its reading, and the table; or what is told instead."""
        unit, width = self.unit(), body.width()
        if body.height() > 1.6 * width:
            rows = min(round(TALL * unit), body.height() // 2)
            table = QRect(body.left(), body.bottom() + 1 - rows, width, rows)
            drawing = body.adjusted(0, 0, 0, -rows - gap)
        else:
            columns = max((0.46 * width / unit - LEAST) // COLUMN, 0)
            wide = round((LEAST + min(columns, 4) * COLUMN) * unit)
            table = QRect(body.right() + 1 - wide, body.top(), wide, body.height())
            drawing = body.adjusted(0, 0, -wide - gap, 0)
        self.message.setGeometry(body)
        self.message.setVisible(told)
        self.table.setVisible(not told)
        self.reading.setVisible(not told)
        self.controls.setEnabled(not told)
        self.table.setGeometry(table)
        self.reading.setGeometry(drawing.left(), drawing.bottom() + 1 - tall, drawing.width(), tall)
        drawing.setHeight(drawing.height() - tall - 2)
        for part, seen in ((self.curve, "1-D"), (self.map, "2-D"), (self.scene, "3-D")):
            if part is not None:
                part.setGeometry(drawing)
                part.setVisible(mode == seen and not told)


def _fitting(texts: tuple[str, ...], metrics: QFontMetrics, room: int) -> int | None:
    """Return which text is the first that fits a width, or None."""
    widths = enumerate(map(metrics.horizontalAdvance, texts))
    return next((place for place, width in widths if width <= room), None)
