"""Every worked number of the syllabus, as it is written on the real window's screen at nine digits.

Nothing is asked of a view here: a paint engine takes down all text that painting puts there.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from nnviz import numbers
from nnviz.engine.recipe import ALL
from nnviz.engine.selection import Selection
from nnviz.messages.commands import FocusOn, GoTo, Pause, Play, StepMinibatch
from nnviz.numbers import MINUS
from tests.sampled import sampled
from tests.window.written import lines

DIGITS = 9
PANELS = ("network", "inspector", "parameters", "matrices", "minibatch", "cost", "timeline")
BELOW = "₁₂₃₄₅₆₇₈₉"


class Screen:
    """What is written on the screen by a window that shows an example: all is read off painting."""

    def __init__(self, app, qtbot, id):
        self.app, self.window, self.qtbot = app, app.window, qtbot
        self.window.resize(1920, 1080)
        menu, run = self.window.examples.menu, self.window.snapshot.run
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.data() == id).trigger()
        qtbot.waitUntil(lambda: self.window.snapshot.run > run, timeout=60_000)
        numbers.set_digits(DIGITS - 1)  # nobody looks at those on the way
        self.window.actions_by_id["more_digits"].trigger()
        for panel in PANELS:
            if panel != "inspector":
                self.window.open_panel(panel)
        docks = [self.window.dock(panel) for panel in ("minibatch", "matrices")]
        self.window.resizeDocks(docks, [420, 620], Qt.Orientation.Horizontal)
        self.look()

    def look(self):
        """Let every panel show this moment."""
        self.qtbot.waitUntil(self.window.settled, timeout=60_000)
        self.window.show_everywhere()
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
        assert f"step{step}" in self.said("timeline")

    def read(self, panel):
        """What a panel has written on the screen, line by line, each as its pieces."""
        if panel not in ("inspector", "network"):
            self.window.open_panel(panel)
        self.look()
        return lines(self.window.views[panel])

    def said(self, panel):
        """All that a panel has written, line by line, without any space."""
        return "\n".join("".join(one.text for one in line) for line in self.read(panel))

    def row(self, panel, label):
        """The pieces of the line of a panel that begins with a label, after it."""
        for first, *others in self.read(panel):
            if first.text == label:
                return [one.text for one in others]
        raise AssertionError(f"{panel} has no line of {label}:\n{self.said(panel)}")

    def why(self, selection):
        """The pieces that the inspector has written to explain a number."""
        self.window.select(selection)
        return {one.text.lstrip("=") for line in self.read("inspector") for one in line}

    def why_parameter(self, index):
        return self.why(Selection("parameter", parameter=index))

    @property
    def network(self):
        """The numbers that stand in the picture of the network."""
        pieces = (one.text for line in self.read("network") for one in line)
        return {piece.rpartition("=")[2].lstrip("zbδ") for piece in pieces}

    def parameter(self, name):
        """The row of the list of parameters, each number by what stands above it."""
        for line in (shown := self.read("parameters")):
            if line[0].text == name:
                heads = next(line for line in shown if "nudge" in {one.text for one in line})
                return {_above(one, heads): one.text for one in line[1:]}
        raise AssertionError(f"there is no {name} in the list:\n{self.said('parameters')}")

    def example(self, label):
        """This example: what stands in a row of it, desired, actual, difference and cost."""
        return self.row("minibatch", label)

    def matrix(self, layer, label, way="forward"):
        """The numbers of a row of a layer's matrices."""
        self.window.open_panel("matrices")
        self.window.views["matrices"].restore({"layer": layer, "way": way})
        return self.row("matrices", label)

    @property
    def status(self):
        """What the status line has written."""
        self.look()
        return "".join(one.text for line in lines(self.window.status) for one in line)


def _above(one, heads):
    """What stands nearest above a piece of a table."""
    return min(heads, key=lambda head: abs(head.box.right() - one.box.right())).text


def at_nine(*printed):
    """Numbers as the syllabus prints them, in the digits that are set."""
    return [numbers.write(float(value)) for value in printed]


@pytest.fixture
def app(app_of_module):
    """The whole program, where every test opens an example of its own."""
    return app_of_module


@pytest.fixture
def screen(app, qtbot):
    return lambda id: Screen(app, qtbot, id)


