"""Textbook examples in the whole program: from the menu to the figures on screen, and to a file."""

import json

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QToolButton

from nnviz.data import load_dataset
from nnviz.engine.recipe import ALL
from nnviz.engine.selection import Selection
from nnviz.lessons import EXAMPLES, load_example, save_example
from nnviz.messages.commands import GoTo, Pause, Start, StepMinibatch
from nnviz.messages.events import Notice
from nnviz.messages.ui_state import UiState
from nnviz.views import VIEWS
from tests.window.menus import entries_of


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def menu(app, qtbot):
    menu = app.window.examples.menu
    bar = app.window.menus
    place = bar.actionGeometry(menu.menuAction()).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(place))
    qtbot.waitUntil(menu.isVisible)
    menu.close()
    return menu


@pytest.fixture
def choose(app, qtbot, menu):
    """Choose an example by its title in the menu, and wait until it is on screen."""

    def choose(id):
        before = app.window.snapshot.run
        next(action for action in menu.actions() if action.data() == id).trigger()
        qtbot.waitUntil(lambda: app.window.snapshot.run > before)
        example, window = load_example(id), app.window
        if example.ui.selection is not None:
            qtbot.waitUntil(lambda: window.selection == example.ui.selection)
        window.show_everywhere()
        return window

    return choose


def spoken(window, id):
    """What the accessible texts and formulas of a panel say."""
    return "\n".join(window.views[id].page.copied)


def test_nothing_is_read_before_somebody_opens_the_menu(stage):
    assert not stage.window().examples.menu.actions()


def test_the_menu_lists_every_example_with_its_sentence(menu):
    entries = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.data() for action in entries] == list(EXAMPLES)
    for action, example in zip(entries, EXAMPLES.values(), strict=True):
        shown = action.defaultWidget()
        assert (shown.text, shown.sentence) == (example.title, example.sentence)


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_each_example_is_on_screen_with_its_own_weights(choose, every):
    for id in [*EXAMPLES][::every]:
        window, example = choose(id), load_example(id)
        snapshot = window.snapshot
        assert (snapshot.step, snapshot.recipe) == (0, example.recipe)
        assert snapshot.theta.tobytes() == example.theta.tobytes()
        granularity = example.ui.granularity
        assert granularity in ("", window.stepping.granularity)


def test_panels_that_examples_name_are_there():
    ids = {spec.id for spec in VIEWS} | {"recipe"}
    for id in EXAMPLES:
        ui = load_example(id).ui
        assert ids >= {*(ui.open_panels or ()), *ui.front, *ui.views}


def test_all_rows_and_why_are_in_sight_and_the_table_goes_with_the_example(choose, app, qtbot):
    closed = app.window.ui_state().open_panels
    for id in ("xor-by-hand", "park"):
        window = choose(id)
        qtbot.waitUntil(lambda: app.window.views.in_sight("table") and app.window.settled())
        assert "table" not in closed
        table = window.views["table"]
        assert len(table.grid.model().table.rows) == len(window.snapshot.sample.x)
    window = choose("backprop-222")
    qtbot.waitUntil(lambda: app.window.views.in_sight("parameters") and app.window.settled())
    assert "table" not in window.ui_state().open_panels, "it was there for the truth tables"
    window.data_choice.menu.aboutToShow.emit()
    entries_of(window.data_choice.menu)["XOR"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "xor", timeout=60_000)
    qtbot.waitUntil(lambda: {*window.ui_state().open_panels} == {*closed, "plane"})


def test_a_panel_of_ones_own_stays_when_an_example_wants_it_and_goes(choose, app, qtbot):
    app.window.open_panel("table")
    qtbot.waitUntil(app.window.settled)
    choose("park")
    window = choose("backprop-222")
    assert "table" in window.ui_state().open_panels


def test_why_keeps_what_an_example_shows_whatever_was_explained_before(choose, app, qtbot):
    for id in ("xor-by-hand", "neuron-12", "linear-163", "table-of-a-6"):
        window = choose(id)
        qtbot.waitUntil(lambda: app.window.settled())
        assert window.views["inspector"].selection == load_example(id).ui.selection
        assert window.views["inspector"].page is not None


def test_a_neuron_more_of_an_example_is_taken_back_though_nothing_was_trained(choose, qtbot):
    window = choose("backprop-222")
    before = window.snapshot
    bar = window.views["network"].controls.shape
    bar.point_at(next(slot.x for slot in bar.slots if (slot.gap, slot.layer) == (False, 1)))
    bar.buttons["more"].click()
    qtbot.waitUntil(lambda: window.snapshot.recipe.layers == (2, 3, 2), timeout=60_000)
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe == before.recipe, timeout=60_000)
    assert window.snapshot.theta.tobytes() == before.theta.tobytes()


