"""Drops: a file or a folder let go anywhere over the window is opened, as from the menu.

What takes drops itself, like the drawing pad, is asked first. Fields, which would write
a file's address, and drawings, which would take it and do nothing, leave it to the window.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QGraphicsView, QLineEdit, QWidget

_KINDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrop(QObject):
    """Watches a window, and panels that may float over it, for what is dropped on them.

    Signals:
        dropped(Path): one file or folder.
        picture_dropped(QMimeData): a picture that lies in no file, dragged out of another
            program.
    """

    dropped = Signal(object)
    picture_dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.watch(window)

    def watch(self, panel: QWidget) -> None:
        """Take what is dropped on a panel, on its fields and on its drawings."""
        panel.setAcceptDrops(True)
        panel.installEventFilter(self)
        for drawing in panel.findChildren(QGraphicsView):
            drawing.setAcceptDrops(False)
        for field in panel.findChildren(QLineEdit):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a single local file or folder, or a picture; leave words to a field."""
        if event.type() not in _KINDS or not isinstance(event, QDropEvent):
            return False
        mime = event.mimeData()
        path = _path(mime)
        if path is None and isinstance(watched, QLineEdit) and not mime.hasUrls():
            return False
        if path is None and not _pixels(mime):
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            if path is not None:
                self.dropped.emit(path)
            else:
                self.picture_dropped.emit(mime)
        return True


def _path(mime: QMimeData) -> Path | None:
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())


def _pixels(mime: QMimeData) -> bool:
    return mime.hasImage() and not any(url.isLocalFile() for url in mime.urls())
