import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.dataset import DataError
from nnviz.data.table_numbers import how_written, looks_numeric, settle, unit_of, value_of
from nnviz.data.table_reader import read_table
from tests.data.test_tables import write


def column(tmp_path, text, name):
    """Return the numbers of one column of a table as they are read."""
    table = read_table(write(tmp_path, text))
    return table.numbers(table.names.index(name)).tolist()


def lines(header, rows):
    return "\n".join([header, *rows]) + "\n"


# -- one column by itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567),
        ("12,34,567", 1234567),
        ("80'000", 80000),
        ("80’000", 80000),
        ("80 000", 80000),
        ("80\u00a0000", 80000),
        ("80\u202f000", 80000),
        ("80\u2009000,5", 80000.5),
        ("-3,5", -3.5),
        ("−4", -4),
        ("$1,200.50", 1200.5),
        ("€ 5", 5),
        ("5 €", 5),
        ("12 %", 12),
        ("36,6 °C", 36.6),
        ("7 kg", 7),
        (",5", 0.5),
        ("1,5e-3", 0.0015),
    ],
)
def test_one_cell_that_is_clear(cell, value):
    assert value_of(cell, how_written([cell])) == value


@pytest.mark.parametrize(
    "cell", ["1,2,3", "1,,2", "class 1", "2024-01-05", "1_000", "inf", ".", ""]
)
def test_what_is_no_number(cell):
    assert value_of(cell, how_written([cell])) is None


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", ".", " ", "'", "\u202f"]))
def test_grouped_thousands_come_back(number, mark):
    text = f"{number:,}".replace(",", mark)
    written = settle({0: how_written([text, "950"])}, ";")[0]
    assert value_of(text, written) == number


@given(st.decimals(-10_000, 10_000, places=2), st.sampled_from([",", "."]))
def test_decimals_come_back(number, mark):
    text = f"{number:.2f}".replace(".", mark)
    assert value_of(text, how_written([text])) == float(number)


def test_units_are_those_of_all_cells_or_of_the_name():
    assert how_written(["5 kg", "7 kg"]).unit == "kg"
    assert how_written(["5 kg", "7"]).unit == ""
    assert unit_of("height (cm)") == "cm"
    assert unit_of("height [cm]") == "cm"
    for name in ("height", "height (tall)", "cm", "price_eur", "f(x)"):
        assert unit_of(name) == ""


# -- what the other cells and columns of a file tell -------------------------------------------


@pytest.mark.parametrize("mark", [",", "."])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_thousands_beside_hundreds_are_thousands(tmp_path, mark, delimiter):
    cells = ["2,018", "993", "1,206", "450"]
    rows = [f"{cell.replace(',', mark)}{delimiter}{n % 2}" for n, cell in enumerate(cells)]
    text = lines(f"lot{delimiter}label", rows)
    assert column(tmp_path, text, "lot") == [2018, 993, 1206, 450]
    table = read_table(write(tmp_path, text))
    assert any("groups thousands" in note for note in table.notes)


def test_a_column_of_thousands_alone_follows_the_others_of_the_file(tmp_path):
    text = lines("lot\tprice\tkind", ["2,244\t480,402\ta", "471\t299,586\tb"])
    assert column(tmp_path, text, "price") == [480402, 299586]
    text = lines("size;price;kind", ["2,5;480.402;a", "4,75;299.586;b"])
    assert column(tmp_path, text, "price") == [480402, 299586]
    text = lines("size;price;kind", ["2,5;480,402;a", "4,75;299,586;b"])
    assert column(tmp_path, text, "price") == [480.402, 299.586]
    text = lines("size;price;kind", ["2.5;480,402;a", "4.75;299,586;b"])
    assert column(tmp_path, text, "price") == [480402, 299586]


