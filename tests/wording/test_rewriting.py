"""Rewriting texts: whole words and signs, and nothing that only looks like one."""

import pytest

from nnviz import wording
from nnviz.wording import Choice, Said, Sign, choose, given, keep_files, said, unmarked


def test_nnviz_s_own_texts_stay_the_very_same():
    text = "the cost C of a minibatch"
    assert said(text) is text
    sign = Sign("C")
    assert said(sign) is sign


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("cost", "loss"),
        ("Costs", "Losses"),
        ("COST", "LOSS"),
        ("cost_train, --cost, cost=3", "cost_train, --cost, cost=3"),
        ("'cost' of cost.npy", "'cost' of cost.npy"),
        ("what it costs", "what it costs"),
        ("the cost's slope", "the loss's slope"),
        ("cross-entropy cost", "cross-entropy loss"),
        ("“cost”", "“loss”"),
        ("<b cost='1'>cost</b>", "<b cost='1'>loss</b>"),
    ],
)  # fmt: skip
def test_words(said, own, shown):
    assert said(own, cost_word="loss") == shown


def test_the_article_follows_the_word(said):
    text = "An epoch, a cost, a nudge; an error"
    terms = {"epoch_word": "pass", "cost_word": "error", "nudge_word": "update"}
    assert said(text, **terms) == "A pass, an error, an update; a delta"


def test_phrases_are_left_and_longer_terms_come_first(said):
    assert said("weight decay of the weights", weight_word="coefficient") == (
        "weight decay of the coefficients"
    )
    assert said("Activation functions, activations", function_word="hypothesis") == (
        "Hypotheses, activations"
    )


def test_a_word_that_looks_like_a_formula_is_none(said):
    text = "a cost and a bias, largest nudge"
    terms = {"bias_word": "−threshold", "activation_sign": "h", "nudge_word": "Δw"}
    assert said(text, **terms) == "a cost and a −threshold, largest Δw"


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("C = (1/n) Σ_x Σ_j (a_j − y_j)²", "L = (1/n) Σ_x Σ_j (h_j − t_j)²"),
        ("∂C₀/∂z²₇", "∂L₀/∂net²₇"),
        ("C₀ = ½ (ŷ − y)²", "L₀ = ½ (â − t)²"),
        ("C₀\u00a0=\u00a0½\u00a0(ŷ\u00a0−\u00a0y)²", "L₀\u00a0=\u00a0½\u00a0(â\u00a0−\u00a0t)²"),
        ("Σ_k w^l_jk a^(l−1)_k + b^l_j", "Σ_k w^l_jk h^(l−1)_k + b^l_j"),
        ("f(z) = max(0, z)", "f(net) = max(0, net)"),
        ("tanh z = (e^z − e^−z) / (e^z + e^−z)", "tanh net = (e^net − e^−net) / (e^net + e^−net)"),
        ("−η·∂C/∂w", "−α·∂L/∂w"),
        ("Steep: an η that suits", "Steep: an α that suits"),
        ("C rises by 2", "L rises by 2"),
        ("Drag along z: a, the slope", "Drag along net: h, the slope"),
        ("saturates for z below about −4", "saturates for net below about −4"),
        ("the factor is ∂ŷ/∂a or ∂z/∂a", "the factor is ∂â/∂h or ∂net/∂h"),
        ("4 examples · a picture of a cat", "4 examples · a picture of a cat"),
        ("above 15 °C, Ctrl+C, n/a", "above 15 °C, Ctrl+C, n/a"),
        ("read as C, output 3 “C”, a, y or z", "read as C, output 3 “C”, a, y or z"),
        ("data, “η 0.5”, “C”", "data, “α 0.5”, “C”"),
        ("C", "C"),
    ],
)
def test_signs(said, own, shown):
    terms = {
        "cost_sign": "L", "output_sign": "â", "desired_sign": "t", "sum_sign": "net",
        "activation_sign": "h", "learning_rate_sign": "α",
    }  # fmt: skip
    assert said(own, **terms) == shown


def test_a_letter_alone_is_a_sign_only_where_it_says_so(said):
    said("", cost_sign="L")
    assert wording.said("C") == "C", "it may be the name of a class"
    assert wording.said(Sign("C")) == "L"
    assert wording.said(Sign("C  ")) == "L  "


def test_the_last_layer_stands_above_the_output(said):
    terms = {"output_sign": "a^L", "activation_sign": "o"}
    assert said("ŷ₂ = 0.3; Σ ŷ_j, a¹₂", **terms) == "oᴸ₂ = 0.3; Σ o^L_j, o¹₂"
    assert wording.sign("ŷ") == ("o", "L")


def test_indices_and_counts_give_way(said):
    assert said("C = (1/2n) Σ_k z_k aₖ w^l_jk", sum_sign="n") == "C = (1/2P) Σ_k n_k aₖ w^l_jk"
    assert said("Σ_k z_k aₖ w^l_jk", sum_sign="k") == "Σ_i k_i aᵢ w^l_ji"
    assert wording.index("jk") == "ji"


def test_what_was_said_is_not_said_again(said):
    once = said("error C", cost_word="error", cost_sign="E")
    assert once == "delta C"
    assert type(once) is Said
    assert wording.said(once) is once


def test_the_choice_in_force_can_be_asked_for():
    wording.choose(Choice.of({"cost.sign": "J"}))
    assert wording.choice().signs["cost"] == "J"
    wording.choose(Choice.of({}))
    assert wording.choice() == Choice.of({})


@pytest.mark.parametrize(
    "text",
    [
        "no output is above ½, the largest is that of “z”",
        "“C”, “a” and “y” share the largest output",
        "“C” → “a”: 3 of 40",
        "“C” read as “z”",
        "a C, read as z",
        "why C, not a?",
    ],
)
def test_letters_that_are_classes_are_no_signs(said, text):
    terms = {"cost_sign": "L", "activation_sign": "h", "sum_sign": "net", "desired_sign": "t"}
    assert said(text, **terms) == text


def test_names_that_people_gave_stay_as_they_are_alone_and_in_sentences():
    choose(Choice.of({"weight.word": "coefficient", "cost.word": "loss", "desired.sign": "t"}))
    for name in ("weight", "y", "cost of weight"):
        assert said(given(name)) == name
        assert said(f"the weight from {given(name)} = 2 to a cost") == (
            f"the coefficient from {name} = 2 to a loss"
        )
    assert given("height") == "height", "what no word touches needs no mark"
    keep_files(["/a/cost of living.csv"])
    assert said("Opening cost of living.csv: its cost") == "Opening cost of living.csv: its loss"
    assert unmarked(given("weight")) == "weight"
    choose(Choice.of({}))
    assert given("weight") == "weight"
