import os
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.data import table_reader, table_text
from nnviz.data.dataset import DataError
from nnviz.data.overlap import stratified
from nnviz.data.tables import load_table
from tests.sampled import tried


def write(tmp_path, text, name="t.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def flowers(delimiter=",", comma=False, count=60):
    """Three kinds of flowers, told apart by their first column."""
    rng = np.random.default_rng(5)
    lines = [delimiter.join(("petal length", "petal width", "Species"))]
    for place in range(count):
        numbers = f"{place % 3 + rng.uniform(0, 0.4):.2f}", f"{rng.uniform(10, 30):.1f}"
        if comma:
            numbers = tuple(number.replace(".", ",") for number in numbers)
        lines.append(delimiter.join((*numbers, ("setosa", "virginica", "alba")[place % 3])))
    return "\n".join(lines) + "\n"


def complaint(path):
    with pytest.raises(DataError) as caught:
        load_table(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    assert str(path) in text
    return text


# -- what is read ---------------------------------------------------------------------------------


def test_a_table_with_words_as_label(tmp_path):
    path = write(tmp_path, flowers())
    data = load_table(path)
    assert data.name == "t.csv"
    assert data.class_names == ("alba", "setosa", "virginica")
    assert data.feature_names == ("petal length", "petal width")
    assert data.x_train.shape == (48, 2)
    assert data.x_test.shape == (12, 2)
    assert data.x_train.dtype == np.float64
    np.testing.assert_allclose(data.x_train.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(data.x_train.std(axis=0), 1, atol=1e-5)
    assert np.bincount(data.test_labels).tolist() == [4, 4, 4]
    assert str(path) in data.source
    assert "the class is 'Species'" in data.source


def test_the_test_part_has_no_say_in_the_scaling(tmp_path):
    data = load_table(write(tmp_path, flowers()))
    assert abs(data.x_test.mean()) > 1e-4


def test_the_seed_chooses_the_split(tmp_path):
    path = write(tmp_path, flowers())
    first, again, other = load_table(path, 1), load_table(path, 1), load_table(path, 2)
    assert first.fingerprint() == again.fingerprint() != other.fingerprint()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "|"),
        lambda text: text.replace(",", " , "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\n\n") + "\n \n",
        lambda text: text.replace("setosa", '"setosa"'),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda _: flowers(";", comma=True),
        lambda _: flowers("\t", comma=True),
    ],
)
def test_the_same_table_written_in_other_ways(tmp_path, change):
    plain = load_table(write(tmp_path, flowers()))
    assert (
        load_table(write(tmp_path, change(flowers()), "o.csv")).fingerprint() == plain.fingerprint()
    )


def test_a_table_in_utf_16(tmp_path):
    plain = load_table(write(tmp_path, flowers()))
    other = load_table(write(tmp_path, flowers("\t"), "o.txt", "utf-16"))
    assert other.fingerprint() == plain.fingerprint()


@pytest.mark.parametrize(
    ("header", "row", "label"),
    [
        ("y,a,b", "0,1,2", "y"),
        ("a,Target,b", "1,1,2", "Target"),
        ("label,class,b", "1,1,2", "label"),
        ("a,colour,b", "1,red,2", "colour"),
        ("a,b,c", "1,2,3", "c"),
    ],
)
def test_which_column_is_the_label(tmp_path, header, row, label):
    other = row.replace("red", "blue").replace("1", "5").replace("0", "1").replace("3", "4")
    data = load_table(write(tmp_path, f"{header}\n{row}\n{other}\n"))
    assert f"'{label}'" in data.source
    assert data.feature_names == tuple(name for name in header.split(",") if name != label)


def test_whole_numbers_of_few_kinds_are_classes(tmp_path):
    rows = "".join(f"{place},{place % 7},{place % 3 + 4}\n" for place in range(30))
    data = load_table(write(tmp_path, "a,b,digit\n" + rows))
    assert data.class_names == ("4", "5", "6")


def test_other_numbers_are_one_output(tmp_path):
    rows = "".join(f"{place},{place % 7},{100 + 2.5 * place}\n" for place in range(40))
    data = load_table(write(tmp_path, "a,b,price\n" + rows))
    assert data.class_names == ()
    assert data.outputs == 1
    assert (data.y_train.min(), data.y_train.max()) == (0, 1)
    assert "0 stands for 1" in data.source
    assert len(data.x_test) == 8


def test_a_few_rows_are_trained_and_tested_on_as_a_whole(tmp_path):
    data = load_table(write(tmp_path, "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"))
    assert data.class_names == ("0", "1")
    assert data.x_train.tobytes() == data.x_test.tobytes()
    assert "so few" in data.source


def test_a_column_that_counts_the_rows_is_left_out(tmp_path):
    rows = "".join(f"{place},{place % 7},{'ab'[place // 20]}\n" for place in range(1, 40))
    assert load_table(write(tmp_path, "Id,x,kind\n" + rows)).feature_names == ("x",)
    assert load_table(write(tmp_path, ",x,kind\n" + rows)).feature_names == ("x",)
    assert load_table(write(tmp_path, "age,x,kind\n" + rows)).feature_names == ("age", "x")


def test_grey_values_are_pictures(tmp_path):
    rng = np.random.default_rng(0)
    names = ",".join(f"pixel{place}" for place in range(64))
    for white in (16, 255):
        cells = rng.integers(0, white + 1, (30, 64))
        cells[0, 0] = white
        rows = "".join(f"{n % 2},{','.join(map(str, row))}\n" for n, row in enumerate(cells))
        data = load_table(write(tmp_path, f"label,{names}\n{rows}"))
        assert data.image_shape == (8, 8)
        assert data.feature_names == ()
        assert max(data.x_train.max(), data.x_test.max()) == 1


def test_large_numbers_and_columns_that_never_change(tmp_path):
    rows = "".join(f"{1.6e9 + place},5,{'ab'[place % 2]}\n" for place in range(30))
    data = load_table(write(tmp_path, "when,same,kind\n" + rows))
    assert np.unique(data.x_train[:, 0]).size == len(data.x_train)
    assert not data.x_train[:, 1].any()


def test_progress_is_told_and_may_cancel(tmp_path):
    path = write(tmp_path, "a,b\n" + "1,2\n2,3\n" * 1500)
    told = []
    load_table(path, progress=lambda part, word: told.append((part, word)))
    assert told[0][1] == "reading the table"

    class CancelledError(Exception):
        pass

    def cancel(_part, _word):
        raise CancelledError

    with pytest.raises(CancelledError):
        load_table(path, progress=cancel)


# -- what is refused --------------------------------------------------------------------------

GOOD = "a,b,kind\n" + "1,2,x\n3,4,y\n" * 3
BAD = {
    "empty": ("", "is empty"),
    "blank": (" \n\n", "is empty"),
    "header only": ("a,b,kind\n", "has 0 examples"),
    "one line": ("a,b,kind\n1,2,x\n", "has 1 example: "),
    "no numbers": ("kind,colour\n", "has 0 examples"),
    "one column": ("a\n1\n2\n", "line 1: it names one column"),
    "spaces": ("a b kind\n1 2 x\n", "line 1: it names one column"),
    "short line": (GOOD + "5,x\n", "line 8: 2 values where the header names 3 columns; mend"),
    "decimal comma": (GOOD + "1,5,2,x\n", r"line 8: 4 values .* \(a decimal comma\?\)"),
    "gaps": ("a,b,kind\n1,2,x\n,2,y\n3,,x\n", "has only one row of 3 without a gap: fill in the"),
    "one class between gaps": ("a,kind\n1,x\n2,x\n,y\n", r"only one kind .* \(1 of 3 rows is left"),
    "word": (GOOD + "5,many,x\n", "line 8: 'many' in the column 'b' is no number"),
    "Python's number": (GOOD + "5,1_000,x\n", "line 8: '1_000' in the column 'b' is no number"),
    "infinite": (GOOD + "5,inf,x\n", "line 8: 'inf' in the column 'b' is not finite"),
    "huge": (GOOD + "5,1e200,x\n", "line 8: '1e200'"),
    "word in a second column": (GOOD.replace("2,", "u,"), "line 2: 'u' in the column 'b'"),
    "word among numbers": (
        "a,label\n" + "".join(f"{n},{n / 7}\n" for n in range(30)) + "5,dear\n",
        "line 32: 'dear' in the column 'label' is no number as the others",
    ),
    "one class": ("a,kind\n1,x\n2,x\n", r"only one kind of 'kind' .* choose another column"),
    "one number": ("a,y\n" + "1,0.5\n" * 30, "same 'y' in every line"),
    "names": (
        "a,name\n" + "".join(f"{n},n{n}\n" for n in range(60)),
        "no column to predict 'a' from, and 'name' has another word in nearly every row",
    ),
    "open quote": (GOOD + '5,"2,x\n', r"line 8: .*; mend it"),
    "zeros": ("a,b\n1,\0\0\n", "not a text file"),
    "late zeros": (GOOD * 1 + "1,2,x\n" * 2000 + "1,\0,x\n", "line 2008"),
    "workbook": (b"PK\x03\x04rest", "a workbook or an archive"),
    "old workbook": (b"\xd0\xcf\x11\xe0", "a workbook"),
    "zipped": (b"\x1f\x8b\x08", "is compressed"),
    "picture": (b"\x89PNG", "a picture"),
    "web page": ("\ufeff <!DOCTYPE html>", "a web page"),
    "not UTF-8": (GOOD.encode() + "5,6,Bär\n".encode("latin-1"), "line 8: not UTF-8"),
    "half of UTF-16": (b"\xff\xfea", "not whole text of utf-16"),
    "lone surrogate": ("a,b,kind\n1,2,\ud800\n".encode("utf-16", "surrogatepass"), "utf-16"),
    "surrogate in UTF-8": (b"a,b,kind\n1,2,\xed\xa0\x80\n", "line 2: not UTF-8"),
    "endless line": ("a" * (1 << 20), "line 1: it never ends"),
    "long cell": (GOOD + "1,2," + "x" * 200_000 + "\n", "line 8: field larger"),
    "long name": ("a,b,kind\n1,2,x\n3,4," + "y" * 2000 + "\n", "has 2000 letters, more than the"),
    "escape codes": (GOOD + "5,\x1b[31mred,x\n", r"line 8: ' \[31mred'"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_table_is_one_sentence(tmp_path, case):
    content, pattern = BAD[case]
    path = write(tmp_path, content)
    complaint(path)
    with pytest.raises(DataError, match=pattern):
        load_table(path)


def test_paths_that_are_no_file(tmp_path):
    complaint(tmp_path / "none.csv")
    complaint(tmp_path)


def test_a_table_that_may_not_be_read(tmp_path, monkeypatch):
    path = write(tmp_path, GOOD)

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert "cannot be read: Permission denied" in complaint(path)


def test_huge_files_are_refused_unread(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        os.truncate(file.fileno(), table_text.LARGEST + 1)
    assert "more than nnviz takes (512 MiB)" in complaint(path)


def test_more_numbers_than_fit_are_refused_before_memory_is_asked_for(tmp_path):
    path = write(tmp_path, ",".join(f"c{n}" for n in range(1000)) + "\n" * 70_000)
    assert "67 million cells" in complaint(path)


def test_large_tables_are_kept_in_single_precision(tmp_path, monkeypatch):
    monkeypatch.setattr(table_reader, "PRECISE", 10)
    path = write(tmp_path, GOOD)
    assert table_reader.read_table(path).values.dtype == np.float32


PIECES = st.sampled_from(
    [
        "a",
        "1",
        "2.5",
        "1,5",
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        '"',
        "label",
        "x",
        "y",
        "\0",
        "é",
        " ",
        "-",
    ]
)


@settings(max_examples=tried(400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_bytes_are_a_table_or_one_sentence(tmp_path_factory, content):
    path = write(tmp_path_factory.getbasetemp(), content, "fuzz.csv")
    with suppress(DataError):
        data = load_table(path)
        assert np.isfinite(data.x_train).all()
        assert np.isfinite(data.y_train).all()
        assert len(data.x_test)


# -- splitting ----------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 5), min_size=2, max_size=60), st.integers(0, 9))
def test_a_split_is_a_split(labels, seed):
    labels = np.array(labels)
    train, test = stratified(labels, seed)
    if len(set(labels)) == len(labels):  # one of each class
        assert train.tolist() == test.tolist() == list(range(len(labels)))
        return
    assert sorted([*train, *test]) == list(range(len(labels)))
    assert len(train)
    assert len(test)
    assert set(labels[test]) <= set(labels)
    for kind in set(labels):
        held = int((labels[test] == kind).sum())
        assert held <= max(1, round(0.2 * (labels == kind).sum()))


def test_columns_know_how_many_decimals_the_file_has(tmp_path):
    rows = [f"{n % 9},{n / 4 % 5:.2f},{n % 7}.5,{'xyz'[n % 3]}" for n in range(60)]
    data = load_table(write(tmp_path, "\n".join(["age,a,b,kind", *rows]) + "\n"))
    assert [column.decimals for column in data.columns] == [0, 2, 1]
    rows = [f"{n % 9},{n / 4:.2f}" for n in range(60)]
    data = load_table(write(tmp_path, "\n".join(["age,price", *rows]) + "\n"))
    assert data.targets[0].decimals == 2