def test_three_decimals_with_points_stay_decimals(tmp_path):
    text = lines("a,b,kind", ["0.346,1.234,x", "1.303,2.345,y"])
    assert column(tmp_path, text, "b") == [1.234, 2.345]
    assert column(tmp_path, lines("b,kind", ["1.234,x", "2.345,y"]), "b") == [1.234, 2.345]


def test_a_file_with_decimal_points_has_no_thousands_with_points(tmp_path):
    text = lines("a,b,kind", ["0.5,1.125,x", "2.25,250,y"])
    assert column(tmp_path, text, "b") == [1.125, 250]


def test_quoted_commas_between_commas_group_thousands(tmp_path):
    text = lines("area,price", ['40,"80,000"', '41,"82,000"'])
    assert column(tmp_path, text, "price") == [80000, 82000]


def test_thousands_that_come_late_are_not_missed(tmp_path):
    for mark in ",.":
        cells = [f"{100 + n};{n % 2}" for n in range(300)] + [f"1{mark}234;0"]
        assert column(tmp_path, lines("lot;label", cells), "lot")[-1] == 1234


@pytest.mark.parametrize(
    "cells",
    [
        ["1,234", "2,345"],  # nothing tells
        ["1,234", "5"],
        ["1,234", "5678"],
        ["1.5", "1,5"],  # both marks
        ["1,234.5", "1.234,5"],
        ["1,234", "1.234"],
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(tmp_path, cells):
    text = lines("value;kind", [f"{cell};{'ab'[n % 2]}" for n, cell in enumerate(cells)])
    with pytest.raises(DataError, match="column 'value': "):
        read_table(write(tmp_path, text))


def test_a_unit_beside_all_numbers_is_read_and_beside_some_told(tmp_path):
    table = read_table(write(tmp_path, lines("w;kind", ["5 kg;a", "7,5 kg;b"])))
    assert table.units == {0: "kg"}
    assert table.numbers(0).tolist() == [5, 7.5]
    with pytest.raises(DataError, match="line 2: '5 kg' in the column 'w' is no number"):
        read_table(write(tmp_path, lines("w;kind", ["5 kg;a", "7;b", "8;b"])))


def test_decimal_commas_and_points_in_one_column_are_refused_late_too(tmp_path):
    rows = [f"{n},5;{'ab'[n % 2]}" for n in range(200)] + ["1.5;a"]
    with pytest.raises(DataError, match="contradict"):
        read_table(write(tmp_path, lines("v;kind", rows)))


@given(
    st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=3, max_size=20),
    st.sampled_from([(",", "."), (";", ","), ("\t", ","), (";", ".")]),
)
def test_numbers_written_in_full_come_back(tmp_path_factory, numbers, marks):
    delimiter, mark = marks
    rows = [f"{number!r}{delimiter}{n % 2}" for n, number in enumerate([0.5, *numbers])]
    text = lines(f"v{delimiter}label", [row.replace(".", mark) for row in rows])
    path = write(tmp_path_factory.getbasetemp(), text, "numbers.csv")
    np.testing.assert_array_equal(read_table(path).numbers(0), [0.5, *numbers])


@pytest.mark.parametrize("cell", ["€ {}", "{} EUR", "${}"])
def test_sums_of_money_have_thousands_and_no_three_decimals(tmp_path, cell):
    cells = [cell.format(number) for number in ("1.950", "197.952", "12.500")]
    text = lines("rooms;price", [f"{n};{cell}" for n, cell in enumerate(cells)])
    assert column(tmp_path, text, "price") == [1950, 197952, 12500]
    text = lines("litres;price", [f"{n}.5;{cell}" for n, cell in enumerate(cells)])
    assert column(tmp_path, text, "price") == [1.95, 197.952, 12.5]  # the file's decimals tell


def test_money_may_be_told_by_the_column_s_name(tmp_path):
    text = lines("rooms;price [EUR]", ["2;197.952", "3;12.500"])
    assert column(tmp_path, text, "price [EUR]") == [197952, 12500]
    text = lines("litres;price [EUR]", ["2;1.459", "3;1.389"])
    assert column(tmp_path, text, "price [EUR]") == [1.459, 1.389]


@pytest.mark.parametrize("cell", ["1.5e32", "-1e200", "9" * 40, "1e400"])
def test_a_number_too_large_is_called_so(tmp_path, cell):
    with pytest.raises(DataError, match=r"line 3: '.*' in the column 'a' is too large"):
        read_table(write(tmp_path, lines("a,kind", ["1,x", f"{cell},y", "2,x"])))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("CHF 131'610.-", 131610),
        ("25.–", 25),
        ("1.250,-- €", 1250),
        ("(41.50)", -41.5),
        ("($1,250.00)", -1250),
        ("$(3)", None),
        ("(a 3)", None),
        ("()", None),
        ("12.-5", None),
    ],
)
def test_sums_as_they_stand_in_accounts(cell, value):
    assert value_of(cell, how_written([cell])) == value


