import pytest

from nnviz import paths
from nnviz.data import DATASETS, DataError, Dataset, available, catalogue, load_dataset
from nnviz.data.digits_cache import load_digits

from .idx_files import put_mnist


@pytest.fixture
def few_digits(monkeypatch):
    """Let "digits" be few, for speed."""

    def few(*, seed, progress):
        return load_digits(seed=seed, progress=progress, train=40, test=20)

    monkeypatch.setattr(catalogue, "load_digits", few)


@pytest.mark.usefixtures("few_digits")
@pytest.mark.parametrize("name", [name for name in DATASETS if not DATASETS[name].needs_files])
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
    with pytest.raises(DataError, match=r"'mnits'.*digits, mnist, and, or, nand, xor, park"):
        load_dataset("mnits")


def test_the_list_says_what_is_there():
    rows = {row.name: row for row in available()}
    assert set(rows) == set(DATASETS)
    assert rows["digits"].present
    assert not rows["mnist"].present
    home = paths.data_folder() / "mnist"
    assert rows["mnist"].where == str(home)
    home.mkdir(parents=True)
    put_mnist(home)
    assert {row.name: row for row in available()}["mnist"].present
