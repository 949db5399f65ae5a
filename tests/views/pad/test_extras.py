"""The pad's other gifts: pictures, earlier drawings, why, and telling it what it is."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from nnviz.data.dataset import DataError
from nnviz.data.description import SCALED, DataDescription, PictureRule
from nnviz.data.drawings import Drawing
from nnviz.data.picture_inputs import BLANK, picture_stages
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.data_commands import TeachDrawing
from nnviz.messages.events import DrawingsLearned
from nnviz.views.pad.earlier_drawings import MOST
from nnviz.views.pad.picture_input import read
from nnviz.views.pad.text import NOTHING
from nnviz.views.pad.view import PadView
from nnviz.views.palette import DARK, LIGHT, rgb
from nnviz.views.shared.thumbnails import ThumbnailGrid
from tests.dropping import drop
from tests.snapshots import make_snapshot
from tests.views.grabbing import colours, pixels
from tests.waiting import calm
from tests.wishes import on_wish

LEFT = Qt.MouseButton.LeftButton
SEVEN = np.array([(0.25, 0.25), (0.72, 0.26), (0.45, 0.85)])
ONE = np.array([(0.5, 0.2), (0.5, 0.8)])


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    return make_snapshot(steps=60)


@pytest.fixture
def view(show: Callable[..., PadView], moment: Snapshot) -> PadView:
    made = show(PadView, moment, (460, 300))
    QTest.qWaitForWindowExposed(made)
    return made


def draw(view: PadView, *strokes: np.ndarray) -> None:
    view.set_strokes(list(strokes))
    calm(view)


def pick(grid: ThumbnailGrid, place: int) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.picture(place).center().toPoint())


def photo(path: Path) -> Path:
    """A dark seven on paper that gets darker to one side."""
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    for y in range(300):
        for x in range(300):
            ink = 80 <= y < 95 and 80 <= x < 200
            ink = ink or (95 <= y < 230 and abs(x - 200 + (y - 95) * 0.5) < 8)
            image.setPixelColor(x, y, QColor.fromRgb(*[40 if ink else 160 + x // 5] * 3))
    assert image.save(str(path))
    return path


# -- pictures -----------------------------------------------------------------------------------


def test_a_dropped_photo_goes_through_its_stages_and_is_answered(
    view: PadView, moment: Snapshot, tmp_path: Path
) -> None:
    assert drop(view, [photo(tmp_path / "seven.png")], QPointF(50, 50))
    calm(view)
    assert view.canvas.sheet.picture is not None
    assert len(view.picture.stages.pictures) == 4
    stages = picture_stages(view.canvas.sheet.picture, moment.description)
    np.testing.assert_array_equal(view.picture.stages.pictures[0], stages.pictures[0])
    image = stages.image
    np.testing.assert_array_equal(view.picture.stages.pictures[-1], image)
    assert image[4:9, 8:18].max(axis=0).min() > 0.8  # the bar of the seven, and no ground beside it
    assert image[14:, :6].max() == 0
    expected = moment.network().predict(image.reshape(1, -1))[0]
    np.testing.assert_array_equal(view.picture.outputs.values, expected)
    assert "begins a new drawing" in view.canvas.note


def test_pixels_and_files_are_pasted(view: PadView, tmp_path: Path) -> None:
    path = photo(tmp_path / "seven.png")
    QGuiApplication.clipboard().setImage(QImage(str(path)))
    QTest.keyClick(view.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    calm(view)
    pasted = view.picture.stages.pictures[-1]
    assert pasted.max() == 1
    view.take(path)
    calm(view)
    np.testing.assert_allclose(view.picture.stages.pictures[-1], pasted, atol=0.02)


def test_transparent_and_bright_pictures_are_read_alike(view: PadView, tmp_path: Path) -> None:
    ink = np.zeros((60, 60), dtype=np.uint8)
    ink[10:50, 26:34] = 255
    clear = np.stack([0 * ink, 0 * ink, 0 * ink, ink], axis=-1)
    bright = np.stack([ink] * 3, axis=-1)
    seen = []
    for number, pixels_ in enumerate((clear, bright)):
        path = tmp_path / f"{number}.png"
        Image.fromarray(pixels_).save(path)
        view.take(path)
        calm(view)
        seen.append(view.picture.stages.pictures[-1])
    np.testing.assert_allclose(seen[0], seen[1], atol=0.02)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"hello", "bad.png is not a whole picture"), (None, "bad.png cannot be read")],
)
def test_a_bad_file_is_one_sentence_and_loses_nothing(
    view: PadView, tmp_path: Path, content: bytes | None, says: str
) -> None:
    draw(view, SEVEN)
    if content is not None:
        (tmp_path / "bad.png").write_bytes(content)
    view.take(tmp_path / "bad.png")
    assert says in view.canvas.note
    assert str(tmp_path) not in view.canvas.note
    assert len(view.canvas.strokes) == 1


def test_blank_paper_and_an_empty_clipboard_are_said(view: PadView, tmp_path: Path) -> None:
    Image.fromarray(np.full((50, 50), 200, np.uint8)).save(tmp_path / "blank.png")
    draw(view, SEVEN)
    view.take(tmp_path / "blank.png")
    assert view.canvas.note == BLANK
    assert len(view.canvas.strokes) == 1
    QGuiApplication.clipboard().setText("seven")
    view.paste()
    assert view.canvas.note == NOTHING


@pytest.mark.parametrize("way", ["dropped", "opened"])
@pytest.mark.parametrize("kind", ["not a picture", "blank"])
def test_the_answer_goes_with_the_picture_that_a_bad_one_takes_the_place_of(
    view: PadView, tmp_path: Path, way: str, kind: str
) -> None:
    bad = tmp_path / "bad.png"
    if kind == "blank":
        Image.fromarray(np.full((50, 50), 200, np.uint8)).save(bad)
    else:
        bad.write_bytes(b"BM, but no picture")
    drop(view, [photo(tmp_path / "seven.png")], QPointF(50, 50))
    calm(view)
    assert view.picture.outputs.values is not None
    shown: list[Any] = []
    view.focus_wanted.connect(shown.append)
    if way == "dropped":
        drop(view, [bad], QPointF(50, 50))
    else:
        view.take(bad)
    assert view.canvas.note
    assert view.canvas.empty
    assert view.picture.outputs.values is None
    assert view.picture.winner.name == ""
    assert not np.any([picture for picture in view.picture.stages.pictures if picture is not None])
    assert shown[-1] is None
    assert not view.tools.teach.isEnabled()
    view.canvas.undo()  # the picture can be had back
    calm(view)
    assert view.picture.outputs.values is not None


# -- why ----------------------------------------------------------------------------------------


def test_why_shows_what_each_pixel_adds_to_the_winner_then_against_the_next(
    view: PadView, moment: Snapshot
) -> None:
    draw(view, SEVEN)
    assert view.why_map.isHidden()
    QTest.mouseClick(view.tools.why, LEFT)
    assert view.why_map.isVisible()
    assert not view.winner.isVisible()
    values = view.picture.outputs.values
    assert values is not None
    first, second = np.argsort(-values)[:2].tolist()
    contributions = view.picture.why.contributions
    assert contributions is not None
    assert (contributions.output, contributions.other) == (first, None)
    z = (
        moment.network()
        .propagation(view.picture.stages.pictures[-1].reshape(1, -1), np.zeros((1, 10)))
        .z[-1][0]
    )
    assert contributions.total + contributions.rest == pytest.approx(float(z[first]), rel=1e-5)
    assert view.picture.why.question[0] == f"why {first}?"
    assert view.picture.why.formula[0].startswith("x · ∂z")
    assert view.picture.outputs.asked == first
    picture = pixels(view.canvas).reshape(-1, 3).astype(int)
    for colour in (DARK.plus, DARK.minus):
        # The largest voice alone has the full hue; some of either sign come near.
        hue = rgb(colour).astype(int) - rgb(DARK.panel)
        along = (picture - rgb(DARK.panel)) @ hue / (hue @ hue)
        assert along.max() > 0.3
    assert view.tools.why.text() == f"not {second}?"
    QTest.mouseClick(view.tools.why, LEFT)
    assert view.picture.why.contributions.other == second
    assert view.picture.why.question[0] == f"why {first}, not {second}?"
    QTest.mouseClick(view.tools.why, LEFT)
    assert view.why_map.isHidden()
    assert view.winner.isVisible()
    assert view.tools.why.text() == "why?"


def test_a_click_on_a_bar_asks_about_its_class(view: PadView) -> None:
    draw(view, SEVEN)
    place = view.bars.boxes()[3].center().toPoint()
    QTest.mouseClick(view.bars, LEFT, pos=place)
    assert view.picture.why.contributions is not None
    assert view.picture.why.contributions.output == 3
    QTest.mouseClick(view.bars, LEFT, pos=place)
    assert view.why_map.isHidden()


def test_a_stroke_through_the_map_goes_on_with_the_drawing(view: PadView) -> None:
    draw(view, SEVEN)
    view.ask_why(3)
    middle = view.canvas.rect().center()
    under = view.childAt(view.canvas.mapToParent(middle))
    assert under in (view.canvas, view.why_map)
    QTest.mouseClick(view.canvas, LEFT, pos=middle)
    assert len(view.canvas.strokes) == 2
    assert view.why_map.isHidden()


def test_the_question_stays_while_training_changes_the_answer(
    view: PadView, moment: Snapshot, with_theta: Callable[..., Snapshot]
) -> None:
    draw(view, SEVEN)
    view.ask_why(3)
    before = view.picture.why.contributions
    view.show_snapshot(with_theta(moment, -moment.theta))
    calm(view)
    after = view.picture.why.contributions
    assert before is not None
    assert after is not None
    assert after.output == 3
    assert after.z != before.z


def test_without_hidden_layers_the_rest_is_the_bias(
    view: PadView, make_snapshot: Callable[..., Snapshot]
) -> None:
    flat = make_snapshot(Recipe(layers=(784, 10), dataset="tiny"), steps=20, run=4)
    view.show_snapshot(flat)
    draw(view, SEVEN)
    view.ask_why(5)
    contributions = view.picture.why.contributions
    assert contributions is not None
    assert contributions.rest == pytest.approx(float(flat.network().biases[0][5]), abs=1e-5)
    assert view.picture.why.sums[1][0].startswith("bias ")


# -- teaching -----------------------------------------------------------------------------------


def test_telling_it_what_it_is(qtbot: Any, view: PadView) -> None:
    assert not view.tools.teach.isEnabled()
    draw(view, SEVEN)
    QTest.mouseClick(view.tools.teach, LEFT)
    assert view.popup.isVisible()
    assert view.picture.outputs.values is not None
    assert view.popup.focusWidget() is view.popup.buttons[int(view.picture.outputs.values.argmax())]
    with qtbot.waitSignal(view.wanted) as asked:
        QTest.mouseClick(view.popup.buttons[7], LEFT)
    assert not view.popup.isVisible()
    (lesson,) = asked.args
    assert isinstance(lesson, TeachDrawing)
    image, strokes = lesson.image, lesson.strokes
    assert lesson.label == 7
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert not image.flags.writeable
    np.testing.assert_array_equal(image, view.picture.stages.pictures[-1])
    np.testing.assert_array_equal(strokes[0], SEVEN)
    assert view.earlier.entries[0].label == 7
    view.show_taught(DrawingsLearned((7,)))
    assert view.canvas.note == "It joins the training data as a 7."
    assert not view.canvas.empty  # the answer is to change before one's eyes


def test_the_popup_by_keys_alone(qtbot: Any, view: PadView) -> None:
    draw(view, SEVEN)
    taught: list[int] = []
    on_wish(view, TeachDrawing, lambda lesson: taught.append(lesson.label))
    for keys, label in (
        ([Qt.Key.Key_3], 3),
        ([Qt.Key.Key_Escape], None),
        ([Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return], "arrows"),
    ):
        QTest.mouseClick(view.tools.teach, LEFT)
        qtbot.waitUntil(view.popup.isVisible)
        view.popup.buttons[2].setFocus()
        for key in keys:
            QTest.keyClick(view.popup, key)
        assert not view.popup.isVisible()
        if label == "arrows":
            assert len(taught) == 2
        elif label is not None:
            assert taught == [label]
        else:
            assert len(taught) == 1


@pytest.mark.parametrize("layers", [(784, 10, 47), (2, 3, 1)])
def test_only_a_net_of_ten_digits_is_taught(
    qtbot: Any, view: PadView, make_snapshot: Callable[..., Snapshot], layers: tuple[int, ...]
) -> None:
    draw(view, SEVEN)
    assert view.tools.teach.isEnabled()
    view.show_snapshot(make_snapshot(Recipe(layers=layers), steps=1, run=9))
    assert not view.tools.teach.isEnabled()
    with qtbot.assertNotEmitted(view.wanted):
        view.teach(3)


# -- earlier drawings ---------------------------------------------------------------------------


def test_what_is_cleared_or_replaced_can_be_put_back(view: PadView, moment: Snapshot) -> None:
    draw(view, SEVEN)
    name = view.picture.winner.name
    QTest.mouseClick(view.tools.clear, LEFT)
    assert [entry.read for entry in view.earlier.entries] == [name]
    draw(view, ONE)
    draw(view, np.array([(0.2, 0.2), (0.8, 0.8)]))
    assert len(view.earlier.entries) == 2  # the one on the pad is not among them yet
    pick(view.earlier.strip, 1)
    calm(view)
    np.testing.assert_array_equal(view.canvas.strokes[0], SEVEN)
    assert view.picture.winner.name == name
    assert len(view.earlier.entries) == 3


def test_the_same_drawing_is_kept_once_and_the_newest_are_kept(view: PadView) -> None:
    for _ in range(3):
        draw(view, SEVEN)
        view.canvas.clear()
        view.canvas.undo()
    assert len(view.earlier.entries) == 1
    for number in range(MOST + 5):
        view.set_strokes([ONE, np.array([[0.2, 0.1], [0.2, 0.2 + 0.02 * number]])])
    assert len(view.earlier.entries) == MOST


def test_kept_drawings_join_those_of_the_session(view: PadView) -> None:
    draw(view, SEVEN)
    view.teach(7)
    (own,) = view.earlier.entries
    other = np.zeros((28, 28), dtype=np.uint8)
    other[4:24, 13:16] = 255  # in the form that the network is shown
    same = np.rint(255 * own.image).astype(np.uint8)
    drawn = ((4, other.T, (100 * ONE,)), (7, same, (100 * SEVEN,)), (1, other, ()))
    view.earlier.keep([Drawing("", label, datetime.now(UTC), *rest) for label, *rest in drawn])
    assert [entry.label for entry in view.earlier.entries] == [7, 1, 4]
    picture = view.earlier.entries[1]
    pick(view.earlier.strip, 1)
    calm(view)
    np.testing.assert_array_equal(view.picture.stages.pictures[-1], picture.image)
    pick(view.earlier.strip, 2)
    calm(view)
    (stroke,) = view.canvas.strokes
    assert stroke.min() >= 0.1


def test_a_pad_without_room_has_them_behind_its_button(qtbot: Any, view: PadView) -> None:
    view.resize(326, 192)
    assert not view.earlier.strip.isVisible()
    draw(view, SEVEN)
    view.canvas.clear()
    view.tools.album.trigger()
    qtbot.waitUntil(view.earlier.album.isVisible)
    gallery = view.earlier.album.grid
    pick(gallery, 0)
    assert not view.earlier.album.isVisible()
    np.testing.assert_array_equal(view.canvas.strokes[0], SEVEN)


# -- the network --------------------------------------------------------------------------------


def test_the_network_is_shown_the_drawing_unless_it_is_told_not_to(view: PadView) -> None:
    wanted: list[Any] = []
    view.focus_wanted.connect(wanted.append)
    draw(view, SEVEN)
    np.testing.assert_array_equal(wanted[-1], view.picture.stages.pictures[-1].reshape(-1))
    assert not wanted[-1].flags.writeable
    view.tools.in_network.setChecked(False)
    assert wanted[-1] is None
    view.tools.in_network.setChecked(True)
    assert wanted[-1] is not None
    view.canvas.clear()
    calm(view)
    assert wanted[-1] is None


# -- looks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(280, 190), (326, 192), (450, 291), (1000, 600), (300, 520)])
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_part_shows_in_every_size(view: PadView, size: tuple[int, int], theme: Any) -> None:
    view.set_theme(theme)
    view.resize(*size)
    draw(view, SEVEN)
    assert len(view.bars.boxes()) == 10
    for part in (view.stages, view.winner, view.bars, view.tools, view.canvas):
        assert len(colours(pixels(part))) > 8, part
    view.ask_why(2)
    for part in (view.why_words, view.why_map):
        assert len(colours(pixels(part))) > 8, part
    # A margin without letters all round: nothing is cut off.
    words = pixels(view.why_words)
    assert (words[:, -1] == rgb(theme.panel)).all()
    for button in (view.tools.erase, view.tools.undo, view.tools.why, view.tools.teach):
        room = button.width() - button.fontMetrics().horizontalAdvance(button.text())
        assert room > 0, button.text()


def test_what_was_said_of_a_picture_goes_with_it(view: PadView) -> None:
    picture = np.ones((60, 60), np.float32)
    picture[10:50, 27:33] = 0
    view.show_picture(picture)
    assert view.canvas.note == "A stroke begins a new drawing."
    view.canvas.clear()
    assert view.canvas.note == ""
    view.canvas.undo()
    assert view.canvas.note == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "seven.png")
    with pytest.raises(DataError, match=r"^seven\.png is no ordinary file"):
        read(tmp_path / "seven.png")


# -- other data ---------------------------------------------------------------------------------


def test_a_net_of_whole_pictures_sees_the_whole_sheet(view: PadView, moment: Snapshot) -> None:
    """What lies on the pad is prepared anew when the net's data ask for it."""
    draw(view, SEVEN)
    prepared = view.picture.stages.pictures[-1]
    rule = PictureRule(SCALED, turn=True, fill=0.0, plain=False)
    description = DataDescription(moment.class_names, (28, 28), pictures=rule)
    view.show_snapshot(replace(moment, run=moment.run + 1, description=description))
    assert view.picture.stages.names == ("sheet", "28×28")
    sheet = view.picture.stages.pictures[-1]
    assert sheet.shape == (28, 28)
    rows, columns = np.nonzero(sheet > 0.5)
    assert abs(rows.max() - 0.85 * 28) < 2.5  # where it was drawn, not in the middle
    assert abs(columns.min() - 0.25 * 28) < 2.5
    assert view.picture.outputs.values is not None
    expected = moment.network().predict(sheet.reshape(1, -1))[0]
    np.testing.assert_array_equal(view.picture.outputs.values, expected)
    view.show_snapshot(replace(moment, run=moment.run + 2))
    np.testing.assert_array_equal(view.picture.stages.pictures[-1], prepared)


