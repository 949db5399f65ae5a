import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK
from nnviz.window.presenting.tools import Tools
from tests.waiting import events_done

GROUND, MARK = "#204060", "#c04080"


class Tile(QWidget):
    """A coloured part of a picture that counts how often it is painted, and keeps what clicks it.

    Its left half has another colour than its right half.
    """

    def __init__(self, parent, *place):
        super().__init__(parent)
        self.setGeometry(*place)
        self.painted = 0
        self.clicks = []
        self.colour = MARK

    def mousePressEvent(self, event):
        self.clicks.append(event.position().toPoint())

    def paintEvent(self, event):
        self.painted += 1
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(GROUND))
        painter.fillRect(0, 0, self.width() // 2, self.height(), QColor(self.colour))


class Lecture(QWidget):
    """A window with a picture of two tiles, and a line below it."""

    def __init__(self):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(800, 600)
        self.picture = QWidget(self)
        self.picture.setGeometry(0, 0, 800, 540)
        self.left = Tile(self.picture, 0, 0, 400, 540)
        self.right = Tile(self.picture, 400, 0, 400, 540)
        self.tools = Tools(self.picture, self)
        self.tools.set_theme(DARK)

    def place(self, x, y):
        """A place of the picture on the screen."""
        return self.picture.mapToGlobal(QPoint(x, y))

    def seen(self, x, y):
        """The colour on screen at a place of the window."""
        events_done()
        return self.grab().toImage().pixelColor(x, y).name()


@pytest.fixture
def lecture(qtbot):
    window = Lecture()
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.setFocus()
    window.tools.begin()
    yield window
    window.tools.end()
