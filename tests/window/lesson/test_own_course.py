"""A course of one's own: opened as a folder or packed, from everywhere, with all that is beside."""

import threading
import time
import zipfile

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox

from nnviz.file_to_open import file_to_open
from nnviz.lessons import LESSONS, course_archive
from nnviz.paths import cache_folder, resource
from tests.window.lesson.conftest import LESSON

EXAMPLE = 'example = "own"'
TABLE = 'recipe = { dataset = "rows.csv", layers = [2, 3, 2] }'
SESSION = 'session = "trained.nnviz"'
IDS = ["of-example", "of-table", "of-session"]
ROWS = "a,b,fruit\n" + "".join(f"{k},{k % 3},{'fig' if k % 2 else 'plum'}\n" for k in range(20))


def lesson(id, start):
    """A lesson of one scene that starts with something else."""
    text = LESSON.replace('"little"', f'"{id}"').replace("A little lesson", f"About {id}")
    begin, end = text.index("recipe = {"), text.index("[start.look]")
    head = text[:begin] + start + "\n\n"
    assert end > begin
    return head + '[[scene]]\nid = "one"\nkind = "watch"\ntext = "At step {step}."\n'


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def folder(tmp_path, app, qtbot):
    """A course with an example, a table and a session beside its lessons."""
    place = tmp_path / "My course"
    (place / "examples").mkdir(parents=True)
    source = resource("examples/neuron-12.toml")
    (place / "examples" / "own.toml").write_text(
        source.read_text("utf-8").replace('"neuron-12"', '"own"'), "utf-8"
    )
    (place / "rows.csv").write_text(ROWS, "utf-8")
    for _ in range(3):
        app.window.stepping.forward()
    qtbot.waitUntil(lambda: app.window.snapshot.step == 3, timeout=60_000)
    app.window.files._save_to(place / "trained.nnviz")
    qtbot.waitUntil((place / "trained.nnviz").is_file, timeout=60_000)
    for number, (id, start) in enumerate(
        (("of-example", EXAMPLE), ("of-table", TABLE), ("of-session", SESSION)), 1
    ):
        (place / f"0{number}-{id}.toml").write_text(lesson(id, start), "utf-8")
    return place


@pytest.fixture
def packed(folder, tmp_path):
    path = tmp_path / "Mailed course.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"My course/{file.relative_to(folder)}")
    return path


@pytest.fixture
def arrived(app, qtbot):
    def arrived(id):
        def there():
            player = app.window.course.player
            return player is not None and player.script.lesson.id == id and player.script.arrived

        qtbot.waitUntil(there, timeout=60_000)
        return app.window.course.player

    return arrived


def kept_courses():
    return {path.name for path in (cache_folder() / "courses").glob("*")}


def told(app, qtbot):
    """The box that says what is wrong, once it is there."""
    qtbot.waitUntil(lambda: app.window.findChild(QMessageBox, "failure") is not None)
    return app.window.findChild(QMessageBox, "failure")


def drop(window, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    at, button = QPoint(300, 200), Qt.MouseButton.LeftButton
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at, action, mime, button, keys),
        QDropEvent(QPointF(at), action, mime, button, keys),
    ):
        QApplication.sendEvent(window, event)
    return event


def test_a_folder_that_is_dropped_begins_its_first_lesson(app, folder, arrived):
    assert drop(app.window, folder).isAccepted()
    player = arrived("of-example")
    assert app.window.snapshot.recipe.dataset == str(folder / "examples" / "own.toml")
    assert player.screen.panel.isVisible()


def test_its_lessons_stand_in_the_menu_above_those_of_nnviz(app, folder, arrived, qtbot):
    window = app.window
    window.files.open_path(folder)
    arrived("of-example")
    menu = window.course.menu
    window.course.choose(window.toolbar)
    qtbot.waitUntil(menu.isVisible)
    assert isinstance(menu, QMenu)
    titles = (one for one in menu.actions() if not (one.isSeparator() or one.isEnabled()))
    sections = [one.text() for one in titles]
    assert sections[:2] == ["My course", "The course of nnviz"]
    ids = [one.data() for one in menu.actions() if one.data() and one.data() in {*LESSONS, *IDS}]
    assert ids == [*IDS, *LESSONS]
    second = menu.actions()[3]
    assert second.property("title") == "2  About of-table"
    menu.setActiveAction(second)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    arrived("of-table")
    found = [entry.title for entry in window.course.entries()]
    assert found[2] == "My course: 3  About of-session"


