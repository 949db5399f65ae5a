import numpy as np
import pytest

from nnviz.data.dataset import DataError
from nnviz.data.description import predicted
from nnviz.data.tables import load_table
from tests.data.test_tables import write

DRAW = np.random.default_rng(7)
COUNT = 90
REAL = [f"{value:.3f}" for value in DRAW.normal(size=COUNT)]
OTHER = [f"{value:.2f}" for value in DRAW.uniform(3, 90, size=COUNT)]
BINARY = [str(value) for value in DRAW.integers(0, 2, COUNT)]
THREE = [str(1 + place % 3) for place in range(COUNT)]
SORTED = [str(1 + 3 * place // COUNT) for place in range(COUNT)]
WHOLE = [str(value) for value in DRAW.integers(20, 400, COUNT)]
WORDS = ["red" if place % 2 else "blue" for place in range(COUNT)]
COUNTER = [str(place + 1) for place in range(COUNT)]


def table(tmp_path, name="t.csv", /, **columns):
    """Write a table of these columns; ! in a name stands for a space."""
    header = ",".join(name.replace("_1", "") for name in columns)
    rows = map(",".join, zip(*columns.values(), strict=True))
    return write(tmp_path, "\n".join([header.replace("!", " "), *rows]) + "\n", name)


def target(path, **options):
    data = load_table(path, **options)
    return " ".join(column.name for column in data.targets), data.target_reason


NAME, WORD, LAST = "its name says so", "it holds words", "it is the last"
FEW = "its few whole numbers look like classes"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"x": REAL, "y": OTHER, "group": BINARY}, ("group", NAME)),
        ({"x": REAL, "y": OTHER, "colour": WORDS}, ("colour", WORD)),
        ({"x": REAL, "y": OTHER, "flag": BINARY}, ("flag", LAST)),
        ({"x": REAL, "y": OTHER}, ("y", NAME)),
        ({"y": BINARY, "a": REAL, "b": OTHER}, ("y", NAME)),
        ({"x1": REAL, "x2": OTHER, "y": WHOLE}, ("y", NAME)),
        ({"x": REAL, "y": OTHER, "z": REAL, "kind": WORDS}, ("kind", NAME)),
        ({"PassengerId": COUNTER, "Survived": BINARY, "Pclass": THREE, "Fare": OTHER},
         ("Survived", NAME)),
        ({"survived": BINARY, "class": THREE, "age": WHOLE}, ("survived", NAME)),
        ({"id": COUNTER, "diagnosis": WORDS, "radius": REAL}, ("diagnosis", NAME)),
        ({"Klasse": THREE, "a": REAL, "b": OTHER}, ("Klasse", NAME)),
        ({"Étiquette": THREE, "a": REAL, "b": OTHER}, ("Étiquette", NAME)),
        ({"categoría": THREE, "a": REAL, "b": OTHER}, ("categoría", NAME)),
        ({"класс": THREE, "a": REAL, "b": OTHER}, ("класс", NAME)),
        ({"wine_class": THREE, "a": REAL, "b": OTHER}, ("wine_class", NAME)),
        ({"TargetClass": THREE, "a": REAL, "b": OTHER}, ("TargetClass", NAME)),
        ({"class!name": WORDS, "a": REAL, "b": OTHER}, ("class name", NAME)),
        ({"town": WORDS, "area": WHOLE, "price": OTHER}, ("price", NAME)),
        ({"rooms": THREE, "area": WHOLE, "Miete": WHOLE}, ("Miete", NAME)),
        ({"town": WORDS, "SalePrice": WHOLE, "area": OTHER}, ("SalePrice", NAME)),
        ({"median_house_value": WHOLE, "area": OTHER, "town": WORDS},
         ("median_house_value", NAME)),
        ({"colour": WORDS, "a": REAL, "b": OTHER}, ("colour", WORD)),
        ({"colour": WORDS, "a": REAL, "shape": WORDS}, ("shape", "it is the last column of words")),
        ({"grape": SORTED, "a": REAL, "b": WHOLE}, ("grape", FEW)),
        ({"cultivar": THREE, "a": REAL, "b": OTHER, "c": REAL, "d": OTHER}, ("cultivar", FEW)),
        ({"rooms": THREE, "floor": BINARY, "a": WHOLE}, ("a", LAST)),
        ({"a": REAL, "b": OTHER, "c": REAL}, ("c", LAST)),
        ({"V1": REAL, "V2": OTHER, "V3": REAL, "V4": OTHER, "grape": OTHER, "V5": REAL},
         ("grape", "the other columns are numbered alike")),
        ({"label": ["5"] * COUNT, "class": THREE, "a": REAL}, ("class", NAME)),
    ],
)  # fmt: skip
def test_the_likeliest_column_is_predicted_and_why_is_told(tmp_path, columns, expected):
    assert target(table(tmp_path, **columns)) == expected


def test_a_first_column_that_the_file_is_called_after(tmp_path):
    columns = {"wine": THREE, "a": WHOLE, "b": OTHER}
    assert target(table(tmp_path, "wine.csv", **columns))[0] == "wine"
    assert target(table(tmp_path, "t.csv", **columns))[0] == "b"


