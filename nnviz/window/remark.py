"""The remark of the status line: what is wrong, or was changed last; it opens and explains."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.state import FAULTLESS, STOPPED
from nnviz.numbers import integer, write
from nnviz.views.palette import Theme
from nnviz.window.finding_panel import NAMES, FindingPanel

SIGN = "⚠"
AROUND = 14
"""Pixels beside the words, together."""
EDITS = 8
"""Changes of the learning rate that are told at most."""
UNCHANGED = {STOPPED: "stopped early", FAULTLESS: "faultless epoch"}
"""What is said of events in which no learning rate changed."""
OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Remark(QPushButton):
    """A sentence that is a button; where there is little room it is cut, but never to nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("remark")
        self.setFlat(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # A button asks for all its words as the least; this one may be cut.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.panel = FindingPanel(self)
        self.clicked.connect(self.open)
        self._short = ""
        self._around = AROUND
        self._aside = self._waits = False
        self._snapshot: Snapshot | None = None
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Name what is wrong, or what was changed last; the tooltip says all about it."""
        self._snapshot = snapshot
        grave = [finding for finding in snapshot.findings if finding.grave]
        text = short_text = tip = ""
        if grave:
            short_text = f"{SIGN} {NAMES[grave[0].kind]}"
            text = f"{short_text}: {grave[0].remedy}"
            tip = "\n\n".join(f"{f.sentence}.\n→ {f.remedy}" for f in grave)
        elif snapshot.edits:
            last = snapshot.edits[-1]
            changed = f"η {write(last.old)} → {write(last.new)}"
            text = UNCHANGED.get(last.name, changed)
            short_text, tip = text, "\n\n".join(self._changes(snapshot))
        if (text, short_text) != (self.text(), self._short):
            self._short = short_text
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()
        if tip != self.toolTip():
            self.setToolTip(tip)
        self._show_or_hide()

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        self._around = theme.scale.space(AROUND)
        self.panel.set_theme(theme)
        self.updateGeometry()

    def set_aside(self, aside: bool) -> None:
        """Give way to something passing, or come back."""
        self._aside = aside
        self._show_or_hide()

    def wait(self, waits: bool) -> None:
        """Remark on nothing, as while a question of a lesson is open, or on all again."""
        if waits != self._waits:
            self._waits = waits
            if waits:
                self.panel.close()
            self._show_or_hide()

    def open(self) -> None:
        """Explain what is wrong now and offer what helps; nothing where nothing is remarked."""
        snapshot = self._snapshot
        if snapshot is None or not self.text() or self._waits:
            return
        grave = [finding for finding in snapshot.findings if finding.grave]
        if grave:
            self.panel.explain(snapshot.step, grave)
        else:
            self.panel.tell(self._changes(snapshot))
        corner = self.rect().topRight() if self.isVisible() else QPoint(0, 0)
        self.panel.open_above(self.mapToGlobal(corner))

    def _changes(self, snapshot: Snapshot) -> list[str]:
        return [f"step {integer(edit.step)}: {edit.reason}" for edit in snapshot.edits[-EDITS:]]

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self.text()) and not (self._aside or self._waits))

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of the short form at least."""
        return self._room_for(self._short)

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole sentence."""
        return self._room_for(self.text())

    def _room_for(self, text: str) -> QSize:
        width = self.fontMetrics().horizontalAdvance(text) + self._around if text else 0
        return QSize(width, super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Keep the keys that press a button from the window's shortcuts."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.ShortcutOverride and key in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as with Space."""
        if event.key() in OWN_KEYS:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the sentence as there is room for, its end left out."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.contentsRect().width() - self._around + 2
        option.text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, max(room, 0)
        )
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
