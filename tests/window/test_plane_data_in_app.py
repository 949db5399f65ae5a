"""Points in the plane in the whole program: chosen, changed, taken back, kept and opened again."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from nnviz.data import load_dataset
from nnviz.engine import Recipe
from nnviz.engine.run.snapshot import OWN
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.selection import Selection
from nnviz.files.sessions import load_session
from nnviz.lessons import load_example
from nnviz.messages.commands import OpenSession, SaveSession, StepMinibatch, Undo
from nnviz.views.network.knobs import input_knob
from tests.sampled import sampled
from tests.window.menus import entries_of


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def window(app, qtbot):
    app.window.choose_data("spiral")  # from the menu it would play at once
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == "spiral", timeout=60_000)
    return app.window


def train(app, qtbot, steps):
    last = app.window.snapshot.step
    for _ in range(steps):
        app.bridge.send(StepMinibatch())
    qtbot.waitUntil(lambda: app.window.snapshot.step == last + steps, timeout=60_000)


def write(qtbot, window, name, text):
    field = window.form.findChild(QLineEdit, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("field", "usual", "other", "changed"),
    sampled(
        [
            ("data_noise", "0.1", "0.3", "spiral:noise=0.3"),
            ("data_test", "0.5", "0.2", "spiral:test=0.2"),
        ],
        every=2,
        rows=True,
    ),
)
def test_a_spiral_is_chosen_and_a_parameter_changed_taken_back_and_kept(
    app, window, qtbot, tmp_path, field, usual, other, changed
):
    assert window.snapshot.recipe.layers == (2, 16, 16, 1)
    assert window.snapshot.recipe.activation == "tanh"
    assert window.snapshot.feature_names == ("x₁", "x₂")
    assert window.snapshot.description.class_names == ("orange", "blue")
    train(app, qtbot, 3)
    write(qtbot, window, field, other)
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == changed, timeout=60_000)
    assert window.snapshot.step == 3
    train(app, qtbot, 4)
    theta = window.snapshot.theta.copy()

    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "spiral")
    assert window.form.findChild(QLineEdit, field).text() == usual
    window.actions_by_id["redo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == changed and window.snapshot.step == 7)
    assert window.snapshot.theta.tobytes() == theta.tobytes()

    path = tmp_path / "run.nnviz"
    app.bridge.send(SaveSession(path, {}))
    qtbot.waitUntil(path.exists, timeout=60_000)
    session = load_session(path)
    assert {mark.name for mark in session.marks} == {"spiral", changed}
    datasets = {mark.name: load_dataset(mark.name) for mark in session.marks}
    assert all(datasets[one.name].fingerprint() == one.fingerprint for one in session.marks)
    again = Timeline.of(session.record, datasets)
    assert again.network.theta.tobytes() == theta.tobytes()

    window.choose_data("xor")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "xor", timeout=60_000)
    app.bridge.send(OpenSession(path))
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == changed, timeout=60_000)
    assert window.snapshot.theta.tobytes() == theta.tobytes()
    assert window.form.findChild(QLineEdit, field).text() == other


def test_features_are_switched_on_and_the_network_follows(app, window, qtbot):
    train(app, qtbot, 2)
    qtbot.mouseClick(window.form.findChild(QToolButton, "switch_x1x2"), Qt.MouseButton.LeftButton)
    window.form.submit()
    wanted = "spiral:features=x1+x2+x1x2"
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == wanted, timeout=60_000)
    assert window.snapshot.step == 0
    assert window.snapshot.recipe.layers == (3, 16, 16, 1)
    assert window.snapshot.feature_names == ("x₁", "x₂", "x₁x₂")
    data = load_dataset(wanted)
    assert np.array_equal(window.snapshot.sample.points, data.test_points)
    assert window.data_choice.button.text() == "Data: Spiral ▾"
    window.data_choice.menu.aboutToShow.emit()
    assert entries_of(window.data_choice.menu)["Spiral"].isChecked()


def test_noise_and_learning_rate_typed_together_are_taken_back_at_once(app, window, qtbot):
    train(app, qtbot, 3)
    before = window.snapshot.recipe
    noise = window.form.findChild(QLineEdit, "data_noise")
    noise.selectAll()
    qtbot.keyClicks(noise, "0.3")
    write(qtbot, window, "learning_rate", "0.05")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "spiral:noise=0.3", timeout=60_000)
    assert window.snapshot.recipe.learning_rate == 0.05
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe == before)
    assert not window.snapshot.undo


def test_an_own_point_takes_its_features_with_it_under_one_sign_in_every_panel(app, qtbot):
    window, name = app.window, "circles:features=x2+x1+x1^2"
    window.start(Recipe(dataset=name, layers=(3, 2, 1)))
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == name, timeout=60_000)
    names = window.snapshot.feature_names
    network, k, square = window.views["network"], names.index("x₁"), names.index("x₁²")
    network._set_input(k, 3.0)
    qtbot.waitUntil(lambda: network._snapshot.focus.index == OWN)
    assert network._snapshot.focus.x[[k, square]].tolist() == [3.0, 9.0]
    assert input_knob(network._snapshot, square) is None
    why = window.views["inspector"]
    for place in (k, square):
        window.select(Selection("neuron", 0, place))
        qtbot.waitUntil(lambda: why.page is not None and why.page.example == "your own input")
        sign = names[place]
        assert why.page.title == sign
        assert why.page.copied[0].startswith(f"{sign} = ")


@pytest.mark.parametrize(("data", "layers"), [("circles", (2, 3, 1)), ("sine", (1, 3, 1))])
def test_the_plane_marks_an_own_point_where_the_network_has_it(app, qtbot, data, layers):
    window = app.window
    window.start(Recipe(dataset=data, layers=layers, output_activation="linear"))
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == data, timeout=60_000)
    window.open_panel("plane")
    qtbot.waitUntil(lambda: window.views.in_sight("plane") and window.settled())
    network, plane = window.views["network"], window.views["plane"]
    qtbot.waitUntil(lambda: plane._shown is not None and plane._shown.example is not None)
    of_test = plane._shown.example
    for value in (0.5, -0.25):
        network._set_input(0, value)
        qtbot.waitUntil(lambda value=value: plane._shown.example[0] == value)
    second = network._snapshot.focus.a[-1][0] if layers[0] == 1 else of_test[1]
    assert plane._shown.example[1] == pytest.approx(second)
    while network.leave():
        pass
    qtbot.waitUntil(lambda: plane._shown.example == of_test)


def test_drawn_points_are_edits_that_undo_takes_back_and_sessions_keep(app, qtbot, tmp_path):
    window = app.window
    window.choose_data("circles")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "circles", timeout=60_000)
    train(app, qtbot, 3)
    window.open_panel("plane")
    qtbot.waitUntil(window.settled)
    view = window.views["plane"]
    qtbot.waitUntil(lambda: view.tools[1].isVisible())
    qtbot.mouseClick(view.tools[1], Qt.MouseButton.LeftButton)
    at = view.map.places_of(np.array([[2.0, 2.0]]))[0].astype(int).tolist()
    qtbot.mouseClick(view.map, Qt.MouseButton.LeftButton, pos=QPoint(*at))
    qtbot.waitUntil(lambda: "drawn=1~" in window.snapshot.recipe.dataset, timeout=60_000)
    drawn = window.snapshot.recipe.dataset
    assert window.snapshot.step == 3
    assert len(window.snapshot.sample.train_points) == 251
    train(app, qtbot, 5)
    theta = window.snapshot.theta.copy()
    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "circles")
    assert len(window.snapshot.sample.train_points) == 250
    window.actions_by_id["redo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == drawn and window.snapshot.step == 8)
    assert window.snapshot.theta.tobytes() == theta.tobytes()
    example = tmp_path / "mine.toml"
    window.examples.save_to(example)
    qtbot.waitUntil(example.exists, timeout=60_000)
    saved = load_example(example)
    assert saved.recipe == window.snapshot.recipe
    assert saved.theta.tobytes() == theta.astype(np.float64).tobytes()
    assert len(saved.dataset.train_points) == 251
    path = tmp_path / "run.nnviz"
    app.bridge.send(SaveSession(path, {}))
    qtbot.waitUntil(path.exists, timeout=60_000)
    session = load_session(path)
    datasets = {mark.name: load_dataset(mark.name) for mark in session.marks}
    assert all(datasets[one.name].fingerprint() == one.fingerprint for one in session.marks)
    again = Timeline.of(session.record, datasets)
    assert again.network.theta.tobytes() == theta.tobytes()
    again.goto(0, lambda _share: True)
    again.goto(8, lambda _share: True)
    assert again.network.theta.tobytes() == theta.tobytes()
