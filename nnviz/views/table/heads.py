"""The heads of the columns: a name to type over, and below it what the column is for."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.number_field import FieldUndo
from nnviz.views.table import text
from nnviz.views.table.model import TableModel
from nnviz.wording import given


class Heads(QHeaderView):
    """Two lines for each column.

    Signals:
        renamed(int, str): call this column so.
        menu_wanted(int, QPoint): show what can be done with it, there on the screen.
    """

    renamed = Signal(int, str)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, rows: TableModel, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._rows, self._table = rows, table
        self._theme: Theme = DARK
        self._section = -1
        self.setAccessibleName(text.HEADS)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_at)
        self.field = QLineEdit(self)
        named(self.field, "column_name", tip=text.NAME_TIP, said=text.NAME)
        self.field.hide()
        FieldUndo(self.field)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.sectionDoubleClicked.connect(self.rename)

    def dress(self, theme: Theme) -> None:
        """Take on colours; letters are the header's own."""
        self._theme = theme
        self.field.setFont(self.font())
        self.field.setStyleSheet(styles.controls(theme, padding=(0, 2), corner=2))
        self.setFixedHeight(2 * QFontMetrics(self.font()).height() + theme.scale.space(6))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Ask for two lines."""
        high = 2 * QFontMetrics(self.font()).height() + self._theme.scale.space(6)
        return QSize(super().sizeHint().width(), high)

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        """Paint the name, and below it the role; targets have the colour of what is desired."""
        table, theme = self._rows.table, self._theme
        if table is None or section >= len(table.columns):
            return
        name, role = str(self._rows.headerData(section, self.orientation())).split("\n")
        painter.save()
        painter.fillRect(box, QColor(theme.panel))
        painter.setFont(self.font())
        gap = theme.scale.space(4)
        inside = box.adjusted(gap, 0, -gap, -theme.scale.space(2))
        right = Qt.AlignmentFlag.AlignRight
        metrics = QFontMetrics(self.font())
        name = metrics.elidedText(given(name), Qt.TextElideMode.ElideMiddle, inside.width())
        painter.setPen(QColor(theme.text))
        painter.drawText(inside, right | Qt.AlignmentFlag.AlignTop, name)
        painter.setPen(QColor(theme.now if section in table.targets else theme.dim))
        painter.drawText(inside, right | Qt.AlignmentFlag.AlignBottom, role)
        painter.setPen(QColor(theme.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    # -- hands ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the menu on the second line; on the first choose the whole column."""
        at = event.position().toPoint()
        section = self.logicalIndexAt(at)
        low = at.y() > self.height() / 2
        if low and section >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.menu_wanted.emit(section, self.mapToGlobal(QPoint(at.x(), self.height())))
            return
        super().mousePressEvent(event)

    def _ask_at(self, at: QPoint) -> None:
        section = self.logicalIndexAt(at)
        if section >= 0:
            self.menu_wanted.emit(section, self.mapToGlobal(at))

    def rename(self, section: int) -> None:
        """Let another name be typed over that of a column."""
        table = self._rows.table
        if table is None or not 0 <= section < len(table.columns):
            return
        self._section = section
        left = self.sectionViewportPosition(section)
        self.field.setGeometry(
            left, 0, max(self.sectionSize(section), self._theme.scale.space(90)), self.height() // 2
        )
        self.field.setText(table.columns[section])
        self.field.setAccessibleName(f"Name of the column {given(table.columns[section])}")
        self.field.selectAll()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def renaming(self) -> bool:
        """True while a name is being typed."""
        return self._section >= 0

    def _take(self) -> None:
        section, name = self._section, self.field.text()
        self.end()
        if section >= 0:
            self.renamed.emit(section, name)

    def end(self) -> None:
        """Type no name any more."""
        self._section = -1
        self.field.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End on Escape, which is then nobody else's; leaving takes the name, as in a file list."""
        if watched is self.field and self._section >= 0:
            kind = event.type()
            escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
            if escape and kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if escape and kind == QEvent.Type.KeyPress:
                self.end()
                self._table.setFocus()
                return True
            if kind == QEvent.Type.FocusOut:
                self._take()
        return super().eventFilter(watched, event)
