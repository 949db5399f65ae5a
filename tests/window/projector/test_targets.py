"""What is touched on a board that feels fingers is large enough: pages, bar, menus, dialogs."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from nnviz.views.shared.type_scale import TARGET, TypeScale
from tests.waiting import events_done, until
from tests.window.projector.test_pages_in_app import project, settle
from tests.window.test_tooltips import is_control, names

LEAST = 40


def too_small(widget):
    """The controls of a widget that are smaller than a finger, with their names and sizes."""
    return [
        (" < ".join(names(each)[:3]), each.size().toTuple())
        for each in (widget, *widget.findChildren(QWidget))
        if is_control(each) and each.isVisible() and min(each.size().toTuple()) < LEAST
    ]


def small_entries(menu):
    """The entries of an open menu that are lower than a finger."""
    shown = [one for one in menu.actions() if one.isVisible() and not one.isSeparator()]
    return [one.text() for one in shown if menu.actionGeometry(one).height() < LEAST]


def opened(menu, stage):
    """Open a menu as its button does, without the loop in which it would wait for a choice."""
    menu.aboutToShow.emit()
    menu.popup(stage.mapToGlobal(QPoint(100, 100)))
    until(menu.isVisible)
    return menu


def test_a_target_is_what_a_finger_needs():
    assert TARGET >= LEAST


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_every_control_of_every_page_is_large_enough(app, every):
    projector = project(app, (1280, 720))
    stage = projector.stage
    for number, page in [*enumerate(projector.pages)][::every]:
        projector.show_page(number)
        settle(stage)
        assert too_small(stage.board) == [], page.id


def test_so_are_bar_menu_and_editor(app):
    projector = project(app, (1280, 720))
    stage = projector.stage
    stage.bar.slide_in()
    until(lambda: stage.bar.isVisible() and stage.bar.y() == 0)
    assert len(stage.bar.findChildren(QAbstractButton)) > 10
    assert too_small(stage.bar) == []
    menus = [stage.bar.menu, *stage.board.findChildren(QMenu)]
    stage.bar.menu.aboutToShow.emit()
    filled = [menu for menu in menus if any(one.isVisible() for one in menu.actions())]
    assert len(filled) > 1
    for menu in filled:
        assert small_entries(opened(menu, stage)) == [], menu.objectName()
        menu.close()
    stage.edit_parameter(3)
    until(stage.weights.isVisible)
    assert too_small(stage.weights) == []


def test_so_are_the_dialogs_over_the_stage(app):
    projector = project(app, (1280, 720))
    stage = projector.stage
    projector.save_page()
    events_done()
    (dialog,) = (one for one in stage.findChildren(QWidget, "page_dialog") if one.isVisible())
    assert too_small(dialog) == []
    dialog.close()


def test_on_the_desktop_nothing_is_larger_for_it():
    assert TypeScale(2.5).target == 0
    assert TypeScale.projected(720).target == TARGET
