"""The line above the formulas: what was selected, its value, and what can be done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QStylePainter,
    QToolButton,
    QWidget,
)

from nnviz.views.inspector import text
from nnviz.views.inspector.page import Page
from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import tool_button
from nnviz.views.shared.number_field import DraggedNumberField
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.styles import controls, label
from nnviz.views.shared.type_scale import Step, sized

WIDEST = "−8.888×10⁻⁸⁸"
"""A value that has room in the field."""
FEW_LETTERS = Step.LABEL.value / Step.BODY.value
SPACING = 4
"""Pixels between its parts at a factor of 1."""


class Words(QLabel):
    """A label in as full a wording as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._shorter: tuple[str, ...] = ()
        self._least = 0

    @property
    def wordings(self) -> tuple[str, ...]:
        """The fullest wording first."""
        return self.text(), *self._shorter

    def say(self, full: str, *shorter: str) -> None:
        """Say this, in a shorter wording where there is no room."""
        if (full, *shorter) != self.wordings:
            self._shorter = shorter
            self.setText(full)
            self.setToolTip(full)

    def insist(self, least: int) -> None:
        """Ask for room for the wording of a number at least."""
        self._least = min(least, len(self._shorter))
        self.updateGeometry()

    @property
    def shown(self) -> str:
        """The wording that is shown."""
        return fullest(self.wordings, self.font(), self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what there is room for."""
        painter = QStylePainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), self.shown)

    def minimumSizeHint(self) -> QSize:
        """Do with the wording that is insisted on."""
        metrics = self.fontMetrics()
        needed = map(metrics.horizontalAdvance, self.wordings[: self._least + 1])
        return QSize(min(needed), metrics.height())


class Header(QWidget):
    """Title, example, value and buttons.

    Signals:
        dragged(int): the line was dragged by so many pixels, upwards being negative.
        action_chosen(int): the menu's entry of this number was chosen.
    """

    dragged = Signal(int)
    action_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text.ASKED)
        self.title = Words()
        self.title.setObjectName("inspector_title")
        self.where = Words()
        self.where.setObjectName("inspector_where")
        self.field = DraggedNumberField()
        self.zero = self._button("0", text.ZERO_TIP)
        self.hands = self._button(text.CHANGE, text.CHANGE_TIP)
        self.hands.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.hands.setMenu(self.menu)
        self.toggle = self._button("", text.TABLE_TIP)
        self.toggle.setCheckable(True)
        self.back = self._button("‹", text.BACK_TIP, text.BACK)
        self.forward = self._button("›", text.FORWARD_TIP, text.FORWARD)
        self.pin = self._button("pin", text.PIN_TIP, text.PIN)
        self.pin.setCheckable(True)
        self.close_button = self._button("×", text.CLOSE_TIP, text.CLOSE)
        self._row = row = QHBoxLayout(self)
        for part in (self.title, self.field, self.zero):
            row.addWidget(part)
        row.addWidget(self.where, 1)
        for part in (self.toggle, self.hands, self.back, self.forward, self.pin):
            row.addWidget(part)
        row.addWidget(self.close_button)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self._held: QPoint | None = None

    def _button(self, letters: str, tip: str, name: str = "") -> QToolButton:
        button = tool_button(letters, tip, name)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return button

    def show_parts(self, page: Page, *, narrow: bool, wide: bool) -> None:
        """Show what is of use for a page, in a panel that is narrow, wide or neither."""
        weight = page.parameter >= 0
        self.field.setVisible(weight)
        self.zero.setVisible(weight and not narrow)
        self.title.show()
        self.pin.show()
        self.hands.setVisible(bool(self.menu.actions()))
        for piece in (self.where, self.back, self.forward):
            piece.setVisible(not narrow)
        self.toggle.setVisible(page.table is not None and (weight or not wide))
        if self.toggle.isChecked():
            self.toggle.setText(text.TO_CURVE if weight and wide else text.TO_FORMULA)
        else:
            self.toggle.setText(page.table.title if page.table else "")

    def squeeze(self, width: int) -> None:
        """Leave out what there is no room for, the least needed first, or say it in fewer words."""
        for part in (self.field, *self.findChildren(QToolButton)):
            part.ensurePolished()
            # After the style sheet, which lets controls shrink to nothing.
            part.setMinimumWidth(min(part.sizeHint().width(), part.maximumWidth()))
        self.field.setMinimumWidth(self.field.maximumWidth())
        self.title.insist(0)
        names = [partial(self.title.insist, n) for n in range(1, len(self.title.wordings))]
        savings: tuple[Callable[[], object], ...] = (
            self.where.hide,
            self.zero.hide,
            self.back.hide,
            self.forward.hide,
            *names[:-1],
            self.pin.hide,
            *names[-1:],
            self.hands.hide,
            self.title.hide,  # the equation below says it, too
            *(() if self.toggle.isChecked() else (self.toggle.hide,)),
            self._name_without_field,
        )
        for save in savings:
            self._row.invalidate()
            if self._row.minimumSize().width() <= width:
                return
            save()

    def _name_without_field(self) -> None:
        """Say what it is in place of its value, which the equation says, too."""
        self.field.hide()
        self.title.show()

    def settle(self) -> None:
        """Give every part its place at once."""
        self._row.activate()

    def show_actions(self, words: list[str]) -> None:
        """List these in the menu; whether its button is there `show_parts` and `squeeze` say."""
        if [action.text() for action in self.menu.actions()] != words:
            self.menu.clear()
            for number, entry in enumerate(words):
                self.menu.addAction(entry, partial(self.action_chosen.emit, number))

    def dress(self, theme: Theme, letters: int) -> None:
        """Take on colours, and letters of a size from the theme's scale."""
        scale = theme.scale
        self._row.setContentsMargins(scale.space(3), 0, 0, 0)
        self._row.setSpacing(scale.space(SPACING))
        font = sized(self.font(), letters)
        small = sized(font, scale.grown(Step.LABEL, letters * FEW_LETTERS, Step.BODY))
        self.title.setFont(sized(font, letters, bold=True))
        self.where.setFont(small)
        self.field.setFont(font)
        self.field.setFixedWidth(QFontMetrics(font).horizontalAdvance(WIDEST) + scale.space(16))
        for button in (self.zero, self.hands, self.toggle, self.pin):
            button.setFont(small)
        for button in (self.back, self.forward, self.close_button):
            button.setFont(font)
            button.setFixedWidth(round(1.7 * letters))
        self.setStyleSheet(
            controls(theme)
            + f"#inspector_title {{ {label(theme, dim=False)} }}"
            + f"#inspector_where {{ {label(theme)} }}"
            + f"#inspector_value {{ color: {theme.now}; }}"
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the line up or down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the line."""
        if self._held is not None:
            point = event.globalPosition().toPoint()
            self.dragged.emit(point.y() - self._held.y())
            self._held = point

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of it."""
        self._held = None