def test_the_park(app, screen, qtbot):
    seen = screen("park")
    rows = app.window.snapshot.sample.x.tolist()
    app.bridge.send(FocusOn(rows.index([1, 0, 1])))
    qtbot.waitUntil(lambda: app.window.snapshot.focus.x.tolist() == [1, 0, 1])
    assert seen.matrix(1, "=z¹") == [f"{MINUS}20"]
    assert seen.matrix(1, "raining") == ["1", "3"]
    assert seen.matrix(1, "inlockdown") == ["1", f"{MINUS}20"]
    assert f"{MINUS}20" in seen.why(Selection("neuron", 1, 0))
    assert seen.matrix(1, "f→ŷ") == ["0"]
    assert seen.example("gotothepark")[:3] == ["0", "0", "0"]
    assert f"{MINUS}20" in seen.network


def test_all_eight_rows_of_the_park(app, screen, qtbot):
    seen = screen("park")
    table = ([one.text for one in line] for line in seen.read("table"))
    shown = [parts for parts in table if len(parts) >= 5 and parts[0].isdigit()]
    assert sorted("".join(row[1:4]) for row in shown) == [f"{row:03b}" for row in range(8)]
    answers = {"".join(row[1:4]): row[4] for row in shown}
    assert answers == {f"{row:03b}": "1yes" if row in (4, 6) else "0no" for row in range(8)}
    for row, x in enumerate(app.window.snapshot.sample.x.tolist()):
        app.bridge.send(FocusOn(row))
        qtbot.waitUntil(lambda x=x: app.window.snapshot.focus.x.tolist() == x)
        z = 3 * x[0] + x[1] - 20 * x[2] - 3
        assert numbers.write(z) in seen.why(Selection("neuron", 1, 0))
        assert seen.matrix(1, "f→ŷ") == [str(int(z >= 0))], "0 and above fires, rain alone too"


def test_one_neuron_as_a_sum_and_as_vectors(screen):
    seen = screen("slope-221")
    said = seen.why(Selection("neuron", 2, 0))
    assert {"σ", "∑"} <= said, said
    assert "0.0474258732" in said
    assert seen.matrix(2, "=z²") == at_nine("0.0948517464")
    assert "z²=a¹·W²+b²" in seen.said("matrices")


def test_a_linear_neuron(screen):
    seen = screen("neuron-12")
    assert "12" in seen.why(Selection("neuron", 1, 0))
    assert "12" in seen.network
    assert seen.matrix(1, "f→ŷ") == ["12"]


def test_two_linear_layers(screen):
    seen = screen("linear-163")
    for neuron, a in zip(BELOW, ("15", "23", "18", "13"), strict=False):
        assert seen.matrix(2, f"a¹{neuron}")[0] == a
    assert seen.matrix(1, "f→a¹") == ["15", "23", "18", "13"]
    assert seen.matrix(2, "f→ŷ") == ["163"]
    assert "163" in seen.why(Selection("neuron", 2, 0))
    assert "163" in seen.network


def test_the_table_of_a_6(screen):
    seen = screen("table-of-a-6")
    actual = [0.3, 0, 0.5, 0.2, 0, 0.1, 0.3, 0, 0, 0.9, 0.8]
    differences = [0.3, 0, 0.5, 0.2, 0, 0.1, 0.7, 0, 0, 0.9, 0.8]
    for place, (a, difference) in enumerate(zip(actual, differences, strict=True)):
        shown = seen.example("nodigit" if place == 10 else str(place))
        assert list(map(float, shown[:3])) == [float(place == 6), a, difference]
    assert float(seen.example("C₀,sumofall11")[0]) == 3.5


def test_the_squares_of_a_6(app, screen, qtbot):
    seen = screen("table-of-a-6")
    form, run = app.window.form, app.window.snapshot.run
    cost = form.findChild(QComboBox, "cost")
    cost.setCurrentIndex(cost.findData("sum_of_squares"))
    form.start()
    qtbot.waitUntil(lambda: app.window.snapshot.run > run, timeout=60_000)
    assert float(seen.example("C₀,sumofall11")[0]) == 2.33
    assert "2.33" in seen.why(Selection("cost"))


def test_a_bad_net_on_an_8(screen):
    seen = screen("bad-net-on-an-8")
    printed = [0.07, 0.17, 0.60, 0.45, 0.92, 0.19, 0.57, 0.85, 0.85, 0.01]
    for place, a in enumerate(printed):
        assert list(map(float, seen.example(str(place))[:2])) == [float(place == 8), a]
    assert float(seen.example("C₀,sumofall10")[0]) == 2.5488
    assert "2.5488" in seen.why(Selection("cost"))


