"""The presenter's panel: notes to the page that the class sees, and the page that comes next.

It is there where the stage stands on another screen.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import tool_button
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.projector.board import shared_out
from nnviz.window.projector.pages import Page

PICTURE = QSize(300, 160)
"""Size of the next page's picture at a factor of 1."""
KEEPING_MS = 600
"""Milliseconds of rest after which notes are kept."""


class NextPage(QWidget):
    """A page in small: as it was when it was left, else what stands where."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__()
        self._titles = titles
        self._theme = DARK
        self._page: Page | None = None
        self._picture: QPixmap | None = None

    def show_page(self, page: Page | None, picture: QPixmap | None) -> None:
        """Show a page, or nothing after the last."""
        self._page, self._picture = page, picture
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.setFixedSize(theme.scale.space(PICTURE.width()), theme.scale.space(PICTURE.height()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page."""
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), QColor(theme.ground))
        if self._page is None:
            return
        if self._picture is not None:
            fitting = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(
                (self.width() - fitting.width()) // 2,
                (self.height() - fitting.height()) // 2,
                fitting.width(),
                fitting.height(),
            )
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._picture)
            return
        painter.setPen(QColor(theme.dim))
        painter.setFont(theme.scale.font(self.font(), Step.LABEL))
        shares = [each.share for each in self._page.views]
        places = shared_out(self.rect(), shares, theme.scale.space(3))
        wrapped = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
        for each, place in zip(self._page.views, places, strict=True):
            painter.fillRect(place, QColor(theme.panel))
            painter.drawText(place, wrapped, self._titles.get(each.view, each.view))


class PresenterPanel(QWidget):
    """A small window over the desktop."""

    def __init__(
        self,
        titles: Mapping[str, str],
        keep_notes: Callable[[str, str], None],
        turns: Sequence[Callable[[], object]],
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            titles: of all views by id.
            keep_notes: keeps a page's notes, by its id.
            turns: what its buttons do: the page before, the next page, leave.
            parent: the desktop's window.
        """
        super().__init__(parent, Qt.WindowType.Tool)
        named(self, "presenter")
        self.setWindowTitle("What the class sees")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the stage has the keys
        self._keep_notes, self._leave = keep_notes, turns[2]
        self._page: Page | None = None
        self._pictures: dict[str, QPixmap] = {}
        self._opened = False
        self._below: QWidget | None = None
        self.now, self.after = named(QLabel(), "presenter_now"), QLabel()
        self.notes = named(QPlainTextEdit(), "presenter_notes", said="notes to this page")
        self.notes.setPlaceholderText("Notes to this page, which the class does not see")
        self.notes.setTabChangesFocus(True)
        self.next = NextPage(titles)
        said = (("‹", "The page before."), ("›", "The next page."), ("leave", "Leave the stage."))
        self.buttons = [tool_button(text, tip, tip) for text, tip in said]
        self._grid = grid = QGridLayout(self)
        grid.addWidget(self.now, 0, 0, 1, 4)
        grid.addWidget(self.notes, 1, 0, 1, 4)
        grid.addWidget(self.after, 0, 4)
        grid.addWidget(self.next, 1, 4)
        for column, (button, does) in enumerate(zip(self.buttons, turns, strict=True)):
            button.clicked.connect(lambda _checked=False, does=does: does())
            grid.addWidget(button, 2, column)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(1, 1)
        self._keeping = QTimer(self, singleShot=True, interval=KEEPING_MS)
        self._keeping.timeout.connect(self.keep)
        self.notes.textChanged.connect(self._keeping.start)

    def stand_below(self, widget: QWidget | None) -> None:
        """Let something of a lesson stand below the notes to a page, or for None nothing.

        What stood there before goes.
        """
        old, self._below = self._below, widget
        if old is not None:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        if widget is not None:
            self._grid.addWidget(widget, 3, 0, 1, 5)
            widget.show()
        if self._opened:
            before = self.height()
            self.resize(self.width(), max(self.sizeHint().height(), self.minimumHeight()))
            self.move(self.x(), max(self.y() + before - self.height(), 0))  # its foot stays

    def open_in(self, free: QRect) -> None:
        """Open in the lower right corner of what is free of a screen, where it is not on it yet."""
        if not self._opened:
            self.resize(self.sizeHint())
        self.show()
        frame = self.frameGeometry()
        if not self._opened or not free.contains(frame.center()):
            self.move(free.right() - frame.width() - 24, free.bottom() - frame.height() - 48)
        self._opened = True

    def keep_picture(self, page: Page, board: QWidget) -> None:
        """Keep how a page looks as it is left."""
        if self.isVisible():
            whole = board.grab()
            smooth = Qt.TransformationMode.SmoothTransformation
            self._pictures[page.id] = whole.scaledToWidth(2 * PICTURE.width(), smooth)

    def show_page(self, page: Page, notes: str, after: Page | None) -> None:
        """Show a page's notes, and which page comes after it."""
        self.keep()
        self._page = None
        self.now.setText(page.shown)
        self.notes.setPlainText(notes)
        self._keeping.stop()
        self._page = page
        self.after.setText(f"Next: {after.shown}" if after else "This is the last page.")
        self.next.show_page(after, self._pictures.get(after.id) if after else None)

    def keep(self) -> None:
        """Keep the notes as they are."""
        self._keeping.stop()
        if self._page is not None:
            self._keep_notes(self._page.id, self.notes.toPlainText())

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        scale = theme.scale
        self._grid.setContentsMargins(*[scale.space(10)] * 4)
        self._grid.setSpacing(scale.space(6))
        self.now.setFont(scale.font(self.font(), Step.HEADING, bold=True))
        self.next.set_theme(theme)
        self.setStyleSheet(
            f"#presenter {{ background: {theme.ground}; }}"
            f"#presenter_notes {{ background: {theme.panel}; color: {theme.text};"
            f" border: {scale.space(1)}px solid {theme.line};"
            f" font-size: {scale.px(Step.BODY)}px; }}"
            + styles.controls(theme, step=Step.BODY, padding=(3, 10))
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the notes; without this panel the class sees its stage no longer."""
        self.keep()
        super().closeEvent(event)
        if event.spontaneous():
            self._leave()
