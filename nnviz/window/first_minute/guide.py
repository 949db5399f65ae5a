"""The two-minute guide: a small card beside what it points at; everything else goes on as usual."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.first_minute.guide_steps import STEPS, GuideStep
from nnviz.window.focus_ring import FocusRing

WIDTH, GAP = 330, 10
"""Its width, and the gap to what it points at, at a factor of 1."""


class Guide(QFrame):
    """Points at one thing after the other, as long as somebody wants it to.

    Attributes:
        step: the number of the step that is shown.
    """

    def __init__(
        self,
        window: QWidget,
        find: Callable[[str], QWidget | None],
        theme: Callable[[], Theme],
        steps: Sequence[GuideStep] = STEPS,
    ) -> None:
        """Begin with the first step; `find` returns a part by its name, brought into sight."""
        super().__init__(window)
        self._window, self._find, self._wanted = window, find, theme
        self._steps = steps
        self.step = 0
        named(self, "guide", said="Guide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.ring = FocusRing()
        self._title = named(QLabel(), "guide_title")
        self._words = named(QLabel(wordWrap=True), "guide_words")
        self._count = named(QLabel(), "Dim")
        self._end = self._button("End", "End the guide  [Esc]", self.end)
        self._back = self._button("Back", "What was shown before", self.back)
        self._on = self._button("Next", "What comes next  [Enter]", self.go_on)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        for button in (self._end, self._back, self._on):
            row.addWidget(button)
        self._box = box = QVBoxLayout(self)
        box.addWidget(self._title)
        box.addWidget(self._words)
        box.addLayout(row)
        # What is pointed at may only now be coming into sight.
        self._placing = QTimer(self, singleShot=True, interval=0)
        self._placing.timeout.connect(self._place)
        self._target: QWidget | None = None
        self.set_theme(theme())
        window.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        scale, space = theme.scale, theme.scale.space
        self.ring.set_theme(theme)
        self._box.setContentsMargins(space(16), space(12), space(16), space(12))
        self._box.setSpacing(space(8))
        self.setStyleSheet(
            f"#guide {{ background: {theme.panel}; border: {space(2)}px solid {theme.now}; "
            f"border-radius: {space(9)}px; }}"
            f"#guide_title {{ font-size: {scale.px(Step.HEADING)}px; font-weight: 700; }}"
        )
        self._placing.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window where that is dressed anew."""
        super().changeEvent(event)
        follows = event.type() == QEvent.Type.StyleChange and hasattr(self, "_theme")
        if follows and (theme := self._wanted()) != self._theme:
            self.set_theme(theme)

    def _button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = named(QPushButton(text), tip=tip)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def begin(self) -> None:
        """Point at the first thing; Enter goes on from it."""
        self._show_step(0, 1)
        self._on.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Point at the next thing; after the last one it ends."""
        self._show_step(self.step + 1, 1)

    def back(self) -> None:
        """Point at what was shown before."""
        self._show_step(self.step - 1, -1)

    def end(self) -> None:
        """Go away; the keys are the run's again."""
        self.ring.mark(None)
        self._window.removeEventFilter(self)
        self.hide()
        self._window.setFocus()
        self.deleteLater()

    def _show_step(self, number: int, way: int) -> None:
        """Show a step, or the next one on the way whose target is in the window."""
        while 0 <= number < len(self._steps):
            target = self._find(self._steps[number].target)
            if target is not None:
                break
            number += way
        else:
            if way > 0:
                self.end()
            return
        self.step, self._target = number, target
        step = self._steps[number]
        self._title.setText(step.title)
        self._words.setText(step.sentence)
        self._count.setText(f"{number + 1} of {len(self._steps)}")
        if number == 0 and self._back.hasFocus():
            self._on.setFocus()  # Qt would look for another outside
        self._back.setEnabled(number > 0)
        self._on.setText("Next" if number + 1 < len(self._steps) else "Done")
        self.setAccessibleDescription(f"{step.title}: {step.sentence}")
        self.ring.mark(target)
        self._place()
        self.show()
        self.raise_()
        self._placing.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside what is pointed at."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._placing.start()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None:
            return
        space = self._theme.scale.space
        width = min(space(WIDTH), self._window.width() - 2 * space(GAP))
        self.setFixedWidth(width)
        size = QSize(width, max(self.heightForWidth(width), self.sizeHint().height()))
        corner = target.mapTo(self._window, QPoint()) if self._inside(target) else QPoint()
        around = QRect(corner, target.size())
        self.setGeometry(beside(around, size, self._window.rect(), space(GAP)))

    def _inside(self, target: QWidget) -> bool:
        return self._window.isAncestorOf(target)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: Escape ends it, where the keys are in it."""
        return event.key() == Qt.Key.Key_Escape

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End it with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)


def beside(target: QRect, size: QSize, room: QRect, gap: int) -> QRect:
    """Return where a card of a size stands: beside its target, else inside at its lower end."""
    places = (
        QPoint(target.left(), target.bottom() + gap),
        QPoint(target.right() + gap, target.top()),
        QPoint(target.left() - gap - size.width(), target.top()),
        QPoint(target.left(), target.top() - gap - size.height()),
    )
    for corner in places:
        card = QRect(corner, size)
        card.moveLeft(min(max(card.left(), room.left() + gap), room.right() - gap - card.width()))
        card.moveTop(min(max(card.top(), room.top() + gap), room.bottom() - gap - card.height()))
        if not card.intersects(target):
            return card
    card = QRect(QPoint(), size)
    card.moveBottomRight(target.bottomRight() - QPoint(gap, gap))
    return card
