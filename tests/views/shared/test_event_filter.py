"""Whoever wants to hear of a widget's events shares one filter."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.views.shared.event_filter import EventFilter, hear

RESIZE, MOVE = QEvent.Type.Resize, QEvent.Type.Move


class Ear(QObject):
    def __init__(self, *, takes: bool = False) -> None:
        super().__init__()
        self.heard: list[QEvent.Type] = []
        self.takes = takes

    def hears(self, _watched: QObject, event: QEvent) -> bool:
        self.heard.append(event.type())
        return self.takes


def resized(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QResizeEvent(QSize(3, 4), QSize(1, 2)))


def test_each_hears_of_its_kinds_alone(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    first, second, other = Ear(), Ear(), Ear()
    for ear, kinds in ((first, [RESIZE]), (second, [RESIZE, MOVE]), (other, [MOVE])):
        hear(widget, kinds, ear.hears)
    resized(widget)
    assert first.heard == second.heard == [RESIZE]
    assert other.heard == []
    assert len(widget.findChildren(EventFilter)) == 1


def test_nobody_hears_twice_however_often_he_asks(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    ear = Ear()
    for _ in range(3):
        hear(widget, [RESIZE], ear.hears)
    resized(widget)
    assert ear.heard == [RESIZE]


def test_what_the_last_one_takes_nobody_else_hears(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    first, last = Ear(), Ear(takes=True)
    hear(widget, [RESIZE], first.hears)
    hear(widget, [RESIZE], last.hears)
    resized(widget)
    assert (first.heard, last.heard) == ([], [RESIZE])


def test_who_is_gone_is_not_asked(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    gone, deleted = Ear(), Ear()
    for ear in (gone, deleted):
        hear(widget, [RESIZE], ear.hears)
    del gone, ear
    with qtbot.waitSignal(deleted.destroyed):
        deleted.deleteLater()
    resized(widget)
    assert deleted.heard == []