def test_the_target_can_be_chosen(tmp_path):
    path = table(tmp_path, a=REAL, colour=WORDS, label=BINARY)
    data = load_table(path, target=["colour"])
    assert data.class_names == ("blue", "red")
    assert data.feature_names == ("a", "label")
    assert data.target_reason == "you chose it"
    assert data.target_choices == ("a", "label")
    assert predicted(data.description) == "predicts 'colour' because you chose it"
    assert target(path, target=[" COLOUR"])[0] == "colour"
    with pytest.raises(DataError, match=r"no column 'size': choose among 'a', 'colour', 'label'\."):
        load_table(path, target=["size"])


@pytest.mark.parametrize("name", ["colr", "Colours", "col", "COLOR"])
def test_a_name_like_the_one_meant_comes_first(tmp_path, name):
    columns = {f"value {n}": REAL for n in range(20)}
    path = table(tmp_path, **columns, colour=WORDS, label=BINARY)
    with pytest.raises(DataError, match=r"choose among 'colour', 'value 0', .* and 10 more"):
        load_table(path, target=[name])


def test_several_numbers_are_several_outputs(tmp_path):
    path = table(tmp_path, a=REAL, b=OTHER, c=WHOLE, colour=WORDS)
    data = load_table(path, target=["b", "c"])
    assert data.outputs == 2
    assert [column.name for column in data.targets] == ["b", "c"]
    assert data.class_names == ()
    assert (data.y_train.min(axis=0) == 0).all()
    assert (data.y_train.max(axis=0) == 1).all()
    wanted = sorted(zip(map(float, OTHER), map(float, WHOLE), strict=True))
    y = np.concatenate([data.y_train, data.y_test]).astype(float)
    first, second = data.targets
    found = sorted((first.to_file(b), second.to_file(c)) for b, c in y)
    np.testing.assert_allclose(found, wanted, rtol=1e-5)
    assert load_table(path, target=["b,c"]).fingerprint() == data.fingerprint()
    with pytest.raises(DataError, match="'colour' holds words, so it can only be predicted alone"):
        load_table(path, target=["b", "colour"])


def test_a_name_with_commas_is_one_column(tmp_path):
    text = "weight, dry;a;b\n" + "".join(f"{n},5;{n % 3};{n % 2}\n" for n in range(30))
    path = write(tmp_path, text)
    assert target(path, target=["weight, dry"])[0] == "weight, dry"
    assert target(path, target=["a,b"])[0] == "a b"


def test_a_label_of_too_many_words_is_refused_with_what_to_do(tmp_path):
    rows = "".join(f"{n},{n % 7},v{n}\n" for n in range(300))
    path = write(tmp_path, "a,b,label\n" + rows)
    with pytest.raises(DataError) as caught:
        load_table(path)
    said = str(caught.value)
    assert "300 different values of 'label', too many for classes" in said
    assert "choose another column" in said
    assert "label" not in said.rsplit(":", 1)[1]


# -- classes or numbers ----------------------------------------------------------------------


def kinds(tmp_path, name, labels):
    rows = [f"{place * 7 % 13},{place * 3 % 11 / 2},{label}" for place, label in enumerate(labels)]
    return len(load_table(write(tmp_path, "\n".join([f"a,b,{name}", *rows]) + "\n")).class_names)


@pytest.mark.parametrize(
    ("name", "labels", "classes"),
    [
        ("label", [1 + n % 26 for n in range(1300)], 26),
        ("letter", [n % 62 for n in range(300)], 62),
        ("class", [n % 100 for n in range(300)], 100),
        ("label", [n % 10 for n in range(20)], 10),
        ("label", [n % 3 for n in range(6)], 3),
        ("label", range(10), 10),
        ("Klasse", [n % 26 for n in range(52)], 26),
        ("out", [n % 26 for n in range(1300)], 26),  # in turn, and alike in number
        ("out", [2 + 2 * (n % 2) for n in range(60)], 2),
        ("out", [2 * (n % 2) - 1 for n in range(60)], 2),
        ("rings", [1 + n % 29 for n in range(4000)], 0),
        ("age", [20 + n * n % 50 for n in range(400)], 0),
        ("out", [80_000 + 2000 * (n % 9) for n in range(90)], 0),
        ("price", [80_000 + 2000 * (n % 9) for n in range(90)], 0),
        ("price", [n % 9 for n in range(90)], 0),
        ("out", [n / 2 for n in range(90)], 0),
        ("label", range(90), 0),
        ("label", [f"{n % 9}.0" for n in range(90)], 9),
    ],
)
def test_whole_numbers_are_classes_where_that_is_likely(tmp_path, name, labels, classes):
    assert kinds(tmp_path, name, labels) == classes


@pytest.mark.parametrize("cell", ['"{},000"', "{} 000", "{}'000", "${}", "{} €", '"{},50"'])
def test_amounts_are_never_classes(tmp_path, cell):
    labels = [cell.format(80 + 2 * (n % 9)) for n in range(90)]
    assert kinds(tmp_path, "out", labels) == 0


def test_words_alone_without_names_may_begin_with_the_class(tmp_path):
    rows = [f"{'ep'[n % 2]},{'xyz'[n % 3]},{'abcd'[n % 4]}" for n in range(60)]
    assert target(write(tmp_path, "\n".join(rows) + "\n"))[0] == "x₁"
    rows = [f"{'xyz'[n % 3]},{'abcd'[n % 4]},{'ep'[n % 2]}" for n in range(60)]
    assert target(write(tmp_path, "\n".join(rows) + "\n"))[0] == "x₃"
