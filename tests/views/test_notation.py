"""Two panels name one thing alike, and show one quantity in the same form."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz import numbers
from nnviz.data.description import Column, DataDescription
from nnviz.engine.changes import THETA, Edit
from nnviz.engine.notation import example_name, parameter_symbol
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.moment import moment_of
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.views.inspector.cost import cost_page, output_page
from nnviz.views.inspector.neuron import neuron_page
from nnviz.views.inspector.page import Prose
from nnviz.views.inspector.weight import parameter_page
from nnviz.views.minibatch.table import rows_of
from nnviz.views.minibatch.text import formula_of, sentence_of, title_of
from nnviz.views.network.tips import numbers_of_neuron, tip_of_neuron, tip_of_weight
from nnviz.views.network.view import NetworkView

TABLE = Recipe(dataset="table", layers=(2, 3, 1), output_activation="linear", learning_rate=0.01)
COLUMNS = (Column("height", "cm", 2.5, 1.25), Column("mass", "kg", 40.0, 8.0))
PRICE = Column("price", "€", 0.25, 0.5)


def with_sample(snapshot, dataset):
    return replace(snapshot, sample=Sample(dataset.x_test, dataset.y_test))


@pytest.fixture
def digits(make_snapshot, make_dataset):
    return with_sample(make_snapshot(example=5), make_dataset())


@pytest.fixture
def table(make_snapshot, make_dataset):
    dataset = make_dataset(2, 1)
    snapshot = with_sample(make_snapshot(TABLE, dataset, steps=5), dataset)
    told = DataDescription(inputs=COLUMNS, targets=(PRICE,))
    return replace(snapshot, description=told, class_names=(), image_shape=None)


def moment(snapshot):
    return moment_of(snapshot, None)


@pytest.mark.parametrize("parameter", [0, 784 * 30 + 4 * 10 + 7, 784 * 30 + 300 + 3, 23859])
def test_a_parameter_has_one_name(digits, qtbot, parameter):
    place = locate(digits.recipe, parameter)
    name = parameter_symbol(digits.recipe, place).text
    page = parameter_page(moment(digits), Selection.of_weight(
        digits.recipe, place.layer, place.source, place.target))  # fmt: skip
    assert page.copied[0].startswith(f"{name} = ")
    change = Edit(0, THETA, (1.0,), (2.0,), (parameter,))
    assert change.words(digits.recipe) == f"{name}: 2 → 1"
    assert change.name_of_branch(digits.recipe) == f"{name} = 1"
    if place.source is not None:
        assert tip_of_weight(digits, parameter).startswith(f"{name} = ")


@pytest.mark.parametrize(("layer", "j"), [(0, 300), (1, 4), (2, 7)])
def test_a_neuron_has_one_name_and_one_number(digits, layer, j):
    page = neuron_page(moment(digits), Selection("neuron", layer, j))
    tip = tip_of_neuron(digits, layer, j)
    if layer == 0:
        assert page.title.casefold() == tip.split(" = ")[0].casefold()
        return
    symbols = [line.split(" = ")[0] for line in numbers_of_neuron(digits, layer, j)]
    own = {1: "a¹₅", 2: "ŷ₈"}[layer]
    assert symbols == [own, f"z{'⁰¹²'[layer]}{own[-1]}", *symbols[2:]]
    assert page.copied[0].startswith(f"{own} = ")
    assert any(line.startswith(f"{symbols[1]} = ") for line in page.copied)


def test_an_output_is_written_with_a_hat_wherever_it_stands(digits):
    page = output_page(moment(digits), Selection("output", 2, 7))
    assert "C₀,₈" in page.copied[0]
    assert "ŷ₈" in page.copied[0]
    assert formula_of(digits.recipe).replace("\N{NO-BREAK SPACE}", " ") == "C₀ = Σⱼ ½ (ŷⱼ − yⱼ)²"
    assert cost_page(moment(digits), Selection("cost", 2)).copied[0].startswith("C₀ = Σⱼ C₀,ⱼ")


def test_an_example_has_one_number(digits):
    assert title_of(digits) == "Test image 6"
    assert moment(digits).example == "test image 6"
    assert example_name(digits.focus.index, picture=True, part="test") == "test image 6"


def test_more_digits_tell_apart_what_reads_alike(digits):
    def costs(value):
        return rows_of(
            replace(digits.focus, cost=value), (), np.array([value] + [0.0] * 9), known=True
        )[0].cells[3]

    assert costs(0.291027774) == costs(0.291027924)
    numbers.set_digits(9)
    assert costs(0.291027774) != costs(0.291027924)
    assert numbers.write(0.291027774) == "0.291027774"


# -- tables in their own units -------------------------------------------------------------------


def test_an_input_has_the_value_of_its_file_beside_the_name_it_has_there(table):
    x = float(table.focus.x[0])
    told = f"height = {numbers.write(x * 1.25 + 2.5)} cm"
    page = neuron_page(moment(table), Selection("neuron", 0, 0))
    assert told in page.copied
    step = f"x₁ = ({numbers.write(x * 1.25 + 2.5)} − 2.5) / 1.25 = {numbers.write(x)}"
    assert step in page.copied, "the scaling is a step of its own"
    assert tip_of_neuron(table, 0, 0) == f"{told}\n{step}"
    assert "height = " in sentence_of(table)
    assert " cm" in sentence_of(table)


def test_what_is_predicted_is_in_the_unit_of_the_file(table):
    y, a = float(table.focus.y[0]), float(table.focus.a[-1][0])
    row = rows_of(table.focus, (), known=True, columns=(PRICE,))[0]
    assert row.name == "price, €"
    assert float(row.cells[0].replace("−", "-")) == pytest.approx(y * 0.5 + 0.25, abs=6e-3)
    assert float(row.cells[1].replace("−", "-")) == pytest.approx(a * 0.5 + 0.25, abs=6e-3)
    page = neuron_page(moment(table), Selection("neuron", 2, 0))
    said = f"price = ŷ₁·0.5 + 0.25 = {numbers.write(a * 0.5 + 0.25)} €"
    assert said in page.copied


def test_a_weight_is_told_in_the_units_of_the_file(table):
    page = parameter_page(moment(table), Selection.of_weight(table.recipe, 1, 1, 0))
    w = float(table.network().weights[0][1, 0])
    assert f"In the file's units: {numbers.write(w / 8)} per kg of mass." in page.copied


def test_a_predicted_number_is_one_number_in_network_example_and_why(table, show):
    price = replace(PRICE, offset=20.0, scale=100.0)
    seen = replace(table, description=replace(table.description, targets=(price,)))
    y, a = (float(values[0]) for values in (seen.focus.y, seen.focus.a[-1]))
    actual, desired = a * 100 + 20, y * 100 + 20
    row = rows_of(seen.focus, (), known=True, columns=(price,))[0]
    shown = [float(cell.replace("−", "-").replace("\u202f", "")) for cell in row.cells[:3]]
    assert abs(shown[1] - shown[0]) == pytest.approx(shown[2], abs=0.11)
    assert shown[:2] == pytest.approx([desired, actual], abs=0.051)
    assert f"actual one {numbers.write(actual)} €" in sentence_of(seen)
    view = show(NetworkView, seen, (1000, 700))
    shown = [item.text() for item in view.drawing.scene.items() if hasattr(item, "text")]
    assert f"{numbers.write(actual)} €" in shown
    page = output_page(moment(seen), Selection("output", 2, 0))
    own = numbers.write(abs(actual - desired), numbers.fewer())
    said = [part for line in page.lines if isinstance(line, Prose) for part in line.parts]
    assert any(f"in the file's units {own} €" in part for part in said if isinstance(part, str))
