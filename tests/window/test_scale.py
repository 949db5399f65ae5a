"""Letters and lines are made larger and smaller live, and the panels find their room again."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton

from nnviz.engine.training.findings import Finding
from nnviz.engine.training.remedies import Remedy
from nnviz.messages.commands import OpenSession
from nnviz.messages.events import DataMissing, Failure
from nnviz.views.shared.type_scale import FACTORS, Step, TypeScale
from nnviz.window import theme as look
from nnviz.window.columns import ALONE, ARRANGED, BESIDE
from nnviz.window.main_window import MainWindow
from nnviz.window.questions import offer_recovery
from nnviz.window.settings import Settings
from nnviz.window.weight_editor import FIELD, WeightEditor
from tests.ports import ListedPorts
from tests.waiting import events_done, settled
from tests.window import real_keys
from tests.window.conftest import ALL_SPECS, SPECS, Probe
from tests.window.geometry import covered, cut_off, seen_box

CTRL = Qt.KeyboardModifier.ControlModifier
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


def factor_of(window):
    return window.views["middle"].theme.scale.factor


def test_each_key_goes_one_step_and_it_is_kept(stage):
    window = stage.window()
    seen = [factor_of(window)]
    for _ in FACTORS:
        stage.press(Qt.Key.Key_Plus, CTRL)
        seen.append(factor_of(window))
    assert seen == [*FACTORS, FACTORS[-1]]
    stage.press(Qt.Key.Key_Minus, CTRL)
    assert factor_of(window) == FACTORS[-2]
    kept = Settings(stage.folder / "w.json")
    assert kept.scale == TypeScale(FACTORS[-2])
    again = MainWindow(SPECS, ListedPorts(), kept)
    stage.qtbot.addWidget(again)
    assert QApplication.font().pixelSize() == TypeScale(FACTORS[-2]).px(Step.BODY)
    stage.press(Qt.Key.Key_0, CTRL)
    assert factor_of(window) == 1
    assert Settings(stage.folder / "w.json").scale == TypeScale()


@real_keys.needed
def test_real_keys_scale_with_ctrl_and_change_the_speed_without(stage, qtbot):
    window = stage.window()
    slider = window.toolbar.slider
    slider.setValue(5)
    for keys, speed, factor in (
        ("minus", 4, 1.0), ("ctrl+plus", 4, 1.1), ("ctrl+equal", 4, 1.25), ("plus", 5, 1.25),
        ("equal", 6, 1.25), ("ctrl+minus", 6, 1.1), ("ctrl+0", 6, 1.0), ("minus", 5, 1.0),
        ("ctrl+KP_Add", 5, 1.1), ("KP_Add", 6, 1.1), ("ctrl+KP_Subtract", 6, 1.0),
    ):  # fmt: skip
        real_keys.press(keys)
        qtbot.waitUntil(lambda f=factor: factor_of(window) == f)
        qtbot.waitUntil(lambda s=speed: slider.value() == s)


def test_another_theme_keeps_the_scale_and_broken_settings_have_none(stage, tmp_path):
    window = stage.window()
    window.set_scale(1.5)
    window.appearance.next_theme()
    assert window.views["middle"].theme.name == "light"
    assert factor_of(window) == 1.5
    for kept, factor in ((7, 2.5), (0.1, 1.0), ("2", 1.0), (True, 1.0), (None, 1.0), ([2], 1.0)):
        (tmp_path / "s.json").write_text(json.dumps({"scale": kept}), "utf-8")
        assert Settings(tmp_path / "s.json").scale.factor == factor
    (tmp_path / "s.json").write_text('{"scale": NaN}', "utf-8")
    assert Settings(tmp_path / "s.json").scale.factor == 1


def test_every_part_of_the_window_follows(stage):
    window = stage.full_window((1900, 1000))
    window.show_snapshot(stage.snapshot())
    window.banner.suggest("Go on?", "Continue", lambda: None, "File")
    window.status.show_notice("Something in passing.")
    before = {}
    parts = {
        "menus": window.menus, "toolbar": window.toolbar, "status": window.status,
        "banner": window.banner, "form": window.form.findChild(QLabel, "FieldLabel"),
        "start": window.form.findChild(QPushButton),
    }  # fmt: skip
    for factor in (1.0, 2.0):
        window.set_scale(factor)
        settled(window)
        before[factor] = {name: part.sizeHint() for name, part in parts.items()}
        icon = window.toolbar.findChildren(type(stage.button(window, "step")), "step")[0].iconSize()
        assert icon.height() == 14 * factor
        assert window.toolbar.slider.height() >= 14 * factor  # the style sheet's handle
    for name in parts:
        small, large = before[1.0][name].height(), before[2.0][name].height()
        assert 1.75 * small < large < 2.3 * small, name
    window.set_scale(1.0)
    settled(window)
    assert {name: part.sizeHint().height() for name, part in parts.items()} == {
        name: size.height() for name, size in before[1.0].items()
    }


FINDINGS = tuple(
    Finding(kind, "one step changes the weights by 70 %", "go back and halve η", True, does)
    for kind, does in (("giant_steps", Remedy((("learning_rate", 1.5),))), ("alike", None))
)
OPENED = {
    "help": lambda window: window.dialogs.show_help(),
    "download": lambda window: window.downloads.offer("mnist"),
    "failure": lambda window: window.telling.show_failure(Failure("The file cannot be read. " * 4)),
    "missing": lambda window: window.telling.ask_for_data(
        DataMissing(OpenSession(Path("a-run.nnviz")), "mnist", "The data set 'mnist' has gone.")
    ),
    "recovery": lambda window: offer_recovery(window, datetime(2024, 5, 3, 11, 9), print),
    "finding": lambda window: window.status.remark.open(),
}


@pytest.mark.parametrize("factor", [1.0, 2.5])
def test_what_opens_fits(stage, factor):
    window = stage.window(size=(1280, 720))
    window.set_scale(factor)
    window.show_snapshot(stage.snapshot(findings=FINDINGS))
    for name, does in OPENED.items():
        does(window)
        opened = [*window.findChildren(QDialog), window.status.remark.panel]
        seen = [one for one in opened if one.isVisible()]
        assert len(seen) == 1, name
        settled(seen[0])
        assert window.rect().contains(seen[0].rect()), name
        assert cut_off(seen[0]) + covered(seen[0]) == []
        seen[0].close()


def test_the_weight_editor_follows(stage):
    window = stage.window(size=(1280, 720))
    window.show_snapshot(stage.snapshot())
    editor, heights = window.findChild(WeightEditor), []
    for factor in (1.0, 2.5):
        window.set_scale(factor)
        window.edit_parameter(0)
        settled(editor)
        field = editor.findChild(QLineEdit)
        assert cut_off(editor) == []
        assert field.width() == FIELD * factor
        heights.append(editor.height())
    assert heights[1] > 2.2 * heights[0]


def test_help_is_read_in_whole_lines(stage):
    window = stage.window(size=(1280, 720))
    for factor in (1.0, 2.5):
        window.set_scale(factor)
        window.dialogs.show_help()
        sheet = next(d for d in window.findChildren(QDialog) if d.windowTitle() == "Keys and help")
        settled(sheet)
        tips = [one for one in sheet.findChildren(QLabel, "Dim") if one.wordWrap()]
        assert all(tip.width() > sheet.width() / 2 for tip in tips)
        sheet.close()
        events_done()


def test_round_things_stay_round():
    for factor in FACTORS:
        sheet = look._scaled(
            "width: 14px; height: 4px; radius: 7px; radius: 2px", TypeScale(factor)
        )
        width, height, *radii = map(int, re.findall(r"(\d+)px", sheet))
        assert 2 * radii[0] <= width
        assert 2 * radii[1] <= height


def test_the_offer_is_seen_where_panels_stand_alone(stage):
    window = stage.full_window((1280, 720))
    for view in window.views.values():
        view.setMinimumSize(240, 100)
    assert columns(window, (520, 720), 1.0) == ALONE
    window.banner.suggest("Go on?", "Continue", lambda: None, "File")
    settled(window)
    assert window.rect().contains(seen_box(window.banner, window))
    assert not window.banner.visibleRegion().isEmpty()
    assert cut_off(window.banner) == []


# -- where the panels stand ---------------------------------------------------------------------


def columns(window, size, factor):
    window.resize(*size)
    window.set_scale(factor)
    settled(window)
    assert window.size().toTuple() == size
    return window._columns.count


def test_with_less_room_panels_go_behind_tabs_and_come_back_where_they_were(stage):
    window = stage.full_window((1280, 720))
    window.show_snapshot(stage.snapshot())
    settled(window)
    state = window.ui_state()

    def places():
        alone = [window.dock(id) for id in ("side", "other")]
        return {dock.objectName(): (dock.x(), dock.width()) for dock in alone}

    before = places()
    assert before["side"] == before["other"]
    for view in window.views.values():  # as much as views need that follow the scale
        view.setMinimumSize(240, 100)
    assert columns(window, (700, 720), 1.0) == BESIDE
    assert window.dock("side").isVisible()
    assert all(window.dockWidgetArea(dock) == Qt.DockWidgetArea.LeftDockWidgetArea
               for dock in window._docks)  # fmt: skip
    assert columns(window, (520, 720), 1.0) == ALONE
    middle = window.views["middle"]
    assert middle.in_sight()
    assert middle.width() > 400
    window.open_panel("side")
    settled(window)
    assert window.views["side"].in_sight()
    assert not middle.in_sight()
    assert "side" in window.ui_state().front
    assert columns(window, (700, 720), 1.0) == BESIDE
    assert middle.in_sight()
    for view in window.views.values():
        view.setMinimumSize(60, 40)
    assert columns(window, (1280, 720), 1.0) == ARRANGED
    assert places() == before
    assert not window.tabifiedDockWidgets(window.dock("side"))
    assert window.ui_state().open_panels == state.open_panels


def test_what_is_kept_of_the_layout_is_the_one_with_room(stage):
    window = stage.full_window((1280, 720))
    settled(window)
    for view in window.views.values():
        view.setMinimumSize(240, 100)
    assert columns(window, (520, 720), 1.0) == ALONE
    window.dock("other").close()
    settled(window)
    window.resize(1280, 720)
    window.close()
    again = stage.window(ALL_SPECS, (1280, 720))
    settled(again)
    assert again._columns.count == ARRANGED
    assert not again.dock("other").isVisible()
    assert again.dockWidgetArea(again.dock("side")) == RIGHT
    again.restore_layout()
    settled(again)
    assert again.dock("other").isVisible()


class Wide(Probe):
    """A view that needs more room than half a small window has."""

    def __init__(self):
        super().__init__()
        self.setMinimumSize(240, 100)


@pytest.mark.parametrize("restored", [False, True])
def test_panels_that_never_had_room_come_to_their_sides_once_the_window_grows(stage, restored):
    window = stage.window([replace(spec, view=Wide) for spec in ALL_SPECS], (520, 720))
    settled(window)
    assert window._columns.count == ALONE
    if restored:
        window.restore_layout()
        settled(window)
    assert columns(window, (1280, 720), 1.0) == ARRANGED
    area = window.dockWidgetArea
    assert area(window.dock("side")) == area(window.dock("other")) == RIGHT
    assert area(window.dock("examples")) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert window.dock("side").width() > 240


def test_letters_twice_as_large_do_what_half_the_window_does(stage):
    window = stage.full_window((1280, 720))
    window.set_scale(2.5)
    settled(window)
    assert window._columns.count < ARRANGED
    window.set_scale(1.0)
    settled(window)
    assert window._columns.count == ARRANGED


SHOW = """
import json, sys
from pathlib import Path
from nnviz.app import build, qt_application
application = qt_application()
from functools import partial
from nnviz.data import catalogue
from nnviz.window.settings import Settings
from tests.waiting import settled, until
from tests.window.geometry import covered, cut_off, sideways

