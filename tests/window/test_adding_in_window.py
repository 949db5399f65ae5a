"""An action is one record, a view one entry of the list: menus, keys, docks and help follow.

Second places, lists that miss what is added, are planted, and each has to be found.
"""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel

from nnviz.messages.commands import GoTo
from nnviz.messages.window_commands import OpenPanel
from nnviz.tour import tour
from nnviz.tour.guide import TourError
from nnviz.views import VIEWS
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.view import ViewSpec
from nnviz.window.commands import COMMANDS, MENUS, Command
from nnviz.window.help import HelpSheet
from tests.planting import finds
from tests.views.test_joining import (  # noqa: F401 fixtures of the leak test
    dataset,
    joined,
    moment,
    ports,
)
from tests.views.test_joining import (
    test_a_second_view_joins_as_the_first_and_each_is_let_go as assert_let_go,
)
from tests.window.conftest import Probe


@pytest.fixture
def action(monkeypatch):
    record = Command(
        "to_seven",
        "To seven",
        ("Ctrl+Alt+7",),
        "Go to the seventh minibatch, wherever you are.",
        GoTo(7),
        menu="run",
    )
    monkeypatch.setitem(COMMANDS, record.id, record)
    return record


def entries(menu):
    return [action for action in menu.actions() if not action.isSeparator()]


def test_an_action_is_in_its_menu_with_key_and_tip(action, stage):
    window = stage.window()
    run = next(item.menu() for item in window.menus.actions() if item.text() == "&Run")
    last = entries(run)[-1]
    assert last is window.actions_by_id["to_seven"]
    assert last.text() == "To seven"
    assert last.toolTip() == "Go to the seventh minibatch, wherever you are.  [Ctrl+Alt+7]"
    stage.sent.clear()
    last.trigger()
    stage.press(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert stage.sent == [GoTo(7), GoTo(7)]


def test_an_action_is_on_the_help_sheet(action, stage):
    window = stage.window()
    window.actions_by_id["help"].trigger()
    sheet = window.findChild(HelpSheet)
    said = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"To seven", "Ctrl+Alt+7", action.tip} <= said


SECOND_ACTIONS = [
    ("nnviz.window.commands.COMMANDS", test_an_action_is_in_its_menu_with_key_and_tip),
    ("nnviz.window.menu_bar.in_menu", test_an_action_is_in_its_menu_with_key_and_tip),
    ("nnviz.window.dialogs.COMMANDS", test_an_action_is_on_the_help_sheet),
]


@pytest.mark.parametrize(("place", "check"), SECOND_ACTIONS)
def test_a_second_list_of_actions_is_found(place, check, monkeypatch, request):
    monkeypatch.setattr(place, MENUS.get if place.endswith("in_menu") else dict(COMMANDS))
    assert finds(request, check)


class Weather(Probe):
    """A view that draws the moment it is handed: a bar, once anything was trained."""

    def paintEvent(self, _event):
        if self.snapshots and self.snapshots[-1].step > 0:
            QPainter(self).fillRect(self.rect(), QColor(self.theme.minus))


@pytest.fixture
def view():
    spec = ViewSpec("weather", "Weather", "right", Weather)
    VIEWS.append(spec)
    yield spec
    VIEWS.remove(spec)


def test_a_view_has_a_dock_a_menu_entry_and_what_happens(view, stage):
    window = stage.window(VIEWS, (1600, 900))
    shown = window.views["weather"]
    assert isinstance(shown, Probe)
    menu = next(item.menu() for item in window.menus.actions() if item.text() == "&View")
    assert "Weather" in [entry.text() for entry in entries(menu)]
    assert shown.theme is DARK
    stage.ports.send(OpenPanel("weather"))
    stage.qtbot.waitUntil(shown.in_sight)
    snapshot = stage.snapshot(steps=3)
    stage.ports.publish(snapshot)
    stage.qtbot.waitUntil(lambda: snapshot in shown.snapshots)
    window.set_theme(LIGHT)
    assert shown.theme is LIGHT


def test_the_tour_drives_a_view_and_writes_its_picture(view, tmp_path, capsys):
    with pytest.raises(TourError, match=r"no view 'wether': choose from .*, weather\."):
        tour(tmp_path, "xor", [(800, 600)], ["dark"], only=["wether"])
    assert tour(tmp_path, "xor", [(800, 600)], ["dark"], only=["weather"]) == 0
    assert "photographed weather" in capsys.readouterr().out
    image = QImage(str(tmp_path / "dark-800x600-weather.png"))
    image.convertTo(QImage.Format.Format_RGB32)
    colours = np.frombuffer(image.constBits(), np.uint32)
    assert QColor(DARK.minus).rgb() in colours


def test_a_view_leaves_nothing_behind(view, qtbot, ports, joined, dataset, moment):  # noqa: F811
    assert_let_go(qtbot, ports, joined, view, dataset, moment)


@pytest.mark.parametrize("place", ["nnviz.app.VIEWS", "nnviz.tour.route.VIEWS"])
def test_a_second_list_of_views_is_found(place, monkeypatch, request):
    monkeypatch.setattr(place, list(VIEWS))
    assert finds(request, test_the_tour_drives_a_view_and_writes_its_picture)