def test_the_linear_neuron_shows_12(choose):
    window = choose("neuron-12")
    picture = window.views["network"]._picture
    assert [name for name, _ in picture.inputs] == ["x₁", "x₂"]
    assert set(picture.outputs.texts[0]) == {"12"}
    assert "ŷ₁ = 12" in picture.mark.texts
    assert "b = 1" in picture.mark.texts
    assert "12" in spoken(window, "inspector")


def test_the_park_shows_its_inputs_by_name(choose):
    window = choose("park")
    picture = window.views["network"]._picture
    assert [name for name, _ in picture.inputs] == ["raining", "above 15 °C", "in lockdown"]
    assert "z¹₁ = −20" in picture.mark.texts
    assert (
        "raining =\N{NO-BREAK SPACE}1, above 15 °C =\N{NO-BREAK SPACE}0"
        in window.views["minibatch"].sheet.picture.sentence
    )


def test_why_of_the_park_names_its_inputs_too(choose):
    table = choose("park").views["inspector"].page.table
    named = {table.name(row) for row in range(table.rows)}
    assert named == {"bias", "raining", "above 15 °C", "in lockdown"}


def test_backpropagation_to_nine_digits(app, choose, qtbot):
    window = choose("backprop-222")
    for _ in range(5):
        window.actions_by_id["more_digits"].trigger()
    said = spoken(window, "inspector")
    assert said.startswith("w₅ = 0.4")
    assert "0.0821670406" in said
    picture = window.views["network"]._picture
    assert picture.mark.texts == ("w₅ = 0.4",)
    app.bridge.send(StepMinibatch())
    qtbot.waitUntil(lambda: window.snapshot.step == 1)
    measured = window.snapshot.evaluations[-1]
    assert f"{measured.train_cost:.9f}" == "0.291027774"
    assert f"{window.snapshot.theta[4]:.9f}" == "0.358916480"


def test_two_linear_layers_show_163_and_what_is_hidden(choose):
    picture = choose("linear-163").views["network"]._picture
    assert "ŷ₁ = 163" in picture.mark.texts
    assert [numbers["z"][1] for numbers in picture.numbers[0]] == [
        "z 15.00", "z 23.00", "z 18.00", "z 13.00",
    ]  # fmt: skip


def test_the_table_of_a_6_has_every_difference(choose):
    window = choose("table-of-a-6")
    assert spoken(window, "inspector").count("3.5")
    shown = window.views["minibatch"].sheet.picture
    assert "wrong" in shown.sentence
    assert len(shown.rows) == 11


def test_the_slope_along_w1_in_every_digit(choose):
    window = choose("slope-221")
    for _ in range(5):
        window.actions_by_id["more_digits"].trigger()
    assert "0.0214695353" in spoken(window, "inspector")
    assert window.views["network"]._picture.mark.texts == ("w₁ = 1",)


# That of `test_worked_numbers_in_app` is read from the screen at all times.
@pytest.mark.slow
def test_a_slow_neuron_after_300_epochs(app, choose, qtbot):
    window = choose("slow-neuron-2-2")
    for _ in range(300):
        app.bridge.send(StepMinibatch())
    qtbot.waitUntil(lambda: window.snapshot.step == 300)
    app.bridge.send(GoTo(150))
    qtbot.waitUntil(lambda: window.snapshot.step == 150)
    assert f"{window.snapshot.focus.a[-1][0]:.6f}" == "0.933417"
    app.bridge.send(GoTo(None))
    qtbot.waitUntil(lambda: window.snapshot.step == 300)
    assert f"{window.snapshot.focus.a[-1][0]:.6f}" == "0.202848"


def test_changed_in_the_recipe_is_what_the_file_says_otherwise(choose):
    window = choose("backprop-222")
    example = load_example("backprop-222").recipe
    defaults = window.form.findChild(QToolButton, "defaults")
    assert not defaults.isEnabled()
    row = window.form.findChild(QLineEdit, "learning_rate")
    row.setText("7")
    row.textEdited.emit("7")
    assert window.form.findChild(QToolButton, "restore_learning_rate").isVisible()
    defaults.click()
    assert window.form.recipe().learning_rate == example.learning_rate


def test_a_file_that_is_dropped_is_an_example(app, qtbot, tmp_path):
    path = tmp_path / "mine.toml"
    save_example(path, load_example("or"))
    app.window.drops.dropped.emit(path)
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == str(path))
    assert not app.window.snapshot.theta.any()


