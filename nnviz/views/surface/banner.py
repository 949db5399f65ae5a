"""The line under the header: why the path is where it is, a switch, and offers.

It tells whether the path lies on the surface, with a switch that lets only the
parameters of the plane train; a parameter clicked in whichever view is offered
here as an axis; a surface that takes long tells here how far it is.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.numbers import percent
from nnviz.views.palette import Theme

GAP = 5
"""Pixels between text and buttons."""
ONLY_THESE = "Click to let all other weights rest: the path then lies on it. Undo takes it back."
ALL_AGAIN = "Click to let all weights train again. Undo takes it back."


class Banner(QWidget):
    """One line of text with at most two buttons at its end.

    Signals:
        only_wanted(bool): let only the plane's own parameters train, or all.
        taken(int): the picked parameter becomes w1 (0) or w2 (1).
        cancelled(): do not wait for the surface.
    """

    only_wanted = Signal(bool)
    taken = Signal(int)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLabel(self)
        self.only = QPushButton(self)
        self.only.setCheckable(True)
        self.only.clicked.connect(self.only_wanted)
        self.takes = tuple(QPushButton(f"as w{mark}", self) for mark in "₁₂")
        for axis, button in enumerate(self.takes):
            button.setProperty("axis", axis)
            button.setToolTip(f"Put the weight that was clicked along w{'₁₂'[axis]}")
            button.clicked.connect(self._taken)
        self.cancel = QPushButton("× stop", self)
        self.cancel.setToolTip("Do not compute this fine surface")
        self.cancel.clicked.connect(self.cancelled)
        for button in (self.only, *self.takes, self.cancel):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.hide()
        self._texts: Sequence[str] = ("",)
        self._hints: Sequence[str] = ()
        self._labels: tuple[str, str] = ("", "")
        self._told: tuple[Sequence[str], tuple[str, str], bool] | None = None
        self._offered = ""
        self._fraction: float | None = None
        self._axes = 2

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self.text.setStyleSheet(f"QLabel {{ color: {theme.dim}; }}")
        style = (
            f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px solid "
            f"{theme.line}; border-radius: 4px; padding: 0px 5px; min-height: 0px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.dim}; }}"
            f"QPushButton:checked {{ background: {theme.now}; color: {theme.panel}; }}"
        )
        for button in (self.only, *self.takes, self.cancel):
            button.setStyleSheet(style)
        self.arrange()

    def sizeHint(self) -> QSize:
        """Return the size of the line."""
        return QSize(300, self.fontMetrics().height() + 4)

    def show_why(self, texts: Sequence[str], labels: tuple[str, str], *, only: bool) -> None:
        """Say why the path is where it is.

        Args:
            texts: in many words and in few.
            labels: what the switch says in many words and in few; empty for no switch.
            only: whether it is on.
        """
        self.only.setChecked(only)
        if (texts, labels, only) == self._told:
            return  # several times a second while training
        self._told = texts, labels, only
        self._texts, self._labels = texts, labels
        self.only.setToolTip(f"{texts[0].capitalize()}.\n{ALL_AGAIN if only else ONLY_THESE}")
        self.arrange()

    def show_hint(self, hints: Sequence[str]) -> None:
        """Say what a click does, in many words and in few, instead of why; nothing for why."""
        if hints != self._hints:
            self._hints = hints
            self.arrange()

    def least(self) -> int:
        """Return the width that it needs at least."""
        metrics = QFontMetricsF(self.text.font())
        said = metrics.horizontalAdvance(self._texts[-1]) + 5
        if self._fraction is not None:
            return round(metrics.horizontalAdvance("finer surface: 100 %")) + self._wide(
                self.cancel
            )
        if self._offered:
            offered = metrics.horizontalAdvance(self._offered) + 5
            return round(offered) + sum(map(self._wide, self.takes[: self._axes]))
        return self._wide(self.only) if self._labels[0] else round(said)

    def _wide(self, button: QPushButton) -> int:
        return button.sizeHint().width() + GAP

    def offer(self, name: str, axes: int) -> None:
        """Offer a parameter by its name for so many axes; an empty name offers nothing."""
        self._offered, self._axes = name, axes
        self.arrange()

    def show_progress(self, fraction: float | None) -> None:
        """Tell how much of the surface is done, 0..1; None for no more of that."""
        if fraction != self._fraction:
            self._fraction = fraction
            self.arrange()

    def resizeEvent(self, event: object) -> None:
        """Arrange the parts anew."""
        self.arrange()

    def arrange(self) -> None:
        """Place text and buttons."""
        for button in (self.only, *self.takes, self.cancel):
            button.hide()
        if self._fraction is not None:
            self._place((f"finer surface: {percent(self._fraction, 0)}",), [self.cancel])
        elif self._offered:
            for button, mark in zip(self.takes, "₁₂", strict=True):
                button.setText(f"as w{mark}" if self._axes == 2 else "as w")
            buttons = list(self.takes[: self._axes])
            self._place((f"{self._offered} was clicked: take it", self._offered), buttons)
        elif self._labels[0]:
            for label in self._labels:
                self.only.setText(label)
                if self._place(self._hints or self._texts, [self.only]):
                    return
            # No room for words: the longest label that can be read, and if none can, none.
            for label in self._labels:
                self.only.setText(label)
                if self.only.sizeHint().width() <= self.width():
                    self._place(("",), [self.only])
                    return
            self.only.hide()
        else:
            self._place(self._hints or self._texts, [])

    def _place(self, texts: Sequence[str], buttons: list[QPushButton]) -> bool:
        """Put buttons at the end and the longest text that fits before them; tell if one does."""
        x = self.width()
        for button in reversed(buttons):
            wide = button.sizeHint().width()
            x -= wide
            button.setGeometry(x, 0, wide, self.height())
            button.show()
            x -= GAP
        metrics = QFontMetricsF(self.text.font())
        fitting = [text for text in texts if metrics.horizontalAdvance(text) + 3 <= x]
        self.text.setText(fitting[0] if fitting else "")
        self.text.setToolTip(texts[0])
        self.text.setGeometry(2, 0, max(x - 2, 0), self.height())
        return bool(fitting)

    def _taken(self) -> None:
        self.taken.emit(int(self.sender().property("axis")))
