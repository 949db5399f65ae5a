"""The parts of the race view and where they stand: head, drawing, table, controls.

The drawing stands beside the table, or above it in a narrow column. Which
network a race is on stands in the head, or in a line of its own below it.
"""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from nnviz.engine.race.descent import all_racers
from nnviz.engine.race.valleys import VALLEYS
from nnviz.views.palette import DARK, Theme
from nnviz.views.race.controls import RaceControls
from nnviz.views.race.curve import RaceCurve
from nnviz.views.race.map import RaceMap
from nnviz.views.race.planes import PLANES
from nnviz.views.race.table import COLUMN, LEAST, TALL, RaceTable
from nnviz.views.surface3d import gl_context as gl_probe
from nnviz.views.surface3d.colours import grey
from nnviz.views.view import View

MODES = ("2-D", "3-D")
LOW = 230
"""Height in pixels below which the controls have one row only."""
ROWS = 15.2
"""Height that the table needs, in units of the letters' size, for rows with both their lines."""
NO_GL = "No OpenGL here: the map shows the same race."


class RaceFrame(View):
    """The parts, made and placed.

    Attributes:
        chooser: the list of surfaces.
        formula: says what the surface is.
        derivatives: says how steep it is, where that is known and there is room.
        now: takes the plane of this moment.
        map, curve: the drawings of two weights and of one.
        scene: the 3-D drawing, None without OpenGL.
        message: stands where nothing can be drawn.
        reading: tells of the racer that is selected.
        modes: the buttons of the drawings.
        table, controls: the race in numbers, and what it is steered with.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = DARK
        self.chooser = QComboBox(self)
        self.chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for valley in VALLEYS.values():
            tip = f"{valley.formula}\n{valley.remark}"
            self._add_surface(valley.label, valley.name, tip)
        self.chooser.insertSeparator(self.chooser.count())
        for kind, (label, tip) in PLANES.items():
            self._add_surface(label, kind, tip)
        self.formula = QLabel(self)
        self.derivatives = QLabel(self)
        self.now = QPushButton("now", self)
        self.now.setToolTip("Cut the plane again, through the network as it is at this moment")
        self.now.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.map = RaceMap(self)
        self.curve = RaceCurve(self)
        self.scene: Any = None
        shared = gl_probe.shared_gl()
        if shared is not None:
            from nnviz.views.surface3d.scene import ReliefScene

            self.scene = ReliefScene(shared, self, most=len(all_racers()))
            self.scene.look_from(52.0)  # from higher up, over the walls of a narrow valley
        else:
            self.map.setToolTip(f"{self.map.toolTip()}\n{NO_GL}")
        self.message = QLabel(self)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.hide()
        self.reading = QLabel(self)
        self.modes = {name: QPushButton(name, self) for name in MODES}
        for name, button in self.modes.items():
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("mode", name)
        self.table = RaceTable(self)
        self.controls = RaceControls(self)

    def _add_surface(self, label: str, data: str, tip: str) -> None:
        self.chooser.addItem(label, data)
        self.chooser.setItemData(self.chooser.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def sizeHint(self) -> QSize:
        """Return the size at which it stands in the right column."""
        return QSize(460, 320)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which it can be used; all is said from 340×300 on."""
        return QSize(300, 170)

    def unit(self) -> int:
        """Return the size of letters in pixels, which everything else follows."""
        return round(min(max(min(self.width() / 34, self.height() / 23), 11), 30))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.update()
        for part in (self.map, self.curve, self.table, self.controls):
            part.set_theme(theme)
        if self.scene is not None:
            self.scene.set_theme(theme)
            self.scene.set_tint(grey(theme))
        self.style_parts()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the ground: a palette of its own would be lost to the application's style sheet."""
        QPainter(self).fillRect(event.rect(), QColor(self._theme.panel))

    def style_parts(self) -> None:
        """Colour the parts that are Qt's own; the arrow of the list follows the letters."""
        theme, unit = self._theme, self.unit()
        style = (
            f"QPushButton, QComboBox {{ background: {theme.raised}; color: {theme.text};"
            f" border: 1px solid {theme.line}; border-radius: 4px; padding: 0px 5px;"
            f" min-height: 0px; }}"
            f"QPushButton:hover, QComboBox:hover {{ border-color: {theme.dim}; }}"
            f"QPushButton:disabled {{ color: {theme.dim}; background: {theme.panel}; }}"
            f"QPushButton:checked {{ background: {theme.text}; color: {theme.panel}; }}"
            f"QComboBox::drop-down {{ width: {round(1.4 * unit)}px; }}"
            f"QComboBox::down-arrow {{ width: {round(0.7 * unit)}px;"
            f" height: {round(0.7 * unit)}px; }}"
        )
        for button in (self.chooser, self.now, *self.modes.values()):
            button.setStyleSheet(style)
        self.formula.setStyleSheet(f"color: {theme.text};")
        for label in (self.derivatives, self.reading, self.message):
            label.setStyleSheet(f"color: {theme.dim};")

    def arrange(self, titles: tuple[str, ...], mode: str, *, plane: bool) -> None:
        """Place all parts.

        Args:
            titles: what there is to say of the surface, in many words and in few.
            mode: which drawing is seen, "1-D", "2-D" or "3-D"; where a message stands, none.
            plane: whether a plane through the network is chosen.
        """
        unit = self.unit()
        font = QFont(self.font())
        font.setPixelSize(unit)
        font.setFeature(QFont.Tag("tnum"), 1)
        for part in (
            *(self.chooser, self.formula, self.now, self.map, self.curve, self.table),
            *(self.message, *self.modes.values()),
        ):
            part.setFont(font)
        small = QFont(font)
        small.setPixelSize(max(round(0.9 * unit), 10))
        for label in (self.reading, self.derivatives):
            label.setFont(small)
        self.controls.set_low(self.height() < LOW)
        self.controls.set_unit(unit)
        margin, gap, line = 4, max(unit // 3, 3), round(1.85 * unit) + 2
        width = self.width() - 2 * margin
        foot = self.height() - margin - self.controls.height_for(width, unit)
        self.controls.setGeometry(margin, foot, width, self.height() - margin - foot)
        self.controls.arrange()
        box = QRect(margin, margin, width, line)
        top = margin + line + gap
        top += self._arrange_head(box, gap, titles, switch=mode != "1-D", plane=plane)
        tall = QFontMetrics(small).height()
        wanted = QFontMetrics(small).horizontalAdvance(self.derivatives.text())
        there = 0 < wanted <= width and foot - gap - top - tall >= ROWS * unit
        self.derivatives.setVisible(there)
        if there:
            self.derivatives.setGeometry(margin, top - gap // 2, width, tall)
            top += tall
        body = QRect(margin, top, width, foot - gap - top)
        self._arrange_body(body, gap, tall, mode)

    def _arrange_head(
        self, box: QRect, gap: int, titles: tuple[str, ...], *, switch: bool, plane: bool
    ) -> int:
        """Place the head; return how many pixels it needs below its box."""
        metrics, unit = QFontMetrics(self.chooser.font()), self.unit()
        right = box.right() + 1
        buttons = [*reversed(self.modes.values()), self.now]
        for button in buttons:
            there = plane if button is self.now else switch and self.scene is not None
            button.setVisible(there)
            if there:
                wide = metrics.horizontalAdvance(button.text()) + unit
                right -= wide
                button.setGeometry(right, box.top(), wide, box.height())
                right -= gap if button in (self.now, buttons[-2]) else 0
        labels = [valley.label for valley in VALLEYS.values()]
        if plane:
            labels = [label for label, _ in PLANES.values()]
        longest = max(metrics.horizontalAdvance(label) for label in labels)
        more = max(round(2.4 * unit), round(1.4 * unit) + 14)  # padding, and the arrow's room
        chooser = min(longest + more, right - box.left() - gap)
        if plane:  # which moment of the net it is needs room, too: the list gives way to it
            shortest = min(metrics.horizontalAdvance(words) for words in titles)
            own = metrics.horizontalAdvance(self.chooser.currentText()) + more
            chooser = min(chooser, max(own, right - box.left() - 3 * gap - shortest))
        self.chooser.setGeometry(box.left(), box.top(), chooser, box.height())
        left = box.left() + chooser + 2 * gap
        room = right - gap - left
        fitting = [words for words in titles if metrics.horizontalAdvance(words) <= room]
        beside = QRect(left, box.top(), max(room, 0), box.height())
        below = 0
        if plane and self.height() >= LOW and fitting[:1] not in ([t] for t in titles[:3]):
            # Of which network this is must be said in full: in a line of its own.
            room, below = box.width(), metrics.height()
            fitting = [words for words in titles if metrics.horizontalAdvance(words) <= room]
            beside = QRect(box.left(), box.bottom() + 2, box.width(), below)
        self.formula.setText(fitting[0] if fitting else "")
        self.formula.setVisible(bool(fitting))
        self.formula.setGeometry(beside)
        return below

    def _arrange_body(self, body: QRect, gap: int, tall: int, mode: str) -> None:
        """Place the drawing with its reading, and the table."""
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
        told = bool(self.message.text())
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
