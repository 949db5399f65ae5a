"""Adding is one entry: what a test puts into a table is found wherever it has to appear.

Each thing here is known to no module of nnviz. It is put into its table, and taken out after:
whatever keeps a list of its own, or asks for a name, does not find it, and its test fails. That
it does is shown by planting such lists: tables that were copied before the thing was added.
"""

from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QGraphicsSimpleTextItem, QLineEdit, QWidget

from nnviz.cli import main
from nnviz.data import DATASETS, DataError, available, load_dataset
from nnviz.data.catalogue import Source
from nnviz.data.dataset import Dataset
from nnviz.data.options import Option
from nnviz.data.overview import look_over
from nnviz.engine import Network, Recipe, RecipeError, Timeline, Trainer, start_recipe
from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.costs import COSTS, Cost
from nnviz.engine.explain import explain_cost, explain_error, explain_neuron
from nnviz.engine.run.record import DataMark, Session
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import PlaneRequest, survey
from nnviz.engine.training.health import find_problems
from nnviz.files.sessions import load_session, save_session
from nnviz.views.activation.view import ActivationView
from nnviz.views.inspector import InspectorView
from nnviz.views.network import NetworkView
from nnviz.views.network.colours import NetworkColours, coloured
from nnviz.views.network.maps import maps_of
from nnviz.views.palette import DARK
from nnviz.views.shared.plane import plane_of
from nnviz.window.data_menu import DataMenu
from nnviz.window.recipe import RecipeForm
from nnviz.window.settings import Settings
from tests.engine.test_gradient import examples, numeric_gradient
from tests.planting import finds, stale_settings
from tests.snapshots import make_snapshot
from tests.views.conftest import show  # noqa: F401 puts a view on screen
from tests.views.inspector.test_view import plain


def softsign():
    """z / (1 + |z|), whose slope is (1 − |a|)²."""

    def forward(z, out):
        one = np.ones((), z.dtype)
        return [
            partial(np.abs, z, out),
            partial(np.add, out, one, out),
            partial(np.divide, z, out, out),
        ]

    def backward(a, delta, scratch):
        one = np.ones((), a.dtype)
        return [
            partial(np.abs, a, scratch),
            partial(np.subtract, one, scratch, scratch),
            partial(np.multiply, delta, scratch, delta),
            partial(np.multiply, delta, scratch, delta),
        ]

    return Activation(
        "softsign",
        "soft sign",
        "f(z) = z / (1 + |z|)",
        "A tanh that comes to its ends more slowly.",
        "f′(z) = 1 / (1 + |z|)²",
        "(−1, 1)",
        forward,
        backward,
        low=-1.0,
        high=1.0,
        symbol="ς",
    )


def log_cosh():
    """ln cosh(a − y), whose slope is tanh(a − y)."""

    def terms(a, y, out, _scratch):
        return [
            partial(np.subtract, a, y, out),
            partial(np.cosh, out, out),
            partial(np.log, out, out),
        ]

    def gradient(a, y, out, _scratch):
        return [partial(np.subtract, a, y, out), partial(np.tanh, out, out)]

    return Cost(
        "log_cosh",
        "log cosh",
        "C = (1/n) Σ_x Σ_j ln cosh(a_j − y_j)",
        "Squares small misses and counts large ones as they are.",
        "ln cosh(a_j − y_j)",
        "∂C/∂a_j = tanh(a_j − y_j)",
        terms,
        gradient,
    )


def clock():
    """Twelve hours on a dial: learn whether it is before noon from where the hand stands."""
    hours = np.arange(24)
    x = np.stack([np.sin(hours / 12 * np.pi), np.cos(hours / 12 * np.pi)], 1).astype(np.float32)
    y = (hours < 12).astype(np.float32)[:, np.newaxis]
    return Dataset("clock", x, y, x, y, source="made for a test")


@pytest.fixture
def activation(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "softsign", softsign())
    return "softsign"


@pytest.fixture
def cost(monkeypatch):
    monkeypatch.setitem(COSTS, "log_cosh", log_cosh())
    return "log_cosh"


@pytest.fixture
def dataset(monkeypatch):
    def load(_folder, _seed, _progress):
        return clock()

    source = Source("clock", "The clock", "Before noon or after it.", load, hidden=(4, 3))
    monkeypatch.setitem(DATASETS, "clock", source)
    return "clock"


