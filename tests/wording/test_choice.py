"""The choice of words: what it holds, what gives way, and what is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.wording import Choice, ClashError, concepts, preset, presets
from nnviz.wording.concepts import KINDS, table

KEYS = {
    f"{concept.id}.{kind}": concept.terms(kind)
    for concept in concepts().values()
    for kind in KINDS
    if concept.meaning and concept.terms(kind)
}
REFUSED = r"(\S+ would be the .+ and .+: choose another \w+ for one of them\.)?"
WISHES = st.fixed_dictionaries({}, optional={key: st.sampled_from(t) for key, t in KEYS.items()})


@given(WISHES)
def test_no_two_concepts_are_called_the_same(wished):
    try:
        choice = Choice.of(wished)
    except ClashError as clash:
        refused = str(clash)
    else:
        refused = ""
        assert_apart(choice, wished)
    assert re.fullmatch(REFUSED, refused)


def assert_apart(choice, wished):
    """Every term stands for one thing, and what is wished for is had."""
    letters = [sign.removesuffix("^L") for sign in choice.signs.values()]
    if choice.signs["output"].endswith("^L"):
        letters.remove(choice.signs["activation"])  # the same letter, with the last layer above it
        letters.append("L")
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set(table()["taken"])
    assert len(set(choice.words.values())) == len(choice.words)
    for key, term in wished.items():
        concept, kind = key.split(".")
        yields = concepts()[concept].gives_way or term.endswith("^L")
        assert choice.term(concept, kind) == term or yields


@given(WISHES)
def test_what_is_kept_comes_back(wished):
    try:
        choice = Choice.of(wished)
    except ClashError:
        return
    assert Choice.kept(dict(choice.wished)) == choice


def test_the_loss_and_the_last_layer_cannot_both_be_l():
    with pytest.raises(ClashError, match="L would be the cost and the last layer: choose another"):
        Choice.of({"cost.sign": "L", "output.sign": "a^L"})


def test_what_is_not_offered_gives_way_and_says_so():
    choice = Choice.of({"sum.sign": "n", "cost.word": "error", "learning_rate.sign": "α"})
    assert (choice.signs["count"], choice.signs["direction"]) == ("P", "u")
    assert choice.words["error"] == "delta"
    assert choice.yielded == (
        "n is the weighted sum now, so the number of examples is called P.",
        "α is the learning rate now, so the first of two directions is called u.",
        "error is the cost now, so the error of a neuron is called delta.",
    )


@pytest.mark.parametrize(
    "kept", [{"cost.sign": "Q"}, {"who": "L"}, {"cost.sign": "L", "output.sign": "a^L"}], ids=str
)
def test_what_cannot_be_is_nnviz_s_own(kept):
    assert Choice.kept(kept) == Choice.of({})


def test_every_preset_can_be_chosen_and_the_first_is_nnviz_s_own():
    assert preset(presets()[0]) == Choice.of({})
    for name in presets()[1:]:
        wished = next(row["chosen"] for row in table()["preset"] if row["name"] == name)
        assert preset(name).wished == wished


def test_every_concept_that_is_offered_is_explained_and_shown():
    for concept in concepts().values():
        assert concept.signs or concept.words
        assert bool(concept.meaning) == bool(concept.panel)
        assert not concept.meaning or concept.meaning.endswith(".")
