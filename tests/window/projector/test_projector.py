"""The stage opens over the window, shows pages of views, and leaves the desktop as it was."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from nnviz.messages.commands import Play
from nnviz.messages.events import Failure, Loading, Notice
from nnviz.numbers import integer, percent
from nnviz.views.palette import BEAMER, DARK
from nnviz.window import projector as package
from nnviz.window.projector import page_list as module
from nnviz.window.projector.pages import Page, Shown
from nnviz.window.projector.strip import HEIGHT
from nnviz.window.settings import Settings
from tests.waiting import until
from tests.window.conftest import Probe

PAGES = (
    Page("one", "One", (Shown("middle"),)),
    Page("two", "Two", (Shown("middle", 0.6), Shown("side", 0.4))),
    Page("three", "Three", (Shown("other"),)),
    Page("none", "Not there", (Shown("no_such_view"),)),
)
HD = QRect(0, 0, 1280, 720)


@pytest.fixture
def desktop(stage, monkeypatch):
    monkeypatch.setattr(module, "PAGES", PAGES)
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    return window


@pytest.fixture
def projected(desktop):
    desktop.projector.show_at(HD, covering=True)
    return desktop


def test_f5_opens_it_and_escape_leaves_it_with_the_desktop_as_it_was(stage, desktop):
    before = desktop.ui_state(), desktop.geometry(), desktop.styleSheet()
    assert desktop.projector.stage is None
    stage.press(Qt.Key.Key_F5)
    until(lambda: desktop.projector.has_keys)
    assert desktop.projector.page.id == "one"
    assert isinstance(desktop.projector.stage.views.built["middle"], Probe)
    stage.press(Qt.Key.Key_Escape)
    until(desktop.isActiveWindow)
    assert not desktop.projector.on
    assert (desktop.ui_state(), desktop.geometry(), desktop.styleSheet()) == before
    assert desktop.updatesEnabled()


def test_what_is_covered_draws_nothing_and_has_the_last_moment_when_it_is_seen(stage, projected):
    behind = projected.views["middle"].snapshots
    ahead = projected.projector.stage.views.built["middle"].snapshots
    before = len(behind), len(ahead)
    projected.show_snapshot(stage.snapshot(steps=1))
    assert len(behind) == before[0]
    assert len(ahead) == before[1] + 1
    assert ahead[-1] is projected.snapshot
    projected.projector.close()
    assert behind[-1] is projected.snapshot
    known = len(ahead)
    projected.show_snapshot(stage.snapshot(steps=1))
    assert behind[-1] is projected.snapshot
    assert len(ahead) == known


def test_beside_the_class_the_desktop_lives_on(stage, desktop):
    desktop.projector.show_at(HD, covering=False)
    desktop.show_snapshot(stage.snapshot(steps=1))
    for views in (desktop.views.built, desktop.projector.stage.views.built):
        assert views["middle"].snapshots[-1] is desktop.snapshot


def test_number_keys_turn_to_a_page_and_only_that_is_drawn(stage, projected):
    until(lambda: projected.projector.has_keys)
    built = projected.projector.stage.views.built
    assert set(built) == {"middle"}
    stage.press(Qt.Key.Key_2)
    assert projected.projector.page.id == "two"
    assert set(built) == {"middle", "side"}
    stage.press(Qt.Key.Key_3)
    seen = {id: len(view.snapshots) for id, view in built.items()}
    projected.show_snapshot(stage.snapshot(steps=1))
    drawn = [id for id, view in built.items() if len(view.snapshots) > seen[id]]
    assert drawn == ["other"]
    stage.press(Qt.Key.Key_4)  # there is no fourth page
    assert projected.projector.page.id == "three"
    assert projected.stepping.granularity == "minibatch"  # digits choose it on the desktop alone
    projected.projector.previous_page()
    assert projected.projector.page.id == "two"
    for _ in range(3):
        projected.projector.next_page()
    assert projected.projector.page.id == "three"


def test_a_page_stays_as_it_was_left(stage, projected):
    projected.projector.show_page(2)
    projected.projector.close()
    projected.projector.show_at(HD, covering=True)
    assert projected.projector.page.id == "three"
    assert projected.projector.stage.views.built["other"].isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_the_stage_has_most_of_the_height_and_each_view_its_share(desktop, size):
    desktop.projector.show_at(QRect(0, 0, *size), covering=True)
    stage = desktop.projector.stage
    stage.setGeometry(0, 0, *size)
    desktop.projector.show_page(1)
    strip = round(HEIGHT * size[1])
    assert stage.strip.geometry().getRect() == (0, size[1] - strip, size[0], strip)
    assert stage.board.height() == size[1] - strip >= 0.9 * size[1]
    left, right = (stage.views.built[id].width() for id in ("middle", "side"))
    assert right / (left + right) == pytest.approx(0.4, abs=0.02)
    smallest = stage.views.built["middle"].theme.scale
    assert smallest.factor == pytest.approx(20 / 11 * size[1] / 720)


def test_themes_and_letters_are_its_own_and_the_theme_is_kept(stage, projected):
    until(lambda: projected.projector.has_keys)
    ahead = projected.projector.stage.views.built["middle"]
    assert ahead.theme.name == BEAMER.name
    stage.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert ahead.theme.name == DARK.name
    assert Settings(stage.folder / "w.json").projector_theme == DARK
    before = ahead.theme.scale.factor
    stage.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert ahead.theme.scale.factor == pytest.approx(1.1 * before)
    stage.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert ahead.theme.scale.factor == before
    assert projected.views["middle"].theme == DARK


def test_steps_are_made_from_the_stage_and_what_is_said_in_passing_is_said_there(stage, projected):
    until(lambda: projected.projector.has_keys)
    stage.press(Qt.Key.Key_Space)
    assert any(isinstance(sent, Play) for sent in stage.sent)
    strip = projected.projector.stage.strip
    assert strip.figures.startswith("step 2")
    stage.ports.publish(Notice("Something in passing."))
    assert strip.text == "Something in passing."
    stage.ports.publish(Loading("digits", 0.25, who="data"))
    assert strip.text == f"digits… {percent(0.25, 0)}"
    stage.ports.publish(Loading("digits", 1.0, who="data"))
    assert strip.text == "XOR: a net of 2–3–1."


def test_what_is_laid_over_the_stage_is_left_before_it(stage, projected):
    class Pen(Probe):
        drawn = True

        def leave(self):
            drawn, self.drawn = self.drawn, False
            return drawn

    pen = Pen()
    projected.projector.stage.lay_over(pen)
    assert pen.geometry() == projected.projector.stage.board.geometry()
    projected.leave()
    assert not pen.drawn
    assert projected.projector.on
    projected.leave()
    assert not projected.projector.on


def test_keys_of_the_stage_go_before_those_of_the_window(stage, projected):
    until(lambda: projected.projector.has_keys)
    pressed = []
    projected.projector.stage.keys[Qt.Key.Key_Right] = lambda: pressed.append("right")
    stage.press(Qt.Key.Key_Right)
    assert pressed == ["right"]
    assert stage.sent == []


def test_built_in_pages_name_views_that_there_are():
    from nnviz.views import VIEWS

    known = {spec.id for spec in VIEWS}
    assert all(shown.view in known for page in package.PAGES for shown in page.views)
    assert len(package.PAGES) == 10
    assert len({page.id for page in package.PAGES}) == 10


def failure_over(parent):
    """The failure that is told over a window."""
    return next(box for box in parent.findChildren(QMessageBox, "failure") if box.isVisible())


def test_a_failure_is_told_over_the_stage_that_covers_the_window_in_its_letters(stage, projected):
    here = projected.projector.stage
    stage.ports.publish(Failure("The file cannot be read: choose another."))
    box = failure_over(here)
    until(box.isActiveWindow)
    assert box.window() is box
    assert QApplication.activeModalWidget() is box or box.isActiveWindow()
    assert box.font().pixelSize() >= 20
    assert box.updatesEnabled()
    box.close()
    assert projected.projector.on


def test_beside_a_stage_on_another_screen_it_is_told_over_the_window(stage, desktop):
    desktop.projector.show_at(HD, covering=False)
    stage.ports.publish(Failure("The file cannot be read: choose another."))
    assert failure_over(desktop).parentWidget() is desktop


def test_plus_and_minus_say_the_speed_on_the_stage(stage, projected):
    strip = projected.projector.stage.strip
    until(lambda: projected.projector.has_keys)
    stage.press(Qt.Key.Key_Minus)
    assert strip.text == f"Speed: {integer(5000)} minibatches a second."
    stage.press(Qt.Key.Key_Plus)
    assert strip.text == "Speed: as fast as it can."
    strip.say("")
    stage.press(Qt.Key.Key_Plus)  # it cannot be faster, and that is said, too
    assert strip.text == "Speed: as fast as it can."


@pytest.fixture
def lesson_page(monkeypatch):
    page = Page("both", "Both", (Shown("middle", 0.5), Shown("other", 0.5)))
    monkeypatch.setattr(module, "LESSON_PAGES", (page,))
    return page


def test_a_page_of_lessons_is_turned_to_by_its_id_alone(stage, lesson_page, projected):
    projector = projected.projector
    before = [page.id for page in projector.pages]
    projector.show_page_of("two")
    projector.show_page_of("both")
    assert projector.page == lesson_page
    assert projector.stage.board.ids == ("middle", "other")
    assert [page.id for page in projector.pages] == before
    projector.next_page()
    assert projector.page.id == "three", "it goes on from where it was"
    projector.show_page_of("both")
    projector.press("1")
    assert projector.page.id == "one"


def test_a_hidden_page_is_turned_to_by_its_id(stage, projected):
    projector = projected.projector
    projector._list.arrange(["one", "two", "three"], ["two"])
    projector.show_page_of("two")
    assert projector.page.id == "two"
    assert [page.id for page in projector.pages] == ["one", "three"]


def test_pages_of_lessons_name_views_that_there_are_and_take_no_key_or_name_of_others():
    from nnviz.views import VIEWS
    from nnviz.window.projector.pages import LESSON_PAGES

    known = {spec.id for spec in VIEWS}
    assert all(shown.view in known for page in LESSON_PAGES for shown in page.views)
    ids = [page.id for page in (*package.PAGES, *LESSON_PAGES)]
    assert len(set(ids)) == len(ids)