def test_a_picture_on_the_pad_follows_the_data_s_rule(
    view: PadView, moment: Snapshot, tmp_path: Path
) -> None:
    rule = PictureRule(SCALED, turn=True, fill=0.0, plain=False)
    description = DataDescription(moment.class_names, (28, 28), pictures=rule)
    view.show_snapshot(replace(moment, description=description))
    grey = np.tile(np.linspace(0, 255, 56, dtype=np.uint8), (56, 1))
    Image.fromarray(grey).save(tmp_path / "slope.png")
    view.take(tmp_path / "slope.png")
    calm(view)
    seen = view.picture.stages.pictures[-1]
    assert seen[14, 0] > 0.95
    assert seen[14, 27] < 0.05
    assert view.picture.stages.names == ("picture", "28×28")


# -- state --------------------------------------------------------------------------------------


def test_what_was_drawn_and_chosen_comes_back(
    view: PadView, moment: Snapshot, show: Callable[..., PadView]
) -> None:
    draw(view, SEVEN, ONE)
    view.ask_why(4)
    view.tools.erase.setChecked(True)
    view.tools.in_network.setChecked(False)
    again = show(PadView)
    again.restore(view.state())
    again.show_snapshot(moment)
    assert again.state() == view.state()
    assert len(again.canvas.strokes) == 2
    np.testing.assert_allclose(again.picture.outputs.values, view.picture.outputs.values, atol=0.01)
    assert again.picture.why.contributions.output == 4
    assert again.canvas.erasing
    wanted: list[Any] = []
    again.focus_wanted.connect(wanted.append)
    again.tools.in_network.setChecked(True)
    assert wanted[-1] is not None
    again.restore({"strokes": [], "erasing": False})
    assert again.canvas.empty
    assert not again.tools.erase.isChecked()
    again.canvas.undo()
    assert len(again.canvas.strokes) == 2
