"""Whatever is wrong with an example file is one sentence with file and line, and what to do."""

import re

import pytest

from nnviz.data.dataset import DataError
from nnviz.data.loading import load_dataset
from nnviz.lessons import EXAMPLES, load_example

GOOD = """\
id = "two"
title = "Two"
sentence = "Two neurons."
[data]
inputs = ["a", "b"]
targets = ["y"]
rows = [
  [0.05, 0.1, 1],
  [1, 2, 0],
]
[[layer]]
activation = "sigmoid"
weights = [
  [0.1, 0.2],
  [0.3, 0.4],
]
biases = [0.5, 0.6]
weight_names = [["w1", "w3"], ["w2", "w4"]]
[[layer]]
activation = "sigmoid"
weights = [[0.7], [0.8]]
bias_names = ["b"]
[training]
learning_rate = 0.5
trained = ["w1", "b"]
[look]
selection = { parameter = "w1" }
"""


@pytest.fixture
def load(tmp_path):
    path = tmp_path / "two.toml"

    def load(text):
        path.write_text(text, "utf-8")
        return load_example(path)

    return load


def test_a_good_file_is_read(load, tmp_path):
    example = load(GOOD)
    assert example.recipe.dataset == str(tmp_path / "two.toml")
    assert example.theta.tolist() == [0.1, 0.2, 0.3, 0.4, 0.7, 0.8, 0.5, 0.6, 0]
    assert example.recipe.only == (0, 8)
    assert example.ui.selection.parameter == 0
    same = load_dataset(str(tmp_path / "two.toml"))
    assert same.fingerprint() == example.dataset.fingerprint()
    assert same.x_train[0].tolist() == [0.05, 0.1]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('title = "Two"', 'title = "Two', 2, "no TOML"),
        ('title = "Two"', 'titel = "Two"', 2, "there is no 'titel' here: choose one of id,"),
        ('id = "two"', "id = 2", 1, "'id' must be a text"),
        ('id = "two"\n', "", 1, "the file says no 'id': add it"),
        ('inputs = ["a", "b"]', 'inputs = ["a", 7]', 5, "'inputs' must hold names"),
        ('inputs = ["a", "b"]\n', "", 4, "names no inputs"),
        ('inputs = ["a", "b"]', 'inputs = ["a"]', 8, "there must be 2"),
        ("[1, 2, 0],", "[1, 2],", 9, "here 2 numbers stand, but there must be 3"),
        ("[1, 2, 0],", '[1, "2", 0],', 9, "'2' is no finite number"),
        ("[1, 2, 0],", "[1, inf, 0],", 9, "is no finite number"),
        ("[1, 2, 0],", "[1, true, 0],", 9, ": true is no finite number"),
        ("[1, 2, 0],", "[1, 2020-01-31, 0],", 9, ": 2020-01-31 is no finite number"),
        ("[1, 2, 0],", f"[1, {10**600}, 0],", 9, ": 1000000000000000000000000000"),
        ("[1, 2, 0],", f"[1, 1{'0' * 5000}, 0],", 9, "a number has too many digits"),
        ("[1, 2, 0],", "3,", 9, "must hold rows of numbers"),
        ('targets = ["y"]', 'targets = ["y"]\nclasses = ["a"]', 7, "there must be 2 classes"),
        ('targets = ["y"]', 'targets = ["y"]\nclass = ["a"]', 7, "there is no 'class' here"),
        ('activation = "sigmoid"\nweights = [[0.7', 'activation = "sigmod"\nweights = [[0.7', 20,
         "there is no activation 'sigmod': choose one of"),
        ("[0.3, 0.4],", "[0.3],", 15, "here 1 number stands"),
        ("  [0.3, 0.4],\n", "", 13, "'weights' has 1 rows, but there are 2"),
        ("weights = [[0.7], [0.8]]", "weights = [[0.7, 1], [0.8, 1]]", 19,
         "the last layer has 2 neurons, but there are 1 targets"),
        ("weights = [[0.7], [0.8]]\n", "", 20, "say how many neurons"),
        ("biases = [0.5, 0.6]", "biases = [0.5]", 17, "here 1 number stand"),
        ('[["w1", "w3"], ["w2", "w4"]]', '[["w1"], ["w2", "w4"]]', 18, "2 names must stand"),
        ('[["w1", "w3"], ["w2", "w4"]]', '[["w1", "3"], ["w2", "w4"]]', 18, "is no name of a"),
        ("learning_rate = 0.5", "learning_rate = -1", 24, "learning rate must be above 0"),
        ("learning_rate = 0.5", 'learning_rate = "big"', 24, "must be a number"),
        ("learning_rate = 0.5", "eta = 0.5", 24, "there is no 'eta' here"),
        ("learning_rate = 0.5", 'cost = "cubic"', 24, "There is no cost 'cubic'"),
        ("learning_rate = 0.5", 'order = "backwards"', 24, "There is no order 'backwards'"),
        ("learning_rate = 0.5", "train_size = 10", 23, "too few for 10"),
        ('trained = ["w1", "b"]', 'trained = ["w1", "w9"]', 25, "no parameter is called 'w9'"),
        ('trained = ["w1", "b"]', 'trained = "some"', 25, "'trained' must be"),
        ('{ parameter = "w1" }', '{ parameter = "w9" }', 27, "'selection' must be"),
        ('{ parameter = "w1" }', "{ neuron = 3, layer = 1 }", 27, "'selection' must be"),
        ("[look]", '[look]\ngranularity = "day"', 27, "there is no step 'day'"),
        ("[look]", "[look]\nexample = 3", 27, "number of a test example, 1 to 2"),
        ("[look]", "[look]\nviews = 3", 27, "'views' must be a table"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_line(load, tmp_path, old, new, line, words):
    assert GOOD.count(old) == 1
    with pytest.raises(DataError) as refused:
        load(GOOD.replace(old, new))
    sentence = str(refused.value)
    assert sentence.startswith(f"{tmp_path / 'two.toml'}, line {line}: ")
    assert words in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 500 + len(str(tmp_path))
    assert "\n" not in sentence


def test_files_that_are_none(tmp_path):
    path = tmp_path / "bad.toml"
    with pytest.raises(DataError, match=r"bad\.toml does not exist"):
        load_example(path)
    path.write_bytes(b'title = "x"\ntitle2 = "\xff"\n')
    with pytest.raises(DataError, match=r"bad\.toml, line 2: this is no UTF-8"):
        load_example(path)
    path.write_text("a = " + "[" * 100_000)
    with pytest.raises(DataError, match=r"bad\.toml, line 1: "):
        load_example(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(DataError, match="no ordinary file"):
        load_example(path)


@pytest.mark.parametrize("name", ["backprop", "../park", "", "example:", "PARK"])
def test_an_example_that_is_not_there(name):
    with pytest.raises(DataError, match=r"There is no example .*'nnviz examples' lists"):
        load_example(name)


def test_weights_that_are_not_given_are_drawn(load):
    text = GOOD.replace("weights = [[0.7], [0.8]]", "neurons = 1")
    theta = load(text).theta
    assert theta[:4].tolist() == [0.1, 0.2, 0.3, 0.4]
    assert theta[4:6].all()
    assert (load(text).theta == theta).all()


@pytest.mark.parametrize("id", EXAMPLES)
def test_what_an_example_calls_x_or_w_is_written_as_everywhere(id):
    example = load_example(id)
    columns = example.dataset.description
    said = [example.title, example.sentence]
    said += [column.name for column in (*columns.inputs, *columns.targets)]
    assert not [words for words in said if re.search(r"(?<![A-Za-z])[xyw]\d", words, re.IGNORECASE)]
