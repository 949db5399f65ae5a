import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.dataset import DataError
from nnviz.data.description import DataDescription, PictureRule
from nnviz.data.table_rows import read_rows
from nnviz.data.tables import load_table
from tests.data.seen import from_file
from tests.data.test_table_pictures import SHIFTED, digits, pictures  # noqa: F401 (a fixture)
from tests.data.test_tables import flowers, write
from tests.sampled import sampled, tried


@pytest.fixture
def data(tmp_path):
    return load_table(write(tmp_path, flowers(), "train.csv"))


def rows(tmp_path, text, description, name="rows.csv"):
    return read_rows(write(tmp_path, text, name), description)


def every(data):
    return sorted(map(tuple, np.concatenate([data.x_train, data.x_test]).tolist()))


def test_the_table_itself_gives_the_inputs_that_were_trained_on(tmp_path, data):
    found = rows(tmp_path, flowers(), data.description)
    assert sorted(map(tuple, found.x.tolist())) == every(data)
    assert found.x.dtype == data.x_train.dtype == np.float64
    assert found.lines[0] == 2
    assert set(found.labels) == set(data.class_names)
    assert found.numbers is None


@pytest.mark.parametrize(("delimiter", "comma"), [(";", True), ("\t", True), ("|", False)])
def test_rows_written_in_other_ways(tmp_path, data, delimiter, comma):
    found = rows(tmp_path, flowers(delimiter, comma), data.description)
    assert sorted(map(tuple, found.x.tolist())) == every(data)


def test_columns_are_found_by_name_in_any_order_without_the_target(tmp_path, data):
    first, second = data.columns
    text = "note,Petal Width ,id,petal length\nx,20,1,1.5\n,12.5,2,.25\n"
    found = rows(tmp_path, text, data.description)
    expected = [
        [from_file(first, 1.5), from_file(second, 20)],
        [from_file(first, 0.25), from_file(second, 12.5)],
    ]
    np.testing.assert_allclose(found.x, expected, rtol=1e-6)
    assert found.labels is None


def test_one_row_and_one_column(tmp_path, data):
    found = rows(tmp_path, "petal length,petal width\n1.5,20\n", data.description)
    assert found.x.shape == (1, 2)
    single = load_table(write(tmp_path, "a,y\n" + "".join(f"{n},{n}.5\n" for n in range(30))))
    found = rows(tmp_path, "a\n3\n4\n", single.description)
    expected = [from_file(single.columns[0], n) for n in (3, 4)]
    np.testing.assert_allclose(found.x[:, 0], expected, rtol=1e-6)


@pytest.mark.parametrize(
    "cells", ["170 cm\n180.5 cm", "170,0\n180,5", "170\n180.5", '"170"\n"180.5"']
)
def test_a_single_column_whose_name_has_blanks_or_commas(tmp_path, cells):
    for name in ("height (cm)", "height, bare (cm)"):
        text = f'"{name}",y\n' + "".join(f"{150 + n},{n}.5\n" for n in range(30))
        data = load_table(write(tmp_path, text))
        for header in (name, f'"{name}"', name.upper()):
            found = rows(tmp_path, f"{header}\n{cells}\n", data.description)
            expected = [from_file(data.columns[0], value) for value in (170, 180.5)]
            np.testing.assert_allclose(found.x[:, 0], expected, rtol=1e-6)


def test_rows_of_a_table_without_a_header(tmp_path):
    text = flowers().split("\n", 1)[1]
    data = load_table(write(tmp_path, text, "train.csv"))
    whole = rows(tmp_path, text, data.description)
    assert sorted(map(tuple, whole.x.tolist())) == every(data)
    assert set(whole.labels) == set(data.class_names)
    bare = "\n".join(line.rsplit(",", 1)[0] for line in text.splitlines())
    assert rows(tmp_path, bare, data.description).x.tolist() == whole.x.tolist()


def test_classes_of_many_digits_are_called_as_in_training(tmp_path):
    text = "x,class\n" + "".join(f"{place},{1_234_567 + place % 3}\n" for place in range(30))
    data = load_table(write(tmp_path, text))
    assert data.class_names == ("1234567", "1234568", "1234569")
    assert set(rows(tmp_path, text, data.description).labels) == set(data.class_names)


