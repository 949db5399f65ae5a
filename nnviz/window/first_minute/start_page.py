"""The start page: what one can begin with, beside a network that learns meanwhile."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.dataclass import dataclass
from nnviz.views.palette import Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step

WIDTH, GAP = 340, 12
"""The card's width, and what is left free around it, at a factor of 1."""
DIM = 0.88
"""How far everything but the network steps back."""
TITLE = "Watch a neural network learn"
LIVING = (
    "The network beside this is learning, slowly, in front of you. It is a demonstration: nothing "
    "of it is kept."
)
RESTING = "What is on screen stays as it is."
LEAVE = "Esc leaves this page; Help ▸ Start page brings it back."
RECENT = "Go on where you were"
_MOVES = frozenset({QEvent.Type.Resize, QEvent.Type.Move})
_COMES = frozenset({QEvent.Type.ZOrderChange, QEvent.Type.ChildAdded})
_BACK = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Backtab})
_ON = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Tab})


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One thing to begin with.

    Attributes:
        id: the object name of its button.
        text: what the button says.
        tip: what it does, a sentence.
        do: does it; it is handed the button.
    """

    id: str
    text: str
    tip: str
    do: Callable[[QWidget], object]


class StartPage(QWidget):
    """Covers a window but for the network in it.

    Signals:
        left(): it has been left without a choice.
    """

    left = Signal()

    def __init__(
        self,
        window: QWidget,
        network: QWidget,
        choices: Sequence[Choice],
        recent: Sequence[Choice],
        theme: Callable[[], Theme],
        *,
        living: bool,
    ) -> None:
        """Build it over a window.

        Args:
            window: that it covers.
            network: the part of it that stays in sight.
            choices: to begin with; the first has the keys.
            recent: runs to go on with, the latest first.
            theme: returns the window's colours and sizes; where they change it follows.
            living: True where a demonstration learns.
        """
        super().__init__(window)
        self._window, self._network, self._wanted = window, network, theme
        named(self, "start_page", said=TITLE)
        self.buttons: list[QPushButton] = []
        self._inner = inner = QWidget()
        self._box = box = QVBoxLayout(inner)
        title = named(QLabel(TITLE, wordWrap=True), "start_title")
        words = named(QLabel(LIVING if living else RESTING, wordWrap=True), "Dim")
        box.addWidget(title)
        box.addWidget(words)
        for number, choice in enumerate(choices):
            box.addWidget(self._button(choice, "Primary" if number == 0 else ""))
        if recent:
            box.addWidget(QLabel(RECENT))
        for choice in recent:
            button = self._button(choice, "")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.addWidget(button)
        box.addWidget(named(QLabel(LEAVE, wordWrap=True), "Dim"))
        box.addStretch(1)
        self.card = named(QScrollArea(self), "start_card")
        self.card.setFrameShape(QFrame.Shape.NoFrame)
        self.card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card.setWidgetResizable(True)
        self.card.setWidget(inner)
        # What comes forward does so at once, more than one at a time.
        self._coming = QTimer(self, singleShot=True, interval=0)
        self._coming.timeout.connect(self.keep_in_front)
        self.set_theme(theme())
        for part in (window, network, *window.findChildren(QDockWidget)):
            part.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space, scale = theme.scale.space, theme.scale
        self._box.setContentsMargins(*[space(16)] * 4)
        self._box.setSpacing(space(8))
        self.card.setStyleSheet(
            f"#start_card {{ background: {theme.panel}; border: {space(1)}px solid {theme.dim}; "
            f"border-radius: {space(9)}px; }}"
            f"#start_title {{ font-size: {scale.px(Step.HEADING)}px; font-weight: 700; }}"
        )
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window where that is dressed anew."""
        super().changeEvent(event)
        follows = event.type() == QEvent.Type.StyleChange and hasattr(self, "_theme")
        if follows and (theme := self._wanted()) != self._theme:
            self.set_theme(theme)

    def _button(self, choice: Choice, name: str) -> QPushButton:
        button = named(QPushButton(choice.text), name or choice.id, tip=choice.tip)
        button.setProperty("choice", choice.id)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked=False: choice.do(button))
        self.buttons.append(button)
        return button

    def open(self) -> None:
        """Come in front, with the keys at the first choice."""
        self.show()
        self.raise_()
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Go away."""
        self._coming.stop()
        self._window.removeEventFilter(self)
        self._network.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    # -- where it stands --------------------------------------------------------------------------

    def hole(self) -> QRect:
        """Return where the network is seen."""
        return QRect(self._network.mapTo(self._window, QPoint()), self._network.size())

    def fit(self) -> None:
        """Cover the window, with the card at the side of the network where most room is."""
        self.setGeometry(self._window.rect())
        space, hole, room = self._theme.scale.space, self.hole(), self.rect()
        gap, inner = space(GAP), self._inner
        at_left = hole.left() > room.right() - hole.right()
        free = (hole.left() if at_left else room.right() - hole.right()) - 2 * gap
        width = min(max(space(WIDTH), min(free, space(WIDTH) * 4 // 3)), room.width() - 2 * gap)
        height = inner.heightForWidth(width) if inner.hasHeightForWidth() else 0
        height = max(height, inner.sizeHint().height()) + 2 * space(2)
        size = QSize(width, min(height, room.height() - 2 * gap))
        top = max(min(hole.top(), room.bottom() - gap - size.height()), gap)
        left = max(hole.left() - gap - width, gap) if at_left else room.right() - gap - width
        self.card.setGeometry(QRect(QPoint(left, top), size))
        self.update()

    def keep_in_front(self) -> None:
        """Stay before panels that have come forward since, as where their room has changed."""
        if self._window.children()[-1] is not self:
            self.raise_()
            self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window and the network in it, and stay before panels that come forward."""
        if self.isVisible() and event.type() in _COMES:
            self._coming.start()
        elif watched in (self._window, self._network) and event.type() in _MOVES:
            self.fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let everything but the network step back."""
        painter = QPainter(self)
        painter.setClipRegion(QRegion(event.rect()) - QRegion(self.hole()))
        ground = QColor(self._theme.ground)
        ground.setAlphaF(DIM)
        painter.fillRect(event.rect(), ground)

    # -- keys and mouse ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave by a click on anything behind."""
        event.accept()
        self.left.emit()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: what is behind gets none without Ctrl or Alt."""
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        return not held and not function

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from choice to choice, or leave."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _ON | _BACK:
            self._go(1 if key in _ON else -1)
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go round the choices: what is behind has no keys."""
        self._go(1 if forward else -1)
        return True

    def _go(self, way: int) -> None:
        focused = self._window.focusWidget()
        at = next((n for n, button in enumerate(self.buttons) if button is focused), -way)
        button = self.buttons[(at + way) % len(self.buttons)]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.card.ensureWidgetVisible(button)
