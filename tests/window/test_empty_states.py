"""A panel with nothing to show says what to do: before a run, at its start, for other data."""

import re

import pytest

from nnviz.views import VIEWS
from nnviz.views.shared.no_run import NO_RUN
from nnviz.window import late_views
from nnviz.window.recent_menu import RecentMenu, RecentSessions
from tests.waiting import events_done, until
from tests.window.projector.letters import letters_of

IDS = [spec.id for spec in VIEWS]
WITHOUT_A_RUN = {
    "race": "Long narrow valley",  # of functions that need no network
    "activation": "Drag along z",
    "pad": "Draw a digit here",
    "branches": "Go back, change something",
}
"""Views that have something to do or to say before there is a run, and what."""
AT_THE_START = {
    "cost": "Press play",
    "timeline": "press play, and any step can be gone back to",
    "runs": "Start another run, and this one stays here",
    "branches": "Go back, change something",
    "inspector": "Click any neuron",
    "augment": "choose digits in the menu Data",
    "pad": "choose the digits",
    "matrices": "Point at a number",
    "parameters": "13 parameters",
    "evaluation": "Click a cell",
    "surface": "only these two train",
    "race": "Long narrow valley",
    "activation": "click one, or drag",
    "examples": "misread, worst first",
    "data": "4 rows",
    "table": "4 rows, 2 inputs, 1 target. + Col + Row",
    "plane": "cost over 0 epochs",
    "network": "all 9 edges drawn",
    "minibatch": "For the input",
}
"""What each view says of a truth table before anything is trained."""
EMPTY_PLANE = {
    "plane": "put points of both classes onto it",
    "cost": "put points of both classes onto it",
    "evaluation": "draw points on the plane",
    "examples": "There are no test examples",
    "timeline": "put points of both classes onto it",
}
"""What those views say that look at examples where there are none yet."""


def said(window, id):
    """All that a view says on screen, line by line in no order."""
    if id in dict(window._docks.items()):
        window.open_panel(id)
    until(window.settled)
    view = window.views[id]
    if window.snapshot is not None:
        until(view.settled)
    events_done()
    window.show_everywhere()
    events_done()
    return " ".join(" ".join(text for _, text in letters_of(view)).split())


def is_in(words, spoken):
    """Tell whether all words are spoken, in whatever line each of them is."""
    return {*re.findall(r"\w+", words)} <= {*re.findall(r"\w+", spoken)}


@pytest.fixture(scope="module")
def without_a_run(stage_of_module):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(late_views, "OVERDUE_MS", 0)  # no run will come: none is waited for
        yield stage_of_module.window(VIEWS, (1600, 900))


@pytest.mark.parametrize("id", IDS)
def test_before_there_is_a_run_it_says_how_to_begin_one(without_a_run, id):
    spoken = said(without_a_run, id)
    wanted = [WITHOUT_A_RUN[id]] if id in WITHOUT_A_RUN else NO_RUN
    assert any(is_in(words, spoken) for words in wanted), spoken


def test_at_the_start_of_a_run_each_says_what_comes_or_what_to_do(app):
    window = app.window
    window.resize(1600, 900)
    assert set(AT_THE_START) == set(IDS)
    found = {id: said(window, id) for id in IDS}
    wrong = {id: found[id] for id, words in AT_THE_START.items() if not is_in(words, found[id])}
    assert wrong == {}


def test_an_empty_plane_is_to_be_drawn_on(app):
    window = app.window
    window.resize(1600, 900)
    window.choose_data("points")
    until(lambda: window.snapshot.recipe.dataset == "points")
    found = {id: said(window, id) for id in EMPTY_PLANE}
    wrong = {id: found[id] for id, words in EMPTY_PLANE.items() if not is_in(words, found[id])}
    assert wrong == {}
    assert not window.actions_by_id["play"].isEnabled()
    asking = {id: words for id in IDS if is_in("press play", (words := said(window, id)).lower())}
    assert asking == {}  # for what cannot be done


def test_pictures_have_no_plane_and_no_small_table(app):
    window = app.window
    window.resize(1600, 900)
    window.choose_data("digits")
    until(lambda: window.snapshot.recipe.dataset == "digits")
    assert is_in("Choose such data from the Data menu", said(window, "plane"))
    assert is_in("These examples are no small table: Data", said(window, "table"))


@pytest.mark.parametrize("kind", [RecentMenu, RecentSessions])
def test_menus_of_what_was_kept_say_how_something_comes_into_them(stage, kind):
    window = stage.window()
    menu = window.findChild(kind)
    menu.source = list
    menu.aboutToShow.emit()
    (only,) = [action for action in menu.actions() if not action.isSeparator()]
    assert not only.isEnabled()
    assert only.text().count(":") == 1