def test_numbers_to_predict_are_given_in_their_unit(tmp_path):
    text = "a,b,price\n" + "".join(f"{n},{n % 5},{n * 2.5}\n" for n in range(40))
    data = load_table(write(tmp_path, text))
    found = rows(tmp_path, text, data.description)
    assert found.numbers[:, 0].tolist() == [n * 2.5 for n in range(40)]
    assert found.labels is None


def test_words_are_known_or_refused(tmp_path):
    text = "age,sex,label\n" + "".join(f"{n % 9},{'mf'[n % 2]},{n % 3}\n" for n in range(60))
    data = load_table(write(tmp_path, text))
    assert rows(tmp_path, "sex,age\nf,3\nm,4\n", data.description).x.shape == (2, 3)
    found = rows(tmp_path, "sex,age\nf,3\nd,4\n", data.description)
    assert found.problems[0] == ""
    assert found.problems[1].startswith("'d' in the column 'sex' is none of the words that the")
    with pytest.raises(DataError, match="the column 'sex' does not hold words"):
        rows(tmp_path, "sex,age\n1,3\n2,4\n", data.description)


def test_rows_with_a_gap_are_called_so_and_the_others_answered(tmp_path):
    text = "".join(f"{n},{('red', 'none')[n % 2]},{n * 2.5}\n" for n in range(30))
    data = load_table(write(tmp_path, "a,colour,y\n" + text))
    whole = rows(tmp_path, "a,colour\n1,red\n4,none\n", data.description)
    assert whole.problems == ("", "")
    found = rows(tmp_path, "a,colour\n1,red\n2,\nNA,red\n4,none\n?,-\n", data.description)
    no_value = "has no value; fill it in or remove the line"
    assert found.problems == (
        *("", f"the column 'colour' {no_value}", f"the column 'a' {no_value}", ""),
        "the columns 'a', 'colour' have no value; fill it in or remove the line",
    )
    assert found.x[[0, 3]].tolist() == whole.x.tolist()
    assert np.isfinite(found.x).all()
    only = rows(tmp_path, "a,colour\n,red\n", data.description)  # not a single number in it
    assert only.problems == (f"the column 'a' {no_value}",)


def test_what_is_missing_is_named(tmp_path, data):
    for text, says in (
        ("petal length,kind\n1,x\n2,y\n", "lacks the column 'petal width', which the network"),
        ("a,b,c\n1,2,3\n2,2,3\n", "lacks the columns 'petal length', 'petal width'"),
        ("petal length,petal width\n", "has no rows"),
        ("petal length,petal width\n1,2\nmuch,3\n3,4\n", "line 3: 'much' in the column"),
        ("", "is empty"),
    ):
        with pytest.raises(DataError, match=says):
            rows(tmp_path, text, data.description)


def shown(values, how):
    """Grey values 0..255 as another table has them: up to a white, or shifted."""
    return SHIFTED[how](values) if how in SHIFTED else values * how / 255


@pytest.fixture(scope="module")
def shown_rows(tmp_path_factory, digits):  # noqa: F811
    """Tables of all digits, and of the first alone, in each kind of grey: values and path."""
    values, labels = digits
    return {
        (how, count): (
            values[:count],
            pictures(tmp_path_factory.mktemp("rows"), shown(values[:count], how), labels[:count]),
        )
        for how in (255, 1, *SHIFTED)
        for count in (1, len(values))
    }


@pytest.mark.parametrize("trained", sampled([255, *SHIFTED], every=3))
def test_rows_of_pictures_in_other_greys(tmp_path, digits, shown_rows, trained):  # noqa: F811
    values, labels = digits
    data = load_table(pictures(tmp_path, shown(values, trained), labels))
    for asked, (greys, path) in shown_rows.items():
        found = read_rows(path, data.description).x
        np.testing.assert_allclose(found, greys / 255, atol=1e-4, err_msg=str(asked))