def test_starting_again_starts_from_the_books_weights(app, choose, qtbot):
    told = []
    app.bridge.on(Notice, lambda notice: told.append(notice.sentence))
    window = choose("backprop-222")
    app.bridge.send(StepMinibatch())
    qtbot.waitUntil(lambda: window.snapshot.step == 1)
    before = window.snapshot
    assert EXAMPLES["backprop-222"].sentence in "".join(told)
    window.actions_by_id["restart"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.run > before.run)
    example = load_example("backprop-222")
    assert window.snapshot.recipe == example.recipe
    assert window.snapshot.theta.tobytes() == example.theta.tobytes()
    window.actions_by_id["undo"].trigger()  # and the run before is not lost
    qtbot.waitUntil(lambda: window.snapshot.run == before.run)
    assert window.snapshot.step == 1


def test_other_data_have_neither_names_nor_resting_parameters(choose, qtbot):
    window = choose("backprop-222")
    window.choose_data("xor")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "xor")
    assert (window.snapshot.recipe.trained, window.snapshot.recipe.parameter_names) == (ALL, "none")


def test_what_is_on_screen_is_written_and_comes_back(app, choose, qtbot, tmp_path):
    window = choose("backprop-222")
    app.bridge.send(StepMinibatch())
    qtbot.waitUntil(lambda: window.snapshot.step == 1)
    window.select(Selection("cost"))
    path, before, shown = tmp_path / "mine.toml", window.snapshot, window.ui_state()
    window.examples.save_to(path)
    qtbot.waitUntil(path.exists)
    saved = load_example(path)
    assert saved.theta.tobytes() == before.theta.astype(np.float64).tobytes()
    assert saved.dataset.fingerprint() == load_example("backprop-222").dataset.fingerprint()
    assert saved.ui.to_dict() == json.loads(json.dumps(shown.to_dict()))
    window.select(None)
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == str(path))
    qtbot.waitUntil(lambda: window.selection == Selection("cost"))
    assert window.snapshot.step == 0
    assert window.snapshot.theta.tobytes() == before.theta.tobytes()
    assert window.files.path is None


@pytest.mark.parametrize(
    "name",
    [
        "circles:features=x1+x2+x1^2",
        "spiral:noise=0.15,seed=7,drawn=1~0.5~-2+0~-1.25~0.125,moved=3~1~1",
        "points:drawn=1~0.5~-2+0~-1.25~0.125",
        "sine",
    ],
)
def test_data_in_the_plane_are_written_by_name_and_come_back_with_it(app, qtbot, tmp_path, name):
    window, path = app.window, tmp_path / "mine.toml"
    window.choose_data(name)
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == name, timeout=60_000)
    app.bridge.send(Pause())
    qtbot.waitUntil(lambda: not window.snapshot.playing)
    app.bridge.send(StepMinibatch(3))
    qtbot.waitUntil(lambda: window.snapshot.step >= 3 and window.settled())
    before = window.snapshot
    window.examples.save_to(path)
    qtbot.waitUntil(path.exists)
    window.choose_data("xor")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "xor", timeout=60_000)

    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.snapshot.recipe == before.recipe, timeout=60_000)
    assert window.snapshot.step == 0
    assert window.snapshot.theta.tobytes() == before.theta.tobytes()
    assert window.snapshot.description == before.description
    window.open_panel("plane")
    qtbot.waitUntil(lambda: window.views.in_sight("plane") and window.settled())
    made = load_dataset(name)
    again, opened = load_example(path).dataset, window.snapshot.run
    assert again.fingerprint() == made.fingerprint()
    assert np.array_equal(again.train_points, made.train_points)

    window.actions_by_id["restart"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.run > opened)
    assert window.snapshot.theta.tobytes() == before.theta.tobytes(), "it starts as the file says"


def test_a_damaged_file_is_one_sentence_with_its_line_and_nothing_is_lost(app, qtbot, tmp_path):
    window, before = app.window, app.window.snapshot
    path = tmp_path / "bad.toml"
    path.write_text('id = "bad"\ntitle = 5\n', "utf-8")
    window.files.open_path(path)
    box = window.findChild(QMessageBox, "failure")
    assert box.text().startswith(f"{path}, line 2: ")
    box.close()
    assert window.snapshot.run == before.run


def test_the_next_start_begins_with_the_example_again(stage):
    first = stage.window()
    first.requests.recipe = load_example("park").recipe
    first.close()
    stage.sent.clear()
    stage.window().start()
    start = next(sent for sent in stage.sent if isinstance(sent, Start))
    example = load_example("park")
    assert start.recipe == example.recipe
    assert start.theta.tolist() == example.theta.tolist()
    assert UiState.from_dict(start.view).selection == example.ui.selection
