"""Drops: a file or a folder let go anywhere over the window is opened, as from the menu.

What takes drops itself, like the drawing pad, is asked first. Fields, which would write
a file's address, and drawings, which would take it and do nothing, leave it to the window.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QGraphicsView, QLineEdit, QWidget

from nnviz.views.shared.event_filter import hear

ANSWERS = ".json"
"""How the names of answer files end."""
_KINDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrop(QObject):
    """Watches a window, and panels that may float over it, for what is dropped on them.

    Signals:
        dropped(Path): one file or folder.
        answers_dropped(object): several files, all of answers to lessons.
        picture_dropped(QMimeData): a picture that lies in no file, dragged out of another
            program.
    """

    dropped = Signal(object)
    answers_dropped = Signal(object)
    picture_dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.watch(window)

    def watch(self, panel: QWidget) -> None:
        """Take what is dropped on a panel, on its fields and on its drawings."""
        panel.setAcceptDrops(True)
        hear(panel, _KINDS, self._dropped_on)
        for drawing in panel.findChildren(QGraphicsView):
            drawing.setAcceptDrops(False)
        for field in panel.findChildren(QLineEdit):
            hear(field, _KINDS, self._dropped_on)

    def _dropped_on(self, watched: QObject, event: QEvent) -> bool:
        """Take one local file or folder, many of answers, or a picture; leave words to a field."""
        if not isinstance(event, QDropEvent):
            return False
        mime = event.mimeData()
        path, answers = _path(mime), _answers(mime)
        if path is None and isinstance(watched, QLineEdit) and not mime.hasUrls():
            return False
        if path is None and not answers and not _pixels(mime):
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            if path is not None:
                self.dropped.emit(path)
            elif answers:
                self.answers_dropped.emit(answers)
            else:
                self.picture_dropped.emit(mime)
        return True


def _path(mime: QMimeData) -> Path | None:
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())


def _answers(mime: QMimeData) -> tuple[Path, ...]:
    """Return the files where they are several and all may be of answers."""
    urls = mime.urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    good = len(paths) == len(urls) > 1
    return paths if good and all(path.suffix.casefold() == ANSWERS for path in paths) else ()


def _pixels(mime: QMimeData) -> bool:
    return mime.hasImage() and not any(url.isLocalFile() for url in mime.urls())