def test_the_slope_along_w1_factor_by_factor(screen):
    seen = screen("slope-221")
    (slope,) = at_nine("0.0214695353")
    assert slope in seen.why_parameter(0)
    seen.window.enlarge("inspector")
    said = seen.why_parameter(0)
    seen.window.enlarge("inspector")
    for factor in at_nine("-0.952609652", "0.249438539"):
        assert factor in said
    assert any(piece.startswith(f"{MINUS}0.0903533") for piece in said)
    assert seen.parameter("w₁")["∂C/∂w"] == slope
    assert seen.matrix(2, "a¹₁")[0] == at_nine("0.0474258732")[0]
    assert seen.matrix(2, "f→ŷ") == at_nine("0.523695174")
    assert slope in seen.matrix(1, "weight", "slopes")
    assert seen.network >= set(at_nine("0.523695174"))


def test_backpropagation_forwards_and_backwards(screen):
    seen = screen("backprop-222")
    assert seen.matrix(1, "f→a¹") == at_nine("0.593269992", "0.596884378")
    assert seen.matrix(2, "f→ŷ") == at_nine("0.751365070", "0.772928465")
    (cost,) = at_nine("0.298371109")
    assert cost in seen.why(Selection("cost"))
    assert cost in seen.status
    assert seen.example("C₀,sumofall2") == [cost]
    assert seen.example("o1")[1:3] == ["0.751365070", "0.741365070"]
    assert seen.example("o2")[1:3] == ["0.772928465", "0.217071535"]
    assert "(0.75136507,0.772928465)" in seen.said("minibatch").replace("\n", "")
    assert seen.network >= set(at_nine("0.751365070", "0.772928465"))
    for name, index, printed in (("w₅", 4, "0.082167041"), ("w₁", 0, "0.000438568")):
        shown = seen.parameter(name)["∂C/∂w"]
        assert f"{float(shown):.9f}" == printed
        assert shown in seen.why_parameter(index)
    for neuron, printed in enumerate(("0.593269992", "0.596884378")):
        seen.window.select(Selection("neuron", 1, neuron))
        assert printed in seen.network


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
    assert [seen.parameter(name)["newvalue"] for name in NEW] == at_nine(*NEW.values())
    seen.train(1)
    assert [seen.parameter(name)["value"] for name in NEW] == at_nine(*NEW.values())
    assert (seen.parameter("b₁")["value"] == "0.35") is not biases
    assert at_nine(cost)[0] in seen.status
    assert at_nine(cost)[0] in seen.why(Selection("cost"))
    seen.window.enlarge("cost")
    assert at_nine(cost)[0] in seen.said("cost")
    seen.window.enlarge("cost")
    assert "step1" in seen.said("timeline")


@pytest.mark.parametrize(
    ("id", "printed"),
    sampled(
        [
            ("slow-neuron-06-09", {0: "0.817574", 300: "0.093956"}),
            ("slow-neuron-2-2", {0: "0.982014", 150: "0.933417", 300: "0.202848"}),
            ("slow-neuron-cross-entropy", {0: "0.982014", 300: "0.779587"}),
        ],
        every=3,
        rows=True,
    ),
)
def test_a_slow_neuron(screen, id, printed):
    seen = screen(id)
    seen.play_past(300)
    for step, digits in printed.items():
        seen.go_to(step)
        (shown,) = seen.matrix(1, "f→ŷ")
        assert f"{float(shown):.6f}" == digits
        assert shown in seen.network
        assert shown in seen.why(Selection("neuron", 1, 0))


@pytest.mark.parametrize(
    ("optimiser", "path"),
    sampled(
        [
            ("sgd", ["0.95", "0.925", "0.935"]),
            ("momentum", ["0.95", "0.88", "0.827"]),
            ("nesterov", ["0.905", "0.817", "0.7793"]),
            ("adagrad", ["0.900000002", "0.8552786433", "0.8728876611"]),
            ("rmsprop", ["0.683772254", "0.5363303065", "0.5973297309"]),
            ("adam", ["0.900000002", "0.8067820405", "0.7471109387"]),
        ],
        every=5,
        rows=True,
    ),
)
def test_the_table_of_optimisers(app, screen, qtbot, optimiser, path):
    seen = screen("optimiser-oracle")
    form, run = app.window.form, app.window.snapshot.run
    choice = form.findChild(QComboBox, "optimiser")
    choice.setCurrentIndex(choice.findData(optimiser))
    form.start()
    qtbot.waitUntil(lambda: app.window.snapshot.run > run, timeout=60_000)
    assert app.window.snapshot.recipe.optimiser == optimiser
    for value in path:
        seen.train(1)
        shown = seen.parameter("w")["value"]
        assert abs(float(shown) - float(value)) < 0.6e-9  # of ten digits nine are shown
        assert shown in seen.why_parameter(0)
        assert seen.matrix(1, "gradient")[-1] == shown