def assert_gradient(recipe):
    network = Network(recipe)
    x, y = examples(recipe.layers[-1], 3, inputs=recipe.layers[0])
    analytic = network.gradient(x, y)
    assert np.abs(analytic).max() > 1e-4
    assert analytic == pytest.approx(numeric_gradient(network, x, y), rel=2e-6, abs=2e-9)


def assert_same_after_a_file(recipe, tmp_path):
    """Save a run that was trained, open it, and train both on: nothing differs by a bit."""
    dataset = load_dataset(recipe.dataset)
    timeline = Timeline(recipe, dataset)
    for _ in range(7):
        timeline.step()
    mark = DataMark(recipe.dataset, dataset.fingerprint())
    save_session(tmp_path / "run.nnviz", Session(timeline.record({}, 10), (mark,)))
    again = Timeline.of(load_session(tmp_path / "run.nnviz").record, {recipe.dataset: dataset})
    assert again.network.recipe == recipe
    for _ in range(5):
        assert timeline.step() == again.step()
    assert (timeline.network.theta == again.network.theta).all()


def assert_surface(recipe):
    """The cost over a plane is that of the network at the same parameters."""
    network = Network(recipe)
    x, y = examples(recipe.layers[-1], 3, inputs=recipe.layers[0])
    request = PlaneRequest(1, 0, recipe, 0, network.theta, 0, 5, 1.0, 3, len(x))
    surface = survey(request, x, y)
    for i, alpha in enumerate((-1.0, 0.0, 1.0)):
        theta = network.theta.copy()
        theta[0] += alpha
        there = Network(recipe, theta).cost(x, y)
        assert surface.cost[i, 1] == pytest.approx(there, rel=1e-9)


def entry_in_form(qtbot, field, name):
    """The words and the tip of a choice in the recipe form."""
    form = RecipeForm()
    qtbot.addWidget(form)
    box = form.findChild(QComboBox, field)
    place = box.findData(name)
    assert place >= 0, f"{name} is not offered for {field}"
    box.setCurrentIndex(place)
    assert getattr(form.recipe(), field) == name
    return box.itemText(place), box.itemData(place, 3)


def inspected(qtbot, recipe, selection):
    """What the inspector writes of a thing in a net, as plain letters."""
    view = InspectorView()
    qtbot.addWidget(view)
    view.resize(1100, 500)
    view.show_snapshot(make_snapshot(recipe))
    view.select(selection)
    view.show()
    assert not view.grab().isNull()
    return plain(view.sheet.text)


def option_help(capsys, option):
    """What `nnviz train --help` says of an option."""
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    words = " ".join(capsys.readouterr().out.split())
    return words.partition(f" --{option} ")[2].partition(" --")[0]


# -- an activation ---------------------------------------------------------------------------------


def test_an_activation_is_refused_before_it_is_added_and_after():
    with pytest.raises(RecipeError, match="no activation 'softsign'"):
        Recipe(activation="softsign")


def test_an_activation_is_in_form_and_command_line(activation, qtbot, capsys):
    for field in ("activation", "output_activation"):
        label, tip = entry_in_form(qtbot, field, activation)
        assert label == "soft sign"
        assert tip == "f(z) = z / (1 + |z|)\nA tanh that comes to its ends more slowly."
        assert "softsign" in option_help(capsys, field.replace("_", "-"))
    words = f"train --data xor --layers 2,3,1 --epochs 1 --activation {activation}"
    assert main([*words.split(), "--output-activation", activation]) == 0
    assert "epoch" in capsys.readouterr().out


def test_an_activation_is_differentiated(activation):
    recipe = Recipe(layers=(3, 4, 2), activation=activation, output_activation=activation)
    assert_gradient(Recipe(**{**recipe.to_dict(), "layers": (3, 4, 4, 2), "dtype": "float64"}))


def test_an_activation_is_explained(activation):
    network = Network(Recipe(layers=(2, 3, 1), activation=activation, dtype="float64"))
    x = np.array([0.5, -1.5])
    parts = explain_neuron(network, x, 1, 2)
    z, a = parts.z.value, parts.a.value
    assert a == pytest.approx(z / (1 + abs(z)))
    assert parts.slope.value == pytest.approx((1 - abs(a)) ** 2)
    assert parts.whole.right.startswith("ς(Σₖ")
    assert parts.activation.right == "z¹₃ / (1 + |z¹₃|)"
    assert parts.derivative.right == "1 / (1 + |z¹₃|)²"
    assert parts.range == "(−1, 1)"


