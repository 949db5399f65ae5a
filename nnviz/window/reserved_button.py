"""Reserved buttons: each keeps its place, whatever it says, and whether it is there or not.

What has no room on it ends with …, and stands whole in its tooltip.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import TypeScale

OPENS = " ▾"
LITTLE = 0.62
"""Of its width, where there is little room on the bar."""


class ReservedButton(QWidget):
    """A place of one width with a button that opens a menu.

    Attributes:
        button: the button.
    """

    def __init__(self, id: str, menu: QMenu, tip: str, width: int) -> None:
        """Reserve a width, at a factor of 1, for a button that says nothing yet."""
        super().__init__()
        self._tip, self._width, self._words = tip, width, ""
        self._scale, self._narrow = TypeScale(), False
        self.button = named(QToolButton(self), id, tip=tip)
        self.button.setMenu(menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        self.fit()

    def say(self, words: str, tip: str = "") -> None:
        """Say this, as far as there is room; in whole in the tooltip, which may explain it."""
        self._words, self._tip = words, tip or self._tip
        self.button.setAccessibleName(words)
        self.fit()

    def set_scale(self, scale: TypeScale) -> None:
        """Follow the scale."""
        self._scale = scale
        self.fit()

    def be_narrow(self, narrow: bool) -> None:
        """Take little room, or all that is reserved."""
        self._narrow = narrow
        self.fit()

    def fit(self) -> None:
        """Look again at what has room: letters or what is around them are others."""
        self.setFixedWidth(self._scale.space(self._width * (LITTLE if self._narrow else 1)))
        button = self.button
        button.setFixedWidth(self.width())
        button.setText(OPENS)
        button.ensurePolished()
        metrics, whole = button.fontMetrics(), self._words
        room = self.width() - button.sizeHint().width()
        shown = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
        button.setText(f"{shown.replace('&', '&&')}{OPENS}" if whole else "")
        button.setToolTip(self._tip if shown == whole else f"{whole}\n{self._tip}")
