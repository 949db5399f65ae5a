"""The whole program: the real window on the real threads, and the tour."""

import os
import subprocess
import sys
import threading
from functools import partial

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox, QPushButton

from nnviz.app import _report, build
from nnviz.cli import main
from nnviz.data import catalogue
from nnviz.data.digits_cache import load_digits
from nnviz.engine import Recipe
from nnviz.files.autosaves import Autosaves
from nnviz.files.sessions import load_session
from nnviz.messages.commands import Play
from nnviz.paths import state_folder
from nnviz.views.palette import BEAMER, DARK, LIGHT, rgb
from nnviz.window.projector.pages import PAGES
from nnviz.window.recovery import Recovery
from nnviz.window.settings import Settings
from tests.started import STARTED

PHASES = ("pick", "forward-1", "forward-2", "cost", "backward-2", "backward-1", "average",
          "update")  # fmt: skip


@pytest.fixture
def app(qtbot, tmp_path):
    app = build(Settings(tmp_path / "app.json"), DARK)
    qtbot.addWidget(app.window)
    app.bridge.start()
    app.window.resize(1280, 720)
    app.window.restore_layout()
    app.window.show()
    yield app
    assert app.bridge.stop()


def until(qtbot, app, wanted, timeout=60_000):
    qtbot.waitUntil(
        lambda: app.window.snapshot is not None and wanted(app.window.snapshot), timeout=timeout
    )


def colours(widget):
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    return {image.pixel(x, y) for x in range(0, image.width(), 5)
            for y in range(0, image.height(), 5)}  # fmt: skip


def test_digits_train_and_every_view_shows_it(qtbot, app, monkeypatch):
    fewer = partial(load_digits, train=12_000, test=1000)  # a long enough epoch
    monkeypatch.setattr(catalogue, "load_digits", fewer)
    app.window.start()
    until(qtbot, app, lambda s: s.step == 0)
    assert (app.window.width(), app.window.height()) == (1280, 720)
    app.window.actions_by_id["play"].trigger()
    until(qtbot, app, lambda s: s.epoch > 1.1 and len(s.evaluations) > 1)
    assert app.window.snapshot.evaluations[-1].test_accuracy > 0.8
    for view in app.window.views.values():
        assert len(colours(view)) > 5, view.objectName()  # the timeline is a plain line
    app.window.actions_by_id["play"].trigger()
    until(qtbot, app, lambda s: not s.playing)
    assert "test accuracy" in app.window.status.text


def test_closing_in_the_middle_of_training_ends_it(qtbot, app):
    app.window.choose_data("xor")
    until(qtbot, app, lambda s: s.recipe.dataset == "xor")
    app.bridge.send(Play())
    until(qtbot, app, lambda s: s.step > 500)
    app.window.close()
    assert not app.window.isVisible()
    assert not [thread for thread in threading.enumerate() if thread.name == "nnviz-worker"]


def test_data_that_does_not_exist_is_a_sentence_and_the_run_stands(qtbot, app):
    app.window.choose_data("xor")
    until(qtbot, app, lambda s: s.recipe.dataset == "xor")
    app.window.choose_data("/no/such/folder")
    qtbot.waitUntil(lambda: app.window.findChild(QMessageBox, "failure") is not None)
    box = app.window.findChild(QMessageBox, "failure")
    assert "/no/such/folder" in box.text()
    assert app.window.snapshot.recipe.dataset == "xor"
    box.close()


def test_a_recipe_that_does_not_fit_the_data_is_a_sentence(qtbot, app):
    app.window.choose_data("xor")
    until(qtbot, app, lambda s: s.recipe.dataset == "xor")
    app.window.form.findChild(object, "layers").setText("784,30,10")
    start = next(b for b in app.window.findChildren(QPushButton) if b.text() == "Start new run")
    start.click()
    qtbot.waitUntil(lambda: app.window.findChild(QMessageBox, "failure") is not None)
    box = app.window.findChild(QMessageBox, "failure")
    assert "2 inputs" in box.text()
    box.close()


RACES = ("neuron-2-D", "neuron-3-D", "parameters-2-D", "parameters-3-D", "random-3-D", "line-1-D")
TOUR = """
import sys
from functools import partial
from nnviz.cli import main
from nnviz.data import catalogue
from nnviz.data.digits_cache import load_digits
from nnviz.tour import panel_stops, plane_stop, plane_view_stop

catalogue.load_digits = partial(load_digits, train=1000, test=200)  # so that epochs are short
panel_stops.NETWORKS = panel_stops.NETWORKS[::3]  # one of digits, one of a truth table
plane_stop.NAMES = plane_stop.NAMES[-2::-5]  # of classes, of numbers, with other inputs
plane_view_stop.STEPS = {name: plane_view_stop.STEPS[name] for name in ("clouds", "sine")}
sys.exit(main(["tour", *sys.argv[1:]]))
"""


