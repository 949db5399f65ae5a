from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.reference import Reference, read_reference


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