def test_an_activation_has_colours_by_its_sign(activation, qapp):
    colours = NetworkColours(DARK)
    assert colours.brushes(activation) is colours.signed
    ends = np.array([-1.0, 1.0])
    assert (coloured(ends, activation, 1.0, colours) == coloured(ends, "tanh", 1.0, colours)).all()
    assert (coloured(ends, activation, 1.0, colours) != coloured(ends, "relu", 1.0, colours)).any()


def test_an_activation_is_drawn_in_the_network_and_over_its_plane(activation, qtbot):
    snapshot = make_snapshot(Recipe(dataset="tiny", layers=(2, 3, 1), activation=activation))
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show_snapshot(snapshot)
    view.show()
    assert not view.grab().isNull()
    items = view.drawing.scene.items()
    said = [item.text() for item in items if isinstance(item, QGraphicsSimpleTextItem)]
    assert any("soft sign" in text for text in said), said
    (_, hidden, _) = maps_of(snapshot, plane_of(snapshot), 9).layers
    assert -1 < hidden.min() < 0 < hidden.max() < 1


def test_the_inspector_says_why_a_neuron_has_its_activation(activation, qtbot):
    recipe = Recipe(dataset="tiny", layers=(2, 3, 1), activation=activation)
    said = inspected(qtbot, recipe, Selection("neuron", 1, 2))
    assert "Atanhthatcomestoitsendsmoreslowly." in said
    assert "11+|" in said  # f′(z) = 1 / (1 + |z|)², as a fraction


def test_an_activation_is_among_the_activation_functions(activation, show):  # noqa: F811
    snapshot = make_snapshot(Recipe(dataset="tiny", layers=(2, 3, 1), activation=activation))
    view = show(ActivationView, snapshot, (420, 420))
    view.select(Selection("neuron", 1, 2))
    assert view.first.findData("softsign") >= 0
    assert view.second.findData("softsign") >= 0
    point = view.shown.first.point
    assert point.a == pytest.approx(point.z / (1 + abs(point.z)), rel=1e-5)
    assert point.slope == pytest.approx(1 / (1 + abs(point.z)) ** 2, rel=1e-4)
    view.restore({"z": 10.0})
    assert "Saturated: its slope is 0.83\u202f% of its greatest" in view.shown.said[0]
    view.restore({"shown": "sigmoid", "second": "softsign", "z": 1.0})
    assert "soft sign: a = 0.5, slope 0.25" in view.shown.said[0]
    assert not view.grab().isNull()


def test_an_activation_is_saved_and_surveyed(activation, tmp_path):
    recipe = Recipe(dataset="xor", layers=(2, 3, 1), activation=activation, dtype="float64")
    assert_same_after_a_file(recipe, tmp_path)
    assert_surface(recipe)


def test_an_activation_that_saturates_is_found_and_helped(activation):
    recipe = Recipe(layers=(2, 9, 1), activation=activation, initialiser="normal")
    network = Network(recipe)
    network.weights[0][...] *= 1e3
    x, y = examples(1, 3, rows=50, inputs=2)
    found = find_problems(network, x.astype(np.float32), (y > 0.5).astype(np.float32), 1.0)
    saturated = next(finding for finding in found if finding.kind == "saturated")
    assert "softsign activations in layer 1" in saturated.sentence
    assert saturated.action.applied(recipe).initialiser == "scaled_normal"
    reach = find_problems(network, x.astype(np.float32), np.full((50, 1), 7.0), 1.0)
    assert "unreachable" in {finding.kind for finding in reach}


