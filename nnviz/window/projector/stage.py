"""The stage: the window that the class sees, with one page of views and a strip below it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit
from nnviz.messages.events import Loading, Notice
from nnviz.messages.ports import Ports
from nnviz.numbers import percent
from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import TypeScale, seen_height
from nnviz.views.view import ViewSpec
from nnviz.window import theme as look
from nnviz.window.late_views import LateViews
from nnviz.window.projector.bar import StageBar
from nnviz.window.projector.board import PageBoard
from nnviz.window.projector.dialogs_over import DialogsOver, KeysBack
from nnviz.window.projector.pages import Page
from nnviz.window.projector.strip import HEIGHT, Strip
from nnviz.window.view_feed import ViewFeed
from nnviz.window.weight_editor import WeightEditor


class Stage(QWidget):
    """A window without a frame.

    Attributes:
        views: its own instances of the views, each built when a page first shows it.
        board: shows the page.
        strip: below it.
        bar: slides in over it, once there is one.
        keys: what is done on keys of the stage, which go before the window's shortcuts.
        left_first, left_last: what Escape leaves before, and after, what is open in the views; each
            tells whether there was anything to leave.

    Signals:
        resized(): it has another size.
        closed(): the desktop has closed it.
        dressed(object): it has taken on a theme, with the scale.
    """

    dressed = Signal(object)
    resized = Signal()
    closed = Signal()

    def __init__(
        self,
        specs: Sequence[ViewSpec],
        usual: Callable[[str], Mapping[str, Any]],
        selected: Selection | None,
        ports: Ports,
        parent: QWidget,
    ) -> None:
        """Build it without a page.

        Args:
            specs: of the views that pages may show.
            usual: what is chosen in a view on the desktop, by its id.
            selected: what is selected already.
            ports: joins its views to the rest.
            parent: the desktop's window.
        """
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("stage")
        self.setWindowTitle("nnviz")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.keys: dict[int, Callable[[], object]] = {}
        self.views = LateViews(ports, self, selected)
        for spec in specs:
            self.views.know(spec)
        self.strip = Strip(self)
        self.feed = ViewFeed(specs, self.views, self.strip, self)
        self.board = PageBoard(self.views, usual, self)
        self.board.watch = lambda id: self.feed.watch(id, None)
        self._lower: QWidget | None = None
        self._lower_share = 0.0
        self._overlays: list[QWidget] = []
        self.left_first: list[Callable[[], bool]] = []
        self.left_last: list[Callable[[], bool]] = []
        self.theme: Theme | None = None
        self._enlarged = 1.0
        self.bar: StageBar | None = None
        self._dialogs = DialogsOver(self)
        KeysBack(parent, self)
        self.weights = WeightEditor(self)
        self.weights.chosen.connect(lambda i, v: ports.send(MakeEdit(THETA, (v,), (i,))))
        ports.on(Notice, self._told)
        ports.on(Loading, self._loads)

    def _told(self, notice: Notice) -> None:
        if self.isVisible():
            self.strip.say(notice.sentence)

    def _loads(self, loading: Loading) -> None:
        """Say how far something is that takes long, and nothing in passing once it is done."""
        done = loading.fraction >= 1
        if self.isVisible() and (loading.text or done):
            self.strip.say("" if done else f"{loading.text}… {percent(loading.fraction, 0)}")

    def wear(self, theme: Theme, enlarged: float) -> None:
        """Take on a theme's colours, in sizes that suit the height of the picture.

        Letters are enlarged as far as the page has room for them.
        """
        self._enlarged = enlarged
        while True:
            scale = TypeScale.projected(self.height(), enlarged, self.devicePixelRatioF())
            self._put_on(replace(theme, scale=scale))
            if enlarged <= 1 or (fits := self.board.fits) >= 1:
                return
            enlarged = max(1.0, min(enlarged * fits, enlarged - 0.02))

    def _put_on(self, theme: Theme) -> None:
        if theme == self.theme:
            return
        self.theme = theme
        look.dress(self, theme)
        self.views.set_theme(theme)
        self.strip.set_theme(theme)
        self.board.set_theme(theme)
        self.weights.set_theme(theme)
        self._lay_out()  # the strip is as high as its letters need
        if self.bar is not None:
            self.bar.wear(theme)
        self._dialogs.follow(theme)
        self.dressed.emit(theme)

    def show_page(self, page: Page) -> None:
        """Show a page in place of the one before."""
        self.weights.close()
        self.board.show_page(page)
        self.setAccessibleName(page.shown)
        if self.bar is not None:
            self.bar.show_page(page)
        self._enlarge_again()

    def _enlarge_again(self) -> None:
        """Enlarge letters anew: another page, or net, may have more room, or less."""
        if self._enlarged > 1 and self.theme is not None:
            self.wear(self.theme, self._enlarged)

    def show_moment(self, snapshot: Snapshot, pace: float | None) -> None:
        """Show a moment on the page, in turns while training runs."""
        before, self.feed.snapshot = self.feed.snapshot, snapshot
        if self.isVisible():
            self.feed.show(pace)
            self.weights.show_snapshot(snapshot)
            if before is None or before.recipe.layers != snapshot.recipe.layers:
                self.catch_up()
                self._enlarge_again()

    def edit_parameter(self, index: int) -> None:
        """Open the weight editor beside the pointer for one entry of theta."""
        snapshot = self.feed.snapshot
        if snapshot is not None and 0 <= index < len(snapshot.theta):
            self.weights.edit(snapshot, index, self.mapFromGlobal(QCursor.pos()))

    def catch_up(self) -> None:
        """Show the last moment in all that is on the page."""
        self.feed.show_everywhere()

    def leave(self) -> bool:
        """Leave what is open over the page or in a view, the innermost first, as on Escape."""
        if self.bar is not None and self.bar.leave():
            return True
        if self.weights.isVisible():
            self.weights.close()
            return True
        parts = [*reversed(self._overlays), *reversed(self.board.shown)]
        opened = [part.leave for part in parts if hasattr(part, "leave")]
        return any(leave() for leave in (*self.left_first, *opened, *self.left_last))

    def take_over(self, dialog: QDialog) -> None:
        """Give a dialog, which stood over another window before, letters and colours."""
        self._dialogs.take_over(dialog)

    # -- what others lay over it, and their keys --------------------------------------------------

    def lay_over(self, overlay: QWidget) -> None:
        """Keep a widget over the whole page from now on; hidden or shown as it is.

        Where it has a method `leave`, Escape asks that before the views: it tells whether there was
        anything to leave.
        """
        overlay.setParent(self)
        self._overlays.append(overlay)
        self._lay_out()
        overlay.raise_()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the stage's own."""
        return event.modifiers() in _PLAIN and event.key() in self.keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key of the stage does."""
        if self.takes_key(event):
            self.keys[event.key()]()
        else:
            super().keyPressEvent(event)

    # -- its place --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay page and strip out anew."""
        super().resizeEvent(event)
        self._lay_out()
        self.resized.emit()

    def stand_below(self, lower: QWidget | None, share: float = 0.0) -> None:
        """Let a widget have a share of the height in place of the strip; None for the strip."""
        before, self._lower = self._lower, lower
        self._lower_share = share
        if before is not None and before is not lower:
            before.hide()
        self.strip.setVisible(lower is None)
        if lower is not None and lower is not before:
            lower.setParent(self)
            lower.show()
        self._lay_out()

    @property
    def _larger(self) -> float:
        """By how much letters are enlarged."""
        if self.theme is None:
            return 1.0
        usual = TypeScale.projected(self.height(), ratio=self.devicePixelRatioF())
        return max(self.theme.scale.factor / usual.factor, 1.0)

    def _lay_out(self) -> None:
        share = HEIGHT * self._larger if self._lower is None else self._lower_share
        strip = round(share * seen_height(self.height(), self.devicePixelRatioF()))
        if self._lower is not None:
            self._lower.setGeometry(0, self.height() - strip, self.width(), strip)
        self.board.setGeometry(0, 0, self.width(), self.height() - strip)
        self.strip.setGeometry(0, self.height() - strip, self.width(), strip)
        for overlay in self._overlays:
            overlay.setGeometry(self.board.geometry())
        if self.bar is not None:
            self.bar.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the desktop has closed it; dialogs over it go with it."""
        self._dialogs.close()
        super().closeEvent(event)
        self.closed.emit()


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
