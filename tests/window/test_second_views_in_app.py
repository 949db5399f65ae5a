"""A second instance of a view beside the window, on the real threads: both live."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from nnviz.messages.commands import Play
from nnviz.views import evaluation, examples, inspector, surface

SPECS = {module.SPEC.id: module.SPEC for module in (evaluation, examples, inspector, surface)}
SHOWN = {
    "evaluation": lambda view: view.report is not None,
    "examples": lambda view: view.gallery.count > 0,
    "surface": lambda view: view.settled(),
}


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def second(qtbot, app):
    """Joins another instance of a view, which is shown what the window shows."""
    views = []

    def open_view(id):
        view = SPECS[id].view()
        view.resize(460, 320)
        view.join(app.bridge)
        view.show()
        qtbot.waitExposed(view)
        view.show_snapshot(app.window.snapshot)
        views.append(view)
        return view

    yield open_view
    for view in views:
        view.close()
        view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("id", SHOWN)
def test_what_a_second_view_asks_is_answered_to_it_too(qtbot, app, second, id):
    app.window.open_panel(id)
    view, first = second(id), app.window.views[id]
    for one in (view, first):
        qtbot.waitUntil(lambda one=one: SHOWN[id](one), timeout=60_000)


def test_what_is_picked_in_a_second_view_is_explained_in_both_and_the_run_plays_on(
    qtbot, app, second
):
    view, first = second("inspector"), app.window.views["inspector"]
    network = app.window.views["network"]
    app.bridge.send(Play())
    qtbot.waitUntil(lambda: app.window.snapshot.playing)
    network.pressing.move(0, 0)  # the first neuron
    assert view.selection == first.selection == app.window.selection is not None
    view.clear()
    assert view.selection is first.selection is app.window.selection is None
    assert app.window.snapshot.playing


def test_escape_gives_up_what_a_second_view_waits_for(qtbot, app, second):
    view = second("surface")
    view.busy.emit(True)  # as while a fine surface is computed
    qtbot.waitUntil(app.window.actions_by_id["cancel"].isEnabled)
    app.window.take_keys()
    qtbot.keyClick(app.window, Qt.Key.Key_Escape)
    assert not app.window.actions_by_id["cancel"].isEnabled()
