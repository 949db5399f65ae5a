"""Rows of the command palette: a title with its keys, and below it what it does or why not."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import Step
from nnviz.window.command_palette.entry import Entry

ENTRY = int(Qt.ItemDataRole.UserRole)
"""The role of a row's `Entry`."""
_GAP, _BESIDE = 5, 12
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Paints the rows of entries in a theme."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        base = parent.font()
        self._title = theme.scale.font(base, Step.BODY)
        self._small = theme.scale.font(base, Step.LABEL)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of two lines."""
        lines = QFontMetrics(self._title).height() + QFontMetrics(self._small).height()
        return QSize(0, lines + 3 * self._theme.scale.space(_GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row; the one that Enter does has a bar at its left."""
        entry, theme, space = index.data(ENTRY), self._theme, self._theme.scale.space
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.raised))
            painter.fillRect(QRect(area.left(), area.top(), space(3), area.height()), theme.now)
        inner = area.adjusted(space(_BESIDE), space(_GAP), -space(_BESIDE), -space(_GAP))
        upper = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(self._title).height())
        lower = inner.adjusted(0, upper.height() + space(_GAP), 0, 0)
        beside = self._write(painter, upper, entry.keys, self._small, theme.text, _RIGHT)
        ink = theme.dim if entry.refusal else theme.text
        room = upper.adjusted(0, 0, -beside, 0)
        self._write(painter, room, entry.title, self._title, ink, _LEFT)
        beside = self._write(painter, lower, entry.kind, self._small, theme.dim, _RIGHT)
        room = lower.adjusted(0, 0, -beside, 0)
        self._write(painter, room, _one_line(entry), self._small, theme.dim, _LEFT)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        font: QFont,
        ink: str,
        where: Qt.AlignmentFlag,
    ) -> int:
        """Write a text as far as it has room; return the width that it takes, with a gap."""
        if not text:
            return 0
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(area, where, shown)
        return metrics.horizontalAdvance(shown) + self._theme.scale.space(_BESIDE)


def _one_line(entry: Entry) -> str:
    return " ".join(entry.said.split())
