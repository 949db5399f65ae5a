"""A panel's content that is as large as the panel, and scrolls where that is too small for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.styles import thin_scroll_bar


class Content(QWidget):
    """What is seen, on the panel's own ground.

    Signals:
        resized(): it has another size.
    """

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it."""
        super().resizeEvent(event)
        self.resized.emit()


class Scrolled(QScrollArea):
    """A frame around a panel's content, with scroll bars only where they are needed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.content = Content()
        self.setWidget(self.content)
        # The panel paints the ground; a style sheet here would reach into the parts.
        self.content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setCornerWidget(QWidget())  # without one Qt paints the corner itself

    def fit(self, theme: Theme, width: float, height: float) -> None:
        """Keep the content at least so large, in pixels at a factor of 1, in the theme's scale."""
        scale = theme.scale
        self.content.setMinimumSize(scale.space(width), scale.space(height))
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setStyleSheet(thin_scroll_bar(theme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the panel and the window."""
        event.ignore()