def test_a_packed_course_works_with_all_that_is_beside_its_lessons(app, packed, arrived, qtbot):
    window = app.window
    window.actions_by_id["open"].trigger()
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    assert "*.zip" in dialog.nameFilters()[0]
    dialog.filesSelected.emit([str(packed)])
    dialog.close()
    arrived("of-example")
    for id in IDS[1:]:
        player = window.course.player
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_PageDown)
        qtbot.waitUntil(lambda: window.course.player.script.finished, timeout=60_000)
        assert player.after.id == id
        qtbot.mouseClick(player.screen.panel.next, Qt.MouseButton.LeftButton)
        player = arrived(id)
        if id == "of-table":
            assert window.snapshot.recipe.dataset.endswith("rows.csv")
    assert window.snapshot.step == 3
    assert "step 3" in player.playback.shown.text
    assert player.after is None


def test_the_folder_of_the_menu_and_of_the_command_line_is_a_course(app, folder, packed, arrived):
    window = app.window
    window.actions_by_id["open_folder"].trigger()
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    arrived("of-example")
    assert file_to_open(folder) == folder.resolve()
    assert file_to_open(packed) == packed.resolve()


def test_what_is_wrong_is_told_with_file_line_and_remedy_and_the_rest_can_be_played(
    app, folder, arrived, qtbot
):
    (folder / "01-of-example.toml").write_text(
        lesson("of-example", EXAMPLE).replace('"watch"', '"wotch"'), "utf-8"
    )
    (folder / "04-broken.toml").write_text("id = \n[[scene]]\n", "utf-8")
    app.window.files.open_path(folder)
    arrived("of-table")
    box = told(app, qtbot)
    assert "“My course” opens with 2 lessons" in box.text()
    assert "01-of-example.toml:14: there is no scene 'wotch'" in box.text()
    assert "04-broken.toml:1: " in box.text()
    box.close()


@pytest.mark.parametrize("case", ["no archive", "leads out", "no lesson", "all damaged"])
def test_what_is_no_course_is_told_and_the_run_goes_on(app, tmp_path, case, qtbot):
    path = tmp_path / "bad.zip"
    if case == "no archive":
        path.write_text("no archive")
    elif case == "all damaged":
        path = tmp_path / "bad"
        path.mkdir()
        (path / "01.toml").write_text("id = \n[[scene]]\n", "utf-8")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("../01.toml" if case == "leads out" else "rows.csv", LESSON)
    app.window.files.open_path(path)
    box = told(app, qtbot)
    said = {
        "no archive": "is damaged",
        "leads out": "leads out of the course",
        "no lesson": "holds no lesson",
        "all damaged": "01.toml:1: ",
    }
    assert said[case] in box.text()
    assert str(path) in box.text()
    box.close()
    assert app.window.course.player is None
    assert app.window.snapshot.recipe.dataset == "xor"


def test_a_folder_of_data_is_still_data(app, tmp_path, qtbot):
    found = []
    app.window.files.data_chosen.connect(found.append)
    app.window.files.open_path(tmp_path)
    assert found == [str(tmp_path)]
    told(app, qtbot).close()  # there are none in it


def test_a_name_that_means_nothing_is_told_when_the_course_is_opened(app, folder, arrived, qtbot):
    path = folder / "03-of-session.toml"
    text = path.read_text("utf-8").replace("At step {step}.", "At {stap}, with {w[1][7,0]}.")
    path.write_text(text, "utf-8")
    app.window.files.open_path(folder)
    arrived("of-example")
    box = told(app, qtbot)
    assert "opens with 3 lessons" in box.text()
    assert "03-of-session.toml:15: " in box.text()
    assert "'stap'" in box.text()
    box.close()


def test_a_large_course_is_unpacked_beside_the_window_and_escape_calls_it_off(
    app, packed, qtbot, monkeypatch
):
    window, began, unpacked = app.window, threading.Event(), course_archive._copy

    def slowly(*given):
        began.set()
        while True:
            given[-1](0)  # raises once it is called off
            time.sleep(0.001)

    before = kept_courses()
    monkeypatch.setattr(course_archive, "_copy", slowly)
    window.files.open_path(packed)
    qtbot.waitUntil(began.is_set)
    qtbot.waitUntil(lambda: window.long_work.busy)
    assert "Opening Mailed course.zip" in window.status._loading.text()
    step = window.snapshot.step
    window.stepping.forward()
    qtbot.waitUntil(lambda: window.snapshot.step == step + 1, timeout=60_000)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.long_work.busy)
    assert window.course.player is None
    qtbot.waitUntil(lambda: kept_courses() == before)
    assert window.findChildren(QMessageBox) == []
    monkeypatch.setattr(course_archive, "_copy", unpacked)
    window.files.open_path(packed)
    qtbot.waitUntil(lambda: window.course.player is not None, timeout=60_000)
