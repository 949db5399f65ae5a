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
    drawings,
    fetch_dataset,
    load_dataset,
)
from nnviz.data.catalogue import home
from nnviz.data.digits_cache import load_digits
from nnviz.data.drawings import DrawingStore
from nnviz.data.naming import earlier_of, found_at, located
from nnviz.data.published import PublishedFile, Release
from tests.data.idx_files import put_digits, put_mnist
from tests.data.mirror_server import mirrors

EARLIER = {name for source in DATASETS.values() for name in source.earlier}
BUILT_IN = [name for name in DATASETS if not DATASETS[name].needs_files and name != "drawings"]


@pytest.fixture
def few_digits(monkeypatch):
    """Let "digits" be few, for speed."""
    few = partial(load_digits, train=40, test=20)
    for module in (catalogue, drawings):
        monkeypatch.setattr(module, "load_digits", few)


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
        match=r"'mnits'.*digits, mnist, mnist\+digits, fashion-mnist, drawings, and, or, nand, xor",
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
    with pytest.raises(DataError, match="nothing to fetch for 'digits', only for mnist, "):
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
    assert located("digits+") == "digits+", "nothing is no folder"
    assert load_dataset("odd:target=a.csv").class_names == ("x", "y")


@pytest.fixture
def few_mnist():
    """Let "mnist" be four small files in the user's data folder."""
    put_mnist(paths.data_folder() / "mnist", train=30, test=8, shape=(28, 28))


@pytest.mark.usefixtures("few_digits", "few_mnist")
def test_data_sets_are_mixed_by_their_names():
    data = load_dataset("mnist+digits")
    assert (data.name, data.parts.names) == ("mnist+digits", ("mnist", "digits"))
    assert (len(data.train_inputs), len(data.x_test)) == (70, 28)
    assert data.fingerprint() == load_dataset("mnist+digits").fingerprint()
    assert load_dataset("digits+mnist").parts.names == ("digits", "mnist")
    assert load_dataset("mnist+digits-3+digits").parts.names == ("mnist", "digits-3", "digits")
    fewer = load_dataset("mnist+digits:share=0.25")
    assert np.bincount(fewer.parts.train).tolist() == [30, 10]
    assert fewer.fingerprint() != load_dataset("mnist+digits:share=0.25", seed=1).fingerprint()


@pytest.mark.usefixtures("few_digits")
def test_a_mixture_takes_its_files_from_a_folder_and_says_where_they_are_missing(tmp_path):
    told = []
    with pytest.raises(DataError, match="nnviz data fetch mnist'"):
        load_dataset("digits+mnist", progress=lambda part, _word: told.append(part))
    assert not told, "no digits are made where MNIST is not there"
    put_mnist(tmp_path / "files", shape=(28, 28))
    data = load_dataset("mnist+digits", folder=tmp_path / "files")
    assert data.source.startswith(f"mnist: {tmp_path / 'files'}; digits: written by nnviz")


@pytest.mark.usefixtures("few_digits", "few_mnist")
def test_mnist_with_forms_is_listed_where_mnist_is_and_fetched_as_it_is():
    rows = {row.name: row for row in available()}
    assert rows["mnist+digits"].present
    assert rows["mnist+digits"].where == str(home("mnist")) == str(home("mnist+digits"))
    assert catalogue.FETCHABLE["mnist+digits"] is catalogue.FETCHABLE["mnist"]


@pytest.mark.usefixtures("few_digits")
def test_drawings_and_folders_are_mixed_too(tmp_path):
    put_digits(tmp_path / "own+files", load_digits(seed=1, train=50, test=20))
    data = load_dataset(f"digits+{tmp_path / 'own+files'}:share=0.1")
    assert data.parts.names == ("digits", "own+files")
    for pixels in range(1, 16):  # some of them are held back
        DrawingStore().add(7, np.eye(28) * pixels / 16)
    for name in ("drawings+digits", "digits+drawings"):
        assert load_dataset(name).notes[0].endswith("tested with 20 of digits")


@pytest.mark.usefixtures("few_digits", "few_mnist")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("mnist+xor", "mnist and xor cannot be mixed: the examples of xor are no pictures."),
        ("mnist+digits+mnist", "has mnist twice"),
        ("mnist+digits:target=a", "takes no option 'target', only share"),
        ("mnist+mnits", "There is no data set 'mnits'"),
        ("mnist+", "names nothing on one side of a +"),
        ("+digits", "names nothing on one side of a +"),
        ("digits+./nowhere", "nowhere does not exist"),
        ("digits+fashion-mnist", "digits has the classes 0, 1, 2, …, 9, but fashion-mnist T-shirt"),
        ("digits:share=0.5", "digits takes no option 'share', for it is mixed with nothing"),
        ("mnist+digits:share=0", "must lie between 0 and 1 and leave some for mnist"),
        ("mnist+digits:share=1", "must lie between 0 and 1 and leave some for mnist"),
        ("mnist+digits:share=a third", "A share of mnist+digits must be a number"),
        ("mnist+digits+digits-3:share=0.3", "takes 2 shares, one for each part after the first"),
        ("digits+small", "pictures of 28 × 28 pixels are no pictures of 4 × 5"),
    ],
)
def test_what_cannot_be_mixed_is_refused_in_one_sentence(name, says, tmp_path, monkeypatch):
    put_mnist(home("fashion-mnist"), train=200, test=50, shape=(28, 28))
    put_mnist(tmp_path / "small")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as refused:
        load_dataset(name)
    assert says in str(refused.value)


def test_a_path_with_a_plus_opens_as_ever(tmp_path, monkeypatch):
    put_mnist(tmp_path / "mnist+digits")
    put_mnist(tmp_path / "a+b")
    monkeypatch.chdir(tmp_path)
    for name in ("mnist+digits", "a+b", str(tmp_path / "a+b")):
        assert load_dataset(name).parts.names == ()
        assert located(name) == str(tmp_path / name)


def test_the_parts_of_a_mixture_are_found_from_anywhere_and_at_another_place(tmp_path, monkeypatch):
    put_mnist(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    name = located("digits+mine:share=0.2")
    assert name == f"digits+{tmp_path / 'mine'}:share=0.2"
    (tmp_path / "mine").rename(tmp_path / "moved")
    assert found_at(name, "/new/place") == "digits+/new/place:share=0.2"
    assert found_at("digits+mnist", "/new/place") == "digits+/new/place", "its files are missing"
    assert found_at("/old.csv:target=a", "/new.csv") == "/new.csv:target=a"


def test_mixtures_of_earlier_digits_have_names_too():
    assert earlier_of("digits") == ["digits-3"]
    assert earlier_of("mnist+digits:share=0.2") == ["mnist+digits-3:share=0.2"]
    assert earlier_of("mnist") == earlier_of("/some/path") == []
    assert earlier_of("digits+digits-3") == [], "no mixture has a data set twice"
