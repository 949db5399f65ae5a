"""What hands do to a table, without a window."""

import pytest

from nnviz.data.dataset import DataError
from nnviz.data.dataset_changes import difference
from nnviz.data.typed_table import MOST_CELLS, TypedTable
from nnviz.views.table import edits
from nnviz.views.table.class_words import class_in, with_class, with_number

TABLE = TypedTable(("a", "b", "y"), (2,), ((1, 2, 0), (3, 4, 1)), "range", ("no", "yes"))


def test_rows_come_and_go():
    grown = edits.with_row(TABLE, 0)
    assert grown.rows == ((1, 2, 0), (0, 0, 0), (3, 4, 1))
    assert edits.without_rows(grown, [1]) == TABLE
    with pytest.raises(DataError, match="needs a row"):
        edits.without_rows(TABLE, [0, 1])


def test_a_new_row_of_several_classes_has_the_first_of_them():
    three = with_class(with_class(TABLE, 0, 2, "perhaps"), 1, 2, "no")
    grown = edits.with_row(three, 1)
    assert grown.classes == three.classes == ("no", "yes", "perhaps")
    assert grown.rows[-1] == (0, 0, 1, 0, 0)


def test_columns_come_and_go_with_their_roles():
    first = edits.with_column(TABLE, 0)
    assert first.columns == ("x₃", "a", "b", "y")
    assert first.targets == (3,)
    assert first.rows[1] == (0, 3, 4, 1)
    assert edits.without_column(first, 0) == TABLE
    target = edits.with_column(TABLE, 3, target=True)
    assert (target.columns[3], target.targets) == ("y₂", (2, 3))
    assert edits.without_column(target, 2).targets == (2,)
    one = edits.without_column(TABLE, 0)
    with pytest.raises(DataError, match="'b' is the only input"):
        edits.without_column(one, 0)
    with pytest.raises(DataError, match="'y' is the only target"):
        edits.without_column(TABLE, 2)


def test_a_column_is_switched_and_renamed():
    both = edits.switched(TABLE, 1)
    assert both.targets == (1, 2)
    assert edits.switched(both, 2).targets == (1,)
    with pytest.raises(DataError, match="'y' is the only target"):
        edits.switched(TABLE, 2)
    with pytest.raises(DataError, match="'a' is the only input"):
        edits.switched(both, 0)
    assert edits.renamed(TABLE, 0, "  height  of it ").columns[0] == "height of it"
    for name, said in (("", "needs a name"), ("b", "Two columns are called 'b'")):
        with pytest.raises(DataError, match=said):
            edits.renamed(TABLE, 0, name)


def test_no_more_cells_than_a_typed_table_has():
    rows = ((0.0, 0.0),) * (MOST_CELLS // 2)
    full = TypedTable(("x", "y"), (1,), rows)
    for do in (lambda: edits.with_row(full, 0), lambda: edits.with_column(full, 0)):
        with pytest.raises(DataError, match="at most 2"):
            do()


# -- classes by name -----------------------------------------------------------------------------

PLAIN = TypedTable(("x", "y"), (1,), ((1, 0), (2, 1), (3, 0)))


def test_words_name_the_two_classes_and_then_choose_between_them():
    table = with_class(PLAIN, 0, 1, "cat")
    assert (table.rows, table.classes) == (PLAIN.rows, ("cat", "1"))
    assert [class_in(table, row, 1) for row in range(3)] == ["cat", "", "cat"]
    table = with_class(table, 1, 1, "dog")
    assert (table.rows, table.classes) == (PLAIN.rows, ("cat", "dog"))
    table = with_class(table, 2, 1, "dog")
    assert table.rows == ((1, 0), (2, 1), (3, 1))
    assert difference(PLAIN, table) == "cell y, row 3: 0 → dog"
    assert difference(PLAIN, with_class(PLAIN, 0, 1, "cat")) == "class 0 → cat"


def test_the_second_name_of_rows_that_are_alike_is_the_other_class():
    table = TypedTable(("x", "y"), (1,), ((1, 0), (2, 0)))
    table = with_class(with_class(table, 0, 1, "cat"), 1, 1, "dog")
    assert table.classes == ("cat", "dog")
    assert table.rows == ((1, 0), (2, 1))


def test_a_third_name_is_a_third_class_and_each_has_a_target_of_its_own():
    two = TypedTable(("x", "y", "z"), (1,), ((1, 0, 7), (2, 1, 8)), classes=("cat", "dog"))
    three = with_class(two, 1, 1, "emu")
    assert three.columns == ("x", "cat", "dog", "emu", "z")
    assert three.targets == (1, 2, 3)
    assert three.classes == ("cat", "dog", "emu")
    assert three.rows == ((1, 1, 0, 0, 7), (2, 0, 0, 1, 8))
    again = with_class(three, 0, 3, "dog")
    assert again.rows[0] == (1, 0, 1, 0, 7)
    assert with_class(again, 0, 1, "fox").columns == ("x", "cat", "dog", "emu", "fox", "z")


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [
        (PLAIN, 0, "'x' is an input"),
        (TypedTable(("x", "y"), (1,), ((1, 0), (1, 2.5))), 1, "has numbers such as 2.5"),
        (TypedTable(("x", "y", "z"), (1, 2), ((1, 2, 3),)), 1, "the targets are several numbers"),
    ],
)
def test_a_word_that_can_be_no_class_is_one_sentence(table, column, said):
    with pytest.raises(DataError, match=said):
        with_class(table, 0, column, "cat")


def test_a_one_for_another_of_several_classes_is_the_class_of_its_row():
    columns, classes = ("x", "a", "b", "c"), ("a", "b", "c")
    three = TypedTable(columns, (1, 2, 3), ((5, 1, 0, 0), (6, 0, 0, 1)), classes=classes)
    other = with_number(three, 0, 2, 1)
    assert (other.rows[0], other.classes) == ((5, 0, 1, 0), classes)
    assert with_number(three, 0, 0, 1).rows[0] == (1, 1, 0, 0)
    assert with_number(three, 0, 1, 0.5).classes == ()