SECOND_ACTIVATIONS = [
    ("nnviz.window.recipe.fields.settings", test_an_activation_is_in_form_and_command_line),
    ("nnviz.training.settings", test_an_activation_is_in_form_and_command_line),
    ("nnviz.engine.backprop.ACTIVATIONS", test_an_activation_is_differentiated),
    ("nnviz.engine.explain.forward.ACTIVATIONS", test_an_activation_is_explained),
    ("nnviz.engine.explain.neuron.ACTIVATIONS", test_an_activation_is_explained),
    ("nnviz.engine.batched.pair.ACTIVATIONS", test_an_activation_is_saved_and_surveyed),
    ("nnviz.engine.training.neuron_findings.ACTIVATIONS",
     test_an_activation_that_saturates_is_found_and_helped),
    ("nnviz.views.activation.layer.ACTIVATIONS",
     test_an_activation_is_among_the_activation_functions),
    ("nnviz.views.activation.picture.ACTIVATIONS",
     test_an_activation_is_among_the_activation_functions),
    ("nnviz.views.activation.state.ACTIVATIONS",
     test_an_activation_is_among_the_activation_functions),
    ("nnviz.views.activation.view.ACTIVATIONS",
     test_an_activation_is_among_the_activation_functions),
    ("nnviz.views.network.colours.ACTIVATIONS", test_an_activation_has_colours_by_its_sign),
    ("nnviz.views.network.headings.ACTIVATIONS",
     test_an_activation_is_drawn_in_the_network_and_over_its_plane),
    ("nnviz.views.network.maps.ACTIVATIONS",
     test_an_activation_is_drawn_in_the_network_and_over_its_plane),
    ("nnviz.views.inspector.neuron.ACTIVATIONS",
     test_the_inspector_says_why_a_neuron_has_its_activation),
]  # fmt: skip


@pytest.mark.parametrize(("place", "check"), SECOND_ACTIVATIONS)
def test_a_second_table_of_activations_is_found(place, check, monkeypatch, request):
    settings = place.endswith("settings")
    monkeypatch.setattr(place, stale_settings() if settings else dict(ACTIVATIONS))
    assert finds(request, check)


# -- a cost ----------------------------------------------------------------------------------------


def test_a_cost_is_refused_before_it_is_added_and_after():
    with pytest.raises(RecipeError, match="no cost 'log_cosh'"):
        Recipe(cost="log_cosh")


def test_a_cost_is_in_form_and_command_line(cost, qtbot, capsys):
    label, tip = entry_in_form(qtbot, "cost", cost)
    assert label == "log cosh"
    assert "Squares small misses" in tip
    assert "log_cosh" in option_help(capsys, "cost")
    assert main(f"train --data xor --layers 2,1 --epochs 1 --cost {cost}".split()) == 0


def test_a_cost_is_differentiated_saved_and_surveyed(cost, tmp_path):
    for output in ("sigmoid", "linear", "softmax"):
        assert_gradient(
            Recipe(layers=(3, 4, 2), output_activation=output, cost=cost, dtype="float64")
        )
    recipe = Recipe(dataset="xor", layers=(2, 3, 1), cost=cost, dtype="float64")
    assert_same_after_a_file(recipe, tmp_path)
    assert_surface(recipe)


def test_a_cost_is_explained(cost):
    network = Network(Recipe(layers=(2, 3, 1), cost=cost, dtype="float64"))
    x, y = np.array([0.5, -1.5]), np.array([1.0])
    miss = float(network.predict(x[np.newaxis])[0, 0]) - 1
    whole = explain_cost(network, x, y)
    assert whole.cost.value == pytest.approx(np.log(np.cosh(miss)))
    error = explain_error(network, x, y, 2, 0)
    assert "tanh" in error.equations[0].right
    a = miss + 1
    assert error.delta.value == pytest.approx(np.tanh(miss) * a * (1 - a))


def test_the_inspector_says_why_the_cost_is_what_it_is(cost, qtbot):
    recipe = Recipe(dataset="tiny", layers=(2, 3, 1), cost=cost)
    assert "lncosh" in inspected(qtbot, recipe, Selection("cost", 2))


SECOND_COSTS = [
    ("nnviz.window.recipe.fields.settings", test_a_cost_is_in_form_and_command_line),
    ("nnviz.training.settings", test_a_cost_is_in_form_and_command_line),
    ("nnviz.engine.backprop.COSTS", test_a_cost_is_differentiated_saved_and_surveyed),
    ("nnviz.engine.batched.tail.COSTS", test_a_cost_is_differentiated_saved_and_surveyed),
    ("nnviz.engine.explain.cost.COSTS", test_a_cost_is_explained),
    ("nnviz.engine.explain.error.COSTS", test_a_cost_is_explained),
    ("nnviz.views.inspector.cost.COSTS", test_the_inspector_says_why_the_cost_is_what_it_is),
]