@pytest.mark.parametrize("begin", ["(", "1 ", "1'", "$", "1,-", "1."])
def test_a_cell_as_long_as_a_book_is_no_number_at_once(begin):
    """Read letter by letter again and again it would take minutes."""
    assert not looks_numeric(begin + "1" * 50_000 + begin * 50_000 + "x")
    assert looks_numeric("0." + "1" * 250)


# -- currencies and units ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("300.5 eur", 300.5, "eur"),
        ("EUR 300", 300, "EUR"),
        ("US$ 1,200.50", 1200.5, "US$"),
        ("A$1,200.50", 1200.5, "A$"),
        ("R$ 1.200,50", 1200.5, "R$"),
        ("1.200,50 DM", 1200.5, "DM"),
        ("Rs. 1,200.50", 1200.5, "Rs."),
        ("1.200,50 Kr", 1200.5, "Kr"),
        ("1200.50 Euro", 1200.5, "Euro"),
        ("-$1,200.50", -1200.5, "$"),
    ],
)
def test_a_sum_of_money_is_a_number_in_every_spelling(cell, value, unit):
    written = how_written([cell, cell.replace("1", "2")])
    assert written.unit == unit
    assert value_of(cell, written) == value


def test_one_currency_in_two_spellings_is_one(tmp_path):
    rows = ["300 EUR;1", "250 eur;2", "EUR 20;3", "1.200,50 Eur;4"]
    assert column(tmp_path, lines("rent;y", rows), "rent") == [300, 250, 20, 1200.5]


def test_a_word_behind_every_number_is_their_unit(tmp_path):
    rows = [f"{n} months,{n / 4} GB,{(n % 2 + 1) * 36} months" for n in range(30)]
    path = write(tmp_path, lines("age,memory,term", rows))
    table = read_table(path)
    assert table.numbers(0).tolist() == list(range(30))
    assert table.numbers(1).tolist() == [n / 4 for n in range(30)]
    assert table.units == {0: "months", 1: "GB"}
    assert table.words[2].words == ("36 months", "72 months")  # two kinds, no amounts
    again = read_table(write(tmp_path, "age\n7 months\n"), only={"age": "months"}, alone=True)
    assert (again.places, again.numbers(0).tolist()) == ((0,), [7])


def test_words_that_come_again_among_few_numbers_make_kinds(tmp_path):
    rows = [f"{('2', '3', '4', '5more')[n % 4]},{n / 7}" for n in range(40)]
    table = read_table(write(tmp_path, lines("doors,y", rows)))
    assert table.words[0].words == ("2", "3", "4", "5more")
    assert "'doors' holds numbers and words, so each of them is a kind" in table.notes


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "∞", "1.#INF"])
def test_what_has_no_end_is_called_not_finite(tmp_path, cell):
    rows = [f"{n / 7},{n}" for n in range(9)]
    with pytest.raises(DataError, match="in the column 'a' is not finite; mend it or"):
        read_table(write(tmp_path, lines("a,b", [*rows, f"{cell},1"])))
