"""Cells that are copied and pasted, without a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.dataset import DataError
from nnviz.data.typed_table import FIRST, TypedTable
from nnviz.views.table.class_words import class_in
from nnviz.views.table.clipboard import copied, pasted

TABLE = TypedTable(("a", "b", "y"), (2,), ((1, 2, 0), (3, 4, 1)), "range", ("no", "yes"))


def classes_of(table):
    """The class of each row, whether a target stands for two or each has its own."""
    if len(table.targets) == 1:
        return [class_in(table, row, table.targets[0]) for row in range(len(table.rows))]
    return [table.classes[[row[target] for target in table.targets].index(1)] for row in table.rows]


def test_what_is_pasted_goes_in_from_a_cell_on_and_grows_the_table():
    assert pasted(TABLE, 1, 1, "0,25\t1/4\n").rows == ((1, 2, 0), (3, 0.25, 0.25))
    grown = pasted(TABLE, 1, 2, "7\t8\n−9\t2.5e-3\r\n")
    assert grown.columns == ("a", "b", "y", "x₃")
    assert grown.rows == ((1, 2, 0, 0), (3, 4, 7, 8), (0, 0, -9, 0.0025))
    assert grown.targets == (2,)
    assert pasted(TABLE, 0, 1, "weight\n5\n6").columns == ("a", "weight", "y")
    whole = pasted(TABLE, 0, 0, "p\tq\tr\ts\n1\t2\t3\t4\n")
    assert whole.columns == ("p", "q", "r", "s")
    assert (whole.targets, whole.rows) == ((3,), ((1, 2, 3, 4),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\tabc\n", "in line 1, column 2: 'abc' is not a number"),
        ("1\t2\n3\t\n", "in line 2, column 2: there is no value"),
        ("1\t\t3\n", "in line 1, column 2: there is no value"),
        ("1\t2\tcat\n1\t2\tNA\n", "in line 2, column 3: there is no value"),
        ("a\tb\tc\n1\tcat\tred\n2\tdog\tblue", "'b' and 'c' hold words, which only a target can"),
        ("1\tcat\tred\n2\tdog\tblue", "the columns 2 and 3 hold words"),
        ("1\t3rd\n", "'3rd' is not a number"),
        (f"1\t2\t{'long ' * 20}", "A name of a class has at most 60 letters"),
        ("1\t2\tcat\n3\t4\t2.5\n", "'cat' can be no class, for 'y' has numbers such as 2.5"),
        ("1\t2\n3\n", "different numbers of cells"),
        ("a\ta\tb\n1\t2\t3", "Two columns are called 'a'"),
        ("1\t2\t3\n" * 10_000, "save them as a CSV file and open that"),
        ("1,234\t2", "could mean 1.234 or 1234"),
    ],
)
def test_what_cannot_be_pasted_is_one_sentence(text, said):
    with pytest.raises(DataError, match=said) as raised:
        pasted(TABLE, 0, 0, text)
    assert "\n" not in str(raised.value)


@given(st.lists(st.tuples(*[st.floats(-1e90, 1e90)] * 3), min_size=1, max_size=9))
def test_what_is_copied_is_pasted_to_the_last_bit(rows):
    table = TypedTable(("a", "b", "y"), (2,), tuple(rows))
    text = copied(table, range(len(rows)), range(3))
    assert text.splitlines()[0] == "a\tb\ty"
    assert pasted(TABLE, 0, 0, text).rows == table.rows
    some = copied(table, [0], [1, 2])
    assert pasted(TABLE, 1, 1, some).rows[1][1:] == table.rows[0][1:]


def test_words_in_a_target_are_classes():
    two = pasted(TABLE, 0, 0, "5\t6\tyes\n7\t8\tyes\n9\t9\tno\n")
    assert (two.classes, classes_of(two)) == (("no", "yes"), ["yes", "yes", "no"])
    assert two.rows == ((5, 6, 1), (7, 8, 1), (9, 9, 0))
    others = pasted(TABLE, 0, 2, "cat\ndog")
    assert (others.classes, classes_of(others)) == (("cat", "dog"), ["cat", "dog"])
    three = pasted(TABLE, 0, 2, "cat\ndog\nemu")
    assert (three.columns, three.classes) == (
        ("a", "b", "cat", "dog", "emu"),
        ("cat", "dog", "emu"),
    )
    assert classes_of(three) == ["cat", "dog", "emu"]
    assert classes_of(pasted(three, 1, 3, "emu\nfox")) == ["cat", "emu", "fox"]
    assert classes_of(pasted(TABLE, 0, 2, "yes")) == ["yes", "yes"]
    some = pasted(TABLE, 0, 2, "1\nperhaps")
    assert classes_of(some) == ["yes", "perhaps"]
    assert some.rows[0][:2] == (1, 2)


def test_a_whole_table_of_a_spreadsheet_with_a_column_of_words():
    flowers = "length\twidth\tkind\n5,1\t1,234\trose\n4,9\t2\ttulip\n1 024,5\t0\tlily\n"
    found = pasted(FIRST, 0, 0, flowers)
    assert found.columns == ("length", "width", "rose", "tulip", "lily")
    assert classes_of(found) == ["rose", "tulip", "lily"]
    assert [row[:2] for row in found.rows] == [(5.1, 1.234), (4.9, 2), (1024.5, 0)]
    middle = pasted(FIRST, 0, 0, "kind\tlength\twidth\nrose\t5\t1\ntulip\t4\t2\n")
    assert (middle.targets, middle.classes) == ((0,), ("rose", "tulip"))
    bare = pasted(FIRST, 0, 0, "5\t1\t2\t7\trose\n4\t2\t2\t8\ttulip\n")
    assert bare.columns == ("x₁", "x₂", "x₃", "x₄", "y")
    assert (bare.targets, bare.classes) == ((4,), ("rose", "tulip"))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("kind\ncat\ndog\ncat\ndog", ["cat", "dog", "cat", "dog"]),
        ("cat\ndog\ncat", ["cat", "dog", "cat"]),
        ("cat\ndog", ["cat", "dog"]),
        ("kind\n1\n0", ["yes", "no"]),
    ],
)
def test_a_column_of_words_has_a_name_where_its_words_come_again(text, kinds):
    assert classes_of(pasted(TABLE, 0, 2, text)) == kinds


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("0,5\t1,234\n", (0.5, 1.234)),
        ("1.234,5\t1.234\n", (1234.5, 1234)),
        ("0.5\t1.234\n", (0.5, 1.234)),
        ("1.234\t950\n", (1.234, 950)),
        ("12,345.5\t1,234\n", (12345.5, 1234)),
        ('"0,5"\t" 7 "\n', (0.5, 7)),
        ("5\t6\t\t\n\t\t\t\n\n", (5, 6)),
        ("5\t6\r", (5, 6)),
    ],
)
def test_cells_are_read_as_their_columns_write_numbers(text, rows):
    assert pasted(TABLE, 0, 0, text).rows[0][:2] == rows


def test_columns_that_are_called_by_numbers_are_known_by_their_names():
    table = TypedTable(("image", "0", "1"), (1, 2), ((7, 1, 0),))
    text = copied(table, [0], range(3))
    assert text == "image\t0\t1\n7\t1\t0"
    assert pasted(table, 0, 0, text) == table
    assert pasted(table, 0, 1, "0\t1\n0\t1").rows == ((7, 0, 1),)


def test_quoted_cells_are_one_cell():
    text = '"height\n(of ""all"")"\tb\ty\n1\t2\t"a\tb"\n3\t4\tc\n'
    found = pasted(TABLE, 0, 0, text)
    assert found.columns == ('height (of "all")', "b", "y")
    assert classes_of(found) == ["a b", "c"]
    assert pasted(TABLE, 0, 0, '5" long\tb\ty\n1\t2\t0').columns[0] == '5" long'


@given(
    st.lists(st.sampled_from(["cat", "dog", 'a "b"', "emu\u00a0x"]), min_size=1, max_size=6),
    st.integers(0, 5),
)
def test_what_is_copied_with_its_classes_is_pasted_with_them(kinds, at):
    table = pasted(
        FIRST, 0, 0, "\n".join(["p\tq\tkind", *(f"{k}\t1\tx" for k in range(len(kinds)))])
    )
    for row, kind in enumerate(kinds):
        table = pasted(table, row, table.targets[0], f'"{kind.replace(chr(34), chr(34) * 2)}"')
    text = copied(table, range(len(table.rows)), range(len(table.columns)))
    assert pasted(table, 0, 0, text) == table
    row = at % len(kinds)
    cells = copied(table, [row], range(len(table.columns)))
    assert classes_of(pasted(table, row, 0, cells))[row] == classes_of(table)[row]
