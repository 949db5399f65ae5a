import numpy as np
import pytest

from nnviz.data.dataset import DataError
from nnviz.data.description import numbered
from nnviz.data.table_reader import read_table
from nnviz.data.tables import load_table
from tests.data.test_tables import flowers, write

ROWS = "5.1,3.5,1.4,0.2,setosa\n4.9,3,1.4,0.2,alba\n4.7,3.2,1.3,0.2,setosa\n"
HEADER = "sepal_length,sepal_width,petal_length,petal_width,species\n"


@pytest.mark.parametrize(
    "above",
    [
        "\n",
        "\n \n",
        "# from the lab\n",
        "# from the lab, measured by hand\n",
        "// a\n# b\n\n",
        "% a\n",
        "Measurements of class 9b\n",
        "Measurements, class 9b\n",
        "Measurements of class 9b,,,,\n",
        "Measurements\n\nof class 9b\n",
        "sep=,\n",
        '"sep=,"\n',
    ],
)
def test_lines_above_the_header_are_left_out_and_told(tmp_path, above):
    table = read_table(write(tmp_path, above + HEADER + ROWS))
    assert table.names == tuple(HEADER.strip().split(","))
    assert table.values[:, 0].tolist() == [5.1, 4.9, 4.7]
    first = (above + HEADER).count("\n") + 1
    assert table.lines.tolist() == [first, first + 1, first + 2]
    assert bool(above.strip()) == any("above the header" in note for note in table.notes)


def test_a_title_above_rows_without_a_header_is_told(tmp_path):
    table = read_table(write(tmp_path, "Measurements of class 9b\n" + ROWS))
    assert (table.header, len(table.lines)) == (False, 3)
    assert table.notes[0] == "1 line above the first row left out"


def test_a_header_with_another_delimiter_than_the_rows_is_refused(tmp_path):
    path = write(tmp_path, HEADER.replace(",", ";") + ROWS)
    with pytest.raises(DataError, match="line 1: it separates the columns by ';', the lines below"):
        read_table(path)


def test_excel_s_line_names_the_delimiter(tmp_path):
    text = "sep=|\r\na,b|c,d|kind\r\n1,5|2|x\r\n2,5|3|y\r\n"
    table = read_table(write(tmp_path, text))
    assert table.names == ("a,b", "c,d", "kind")


def test_the_header_may_hold_the_other_delimiter(tmp_path):
    text = "length, in cm;weight, in g, dry;label\n" + "0,5;0,1;q\n1,5;1,1;p\n" * 5
    table = read_table(write(tmp_path, text))
    assert table.names == ("length, in cm", "weight, in g, dry", "label")
    assert table.values[:2].tolist() == [[0.5, 0.1], [1.5, 1.1]]


def test_a_header_over_two_lines_is_one(tmp_path):
    table = read_table(write(tmp_path, '"length\nin cm",width,kind\n1,2,x\n3,4,y\n'))
    assert table.names == ("length\nin cm", "width", "kind")
    assert table.values[0].tolist() == [1, 2]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_without_a_header_the_first_row_stays(tmp_path, delimiter):
    text = (ROWS * 4).replace(",", delimiter)
    data = load_table(write(tmp_path, text))
    assert data.feature_names == ("x₁", "x₂", "x₃", "x₄")
    assert [column.name for column in data.targets] == ["x₅"]
    assert "no line names the columns" in data.notes[0]
    assert len(read_table(write(tmp_path, text)).lines) == 12
    assert load_table(write(tmp_path, text), target=["x1"]).targets[0].name == "x₁"


def test_rows_of_numbers_alone_have_no_header(tmp_path):
    for text in ("1.5,2,3\n4,5,6\n", "1,5;2\n4,1;5\n", "7,1,2\n4,5,6\n", "# a\n7,1,2\n4,5,6\n"):
        table = read_table(write(tmp_path, text))
        assert not table.header
        assert len(table.lines) == 2
        assert table.names[0] == "x₁"


def test_numbers_that_count_on_are_names(tmp_path):
    table = read_table(write(tmp_path, "label,0,1,2,3,4\n1,7,7,7,7,7\n2,8,8,8,8,8\n"))
    assert table.names == ("label", "0", "1", "2", "3", "4")
    table = read_table(write(tmp_path, "0,1,2,3,4,5\n.1,7,7,7,7,7\n.2,8,8,8,8,8\n"))
    assert (table.header, len(table.lines)) == (True, 2)
    table = read_table(write(tmp_path, "land,1990,2000,2010\nA,7,7,7\nB,8,8,8\n"))
    assert table.names == ("land", "1990", "2000", "2010")


def test_words_alone_have_a_header_where_its_words_do_not_come_again(tmp_path):
    assert read_table(write(tmp_path, "size,kind\n" + "big,a\nsmall,b\n" * 3)).header
    assert not read_table(write(tmp_path, "big,a\nsmall,b\n" * 3)).header


def test_a_header_in_a_comment_is_the_header(tmp_path):
    table = read_table(write(tmp_path, "# made by a script\n# a,b,kind\n1.5,2,0\n3,4,1\n"))
    assert table.names == ("a", "b", "kind")
    assert table.values.tolist() == [[1.5, 2, 0], [3, 4, 1]]


def test_names_of_rows_without_a_name_of_their_own(tmp_path):
    rows = "".join(f'"{n}" {n}.5 {n} {"ab"[n % 2]}\n' for n in range(1, 31)).replace(" ", "\t")
    data = load_table(write(tmp_path, "u\tv\tkind\n" + rows, "r.tsv"))
    assert data.feature_names == ("u", "v")


