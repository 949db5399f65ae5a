"""Earlier drawings on a sheet of their own, for pads too small to show them all the time."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nnviz.views.pad.gallery import Gallery
from nnviz.views.palette import Theme


class EarlierDrawings(QFrame):
    """A popup with the gallery in it.

    Attributes:
        gallery: the drawings.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("pad_album")
        box = QVBoxLayout(self)
        self.gallery = Gallery(self)
        box.addWidget(self.gallery)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self.gallery.set_theme(theme)
        self.setStyleSheet(
            f"#pad_album {{ background: {theme.panel}; border: 1px solid {theme.dim}; }}"
        )

    def open_at(self, place: QPoint) -> None:
        """Open with its lower left corner at a place of the screen."""
        self.gallery.setFixedSize(self.gallery.sizeHint())
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(max(place.x(), screen.left()), screen.right() - self.width())
        self.move(x, max(place.y() - self.height(), screen.top()))
        self.show()
