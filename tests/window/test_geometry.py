"""In the whole window no text is cut off and nothing covers anything, whichever panel is open."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QDockWidget, QToolButton

from nnviz.data.description import Column, DataDescription
from nnviz.engine import Recipe
from nnviz.engine.selection import Selection
from nnviz.views.network.edge_modes import MODES
from tests.sampled import sampled
from tests.waiting import calm, settled
from tests.window.geometry import covered, cut_off, written_over


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.mark.parametrize(
    ("data", "size"), sampled([("digits", (1280, 720)), ("xor", (1366, 768))], every=2, rows=True)
)
def test_texts_fit_and_stand_apart_with_every_panel_open(app, qtbot, data, size):
    window = app.window
    if data != "xor":
        window.choose_data(data)
        qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == data, timeout=120_000)
    window.resize(*size)
    window.restore_layout()
    step = window.snapshot.step
    window.actions_by_id["step"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.step > step and not window.snapshot.playing)
    found, opened = [], []
    docks = window.findChildren(QDockWidget)
    for dock in (*docks, *docks):
        if len(opened) < len(docks):  # each alone, then each in front of all the others
            window.restore_layout()
        opened.append(dock)
        dock.show()
        dock.raise_()
        settled(window)
        window.show_everywhere()
        problems = cut_off(window) + covered(window) + written_over(window.views["network"])
        found += [f"{dock.windowTitle()}: {line}" for line in problems]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("layers", "size"),
    sampled([((2, 40, 40, 40, 1), (1280, 720)), ((2, 4, 3, 1), (1366, 768))], every=2, rows=True),
)
def test_the_network_writes_nothing_under_its_buttons(app, qtbot, layers, size):
    window, view = app.window, app.window.views["network"]
    window.resize(*size)
    run = window.snapshot.run
    window.start(Recipe(dataset="xor", layers=layers))
    qtbot.waitUntil(lambda: window.snapshot.run > run)
    settled(window)
    found = []
    for mode in MODES:
        if mode == "selected":
            window.select(Selection("neuron", 1, 1))
        view.choose(edges=mode)
        for name, wish in view.controls.switches.items():
            if not wish.isVisible():
                continue
            wish.setChecked(True)
            calm(view)
            found += [f"{mode}, {name}: {line}" for line in written_over(view)]
            wish.setChecked(False)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [853, 911, 1024, 1366])
def test_every_button_of_the_toolbar_is_there_however_narrow_the_window(stage, width):
    window = stage.full_window((width, 600))
    column = DataDescription(targets=(Column("soil"),), target_choices=("soil", "rain"))
    for name, description in (("/a/plants.csv", column), ("xor", DataDescription())):
        window.data_choice.show_data(name, description)
        settled(window)
        seen = [b for b in window.toolbar.findChildren(QToolButton) if b.isVisible() and b.text()]
        assert {"play", "data", "help"} <= {button.objectName() for button in seen}
        for button in seen:
            place = QRect(button.mapTo(window.toolbar, QPoint()), button.size())
            assert window.toolbar.rect().contains(place), button.text()
            assert button.width() >= button.minimumSizeHint().width(), button.text()
