"""The course: lessons are listed, found and opened from wherever files and actions are."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from nnviz.lessons import LESSONS
from tests.window.lesson.conftest import LESSON


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def listed(menu):
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.data()]


def test_the_menu_lists_every_lesson_with_a_sentence(app):
    course = app.window.course
    entries = listed(course.menu)
    assert [entry.data() for entry in entries][: len(LESSONS)] == list(LESSONS)
    for entry, lesson in zip(entries, LESSONS.values(), strict=False):
        assert lesson.aim["en"] in str(entry.property("usual_tip"))
    bar = [action.menu() for action in app.window.menus.actions()]
    assert course.menu in bar
    button = app.window.toolbar.findChild(object, "lesson")
    assert button.menu() is course.menu


def test_a_lesson_of_the_menu_opens_and_is_marked_as_begun(app, qtbot):
    course = app.window.course
    first = listed(course.menu)[0]
    first.trigger()
    qtbot.waitUntil(lambda: course.player.script.arrived, timeout=60_000)
    assert course.player.script.lesson.id == first.data()
    qtbot.keyClick(app.window, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: course.player.script.progress[0] == 2, timeout=60_000)
    course.player.leave()
    assert "begun" in str(listed(course.menu)[0].property("usual_tip"))


def test_the_palette_finds_lessons(app):
    found = {entry.id: entry for entry in app.window.course.entries()}
    assert list(found)[: len(LESSONS)] == [f"lesson:{id}" for id in LESSONS]
    assert app.window.course.entries in app.window.command_palette.sources


def test_a_file_of_an_example_is_no_lesson(app, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(LESSON, encoding="utf-8")
    assert app.window.course.takes(path)
    path.write_text('title = "An example"\n', encoding="utf-8")
    assert not app.window.course.takes(path)
    path.write_text("no TOML at all", encoding="utf-8")
    assert not app.window.course.takes(path)


def test_another_lesson_can_be_opened_from_within_one_and_ones_own_run_stays_aside(at, qtbot):
    own = at.window.snapshot
    at.open()
    other = at.path.with_name("other.toml")
    other.write_text(LESSON.replace('id = "little"', 'id = "other"'), encoding="utf-8")
    at.window.drops.dropped.emit(other)
    qtbot.waitUntil(lambda: at.script.lesson.id == "other" and at.script.arrived, timeout=60_000)
    at.player.leave()
    qtbot.waitUntil(lambda: at.window.snapshot.run == own.run, timeout=60_000)
    assert at.window.snapshot.step == own.step


def test_the_course_is_offered_below_the_button_that_asked(app, qtbot):
    window = app.window
    window.course.choose(window.toolbar)
    menu = window.course.menu
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    assert menu.pos().y() >= window.toolbar.mapToGlobal(QPoint(0, 0)).y()
    menu.close()


def test_all_else_there_is_to_do_with_lessons_stands_in_the_menu(app):
    course = app.window.course
    listed(course.menu)
    menu = course.menu.actions()[-1].menu()
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert titles == [
        "Save my answers…",
        "Count answers…",
        "New lesson from what is on screen…",
    ]
    assert app.window.actions_by_id["new_lesson"] in menu.actions()
    menu.actions()[1].trigger()
    assert app.window.findChild(QFileDialog, "count_answers") is not None
