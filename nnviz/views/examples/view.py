"""The examples: which ones the network gets wrong, the worst first, to look at one by one.

Thumbnails of test examples stand in the order of their cost, each with what it is
and what the network reads. The order is worked out where training happens, so the
view asks for it and shows what comes back, with the step at which it was true.
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import FocusOn, Rank
from nnviz.messages.ports import Ports
from nnviz.views.examples.filter import ClassFilter
from nnviz.views.examples.picture import ExamplesPicture, class_names, examples_of, picture
from nnviz.views.examples.requests import PLAYING, RESTING, WISHED, Subject
from nnviz.views.examples.text import CLICK, HALF_WAY
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.request_gate import RequestGate
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.view import View, ViewSpec


class ExamplesView(View):
    """A gallery of ranked test examples, with a filter above it.

    Attributes:
        shown: what the gallery shows.
        marked: index of the test example that is marked there; −1 for none.

    Signals:
        ranking_requested(object, bool): rank the examples of this class, or with None all of
            them, as they are now; True for misread ones only.
        example_requested(int): put this test example through the network.
    """

    ranking_requested = Signal(object, bool)
    example_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(160, 90)
        self._theme = DARK
        self._snapshot: Snapshot | None = None
        self.shown = ExamplesPicture()
        self.marked = -1
        self._asking = RequestGate(self)
        self._asking.due.connect(self._ask)
        self.classes = ClassFilter()
        self.classes.chosen.connect(self._filter)
        self.misread = self._button("misread only", "Show only what the network gets wrong")
        self.misread.setCheckable(True)
        self.misread.toggled.connect(self._filter)
        self.refresh = self._button("refresh", "Sort them by what the network makes of them now")
        self.refresh.clicked.connect(self._again)
        self.words = _Words()
        self.gallery = ThumbnailGrid("Test examples, the worst first")
        for signal in (self.gallery.chosen, self.gallery.opened):
            signal.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.misread)
        row.addStretch(1)
        row.addWidget(self.refresh)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addWidget(self.classes)
        box.addLayout(row)
        box.addWidget(self.words)
        box.addWidget(self.gallery, 1)
        self.words.say(self.shown.wordings)
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Have examples ranked, and put through the network."""
        super().join(ports)
        self.ranking_requested.connect(lambda label, wrong: ports.send(Rank(label, wrong)))
        self.example_requested.connect(lambda index: ports.send(FocusOn(index)))
        ports.on(Ranking, self.show_ranking)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def sizeHint(self) -> QSize:
        """Ask for a panel's usual room."""
        return QSize(240, 300)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Mark the example in focus, and ask for a ranking where the last one is out of date."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or examples_of(before) != examples_of(snapshot):
            self.classes.show_classes(class_names(snapshot))
            self._show(picture(snapshot, None))
        focus = snapshot.focus
        self.gallery.open = focus.place < 0
        self.gallery.hint = CLICK if self.gallery.open else HALF_WAY
        if not self.gallery.open:
            self._mark(-1)
        elif before is None or before.focus.place >= 0 or before.focus.index != focus.index:
            # One that was chosen here stays marked until the network has followed.
            self._mark(focus.index)
        self._keep_up()

    def show_ranking(self, ranking: Ranking) -> None:
        """Show the answer to what was asked last; any other is out of date."""
        if ranking.read_as is not None:  # of what is taken for what: another view's
            return
        snapshot = self._snapshot
        wanted = self.classes.label, self.misread.isChecked()
        if (
            snapshot is None
            or (ranking.label, ranking.wrong) != wanted
            or (ranking.run, ranking.x.shape[1]) != (snapshot.run, snapshot.recipe.layers[0])
        ):
            self._asking.forget()
            return
        self._asking.answered(ranking.step, ranking.mark)
        last = self.shown.ranking
        self._show(picture(snapshot, ranking))
        if last is None or (last.label, last.wrong) != wanted:
            self.gallery.scroll_to(0)
        if not snapshot.playing and ranking.mark != snapshot.mark:
            # What was asked about was another net by the time it was ranked.
            self._keep_up()

    def _show(self, shown: ExamplesPicture) -> None:
        self.shown = shown
        self.classes.setVisible(shown.filtered)
        self.misread.setVisible(shown.filtered)
        self.words.say(shown.wordings)
        self.gallery.show_thumbnails(shown.thumbnails)
        self._mark(self.marked)

    def _mark(self, index: int) -> None:
        """Mark a test example by its index, if it is here; −1 for none."""
        self.marked = index
        place = self.shown.place_of(index)
        self.gallery.select(() if place < 0 else (place,))

    def _choose(self, place: int) -> None:
        assert self.shown.ranking is not None
        self.marked = int(self.shown.ranking.index[place])
        self.example_requested.emit(self.marked)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self._style()

    # -- what is asked for ----------------------------------------------------------------------

    def _want(self, interval: float) -> None:
        if self._snapshot is not None:
            subject = Subject(self._snapshot, self.classes.label, self.misread.isChecked())
            self._asking.want(subject, interval)

    def _keep_up(self) -> None:
        playing = self._snapshot is not None and self._snapshot.playing
        self._want(PLAYING if playing else RESTING)

    def _filter(self) -> None:
        self._want(WISHED)

    def _again(self) -> None:
        self._asking.forget()
        self._want(WISHED)

    def _ask(self, subject: Subject) -> None:
        if self.in_sight():
            self.ranking_requested.emit(subject.label, subject.wrong)
        else:
            self._asking.put_off()

    # -- how it looks ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the panel's ground; what is painted can be seen, so it should be up to date."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.panel))
        self._keep_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let letters follow the size."""
        super().resizeEvent(event)
        self._style()

    def _style(self) -> None:
        theme = self._theme
        unit = round(min(max(min(self.width() / 20, self.height() / 16), 12), 26))
        font = QFont(self.font())
        font.setPixelSize(unit)
        font.setFeature(QFont.Tag("tnum"), 1)
        self.classes.dress(theme, font)
        self.gallery.dress(theme, font)
        small = QFont(font)
        small.setPixelSize(max(12, round(0.85 * unit)))
        self.words.dress(theme, small, 1 if self.height() < 17 * unit else 2)
        for button in (self.misread, self.refresh):
            button.setFont(small)
            button.setStyleSheet(
                f"QPushButton {{ background: {theme.raised}; color: {theme.text};"
                f" border: 1px solid {theme.line}; border-radius: 5px; padding: 1px 7px; }}"
                f"QPushButton:hover {{ border-color: {theme.dim}; }}"
                f"QPushButton:pressed {{ background: {theme.line}; }}"
                f"QPushButton:checked {{ background: {theme.text}; color: {theme.panel};"
                f" border-color: {theme.text}; }}"
            )


class _Words(QWidget):
    """A sentence in as full a wording as has room."""

    def __init__(self) -> None:
        super().__init__()
        self._wordings: tuple[str, ...] = ()
        self._lines = 2
        self._colour = QColor(DARK.dim)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, wordings: tuple[str, ...]) -> None:
        """Say this, the fullest wording first."""
        if wordings != self._wordings:
            self._wordings = wordings
            self.setToolTip(wordings[0])
            self.setAccessibleName(wordings[0])
            self.update()

    def dress(self, theme: Theme, font: QFont, lines: int) -> None:
        """Take on colours, letters and room for so many lines."""
        self._colour, self._lines = QColor(theme.dim), lines
        self.setFont(font)
        metrics, room = QFontMetrics(font), QRect(0, 0, 10_000, 10_000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, "\n".join("g" * lines))
        self.setFixedHeight(needed.height())
        self.update()

    @property
    def text(self) -> str:
        """The wording that is shown."""
        metrics, width = QFontMetrics(self.font()), max(self.width(), 1)
        for wording in self._wordings:
            room = QRect(0, 0, width, 10_000)
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, wording)
            if needed.height() <= self.height() and needed.width() <= width:
                return wording
        return self._wordings[-1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the wording."""
        painter = QPainter(self)
        painter.setPen(self._colour)
        painter.drawText(self.rect(), Qt.TextFlag.TextWordWrap, self.text)


SPEC = ViewSpec("examples", "Examples", "left", ExamplesView, rate=2.0)
