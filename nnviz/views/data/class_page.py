"""The examples of one class: thumbnails, and beside them one that is large."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nnviz.data.drawings import Drawing
from nnviz.messages.commands import FocusOn
from nnviz.views.data import text
from nnviz.views.data.picture import DataPicture, LargeExample, large
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.picture_cache import PAPER, image_of
from nnviz.views.shared.thumbnails import ThumbnailGrid

WRAP = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


class LargePicture(QWidget):
    """A picture with every pixel a square, and a line or two below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._image = QImage()
        self.lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for some room."""
        return QSize(self._theme.scale.space(130), self._theme.scale.space(150))

    def minimumSizeHint(self) -> QSize:
        """Return the least room it makes sense in."""
        return QSize(self._theme.scale.space(70), self._theme.scale.space(60))

    def show_example(self, example: LargeExample) -> None:
        """Show an example, or none."""
        self._image = QImage() if example.greys is None else image_of(example.greys)
        self.lines = example.lines
        self.setAccessibleName(", ".join(self.lines))
        self.setToolTip("\n".join(self.lines))
        self.update()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self._theme = theme
        self.setFont(font)
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, as large as it fits, and the lines."""
        painter = QPainter(self)
        if self._image.isNull():
            return
        font, heights = self._letters(), list[float]()
        metrics, gap = QFontMetricsF(font), self._theme.scale.space(4)
        for line in self.lines:
            high = metrics.boundingRect(QRectF(0, 0, self.width(), 1e6), WRAP, line).height()
            if sum(heights) + high > 0.6 * self.height():
                break  # in a low place the picture comes first; the tool tip says the rest
            heights.append(high)
        below = sum(heights) + gap
        room = QRectF(0, 0, self.width(), max(self.height() - below, 1))
        high, wide = self._image.height(), self._image.width()
        scale = min(room.width() / wide, room.height() / high)
        box = QRectF(0, 0, float(int(scale * wide)), float(int(scale * high)))
        box.moveLeft(float(int((room.width() - box.width()) / 2)))
        painter.fillRect(box, QColor(PAPER))
        painter.drawImage(box, self._image)
        painter.setFont(font)
        top = box.bottom() + gap
        for place, (line, high) in enumerate(zip(self.lines, heights, strict=False)):
            painter.setPen(QColor(self._theme.dim if place else self._theme.text))
            painter.drawText(QRectF(0, top, self.width(), high), WRAP, line)
            top += high

    def _letters(self) -> QFont:
        """Return the letters, smaller where one of the words has no room in the width."""
        metrics = QFontMetricsF(self.font())
        words = " ".join(self.lines).split()
        longest = max(words, key=metrics.horizontalAdvance, default="")
        return self._theme.scale.fitting(self.font(), longest, self.width())[0]


class ClassPage(QWidget):
    """Thumbnails to go through, the one that was gone to, and a button to put it through.

    Signals:
        chosen(int): the example of this index was gone to.
        wanted(object): a command, to put a test example through the network.
    """

    chosen = Signal(int)
    wanted = Signal(object)

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
            self.wanted.emit(FocusOn(self._shown.row(place)))
