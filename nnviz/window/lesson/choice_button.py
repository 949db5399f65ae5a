"""The button of one answer: its key, its words in several lines, and how it was judged."""

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.in_text import in_formula_letters
from nnviz.views.shared.type_scale import Step

Judged = Literal["", "right", "wrong"]
SIGNS: dict[Judged, str] = {"": "", "right": "✓", "wrong": "✗"}
"""What is written besides the colour, for eyes that see none."""
INSIDE, CHIP = 8, 22
"""Pixels within its edge, and the width of its key, at a factor of 1."""
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ChoiceButton(QAbstractButton):
    """One answer; checked where it is the one that was given."""

    def __init__(self, key: str, text: str, language: str, parent: QWidget | None = None) -> None:
        """Build it with the key that presses it, and its words in a language.

        A key that the words say themselves, as a digit does, is not written twice.
        """
        super().__init__(parent)
        self._key, self._theme = "" if key == text else key, DARK
        self._judged: Judged = ""
        self.setText(in_formula_letters(text, language))
        self.setAccessibleName(text)
        self.setToolTip(f"[{key}]")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def judge(self, judged: Judged) -> None:
        """Show that it is right, or that it was chosen and is wrong; "" for neither."""
        if judged != self._judged:
            self._judged = judged
            said = {"right": "right", "wrong": "wrong"}.get(judged, "")
            self.setAccessibleDescription(said)
            self.updateGeometry()
            self.update()

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours, and letters of a step."""
        self._theme = theme
        self.setFont(theme.scale.font(self.font(), step))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Need more lines where there is less width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines in a width."""
        metrics = QFontMetrics(self.font())
        room = QRect(0, 0, max(width - self._before() - self._after(), 1), 10_000)
        text = metrics.boundingRect(room, WRAP.value, self.text())
        return max(text.height(), metrics.height()) + 2 * self._above()

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text()) + self._before() + self._after()
        return QSize(width, self.heightForWidth(width + 2))

    def minimumSizeHint(self) -> QSize:
        """Need room for the longest word."""
        metrics = QFontMetrics(self.font())
        longest = max(map(metrics.horizontalAdvance, self.text().split() or [""]))
        least = min(longest, self._theme.scale.space(140)) + self._before() + self._after()
        return QSize(least, metrics.height() + 2 * self._above())

    def _above(self) -> int:
        """Return the gap above the words: on a stage, where room is scarce, what fingers need."""
        scale, height = self._theme.scale, QFontMetrics(self.font()).height()
        if not scale.target:
            return scale.space(INSIDE)
        return max(scale.space(INSIDE) // 3, (scale.target - height + 1) // 2)

    def _before(self) -> int:
        space = self._theme.scale.space
        return space(INSIDE) + (space(CHIP) + space(INSIDE) if self._key else 0)

    def _after(self) -> int:
        space = self._theme.scale.space
        return space(INSIDE) + (space(CHIP) if self._judged else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint key, words and sign."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        space, line = theme.scale.space, theme.scale.line
        lit = self.isChecked() or self.hasFocus()
        edge = theme.now if lit else theme.dim if self.underMouse() else theme.line
        width = line(2.0 if lit else 1.0)
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(theme.raised))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, space(6), space(6))
        chip = QRect(QPoint(space(INSIDE), 0), QSize(space(CHIP), self.height()))
        painter.setPen(QColor(theme.text if self.isChecked() else theme.dim))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._key)
        words = self.rect().adjusted(self._before(), 0, -self._after(), 0)
        painter.setPen(QColor(theme.text if self.isEnabled() or self._judged else theme.dim))
        painter.drawText(words, WRAP.value, self.text())
        if self._judged:
            sign = self.rect().adjusted(self.width() - space(CHIP) - space(INSIDE), 0, 0, 0)
            painter.setPen(QColor(theme.held_back if self._judged == "right" else theme.text))
            painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, SIGNS[self._judged])
