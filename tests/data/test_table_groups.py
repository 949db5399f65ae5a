"""Columns that say one thing together: one-hot labels, and targets that are numbered."""

import numpy as np
import pytest

from nnviz.data.check import check_folder
from nnviz.data.description import goes_with, predicted
from nnviz.data.loading import load_dataset
from nnviz.data.table_groups import class_names
from nnviz.data.table_rows import read_rows
from nnviz.data.tables import load_table
from nnviz.files.descriptions import from_plain, to_plain
from tests.data.seen import from_file
from tests.data.test_tables import write

KINDS = ("setosa", "versicolor", "virginica")
SIZES = ("length", "width")


def spread(names=KINDS, yes="1", no="0", first=False, count=60, more=lambda kind: {}):
    """A table of two sizes and a column for each kind, which has `yes` in its own rows."""
    draw = np.random.default_rng(4)
    lines = []
    for place in range(count):
        kind = place * place % 7 % 3
        sizes = {"length": f"{3 * kind + draw.normal():.3f}", "width": f"{draw.normal():.3f}"}
        marks = {name: yes if at == kind else no for at, name in enumerate(names)}
        row = {**marks, **sizes} if first else {**sizes, **marks}
        lines.append({**row, **more(kind)})
    return "\n".join([",".join(lines[0]), *(",".join(row.values()) for row in lines)]) + "\n"


def targets(data):
    return [column.header for column in data.targets]


@pytest.mark.parametrize(
    "names",
    [
        KINDS,
        tuple(f"species_{kind}" for kind in KINDS),
        tuple(f"Species={kind}" for kind in KINDS),
        tuple(f"species[T.{kind}]" for kind in KINDS),
    ],
)
@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("1.0", "0.0"), ("True", "False")])
def test_columns_of_which_one_is_1_are_the_classes(tmp_path, names, yes, no):
    data = load_table(write(tmp_path, spread(names, yes, no)))
    assert data.class_names == KINDS
    assert data.feature_names == SIZES
    assert targets(data) == list(names)
    assert data.classes == data.outputs == 3
    is_one = yes if yes == "True" else "1"
    said = predicted(data.description)
    assert said.startswith(f"predicts which of the columns {', '.join(names)} is {is_one} because ")
    assert goes_with(data.description, 2, 3)


def test_they_hold_the_same_examples_as_a_column_of_words(tmp_path):
    by_marks = load_table(write(tmp_path, spread()))
    words = spread((), more=lambda kind: {"species": KINDS[kind]})
    by_words = load_table(write(tmp_path, words, "words.csv"))
    assert by_marks.class_names == by_words.class_names
    assert by_marks.fingerprint() == by_words.fingerprint()


def test_a_group_that_stands_first_is_taken_where_its_name_says_so(tmp_path):
    names = tuple(f"species_{kind}" for kind in KINDS)
    data = load_table(write(tmp_path, spread(names, first=True)))
    assert (data.class_names, data.feature_names) == (KINDS, SIZES)
    assert "its name says so" in data.target_reason


@pytest.mark.parametrize("wanted", [KINDS, KINDS[::-1], ("virginica,setosa,versicolor",)])
def test_all_of_them_chosen_are_classes_too(tmp_path, wanted):
    path = write(tmp_path, spread(more=lambda kind: {"price": f"{kind}.5"}))
    assert load_table(path).targets[0].name == "price"
    data = load_table(path, target=wanted)
    assert (data.class_names, targets(data)) == (KINDS, list(KINDS))
    assert data.feature_names == (*SIZES, "price")
    assert data.target_reason == "you chose them"


def test_the_beginning_of_their_names_chooses_them(tmp_path):
    names = tuple(f"species_{kind}" for kind in KINDS)
    data = load_table(write(tmp_path, spread(names)), target="Species")
    assert (data.class_names, data.feature_names) == (KINDS, SIZES)


@pytest.mark.parametrize("wanted", [("setosa",), ("setosa", "virginica")])
def test_some_of_them_are_predicted_without_their_sisters(tmp_path, wanted):
    data = load_table(write(tmp_path, spread()), target=wanted)
    assert targets(data) == list(wanted)
    assert data.feature_names == SIZES
    if len(wanted) == 1:
        assert data.class_names == ("0", "1")
        assert "'versicolor', 'virginica' are no inputs: that would give 'setosa' away" in (
            data.notes
        )
    else:
        assert "'versicolor' is no input: that would give 'setosa' and 'virginica' away" in (
            data.notes
        )
    assert set(KINDS) - set(wanted) <= set(data.target_choices)


def test_groups_beside_another_target_stay_inputs(tmp_path):
    text = spread(
        ("colour_red", "colour_blue", "colour_green"), more=lambda kind: {"price": f"{kind}.5"}
    )
    data = load_table(write(tmp_path, text))
    assert targets(data) == ["price"]
    assert data.feature_names == (*SIZES, "colour_red", "colour_blue", "colour_green")
    assert data.description.target_groups == (("colour_red", "colour_blue", "colour_green"),)


