import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.reference import Reference, parts_of, read_reference


def test_a_plain_name_or_path_has_no_options():
    for text in ("digits", "/home/a b/titanic.csv", r"C:\data\iris.csv", "a=b.csv", "x:y"):
        assert read_reference(text) == Reference(text)
        assert str(Reference(text)) == text


def test_options_follow_a_colon():
    found = read_reference("/d/titanic.csv:target=Survived,target=Fare")
    assert found.name == "/d/titanic.csv"
    assert found.values("target") == ("Survived", "Fare")
    assert found.values("scale") == ()
    assert str(found) == "/d/titanic.csv:target=Survived,target=Fare"


def test_an_option_can_be_given_other_values():
    found = read_reference("t.csv:target=a,seed=1").with_values("target", ("b", "c"))
    assert str(found) == "t.csv:seed=1,target=b,target=c"
    assert str(found.with_values("target", ())) == "t.csv:seed=1"


@given(st.text(), st.lists(st.text(), max_size=3))
def test_every_column_name_comes_back(name, targets):
    written = str(Reference("folder/" + name + ".csv").with_values("target", tuple(targets)))
    found = read_reference(written)
    if targets:
        assert found.values("target") == tuple(targets)
        assert found.name == "folder/" + name + ".csv"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("digits", ("digits",)),
        ("mnist+digits", ("mnist", "digits")),
        ("digits+/d/own", ("digits", "/d/own")),
        ("/d/a+b", ("/d/a+b",)),
        ("/d/a+b+digits", ("/d/a+b", "digits")),
        ("mnist+/d/a+b+digits", ("mnist", "/d/a+b", "digits")),
        ("C++/x.csv", ("C++/x.csv",)),
        ("mnist+", ("mnist", "")),
    ],
)
def test_a_mixture_is_split_into_what_is_known(name, parts):
    assert parts_of(name, {"digits", "mnist", "/d/a+b"}.__contains__) == parts


@given(st.lists(st.sampled_from(["a", "b+c", "d++", "+e"]), min_size=1, max_size=4, unique=True))
def test_nothing_is_lost_whatever_signs_names_have(names):
    found = parts_of("+".join(names), set(names).__contains__)
    assert "+".join(found) == "+".join(names)
    assert set(names) & set(found)