def toured(folder, *words, **environment):
    """Take the tour in a process of its own, with few digits; return what it said."""
    result = subprocess.run(
        [sys.executable, "-c", TOUR, str(folder), "--size", "1280x720", *words],
        capture_output=True,
        text=True,
        timeout=900,
        env={**os.environ, **environment},
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result


@pytest.mark.slow  # a minute; single views and those without OpenGL are photographed at all times
def test_the_tour_writes_pictures_of_everything(tmp_path):
    result = toured(tmp_path / "out", "--theme", "dark")
    assert result.stderr == ""
    start = "dark-1280x720"
    names = {path.name for path in (tmp_path / "out").glob(f"{start}*.png")}
    views = {
        f"{start}-2-training-{view}.png"
        for view in ("network", "cost", "surface", "pad", "timeline")
    }
    phases = {f"{start}-5-phase-{n}-{name}.png" for n, name in enumerate(PHASES, 1)}
    assert {f"{start}-10-race-{name}.png" for name in RACES} <= names
    assert names >= views | phases | {f"{start}-2-training.png", f"{start}-6-branches.png"}
    image = QImage(str(tmp_path / "out" / f"{start}-2-training.png"))
    assert (image.width(), image.height()) == (1280, 720)
    assert "test accuracy" in result.stdout
    assert f"wrote {len(list((tmp_path / 'out').iterdir()))} pictures" in result.stdout
    assert "8 phases and back" in result.stdout


# That the tour drives a view and writes its picture: `window/test_adding_in_window`.
@pytest.mark.slow
def test_the_tour_photographs_single_views_at_any_size_of_letters(tmp_path, capsys):
    toured(tmp_path, "--scale", "1.5", "--theme", "light", "--only", "cost", "network", "window")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {f"light-1280x720-150-{id}.png" for id in ("cost", "network", "window")}
    assert main(["tour", str(tmp_path), "--only", "costs"]) == 1
    wrong = capsys.readouterr().err
    assert "no view 'costs'" in wrong
    assert "cost, surface" in wrong


@pytest.mark.slow
def test_the_tour_goes_round_in_both_themes_by_default(tmp_path):
    words = [sys.executable, "-m", "nnviz", "tour", str(tmp_path), "--size", "1280x720"]
    subprocess.run(words, check=True, capture_output=True, timeout=900)
    for theme in ("dark", "light"):
        assert (tmp_path / f"{theme}-1280x720-2-training.png").exists()


@pytest.mark.slow
def test_the_tour_shows_each_page_of_the_stage_in_the_light_theme_and_for_beamers(tmp_path):
    toured(tmp_path, "--theme", "light", "--only", "projector")
    for page in PAGES:
        light, beamer = (
            QImage(str(tmp_path / f"light-1280x720-16-{look}-{page.id}.png"))
            for look in ("page", "beamer")
        )
        assert light.pixelColor(0, 0).name() == LIGHT.ground
        assert beamer.pixelColor(0, 0).name() == BEAMER.ground


def test_the_tour_without_opengl_shows_the_contour(tmp_path):
    only = ("--theme", "light", "--only", "surface", "race")
    toured(tmp_path, *only, QT_QPA_PLATFORM="offscreen")
    image = QImage(str(tmp_path / "light-1280x720-surface.png"))
    panel = tuple(rgb(LIGHT.panel).tolist())
    seen = {image.pixelColor(x, y).getRgb()[:3] for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)}  # fmt: skip
    assert panel in seen
    assert len(seen) > 30


def test_a_bug_in_a_slot_is_a_sentence_with_details(app):
    try:
        raise KeyError("planted")
    except KeyError as error:
        _report(app.window)(KeyError, error, error.__traceback__)
    box = app.window.findChild(QMessageBox, "failure")
    assert "KeyError" in box.text()
    assert "Traceback" not in box.text()
    assert "planted" in box.detailedText()
    box.close()


TRAINING = f"""{STARTED}
def begin(window):
    window.actions_by_id["play"].trigger()

app.run()
"""


# Kills and what is restored then: `test_never_lost`; what is offered: `window/test_recovery`.
@pytest.mark.slow
def test_after_a_kill_the_next_start_offers_to_continue_and_goes_on_exactly_there(
    qtbot, app, tmp_path, monkeypatch
):
    for name in ("STATE", "CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    kept = Settings()
    kept.recipe = Recipe(dataset="xor", layers=(2, 3, 1))
    assert kept.flush()
    child = subprocess.Popen([sys.executable, "-c", TRAINING])
    folder = state_folder() / "autosave"
    try:
        qtbot.waitUntil(
            lambda: any(load_session(path).record.now.state.steps for path in runs(folder)),
            timeout=60_000,
        )
    finally:
        child.kill()
        child.wait()
    (path,) = runs(folder)
    state = load_session(path).record.now.state
    autosaves = Autosaves(folder)
    recovery = Recovery(app.window, app.bridge, autosaves, autosaves.claim())
    assert recovery.offer()
    box = app.window.findChild(QMessageBox, "recovery")
    next(b for b in box.findChildren(QPushButton) if b.text() == "Continue").click()
    until(qtbot, app, lambda s: s.step == state.steps)
    assert app.window.snapshot.theta.tobytes() == state.theta.tobytes()
    qtbot.waitUntil(lambda: not path.exists())
    (own,) = runs(folder)
    assert load_session(own).record.now.state.steps == state.steps


OPENED = f"""
import sys
from pathlib import Path
{STARTED}
from nnviz.window.panel import PanelBody
from nnviz.window.until_first_moment import Cover

said = set()

def look():
    window = built[0].window if built else None
    if window is not None and window.isVisible() and window.snapshot is None:
        for body in window.findChildren(PanelBody):
            if body.isVisible() and not body.findChildren(Cover):
                said.add(body.parent().objectName())
        said.add("")

def begin(window):
    print(window.snapshot.recipe.dataset, sorted(said), flush=True)
    window.close()

timer = QTimer(interval=5)
timer.timeout.connect(look)
timer.start()
app.run(Path(sys.argv[1]))
"""


def test_with_a_file_nothing_else_is_shown_before_it_is_there(tmp_path, monkeypatch):
    for name in ("STATE", "CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    table = tmp_path / "pairs.csv"
    table.write_text("height,weight,label\n1,2,a\n2,3,b\n3,1,a\n4,4,b\n")
    ran = subprocess.run(
        [sys.executable, "-c", OPENED, table], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines() == [f"{table} {['']}"]


def runs(folder):
    return [path for path in folder.rglob("*.nnviz") if path.stat().st_size]
