"""What is meant by a few letters."""

import pytest

from nnviz.window.command_palette.entry import Entry
from nnviz.window.command_palette.matching import ranked
from nnviz.window.command_palette.names import symbols_of

TITLES = ("Play or pause", "Step", "Step back", "Go to step…", "Cost", "Close Cost", "Élan")


def entry(title, **more):
    return Entry(title, title, "Action", lambda: None, **more)


ENTRIES = [*map(entry, TITLES), entry("L2 λ", tip="Weight decay against overfitting.")]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pl", "Play or pause"),
        ("gts", "Go to step…"),
        ("goste", "Go to step…"),
        ("STEP", "Step"),
        ("back ste", "Step back"),
        ("cost", "Cost"),
        ("cl co", "Close Cost"),
        ("elan", "Élan"),
        ("lan", "Élan"),
        ("overfit", "L2 λ"),
        ("λ", "L2 λ"),
    ],
)
def test_words_beginnings_initials_and_tips_find(typed, first):
    assert ranked(typed, ENTRIES, ())[0].title == first


def test_every_word_has_to_be_found():
    assert ranked("step nowhere", ENTRIES, ()) == []
    assert ranked("sp", ENTRIES, ()) == []  # letters here and there are nothing
    assert ranked("…?", ENTRIES, ()) == []


def test_what_was_used_last_comes_first():
    assert [one.title for one in ranked("", ENTRIES, ("Cost", "Step"))][:3] == [
        "Cost",
        "Step",
        "Play or pause",
    ]
    assert ranked("st", ENTRIES, ("Step back",))[0].title == "Step back"
    assert len(ranked(" ", ENTRIES, ())) == len(ENTRIES)


def test_what_is_refused_comes_after_what_is_as_good():
    refused = entry("Save it", refusal="There is no run.")
    assert ranked("save", [refused, entry("Save as")], ())[0].title == "Save as"
    assert refused.said == "Not now. There is no run."


def test_greek_letters_are_found_by_their_names():
    assert symbols_of("η") == "η eta"
    assert symbols_of("β₁") == "β₁ beta1"
    assert symbols_of("L2 λ") == "L2 λ L2 lambda"
    assert symbols_of("dropout") == "dropout"
