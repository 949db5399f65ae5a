"""Tables without any scaling: the very numbers of the file, targets too, and one row is enough."""

import hashlib

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.dataset import DataError
from nnviz.data.naming import earlier_of, located, scale_of
from nnviz.data.tables import load_table
from nnviz.engine import Recipe, Timeline
from nnviz.engine.run.record import DataMark, Session
from nnviz.engine.run.start import start_recipe
from nnviz.files.sessions import load_session, relocated, save_session
from nnviz.messages.commands import OpenSession
from nnviz.runtime.run_factory import RunFactory


def write(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_numbers_are_those_of_the_file_to_the_last_bit(tmp_path):
    path = write(tmp_path, "i1,i2,o1,o2\n0.05,0.10,0.01,0.99\n1e-7,170.25,-3,2.5\n")
    data = load_table(path, target=["o1,o2"], scale="none")
    assert data.x_train.dtype == data.y_train.dtype == np.float64
    assert data.x_train.tolist() == [[0.05, 0.1], [1e-7, 170.25]]
    assert data.y_train.tolist() == [[0.01, 0.99], [-3, 2.5]]
    assert not any(column.scaled for column in (*data.columns, *data.targets))


@pytest.mark.parametrize("scale", ["standard", "range"])
def test_scaled_numbers_keep_every_digit_of_the_file(tmp_path, scale):
    text = "".join(
        f"{1_234_567.89 + k / 100:.2f},{-0.000_123_456_789 * k:.12f},{98_765_432.1 - k:.1f}\n"
        for k in range(1, 10)
    )
    data = load_table(write(tmp_path, "a,b,y\n" + text), target=["y"], scale=scale)
    shown = [
        [f"{column.to_file(float(value)):.{digits}f}" for value, column, digits in columns]
        for columns in (
            zip((*x, *y), (*data.columns, *data.targets), (2, 12, 1), strict=True)
            for x, y in zip(data.x_train, data.y_train, strict=True)
        )
    ]
    assert shown == [line.split(",") for line in text.splitlines()]
    assert start_recipe(data).dtype == "float64"


def test_a_session_from_when_scaled_tables_were_held_in_float32_knows_its_table(tmp_path):
    path = write(tmp_path, "x,y\n" + "".join(f"{k / 7},{k * k / 3}\n" for k in range(30)))
    data = load_table(path, target=["y"])
    digest = hashlib.sha256()
    for part in (data.x_train, data.y_train, data.x_test, data.y_test):
        digest.update(f"<f4{part.shape}".encode())
        digest.update(part.astype(np.float32).data)
    assert data.is_known_as(digest.hexdigest())
    assert data.is_known_as(data.fingerprint())
    assert not load_table(path, target=["x"]).is_known_as(digest.hexdigest())


@pytest.mark.parametrize("text", ["x,z,y\n0.1,7,3\n", "0.1,7,3\n"])
def test_one_row_is_enough_where_nothing_is_scaled(tmp_path, text):
    path = write(tmp_path, text)
    data = load_table(path, scale="none")
    assert (data.x_train.tolist(), data.y_train.tolist()) == ([[0.1, 7]], [[3]])
    with pytest.raises(DataError, match="or one line that is not scaled"):
        load_table(path)


def test_the_same_number_in_every_line_may_be_a_target_where_nothing_is_scaled(tmp_path):
    path = write(tmp_path, "x,y\n1,2.5\n2,2.5\n")
    assert load_table(path, scale="none", target=["y"]).y_train.tolist() == [[2.5], [2.5]]
    with pytest.raises(DataError, match="the same 'y' in every line"):
        load_table(path, target=["y"])


def test_targets_are_split_at_commas_only_where_no_column_has_the_whole_name(tmp_path):
    path = write(tmp_path, 'x,"a,b",y\n0.1,7.5,3.5\n1,2.5,2.25\n3,4.5,9\n')
    for wanted, found in (
        (["a,b"], ["a,b"]),
        (["x,y"], ["x", "y"]),
        (["a,b", "y"], ["a,b", "y"]),
    ):
        data = load_table(path, target=wanted, scale="none")
        assert sorted(column.name for column in data.targets) == sorted(found)


def test_the_scaling_of_a_data_set_is_in_its_name(tmp_path):
    path = write(tmp_path, "x,y\n1,2.5\n2,3.5\n")
    assert scale_of(str(path)) == "standard"
    assert scale_of(located(str(path), scale="none")) == "none"
    assert scale_of("mnist") == ""


def test_a_run_from_when_targets_were_scaled_all_the_same_goes_on(tmp_path):
    path = write(tmp_path, "x,y\n" + "".join(f"{k},{k * k / 4}\n" for k in range(30)))
    (before,) = earlier_of(located(str(path), scale="none"))
    data = load_dataset(before)
    assert data.y_train.max() == 1
    name = located(str(path), scale="none")
    run = Timeline(Recipe(dataset=name, layers=(1, 3, 1)), data)
    run.step()
    mark = DataMark(name, data.fingerprint(), data.description)
    save_session(tmp_path / "r.nnviz", Session(run.record({}, 2), (mark,)))

    def read(file, places):
        session = load_session(file)
        for old, new in places.items():
            session = relocated(session, old, new)
        return session

    factory = RunFactory(lambda wanted, _: load_dataset(wanted), read, print, print)
    again, _ = factory.resume(OpenSession(tmp_path / "r.nnviz"))
    assert again.trainer.recipe.dataset == before
    assert again.timeline.theta.tobytes() == run.theta.tobytes()
