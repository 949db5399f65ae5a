"""Tables with gaps: what is left out, what is told of it, and what is no gap at all."""

import pytest

from nnviz.data.check import check_folder
from nnviz.data.dataset import DataError
from nnviz.data.table_numbers import MISSING, gaps_among
from nnviz.data.tables import load_table

MARKS = ["", " ", "?", "-", "NA", "n/a", "NaN", "NULL", "None", "#N/A", "<NA>", "#DIV/0!", "k.A."]


def write(tmp_path, header, rows):
    path = tmp_path / "t.csv"
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def passengers(gap=""):
    """Return 60 rows: 6 without age, 40 without cabin, 2 without port, one of them with neither."""
    return [
        f"{n + 1},{n % 2},{gap if n % 10 == 3 else 20 + n % 7},{f'C{n}' if n % 3 == 0 else gap},"
        f"{gap if n in (13, 14) else 'SCQ'[n % 3]}"
        for n in range(60)
    ]


def inputs_of(data):
    return sorted(map(tuple, [*data.x_train.tolist(), *data.x_test.tolist()]))


@pytest.mark.parametrize("gap", MARKS)
def test_rows_with_gaps_are_left_out_and_told(tmp_path, gap):
    rows = passengers(gap)
    path = write(tmp_path, "PassengerId,Survived,Age,Cabin,Port", rows)
    data = load_table(path)
    if gap == "None":  # a word like others: six of them have it
        assert "6 of 60 rows are left out: gaps in Age (6)" in data.notes
        return
    assert "7 of 60 rows are left out: gaps in Age (6), Port (2)" in data.notes
    assert data.notes[0].startswith("7 of 60 rows")
    assert any(note.startswith("'Cabin' has ") and "left out" in note for note in data.notes)
    assert data.feature_names == ("Age", "Port=C", "Port=Q", "Port=S")
    rows = [row for n, row in enumerate(passengers()) if n % 10 != 3 and n != 14]
    whole = load_table(write(tmp_path, "PassengerId,Survived,Age,Cabin,Port", rows))
    assert inputs_of(data) == inputs_of(whole)
    assert data.fingerprint() == whole.fingerprint() == load_table(path).fingerprint()


def test_what_is_left_out_is_told_by_data_check(tmp_path):
    path = write(tmp_path, "PassengerId,Survived,Age,Cabin,Port", passengers())
    lines = check_folder(path)
    assert "7 of 60 rows are left out: gaps in Age (6), Port (2)" in lines
    assert "'Cabin' has no value in 40 of 60 rows and is left out" in lines


def test_a_column_of_which_half_is_there_is_an_input(tmp_path):
    rows = [f"{n},{n % 5 if n % 2 else ''},{'xy'[n % 3 > 0]}" for n in range(40)]
    data = load_table(write(tmp_path, "a,b,kind", rows))
    assert data.feature_names == ("a", "b")
    assert data.notes[0] == "20 of 40 rows are left out: gaps in b (20)"
    data = load_table(write(tmp_path, "a,b,kind", [*rows, "40,,x"]))
    assert data.feature_names == ("a",)
    assert data.notes[0] == "'b' has no value in 21 of 41 rows and is left out"


@pytest.mark.parametrize("target", ["score", "kind"])
def test_rows_without_what_is_predicted_are_left_out(tmp_path, target):
    rows = [f"{n % 7},{n * 1.5 if n % 4 else ''},{'xy'[n % 2] if n % 5 else ''}" for n in range(40)]
    data = load_table(write(tmp_path, "a,score,kind", rows), target=[target])
    assert data.notes[0].startswith("16 of 40 rows are left out: gaps in score (10), kind (8)")


def test_a_target_may_be_mostly_empty(tmp_path):
    rows = [f"{n % 7},{n % 11},{'xy'[n // 3 % 2] if n % 3 == 0 else ''}" for n in range(90)]
    for target in ([], ["label"]):
        data = load_table(write(tmp_path, "a,b,label", rows), target=target)
        assert data.class_names == ("x", "y")
        assert data.notes[0] == "60 of 90 rows are left out: gaps in label (60)"


def test_whole_numbers_with_gaps_are_still_classes(tmp_path):
    rows = [f"{n % 7},{n % 11},{n // 3 % 3 if n % 9 else 'NA'}" for n in range(90)]
    data = load_table(write(tmp_path, "a,b,group", rows))
    assert data.class_names == ("0", "1", "2")


def test_pictures_with_gaps_are_pictures(tmp_path):
    draw = [
        [min(255, 40 * max(0, 6 - abs(c - 4) - abs(r - n % 8))) for c in range(8) for r in range(8)]
        for n in range(60)
    ]
    rows = [",".join(map(str, [n % 2, *pixels])) for n, pixels in enumerate(draw)]
    rows[5] = rows[5].replace(",40,", ",,", 1)
    data = load_table(write(tmp_path, ",".join(["label", *(f"pixel{n}" for n in range(64))]), rows))
    assert data.image_shape == (8, 8)
    assert data.notes[0].startswith("1 of 60 rows is left out: gaps in pixel")


@pytest.mark.parametrize(
    ("words", "gaps"),
    [
        (["none", "mild", "severe"], []),
        (["None", "Mild", "", "Severe"], [""]),
        (["red", "-", "blue"], ["-"]),
        (["+", "-"], []),
        (["yes", "-"], []),
        (["+", "-", "?"], ["?"]),
        (["NA", "SCQ", "NULL", "none"], ["NA", "NULL"]),
        (["nil", "one", "#N/A"], ["#N/A"]),
    ],
)
def test_words_that_are_kinds_are_kept(words, gaps):
    found = [word for word, gap in zip(words, gaps_among(words), strict=True) if gap]
    assert found == gaps


def test_none_is_a_class_and_an_input(tmp_path):
    kinds = ("none", "mild", "severe")
    rows = [f"{n % 7},{kinds[n % 3]},{kinds[n // 2 % 3]}" for n in range(60)]
    data = load_table(write(tmp_path, "a,pain,outcome", rows))
    assert data.class_names == ("mild", "none", "severe")
    assert data.feature_names == ("a", "pain=mild", "pain=none", "pain=severe")
    assert not data.notes


@pytest.mark.parametrize("gap", sorted(MISSING))
def test_too_few_rows_without_a_gap_are_one_sentence(tmp_path, gap):
    rows = [f"{n},{gap if n % 2 else n},{n if n % 2 else gap},{'xy'[n % 2]}" for n in range(30)]
    with pytest.raises(
        DataError, match=r"has no row of 30 without a gap: .* a \(15\), b \(15\), or"
    ):
        load_table(write(tmp_path, "n,a,b,label", rows))
