"""Finds text that is cut off and widgets that cover each other, by their rectangles."""

from collections.abc import Iterator
from itertools import combinations

from PySide6 import QtGui
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGraphicsSimpleTextItem,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from nnviz.views.network.view import NetworkView
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.window.theme import TABS

SOLID = QLabel | QAbstractButton | QComboBox | QLineEdit | QTabBar
"""Widgets that hold text of their own."""


def cut_off(root: QWidget) -> list[str]:
    """Say of every visible widget below a root whose text does not fit into it."""
    return [f"{_named(part)}: {text!r}" for part, text in _cut_texts(root)]


def covered(root: QWidget) -> list[str]:
    """Say of every two visible widgets with text below a root where one covers the other."""
    parts = [(part, seen_box(part, root)) for part in _solid_parts(root)]
    found = []
    for (one, box), (other, place) in combinations(parts, 2):
        both = box & place
        within = one.isAncestorOf(other) or other.isAncestorOf(one)
        if both.width() > 1 and both.height() > 1 and not within:
            found.append(f"{_named(one)} and {_named(other)}: {both}")
    return found


def sideways(root: QWidget) -> list[str]:
    """Say of every visible widget below a root that has to be scrolled sideways."""
    areas = [area for area in root.findChildren(QScrollArea) if area.isVisible()]
    return [
        f"{_named(area)} scrolls sideways"
        for area in areas
        if not seen_box(area, root).isEmpty() and area.horizontalScrollBar().maximum() > 0
    ]


def written_over(view: NetworkView) -> list[str]:
    """Say what a network view writes under its own buttons, or where nobody sees it."""
    parts = [part for part in view.findChildren(QAbstractButton) if part.isVisible()]
    texts = [
        item for item in view.drawing.scene.items() if isinstance(item, QGraphicsSimpleTextItem)
    ]
    written = [item for item in texts if item.text() and item.isVisible()]
    assert parts
    assert written
    found = []
    for item in written:
        box = item.sceneBoundingRect()
        for part in parts:
            both = box & QRectF(part.geometry())
            if both.width() > 1 and both.height() > 1:
                found.append(f"{item.text()!r} under {part.text()!r}: {both}")
        if view.drawing.camera.zoom == 1 and not QRectF(view.rect()).adjusted(
            -1, -1, 1, 1
        ).contains(box):
            found.append(f"{item.text()!r} leaves the view: {box}")
    return found


def seen_box(part: QWidget, root: QWidget) -> QRect:
    """Return what of a widget can be seen, within a root; docks behind others stand outside it."""
    box = QRect(part.mapTo(root, part.rect().topLeft()), part.size()) & root.rect()
    above = part.parentWidget()
    while above is not None and above is not root:
        box &= QRect(above.mapTo(root, above.rect().topLeft()), above.size())
        above = above.parentWidget()
    return box


def _solid_parts(root: QWidget) -> list[QWidget]:
    """Return what holds text and can be seen."""
    return [
        part
        for part in root.findChildren(QWidget)
        if isinstance(part, SOLID)
        and part.isVisible()
        and part.window() is root
        and not seen_box(part, root).isEmpty()
        and not (isinstance(part, QLabel) and not part.text())
    ]


def _cut_texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    for part in _solid_parts(root):
        metrics = part.fontMetrics()
        if isinstance(part, QTabBar):
            scale = TypeScale(QtGui.QGuiApplication.font().pixelSize() / Step.BODY.value)
            step, beside, _ = TABS[bool(part.property("narrow"))]
            metrics = QtGui.QFontMetrics(scale.font(part.font(), step))
            buttons = [one.geometry() for one in part.findChildren(QToolButton) if one.isVisible()]
            for i in filter(part.isTabVisible, range(part.count())):
                box, text = part.tabRect(i), part.tabText(i)
                fits = metrics.horizontalAdvance(text) <= box.width() - scale.space(beside)
                fits &= part.elideMode() == Qt.TextElideMode.ElideNone
                fits &= not any(box.intersects(button) for button in buttons)
                if not (fits and part.rect().contains(box)):
                    yield part, text
            continue
        if isinstance(part, QLabel):
            text, fits = part.text(), _label_fits(part)
        elif isinstance(part, QComboBox):
            text = part.currentText()
            option = QStyleOptionComboBox()
            part.initStyleOption(option)
            field = part.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox,
                option,
                QStyle.SubControl.SC_ComboBoxEditField,
                part,
            )
            fits = metrics.horizontalAdvance(text) <= field.width()
        elif isinstance(part, QLineEdit):
            text = part.displayText()
            fits = metrics.horizontalAdvance(text) <= part.width()
        elif isinstance(part, QPushButton | QToolButton):
            text = part.text()
            if (
                isinstance(part, QToolButton)
                and part.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
                and not part.icon().isNull()
            ):
                continue
            size = metrics.size(Qt.TextFlag.TextShowMnemonic, text)
            fits = size.width() <= part.width() - 2 and size.height() <= part.height() + 2
        else:
            continue
        if not fits and not _elides(part, text):
            yield part, text


def _label_fits(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height() + 1
    if QtGui.Qt.mightBeRichText(label.text()) and label.textFormat() != Qt.TextFormat.PlainText:
        document = QtGui.QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        document.setHtml(label.text())
        return document.idealWidth() <= room.width() + 1
    size = label.fontMetrics().size(0, label.text())
    return size.width() <= room.width() and size.height() <= room.height() + 2


def _elides(part: QWidget, text: str) -> bool:
    """Tell whether a widget writes … for what does not fit, and has all of it in its tip."""
    elides = "paintEvent" in vars(type(part))
    return elides and text in part.toolTip()


def _named(part: QWidget) -> str:
    above, names = part, []
    while above is not None and len(names) < 5:
        names.append(above.objectName() or type(above).__name__)
        above = above.parentWidget()
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    return f"{' in '.join(names)} {text!r} {part.size().toTuple()}"