@pytest.mark.parametrize("white", sampled([255, 1], every=2))
@pytest.mark.parametrize("dark", [False, True])
def test_rows_of_pictures(tmp_path, digits, white, dark):  # noqa: F811
    values, labels = digits
    data = load_table(pictures(tmp_path, values, labels))
    shown = 255 - values if dark else values
    path = pictures(tmp_path, shown * white / 255, labels, first="")
    found = read_rows(path, data.description)
    np.testing.assert_allclose(found.x, values / 255, atol=1e-5)
    named = read_rows(pictures(tmp_path, shown * white / 255, labels), data.description)
    np.testing.assert_allclose(named.x, values / 255, atol=1e-5)
    assert named.labels == tuple(map(str, labels))
    with pytest.raises(DataError, match="has 783 columns of numbers, but the network reads"):
        read_rows(pictures(tmp_path, values[:, 1:], labels), data.description)


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("header", [False, True])
def test_labels_beside_pixels_are_no_pixels(tmp_path, digits, count, last, header):  # noqa: F811
    values, labels = digits[0][:count], digits[1][:count].copy()
    labels[0] = 7
    cells = [
        [*row, label] if last else [label, *row] for row, label in zip(values, labels, strict=True)
    ]
    names = [f"pixel{n}" for n in range(784)]
    head = [[*names, "label"] if last else ["label", *names]] if header else []
    text = "\n".join(",".join(map(str, row)) for row in [*head, *cells])
    trained = DataDescription(image_shape=(28, 28), pictures=PictureRule(white=255))
    found = rows(tmp_path, text, trained)
    np.testing.assert_allclose(found.x, values / 255, atol=1e-5)


NAMES = st.sampled_from(
    ["id", "a", "b", "x", "y", "label", "price (€)", "colour", "no", "größe", ""]
)
CELLS = {
    "whole": st.integers(-999, 999).map(str),
    "few": st.integers(0, 3).map(str),
    "decimal": st.decimals(-99, 99, places=2).map(str),
    "thousands": st.integers(0, 9_999_999).map(lambda n: f"{n:,}".replace(",", "'")),
    "words": st.sampled_from(["red", "blue", "light green"]),
    "euros": st.integers(1, 99).map(lambda n: f"{n} €"),
}


@st.composite
def tables(draw):
    """Text of a table of a few columns of all kinds."""
    count = draw(st.integers(2, 40))
    names = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    kinds = [draw(st.sampled_from(sorted(CELLS))) for _ in names]
    columns = [draw(st.lists(CELLS[kind], min_size=count, max_size=count)) for kind in kinds]
    comma = draw(st.booleans())
    delimiter = draw(st.sampled_from(";\t|"))
    lines = [delimiter.join(row) for row in zip(*columns, strict=True)]
    if comma:
        lines = [line.replace(".", ",") for line in lines]
    header = [delimiter.join(names)] if draw(st.booleans()) else []
    title = draw(st.sampled_from([[], [""], ["# by hand"], ["Measured by hand"]]))
    return "\n".join([*title, *header, *lines]) + "\n"


@settings(max_examples=tried(80), deadline=None)
@given(tables())
def test_whatever_is_trained_on_is_read_again_as_the_same_inputs(tmp_path_factory, text):
    path = write(tmp_path_factory.getbasetemp(), text, "any.csv")
    try:
        data = load_table(path)
    except DataError:
        return
    found = read_rows(path, data.description)
    known = set(map(bytes, (*data.x_train, *data.x_test)))
    assert set(map(bytes, found.x.astype(data.x_train.dtype))) == known
    if data.class_names:
        assert set(found.labels) == set(data.class_names)
    else:
        low, high = found.numbers.min(axis=0), found.numbers.max(axis=0)
        y = np.concatenate([data.y_train, data.y_test]).astype(float)
        for place, column in enumerate(data.targets):
            span = column.to_file(y[:, place].min()), column.to_file(y[:, place].max())
            np.testing.assert_allclose(span, (low[place], high[place]), rtol=1e-4, atol=1e-3)


def test_numbers_that_were_kinds_are_kinds_in_rows_without_a_word(tmp_path):
    text = "".join(f"{('2', '3', '5more')[n % 3]},{n % 7},{'ab'[n % 2]}\n" for n in range(60))
    data = load_table(write(tmp_path, "doors,age,kind\n" + text))
    found = rows(tmp_path, "doors,age\n2,1\n3,1\n8,1\n", data.description)
    assert found.problems[:2] == ("", "")
    assert found.problems[2].startswith("'8' in the column 'doors' is none of the words")
    words = [column.word for column in data.description.inputs[:3]]
    assert (found.x[:2, :3] > 0).tolist() == [[w == "2" for w in words], [w == "3" for w in words]]
    for header in ("doors,age\n", ""):
        data = load_table(write(tmp_path, ("doors,age,kind\n" if header else "") + text))
        few = rows(tmp_path, header + "2,1\n5more,2\n3,3\n2,1\n", data.description)
        assert few.problems == ("",) * 4
