"""The data browser: what a network learns from, by class, down to every single example.

The data set in use is looked through elsewhere, so the view asks for that when it
can be seen and only draws what comes back. The user's own drawings can be browsed
here too, whatever the network is trained on.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.drawings import Drawing, Kept
from nnviz.data.overview import Overview
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import FocusOn, ShowData
from nnviz.messages.data_commands import (
    ExportDrawings,
    PutDrawings,
    RemoveDrawings,
    ShowDrawings,
)
from nnviz.messages.events import DrawingAdded
from nnviz.messages.ports import Ports
from nnviz.numbers import integer
from nnviz.views.data.columns import Columns
from nnviz.views.data.drawing_actions import DrawingsDesk
from nnviz.views.data.large_picture import LargePicture
from nnviz.views.data.pages import Book, book_of, book_of_drawings
from nnviz.views.data.rows import ClassRows
from nnviz.views.data.scatter import WRITTEN, Scatter
from nnviz.views.data.text import about, about_data, about_drawings, about_example
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.picture_cache import image_of
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.shared.tile_content import Thumbnails
from nnviz.views.view import View, ViewSpec

WAITING = "Looking through the examples…"
TRAIN, TEST, DRAWINGS = range(3)


class DataView(View):
    """Classes, the examples of one class, and one example.

    Attributes:
        book: what is leafed through; None before it is known.
        listed: indices of the examples of the class that is opened.

    Signals:
        overview_requested(): look through the data set in use.
        drawings_requested(): read the user's own drawings.
        removal_requested(object): delete these drawings.
        return_requested(object): keep these drawings under their own names.
        export_requested(str, Path, object): write these drawings as "idx" or "png" to a folder.
        example_requested(int): put this test example through the network.
    """

    overview_requested = Signal()
    drawings_requested = Signal()
    removal_requested = Signal(object)
    return_requested = Signal(object)
    export_requested = Signal(str, object, object)
    example_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(200, 100)
        self._theme = DARK
        self._subject: tuple[object, ...] = ()
        self._overview: Overview | None = None
        self._kept: Kept | None = None
        self._asked = False
        self.book: Book | None = None
        self._shown: Book | None = None
        self.listed: list[int] = []
        self._label: int | None = None
        self._parts = QButtonGroup(self)
        self._parts.setExclusive(True)
        self.train = self._button("training", "What is trained on", TRAIN)
        self.test = self._button("test", "What is tested with and never trained on", TEST)
        self.mine = self._button("my drawings", "What you drew on the pad and kept", DRAWINGS)
        self.train.setChecked(True)
        self._parts.idClicked.connect(self._turn)
        self.back = self._button("‹ all", "Back to all classes  [Esc]")
        self.back.hide()
        self.back.clicked.connect(self.show_classes)
        self.words = QLabel(WAITING)
        self.words.setWordWrap(True)
        self.rows, self.columns, self.scatter = ClassRows(), Columns(), Scatter()
        self.rows.opened.connect(self.open_class)
        self.gallery = ThumbnailGrid("Examples of the chosen class", letters=3.4)
        self.large = LargePicture()
        self.gallery.chosen.connect(self._show_example)
        self.gallery.selection_changed.connect(self._picked)
        self.through = self._button("show in the network", "Put this test example through it")
        self.through.clicked.connect(lambda: self.example_requested.emit(self.current))
        self.desk = DrawingsDesk()
        self.desk.removal_requested.connect(self.removal_requested)
        self.desk.return_requested.connect(self.return_requested)
        self.desk.export_requested.connect(self.export_requested)
        self.gallery.delete_wanted.connect(self.desk.remove_picked)
        self._lay_out()
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Have the data and the drawings looked through, and drawings changed."""
        super().join(ports)
        self.overview_requested.connect(lambda: ports.send(ShowData()))
        self.drawings_requested.connect(lambda: ports.send(ShowDrawings()))
        self.removal_requested.connect(lambda drawings: ports.send(RemoveDrawings(drawings)))
        self.return_requested.connect(lambda drawings: ports.send(PutDrawings(drawings)))
        self.export_requested.connect(lambda *what: ports.send(ExportDrawings(*what)))
        self.example_requested.connect(lambda index: ports.send(FocusOn(index)))
        ports.on(Overview, self.show_overview)
        ports.on(Kept, self.show_drawings)
        ports.on(DrawingAdded, self._drawing_added)

    def _drawing_added(self, _added: DrawingAdded) -> None:
        self.refresh_drawings()

    def _button(self, text: str, tip: str, part: int | None = None) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if part is not None:
            button.setCheckable(True)
            self._parts.addButton(button, part)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(self.train)
        head.addWidget(self.test)
        head.addStretch(1)
        head.addWidget(self.mine)
        line = QHBoxLayout()
        line.setSpacing(7)
        line.addWidget(self.back)
        line.addWidget(self.words, 1)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.large, 1)
        column.addWidget(self.through, 0, Qt.AlignmentFlag.AlignHCenter)
        opened = QWidget()
        self._opened = QBoxLayout(QBoxLayout.Direction.LeftToRight, opened)
        self._opened.setContentsMargins(0, 0, 0, 0)
        self._opened.setSpacing(8)
        self._opened.addWidget(self.gallery, 3)
        self._opened.addWidget(beside, 2)
        self.pages = QStackedWidget()
        for page in (self.rows, opened, self.columns, self.scatter):
            self.pages.addWidget(page)
        self._page = opened
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addLayout(head)
        box.addLayout(line)
        box.addWidget(self.pages, 1)
        box.addWidget(self.desk)

    def sizeHint(self) -> QSize:
        """Ask for a panel's usual room."""
        return QSize(330, 260)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Ask for the data set where it is another one."""
        recipe = snapshot.recipe
        subject = (snapshot.run, recipe.dataset, recipe.layers[0], recipe.layers[-1])
        if subject != self._subject:
            self._subject, self._asked = subject, False
        self._keep_up()

    def _keep_up(self) -> None:
        if self._subject and not self._asked and self.in_sight():
            self._asked = True
            self.overview_requested.emit()
            self.drawings_requested.emit()

    def show_overview(self, overview: Overview) -> None:
        """Show a data set that has been looked through."""
        same = self._overview is not None and self._overview.dataset is overview.dataset
        self._overview = overview
        if not same and self.part != DRAWINGS:
            self._label = None
            self._show_part()
        self._name_parts()

    def show_drawings(self, kept: Kept) -> None:
        """Show the drawings as they are now."""
        self._kept = kept
        self._name_parts()
        if self.part == DRAWINGS:
            self._show_part()

    def refresh_drawings(self) -> None:
        """Read the drawings again: another was kept, and may be trained on by now."""
        self._asked = False
        self._keep_up()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self._style()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: Escape closes a class that is opened."""
        return event.key() == Qt.Key.Key_Escape and self._label is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the class that is opened."""
        if self.takes_key(event):
            self.show_classes()
        else:
            super().keyPressEvent(event)

    # -- what is shown --------------------------------------------------------------------------

    @property
    def part(self) -> int:
        """Which part is chosen: TRAIN, TEST or DRAWINGS."""
        return self._parts.checkedId()

    def _name_parts(self) -> None:
        overview = self._overview
        toy = overview is not None and overview.toy
        if overview is not None:
            self.train.setText(f"{'rows' if toy else 'training'} {integer(len(overview.train.x))}")
            self.test.setText(f"test {integer(len(overview.test.x))}")
        self.test.setVisible(not toy)
        count = len(self._kept.drawings) if self._kept is not None else 0
        self.mine.setText(f"my drawings {integer(count)}" if count else "my drawings")

    def _turn(self, _part: int) -> None:
        if self.part == DRAWINGS:
            self.drawings_requested.emit()
        self._show_part()

    def show_classes(self) -> None:
        """Go back from one class to all of them."""
        self._label = None
        self._show_part()
        self.rows.setFocus()

    def open_class(self, label: int, row: int = -1) -> None:
        """Show every example of a class, and one of them large."""
        self._label = label
        self._show_part()
        self.gallery.setFocus()
        if row in self.listed:
            self.gallery.go_to(self.listed.index(row))

    def _show_part(self) -> None:
        mine, overview = self.part == DRAWINGS, self._overview
        self.book = None
        if mine and self._kept is not None:
            self.book = book_of_drawings(self._kept.drawings)
            self.words.setText(about_drawings(self._kept))
        elif not mine and overview is not None:
            self.book = book_of(overview, test=self.part == TEST)
            self.words.setText(about(overview, test=self.part == TEST))
            self.words.setToolTip(about_data(overview))
        else:
            self.words.setText(WAITING)
        self.desk.setVisible(mine)
        if self.book is not None and self.book.shape is None:
            self._show_table()
            return
        opened = self._label is not None and self.book is not None
        self.back.setVisible(opened)
        if self.book is not None and self._label is not None:
            self._show_opened(self.book, self._label)
        else:
            # Ten rows of nothing would say less than the words above them.
            self.rows.show_book(self.book if self.book and len(self.book.x) else None)
            self._picked()
        self.pages.setCurrentWidget(self._page if opened else self.rows)

    def _show_opened(self, book: Book, label: int) -> None:
        """Show a class's examples; the one that was large stays so where it is there still."""
        picked = {drawing.id for drawing in self._picked_drawings()}
        rows = book.rows(label)
        self.listed, self._shown = rows.tolist(), book
        self.gallery.many = bool(book.drawings)
        self.gallery.show_thumbnails(Thumbnails(len(rows), lambda places: book.grey(rows[places])))
        self.gallery.scroll_to(0)
        still = (
            place
            for place, row in enumerate(self.listed)
            if book.drawings and book.drawings[row].id in picked
        )
        if self.listed:
            self.gallery.go_to(next(still, 0))
        else:
            self.large.show_picture(QImage(), ())
            self.through.hide()
        self._picked()
        name, count = book.names[label], len(rows)
        self.words.setText(f"{name}: {integer(count)} examples" if count else f"{name}: none yet")

    def _show_table(self) -> None:
        self.back.hide()
        overview = self._overview
        assert overview is not None
        plane = overview.dataset.inputs == 2 or len(overview.train.x) <= WRITTEN
        self.columns.show_overview(None if plane else overview)
        self.scatter.show_overview(overview if plane else None)
        self.pages.setCurrentWidget(self.scatter if plane else self.columns)

    @property
    def current(self) -> int:
        """Index of the example that is large; −1 for none."""
        return self.listed[self.gallery.current] if self.gallery.current >= 0 else -1

    def _show_example(self, place: int) -> None:
        book, row = self.book, self.listed[place]
        if book is not None and book.shape is not None:
            self.large.show_picture(image_of(book.grey([row])[0]), about_example(book, row))
            self.through.setVisible(self.part == TEST)

    def _picked_drawings(self) -> list[Drawing]:
        if self._shown is None or not self._shown.drawings:
            return []
        places = sorted(self.gallery.selected)
        return [self._shown.drawings[self.listed[place]] for place in places]

    def _picked(self) -> None:
        every = self._kept.drawings if self._kept is not None else ()
        opened = self._label is not None and self.part == DRAWINGS
        self.desk.show_drawings(every, self._picked_drawings() if opened else ())

    # -- how it looks ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the panel's ground; what is painted can be seen, so it should be up to date."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.panel))
        self._keep_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let letters follow the size, and put the large picture where there is room."""
        super().resizeEvent(event)
        self._style()

    def _style(self) -> None:
        theme = self._theme
        unit = round(min(max(min(self.width() / 28, self.height() / 18), 11), 24))
        font = QFont(self.font())
        font.setPixelSize(unit)
        font.setFeature(QFont.Tag("tnum"), 1)
        wide = self.width() >= 0.9 * self.height()
        direction = QBoxLayout.Direction
        self._opened.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        style = (
            f"QPushButton {{ background: {theme.raised}; color: {theme.text};"
            f" border: 1px solid {theme.line}; border-radius: 5px; padding: 1px 7px; }}"
            f"QPushButton:hover {{ border-color: {theme.dim}; }}"
            f"QPushButton:focus {{ border-color: {theme.now}; }}"
            f"QPushButton:pressed {{ background: {theme.line}; }}"
            f"QPushButton:disabled {{ color: {theme.dim}; }}"
            f"QPushButton:checked {{ background: {theme.text}; color: {theme.panel};"
            f" border-color: {theme.text}; }}"
            "QPushButton::menu-indicator { image: none; }"
        )
        for button in (self.back, self.train, self.test, self.mine, self.through):
            button.setFont(font)
            button.setStyleSheet(style)
        self.words.setFont(font)
        self.words.setStyleSheet(f"color: {theme.dim};")
        for part in (self.rows, self.columns, self.scatter, self.gallery, self.large):
            part.dress(theme, font)
        self.desk.dress(theme, font, style)


SPEC = ViewSpec("data", "Data", "right", DataView, rate=2.0, open=False)