def test_delimiters_at_the_ends_of_lines_are_no_columns(tmp_path):
    plain = load_table(write(tmp_path, flowers()))
    for change in (
        lambda text: text.replace("\n", ",\n"),
        lambda text: text.split("\n", 1)[0] + "\n" + text.split("\n", 1)[1].replace("\n", ",\n"),
        lambda text: text.replace("Species\n", "Species,\n"),
    ):
        other = load_table(write(tmp_path, change(flowers()), "o.csv"))
        assert other.fingerprint() == plain.fingerprint()


def test_comments_between_rows_are_passed_over(tmp_path):
    table = read_table(write(tmp_path, HEADER + "# first week\n" + ROWS))
    assert len(table.lines) == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_text_of_other_encodings(tmp_path, encoding):
    plain = load_table(write(tmp_path, flowers()))
    other = load_table(write(tmp_path, flowers("\t"), "o.txt", encoding))
    assert other.fingerprint() == plain.fingerprint()


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp1251"])
def test_text_that_is_not_utf_8_is_one_sentence(tmp_path, encoding):
    letter = "ж" if encoding == "cp1251" else "ä"
    path = write(tmp_path, f"a,b,kind\n1,2,{letter}\n3,4,b\n", encoding=encoding)
    with pytest.raises(DataError, match=r"line 2: not UTF-8, save the table as UTF-8"):
        load_table(path)


def test_a_wide_table_without_a_header_keeps_every_column(tmp_path):
    values = np.arange(300).reshape(3, 100)[:, ::-1] * 3
    text = "\n".join(",".join(map(str, row)) for row in values)
    table = read_table(write(tmp_path, text + "\n"))
    assert table.values.tolist() == values.tolist()


SPREAD = [(13.0 + n % 5, 4 + n % 3, n % 2 + 0.25, f"'{'ab'[n % 2]} b'") for n in range(30)]


@pytest.mark.parametrize(
    "line",
    [
        "{0} {1} {2} {3}",
        "  {0:8.3f}   {1}\t{2}  {3}  ",
        "{0} {1}\t\t{2} {3}",
    ],
)
@pytest.mark.parametrize("header", [True, False])
def test_any_blanks_separate_columns(tmp_path, line, header):
    text = ["length rooms  height \t kind"] * header + [line.format(*row) for row in SPREAD]
    table = read_table(write(tmp_path, "\n".join(text).replace("'", '"'), "housing.data"))
    assert table.names == (("length", "rooms", "height", "kind") if header else numbered(4))
    assert table.values.tolist() == [list(row[:3]) for row in SPREAD]
    assert set(table.words[3].words) == {"a b", "b b"}
    assert table.lines[0] == 1 + header


@pytest.mark.parametrize("title", ["Measurements of the new lab, by hand", "Measured\n"])
def test_a_title_above_columns_of_blanks_is_left_out(tmp_path, title):
    rows = [f"{n}.5 {n % 7} {n % 2}" for n in range(30)]
    table = read_table(write(tmp_path, "\n".join([title, "length width class", *rows])))
    assert table.names == ("length", "width", "class")
    assert table.notes == ("1 line above the header left out",)


def test_rows_with_names_as_r_writes_them(tmp_path):
    rows = [f'"{n}" {n}.5 {n % 7} "{"xy"[n % 2]}"' for n in range(1, 31)]
    table = read_table(write(tmp_path, "\n".join(['"length" "width" "kind"', *rows])))
    assert table.names[1:] == ("length", "width", "kind")


def test_blanks_within_words_separate_nothing(tmp_path):
    rows = [f"{n} {n},{n % 3},light blue" for n in range(30)]
    table = read_table(write(tmp_path, "\n".join(["a b,c d,e f", *rows])))
    assert table.names == ("a b", "c d", "e f")
    rows = [f"light blue\t{n} 000\tdark red" for n in range(30)]
    assert read_table(write(tmp_path, "\n".join(["a b\tc d\te f", *rows]))).places == (1,)


def test_blanks_around_quotes_are_no_part_of_words(tmp_path):
    rows = [f'"{n}.5", "{n % 3}", "{"xy"[n % 2]}, z"' for n in range(30)]
    table = read_table(write(tmp_path, "\n".join(["a, b, kind", *rows])))
    assert table.places == (0, 1)
    assert table.words[2].words == ("x, z", "y, z")


def test_columns_that_are_numbered_in_the_cells_are_no_table(tmp_path):
    text = "\n".join(f"{n % 2} 1:{n}.5 2:{n}e-2 3:1" for n in range(30))
    with pytest.raises(DataError, match=r"line 1: '1:0.5' gives the column's number"):
        read_table(write(tmp_path, text, "a.txt"))


def test_a_title_above_numbered_values_changes_nothing_about_their_refusal(tmp_path):
    rows = "".join(f"1:{place}.5 2:0.3\n" for place in range(9))
    with pytest.raises(DataError, match=r"line 2: '2:0\.3' gives the column's number"):
        load_table(write(tmp_path, f"data\n{rows}", "sparse.txt"))


def test_a_name_that_is_there_twice_is_numbered_and_told(tmp_path):
    table = read_table(write(tmp_path, "a,b,a,a (2),a,kind\n" + "1,2,3,4,5,x\n2,3,4,5,6,y\n" * 3))
    assert table.names == ("a", "b", "a (3)", "a (2)", "a (4)", "kind")
    assert "the header has 'a' twice, the later is 'a (3)'" in table.notes


def test_a_first_row_with_a_kind_among_numbers_is_no_header(tmp_path):
    rows = [f"{'ab'[n % 2]},{('5more', '2', '3', '4')[n % 4]},{'yn'[n // 20]}" for n in range(40)]
    table = read_table(write(tmp_path, "\n".join(rows) + "\n"))
    assert (table.header, len(table.lines)) == (False, 40)
