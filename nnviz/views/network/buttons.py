"""The small buttons that stand on the drawing: how they are made, dressed and how wide they are."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from nnviz.views.network.layout import Layout
from nnviz.views.shared.type_scale import sized


def small_button(view: QWidget, tip: str, text: str = "") -> QToolButton:
    """Return a button on a view, with what it does as its tip and its name for a reader."""
    button = QToolButton(view)
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def put(button: QToolButton, place: Layout, left: float, middle: float, *, align: float = 0) -> int:
    """Put a button as wide as its text on a drawing; return its width.

    Args:
        button: is given the letters of common text.
        place: where things stand.
        left: of the button or, where `align` is 1, its right side.
        middle: of its height.
        align: the share of the button left of that.
    """
    button.setFont(sized(button.font(), place.unit))
    width = button.fontMetrics().horizontalAdvance(button.text()) + place.scale.space(14)
    height = round(1.6 * place.unit)
    button.setGeometry(
        QRect(round(left - align * width), round(middle - height / 2), width, height)
    )
    return width
