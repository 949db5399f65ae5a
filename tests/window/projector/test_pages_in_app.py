"""Every page of the whole program on a projector: what the back row must read, and what moves."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF

from nnviz.engine.selection import Selection
from nnviz.messages.commands import StepEpoch
from nnviz.views.palette import THEMES
from nnviz.views.shared.type_scale import OF_HEIGHT, PROJECTED, Step, TypeScale
from nnviz.window.projector.pages import LESSON_PAGES
from tests.sampled import sampled
from tests.views.marks import unseen
from tests.views.test_contrast import SEEN_MARK, unreadable
from tests.waiting import PATIENCE, calm, events_done, until
from tests.window.geometry import covered, cut_off, sideways
from tests.window.projector.letters import letters_of

SMALL, LARGE = (1280, 720), (1920, 1080)
SIZES = [SMALL, LARGE]
EVERY_LOOK = [(theme, enlarged) for theme in THEMES for enlarged in (1.0, 1.5)]
LOOKS = [
    (SMALL, [("beamer", 1.0)], 3),
    *(pytest.param(size, EVERY_LOOK, 1, marks=pytest.mark.slow) for size in (SMALL, LARGE)),
]
"""Sizes of the stage, in which themes and how much enlarged pages are looked at there, and how
many of them: one in so many."""
NEURON = Selection("neuron", 1, 3)


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def project(app, size, enlarged=1.0):
    """Open the stage in a size, on digits that were trained a little."""
    window = app.window
    window.choose_data("digits")
    until(lambda: window.snapshot.recipe.dataset == "digits")
    app.bridge.send(StepEpoch())
    # On a machine at work an epoch of all digits takes its time.
    until(lambda: window.snapshot.step > 0 and not window.snapshot.playing, 10 * PATIENCE)
    window.select(NEURON)
    projector = window.projector
    projector.set_theme(THEMES["beamer"], enlarged)
    projector.show_at(QRect(0, 0, *size), covering=True)
    stage = projector.stage
    stage.setWindowState(stage.windowState().WindowNoState)
    stage.setGeometry(0, 0, *size)
    until(lambda: stage.size().toTuple() == size)
    return projector


def settle(stage):
    # What is computed beside training gives way to whatever else the machine does.
    until(lambda: all(view.settled() for view in stage.board.shown), 10 * PATIENCE)
    calm(stage)
    events_done()


@pytest.mark.parametrize(("size", "looks", "every"), LOOKS, ids=str)
def test_all_that_a_page_shows_is_read_from_the_back_row(app, size, looks, every):
    projector = project(app, size, looks[0][1])
    stage, height = projector.stage, size[1]
    least = PROJECTED * height / OF_HEIGHT
    for page in (*projector.pages, *LESSON_PAGES)[::every]:
        projector.show_page_of(page.id)
        for theme, enlarged in looks:
            projector.set_theme(THEMES[theme], enlarged)
            settle(stage)
            assert stage.board.height() >= 0.75 * height
            assert stage.theme.scale.px(Step.BODY) >= 24 * height / OF_HEIGHT
            letters = letters_of(stage)
            assert len(letters) > 3, page.id
            assert [one for one in letters if one[0] < least - 0.01] == [], page.id
            assert cut_off(stage) + covered(stage) + sideways(stage) == [], page.id
            assert unreadable(stage) == [], (page.id, theme)
            assert unseen(stage, stage.theme, SEEN_MARK) == [], (page.id, theme)
            for view, place in zip(stage.board.shown, stage.board.places, strict=True):
                assert place.contains(view.geometry()), (page.id, view.objectName())


@pytest.mark.parametrize(
    "page", sampled(("network", "example", "network-plane", "network-cost"), every=4)
)
def test_letters_are_enlarged_as_far_as_the_layers_of_a_net_stay_apart(app, page):
    window, projector = app.window, app.window.projector
    projector.set_theme(THEMES["beamer"], 1.5)
    projector.show_at(QRect(0, 0, *SMALL), covering=True)
    stage = projector.stage
    stage.setWindowState(stage.windowState().WindowNoState)
    stage.setGeometry(0, 0, *SMALL)
    for data in ("digits", "circles", "xor"):
        window.choose_data(data)
        until(lambda data=data: window.snapshot.recipe.dataset == data, 10 * PATIENCE)
        projector.show_page_of(page)
        settle(stage)
        assert not stage.views["network"].place.crowded, data
        assert 1.0 <= stage.theme.scale.factor / TypeScale.projected(720).factor <= 1.5
    projector.show_page_of("network")
    settle(stage)
    assert stage.theme.scale == TypeScale.projected(720, 1.5)  # there is room for it


def test_formulas_are_enlarged_on_the_stage_in_the_room_that_they_have(app):
    projector = project(app, SMALL, 1.5)
    stage = projector.stage
    projector.show_page_of("why")
    settle(stage)
    stage.catch_up()  # another moment of the same page
    settle(stage)
    assert stage.theme.scale.factor > 1.4 * TypeScale.projected(720).factor
    view, place = stage.views["inspector"], stage.board.places[1]
    assert place.contains(view.geometry())
    assert view.sheet.flow.size >= stage.theme.scale.px(Step.BODY)
    parts = [part for part in view.header.children() if getattr(part, "isVisible", bool)()]
    assert len(parts) > 1
    for part in parts:
        assert not any(part.geometry().intersects(b.geometry()) for b in parts if b is not part)


@pytest.mark.parametrize("size", sampled(SIZES, every=2), ids=lambda size: f"{size[0]}x{size[1]}")
def test_why_has_two_fifths_and_never_pushes_the_network(app, size):
    projector = project(app, size)
    projector.show_page(1)
    stage = projector.stage
    settle(stage)
    network, why = stage.board.places
    assert why.width() / (why.width() + network.width()) == pytest.approx(0.4, abs=0.002)
    assert why.right() < stage.width()
    place = stage.views["network"].place
    for selection in (None, Selection("output", 2, 7), Selection("parameter", parameter=9), NEURON):
        app.window.select(selection)
        settle(stage)
        assert stage.board.places == [network, why]
        assert stage.views["network"].place == place


def test_leaving_gives_the_desktop_back_as_it_was(app):
    window = app.window
    until(window.settled)  # what is built late is there
    before = window.ui_state(), window.saveGeometry(), window.saveState()
    projector = window.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=True)
    for number in range(len(projector.pages)):
        projector.show_page(number)
        events_done()
    projector.next_theme()
    projector.larger()
    projector.stage.views["network"].choose(numbers=True)
    projector.close()
    events_done()
    assert (window.ui_state(), window.saveGeometry(), window.saveState()) == before
    assert window.views["network"].chosen.numbers is False
    assert window.appearance.theme.name == "dark"


def test_what_is_chosen_on_a_page_stays_on_that_page(app):
    projector = app.window.projector
    app.window.views["network"].choose(signals=False)
    projector.show_at(QRect(0, 0, 1280, 720), covering=True)
    network = projector.stage.views["network"]
    assert network.chosen.signals is False  # as on the desktop
    network.choose(numbers=True)
    projector.show_page(1)
    assert network.chosen.numbers is False
    projector.show_page(0)
    assert network.chosen.numbers is True


def test_two_lines_of_the_strip_have_room_in_letters_of_any_size(app):
    projector = app.window.projector
    projector.show_at(QRect(0, 0, *SMALL), covering=True, full=False)
    stage = projector.stage
    projector.show_page_of("network")
    for enlarged in (1.0, 1.25, 1.5):
        projector.set_theme(THEMES["beamer"], enlarged)
        settle(stage)
        stage.strip.say("A sentence in so many words that one line has no room for them. " * 2)
        assert stage.theme.scale == TypeScale.projected(720, enlarged)
        least = stage.theme.scale.font(stage.strip.font(), Step.CAPTION)
        assert stage.strip.height() >= 2 * QFontMetricsF(least).height()
        assert stage.board.height() + stage.strip.height() == SMALL[1]
        assert stage.board.height() >= 0.75 * SMALL[1]
