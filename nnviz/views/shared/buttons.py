"""The small buttons inside a panel: Tab comes by, a click leaves the keys to the run."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget


def panel_button(tip: str, words: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button that is as large as its words.

    Args:
        tip: says what it does.
        words: what stands on it.
        parent: where it stands, where no layout says so.
    """
    button = QPushButton(words, parent)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
