"""A menu in which each entry has a sentence, as a second and quieter line.

Qt's own entries have one line. These are widgets that paint themselves; keys, pointer and
scrolling stay the menu's.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QMenu, QStyle, QWidget, QWidgetAction

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, TypeScale

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
BESIDE, ABOVE = 14, 3
"""Pixels left free at the sides of an entry, and above and below it, at a factor of 1."""
SHARE = 0.9
"""Of the screen's width that the longest sentence may take before it goes on in another line."""


class SentenceMenu(QMenu):
    """Entries called by a text and a sentence each; it scrolls where the screen is too low."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.scale = DARK.scale

    def add(self, id: str, text: str, sentence: str, do: Callable[[], object]) -> None:
        """Add an entry; its action has the id as data, and says both in one line.

        So do screen readers, and desktops that draw menus themselves.
        """
        action = QWidgetAction(self)
        action.setText(f"{text} – {sentence}".replace("&", "&&"))
        action.setData(id)
        action.setProperty("title", text)
        action.setProperty("usual_tip", sentence)
        action.setDefaultWidget(_Entry(text, sentence, action, self))
        action.triggered.connect(lambda _checked=False: do())
        self.addAction(action)

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        self.scale = theme.scale
        for action in self.actions():
            if isinstance(action, QWidgetAction):
                action.defaultWidget().updateGeometry()

    def between_arrows(self) -> QRect:
        """Return what is left for entries where arrows at the ends say that there are more."""
        entries = self.actions()
        arrow = self.style().pixelMetric(QStyle.PixelMetric.PM_MenuScrollerHeight, None, self)
        above = self.actionGeometry(entries[0]).top() < 0
        below = self.actionGeometry(entries[-1]).bottom() >= self.height()
        return self.rect().adjusted(0, arrow * above, 0, -arrow * below)


class _Entry(QWidget):
    """The two lines of an entry; more where its sentence is wider than the screen."""

    def __init__(self, text: str, sentence: str, action: QWidgetAction, menu: SentenceMenu) -> None:
        super().__init__(menu)
        self.text, self.sentence = text, sentence
        self._action, self._menu = action, menu
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Ask for room for both, without being wider than the screen."""
        _, sentence = self.places()
        space = self._menu.scale.space
        return QSize(sentence.right() + 1 + space(BESIDE), sentence.bottom() + 1 + space(ABOVE))

    def places(self) -> tuple[QRect, QRect]:
        """Return where text and sentence stand, as large as they need to be."""
        scale = self._menu.scale
        screen = QGuiApplication.primaryScreen() if self.screen() is None else self.screen()
        widest = int(screen.availableGeometry().width() * SHARE) - 2 * scale.space(BESIDE)
        corner = QPoint(scale.space(BESIDE), scale.space(ABOVE))
        text = self._box(Step.BODY, self.text, corner, widest, scale)
        return text, self._box(Step.LABEL, self.sentence, text.bottomLeft(), widest, scale)

    def _box(self, step: Step, words: str, corner: QPoint, widest: int, scale: TypeScale) -> QRect:
        metrics = QFontMetrics(scale.font(self.font(), step))
        box = metrics.boundingRect(QRect(0, 0, widest, 10_000), WRAP, words)
        box.moveTopLeft(corner)
        return box.adjusted(0, 0, 1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint them, raised where the entry is the one that would be chosen."""
        painter = QPainter(self)
        painter.setClipRect(self._menu.between_arrows().translated(-self.pos()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, scale = self.palette(), self._menu.scale
        if self._menu.activeAction() is self._action:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(self.rect(), scale.space(5), scale.space(5))
        roles = QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText
        steps, words = (Step.BODY, Step.LABEL), (self.text, self.sentence)
        for place, role, step, line in zip(self.places(), roles, steps, words, strict=True):
            painter.setPen(palette.color(role))
            painter.setFont(scale.font(self.font(), step))
            painter.drawText(place, WRAP, line)
