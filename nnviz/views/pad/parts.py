"""The parts of the drawing pad: made, dressed and placed."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from nnviz.views.pad.answer import AnswerBars, Winner
from nnviz.views.pad.canvas import PadCanvas
from nnviz.views.pad.earlier_drawings import EarlierDrawings
from nnviz.views.pad.hand_lesson import HandLesson
from nnviz.views.pad.layout import arrange
from nnviz.views.pad.picture import PadPicture
from nnviz.views.pad.reader import Reader
from nnviz.views.pad.stages import Stages
from nnviz.views.pad.teach_popup import TeachPopup
from nnviz.views.pad.tools import PadTools
from nnviz.views.pad.why import WhyMap, WhyWords
from nnviz.views.palette import Theme
from nnviz.views.view import View


class PadParts(View):
    """A panel with a sheet to draw on, what reads it, and what shows and steers that.

    Attributes:
        picture: what is shown.
    """

    wished = 460, 240

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = PadPicture()
        self.canvas = canvas = PadCanvas(self)
        self.reader = Reader(lambda: canvas.sheet, self)
        self.stages = Stages(self)
        self.winner = Winner(self)
        self.bars = AnswerBars(self)
        self.tools = PadTools(self)
        self.why_map = WhyMap(self.canvas)
        self.why_words = WhyWords(self)
        self.earlier = EarlierDrawings(self)
        self.popup = TeachPopup(self)
        self.lesson = HandLesson(canvas, self.reader, self)

    def _show(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes; the sheet stays white on black."""
        self._theme = theme
        self.updateGeometry()
        for part in (self.canvas, self.stages, self.winner, self.bars, self.tools, self.why_map):
            part.set_theme(theme)
        for other in (self.why_words, self.earlier, self.popup, self.lesson):
            other.set_theme(theme)
        self._dress()
        self._show()  # numbers may be written with other digits now
        self.update()

    def _show_answer(self) -> None:
        """Show the answer, unless something else stands in its place."""
        asks = self.lesson.open
        answers = self.picture.why is None and not asks
        self.winner.setVisible(answers)
        self.stages.setVisible(answers and not self.stages.geometry().isEmpty())
        self.bars.setHidden(asks)
        self.tools.setHidden(asks)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which everything can be read."""
        space = self._theme.scale.space
        return QSize(max(280, space(240)), max(204, space(150)))

    def _dress(self) -> None:
        """Arrange the parts for the size."""
        places = arrange(self.width(), self.height(), self._theme.scale)
        self.canvas.setGeometry(places.canvas)
        self.stages.setGeometry(places.stages)
        self.winner.setGeometry(places.winner)
        self.bars.setGeometry(places.bars)
        self.tools.setGeometry(places.tools)
        self.why_words.setGeometry(places.top)
        self.earlier.strip.setGeometry(places.gallery)
        self.why_map.setGeometry(self.canvas.rect())
        self.earlier.strip.setVisible(not places.gallery.isEmpty())
        self.lesson.sheet.setGeometry(places.top.united(places.bars))
        self.lesson.buttons.setGeometry(places.tools)
        self._show_answer()
