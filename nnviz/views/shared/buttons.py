"""The small buttons of a panel, named as fully as has room, and where what they open stands."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared import styles


def panel_button(text: str, tip: str, parent: QWidget | None = None) -> QPushButton:
    """Return a small button of a panel, reached by Tab but not taking the keys by a click."""
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def tool_button(text: str, tip: str, name: str = "", parent: QWidget | None = None) -> QToolButton:
    """Return such a button as may open a menu, with its name for readers of the screen."""
    button = QToolButton(parent)
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def dress_bar(
    theme: Theme, box: QBoxLayout, bar: QBoxLayout, controls: Sequence[QWidget], letters: QFont
) -> None:
    """Give a panel with a bar of controls at its top their gaps, letters and colours."""
    space = theme.scale.space
    bar.setContentsMargins(space(6), 0, space(6), 0)
    bar.setSpacing(space(4))
    box.setContentsMargins(0, space(2), 0, space(2))
    box.setSpacing(space(4))
    for control in controls:
        control.setFont(letters)
        control.setStyleSheet(styles.controls(theme, padding=(1, 5)))


def fit_buttons(
    buttons: Sequence[QAbstractButton], wordings: Sequence[Sequence[str]], room: float, gap: float
) -> None:
    """Label buttons side by side as fully as there is room; hidden ones need none.

    A wording has a text for each of them, and the fullest comes first; `gap` is between two.
    """
    shown = [button for button in buttons if not button.isHidden()]
    for words in wordings:
        for button, text in zip(buttons, words, strict=True):
            button.setText(text)
        width = sum(button.sizeHint().width() for button in shown)
        if width + gap * len(shown) <= room:  # there may be a stretch among them
            return


def open_above(popup: QWidget, place: QPoint) -> None:
    """Show a popup with its lower left corner at a place of the screen, moved where it must be."""
    popup.adjustSize()
    screen = popup.screen().availableGeometry()
    x = max(min(place.x(), screen.right() - popup.width()), screen.left())
    y = max(min(place.y(), screen.bottom()) - popup.height(), screen.top())
    popup.move(x, y)
    popup.show()
