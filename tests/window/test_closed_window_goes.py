"""A window that was closed is gone, with all that it has opened: nothing keeps it alive."""

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog

from nnviz.app import build
from nnviz.views import VIEWS
from nnviz.views.palette import DARK
from nnviz.window.panel_window import PanelWindow
from nnviz.window.settings import Settings
from tests.sampled import sampled
from tests.waiting import events_done, until

LATE = tuple(spec.id for spec in VIEWS if spec.place not in ("centre", "below"))

LESSON = "what-a-neuron-does"


@pytest.fixture
def program(qapp, tmp_path):
    """Give a function that starts the program with a run in it, and ends its threads."""
    bridges, windows = [], []

    def start():
        app = build(Settings(tmp_path / "w.json"), DARK)
        bridges.append(app.bridge)
        windows.append(weakref.ref(app.window))
        app.bridge.start()
        app.window.resize(1440, 720)
        app.window.show()
        until(lambda: PanelWindow.settled(app.window))
        app.window.choose_data("xor")
        until(lambda: app.window.snapshot is not None)
        return app

    yield start
    for window in windows:
        if window() is not None:
            window().close()
            window().deleteLater()
    for bridge in bridges:
        assert bridge.stop()


def do(window, *ids):
    for id in ids:
        action = window.actions_by_id[id]
        assert isinstance(action, QAction)
        action.trigger()
        events_done()


def open_panels(window):
    for id in LATE:
        window.open_panel(id)
        until(lambda id=id: id in window.views.built)
    until(window.settled)


def open_projector(window):
    do(window, "projector")
    for number in range(len(window.projector.pages)):
        window.projector.show_page(number)
        events_done()
    do(window, "pen", "magnify", "spotlight", "blank_black")


def open_everything(window):
    """All that can be opened beside one another, and what is laid over it."""
    open_panels(window)
    open_projector(window)
    for id in ("words", "glossary", "preferences", "about", "help", "command_palette"):
        before = window.findChildren(QDialog)
        do(window, id)
        assert len(window.findChildren(QDialog)) > len(before), id
    do(window, "start_page", "guide", "enlarge")


def open_lesson(window):
    window.course.open(LESSON)
    until(lambda: window.course.player is not None and window.snapshot.demonstration)
    until(window.settled)


OPENED = {"as it starts": None, "everything open": open_everything, "a lesson": open_lesson}


@pytest.mark.parametrize("opened", sampled(OPENED.values(), every=2), ids=OPENED)
def test_nothing_keeps_a_window_that_was_closed(program, opened):
    before = {*QApplication.topLevelWidgets()}
    app = program()
    if opened is not None:
        opened(app.window)
    gone = {name: weakref.ref(part) for name, part in parts(app.window)}
    bridge = app.bridge  # stays, and lets the window go
    app.window.close()
    app.window.deleteLater()
    del app
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    events_done()
    gc.collect()
    assert [name for name, part in gone.items() if part() is not None] == []
    assert {*QApplication.topLevelWidgets()} <= before
    assert bridge.stop()


def test_nothing_keeps_a_lesson_that_was_left(program):
    window, players = program().window, []
    for _ in range(2):
        open_lesson(window)
        players.append(weakref.ref(window.course.player))
        window.course.close()
        until(lambda: not window.snapshot.demonstration)
        events_done()
    gc.collect()
    assert [player() for player in players] == [None, None]


def parts(window):
    """What the window is made of, by name: itself, its views, those of the stage."""
    yield "window", window
    yield from window.views.built.items()
    if window.course.player is not None:
        yield "lesson", window.course.player
    if window.projector.stage is not None:
        yield "stage", window.projector.stage
        yield from ((f"{id} on stage", v) for id, v in window.projector.stage.views.built.items())


def test_the_menu_of_data_leaves_nothing_where_it_is_filled_anew(stage):
    window = stage.window()
    menu = window.data_choice.menu

    def opened():
        menu.aboutToShow.emit()
        events_done()
        return len(menu.findChildren(QObject))

    assert opened() == opened() == opened()
