"""Every worked number of the syllabus, read off the panels of the real window at nine digits."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox

from nnviz import numbers
from nnviz.engine.recipe import ALL
from nnviz.engine.selection import Selection
from nnviz.messages.commands import FocusOn, GoTo, Pause, Play, StepMinibatch
from nnviz.numbers import MINUS
from nnviz.views.matrices.cells import Cell as Place
from nnviz.views.matrices.cells import content, name, size_of
from nnviz.views.network.tips import tip_of_neuron
from nnviz.views.parameters.picture import COLUMNS

DIGITS = 9
PANELS = ("parameters", "matrices", "inspector", "minibatch", "cost")


class Screen:
    """What is to be read in the panels of a window that shows an example."""

    def __init__(self, app, qtbot, id):
        self.app, self.window, self.qtbot = app, app.window, qtbot
        menu, run = self.window.examples.menu, self.window.snapshot.run
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.data() == id).trigger()
        qtbot.waitUntil(lambda: self.window.snapshot.run > run, timeout=60_000)
        numbers.set_digits(DIGITS - 1)  # nobody looks at those on the way
        self.window.actions_by_id["more_digits"].trigger()
        for panel in PANELS:
            if panel != "inspector":
                self.window.open_panel(panel)
                qtbot.waitUntil(lambda panel=panel: panel in self.window.views)
        self.look()

    def look(self):
        """Let every panel show this moment."""
        self.qtbot.waitUntil(self.window.settled, timeout=60_000)
        self.window.show_everywhere()
        for panel in PANELS:
            self.window.views[panel].show_snapshot(self.window.snapshot)
        return self.window.snapshot

    def train(self, steps):
        last = self.window.snapshot.step
        for _ in range(steps):
            self.app.bridge.send(StepMinibatch())
        self.qtbot.waitUntil(lambda: self.window.snapshot.step == last + steps, timeout=60_000)
        self.look()

    def play_past(self, step):
        """Train on at full speed until a step has been passed."""
        self.app.bridge.send(Play())
        self.qtbot.waitUntil(lambda: self.window.snapshot.step >= step, timeout=60_000)
        self.app.bridge.send(Pause())
        self.qtbot.waitUntil(lambda: not self.window.snapshot.playing, timeout=60_000)

    def go_to(self, step):
        self.app.bridge.send(GoTo(step))
        self.qtbot.waitUntil(lambda: self.window.snapshot.step == step, timeout=60_000)
        self.look()
        assert self.timeline == f"step {step}"

    @property
    def timeline(self):
        """What the field of the timeline says."""
        return self.window.views["timeline"].field.text()

    def why(self, selection):
        """What the inspector says of a number, as it is copied and read aloud."""
        self.window.select(selection)
        self.look()
        return "\n".join(self.window.views["inspector"].page.copied)

    def why_parameter(self, index):
        return self.why(Selection("parameter", parameter=index))

    @property
    def routes(self):
        """The table beside the formulas of a weight: its factors, route by route."""
        columns = self.window.views["inspector"].page.table.columns
        return [list(map(numbers.write, row)) for row in zip(*columns, strict=True)]

    @property
    def network(self):
        """The numbers beside the neurons, layer by layer after the input, and the outputs."""
        picture = self.window.views["network"]._picture
        return picture.numbers, picture.outputs.texts, picture.mark.texts

    def tip(self, layer, neuron):
        """What the network says of a neuron beside the pointer."""
        return tip_of_neuron(self.window.snapshot, layer, neuron)

    @property
    def example(self):
        """This example: its rows of desired, actual, difference and cost, and lines below."""
        shown = self.window.views["minibatch"].sheet.picture
        return [row.cells for row in shown.rows], dict(shown.costs), shown.sentence

    @property
    def parameters(self):
        """The list of parameters: each row by the parameter's name."""
        model = self.window.views["parameters"].table.rows
        return {
            model.index(row, 0).data(): {
                column: model.index(row, place).data()
                for place, column in enumerate(COLUMNS)
                if place
            }
            for row in range(model.rowCount())
        }

    def matrices(self, layer, way="forward"):
        """The numbers of a layer's matrices by their names."""
        view = self.window.views["matrices"]
        view.restore({"layer": layer, "way": way})
        view.show_snapshot(self.window.snapshot)
        shown, found = view.board.picture, {}
        rows, columns = size_of(shown)
        for row in range(rows):
            for column in range(columns):
                at = content(shown, Place(row, column))
                if at is not None:
                    view.board.point(Place(row, column))
                    said = view.words.accessibleName()
                    found[name(shown, at)] = said.rsplit(" ", 1)[-1]
        return found

    @property
    def costs(self):
        """What the status line says, cost and accuracy among it."""
        return self.window.status.text


def at_nine(*printed):
    """Numbers as the syllabus prints them, in the digits that are set."""
    return [numbers.write(float(value)) for value in printed]


@pytest.fixture
def screen(app, qtbot):
    return lambda id: Screen(app, qtbot, id)


