"""Typed tables: the name is the whole table, to the last bit, and the data are exact."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import DataError, load_dataset
from nnviz.data.dataset_changes import words
from nnviz.data.description import SCALES
from nnviz.data.digits_cache import load_digits
from nnviz.data.naming import located, parts_of, referred, with_choice
from nnviz.data.typed_data import dataset_of, table_of
from nnviz.data.typed_table import MOST_CELLS, TYPED, TypedTable, is_typed, read_typed

NUMBERS = st.floats(-1e99, 1e99) | st.integers(-(2**60), 2**60) | st.sampled_from([0.1, 5e-324])
NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


@st.composite
def tables(draw):
    columns = draw(st.lists(NAMES, min_size=2, max_size=6, unique=True))
    places = st.integers(0, len(columns) - 1)
    targets = draw(st.sets(places, min_size=1, max_size=len(columns) - 1))
    row = st.tuples(*[NUMBERS] * len(columns))
    rows = draw(st.lists(row, min_size=1, max_size=8))
    units = draw(st.just(()) | st.tuples(*[st.sampled_from(["", "cm"])] * len(columns)))
    scale = draw(st.sampled_from(list(SCALES)))
    return TypedTable(
        tuple(columns), tuple(sorted(targets)), tuple(rows), scale, ("no", "yes"), units
    )


@given(tables())
def test_a_name_is_the_table_to_the_last_bit_and_there_is_one_name(table):
    read = read_typed(table.name)
    assert read == table
    assert read.name == table.name == located(table.name)
    spread = TYPED + json.dumps(json.loads(table.name.removeprefix(TYPED)), indent=1)
    assert located(spread) == table.name
    assert [value.hex() for row in read.rows for value in row] == [
        value.hex() for row in table.rows for value in row
    ]


@given(tables())
def test_no_table_is_taken_for_a_mixture_for_options_or_for_a_path(table):
    assert referred(table.name).name == table.name
    assert parts_of(table.name) == (table.name,)
    assert load_dataset(table.name).fingerprint() == dataset_of(table).fingerprint()


@given(tables())
def test_what_a_net_sees_without_scaling_is_what_was_typed(table):
    dataset = dataset_of(table.with_choice((), "none"))
    assert dataset.x_train.dtype == dataset.y_train.dtype == np.float64
    values = np.array(table.rows)
    assert dataset.x_train.tobytes() == np.ascontiguousarray(values[:, table.inputs]).tobytes()
    assert dataset.y_train.tobytes() == np.ascontiguousarray(values[:, table.targets]).tobytes()
    assert dataset.x_test is dataset.x_train


@given(tables())
def test_its_data_are_the_table_again_but_for_the_order_of_columns(table):
    again = table_of(dataset_of(table.with_choice((), "none")))
    order = (*table.inputs, *table.targets)
    names = [table.columns[place] for place in order]
    if table.classes and len(table.targets) > 1:  # data know such columns by their classes' names
        names[len(table.inputs) :] = table.classes
    assert again.columns == tuple(names)
    assert again.rows == tuple(tuple(row[place] for place in order) for row in table.rows)


@pytest.mark.parametrize("scale", ["standard", "range"])
def test_scaling_is_what_files_have(scale):
    table = TypedTable(("a", "b", "y"), (2,), ((1, 5, 10), (2, 5, 20), (3, 5, 40)), scale)
    dataset = load_dataset(table.name)
    x, y = dataset.x_train, dataset.y_train
    if scale == "range":
        assert x[:, 0].tolist() == [0, 0.5, 1]
    else:
        assert x[:, 0].mean() == pytest.approx(0)
        assert x[:, 0].std() == pytest.approx(1)
    assert x[:, 1].tolist() == [0, 0, 0]
    assert (y.min(), y.max()) == (0, 1)
    assert table_of(dataset).rows == table.rows


def test_one_row_is_enough_and_two_classes_have_words():
    one = load_dataset('typed:{"columns":["i1","i2","o1","o2"],"targets":[2,3],'
                       '"rows":[[0.05,0.1,0.01,0.99]]}')  # fmt: skip
    assert (one.inputs, one.outputs, one.classes, len(one.x_train)) == (2, 2, 0, 1)
    park = table_of(load_dataset("park"))
    assert load_dataset(park.name).two_names == ("no", "yes")
    assert load_dataset(park.name).classes == 2
    assert park.with_cells({(0, 3): 0.5}).classes == ()


def test_small_data_of_other_kinds_become_tables(tmp_path):
    assert table_of(load_dataset("and")).rows == ((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1))
    assert table_of(load_dataset("example:backprop-222")).rows == ((0.05, 0.1, 0.01, 0.99),)
    assert table_of(load_digits(train=60, test=20)) is None
    path = tmp_path / "t.csv"
    lines = "\n".join(f"{k}.25,{k * k},{k % 3}.5" for k in range(30))
    path.write_text(f"a,b,y\n{lines}\n")
    table = table_of(load_dataset(str(path), target=["y"]))
    assert sorted(table.rows) == sorted((k + 0.25, k * k, k % 3 + 0.5) for k in range(30))
    assert table.scale == "standard"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("{", "This is no typed table: write one as typed:"),
        ("[]", "This is no typed table"),
        ('{"columns":["x","y"],"targets":[1],"rows":[[0,NaN]]}', "This is no typed table"),
        ('{"columns":["x","y"],"targets":[1],"rows":[[0,"one"]]}', "This is no typed table"),
        ('{"columns":["x","y"],"targets":[1],"rows":[[0,true]]}', "This is no typed table"),
        ('{"columns":["x","y"],"targets":[1],"rows":[]}', "A table needs a row"),
        ('{"columns":["x","y"],"targets":[],"rows":[[0,1]]}', "A table needs a target"),
        ('{"columns":["x","y"],"targets":[0,1],"rows":[[0,1]]}', "A table needs an input"),
        ('{"columns":["x","x"],"targets":[1],"rows":[[0,1]]}', "Two columns are called 'x'"),
        ('{"columns":["x","y"],"targets":[2],"rows":[[0,1]]}', "The targets of a table are"),
        ('{"columns":["x","y"],"targets":[1],"rows":[[0,1,2]]}', "Row 1 does not have a number"),
        ('{"columns":["x","y"],"targets":[1],"rows":[[0,1e200]]}', "Row 1 has a number that"),
        ('{"columns":["","y"],"targets":[1],"rows":[[0,1]]}', "A column needs a name"),
        ('{"columns":["x","y"],"targets":[1],"rows":[[0,1]],"scale":"x"}', "no scaling 'x'"),
        ('{"columns":["x","y"],"targets":[1],"rows":[[0,1]],"more":1}', "This is no typed table"),
    ],
)
def test_what_is_no_table_is_one_sentence(said, sentence):
    with pytest.raises(DataError, match=re.escape(sentence)) as raised:
        load_dataset(TYPED + said)
    assert "\n" not in str(raised.value)


def test_ten_thousand_rows_are_a_file():
    rows = ((0.0, 1.0),) * (MOST_CELLS // 2)
    assert is_typed(TypedTable(("x", "y"), (1,), rows).name)
    with pytest.raises(DataError, match="save them as a CSV file"):
        TypedTable(("x", "y"), (1,), (*rows, (0.0, 1.0)))


def test_target_and_scaling_can_be_chosen_as_those_of_files():
    name = TypedTable(("x", "y", "z"), (2,), ((0, 1, 2),)).name
    other = read_typed(str(with_choice(referred(name), ["y", "z"], "range")))
    assert (other.targets, other.scale) == ((1, 2), "range")
    assert load_dataset(name, target=["y", "z"], scale="range").outputs == 2
    with pytest.raises(DataError, match="The table has no column 'q'"):
        located(name, ["q"])


def test_what_was_changed_is_said_in_words():
    table = TypedTable(("height", "y"), (1,), ((1, 0), (1.25, 1), (1.5, 1)))
    grown = TypedTable(table.columns, (1,), (*table.rows, (2, 1)))
    less = TypedTable(table.columns, (1,), table.rows[1:])
    for other, said in (
        (table.with_cells({(2, 0): 2}), "cell height, row 3: 1.5 → 2"),
        (table.with_cells({(2, 0): 2, (0, 1): -1}), "2 cells changed"),
        (grown, "row 4 added"),
        (less, "row 1 removed"),
        (TypedTable(("tall", "y"), (1,), table.rows), "column height → tall"),
        (TypedTable(table.columns, (0,), table.rows), "targets: height"),
        (table.with_choice((), "range"), "scaling none → range"),
    ):
        assert words(table.name, other.name) == said
    changed = table_of(load_dataset("and")).with_cells({(2, 1): 0.25})
    assert words("and", changed.name) == "cell x₂, row 3: 0 → 0.25"
    assert words("mnist", changed.name) == ""