def test_a_group_that_is_the_class_once_more_is_told(tmp_path):
    text = spread(more=lambda kind: {"species": KINDS[kind]})
    data = load_table(write(tmp_path, text))
    assert targets(data) == ["species"]
    assert any("together tell every 'species'" in note for note in data.notes)


def test_two_groups_side_by_side_are_two(tmp_path):
    def more(kind):
        return {"sex_f": str(kind % 2), "sex_m": str(1 - kind % 2)}

    names = tuple(f"kind_{kind}" for kind in KINDS)
    data = load_table(write(tmp_path, spread(names, more=more)))
    assert data.description.target_groups == (names, ("sex_f", "sex_m"))


@pytest.mark.parametrize(
    "text",
    [
        "x,y\n0,1\n1,0\n",  # NOT
        "a,b,c\n0,0,1\n0,1,0\n1,0,1\n1,1,0\n",  # NOT of the second
        "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n",  # XOR
    ],
)
def test_truth_tables_keep_their_last_column(tmp_path, text):
    data = load_table(write(tmp_path, text))
    assert len(data.targets) == 1
    assert data.inputs == len(text.split("\n")[0].split(",")) - 1


@pytest.mark.parametrize("cells", ["1,1,0", "0,0,0"])
def test_one_row_with_two_or_none_makes_them_columns_of_their_own(tmp_path, cells):
    data = load_table(write(tmp_path, spread() + f"1.5,2.5,{cells}\n"))
    assert targets(data) == ["virginica"]
    assert data.description.target_groups == ()


def test_names_of_classes():
    assert class_names(["species_a_x", "species_a_y"]) == ("x", "y")
    assert class_names(["y0", "y1"]) == ("y0", "y1")
    assert class_names(["kind_", "kind_b"]) == ("kind_", "kind_b")


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("True", "False")])
def test_the_description_comes_back_and_rows_have_the_same_classes(tmp_path, yes, no):
    names = tuple(f"species_{kind}" for kind in KINDS)
    data = load_table(write(tmp_path, spread(names, yes, no)))
    known = from_plain(to_plain(data.description))
    assert known == data.description
    assert known.one_hot
    header = "width,species_virginica,species_setosa,length,species_versicolor\n"
    text = f"{header}1,{no},{yes},2,{no}\n1,{yes},{no},2,{no}\n1,{yes},{yes},2,{no}\n"
    found = read_rows(write(tmp_path, text, "rows.csv"), known)
    assert found.labels == ("setosa", "virginica", "")
    first, second = data.columns
    assert found.x[0].tolist() == pytest.approx([from_file(first, 2), from_file(second, 1)])
    bare = read_rows(write(tmp_path, "length,width\n2,1\n", "bare.csv"), known)
    assert bare.labels is None
    assert bare.x[0].tolist() == found.x[0].tolist()


def test_a_reference_chooses_them_and_the_check_says_so(tmp_path):
    path = write(tmp_path, spread(more=lambda kind: {"price": f"{kind}.5"}))
    chosen = load_dataset(f"{path}:target=setosa,target=versicolor,target=virginica")
    assert chosen.class_names == KINDS
    lines = check_folder(path, ["setosa,versicolor,virginica"])
    said = "predicts which of the columns setosa, versicolor, virginica is 1 because you chose them"
    assert any(line.startswith(said) for line in lines)
    assert any("of each class setosa: " in line for line in lines)


# -- numbered targets ---------------------------------------------------------------------------


def numbered(header):
    draw = np.random.default_rng(9)
    names = header.split(",")
    rows = (",".join(f"{cell:.3f}" for cell in draw.normal(size=len(names))) for _ in range(40))
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("x1,x2,x3,y1,y2", ["y1", "y2"]),
        ("x,y1,y2,y3", ["y1", "y2", "y3"]),
        ("y1,y2,x1,x2,x3", ["y1", "y2"]),
        ("a,b,target_1,target_2", ["target_1", "target_2"]),
        ("a,b,c,load 1,load 2", ["load 1", "load 2"]),
        ("x1,x2,x3,x4", ["x4"]),
        ("height,x1,x2,x3", ["x3"]),
        ("town,month1,month2,month3", ["month3"]),
        ("x1,y1,x2,y2,distance", ["distance"]),
        ("a,b,y2", ["y2"]),
    ],
)
def test_targets_numbered_alike_are_predicted_together(tmp_path, header, expected):
    data = load_table(write(tmp_path, numbered(header)))
    assert targets(data) == expected
    assert list(data.feature_names) == [n for n in header.split(",") if n not in expected]
    if len(expected) > 1:
        assert data.class_names == ()
        assert "their names differ in the number only" in predicted(data.description)


def test_one_of_them_chosen_is_predicted_alone(tmp_path):
    data = load_table(write(tmp_path, numbered("x1,x2,y1,y2")), target="y2")
    assert targets(data) == ["y2"]
