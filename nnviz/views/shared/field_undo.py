"""Undo in a text field: Ctrl+Z is the field's own as long as it has something to undo.

A text field of Qt claims its undo and redo keys even when it has nothing to
undo; then they are meant for the run.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class FieldUndo(QObject):
    """Lets undo and redo pass a text field that has none of its own."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give away the claim to a key that the field has no use for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not self._field.isUndoAvailable()) or (
                redo and not self._field.isRedoAvailable()
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
