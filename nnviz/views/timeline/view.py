"""The timeline: every minibatch of the run on one line, to be dragged to.

Ticks mark epochs, flags mark changes made on the way, small forks below the
line mark where other branches leave it, the ball is now. What has been trained
can be visited again, exactly: by dragging the ball, by a click on the line or a
flag, or by typing a step. A minibatch that is looked at phase by phase shows
its phases below.
"""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import GoTo
from nnviz.messages.events import StepWanted
from nnviz.messages.ports import Ports
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.timeline import text
from nnviz.views.timeline.field import StepField
from nnviz.views.timeline.items import TimelineItems
from nnviz.views.timeline.paint import FLAG, Painting
from nnviz.views.timeline.picture import Group, TimelinePicture, grouped, picture
from nnviz.views.view import View, ViewSpec

DRAG_INTERVAL = 33
"""Fewest milliseconds between two steps asked for while dragging."""
PATIENCE = 1500
"""Milliseconds for which the ball waits where it was let go for the run to come there."""
WIDTH, HEIGHT = 600, 66
LEAST_WIDTH, LEAST_HEIGHT = 240, 62
"""Usual and least size in pixels, at a scale of 1."""
LETTER = 13 / HEIGHT
"""Room of a letter, as a share of the height."""


class TimelineView(View):
    """Shows where training stands and lets it be moved.

    Attributes:
        unit: height of letters in pixels, which everything else follows.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: TimelinePicture | None = None
        self._pressed: QPointF | None = None
        self._dragging = False
        self._wanted: int | None = None
        self._sent: int | None = None
        self._items = TimelineItems(self)
        self.unit = self._theme.scale.px(Step.LABEL)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text.TIMELINE)
        self.field = StepField(self)
        self.field.chosen.connect(self.go_to)
        self._pace = self._timer(DRAG_INTERVAL, self._send_rough)
        self._patience = self._timer(PATIENCE, self._give_up)
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Let a step be typed when that is wanted."""
        super().join(ports)
        ports.on(StepWanted, self.begin_typing)

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(slot)
        return timer

    def sizeHint(self) -> QSize:
        """Return the size at which it stands below the network."""
        space = self._theme.scale.space
        return QSize(space(WIDTH), space(HEIGHT))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Move the ball to this moment."""
        before = self._shown
        self._shown = picture(snapshot, before)
        if before is not None and before.run != snapshot.run:
            self._pressed = self._wanted = None
        if self._wanted == snapshot.step and self._pressed is None:
            self._give_up()
        self.field.show_step(self._shown)
        self._items.told_anew()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes: letters, and with them the height of the strip."""
        self._theme = theme
        space = theme.scale.space
        self.setMinimumSize(space(LEAST_WIDTH), space(LEAST_HEIGHT))
        self.updateGeometry()
        self.field.set_theme(theme)
        self._dress()
        self.update()

    def begin_typing(self, _wanted: StepWanted | None = None) -> None:
        """Let a step be typed."""
        self.field.begin_typing()

    # -- steps and places -----------------------------------------------------------------------

    def end(self) -> int:
        """Return the step at the right end: the end of the epoch being trained."""
        return 1 if self._shown is None else self._shown.end

    @property
    def left(self) -> float:
        """Where the line begins, in pixels."""
        return 1.2 * self.unit

    @property
    def right(self) -> float:
        """Where the line ends, in pixels."""
        return self.field.x() - 0.8 * self.unit

    @property
    def level(self) -> float:
        """How far from the top the line runs, in pixels."""
        return 0.46 * self.height()

    def place_of(self, step: int) -> float:
        """Return where a step stands, in pixels from the left."""
        return self.left + (self.right - self.left) * min(step / self.end(), 1.0)

    def step_at(self, x: float) -> int:
        """Return the step at a place in pixels from the left, among those trained so far."""
        if self._shown is None:
            return 0
        share = (x - self.left) / max(self.right - self.left, 1)
        return min(max(round(share * self.end()), 0), self._shown.reached)

    def flags(self) -> list[Group]:
        """Return the flags above the line."""
        changes = self._shown.changes if self._shown else ()
        return grouped(changes, self.place_of, 1.1 * FLAG * self.unit)

    def forks(self) -> list[Group]:
        """Return the marks below the line, where other branches leave."""
        partings = self._shown.partings if self._shown else ()
        return grouped(partings, self.place_of, 0.5 * self.unit)

    def group_at(self, at: QPointF) -> Group | None:
        """Return the flag or fork under the pointer."""
        unit, near, below = self.unit, self._theme.scale.space(3), at.y() - self.level
        if below < -0.5 * unit:
            hit = [flag for flag in self.flags() if -near <= at.x() - flag.x <= FLAG * unit + near]
        elif 0.35 * unit < below < 1.3 * unit:
            hit = [fork for fork in self.forks() if -near <= at.x() - fork.x <= unit]
        else:
            hit = []
        return hit[-1] if hit else None

    @property
    def shown(self) -> TimelinePicture | None:
        """What is drawn."""
        return self._shown

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: ↑ and ↓ go from flag to flag."""
        return self._items.takes_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the flag or fork before or after."""
        if not self._items.key(event):
            event.ignore()

    # -- dragging -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the ball, or aim at a flag."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._dragging = event.position(), False
        self._patience.stop()
        group = self.group_at(event.position())
        trained = self._shown.reached if self._shown else 0
        aim = min(group.step, trained) if group else self.step_at(event.position().x())
        self._wanted, self._sent = aim, None
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer at display rate."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if not self._dragging:
            # Hands tremble: a click on a flag must not become a drag.
            if abs(event.position().x() - self._pressed.x()) < self._theme.scale.space(3):
                return
            self._dragging = True
        self._wanted = self.step_at(event.position().x())
        self.update()
        if not self._pace.isActive():
            self._send_rough()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End where the pointer was let go."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pace.stop()
        self._pressed = None
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.go_to(wanted)
        self.update()

    def _send_rough(self) -> None:
        if self._pressed is None or self._wanted in (None, self._sent):
            return
        if self._shown is not None and self._shown.reached:
            self._sent = self._wanted
            self.wanted.emit(GoTo(self._wanted, rough=True))
            self._pace.start()

    def go_to(self, step: int) -> None:
        """Go to a step, as on a click."""
        if self._shown is None or not self._shown.reached:
            return
        if step != self._shown.step:
            self._wanted = step
            self._patience.start()
        self.wanted.emit(GoTo(step))
        self.update()

    def _give_up(self) -> None:
        self._patience.stop()
        if self._pressed is None:
            self._wanted = None
            self.update()

    # -- tooltips and drawing -------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Say what a flag or a fork means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            group = self.group_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), group.tip if group else text.TIP, self)
            return True
        return super().event(event)

    def letters(self) -> QFont:
        """Return the font of everything on it."""
        return sized(self.font(), self.unit)

    def _dress(self) -> None:
        """Let letters follow the height, and put the field at the right end."""
        self.unit = self._theme.scale.grown(Step.LABEL, LETTER * self.height())
        space = self._theme.scale.space
        font = self.letters()
        metrics = QFontMetricsF(font)
        self.field.setFont(font)
        wide = round(metrics.horizontalAdvance(text.WIDEST_STEP) + space(16))
        high = round(metrics.height() + space(8))
        left = self.width() - wide - space(2)
        self.field.setGeometry(left, round(self.level - high / 2), wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, ticks, flags, forks, ball and phases."""
        painter = QPainter(self)
        painter.setFont(self.letters())
        painting = Painting(painter, self._theme, self.level)
        painting.ground(self.rect())
        shown = self._shown
        if shown is None:
            painting.words(NO_RUN, self.left, self.right)
            return
        if not shown.reached and shown.phase_row is None:  # both stand below the line
            painting.words(shown.beginning, self.left, self.right)
        now = self.place_of(shown.step if self._wanted is None else self._wanted)
        painting.line(self.left, now, self.place_of(shown.reached), self.right)
        painting.forks(self.forks())
        painting.names(self.flags(), shown.epoch_layout, shown.end, self.place_of, self.right)
        painting.ball(now)
        if shown.phase_row is not None:
            painting.phases(shown.phase_row, now, self.width())


SPEC = ViewSpec(
    "timeline",
    "Timeline",
    "below",
    TimelineView,
    gestures=(
        ("Drag the ball, or click", "Goes to any minibatch trained so far, exactly."),
        ("Point at a flag", "Says what was changed there; ↑ and ↓ go from flag to flag."),
        ("Type a step or an epoch at the right", "Goes there."),
    ),
)