def test_the_park(app, screen, qtbot):
    seen = screen("park")
    rows = app.window.snapshot.sample.x.tolist()
    app.bridge.send(FocusOn(rows.index([1, 0, 1])))
    qtbot.waitUntil(lambda: app.window.snapshot.focus.x.tolist() == [1, 0, 1])
    seen.look()
    assert seen.matrices(1)["z¹₁"] == f"{MINUS}20"
    assert f"z¹₁ = {MINUS}20" in seen.why(Selection("neuron", 1, 0))
    ((desired, actual, *_),), _, _ = seen.example
    assert float(desired) == float(actual) == 0


def test_all_eight_rows_of_the_park(app, screen, qtbot):
    seen = screen("park")
    app.window.open_panel("table")
    qtbot.waitUntil(lambda: "table" in app.window.views and app.window.settled())
    table = app.window.views["table"]
    qtbot.waitUntil(lambda: table.table is not None)
    grid = table.grid.rows
    shown = [[grid.index(row, column).data() for column in range(4)] for row in range(8)]
    assert sorted(row[:3] for row in shown) == [list(f"{row:03b}") for row in range(8)]
    answers = {"".join(row[:3]): row[3] for row in shown}
    assert answers == {f"{row:03b}": "1 yes" if row in (4, 6) else "0 no" for row in range(8)}
    for row, x in enumerate(app.window.snapshot.sample.x.tolist()):
        app.bridge.send(FocusOn(row))
        qtbot.waitUntil(lambda x=x: app.window.snapshot.focus.x.tolist() == x)
        seen.look()
        z = 3 * x[0] + x[1] - 20 * x[2] - 3
        assert f"z¹₁ = {numbers.write(z)}" in seen.why(Selection("neuron", 1, 0))
        assert seen.matrices(1)["ŷ₁"] == str(int(z >= 0)), "0 and above fires, rain alone too"


def test_one_neuron_as_a_sum_and_as_vectors(screen):
    seen = screen("slope-221")
    said = seen.why(Selection("neuron", 2, 0))
    assert "σ(Σ" in said
    assert f"1·{at_nine('0.0474258732')[0]}" in said
    seen.matrices(2)
    ways = seen.window.views["matrices"].findChildren(QAbstractButton)
    assert "z = a·W + b" in {way.accessibleName() or way.text() for way in ways}
    assert seen.matrices(2)["z²₁"] == at_nine("0.0948517464")[0]


def test_a_linear_neuron(screen):
    seen = screen("neuron-12")
    assert "ŷ₁ = 12" in seen.why(Selection("neuron", 1, 0))
    assert set(seen.network[1][0]) == {"12"}
    assert seen.matrices(1)["ŷ₁"] == "12"


def test_two_linear_layers(screen):
    seen = screen("linear-163")
    hidden = seen.matrices(1)
    assert [hidden[f"a¹{place}"] for place in "₁₂₃₄"] == ["15", "23", "18", "13"]
    assert seen.matrices(2)["ŷ₁"] == "163"
    assert "163" in seen.why(Selection("neuron", 2, 0))
    assert set(seen.network[1][0]) == {"163"}


def test_the_table_of_a_6(screen):
    rows, costs, _ = screen("table-of-a-6").example
    actual = [0.3, 0, 0.5, 0.2, 0, 0.1, 0.3, 0, 0, 0.9, 0.8]
    differences = [0.3, 0, 0.5, 0.2, 0, 0.1, 0.7, 0, 0, 0.9, 0.8]
    assert [float(row[0]) for row in rows] == [float(place == 6) for place in range(11)]
    assert [float(row[1]) for row in rows] == actual
    assert [float(row[2]) for row in rows] == differences
    assert float(next(iter(costs.values()))) == 3.5


def test_the_squares_of_a_6(app, screen, qtbot):
    seen = screen("table-of-a-6")
    form, run = app.window.form, app.window.snapshot.run
    cost = form.findChild(QComboBox, "cost")
    cost.setCurrentIndex(cost.findData("sum_of_squares"))
    form.start()
    qtbot.waitUntil(lambda: app.window.snapshot.run > run, timeout=60_000)
    seen.look()
    assert float(next(iter(seen.example[1].values()))) == 2.33
    assert "2.33" in seen.why(Selection("cost"))


def test_a_bad_net_on_an_8(screen):
    seen = screen("bad-net-on-an-8")
    rows, costs, _ = seen.example
    printed = [0.07, 0.17, 0.60, 0.45, 0.92, 0.19, 0.57, 0.85, 0.85, 0.01]
    assert [float(row[1]) for row in rows] == printed
    assert [float(row[0]) for row in rows] == [float(place == 8) for place in range(10)]
    assert float(next(iter(costs.values()))) == 2.5488
    assert "2.5488" in seen.why(Selection("cost"))


def test_the_slope_along_w1_factor_by_factor(screen):
    seen = screen("slope-221")
    assert f"∂C₀/∂w₁ = {at_nine('0.0214695353')[0]}" in seen.why_parameter(0)
    assert seen.parameters["w₁"]["mean"] == at_nine("0.0214695353")[0]
    assert seen.matrices(1)["a¹₁"] == at_nine("0.0474258732")[0]
    assert seen.matrices(2)["ŷ₁"] == at_nine("0.523695174")[0]
    assert seen.matrices(1, "slopes")["∂C₀/∂w₁"] == at_nine("0.0214695353")[0]
    (factors,) = seen.routes
    assert factors[:2] == at_nine("-0.952609652", "0.249438539")
    assert factors[2].startswith(f"{MINUS}0.090353319")
    assert factors[3:] == at_nine("0.0214695353")