@pytest.mark.parametrize(("place", "check"), SECOND_COSTS)
def test_a_second_table_of_costs_is_found(place, check, monkeypatch, request):
    settings = place.endswith("settings")
    monkeypatch.setattr(place, stale_settings() if settings else dict(COSTS))
    assert finds(request, check)


# -- a data set ------------------------------------------------------------------------------------


def test_a_data_set_is_listed_loaded_and_begun_with(dataset, capsys):
    assert main(["data", "list"]) == 0
    line = next(row for row in capsys.readouterr().out.splitlines() if row.startswith("clock "))
    assert line.split()[1] == "ready"
    assert "The clock" in line
    assert next(row for row in available() if row.name == dataset).present
    assert start_recipe(dataset).layers == (2, 4, 3, 1)
    words = f"train --data {dataset} --start-recipe --epochs 2"
    assert main(words.split()) == 0
    assert "epoch   2" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["data", "fetch", dataset])  # nothing of it is published


def test_a_data_set_can_be_browsed_and_is_kept_in_sessions(dataset, tmp_path):
    assert look_over(load_dataset(dataset)).names == ("0", "1")
    assert_same_after_a_file(start_recipe(dataset), tmp_path)


def test_a_data_set_learns(dataset):
    recipe = start_recipe(dataset)
    trainer = Trainer(recipe, load_dataset(dataset))
    costs = [trainer.evaluate().train_cost]
    for _ in range(3):
        for _ in range(200):
            trainer.step()
        costs.append(trainer.evaluate().train_cost)
    assert all(after < before for before, after in pairwise(costs))


def test_a_data_set_is_in_the_data_menu(dataset, qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    menu = DataMenu([], window, Settings(tmp_path / "s.json"))
    with qtbot.captureExceptions() as raised:
        menu.aboutToShow.emit()
    assert raised == []
    entry = {action.text(): action for action in menu.actions()}["The clock"]
    assert entry.toolTip() == "Before noon or after it."
    with qtbot.waitSignal(menu.chosen) as chosen:
        entry.trigger()
    assert chosen.args == [dataset]
    assert menu.set_current(dataset) == "The clock"


def test_a_parameter_of_a_data_set_is_in_names_lists_and_the_form(monkeypatch, qtbot, capsys):
    early = Option("early", "early hours", "Hours that are looked at.", 12, 2, 24, "h")

    def make(options, made):
        part = slice(options["early"])
        whole = clock()
        x, y = whole.x_train[part], whole.y_train[part]
        return replace(whole, x_train=x, y_train=y, x_test=x, y_test=y, made=made)

    def load(_folder, _seed, _progress):
        return make({"early": 12}, "clock")

    source = Source("clock", "The clock", "Noon.", load, options=(early,), make=make, hidden=(3,))
    monkeypatch.setitem(DATASETS, "clock", source)
    assert len(load_dataset("clock").x_train) == 12
    assert len(load_dataset("clock:early=5").x_train) == 5
    with pytest.raises(DataError, match="early takes a whole number from 2 to 24, not '25'"):
        load_dataset("clock:early=25")
    assert main(["data", "list"]) == 0
    assert " clock:early=12\n" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["data", "list", "--help"])
    assert "Hours that are looked at." in capsys.readouterr().out
    form = RecipeForm()
    qtbot.addWidget(form)
    form.show_recipe(start_recipe("clock:early=5"))
    field = form.findChild(QLineEdit, "data_early")
    assert (field.text(), field.accessibleName()) == ("5h", "early hours")
    field.setText("7")
    assert form.recipe().dataset == "clock:early=7"
    field.setText("12 h")
    assert form.recipe().dataset == "clock"


SECOND_DATA_SETS = [
    ("nnviz.engine.run.start.DATASETS", test_a_data_set_is_listed_loaded_and_begun_with),
    ("nnviz.data_command.available", test_a_data_set_is_listed_loaded_and_begun_with),
    ("nnviz.window.data_menu.DATASETS", test_a_data_set_is_in_the_data_menu),
    ("nnviz.window.data_menu.available", test_a_data_set_is_in_the_data_menu),
]


@pytest.mark.parametrize(("place", "check"), SECOND_DATA_SETS)
def test_a_second_list_of_data_sets_is_found(place, check, monkeypatch, request):
    listed = available()
    stale = (lambda: listed) if place.endswith("available") else dict(DATASETS)
    monkeypatch.setattr(place, stale)
    assert finds(request, check)
