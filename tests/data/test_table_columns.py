import uuid

import numpy as np
import pytest

from nnviz.data.dataset import DataError
from nnviz.data.tables import load_table
from tests.data.seen import from_file
from tests.data.test_tables import write


def noise(first, cells, count=60, seed=0):
    """A table of noise whose rows are sorted by class, with one column more in front."""
    draw = np.random.default_rng(seed)
    rows = [f"{first},a,b,label"]
    for place in range(count):
        a, b = draw.normal(size=2)
        rows.append(f"{cells[place]},{a:.3f},{b:.3f},{'stu'[place * 3 // count]}")
    return "\n".join(rows) + "\n"


COUNTERS = {
    "id": range(1, 61),
    "rownames": range(1, 61),
    "": range(60),
    "Unnamed: 0": range(60),
    "PassengerId": range(892, 952),
    "customer_id": range(1000, 1060),
    "lfd. Nr.": range(1, 61),
    "Row No": range(1, 61),
    "#": range(1, 61),
    "index": np.random.default_rng(1).permutation(60),
    "id with gaps": [place + place // 7 for place in range(60)],
    "record id": [7 * place + 3 for place in range(60)],
    "uuid": [uuid.UUID(int=place**9) for place in range(60)],
    "name": [f"person {place}" for place in range(60)],
    "key": [f"K{place:03}" for place in range(60)],
}


@pytest.mark.parametrize("first", COUNTERS)
def test_what_only_counts_or_names_the_rows_is_left_out_and_told(tmp_path, first):
    name = "id" if first == "id with gaps" else first
    data = load_table(write(tmp_path, noise(name, list(COUNTERS[first]))))
    assert data.feature_names == ("a", "b")
    told = "; ".join(data.notes)
    assert f"'{name or 'column 1'}'" in told
    assert "is left out" in told
    assert (name or "column 1") not in data.target_choices


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_counter_is_found_wherever_it_stands(tmp_path, place):
    rows = [row.split(",") for row in noise("id", range(1, 61)).splitlines()]
    for row in rows:
        row.insert(place, row.pop(0))
    data = load_table(write(tmp_path, "\n".join(map(",".join, rows)) + "\n"))
    assert data.feature_names == ("a", "b")


@pytest.mark.parametrize(
    ("first", "cells"),
    [
        ("age", range(1, 61)),  # goes up, but is no counter by its name: kept and told
        ("id", [place // 2 for place in range(60)]),  # not one for each row
        ("no", [place / 7 for place in range(60)]),  # nitric oxide
        ("refractive index", [1.5 + place / 90 for place in range(60)]),
    ],
)
def test_what_does_not_count_the_rows_stays(tmp_path, first, cells):
    data = load_table(write(tmp_path, noise(first, list(cells))))
    assert data.feature_names == (first, "a", "b")
    assert ("goes up by one" in "; ".join(data.notes)) == (first == "age")


def test_a_counter_that_is_all_there_is_stays(tmp_path):
    rows = "".join(f"{place},{place * 2.5}\n" for place in range(30))
    data = load_table(write(tmp_path, "no,height\n" + rows))
    assert data.feature_names == ("no",)


def test_words_become_columns_of_0_and_1(tmp_path):
    rows = [f"{n % 7},{'male' if n % 3 else 'female'},{'ABC'[n % 3]},{n % 2}" for n in range(60)]
    data = load_table(write(tmp_path, "\n".join(["age,sex,port,survived", *rows]) + "\n"))
    assert data.feature_names == ("age", "sex=female", "sex=male", "port=A", "port=B", "port=C")
    assert [column.header for column in data.columns] == ["age", "sex", "sex", *["port"] * 3]
    x = np.concatenate([data.x_train, data.x_test])
    raw = np.array([[c.to_file(v) for c, v in zip(data.columns, row, strict=True)] for row in x])
    assert set(np.unique(raw[:, 1:].round(6))) == {0, 1}
    np.testing.assert_allclose(raw[:, 1] + raw[:, 2], 1, atol=1e-6)
    np.testing.assert_allclose(raw[:, 3:].sum(axis=1), 1, atol=1e-6)


def test_a_column_that_is_the_class_by_another_name_is_told(tmp_path):
    rows = [f"{n % 7},{n % 3},{n % 2},{'abc'[n % 3]}" for n in range(60)]
    data = load_table(write(tmp_path, "\n".join(["x,kind_id,other,kind", *rows]) + "\n"))
    assert data.feature_names == ("x", "kind_id", "other")
    assert data.notes == (
        "'kind_id' alone tells every 'kind'; remove it if it is the same by another name",
    )


def test_words_of_too_many_kinds_are_left_out_and_told(tmp_path):
    rows = [f"{n % 7},city {n % 40},{n % 2}" for n in range(120)]
    data = load_table(write(tmp_path, "\n".join(["age,city,label", *rows]) + "\n"))
    assert data.feature_names == ("age",)
    assert "'city' has 40 different words and is left out" in "; ".join(data.notes)


def test_a_gap_in_a_column_that_is_left_out_does_no_harm(tmp_path):
    rows = [f"{n % 7},{f'cabin {n}' if n % 3 else ''},{n % 2}" for n in range(60)]
    data = load_table(write(tmp_path, "\n".join(["age,cabin,label", *rows]) + "\n"))
    assert data.feature_names == ("age",)
    assert "rows are left out" not in "; ".join(data.notes)
    assert len(data.x_train) + len(data.x_test) == 60


def test_an_empty_column_is_left_out_and_told(tmp_path):
    rows = "".join(f"{n},,{n % 5},{n % 2}\n" for n in range(30))
    data = load_table(write(tmp_path, "a,note,b,label\n" + rows))
    assert data.feature_names == ("a", "b")
    assert "'note' is empty and left out" in "; ".join(data.notes)


def test_values_in_the_file_s_unit_are_recovered(tmp_path):
    draw = np.random.default_rng(3)
    height, weight = draw.uniform(150, 200, 40), draw.uniform(40, 99, 40)
    rows = [f"{h:.2f},{w:.1f},{h / w:.3f}" for h, w in zip(height, weight, strict=True)]
    text = "\n".join(["height (cm),weight [kg],price", *rows]) + "\n"
    for scale in ("standard", "range", "none"):
        data = load_table(write(tmp_path, text), scale=scale)
        assert [column.unit for column in data.columns] == ["cm", "kg"]
        x, y = np.concatenate([data.x_train, data.x_test]), [*data.y_train, *data.y_test]
        first, second = data.columns
        found = {
            (round(first.to_file(a), 2), round(second.to_file(b), 1), round(t, 3))
            for (a, b), t in zip(
                x.astype(float), (data.targets[0].to_file(float(t[0])) for t in y), strict=True
            )
        }
        assert found == {tuple(map(float, row.split(","))) for row in rows}
        assert first.scaled == (scale != "none")
    assert from_file(first, first.to_file(1.25)) == 1.25


def test_scaling_over_the_range_and_not_at_all(tmp_path):
    text = "a,b,label\n" + "".join(f"{n},{7 * n % 11 - 3},{n % 2}\n" for n in range(40))
    ranged = load_table(write(tmp_path, text), scale="range")
    assert (ranged.x_train.min(axis=0) == 0).all()
    assert (ranged.x_train.max(axis=0) == 1).all()
    plain = load_table(write(tmp_path, text), scale="none")
    assert plain.x_train[:, 1].min() == -3
    with pytest.raises(DataError, match="no scaling 'log': choose one of standard, range, none"):
        load_table(write(tmp_path, text), scale="log")


@pytest.mark.parametrize(
    "moment",
    [
        "2024-03-{}",
        "{}.03.2024",
        "3/{}/24",
        "2024-{}",
        "12:{}",
        "2024-03-{} 09:15:00",
        "9:{} PM",
        "{}-Mar-24",
        "March {}, 2024",
        "{}. März 2024",
        "Mon, {} Jan 2024 10:05:00 GMT",
        "2024/01/{} 10:05:00 AM GMT+1",
        "le {} févr. 2024",
    ],
)
def test_dates_and_times_are_left_out_and_never_predicted(tmp_path, moment):
    days = [moment.format(10 + n % 3) for n in range(60)]
    rows = [f'"{day}",{n % 7},{n * n % 11}.5' for n, day in enumerate(days)]
    dataset = load_table(write(tmp_path, "\n".join(["when,a,b", *rows])))
    assert [column.name for column in (*dataset.columns, *dataset.targets)] == ["a", "b"]
    assert "'when' holds dates or times and is left out" in dataset.notes


@pytest.mark.parametrize(
    "name",
    [
        "Kundennummer",
        "Matrikelnummer",
        "customerid",
        "userno",
        "id_client",
        "ID Station",
        "Kennung",
    ],
)
def test_names_of_one_word_that_count_rows(tmp_path, name):
    rows = [f"{1000 - 3 * n},{n % 7},{'xy'[n // 15]}" for n in range(30)]
    dataset = load_table(write(tmp_path, "\n".join([f"{name},a,kind", *rows])))
    assert [column.name for column in dataset.columns] == ["a"]
    assert f"'{name}' only counts the rows and is left out" in dataset.notes


@pytest.mark.parametrize("name", ["acid", "humid", "grid", "piano", "volcano"])
def test_names_that_only_end_so_are_inputs(tmp_path, name):
    rows = [f"{1000 - 3 * n},{n % 7},{'xy'[n // 15]}" for n in range(30)]
    dataset = load_table(write(tmp_path, "\n".join([f"{name},a,kind", *rows])))
    assert [column.name for column in dataset.columns] == [name, "a"]


def test_classes_that_differ_in_capitals_are_told(tmp_path):
    rows = [f"{n},{('True', 'TRUE', 'False')[n % 3]}" for n in range(30)]
    dataset = load_table(write(tmp_path, "\n".join(["a,sold", *rows])))
    told = "'TRUE', 'True' are classes of their own; write them alike if they are one"
    assert (len(dataset.class_names), told in dataset.notes) == (3, True)


@pytest.mark.parametrize("first", ["counter", "patients", "with some twice"])
def test_the_first_of_columns_without_names_may_name_the_rows(tmp_path, first):
    draw = np.random.default_rng(3)
    numbers = {
        "counter": range(1, 61),
        "patients": draw.permutation(900_000)[:60] + 80_000,
        "with some twice": [*(draw.permutation(900_000)[:57] + 80_000), 81_111, 81_111, 81_111],
    }[first]
    rows = [f"{id_},{'MB'[n % 2]},{n % 7}.5,{n % 11}.25" for n, id_ in enumerate(numbers)]
    data = load_table(write(tmp_path, "\n".join(rows) + "\n"))
    assert data.feature_names == ("x₃", "x₄")
    assert [column.name for column in data.targets] == ["x₂"]
    assert any(note.startswith("'x₁'") and "is left out" in note for note in data.notes)


def test_the_first_of_columns_without_names_may_be_a_price(tmp_path):
    rows = [f"{99_900 + 5_000 * (n * 7 % 61)},{n % 7}.5,{n % 5}" for n in range(60)]
    data = load_table(write(tmp_path, "\n".join(rows) + "\n"))
    assert data.feature_names == ("x₁", "x₂")
