"""The line under the header: why the path is where it is, a switch, and suggestions.

It tells whether the path lies on the surface, with a switch that lets only the
parameters of the plane train; a parameter clicked in whichever view is offered
here as an axis; a surface that takes long tells here how far it is.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.styles import controls, label
from nnviz.views.shared.type_scale import Step
from nnviz.views.surface import text
from nnviz.views.surface.picture import SurfacePicture

GAP = 5
"""Pixels between text and buttons at a factor of 1."""


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
        self._scale = DARK.scale
        self.text = QLabel(self)
        self.only = panel_button("", "", self)
        self.only.setCheckable(True)
        self.only.clicked.connect(self.only_wanted)
        self.takes = tuple(
            panel_button("", text.TIPS["take"].format(axis=text.axis_mark(axis)), self)
            for axis in (0, 1)
        )
        for axis, button in enumerate(self.takes):
            button.clicked.connect(lambda _=False, axis=axis: self.taken.emit(axis))
        self.cancel = panel_button(text.BUTTONS["stop"], text.TIPS["stop"], self)
        self.cancel.clicked.connect(self.cancelled)
        for button in (self.only, *self.takes, self.cancel):
            button.hide()
        self._shown = SurfacePicture()
        self._labels: Sequence[str] = ()
        self._told: tuple[object, ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._scale = theme.scale
        font = self._scale.font(self.font(), Step.BODY)
        self.text.setStyleSheet(label(theme))
        self.text.setFont(font)
        for button in (self.only, *self.takes, self.cancel):
            button.setStyleSheet(controls(theme, corner=4, accent=theme.now))
            button.setFont(font)
        self.setFont(font)
        self.arrange()

    def sizeHint(self) -> QSize:
        """Return the size of the line."""
        high = self.fontMetrics().height() + self._scale.space(4)
        return QSize(self._scale.space(300), max(high, self._scale.target))

    def show_picture(self, picture: SurfacePicture, *, alone: bool) -> None:
        """Say why the path is where it is, or what else is to be said now; or only the switch."""
        switch = picture.switch
        self.only.setChecked(switch is not None and switch.on)
        told = picture.why, picture.hints, switch, alone, picture.offered, picture.fraction
        self._shown = picture
        if told == self._told:
            return  # several times a second while training
        self._told = told
        self._labels = ()
        if switch is not None:
            self._labels = (switch.alone,) if alone else switch.labels
            what = text.ALL_AGAIN if switch.on else text.ONLY_THESE
            self.only.setToolTip(f"{picture.why[0].capitalize()}.\n{what}")
        for axis, button in enumerate(self.takes):
            button.setText(text.BUTTONS["take"].format(axis=text.axis_mark(axis, picture.axes)))
        self.arrange()

    def least(self) -> int:
        """Return the width that it needs at least."""
        metrics, shown = QFontMetricsF(self.text.font()), self._shown
        if shown.fraction is not None:
            return round(metrics.horizontalAdvance(text.finer_text(1.0))) + self._wide(self.cancel)
        gap = self._scale.space(GAP)
        if shown.offered:
            offered = metrics.horizontalAdvance(shown.offered) + gap
            return round(offered) + sum(map(self._wide, self.takes[: shown.axes]))
        if self._labels:
            return self._wide(self.only)
        return round(metrics.horizontalAdvance(shown.why[-1]) + gap)

    def _wide(self, button: QPushButton) -> int:
        return button.sizeHint().width() + self._scale.space(GAP)

    def resizeEvent(self, event: object) -> None:
        """Arrange the parts anew."""
        self.arrange()

    def arrange(self) -> None:
        """Place text and buttons."""
        for button in (self.only, *self.takes, self.cancel):
            button.hide()
        shown = self._shown
        said = shown.hints or shown.why
        if shown.fraction is not None:
            self._place((text.finer_text(shown.fraction),), [self.cancel])
        elif shown.offered:
            self._place(text.offer_texts(shown.offered), list(self.takes[: shown.axes]))
        elif self._labels:
            for label in self._labels:
                self.only.setText(label)
                if self._place(said, [self.only]):
                    return
            # No room for words: the longest label that can be read, and if none can, none.
            for label in self._labels:
                self.only.setText(label)
                if self.only.sizeHint().width() <= self.width():
                    self._place(("",), [self.only])
                    return
            self.only.hide()
        else:
            self._place(said, [])

    def _place(self, texts: Sequence[str], buttons: list[QPushButton]) -> bool:
        """Put buttons at the end and the longest text that fits before them; tell if one does."""
        x = self.width()
        for button in reversed(buttons):
            wide = button.sizeHint().width()
            x -= wide
            button.setGeometry(x, 0, wide, self.height())
            button.show()
            x -= self._scale.space(GAP)
        margin = self._scale.space(2)
        said = fullest((*texts, ""), self.text.font(), x - margin - 1)
        self.text.setText(said)
        self.text.setToolTip(texts[0])
        self.text.setGeometry(margin, 0, max(x - margin, 0), self.height())
        return said in texts