catalogue.load_digits = partial(catalogue.load_digits, train=1000, test=200)
app = build(Settings(Path(sys.argv[1])))
app.bridge.start()
window = app.window
window.show()
data = sys.argv[3]
window.choose_data(data)
until(lambda: window.snapshot is not None and window.snapshot.recipe.dataset == data)
window.resize(*map(int, sys.argv[2].split("x")))
said = []
for factor in map(float, sys.argv[4:]):
    window.set_scale(factor)
    settled(window)
    for id, dock in window._docks.items() if data != "xor" else ():
        window.open_panel(id)
        settled(window)
    found = []
    ids = [id for id in window._docks.open_panels()] + list(window._docks.alone)
    for id in ids:
        window._docks.bring_forward(id)
        settled(window)
        window.show_everywhere()
        settled(window)
        lines = cut_off(window) + covered(window) + sideways(window)
        found += [f"{id}: {line}" for line in lines]
    window._docks.bring_forward("network")
    panels = [d.objectName() for d in window._docks if d.widget().visibleRegion().boundingRect()]
    said.append({"factor": factor, "found": sorted(set(found)), "panels": panels,
                 "size": window.size().toTuple(), "columns": window._columns.count,
                 "stacks": len(window._docks.stacks)})
print(json.dumps(said))
window.close()
app.bridge.stop()
"""


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run, a screen of any size")
@pytest.mark.parametrize(
    ("screen", "desktop", "data", "factors"),
    [
        ("1280x720", 1.0, "xor", (1.0, 1.5, 2.5)),
        # With every panel open:
        pytest.param("1280x720", 1.0, "digits", (1.0, 1.5, 2.5), marks=pytest.mark.slow),
        ("1280x720", 1.5, "xor", (1.0,)),
        pytest.param("1920x1080", 1.0, "xor", (1.5, 2.0), marks=pytest.mark.slow),
        pytest.param("3840x2160", 1.0, "xor", (2.5,), marks=pytest.mark.slow),
    ],
)
def test_nothing_is_cut_off_or_covered_at_any_scale(tmp_path, screen, desktop, data, factors):
    width, height = (int(int(pixels) / desktop) for pixels in screen.split("x"))
    words = ["xvfb-run", "-a", "-s", f"-screen 0 {screen}x24", sys.executable, "-c", SHOW,
             str(tmp_path / "w.json"), f"{width}x{height}", data, *map(str, factors)]  # fmt: skip
    environment = {**os.environ, "QT_SCALE_FACTOR": str(desktop)}
    result = subprocess.run(
        words, capture_output=True, text=True, env=environment, timeout=1800, check=False
    )
    assert result.returncode == 0, result.stderr
    said = json.loads(result.stdout.splitlines()[-1])
    found = [f"{one['factor']}: {line}" for one in said for line in one["found"]]
    assert not found, "\n".join(found)
    columns = [one["columns"] for one in said]
    assert columns == sorted(columns, reverse=True)
    for one in said:
        assert QRect(0, 0, *one["size"]).size().toTuple() == (width, height)
        room = width / one["factor"]
        if room >= 1024:
            assert one["columns"] == ARRANGED
        elif room < 900:  # between them it is for what the panels need
            assert one["columns"] < ARRANGED
        if (width, one["factor"]) == (1280, 1.5):
            assert one["columns"] == BESIDE
        if width == 3840:
            assert one["stacks"] == 0  # all that is open at first stands in sight
