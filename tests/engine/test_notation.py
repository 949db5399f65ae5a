"""One notation: the symbols table and the module agree, and everything is counted from 1."""

from dataclasses import replace

import pytest

from nnviz.engine import notation
from nnviz.engine.changes import symbol
from nnviz.engine.notation import parameter_name
from nnviz.engine.parameter_names import pack
from nnviz.engine.parameters import Parameter, index_of
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.symbols import Symbol

RECIPE = Recipe(layers=(2, 2, 1))
SYMBOLS = {
    "x_k": notation.activation_symbol(RECIPE, 0, 0),
    "y_j": notation.desired_symbol(0),
    "ŷ_j": notation.activation_symbol(RECIPE, 2, 0),
    "w^l_jk": notation.weight_symbol(RECIPE, 1, 0, 1),
    "b^l_j": notation.bias_symbol(RECIPE, 1, 0),
    "z^l_j": notation.sum_symbol(1, 0),
    "a^l_j": notation.activation_symbol(RECIPE, 1, 0),
    "δ^l_j": notation.error_symbol(1, 0),
    "C": notation.COST,
    "C_0": notation.COST_OF_ONE,
    "C_0,j": notation.cost_part_symbol(0),
    "η": Symbol(symbol("learning_rate")),
}


def test_the_table_of_symbols_and_the_module_agree():
    assert [(sign, example) for sign, example, _ in notation.symbols()] == [
        (sign, symbol.text) for sign, symbol in SYMBOLS.items()
    ]
    assert all(meaning for _, _, meaning in notation.symbols())


def test_a_letter_stands_for_any_index():
    assert notation.weight_symbol(RECIPE, 2, 0, "k").text == "w²₁ₖ"
    assert notation.activation_symbol(RECIPE, 1, "k").text == "a¹ₖ"
    assert notation.cost_part_symbol("j").text == "C₀,ⱼ"


def test_a_parameter_is_called_by_its_symbol():
    recipe = Recipe(layers=(784, 30, 10))
    for place, name in (
        (Parameter(1, 0, 0), "w¹₁,₁"),
        (Parameter(2, 4, 7), "w²₈,₅"),
        (Parameter(2, None, 7), "b²₈"),
    ):
        assert parameter_name(recipe, index_of(recipe, place)) == name
        assert notation.parameter_symbol(recipe, place).text == name


def test_a_parameter_is_called_as_a_book_calls_it():
    names = pack((2, 2, 1), {0: "w1", 6: "bias", 7: "b2"})
    recipe = replace(RECIPE, parameter_names=names)
    assert [parameter_name(recipe, index) for index in (0, 1, 6, 7)] == [
        "w₁",
        "w¹₂,₁",
        "bias",
        "b₂",
    ]
    assert notation.weight_symbol(recipe, 1, 0, "k").text == "w¹₁ₖ"
    assert notation.bias_symbol(recipe, 1, 1) == Symbol("b", "", "2")
    assert parameter_name(replace(recipe, layers=(2, 3, 1)), 0) == "w¹₁,₁"  # not that book's net
    assert Recipe.from_dict(recipe.to_dict()) == recipe


@pytest.mark.parametrize("text", ["w1", "[]", '{"layers": [2], "names": [[0, 5]]}', "{}"])
def test_names_that_are_damaged_are_refused(text):
    with pytest.raises(RecipeError, match=r"names of the parameters are damaged"):
        replace(RECIPE, parameter_names=text)


def test_no_parameter_leads_into_the_input():
    with pytest.raises(ValueError, match="layer 0: 0 is the input"):
        Parameter(0, 2, 1)


def test_examples_are_counted_from_1():
    assert notation.example_name(0, picture=True, part="test") == "test image 1"
    assert notation.example_name(1234, picture=False) == "example 1\u202f235"
    assert notation.index_of_number(notation.number_of(41)) == 41


def test_inputs_that_are_features_have_the_signs_of_these():
    recipe = Recipe(dataset="circles:features=sinx1+x2+x1^2,noise=0.2", layers=(3, 2, 1))
    signs = [notation.activation_symbol(recipe, 0, k).text for k in range(3)]
    assert signs == ["x₂", "x₁²", "sin x₁"], "x₁ would be another number"
    assert notation.activation_symbol(recipe, 0, "k").text == "xₖ"
    plain = Recipe(dataset="circles", layers=(2, 1))
    assert notation.activation_symbol(plain, 0, 1).text == "x₂"
