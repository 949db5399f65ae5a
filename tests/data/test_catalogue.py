import gzip
import hashlib
from functools import partial

import numpy as np
import pytest

from nnviz import paths
from nnviz.data import (
    DATASETS,
    DataError,
    Dataset,
    available,
    catalogue,
    fetch_dataset,
    load_dataset,
)
from nnviz.data.catalogue import located
from nnviz.data.digits_cache import load_digits
from nnviz.data.drawings import DrawingStore
from nnviz.data.published import PublishedFile, Release
from tests.data.idx_files import put_mnist
from tests.data.mirror_server import mirrors

EARLIER = {name for source in DATASETS.values() for name in source.earlier}
BUILT_IN = [name for name in DATASETS if not DATASETS[name].needs_files and name != "drawings"]


@pytest.fixture
def few_digits(monkeypatch):
    """Let "digits" be few, for speed."""

    monkeypatch.setattr(catalogue, "load_digits", partial(load_digits, train=40, test=20))


@pytest.mark.usefixtures("few_digits")
@pytest.mark.parametrize("name", BUILT_IN)
def test_everything_built_in_can_be_loaded(name):
    data = load_dataset(name)
    assert isinstance(data, Dataset)
    assert data.name == name
    assert data.source
    assert len(data.x_train) == len(data.y_train)
    assert data.x_test.shape[1] == data.inputs


@pytest.mark.usefixtures("few_digits")
def test_seed_and_progress_reach_the_digits():
    told = []
    first = load_dataset("digits", seed=3, progress=lambda part, _word: told.append(part))
    assert told
    assert first.x_train.tobytes() != load_dataset("digits", seed=4).x_train.tobytes()


def test_the_table_tells_people_what_is_what():
    for name, source in DATASETS.items():
        assert name == source.name
        assert source.title
        assert source.sentence.endswith(".")


def test_mnist_from_a_folder(tmp_path):
    put_mnist(tmp_path)
    data = load_dataset("mnist", folder=tmp_path)
    assert data.name == "mnist"
    assert data.x_train.shape == (7, 20)
    assert data.source == str(tmp_path)


def test_mnist_from_the_user_s_data_folder():
    home = paths.data_folder() / "mnist"
    with pytest.raises(DataError, match="give the folder that holds its four IDX files"):
        load_dataset("mnist")
    home.mkdir(parents=True)
    put_mnist(home)
    assert load_dataset("mnist").name == "mnist"


def test_a_folder_instead_of_a_name(tmp_path, monkeypatch):
    folder = tmp_path / "mine"
    folder.mkdir()
    put_mnist(folder)
    monkeypatch.chdir(tmp_path)
    for name in (str(folder), "mine", "./mine"):
        data = load_dataset(name)
        assert data.name == "mine"
        assert data.x_test.shape == (3, 20)


def test_a_folder_that_is_not_there_is_named():
    with pytest.raises(DataError, match=r"some/where does not exist"):
        load_dataset("some/where")


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(
        DataError,
        match=r"'mnits'.*digits, mnist, fashion-mnist, drawings, and, or, nand, xor, park",
    ):
        load_dataset("mnits")


def test_the_list_says_what_is_there():
    rows = {row.name: row for row in available()}
    assert set(rows) == set(DATASETS) - {"drawings", *EARLIER}
    assert rows["digits"].present
    assert not rows["mnist"].present
    home = paths.data_folder() / "mnist"
    assert rows["mnist"].where == str(home)
    home.mkdir(parents=True)
    put_mnist(home)
    assert {row.name: row for row in available()}["mnist"].present


def test_own_drawings_are_listed_once_there_are_some():
    with pytest.raises(DataError, match="draw digits on the pad"):
        load_dataset("drawings")
    DrawingStore().add(7, np.eye(28))
    row = next(row for row in available() if row.name == "drawings")
    assert row.present
    assert row.where == str(paths.data_folder() / "drawings")


def test_fashion_has_its_own_names(tmp_path):
    put_mnist(tmp_path)
    data = load_dataset("fashion-mnist", folder=tmp_path)
    assert (data.name, data.class_names[0], data.class_names[9]) == (
        "fashion-mnist",
        "T-shirt/top",
        "Ankle boot",
    )
    with pytest.raises(DataError, match="nnviz data fetch fashion-mnist"):
        load_dataset("fashion-mnist")


def test_fetching_puts_the_files_where_they_are_looked_for(tmp_path, monkeypatch):
    origin = tmp_path / "origin"
    origin.mkdir()
    put_mnist(origin, "-idx{}-ubyte.gz", gzip.compress)
    content = {path.name: path.read_bytes() for path in origin.iterdir()}
    files = tuple(
        PublishedFile(name, len(some), hashlib.sha256(some).hexdigest())
        for name, some in sorted(content.items())
    )
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with mirrors(content) as stage:
        release = Release("MNIST", files, (stage.mirror("good"),))
        monkeypatch.setitem(catalogue.FETCHABLE, "mnist", release)
        assert fetch_dataset("mnist") == paths.data_folder() / "mnist"
    assert load_dataset("mnist").x_train.shape == (7, 20)
    assert {row.name: row for row in available()}["mnist"].present


def test_what_needs_no_fetching_is_said():
    with pytest.raises(DataError, match="nothing to fetch for 'digits', only for mnist, fashion-"):
        fetch_dataset("digits")


def test_a_path_is_told_by_what_lies_there(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,label\n1,2,x\n3,4,y\n")
    assert load_dataset(str(tmp_path / "t.csv")).class_names == ("x", "y")
    (tmp_path / "t.xyz").write_text("a")
    for name, says in (("t.xyz", "no data by its name"), ("", "neither IDX files")):
        with pytest.raises(DataError, match=says):
            load_dataset(str(tmp_path / name))


def test_a_reference_says_which_column_is_predicted(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,label\n1,2,0\n3,4,0\n5,6,1\n")
    guessed = load_dataset(str(path))
    assert [column.name for column in guessed.targets] == ["label"]
    chosen = load_dataset(f"{path}:target=a", target=())
    assert [column.name for column in chosen.targets] == ["a"]
    assert chosen.target_reason == "you chose it"
    assert load_dataset(str(path), target="a").fingerprint() == chosen.fingerprint()
    other = load_dataset(f"{path}:target=b", target=("a",))
    assert other.fingerprint() == chosen.fingerprint()


def test_options_that_nothing_takes_are_refused(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,label\n1,2,x\n3,4,y\n")
    (tmp_path / "mine").mkdir()
    for name, says in (
        ("xor:target=y", "xor takes no option 'target'"),
        (f"{tmp_path / 't.csv'}:colour=red", "takes no option 'colour'"),
        (f"{tmp_path / 'mine'}:target=y", "for a table only"),
        (f"{tmp_path / 't.csv'}:target=c", "no column 'c'"),
    ):
        with pytest.raises(DataError, match=says):
            load_dataset(name)


def test_a_data_set_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("t.csv", "odd:target=a.csv"):
        (tmp_path / name).write_text("a,b,label\n1,2,x\n3,4,y\n")
    assert located("digits") == "digits"
    assert located("t.csv") == str(tmp_path / "t.csv")
    assert located("t.csv:target=a") == f"{tmp_path / 't.csv'}:target=a"
    assert located("t.csv:target=a", ["b"]) == f"{tmp_path / 't.csv'}:target=b"
    assert located("odd:target=a.csv") == str(tmp_path / "odd:target=a.csv")
    assert load_dataset("odd:target=a.csv").class_names == ("x", "y")
