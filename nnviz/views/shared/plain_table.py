"""The look that tables of numbers share: no frame, no grid, cells that are read and edited."""

from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

Trigger = QAbstractItemView.EditTrigger
EDITED = Trigger.DoubleClicked | Trigger.EditKeyPressed
"""What begins to edit a cell."""


def make_plain(table: QTableView, name: str) -> None:
    """Let a table look like all others, be told by its name, and be left with Tab."""
    table.setAccessibleName(name)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    table.setTabKeyNavigation(False)
    table.setCornerWidget(QWidget())  # without one Qt paints the corner itself
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
