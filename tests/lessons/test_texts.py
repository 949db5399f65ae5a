"""Texts speak the language that is there, with the numbers of the moment in nnviz's own style."""

import pytest

from nnviz import numbers
from nnviz.lessons.texts import fill, in_language, missing, placeholders, written
from nnviz.lessons.values import ExpressionError
from tests.lessons.moments import moment

SEEN = moment("backprop-222")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("C is {cost}.", "C is 0.2984."),
        ("C is {cost:9}.", "C is 0.298371109."),
        ("{w5}·{a[1][0]:3}", "0.4·0.593"),
        ("{ŷ:3}", "0.751, 0.773"),
        ("{-w5}", "−0.4"),
        ("{name(w5)} {when(cost < 1, 'small', \"large\")}", "w₅ small"),
        ("{y[0] / 0}", "∞"),
        ("{0 / 0}", "…"),
        ("{10000}", "10\u202f000"),
    ],
)
def test_placeholders_are_written_as_all_numbers_are(text, said):
    assert fill({"en": text}, SEEN) == said


def test_numbers_follow_the_readers_wish():
    numbers.set_digits(6)
    numbers.set_decimal_comma(True)
    try:
        assert fill({"en": "{cost} {cost:2}"}, SEEN) == "0,298371 0,3"
    finally:
        numbers.set_digits(4)
        numbers.set_decimal_comma(False)


def test_a_long_row_is_cut():
    assert written(moment("bad-net-on-an-8").snapshot.theta).endswith(" …")


TEXT = {"en": "English", "de": "Deutsch", "pt-BR": "Português"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Deutsch"), ("de_AT", "Deutsch"), ("de-CH", "Deutsch"), ("pt-BR", "Português"),
     ("fr", "English"), ("en_GB", "English"), ("", "English")],
)  # fmt: skip
def test_a_language_falls_back_to_english(language, said):
    assert in_language(TEXT, language) == said
    assert in_language({}, language) == ""


def test_what_a_language_lacks_is_told():
    assert missing({"en": "a"}, ("en", "xx")) == ("xx",)
    assert missing({}, ("en", "xx")) == ()


@pytest.mark.parametrize(
    "text", ["{", "}", "{cost", "a } b {cost}", "{cost:}", "{cost:0}", "{}", "{{cost}}"]
)
def test_braces_that_are_wrong_are_refused(text):
    with pytest.raises(ExpressionError):
        list(placeholders(text))
