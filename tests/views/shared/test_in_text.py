"""Symbols in sentences are in the letters of formulas; words and units stay as they are."""

import pytest

from nnviz.views.shared.in_text import in_formula_letters


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("Here w₁ is 3.", "Here 𝑤₁ is 3."),
        ("w¹₁,₂ and a²₃ lead to ŷ₁", "𝑤¹₁,₂ and 𝑎²₃ lead to 𝑦̂₁"),
        ("C = w·w, and 2w is ∂C/∂w", "𝐶 = 𝑤·𝑤, and 2𝑤 is 𝜕𝐶/𝜕𝑤"),
        ("σ(z) at z = −5, with η = 0.1", "𝜎(𝑧) at 𝑧 = −5, with 𝜂 = 0.1"),
        ("Is it above 15 °C? A neuron, a weight.", "Is it above 15 °C? A neuron, a weight."),
        ("Press H, b's x-axis, AND, XOR", "Press H, b's x-axis, AND, XOR"),
    ],
)
def test_symbols_are_italic_in_english(qapp, plain, typeset):
    assert in_formula_letters(plain, "en") == typeset


def test_what_is_a_word_in_a_language_stays_one(qapp):
    assert in_formula_letters("pesos y sesgos, y₁", "es_MX") == "pesos y sesgos, 𝑦₁"
    assert in_formula_letters("z neuronem w sieci, z₁", "pl") == "z neuronem w sieci, 𝑧₁"
