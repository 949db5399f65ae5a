"""The examples of one class: thumbnails, and beside them one that is large."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from nnviz.data.drawings import Drawing
from nnviz.views.data import text
from nnviz.views.data.large_picture import LargePicture
from nnviz.views.data.picture import DataPicture, large
from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.thumbnails import ThumbnailGrid


class ClassPage(QWidget):
    """Thumbnails to go through, the one that was gone to, and a button to put it through.

    Signals:
        chosen(int): the example of this index was gone to.
        example_requested(int): put the test example of this index through the network.
    """

    chosen = Signal(int)
    example_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = DataPicture()
        self.gallery = ThumbnailGrid(text.GALLERY, letters=3.4)
        self.gallery.chosen.connect(self._choose)
        self.gallery.opened.connect(self._put_through)
        self.large = LargePicture()
        self.through = panel_button("", text.THROUGH_TIP)
        self.through.clicked.connect(lambda: self._put_through(self.gallery.current))
        self._beside = QWidget()
        column = QVBoxLayout(self._beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.large, 1)
        column.addWidget(self.through, 0, Qt.AlignmentFlag.AlignHCenter)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.gallery, 3)
        self._box.addWidget(self._beside, 2)

    @property
    def current(self) -> int:
        """Index of the example that is large; −1 for none."""
        return self._shown.row(self.gallery.current)

    @property
    def picked(self) -> tuple[Drawing, ...]:
        """The drawings that are picked; none where these are no drawings."""
        return self._shown.drawings_at(self.gallery.selected)

    def show_class(self, shown: DataPicture) -> None:
        """Show the examples of the class that is opened; none where none is."""
        self._shown = shown
        self.gallery.many = bool(shown.drawings)
        self.gallery.show_thumbnails(shown.thumbnails)
        self.gallery.select(() if shown.current < 0 else (shown.current,))
        self._enlarge(shown.current)

    def dress(self, theme: Theme, font: QFont, style: str, *, wide: bool, roomy: bool) -> None:
        """Take on colours, sizes, letters and the button's style.

        Wide, the large picture stands beside the thumbnails; where it is not roomy there is
        none.
        """
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._box.setSpacing(theme.scale.space(8))
        self.gallery.dress(theme, font)
        self.large.dress(theme, font)
        self.through.setFont(font)
        self.through.setStyleSheet(style)
        self._beside.setVisible(roomy)
        self._label()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the button as fully as there is room."""
        super().resizeEvent(event)
        self._label()

    def _label(self) -> None:
        beside = self._box.direction() == QBoxLayout.Direction.LeftToRight
        room = 0.4 * (self.width() - self._box.spacing()) if beside else self.width()
        fit_buttons((self.through,), [(words,) for words in text.THROUGH], room, 0)

    def _choose(self, place: int) -> None:
        self._enlarge(place)
        self.chosen.emit(self._shown.row(place))

    def _enlarge(self, place: int) -> None:
        example = large(self._shown, place)
        self.large.show_example(example)
        self.through.setVisible(example.testable)
        self._label()

    def _put_through(self, place: int) -> None:
        if large(self._shown, place).testable:
            self.example_requested.emit(self._shown.row(place))