def test_backpropagation_forwards_and_backwards(screen):
    seen = screen("backprop-222")
    hidden, output = seen.matrices(1), seen.matrices(2)
    assert [hidden["a¹₁"], hidden["a¹₂"]] == at_nine("0.593269992", "0.596884378")
    assert [output["ŷ₁"], output["ŷ₂"]] == at_nine("0.751365070", "0.772928465")
    assert f"C₀ = {at_nine('0.298371109')[0]}" in seen.why(Selection("cost"))
    assert at_nine("0.298371109")[0] in seen.costs
    rows, costs, _ = seen.example
    assert next(iter(costs.values())) == at_nine("0.298371109")[0]
    assert [float(row[1]) for row in rows] == [0.7513651, 0.7729285]
    assert "the actual one (0.75136507, 0.772928465)" in seen.example[2]
    for neuron, printed in enumerate((0.751365070, 0.772928465)):
        said = seen.tip(2, neuron).splitlines()[0].partition(" = ")[2]
        assert f"{float(said):.9f}" == f"{printed:.9f}"
    shown = seen.parameters
    assert f"{float(shown['w₅']['mean']):.9f}" == "0.082167041"
    assert f"{float(shown['w₁']['mean']):.9f}" == "0.000438568"
    assert shown["w₅"]["mean"] in seen.why_parameter(4)
    assert shown["w₁"]["mean"] in seen.why_parameter(0)


NEW = {
    "w₁": "0.149780716", "w₂": "0.199561432", "w₃": "0.249751144", "w₄": "0.299502287",
    "w₅": "0.358916480", "w₆": "0.408666186", "w₇": "0.511301270", "w₈": "0.561370121",
}  # fmt: skip


@pytest.mark.parametrize(("biases", "cost"), [(False, "0.291027774"), (True, "0.280471447")])
def test_backpropagation_after_one_step(app, screen, qtbot, biases, cost):
    seen = screen("backprop-222")
    if biases:
        app.window.requests.edit("trained", ALL)
        qtbot.waitUntil(lambda: app.window.snapshot.recipe.trained == ALL)
    seen.look()
    announced = seen.parameters
    assert [announced[name]["new"] for name in NEW] == at_nine(*NEW.values())
    seen.train(1)
    shown = seen.parameters
    assert [shown[name]["value"] for name in NEW] == at_nine(*NEW.values())
    assert (shown["b₁"]["value"] == "0.35") is not biases
    assert at_nine(cost)[0] in seen.costs
    assert f"C₀ = {at_nine(cost)[0]}" in seen.why(Selection("cost"))
    assert seen.timeline == "step 1"


@pytest.mark.parametrize(
    ("id", "printed"),
    [
        ("slow-neuron-06-09", {0: "0.817574", 300: "0.093956"}),
        ("slow-neuron-2-2", {0: "0.982014", 150: "0.933417", 300: "0.202848"}),
        ("slow-neuron-cross-entropy", {0: "0.982014", 300: "0.779587"}),
    ],
)
def test_a_slow_neuron(screen, id, printed):
    seen = screen(id)
    seen.play_past(300)
    for step, digits in printed.items():
        seen.go_to(step)
        for said in (
            seen.matrices(1)["ŷ₁"],
            seen.why(Selection("neuron", 1, 0)).split("ŷ₁ = ")[-1].split("\n")[0],
        ):
            assert f"{float(said):.6f}" == digits


@pytest.mark.parametrize(
    ("optimiser", "path"),
    [
        ("sgd", ["0.95", "0.925", "0.935"]),
        ("momentum", ["0.95", "0.88", "0.827"]),
        ("nesterov", ["0.905", "0.817", "0.7793"]),
        ("adagrad", ["0.900000002", "0.8552786433", "0.8728876611"]),
        ("rmsprop", ["0.683772254", "0.5363303065", "0.5973297309"]),
        ("adam", ["0.900000002", "0.8067820405", "0.7471109387"]),
    ],
)
def test_the_table_of_optimisers(app, screen, qtbot, optimiser, path):
    seen = screen("optimiser-oracle")
    form, run = app.window.form, app.window.snapshot.run
    choice = form.findChild(QComboBox, "optimiser")
    choice.setCurrentIndex(choice.findData(optimiser))
    form.start()
    qtbot.waitUntil(lambda: app.window.snapshot.run > run, timeout=60_000)
    assert app.window.snapshot.recipe.optimiser == optimiser
    seen.look()
    w = next(iter(seen.parameters))
    for value in path:
        seen.train(1)
        shown = seen.parameters[w]["value"]
        assert abs(float(shown) - float(value)) < 0.6e-9  # of ten digits nine are shown
        assert f"{w} = {shown}" in seen.why_parameter(0)
