"""Every entry of the vocabulary has the engine's own number: tests walk the tables."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Network
from nnviz.engine.recipe import settings
from nnviz.engine.run.snapshot import focus_on
from nnviz.engine.selection import Selection
from nnviz.lessons.expressions import parse
from nnviz.lessons.facts import FACTS
from nnviz.lessons.functions import FUNCTIONS
from nnviz.lessons.gestures import ALL, BIASES, GESTURES, HAPPENINGS, STEPS
from nnviz.lessons.gestures import WEIGHTS as OF_WEIGHTS
from nnviz.lessons.observed import Did
from nnviz.lessons.quantities import ALSO, QUANTITIES
from nnviz.lessons.values import ExpressionError, kind_of
from nnviz.messages.command import Command
from nnviz.messages.ui_state import UiState
from tests.lessons.moments import moment, reported

SEEN = moment("backprop-222")
FOCUS = SEEN.focus
WEIGHTS = np.arange(0.15, 0.35, 0.05)


def value(text, seen=SEEN):
    return parse(text).value(seen)


NUMBERS = {
    "x[1]": 0.10,
    "y[1]": 0.99,
    "ŷ[0]": 0.751365070,
    "yhat[1]": 0.772928465,
    "z[1][0]": 0.3775,
    "a[1][1]": 0.596884378,
    "a[0][0]": 0.05,
    "a[2][0]": 0.751365070,
    "δ[2][0]": 0.138498562,
    "delta[2][0]": 0.138498562,
    "w[1][0,1]": 0.20,
    "w[1][1, 0]": 0.25,
    "w[2][0][1]": 0.45,
    "w5": 0.40,
    "b[2][1]": 0.60,
    "dw[2][0,0]": 0.082167041,
    "dw[1][0,0]": 0.000438568,
    "dw0[2][0,0]": 0.082167041,
    "db[2][0]": 0.138498562,
    "db0[2][0]": 0.138498562,
    "nudge_w[2][0,0]": -0.041083520,
    "nudge_b[2][0]": 0.0,  # biases rest in this example
    "cost": 0.298371109,
    "C0": 0.298371109,
    "eta": 0.5,
    "η": 0.5,
    "layers[1]": 2,
    "recipe.learning_rate": 0.5,
    "recipe.batch_size": 1,
    "parameters": 12,
    "sum(ŷ)": 1.524293535,
    "max(ŷ)": 0.772928465,
    "min(ŷ)": 0.751365070,
    "argmax(ŷ)": 1,
    "argmin(ŷ)": 0,
    "mean(x)": 0.075,
    "count(w[1])": 4,
    "count(w[1][0])": 2,
    "norm(x)": 0.111803399,
    "abs(-2)": 2,
    "sqrt(9)": 3,
    "exp(0)": 1,
    "log(1)": 0,
    "round(ŷ[0], 2)": 0.75,
    "2 ** -1": 0.5,
    "-x[0] + 1": 0.95,
    "(1 + 2) * 3 / 4 - 5": -2.75,
    "sum((ŷ - y)**2) / 2": 0.298371109,
    "x[argmax(x)]": 0.10,
    "f('relu', -5)": 0,
    "f('sigmoid', 0)": 0.5,
    "slope('sigmoid', 0)": 0.25,
    "slope('relu', 3)": 1,
    "trust": 0.772928465,
    "when(cost > 1, 2, 3)": 3,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_the_engines_own(text):
    assert value(text) == pytest.approx(NUMBERS[text], abs=6e-10)


def test_every_quantity_is_among_them():
    assert {name for name in QUANTITIES if not any(text.startswith(name) for text in NUMBERS)} == (
        set()
    )
    assert {name for name in ALSO if not any(text.startswith(name) for text in NUMBERS)} == {
        "inputs"
    }
    assert value("sum(inputs)") == pytest.approx(0.15)


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_quantity_has_a_number_at_every_index_and_refuses_all_others(name):
    known = QUANTITIES[name]
    assert known.sentence
    counts = {"input": 2, "output": 2, "layer": 3, "deep": 3, "neuron": 2, "source": 2}
    least = {"deep": 1}
    ranges = [range(least.get(what, 0), counts[what]) for what in known.indices]
    for at in np.array(np.meshgrid(*ranges)).T.reshape(-1, len(ranges)).tolist():
        text = f"{name}[{', '.join(map(str, at))}]"
        assert np.isfinite(value(text)), text
        assert parse(text).kind == "number"
        if known.thing is not None:
            assert parse(text, "thing").thing(SEEN).fits(SEEN.snapshot.recipe)
        else:
            with pytest.raises(ExpressionError, match="something on screen"):
                parse(text, "thing")
    for place, what in enumerate(known.indices):
        at = [rng[0] for rng in ranges]
        for wrong in (counts[what], -1, 0.5):
            at[place] = wrong
            with pytest.raises(ExpressionError, match=r"count from|whole number"):
                value(f"{name}[{', '.join(map(str, at))}]")
    rows = known.indices[: known.least]
    row = f"{name}[{', '.join(str(least.get(what, 0)) for what in rows)}]" if rows else name
    assert parse(row).kind == "row"
    assert kind_of(value(row)) == "row"


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_of_the_kind_that_it_says(name):
    fact = FACTS[name]
    assert fact.sentence
    found = fact.read(replace(SEEN, answer=1.0))
    assert fact.kind in ("any", kind_of(found))
    assert name not in QUANTITIES
    assert name not in FUNCTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_takes(name):
    function = FUNCTIONS[name]
    assert function.sentence
    with pytest.raises(ExpressionError, match="takes"):
        parse(f"{name}({', '.join('1' * (len(function.takes) + 1))})")
    with pytest.raises(ExpressionError, match="is called"):
        parse(name)


def test_figures_are_of_this_very_moment():
    now = moment("xor", 3)
    figures = now.snapshot.evaluations[-1]
    assert value("train_cost", now) == figures.train_cost
    assert value("mistakes", now) == figures.train_mistakes
    later = replace(now, snapshot=replace(now.snapshot, step=4))
    assert np.isnan(value("train_cost", later))
    assert not value("train_cost < 100", later)
    assert value("train_cost", replace(later, rough=True)) == figures.train_cost
    assert np.isnan(
        value("test_cost", replace(now, snapshot=replace(now.snapshot, evaluations=())))
    )


def test_the_cost_if_a_weight_had_another_value_is_that_of_such_a_net():
    slope = moment("slope-221")
    assert value("cost_if(w[1][0,0], 1.01) - cost", slope) == pytest.approx(0.000213, abs=5e-7)
    assert value("cost_if(w[1][0,0], 2) - cost", slope) == pytest.approx(0.0098, abs=5e-5)
    assert value("cost_if(w[1][0,0], w[1][0,0])", slope) == value("cost", slope)
    with pytest.raises(ExpressionError, match="wants a weight"):
        value("cost_if(neuron(1,0), 2)", slope)


def test_an_own_input_has_no_cost():
    own = moment("neuron-12", own=[5.0, 0.0])
    assert value("own_input", own)
    assert value("ŷ[0]", own) == 16
    assert np.isnan(value("cost", own))
    assert np.isnan(value("label", own))
    assert not value("own_input")


def test_classes_are_read_from_the_outputs():
    seen = moment("bad-net-on-an-8")
    assert value("read", seen) == 4
    assert value("label", seen) == 8


def test_reports_count_only_of_this_very_net():
    seen = reported(moment("bad-net-on-an-8"))
    (report,) = seen.snapshot.reports
    assert value("class_right(8)", seen) == 0.75
    assert value("confused(8, 4)", seen) == 1
    assert np.isnan(value("class_right(99)", seen))
    assert value("sure_of_noise('even')", seen) == 0
    assert value("sure_of_noise('shuffled')", seen) == 0.25
    other = moment("bad-net-on-an-8", theta={15: 1.0})
    other = replace(other, snapshot=replace(other.snapshot, reports=(report,)))
    assert np.isnan(value("class_right(8)", other))
    assert np.isnan(value("confused(8, 4)", other))
    assert np.isnan(value("sure_of_noise('even')", other))


def test_slopes_are_one_an_example_and_average_to_the_slope():
    seen = moment("or")
    x, y = seen.snapshot.focus.x, seen.snapshot.focus.y
    assert value("slopes(w[1][0,0])", seen).shape == (1,)
    assert value("mean(slopes(w[1][0,0]))", seen) == pytest.approx(value("dw[1][0,0]", seen))
    assert (len(x), len(y)) == (2, 1)


THINGS = {
    "neuron(1, 0)": Selection("neuron", 1, 0),
    "neuron(0, 1)": Selection("neuron", 0, 1),
    "x[1]": Selection("neuron", 0, 1),
    "a[1][1]": Selection("neuron", 1, 1),
    "ŷ[0]": Selection("neuron", 2, 0),
    "output(1)": Selection("output", 2, 1),
    "output(argmax(ŷ))": Selection("output", 2, 1),
    "cost": Selection("cost"),
    "w[1][0,1]": Selection("parameter", 1, 0, 2),
    "w5": Selection("parameter", 2, 0, 4),
    "b[2][1]": Selection("parameter", 2, 1, 11),
    "nothing": None,
}


@pytest.mark.parametrize("text", THINGS)
def test_things_are_selections(text):
    found = parse(text, "thing").thing(SEEN)
    assert found == THINGS[text]
    assert value(f"selected({text})", replace(SEEN, ui=UiState(found)))
    if found is not None:
        assert not value(f"selected({text})", replace(SEEN, ui=UiState()))
        assert value(f"selection == {text}", replace(SEEN, ui=UiState(found)))
        assert value(f"{text} == selection", replace(SEEN, ui=UiState(found)))
        assert value(f"selection != {text}", replace(SEEN, ui=UiState()))


def test_things_have_names():
    names = {"w5": "w₅", "w[2][0,0]": "w₅", "neuron(1,0)": "a¹₁", "x[0]": "x₁", "cost": "C₀"}
    assert {text: value(f"name({text})") for text in names} == names
    assert value("name(output(1))") == "C₀,₂"
    assert value("name('w5')") == "w₅"
    assert value("name(w[1][0,1])", moment("linear-163")) == "w¹₁,₂"


def test_a_name_of_several_parameters_is_refused():
    with pytest.raises(ExpressionError, match="several parameters are called 'b1'"):
        value("b1")
    with pytest.raises(ExpressionError, match="no 'w99'"):
        value("w99")


DONE = {
    "stepped('forward')": (Did("step", "forward 1"),),
    "stepped('forward 2')": (Did("step", "forward 2"),),
    "stepped('back')": (Did("step", "back"),),
    "stepped('minibatch')": (Did("step", "minibatch"),),
    "steps == 2": (Did("step", "cost"), Did("step", "back"), Did("step", "cost")),
    "changed(w[1][0,0])": (Did("edit", "theta", (0,)),),
    "changed('w5')": (Did("edit", "theta", (3, 4)),),
    "changed(b[1][0])": (Did("edit", "theta", (8,)),),
    "changed_any('weight')": (Did("edit", "theta", (0,)),),
    "changed_any('bias')": (Did("edit", "theta", (8,)),),
    "changed_any('input')": (Did("edit", "input"),),
    "changed_any('recipe')": (Did("edit", "learning_rate"),),
    "changes == 1": (Did("edit", "theta", (0,), True), Did("edit", "theta", (0,))),
    "drawn": (Did("draw"),),
    "taught": (Did("teach"),),
    "raced": (Did("race", "adam"),),
    "race_winner == 'adam'": (Did("race", "sgd"), Did("race", "adam")),
    "surveyed": (Did("survey"),),
    "reported": (Did("report"),),
    "played": (Did("play"),),
}


@pytest.mark.parametrize("text", DONE)
def test_what_hands_did_is_known(text):
    assert not value(text)
    assert value(text, replace(SEEN, did=DONE[text]))
    assert {one.kind for one in DONE[text]} <= HAPPENINGS.keys()


def test_every_happening_can_be_asked_for():
    assert {one.kind for did in DONE.values() for one in did} | {"select"} == set(HAPPENINGS)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_asked_for(step):
    assert value(f"stepped('{step}')", replace(SEEN, did=(Did("step", step),)))


def test_the_screen_is_known():
    ui = UiState(
        granularity="phase",
        open_panels=("surface",),
        front=("pad",),
        views={"network": {"fields": True, "zoom": 2, "centre": [0.5, 0.5], "none": None}},
    )
    seen = replace(SEEN, ui=ui)
    for text in (
        "granularity == 'phase'",
        "open('surface') and not open('pad')",
        "front('pad') and not front('surface')",
        "view('network', 'fields') == True",
        "view('network', 'zoom') == 2",
        "view('network', 'zoom') > 1",
        "not view('network', 'none') > 1",
        "view('nowhere', 'zoom') == nothing",
        "playing == False",
    ):
        assert value(text, seen) is True, text


def test_what_is_remembered_and_answered_is_known():
    seen = replace(SEEN, memory={"before": 2.0, "row": np.array([1.0, 2.0])}, answer=3.0)
    assert value("before + 1", seen) == 3
    assert value("answer == 3 and answered", seen)
    assert value("sum(row)", seen) == 3
    assert not value("answered")
    with pytest.raises(ExpressionError, match="nothing is answered yet"):
        value("answer")


@pytest.mark.parametrize("field", [name for name in settings() if name != "dataset"])
def test_every_field_of_the_recipe_can_be_asked_for(field):
    parse(f"recipe.{field}").value(SEEN)


@pytest.mark.parametrize("name", GESTURES)
def test_a_gesture_frees_commands(name):
    gesture = GESTURES[name]
    assert gesture.sentence
    assert all(issubclass(command, Command) for command in gesture.commands)


def test_gestures_name_actions_and_panels_that_there_are():
    from nnviz.views import VIEWS
    from nnviz.window.commands import COMMANDS

    panels = {view.id for view in VIEWS}
    for gesture in GESTURES.values():
        assert set(gesture.actions) <= set(COMMANDS)
        assert set(gesture.panels) <= panels
        assert set(gesture.edits) <= {*settings(), OF_WEIGHTS, BIASES, ALL}


def test_numbers_are_those_of_the_passage():
    again = focus_on(Network(SEEN.snapshot.recipe, SEEN.snapshot.theta), 0, FOCUS.x, FOCUS.y)
    assert value("z[2]").tolist() == again.z[1].tolist()
    assert value("δ[1]").tolist() == again.delta[0].tolist()
    assert value("w[1]").tolist() == pytest.approx(WEIGHTS.tolist())
