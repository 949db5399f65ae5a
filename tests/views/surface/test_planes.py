"""The surface view's planes, what it says of them, and what can be done with the pointer."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.data.dataset import Dataset
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest, survey
from nnviz.messages.commands import MakeEdit, TrackParameters
from nnviz.messages.events import Surveying
from nnviz.numbers import fixed, write
from nnviz.views.palette import DARK, LIGHT, Theme, rgb
from nnviz.views.surface.text import NO_GL, alone, step_texts
from nnviz.views.surface.view import SurfaceView
from nnviz.views.surface3d import gl_context as gl_probe
from nnviz.views.surface3d.colours import PATH
from tests.sampled import sampled
from tests.views.grabbing import pixels
from tests.waiting import calm
from tests.wishes import on_wish

Answer = Callable[[PlaneRequest], Landscape]
PAIR = (784 * 30 + 4 * 10 + 7, 784 * 30 + 11 * 10 + 7)
SIZES = [(292, 171), (320, 190), (460, 250), (900, 600)]


@pytest.fixture
def moment(make_snapshot: Callable[..., Snapshot]) -> Snapshot:
    shown = make_snapshot(steps=60, watched=PAIR)
    before = tuple(TrailPoint(step, make_snapshot(steps=step).theta) for step in (0, 20, 40))
    return replace(shown, trail=before)


@pytest.fixture
def answer(make_dataset: Callable[..., Dataset]) -> Answer:
    dataset = make_dataset()

    def compute(request: PlaneRequest) -> Landscape:
        made = survey(replace(request, points=21), dataset.x_test, dataset.y_test)
        assert made is not None
        return replace(made, request=request)

    return compute


@pytest.fixture
def view(show: Callable[..., SurfaceView]) -> SurfaceView:
    made = show(SurfaceView, None, (460, 250))
    QTest.qWaitForWindowExposed(made)
    return made


def drawn(view: SurfaceView, moment: Snapshot, answer: Answer, kind: Kind) -> Landscape:
    """Show a plane with its finest answer, the kind chosen as in the menu."""
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)
    view.show_snapshot(moment)
    view.restore({"kind": kind})
    shown = None
    while requests:
        request = requests.pop()
        requests.clear()
        shown = answer(request)
        view.show_landscape(shown)
    view.plane_wanted.disconnect(requests.append)
    assert shown is not None
    assert shown.request.kind is kind
    return shown


def edits_of(view: SurfaceView) -> list[MakeEdit]:
    made: list[MakeEdit] = []
    view.wanted.connect(made.append)
    return made


def near(picture: NDArray[np.uint8], colour: str, by: int = 2) -> int:
    return int((np.abs(picture.astype(int) - rgb(colour)).max(axis=-1) <= by).sum())


def test_the_menu_asks_for_each_kind(view: SurfaceView, moment: Snapshot) -> None:
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)
    view.show_snapshot(moment)
    for kind in (Kind.RANDOM, Kind.PRINCIPAL, Kind.LINE, Kind.PARAMETERS):
        view.bar._kind_actions[kind].trigger()
        assert requests[-1].kind is kind
        assert requests[-1].trail is moment.trail
        assert (requests[-1].first, requests[-1].second) == PAIR
    view.bar._kind_actions[Kind.RANDOM].trigger()
    QTest.mouseClick(view.bar.again, Qt.MouseButton.LeftButton)
    assert [request.seed for request in requests[-2:]] == [0, 1]
    view.bar._grids[101].trigger()
    assert requests[-1].points < 101  # a coarse one comes first
    view.bar._samples[250].trigger()
    assert requests[-1].sample == 250


def test_names_along_the_axes(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    view.resize(700, 300)
    shown = drawn(view, moment, answer, Kind.PRINCIPAL)
    first, second = (100 * share for share in shown.axes.explained)
    assert view.contour._names[0] == f"PC 1 · {first:.0f}\u202f%"
    assert view.contour._names[1].startswith(f"PC 2 · {second:.0f}"[:9])
    assert "of the way is in this plane" in view.banner.text.text()
    drawn(view, moment, answer, Kind.RANDOM)
    assert view.contour._names == ("α", "β")
    assert "beside this plane" in view.banner.text.text()
    drawn(view, moment, answer, Kind.LINE)
    assert view.picture.slice.curve.name == "w = w²₈,₅"
    assert "∂C/∂w = " in view.header.text()
    assert alone("w") == "w"


@pytest.mark.parametrize("size", sampled(SIZES, every=3))
@pytest.mark.parametrize("kind", list(Kind))
def test_texts_are_whole(
    view: SurfaceView, moment: Snapshot, answer: Answer, kind: Kind, size: tuple[int, int]
) -> None:
    view.resize(*size)
    drawn(view, moment, answer, kind)
    for label in (view.header, view.banner.text):
        wide = QFontMetricsF(label.font()).horizontalAdvance(label.text())
        assert wide <= label.width() + 1, label.text()
    for button in (view.bar.kind, *view.choosers, view.bar.again, view.bar.more, view.banner.only):
        if button.isVisible():
            assert button.sizeHint().width() <= button.width(), button.text()
            right = button.mapTo(view, QPoint(button.width(), 0)).x()
            assert right <= view.width()
    assert view.bar.more.isVisible()
    shown = view.curve if kind is Kind.LINE else view.contour
    assert shown.isVisible() or view.scene.isVisible()


def test_it_says_why_the_path_leaves_the_surface(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    edits = edits_of(view)
    view.resize(700, 300)
    drawn(view, moment, answer, Kind.PARAMETERS)
    rest = "the other 23\u202f858 weights move too, so the path leaves the surface"
    assert view.banner.text.text() == rest
    assert not view.banner.only.isChecked()
    QTest.mouseClick(view.banner.only, Qt.MouseButton.LeftButton)
    both = f"{PAIR[0]},{PAIR[1]}"
    assert edits == [MakeEdit("trained", both)]

    alone = replace(moment, recipe=replace(moment.recipe, trained=both))
    view.show_snapshot(alone)
    assert view.banner.text.text() == "only these two train: the path lies on the surface"
    assert view.banner.only.isChecked()
    QTest.mouseClick(view.banner.only, Qt.MouseButton.LeftButton)
    assert edits[-1] == MakeEdit("trained", "all")

    view.resize(292, 171)
    view.show_snapshot(moment)
    assert view.banner.only.text() == "all 23\u202f860 train"


def test_the_path_stands_at_its_true_cost(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    shown = drawn(view, moment, answer, Kind.PRINCIPAL)
    relief, course = view.picture.relief, view.picture.motion.path
    assert relief is not None
    path, height = course.pieces[0]
    assert height[-1] == pytest.approx(float(relief.height_of(np.array(shown.present))), abs=0.02)
    inside = shown.path.cost <= relief.high
    for at, cost in zip(shown.path.at[inside], shown.path.cost[inside], strict=True):
        away = np.linalg.norm(path - relief.unit(at[np.newaxis]), axis=1)
        assert away.min() < 0.03
        assert height[away.argmin()] == pytest.approx(float(relief.height_of(cost)), abs=0.1)


def test_a_clicked_weight_is_offered_as_an_axis(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    drawn(view, moment, answer, Kind.PARAMETERS)
    watched: list[tuple[int, int]] = []
    on_wish(view, TrackParameters, lambda pair: watched.append((pair.first, pair.second)))
    picked = Selection.of_weight(moment.recipe, 2, 5, 3)
    view.select(picked)
    assert view.banner.text.text().startswith("w²₄,₆")
    assert view.banner.takes[0].isVisible()
    QTest.mouseClick(view.banner.takes[1], Qt.MouseButton.LeftButton)
    assert watched == [(PAIR[0], picked.parameter)]
    assert not view.banner.takes[0].isVisible()

    view.select(picked)  # it is on an axis already
    assert not view.banner.takes[0].isVisible()
    view.select(Selection("neuron", 1, 3))
    assert not view.banner.takes[0].isVisible()
    view.select(Selection.of_weight(moment.recipe, 2, 6, 3))
    view.select(None)
    assert not view.banner.takes[0].isVisible()


def test_the_height_under_the_pointer(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    view.resize(900, 600)
    shown = drawn(view, moment, answer, Kind.PARAMETERS)
    said = view.header.text()
    area = view.contour.area()
    # A grid point: there the reading is the landscape's own value.
    i, j = 15, 4
    at = QPointF(area.left() + i / 20 * area.width(), area.bottom() - j / 20 * area.height())
    view.contour.hovered.emit(view.contour.place_at(at))
    where = f"{fixed(float(shown.w1[i]), 2)}, {fixed(float(shown.w2[j]), 2)}"
    assert view.header.text() == f"C({where}) = {write(shown.cost[i, j])}"
    before = pixels(view.contour)
    view.show_snapshot(replace(moment, step=61, theta=moment.theta + 1e-3))
    assert view.header.text().startswith("C(")  # it stays while training goes on
    view.show_snapshot(moment)
    view.contour.hovered.emit(None)
    assert view.header.text() == said
    assert (pixels(view.contour) != before).any()


def test_under_the_pointer_it_says_what_a_click_does(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    view.resize(900, 600)
    drawn(view, moment, answer, Kind.PARAMETERS)
    why = view.banner.text.text()
    view.contour.hovered.emit(np.array([0.3, 0.6]))
    assert view.banner.text.text() == "click: both weights go to this place; undo takes it back"
    view.contour.hovered.emit(None)
    assert view.banner.text.text() == why
    drawn(view, moment, answer, Kind.LINE)
    view.curve.hovered.emit(0.1)
    assert view.banner.text.text() == "click: the weight goes to this value; undo takes it back"
    drawn(view, moment, answer, Kind.RANDOM)  # all weights would move
    view.contour.hovered.emit(np.array([0.3, 0.6]))
    assert "click" not in view.banner.text.text()


@pytest.mark.parametrize("size", sampled(SIZES, every=3))
def test_before_training_it_says_that_there_are_no_components_yet(
    view: SurfaceView, moment: Snapshot, answer: Answer, size: tuple[int, int]
) -> None:
    view.resize(*size)
    begun = replace(moment, step=0, trail=(TrailPoint(0, moment.theta),))
    shown = drawn(view, begun, answer, Kind.PRINCIPAL)
    assert shown.axes.explained == (0, 0)
    assert view.contour._names == ("PC 1", "PC 2")
    said = view.banner.text.text()
    assert said.startswith("no path")
    assert "a random plane" in said or said == "no path: random plane"
    assert len(np.unique(pixels(view.scene).reshape(-1, 3) // 16, axis=0)) > 20


def test_a_reading_has_the_only_line_to_itself(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    view.resize(292, 171)
    drawn(view, moment, answer, Kind.PARAMETERS)
    switch = view.banner.geometry()
    view.contour.hovered.emit(np.array([0.3, 0.6]))
    view.show_snapshot(moment)
    assert not view.banner.isVisible()
    assert QFontMetricsF(view.header.font()).horizontalAdvance(view.header.text()) < 270
    view.restore({"mode": "3-D"})
    view.contour.hovered.emit(None)
    assert view.banner.geometry() == switch
    assert view.banner.only.isVisible()


def test_the_pointer_in_3d_finds_what_is_drawn_there(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    view.resize(900, 600)
    drawn(view, moment, answer, Kind.PARAMETERS)
    scene, relief = view.scene, view.picture.relief
    assert relief is not None
    from nnviz.views.surface3d.mesh import in_box

    for unit in (np.array([0.9, 0.1]), np.array([0.5, 0.5])):
        height = relief.height_at(unit[np.newaxis])
        seen = scene.place_at(scene._project(in_box(unit[np.newaxis], height)[0]))
        assert seen is not None
        np.testing.assert_allclose(seen, unit, atol=0.01)
    assert scene.place_at(QPointF(1, 1)) is None


@pytest.mark.parametrize("mode", ["2-D", "3-D"])
def test_a_click_sets_both_weights(
    qtbot: QtBot, view: SurfaceView, moment: Snapshot, answer: Answer, mode: str
) -> None:
    edits = edits_of(view)
    view.restore({"mode": mode})
    view.resize(700, 500)
    drawn(view, moment, answer, Kind.PARAMETERS)
    part = view.contour if mode == "2-D" else view.scene
    at = view.contour.area().center().toPoint() if mode == "2-D" else part.rect().center()
    QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: len(edits) == 1)
    relief = view.picture.relief
    assert relief is not None
    unit = part.place_at(QPointF(at))
    expected = relief.values(unit[np.newaxis])[0]
    (edit,) = edits
    assert (edit.name, edit.indices, edit.dragging) == ("theta", PAIR, False)
    np.testing.assert_allclose(edit.value, expected)  # type: ignore[arg-type]
    assert "Click to set" in part.toolTip()
    drawn(view, moment, answer, Kind.RANDOM)
    QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=at)
    calm(view)
    assert len(edits) == 1  # all weights would move
    assert "Click to set" not in part.toolTip()


def test_turning_and_double_clicks_set_nothing(
    qtbot: QtBot, view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    edits = edits_of(view)
    view.resize(700, 500)
    drawn(view, moment, answer, Kind.PARAMETERS)
    at = view.scene.rect().center()
    before = view.scene.eye.azimuth
    QTest.mousePress(view.scene, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(view.scene, at + QPoint(40, 0))
    QTest.mouseRelease(view.scene, Qt.MouseButton.LeftButton, pos=at + QPoint(40, 0))
    assert view.scene.eye.azimuth != before
    QTest.mouseClick(view.scene, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.scene, Qt.MouseButton.LeftButton, pos=at)
    assert view.scene.eye.azimuth == before
    calm(view)
    assert edits == []


def test_one_weight_is_a_curve_with_its_own_reading(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    edits = edits_of(view)
    shown = drawn(view, moment, answer, Kind.LINE)
    assert view.curve.isVisible()
    assert not view.contour.isVisible()
    assert not view.scene.isVisible()
    assert near(pixels(view.curve), DARK.now) > 30
    at = view.curve.area().center().toPoint()
    value = view.curve.place_at(QPointF(at))
    assert value is not None
    assert shown.line is not None
    cost = float(np.interp(value, shown.line.values, shown.line.costs))
    view.curve.hovered.emit(value)
    assert view.header.text() == f"C({fixed(value, 2)}) = {write(cost)}"
    QTest.mouseClick(view.curve, Qt.MouseButton.LeftButton, pos=at)
    assert edits == [MakeEdit("theta", (pytest.approx(value),), PAIR[:1])]


@pytest.mark.parametrize("size", [(292, 171), (460, 250), (900, 600)])
@pytest.mark.parametrize("nudge", [-1e-4, 1e-4, 0.4])
def test_the_next_step_is_seen_and_told_however_small(
    view: SurfaceView, moment: Snapshot, answer: Answer, size: tuple[int, int], nudge: float
) -> None:
    view.resize(*size)
    shown = drawn(view, moment, answer, Kind.LINE)
    assert shown.line is not None
    curve, line, made = view.curve, shown.line, view.picture.slice
    landing = replace(line.landing, w=line.present.w + nudge)
    stepping = replace(line, nudge=nudge, landing=landing)
    curve.show_slice(replace(made, line=stepping, steps=step_texts(stepping)))
    picture = pixels(curve)
    resting = replace(line, nudge=0.0, landing=replace(line.landing, w=line.present.w))
    curve.show_slice(replace(made, line=resting, steps=step_texts(resting)))
    changed = (picture != pixels(curve)).any(axis=2)
    here = curve.place_of(line.present.w, line.present.cost)
    below = int(curve.area().top()) + 1
    columns = np.nonzero(changed[below:])[1]
    assert len(columns) > 20  # the arrow, on the side to which the weight goes
    assert (columns.mean() > here.x()) == (nudge > 0)
    assert near(picture[:below], DARK.now, 60) > 10  # its number
    assert changed[:below].sum() > 10
    assert near(picture[int(curve.area().bottom()) + 2 :], DARK.now, 60) == 0  # nothing else has


def test_logarithmic_height(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    shown = drawn(view, moment, answer, Kind.RANDOM)
    plain = pixels(view.scene)
    view.bar._log.trigger()
    relief = view.picture.relief
    assert relief is not None
    assert relief.log
    logs = np.log10(shown.cost / relief.low) / np.log10(relief.high / relief.low)
    np.testing.assert_allclose(relief.height, np.clip(logs, 0, 1), atol=1e-9)
    assert (pixels(view.scene) != plain).any()
    view.bar._log.trigger()
    assert not view.picture.relief.log  # type: ignore[union-attr]


def test_what_takes_long_tells_how_far_it_is(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    cancelled: list[bool] = []
    view.plane_cancelled.connect(lambda: cancelled.append(True))
    drawn(view, moment, answer, Kind.PARAMETERS)
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)
    view.restore({"points": 201, "sample": 10**9})
    assert requests[-1].points == 201
    view.show_progress(Surveying(requests[-1].generation - 1, 0.7))  # of another one
    assert not view.banner.cancel.isVisible()
    view.show_progress(Surveying(requests[-1].generation, 0.4))
    assert view.banner.text.text() == "finer surface: 40\u202f%"
    QTest.mouseClick(view.banner.cancel, Qt.MouseButton.LeftButton)
    assert cancelled == [True]
    assert not view.banner.cancel.isVisible()
    view.show_landscape(answer(requests[-1]))
    view.show_snapshot(moment)
    assert len(requests) == 1  # not asked again


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=lambda theme: theme.name)
def test_the_scene_has_surface_floor_tube_ball_and_arrow(
    view: SurfaceView, moment: Snapshot, answer: Answer, theme: Theme
) -> None:
    view.set_theme(theme)
    view.restore({"mode": "3-D"})
    view.resize(700, 500)
    drawn(view, moment, answer, Kind.PRINCIPAL)
    scene = view.scene
    whole = pixels(scene)
    assert near(whole, theme.now) > 60
    assert near(whole, PATH, 30) > 60
    assert len(np.unique(whole.reshape(-1, 3) // 16, axis=0)) > 60
    for item in (scene._floor, scene._arrows[1], scene._surface, scene._trace_items[0][1]):
        assert item.visible()
        item.setVisible(False)
        scene._picture = None
        assert ((whole != pixels(scene)).any(axis=2)).sum() > 30
        item.setVisible(True)


@pytest.mark.parametrize("kind", list(Kind))
def test_without_opengl_every_plane_is_complete(
    monkeypatch: pytest.MonkeyPatch,
    show: Callable[..., SurfaceView],
    moment: Snapshot,
    answer: Answer,
    kind: Kind,
) -> None:
    monkeypatch.setattr(gl_probe, "shared_gl", lambda: None)
    view = show(SurfaceView, None, (460, 250))
    QTest.qWaitForWindowExposed(view)
    drawn(view, moment, answer, kind)
    assert view.note.text() == NO_GL
    part = view.curve if kind is Kind.LINE else view.contour
    assert part.isVisible()
    assert near(pixels(part), DARK.now) > 20
    assert not view.note.geometry().intersects(part.geometry())
    assert "Click to set" in part.toolTip() or kind in (Kind.RANDOM, Kind.PRINCIPAL)
