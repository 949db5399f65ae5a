"""The offer bar: one quiet line under the toolbar that offers something and waits."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget


class OfferBar(QFrame):
    """Says what is offered, with a button that takes it and one that does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("OfferBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel()
        self._label.setObjectName("offer_text")
        self._label.setMinimumWidth(1)  # a long sentence never widens the window
        self._take = QPushButton()
        self._take.setObjectName("Primary")
        close = QToolButton()
        close.setObjectName("offer_close")
        close.setText("×")
        close.setToolTip("Not now: it stays in File ▸ Recent runs.")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(self._label, 1)
        row.addWidget(self._take)
        row.addWidget(close)
        self._do: Callable[[], None] = lambda: None
        self._take.clicked.connect(self._taken)
        self.hide()

    def offer(self, sentence: str, button: str, do: Callable[[], None]) -> None:
        """Offer something until it is taken, put away, or no longer makes sense.

        Args:
            sentence: what.
            button: what the button says that takes it.
            do: called when it is taken.
        """
        self._label.setText(sentence)
        self._label.setToolTip(sentence)
        self._take.setText(button)
        self._do = do
        self.show()

    @property
    def text(self) -> str:
        """What is offered."""
        return self._label.text()

    def _taken(self) -> None:
        self.hide()
        self._do()
