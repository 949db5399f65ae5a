"""The surface view draws what it is told, with OpenGL and without."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from nnviz.data.dataset import Dataset
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Landscape, PlaneRequest, survey
from nnviz.messages.commands import TrackParameters
from nnviz.views.palette import DARK, LIGHT, Theme, rgb
from nnviz.views.surface.text import NO_GL, Lack
from nnviz.views.surface.view import SurfaceView
from nnviz.views.surface3d import gl_context as gl_probe
from nnviz.views.surface3d.viewpoint import Viewpoint
from tests.views import grabbing
from tests.views.grabbing import pixels
from tests.views.phasing import at_phase, minibatch_of
from tests.views.textbook import first_moment
from tests.waiting import events_done
from tests.wishes import on_wish

Answer = Callable[[PlaneRequest], Landscape]
PAIR = (784 * 30 + 4 * 10 + 7, 784 * 30 + 11 * 10 + 7)
NAMES = "w²₈,₅", "w²₈,₁₂"


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


def count(picture: NDArray[np.uint8], colour: str, by: int = 2) -> int:
    return int((np.abs(picture.astype(int) - rgb(colour)).max(axis=-1) <= by).sum())


def colours(picture: NDArray[np.uint8]) -> int:
    return len(grabbing.colours(picture // 16))


def drawn(view: SurfaceView, moment: Snapshot, answer: Answer) -> list[PlaneRequest]:
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)
    view.show_snapshot(moment)
    view.show_landscape(answer(requests[-1]))
    return requests


def test_looks_fine_before_the_first_answer(view: SurfaceView, moment: Snapshot) -> None:
    assert view.message.isVisible()
    assert view.message.text() == Lack.RUN.value
    view.show_snapshot(moment)
    assert view.message.text() == Lack.ANSWER.value
    view.call_off()
    assert view.message.text() == Lack.REQUEST.value
    view.show_snapshot(moment)
    assert view.message.isVisible()
    assert not view.contour.isVisible()
    assert view.choosers[0].text().endswith("w²₈,₅ ▾")


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_both_drawings_show_surface_path_and_ball(
    view: SurfaceView, moment: Snapshot, answer: Answer, theme: Theme
) -> None:
    view.set_theme(theme)
    requests = drawn(view, moment, answer)

    assert len(requests) == 1
    assert (requests[0].first, requests[0].second) == PAIR
    assert view.scene is not None
    for part in (view.scene, view.contour):
        assert part.isVisible()
        picture = pixels(part)
        assert colours(picture) > 30
        assert count(picture, theme.now) > 20
        assert count(picture, theme.panel) > 500
        assert count(picture, "#ffffff", 30) > 10
    assert not view.message.isVisible()


def test_header_tells_the_cost_here(
    view: SurfaceView, moment: Snapshot, answer: Answer, make_dataset: Callable[..., Dataset]
) -> None:
    view.resize(700, 250)
    drawn(view, moment, answer)
    dataset = make_dataset()
    cost = moment.network().cost(dataset.x_test, dataset.y_test)
    first, second = (f"{moment.theta[index]:.2f}".replace("-", "−") for index in PAIR)
    assert view.header.text() == f"C = {cost:.4f} at ({first}, {second}) · 50 test images"
    view.resize(260, 250)
    assert view.header.text().startswith(f"C = {cost:.4f}")
    metrics = view.header.fontMetrics()
    assert metrics.horizontalAdvance(view.header.text()) <= view.header.width()


def test_ball_moves_between_answers(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    requests = drawn(view, moment, answer)
    before = pixels(view.contour), pixels(view.scene)
    theta = moment.theta.copy()
    theta[list(PAIR)] += 0.6
    view.show_snapshot(replace(moment, step=moment.step + 1, theta=theta))
    after = pixels(view.contour), pixels(view.scene)

    for old, new in zip(before, after, strict=True):
        assert (old != new).any()
        assert count(new, DARK.now) > 20
    assert len(requests) == 2  # the first was answered, this one is waited for


def test_stale_answers_are_dropped(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)
    view.show_snapshot(moment)
    view.show_snapshot(replace(moment, run=moment.run + 1))
    assert [request.run for request in requests] == [moment.run, moment.run + 1]

    view.show_landscape(answer(requests[0]))
    assert view.message.isVisible()
    view.show_landscape(answer(requests[1]))
    assert not view.message.isVisible()


def test_an_answer_waits_for_its_turn_but_not_for_a_second_one(
    view: SurfaceView, moment: Snapshot, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.views.surface.requests.PACE", 0.0)
    drawn(view, moment, answer)
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)

    def turn(step: int) -> Snapshot:
        theta = moment.theta * (1 + 0.02 * (step - moment.step))
        return replace(moment, step=step, theta=theta, playing=True)

    view.show_snapshot(turn(61))
    before = pixels(view.contour)
    view.show_landscape(answer(requests[0]))
    assert (pixels(view.contour) == before).all()  # in time: drawn when its turn comes
    view.show_snapshot(turn(62))
    assert (pixels(view.contour) != before).any()
    assert len(requests) == 2

    view.show_snapshot(turn(63))  # the turn that the second answer has missed
    before = pixels(view.contour)
    view.show_landscape(answer(requests[1]))
    assert (pixels(view.contour) != before).any()
    assert requests[2].step == 63
    assert len(requests) == 3


def test_picking_two_others(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    requests = drawn(view, moment, answer)
    watched: list[tuple[int, int]] = []
    on_wish(view, TrackParameters, lambda pair: watched.append((pair.first, pair.second)))

    view.pick(5, 5)
    view.pick(0, moment.recipe.parameters)
    view.pick(*PAIR)
    assert watched == []

    view.pick(PAIR[1], 23_860 - 3)
    assert watched == [(PAIR[1], 23_857)]
    assert (requests[-1].first, requests[-1].second) == watched[0]
    assert view.choosers[1].text().endswith("b²₈ ▾")
    # Until the worker records their path, snapshots still tell of the old pair.
    view.show_snapshot(moment)
    assert view.choosers[1].text().endswith("b²₈ ▾")
    view.show_landscape(answer(requests[-1]))
    assert count(pixels(view.contour), DARK.now) > 20

    followed = replace(moment, watched=watched[0])
    view.show_snapshot(followed)
    view.show_snapshot(moment)  # somebody else asked for the first pair again
    assert view.choosers[0].text().endswith("w²₈,₅ ▾")


def test_chooser_picks_a_parameter(view: SurfaceView, moment: Snapshot) -> None:
    watched: list[tuple[int, int]] = []
    on_wish(view, TrackParameters, lambda pair: watched.append((pair.first, pair.second)))
    view.show_snapshot(moment)
    chooser = view.chooser
    QTest.mouseClick(view.choosers[0], Qt.MouseButton.LeftButton)
    assert chooser.isVisible()
    assert chooser.accept.text() == "show w²₈,₅"
    chooser.layer.setCurrentIndex(0)
    chooser.source.setValue(351)
    chooser.target.setValue(99)  # there are only thirty
    assert chooser.accept.text() == "show w¹₃₀,₃₅₁"
    QTest.mouseClick(chooser.accept, Qt.MouseButton.LeftButton)
    assert not chooser.isVisible()
    assert watched == [(350 * 30 + 29, PAIR[1])]

    QTest.mouseClick(view.choosers[1], Qt.MouseButton.LeftButton)
    chooser.bias.setChecked(True)
    assert chooser.accept.text() == "show b²₈"
    assert not chooser.source.isEnabled()
    QTest.mouseClick(chooser.accept, Qt.MouseButton.LeftButton)
    assert watched[-1] == (350 * 30 + 29, moment.recipe.parameters - 3)


def test_choosing_the_other_axis_parameter_swaps_them(view: SurfaceView, moment: Snapshot) -> None:
    watched: list[tuple[int, int]] = []
    on_wish(view, TrackParameters, lambda pair: watched.append((pair.first, pair.second)))
    view.show_snapshot(moment)
    QTest.mouseClick(view.choosers[0], Qt.MouseButton.LeftButton)
    view.chooser.source.setValue(12)
    QTest.mouseClick(view.chooser.accept, Qt.MouseButton.LeftButton)
    assert watched == [(PAIR[1], PAIR[0])]


def test_modes(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    drawn(view, moment, answer)
    for mode, scene, contour in (("3-D", True, False), ("2-D", False, True), ("both", True, True)):
        QTest.mouseClick(view.modes[mode], Qt.MouseButton.LeftButton)
        assert (view.scene.isVisible(), view.contour.isVisible()) == (scene, contour)
        assert view.mode() == mode


@pytest.mark.parametrize("size", [(300, 180), (330, 190), (460, 225), (900, 600), (300, 700)])
def test_parts_neither_overlap_nor_leave_the_view(
    view: SurfaceView, moment: Snapshot, answer: Answer, size: tuple[int, int]
) -> None:
    view.resize(*size)
    drawn(view, moment, answer)
    parts = [view.header, view.banner.text, view.banner.only, view.scene, view.contour]
    parts += [view.bar.kind, *view.choosers, *view.modes.values(), view.bar.more]
    boxes = [
        QRect(part.mapTo(view, QPoint()), part.size())
        for part in parts
        if part.isVisible() and part.width()
    ]
    for place, box in enumerate(boxes):
        assert view.rect().contains(box)
        assert box.height() > 8
        assert not any(box.intersects(other) for other in boxes[place + 1 :])


def test_dragging_turns_the_wheel_zooms_a_double_click_goes_back(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    drawn(view, moment, answer)
    scene, first = view.scene, pixels(view.scene)
    middle = scene.rect().center()
    QTest.mousePress(scene, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(scene, middle + QPoint(40, 10))
    QTest.mouseRelease(scene, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 10))
    turned = pixels(scene)
    assert (turned != first).any()
    QApplication.sendEvent(scene, wheel(middle))
    assert (pixels(scene) != turned).any()
    QTest.mouseDClick(scene, Qt.MouseButton.LeftButton, pos=middle)
    assert (pixels(scene) == first).all()


def wheel(at: QPoint) -> QWheelEvent:
    return QWheelEvent(
        QPointF(at),
        QPointF(at),
        QPoint(0, 0),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def test_arrows_turn_the_surface_and_the_others_are_left_to_the_window(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    drawn(view, moment, answer)
    seen: list[int] = []

    class Window(QMainWindow):
        def keyPressEvent(self, event: object) -> None:
            seen.append(event.key())  # type: ignore[attr-defined]

    window = Window()
    window.setCentralWidget(view)
    window.show()
    assert view.scene.focusPolicy() == Qt.FocusPolicy.TabFocus, "a click leaves the keys alone"
    before = view.scene.eye.azimuth, view.scene.eye.elevation, view.scene.viewpoint.zoom
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
        QTest.keyClick(view.scene, key)
    assert seen == [Qt.Key.Key_PageDown, Qt.Key.Key_Space]
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Plus):
        QTest.keyClick(view.scene, key)
    after = view.scene.eye.azimuth, view.scene.eye.elevation, view.scene.viewpoint.zoom
    assert all(one != other for one, other in zip(before, after, strict=True))
    QTest.keyClick(view.scene, Qt.Key.Key_Home)
    assert view.scene.viewpoint == Viewpoint()
    assert len(seen) == 2
    view.setParent(None)


def test_survives_hiding_and_another_window(
    view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    drawn(view, moment, answer)
    before = pixels(view.scene)
    window = QMainWindow()
    window.setCentralWidget(view)
    window.resize(view.size())
    window.show()
    view.hide()
    view.show()
    view.setParent(None)
    view.resize(460, 250)
    view.show()
    window.close()
    assert (pixels(view.scene) == before).all()


def test_diverged_net_is_said(view: SurfaceView, moment: Snapshot, answer: Answer) -> None:
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)
    theta = np.full_like(moment.theta, np.nan)
    view.show_snapshot(replace(moment, theta=theta))
    view.show_landscape(answer(requests[-1]))
    assert view.message.isVisible()
    assert view.message.text() == Lack.NUMBERS.value
    assert "C is not a finite number" in view.header.text()


def test_without_opengl_the_contour_stands_alone_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
    show: Callable[..., SurfaceView],
    moment: Snapshot,
    answer: Answer,
) -> None:
    monkeypatch.setattr(gl_probe, "shared_gl", lambda: None)
    view = show(SurfaceView, None, (460, 250))
    QTest.qWaitForWindowExposed(view)
    assert view.note.isVisible()
    assert view.note.text() == NO_GL
    drawn(view, moment, answer)
    assert view.scene is None
    assert view.contour.isVisible()
    assert not any(button.isVisible() for button in view.modes.values())
    assert not view.note.geometry().intersects(view.contour.geometry())
    picture = pixels(view.contour)
    assert colours(picture) > 30
    assert count(picture, DARK.now) > 20


def test_small_and_odd_nets(
    view: SurfaceView, make_snapshot: Callable[..., Snapshot], make_dataset: Callable[..., Dataset]
) -> None:
    recipe = Recipe(layers=(2, 1), activation="tanh", output_activation="linear")
    requests: list[PlaneRequest] = []
    view.plane_wanted.connect(requests.append)
    view.show_snapshot(make_snapshot(recipe, steps=0, watched=(0, 2)))
    dataset = make_dataset(2, 1)
    landscape = survey(requests[-1], dataset.x_test, dataset.y_test)
    assert landscape is not None
    view.show_landscape(landscape)
    assert "test examples" in view.header.text()
    assert count(pixels(view.scene), DARK.now) > 20


def test_the_step_of_a_minibatch_is_an_arrow_and_its_numbers(
    view: SurfaceView, moment: Snapshot, answer: Answer, make_dataset: Callable[..., Dataset]
) -> None:
    dataset = make_dataset()
    minibatch = minibatch_of(moment, dataset.x_train[:10], dataset.y_train[:10])
    view.restore({"mode": "2-D"})
    view.resize(640, 300)
    drawn(view, moment, answer)
    area = view.contour.area().toRect()
    falling = pixels(view.contour)[area.top() : area.bottom(), area.left() : area.right()]
    view.contour.show_motion(replace(view.picture.motion, way=None))
    plain = pixels(view.contour)[area.top() : area.bottom(), area.left() : area.right()]
    for phase, words, parameters, sign in (
        ("average", "∂C/∂w = (", minibatch.gradient, -1),
        ("update", "moved by (", minibatch.nudge, 1),
    ):
        view.show_snapshot(at_phase(moment, minibatch, phase))
        first, second = (float(value) for value in parameters[list(PAIR)])
        assert f"{words}{first:+.2g}, {second:+.2g})".replace("-", "−") in view.header.text()
        picture = pixels(view.contour)[area.top() : area.bottom(), area.left() : area.right()]
        moved = (picture != plain).any(axis=2)
        rows, columns = np.nonzero(moved)
        now = view.contour.point(view.picture.motion.now)
        ahead = columns.mean() + area.left() - now.x(), now.y() - rows.mean() - area.top()
        expected = np.array([first, second]) * sign
        # Drawn ahead of the ball before the step, behind it after.
        direction = np.dot(ahead, expected) * (1 if phase == "average" else -1)
        assert direction > 0
    view.show_snapshot(at_phase(moment, minibatch, "cost"))
    picture = pixels(view.contour)[area.top() : area.bottom(), area.left() : area.right()]
    assert (picture == falling).all()


def test_a_theme_that_comes_at_rest_colours_ball_and_path_too(
    show: Callable[..., SurfaceView], view: SurfaceView, moment: Snapshot, answer: Answer
) -> None:
    drawn(view, moment, answer)
    view.restore({"mode": "2-D"})
    QTest.qWaitForWindowExposed(view)
    for theme in (LIGHT, DARK):
        view.set_theme(theme)
        fresh = show(SurfaceView, None, (view.width(), view.height()), theme)
        QTest.qWaitForWindowExposed(fresh)
        drawn(fresh, moment, answer)
        fresh.restore({"mode": "2-D"})
        assert view.contour.grab().toImage() == fresh.contour.grab().toImage()
        if view.scene is not None and fresh.scene is not None:
            assert view.scene._traces[0].ball == fresh.scene._traces[0].ball == theme.now
        fresh.close()


def test_weights_on_named_inputs_are_told_with_these_where_there_is_room(
    show: Callable[..., SurfaceView],
) -> None:
    view = show(SurfaceView, None, (760, 300))
    view.show_snapshot(first_moment("park"))
    said = [[button.text().removesuffix(" ▾") for button in view.choosers]]
    for width in range(740, 300, -20):
        view.resize(width, 300)
        events_done()
        said.append([button.text().removesuffix(" ▾") for button in view.choosers])
        assert view.choosers[1].toolTip().startswith("w¹₁,₂ above 15 °C\n")
        assert view.choosers[1].accessibleName() == "w₂: w¹₁,₂ above 15 °C"
    assert said[0] == ["w₁: w¹₁,₁ raining", "w₂: w¹₁,₂ above 15 °C"]
    assert said[-1] == ["w¹₁,₁", "w¹₁,₂"]
