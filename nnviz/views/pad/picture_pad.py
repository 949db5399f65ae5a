"""The pad as a place for pictures: pasted, dropped, or opened as a file."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from nnviz.data.dataset import DataError, FloatArray
from nnviz.messages.events import PictureChosen, PictureDropped
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import OpenPanel
from nnviz.views.pad import text
from nnviz.views.pad.parts import PadParts
from nnviz.views.pad.picture_input import FILTER, brings_picture, picture_of, read
from nnviz.views.shared.file_dialog import ask_path

PANEL = "pad"
"""The id of the view."""


class PicturePad(PadParts):
    """A pad that takes pictures, whichever way they come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.canvas.paste_wanted.connect(self.paste)
        self.tools.paste.triggered.connect(self.paste)
        self.tools.open_picture.triggered.connect(self.open_picture)

    def join(self, ports: Ports) -> None:
        """Take what is opened or dropped elsewhere in the window."""
        super().join(ports)
        ports.on(PictureChosen, self._picture_chosen)
        ports.on(PictureDropped, self._picture_dropped)

    def _picture_chosen(self, chosen: PictureChosen) -> None:
        self.wanted.emit(OpenPanel(PANEL))
        self.take(chosen.path)

    def _picture_dropped(self, dropped: PictureDropped) -> None:
        if isinstance(dropped.content, QMimeData):
            self.wanted.emit(OpenPanel(PANEL))
            self.take(dropped.content)

    def paste(self) -> None:
        """Take the picture, or the picture file, on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def open_picture(self) -> None:
        """Ask for a picture file."""
        ask_path(self, "picture", "A picture of a digit", self.take, kinds=FILTER)

    def take(self, content: Path | QMimeData) -> None:
        """Put a picture on the pad, or say why that cannot be.

        Where it cannot be read, the picture before goes, and its answer with it. What was
        drawn by hand stays, as does its answer: it cannot be dropped again.
        """
        try:
            grey = read(content) if isinstance(content, Path) else picture_of(content)
            if grey is None:
                self.canvas.say(text.NOTHING)
            else:
                self.show_picture(grey)
        except DataError as problem:
            if self.canvas.sheet.picture is not None:
                self.canvas.clear()
                self.reader.answer()
            self.canvas.say(str(problem))

    def show_picture(self, grey: FloatArray) -> None:
        """Put a picture, grey (rows, columns), on the pad; a `DataError` where it is blank."""
        self.canvas.put(self.reader.read(grey))
        self.canvas.say(text.NEW_DRAWING)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a picture; whatever else is dragged along goes to the window."""
        if brings_picture(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the picture that is dropped."""
        if brings_picture(event.mimeData()):
            event.acceptProposedAction()
            self.take(event.mimeData())
        else:
            event.ignore()
