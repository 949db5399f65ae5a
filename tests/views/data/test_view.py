"""The data browser: classes, examples and drawings, by real clicks, wheel and keys."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.data.drawings import DrawingStore, Kept
from nnviz.data.overview import look_over
from nnviz.data.tables import load_table
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.units import in_file
from nnviz.messages.commands import FocusOn, ShowData
from nnviz.messages.data_commands import ExportDrawings, PutDrawings, RemoveDrawings, ShowDrawings
from nnviz.numbers import integer
from nnviz.views import VIEWS
from nnviz.views.data import SPEC
from nnviz.views.data.book import Book, book_of_drawings
from nnviz.views.data.picture import MINE, TEST
from nnviz.views.data.text import WAITING, about, about_drawings
from nnviz.views.palette import DARK, THEMES, rgb
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.data.seen import from_file
from tests.sampled import sampled
from tests.views.grabbing import colours, pixels
from tests.waiting import calm
from tests.wishes import on_wish

SIZES = [(298, 200), (381, 240), (900, 600)]
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Desk:
    """A view, and a stand-in for the threads that answer it."""

    def __init__(self, qtbot, show, make_snapshot, make_dataset, folder):
        self.show_on_screen = show
        self.qtbot = qtbot
        self.data = make_dataset(examples=200)
        self.snapshot = make_snapshot(steps=2, dataset=self.data, run=3)
        self.store = DrawingStore(folder / "drawings")
        self.looks, self.reads, self.examples, self.exports = [], [], [], []

    def open(self, size=(381, 240), theme=DARK, data=None, answer=True):
        if data is not None:
            self.data = data
            recipe = replace(self.snapshot.recipe, dataset=data.name)
            self.snapshot = replace(self.snapshot, recipe=recipe)
        self.view = self.show_on_screen(SPEC.view, None, size, theme)
        self.answers = answer
        view = self.view
        on_wish(view, ShowData, lambda _: self._look())
        on_wish(view, ShowDrawings, lambda _: self._read())
        on_wish(view, RemoveDrawings, lambda remove: self._remove(remove.drawings))
        on_wish(view, PutDrawings, lambda put: self._put(put.drawings))
        on_wish(
            view, ExportDrawings, lambda to: self.exports.append((to.kind, to.folder, to.drawings))
        )
        on_wish(view, FocusOn, lambda focus: self.examples.append(focus.index))
        self.qtbot.waitExposed(self.view)
        self.view.show_snapshot(self.snapshot)
        return self.view

    def _look(self):
        self.looks.append(self.data)
        if self.answers:
            self.view.show_overview(look_over(self.data))

    def _read(self):
        self.reads.append(1)
        if self.answers:
            self.view.show_drawings(self.store.kept())

    def _remove(self, drawings):
        self.store.remove(drawing.id for drawing in drawings)
        self._read()

    def _put(self, drawings):
        for drawing in drawings:
            self.store.put(drawing)
        self._read()

    def draw(self, *labels):
        image = np.zeros((28, 28))
        image[4:24, 12:16] = 1
        return [self.store.add(label, image) for label in labels]

    def click(self, widget, where, modifier=Qt.KeyboardModifier.NoModifier):
        port = widget.viewport()
        self.qtbot.mouseClick(port, Qt.MouseButton.LeftButton, modifier, where.center().toPoint())

    def press(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(widget, key, modifier)


@pytest.fixture
def desk(qtbot, show, make_snapshot, make_dataset, tmp_path):
    return Desk(qtbot, show, make_snapshot, make_dataset, tmp_path)


def left_of(row):
    """The left end of a row: its mean picture, left of every thumbnail."""
    return QRectF(row.left(), row.top(), row.height(), row.height())


def seen_in(widget):
    return set(map(tuple, colours(pixels(widget)).tolist()))


def test_it_is_a_view_that_takes_no_room_at_first():
    assert SPEC in VIEWS
    assert (SPEC.id, SPEC.title, SPEC.open) == ("data", "Data", False)


# -- when it asks -------------------------------------------------------------------------------


def test_it_asks_once_for_a_data_set_and_again_for_another(desk):
    view = desk.open()
    assert len(desk.looks) == 1
    view.show_snapshot(replace(desk.snapshot, step=9))
    assert len(desk.looks) == 1
    view.show_snapshot(replace(desk.snapshot, run=4))
    assert len(desk.looks) == 2
    view.refresh_drawings()
    assert (len(desk.looks), len(desk.reads)) == (3, 3)


def test_out_of_sight_it_asks_for_nothing(desk):
    view = desk.open(answer=False)
    assert view.words.text == WAITING
    desk.looks.clear()
    view.hide()
    view.show_snapshot(replace(desk.snapshot, run=4))
    assert not desk.looks
    view.show()
    desk.qtbot.waitUntil(lambda: len(desk.looks) == 1)


# -- classes and examples -----------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_classes_are_painted_and_no_button_is_clipped(desk, theme, size):
    desk.draw(1, 2, 2)
    view = desk.open(size, THEMES[theme])
    picture = pixels(view.rows.viewport())
    assert len(colours(picture)) > 60
    for shown in (view, view.open_class(3) or view, view.mine.click() or view):
        for button in (shown.back, shown.train, shown.test, shown.mine, shown.class_page.through):
            if button.isVisible():
                words = QFontMetricsF(button.font()).horizontalAdvance(button.text())
                assert button.width() >= words + 14, button.text()
                assert shown.rect().contains(
                    button.rect().translated(button.mapTo(shown, QPoint()))
                )


def test_counts_are_bars_of_both_parts(desk):
    view = desk.open((900, 600))
    seen = seen_in(view.rows.viewport())
    assert tuple(rgb(DARK.text)) in seen
    assert tuple(rgb(DARK.now)) in seen
    assert view.train.text() == "training 200"
    assert view.test.text() == "test 50"


def test_a_class_is_opened_by_a_click_and_left_by_escape(desk):
    view = desk.open((900, 600))
    desk.click(view.rows, left_of(view.rows.row(4)))
    assert view.pages.currentWidget() is not view.rows
    rows = np.flatnonzero(desk.data.train_labels == 4).tolist()
    assert view.shown.listed == tuple(rows)
    assert view.focusWidget() is view.gallery
    assert view.class_page.large.lines == ("4", f"Training image {integer(rows[0] + 1)}")
    assert not view.class_page.through.isVisible(), "only test examples go through the network"
    desk.key(view.gallery, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is view.rows
    assert not view.back.isVisible()
    desk.key(view.rows, Qt.Key.Key_Down)
    desk.key(view.rows, Qt.Key.Key_Return)
    assert view.back.isVisible()
    desk.press(view.back)
    assert view.pages.currentWidget() is view.rows


def test_a_thumbnail_opens_its_own_picture(desk):
    view = desk.open((900, 600))
    thumbs = view.rows.thumbs(2)
    desk.click(view.rows, view.rows.thumb(2, 3))
    assert view.class_page.current == thumbs[3]
    picture = pixels(view.class_page.large)
    assert picture.max() > 200


def test_a_test_example_goes_through_the_network(desk):
    view = desk.open((900, 600))
    desk.press(view.test)
    assert view.shown.part == TEST
    desk.click(view.rows, left_of(view.rows.row(7)))
    desk.click(view.gallery, view.gallery.box(1))
    desk.press(view.class_page.through)
    assert desk.examples == [int(np.flatnonzero(desk.data.test_labels == 7)[1])]


def test_the_gallery_goes_on_by_keys_and_wheel(desk):
    view = desk.open((381, 240))
    view.open_class(0)
    gallery = view.gallery
    columns = gallery.tiles.columns
    desk.key(gallery, Qt.Key.Key_Right)
    desk.key(gallery, Qt.Key.Key_Down)
    assert gallery.current == 1 + columns
    desk.key(gallery, Qt.Key.Key_End)
    assert gallery.current == gallery.count - 1
    bar = gallery.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    desk.key(gallery, Qt.Key.Key_Home)
    assert bar.value() == 0
    where = gallery.viewport().rect().center()
    wheel = QWheelEvent(
        QPointF(where), QPointF(gallery.viewport().mapToGlobal(where)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(gallery.viewport(), wheel)
    assert bar.value() > 0


def test_of_sixty_thousand_those_in_sight_are_made(desk, monkeypatch):
    draw = np.random.default_rng(0)
    x = draw.integers(0, 2, (60_000, 64), dtype=np.uint8).astype(np.float32)
    y = one_hot(np.zeros(60_000, dtype=np.intp), 2)
    names = ("a", "b")
    view = desk.open((900, 600), data=Dataset("big", x, y, x[:10], y[:10], names, (8, 8)))
    view.open_class(0)
    bar, made = view.gallery.verticalScrollBar(), []
    grey = Book.grey
    monkeypatch.setattr(Book, "grey", lambda *what: made.extend(what[1]) or grey(*what))
    for step in range(20):
        bar.setValue(step * bar.maximum() // 19)
        made.clear()
        view.gallery.viewport().grab()
        assert len(made) < 200


def test_what_is_in_sight_is_scaled_once(desk, monkeypatch):
    view = desk.open()
    view.open_class(1)
    made = []
    grey = Book.grey
    monkeypatch.setattr(Book, "grey", lambda *what: made.append(1) or grey(*what))
    view.gallery.viewport().grab()
    made.clear()
    view.gallery.viewport().grab()
    assert made == []


# -- other than pictures ------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["xor", "park"])
def test_a_truth_table_is_written_and_drawn(desk, name, theme):
    view = desk.open(theme=THEMES[theme], data=load_dataset(name))
    assert view.pages.currentWidget() is view.scatter
    assert "all there is" in view.words.text
    assert not view.test.isVisible()
    seen = seen_in(view.scatter)
    assert tuple(rgb(THEMES[theme].plus)) in seen or len(seen) > 20
    if name == "xor":
        points = pixels(view.scatter)
        at = view.scatter.point(0, 1).toPoint()
        assert tuple(points[at.y(), at.x()]) == tuple(rgb(THEMES[theme].plus))
        at = view.scatter.point(1, 1).toPoint()
        assert tuple(points[at.y(), at.x()]) == tuple(rgb(THEMES[theme].minus))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("features", ["x1+x2", "x1^2+x2^2+x1x2"])
def test_points_of_the_plane_are_drawn_to_scale_whatever_of_them_are_inputs(desk, features, theme):
    data = load_dataset(f"circles:noise=0,points=40,features={features}")
    view = desk.open(theme=THEMES[theme], data=data)
    scatter = view.scatter
    assert view.pages.currentWidget() is scatter
    assert "means" not in view.words.text
    right, up, middle = (scatter.point(*at) for at in ((1, 0), (0, 1), (0, 0)))
    assert right.x() - middle.x() == pytest.approx(middle.y() - up.y())
    for part, points, y in (
        (view.train, data.train_points, data.y_train),
        (view.test, data.test_points, data.y_test),
    ):
        part.click()
        seen = pixels(scatter)
        at = scatter.point(*map(float, points[-1])).toPoint()
        colour = THEMES[theme].plus if y[-1, 0] == 1 else THEMES[theme].minus
        assert tuple(seen[at.y(), at.x()]) == tuple(rgb(colour))


def test_a_number_over_a_line_is_drawn_as_a_curve(desk):
    data = load_dataset("sine:noise=0,points=60")
    view = desk.open(data=data)
    shown = view.scatter._plotted
    assert view.pages.currentWidget() is view.scatter
    assert shown.names == ("x₁", "y")
    assert (shown.at[:, 1] == data.y_train[:, 0]).all()
    highest = int(data.y_train[:, 0].argmax())
    at = view.scatter.point(*map(float, shown.at[highest])).toPoint()
    seen = pixels(view.scatter)[at.y(), at.x()].astype(int)
    assert seen[2] > seen[0] + 50  # blue, as what is above zero


def test_a_table_shows_its_columns(desk, tmp_path):
    path = tmp_path / "t.csv"
    draw = np.random.default_rng(2)
    lines = [
        f"{draw.normal():.3f},{k + draw.normal():.3f},{draw.normal():.3f},{'xyz'[k]}"
        for k in (0, 1, 2) * 40
    ]
    path.write_text("one,two,three,kind\n" + "\n".join(lines) + "\n")
    view = desk.open(data=load_table(path))
    assert view.pages.currentWidget() is view.columns
    tip = view.columns.tip_at(view.columns.row(1).center())
    assert tip.startswith("two\nx: from ")
    assert tip.count("mean") == 3
    seen = seen_in(view.columns.viewport())
    assert all(tuple(rgb(DARK.racers[label])) in seen for label in range(3))
    before = view.columns.verticalScrollBar().value()
    desk.key(view.columns, Qt.Key.Key_Down)
    assert view.columns.verticalScrollBar().value() > before


def test_few_rows_are_written_in_the_units_of_the_file(desk, tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    rows = [(float(k), 10 + 2.5 * k, 300.5 + 7.25 * k) for k in range(12)]
    lines = [f"{width} cm,{mass} kg,{price} €" for width, mass, price in rows]
    path.write_text("width,mass,price\n" + "\n".join(lines) + "\n")
    view = desk.open(data=load_table(path, target=("price",)))
    data = desk.data
    assert view.pages.currentWidget() is view.scatter
    said = []
    plain = QPainter.drawText
    monkeypatch.setattr(
        QPainter, "drawText", lambda self, *at: (said.append(at[-1]), plain(self, *at))[-1]
    )
    view.resize(1200, 600)
    said.clear()
    view.scatter.grab()
    columns = (*data.description.inputs, *data.description.targets)
    assert [column.name for column in columns] == said[2:5]  # above the rows, below the plane's
    written = said[5:]
    stored = np.column_stack([data.x_train, data.y_train])
    assert len(written) == stored.size
    zero = np.float32(from_file(columns[0], 0.0))
    assert in_file(columns[0], float(zero)) == "0 cm", "whatever single precision leaves of it"
    for line, values in zip(np.reshape(written, (-1, 3)), stored, strict=True):
        exact = [column.to_file(float(v)) for column, v in zip(columns, values, strict=True)]
        assert [text.split()[1] for text in line] == ["cm", "kg", "€"]
        assert [float(text.split()[0]) for text in line] == pytest.approx(exact, rel=6e-3, abs=1e-5)
        assert tuple(exact) == pytest.approx(rows[round(exact[0])], rel=1e-5, abs=1e-5)


def test_another_data_set_closes_what_was_open(desk):
    view = desk.open()
    view.open_class(3)
    desk.data = load_dataset("xor")
    recipe = Recipe(dataset="xor", layers=(2, 3, 1))
    view.show_snapshot(replace(desk.snapshot, recipe=recipe))
    assert view.pages.currentWidget() is view.scatter
    assert not view.back.isVisible()


def test_what_is_odd_is_said():
    x = np.zeros((30, 4), dtype=np.float32)
    x[2:] = np.arange(112, dtype=np.float32).reshape(28, 4) + 1
    y = one_hot(np.arange(30) % 2, 2)
    overview = look_over(Dataset("o", x, y, x[:5], y[:5], ("a", "b"), (2, 2)))
    words = about(overview, test=False, columns=False)[0]
    expected = "30 to train on · 2 blank · 1 more than once · 5 of the test part are trained on"
    assert words.startswith(expected)


# -- own drawings -------------------------------------------------------------------------------


def test_drawings_can_be_browsed_whatever_is_trained_on(desk):
    desk.draw(3, 3, 3, 5)
    view = desk.open()
    assert view.mine.text() == "my drawings 4"
    assert not view.desk.isVisible()
    desk.press(view.mine)
    assert view.shown.part == MINE
    assert view.desk.isVisible()
    desk.click(view.rows, left_of(view.rows.row(3)))
    assert view.gallery.count == 3
    assert view.class_page.large.lines[0] == "3"
    assert view.class_page.large.lines[2] in ("to train on", "held back for testing")


def test_several_are_picked_removed_and_brought_back(desk):
    kept = desk.draw(3, 3, 3, 3, 3)
    view = desk.open((900, 600))
    desk.press(view.mine)
    view.open_class(3)
    gallery = view.gallery
    desk.click(gallery, gallery.box(1))
    desk.click(gallery, gallery.box(3), SHIFT)
    assert gallery.selected == {1, 2, 3}
    desk.click(gallery, gallery.box(2), CTRL)
    assert gallery.selected == {1, 3}
    assert view.desk.remove.text() == "remove 2"
    desk.press(view.desk.remove)
    left = [drawing.id for drawing in desk.store.kept().drawings]
    assert left == [kept[place].id for place in (0, 2, 4)]
    assert gallery.count == 3
    desk.press(view.desk.undo)
    assert [drawing.id for drawing in desk.store.kept().drawings] == [d.id for d in kept]
    assert not view.desk.undo.isEnabled()


def test_by_keys_alone(desk):
    desk.draw(3, 3, 3)
    view = desk.open()
    view.mine.click()
    view.open_class(3)
    desk.key(view.gallery, Qt.Key.Key_Right, SHIFT)
    assert len(view.gallery.selected) == 2
    desk.key(view.gallery, Qt.Key.Key_A, CTRL)
    assert len(view.gallery.selected) == 3
    desk.key(view.gallery, Qt.Key.Key_Delete)
    assert not desk.store.kept().drawings
    assert view.words.text == "3: none yet"
    assert not view.desk.remove.isEnabled()


def test_a_drawing_is_called_another_digit_and_back(desk):
    (drawing,) = desk.draw(3)
    view = desk.open()
    view.mine.click()
    view.open_class(3)
    view.desk.relabel.menu().actions()[8].trigger()
    (changed,) = desk.store.kept().drawings
    assert (changed.id, changed.label) == (drawing.id, 8)
    desk.press(view.desk.undo)
    assert desk.store.kept().drawings[0].label == 3


@pytest.mark.parametrize(("entry", "kind"), [(0, "idx"), (1, "png")])
def test_what_is_picked_or_all_is_exported(desk, tmp_path, entry, kind):
    desk.draw(3, 5)
    view = desk.open()
    view.mine.click()
    for picked in (2, 1):
        if picked == 1:
            view.open_class(5)
        view.desk.export.menu().actions()[entry].trigger()
        dialog = next(d for d in view.findChildren(QFileDialog) if d.isVisible())
        dialog.fileSelected.emit(str(tmp_path))
        dialog.reject()
        assert desk.exports[-1][:2] == (kind, tmp_path)
        assert len(desk.exports[-1][2]) == picked


def test_damaged_files_are_counted_and_nothing_yet_is_said(desk):
    assert "draw a digit on the pad" in about_drawings(Kept(()))[0]
    of_newer = about_drawings(Kept((), newer=(Path("a"), Path("b"))))[0]
    assert "2 files of a newer nnviz left alone: update nnviz" in of_newer
    desk.draw(1)
    (desk.store.folder / "bad.json").write_text("{")
    view = desk.open()
    view.mine.click()
    assert view.words.text.endswith("1 damaged file left alone")
    assert (desk.store.folder / "bad.json").exists()


def test_without_drawings_there_are_words_and_no_rows(desk):
    view = desk.open()
    view.mine.click()
    assert view.words.text.startswith("No drawings yet")
    assert len(colours(pixels(view.rows.viewport()))) == 1
    assert not view.desk.export.isEnabled()


def test_a_drawing_kept_meanwhile_appears_and_what_is_picked_stays(desk):
    desk.draw(3, 3)
    view = desk.open()
    view.mine.click()
    view.open_class(3)
    desk.key(view.gallery, Qt.Key.Key_Right)
    picked = view.shown.book.drawings[view.class_page.current].id
    desk.draw(3)
    view.refresh_drawings()
    assert view.gallery.count == 3
    assert view.shown.book.drawings[view.class_page.current].id == picked


def test_the_book_of_drawings_is_sorted_by_digit(desk):
    drawings = desk.draw(7, 1, 7)
    book = book_of_drawings(drawings)
    assert book.rows(7).tolist() == [0, 2]
    assert book.counts.sum() == 3
    np.testing.assert_allclose(book.means[7], drawings[0].image.ravel() / 255, atol=1e-6)
    assert book_of_drawings(()).rows(4).tolist() == []


def test_what_reading_left_out_is_said_beside_the_counts(desk, make_dataset):
    data = replace(make_dataset(examples=50), source="/data/odd", notes=("left out: 3 BMP",))
    view = desk.open((900, 400), data=data)
    assert "left out: 3 BMP" in view.words.text
    assert view.words.toolTip() == "/data/odd\nLeft out: 3 BMP."


# -- what is kept, and sizes of letters --------------------------------------------------------


def test_what_was_chosen_is_chosen_again(desk):
    view = desk.open()
    desk.press(view.test)
    view.open_class(7)
    desk.key(view.gallery, Qt.Key.Key_Right)
    kept = json.loads(json.dumps(view.state()))
    row = int(np.flatnonzero(desk.data.test_labels == 7)[1])
    assert kept == {"part": "test", "label": 7, "example": row, "first": 0}

    again = desk.open(answer=False)
    again.restore(kept)
    assert again.state() == kept, "it waits for the examples"
    again.show_overview(look_over(desk.data))
    assert again.test.isChecked()
    assert again.shown.page == "class"
    assert again.class_page.current == row
    assert again.class_page.large.lines[0] == "7"
    assert again.state() == kept
    again.restore({**kept, "part": "train", "label": -1})
    assert again.pages.currentWidget() is again.rows
    assert again.train.isChecked()


def test_what_stands_at_the_top_stands_there_again(desk):
    view = desk.open((300, 160))
    view.open_class(0)
    first = 2 * view.gallery.tiles.columns
    view.gallery.scroll_to(first)
    kept = view.state()
    assert kept["first"] == first
    view.show_classes()
    view.rows.scroll_to(3)
    assert view.state()["first"] == 3
    view.restore(kept)
    assert view.gallery.first_in_sight() == first


def test_own_drawings_are_opened_again(desk):
    desk.draw(3, 5, 3)
    view = desk.open()
    desk.press(view.mine)
    view.open_class(3)
    desk.key(view.gallery, Qt.Key.Key_End)
    kept = view.state()
    again = desk.open()
    again.restore(kept)
    assert again.mine.isChecked()
    assert again.class_page.current == view.class_page.current
    assert again.desk.isVisible()


@pytest.mark.parametrize(
    "broken",
    [
        {"part": "nothing"},
        {"part": 3, "label": "x", "example": None, "first": 1.5},
        {"label": 99, "example": 10**12},
        {"label": -5, "example": -5, "first": -5},
        {},
    ],
    ids=str,
)
def test_what_is_broken_or_does_not_fit_does_no_harm(desk, broken):
    view = desk.open()
    view.restore(broken)
    assert view.train.isChecked()
    assert view.pages.currentWidget() is view.rows
    view.open_class(2)
    assert view.class_page.current == int(np.flatnonzero(desk.data.train_labels == 2)[0])


def test_of_another_data_set_no_class_is_open(desk):
    view = desk.open()
    view.restore({"part": "train", "label": 3})
    assert view.shown.page == "class"
    desk.data = replace(desk.data, name="other")
    view.show_snapshot(replace(desk.snapshot, run=9))
    assert view.shown.page == "classes"


def test_what_is_restored_before_its_data_set_is_there_is_opened_then(desk):
    view = desk.open()
    desk.answers = False
    view.show_snapshot(replace(desk.snapshot, run=9))
    view.restore({"part": "train", "label": 3})
    view.show_overview(look_over(replace(desk.data, name="other")))
    assert view.shown.page == "class"
    assert view.state()["label"] == 3


def texts_of(view):
    """The buttons and sentences in sight, each with its place in the view."""
    parts = [view.back, view.train, view.test, view.mine, view.class_page.through, view.words]
    parts += [view.desk.remove, view.desk.relabel, view.desk.undo, view.desk.export]
    return [
        (part, part.rect().translated(part.mapTo(view, QPoint())))
        for part in parts
        if part.isVisible()
    ]


@pytest.mark.parametrize("factor", sampled([1.0, 1.5, 2.0, 2.5], every=3))
@pytest.mark.parametrize("size", [(320, 220), (340, 420), (900, 700)], ids=str)
def test_letters_grow_with_the_scale_and_nothing_is_clipped(desk, size, factor):
    desk.draw(3, 3, 5)
    view = desk.open(size)
    theme = replace(DARK, scale=TypeScale(factor))
    view.set_theme(theme)
    lists = (view.rows, view.gallery)

    def classes():
        view.show_classes()

    def opened():
        view.test.click()
        view.open_class(3)

    def drawings():
        view.mine.click()
        view.open_class(3)

    for show in (classes, opened, drawings):
        show()
        calm(view)
        found = texts_of(view)
        for part, box in found:
            assert view.rect().contains(box), (show.__name__, part.text, box)
            assert part.font().pixelSize() >= theme.scale.px(Step.CAPTION)
            if part is not view.words:
                assert box.width() >= part.sizeHint().width(), part.text()
        boxes = [box for _, box in found]
        assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
        shown = next(one for one in lists if one.isVisible())
        bar = shown.verticalScrollBar()
        assert bar.maximum() + shown.viewport().height() >= shown.total()[0] - 1
        assert shown.viewport().height() > 0


@pytest.mark.parametrize("factor", [1.0, 2.5])
@pytest.mark.parametrize("size", [(320, 220), (900, 700)], ids=str)
def test_every_row_in_writing_can_be_reached_and_stands_below_the_last(
    desk, size, factor, monkeypatch
):
    view = desk.open(size, data=load_dataset("xor"))
    view.set_theme(replace(DARK, scale=TypeScale(factor)))
    calm(view)
    written = []
    plain = QPainter.drawText
    monkeypatch.setattr(
        QPainter, "drawText", lambda self, *at: (written.append(at), plain(self, *at))[-1]
    )
    scatter = view.scatter
    scatter.verticalScrollBar().setValue(scatter.verticalScrollBar().maximum())
    scatter.grab()
    rows = [at for at in written if isinstance(at[0], QRectF)][-15:]
    boxes = [at[0] for at in rows]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert boxes[-1].bottom() <= scatter.viewport().height() + 1
    assert all(box.height() >= scatter.unit for box in boxes)
    assert [at[-1] for at in rows[:3]] == ["x₁", "x₂", "y"]


@pytest.mark.parametrize("page", ["classes", "class", "scatter", "columns"])
def test_a_scale_that_was_changed_and_one_from_the_start_look_alike(desk, page, make_dataset):
    if page == "scatter":
        desk.data = load_dataset("xor")
    elif page == "columns":
        desk.data = replace(make_dataset(5, 3), image_shape=None)
    pictures = {}
    for factors in ((1.0,), (2.5,), (2.5, 1.0), (1.0, 2.5)):
        view = desk.open((520, 420))
        if page == "class":
            view.open_class(3)
        assert view.shown.page == page
        for factor in factors:
            view.set_theme(replace(DARK, scale=TypeScale(factor)))
            calm(view)
        pictures[factors] = pixels(view)
    assert np.array_equal(pictures[1.0,], pictures[2.5, 1.0])
    assert np.array_equal(pictures[2.5,], pictures[1.0, 2.5])
    assert not np.array_equal(pictures[1.0,], pictures[2.5,])
