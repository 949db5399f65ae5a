"""Examples on data that nnviz makes of a name: what is saved comes back with plane and points."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.dataset import DataError
from nnviz.data.drawn_points import MOST
from nnviz.data.naming import located
from nnviz.data.plane import EMPTY, ONE_CLASS
from nnviz.engine import Network, Recipe, Trainer
from nnviz.lessons import Example, load_example, save_example
from nnviz.lessons.lesson import Start
from nnviz.lessons.nets import net_of
from nnviz.messages.ui_state import UiState

MANY = "+".join(f"{k % 2}~{k / 100 + 0.001:.3f}~-{k / 200 + 0.001:.3f}" for k in range(MOST))
NAMES = (
    "circles",
    "circles:features=x1+x2+x1^2",
    "circles:features=x1^2+x2^2",
    "circles:noise=0.2,gap=0.1,points=20000,test=0.3",
    "spiral:noise=0.15,points=400,seed=7,turns=1.5",
    "blobs:drawn=1~0.5~-2+0~-1.25~0.125",
    "moons:noise=0,moved=3~1~1+12~-0.5~2.5,drawn=0~2~2",
    f"clouds:drawn={MANY},moved={MANY.replace('1~', '17~')}",
    "points:drawn=1~0.5~-2+0~-1.25~0.125",
    "points:features=x1+x2+x1x2,drawn=1~0.5~-2+0~1~1",
    "sine",
    "sine:frequency=3,noise=0,features=x1+sinx1",
    "plane:direction=-30",
    "bumps:bumps=2,seed=999999",
)
WRONG = (
    ('dataset = "circle"', 5, "there is no data set 'circle' that is made of its name alone"),
    ('dataset = "circles:nose=1"', 5, "circles takes no option 'nose', only noise, gap, points"),
    ('dataset = "circles:noise=2"', 5, "The option noise takes a number from 0 to 1, not '2'"),
    ('dataset = "circles:noise=0,noise=0"', 5, "has the option 'noise' twice"),
    ('dataset = "circles:features=x3"', 5, "The option features takes one or more of"),
    ('dataset = "circles:drawn=2~0~0"', 5, "The option drawn takes up to"),
    ('dataset = "circles:noise"', 5, "there is no data set 'circles:noise'"),
    ('dataset = "mnist"', 5, "there is no data set 'mnist'"),
    ('dataset = "circles+moons"', 5, "there is no data set 'circles+moons'"),
    ('dataset = "example:park"', 5, "there is no data set 'example:park'"),
    ('dataset = "/etc/hosts"', 5, "there is no data set '/etc/hosts'"),
    ('dataset = "https://example.org/points.csv"', 5, "there is no data set 'https://example.org"),
    ('dataset = "points"', 5, "there is no point at all"),
    ("dataset = 5", 5, "'dataset' must be a text of at most"),
    (f'dataset = "circles:drawn={"1" * 60_000}"', 5, "'dataset' must be a text of at most"),
    (f'dataset = "{"circles" * 500}"', 5, "there is no data set 'circlescircles"),
    ('dataset = "circles"\nrows = [[1, 2, 0]]', 6, "leave 'rows' out"),
    ('dataset = "circles"\nseed = 3', 6, "there is no 'seed' here"),
    ('dataset = "circles:features=x1"', 8, "'weights' has 2 rows, but there are 1"),
)


def on(name, dtype="float32"):
    """Return an example on a data set of this name, a few steps trained."""
    dataset = load_dataset(name)
    recipe = Recipe(
        dataset=located(name),
        layers=(dataset.inputs, 3, 1),
        activation="tanh",
        batch_size=1,
        seed=5,
        dtype=dtype,
    )
    trainer = Trainer(recipe, dataset)
    trainer.step()
    trainer.step()
    theta = np.array(trainer.network.theta, np.float64)
    return Example("mine", "Mine", recipe, dataset, theta, UiState(), focus=0)


def assert_same_data(one, other):
    assert one.name == other.name
    for array in ("x_train", "y_train", "x_test", "y_test", "train_points", "test_points"):
        ours, theirs = getattr(one, array), getattr(other, array)
        assert (ours.dtype, ours.shape) == (theirs.dtype, theirs.shape), array
        assert ours.tobytes() == theirs.tobytes(), array
    assert one.features == other.features
    assert one.description == other.description
    assert (one.made, one.source) == (other.made, other.source)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:30])
def test_it_comes_back_with_its_points_its_features_and_every_bit(tmp_path, name, dtype):
    example, path = on(name, dtype), tmp_path / "mine.toml"
    save_example(path, example)
    back = load_example(path)
    assert_same_data(back.dataset, example.dataset)
    assert back.recipe == example.recipe
    assert back.theta.tobytes() == example.theta.tobytes()
    first, again = Trainer(example.recipe, example.dataset, example.theta), _trainer(back)
    first.step()
    again.step()
    assert first.network.theta.tobytes() == again.network.theta.tobytes()
    assert "rows" not in path.read_text("utf-8")


def _trainer(example):
    return Trainer(example.recipe, example.dataset, example.theta)


def test_the_file_names_the_data_as_people_do(tmp_path):
    path = tmp_path / "mine.toml"
    save_example(path, on("circles:features=x1+x2+x1^2"))
    assert '[data]\ndataset = "circles:features=x1+x2+x1^2"\n' in path.read_text("utf-8")
    assert load_dataset(str(path)).features == load_example(path).dataset.features
    assert load_dataset(str(path)).fingerprint() == load_example(path).dataset.fingerprint()


def test_a_lesson_can_begin_with_it(tmp_path):
    path = tmp_path / "mine.toml"
    save_example(path, on("sine"))
    net = net_of(Start(example=str(path)))
    assert net.recipe.dataset == "sine"


def test_other_numbers_than_the_name_makes_are_written_as_rows(tmp_path):
    example, path = on("circles"), tmp_path / "mine.toml"
    moved = example.dataset.x_train + np.float32(1)
    dataset = replace(example.dataset, x_train=moved)
    save_example(path, Example("a", "A", example.recipe, dataset, example.theta, UiState()))
    back = load_example(path)
    assert back.recipe.dataset == str(path)
    assert np.array_equal(back.dataset.x_train, moved)


def test_points_of_one_class_come_back_though_nothing_can_be_learned_of_them(tmp_path):
    dataset, path = load_dataset("points:drawn=1~0.5~-2"), tmp_path / "mine.toml"
    recipe = Recipe(dataset="points:drawn=1~0.5~-2", layers=(2, 1))
    theta = Network(recipe).theta.astype(np.float64)
    save_example(path, Example("a", "A", recipe, dataset, theta, UiState()))
    back = load_example(path)
    assert_same_data(back.dataset, dataset)
    assert back.dataset.missing == ONE_CLASS
    assert back.theta.tobytes() == theta.tobytes()


def test_an_empty_plane_is_refused_before_anything_is_written(tmp_path):
    dataset, path = load_dataset("points"), tmp_path / "mine.toml"
    recipe = Recipe(dataset="points", layers=(2, 1))
    assert dataset.missing == EMPTY
    theta = Network(recipe).theta.astype(np.float64)
    with pytest.raises(DataError, match="put points onto the plane first"):
        save_example(path, Example("a", "A", recipe, dataset, theta, UiState()))
    assert not path.exists()


@pytest.mark.parametrize(("data", "line", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_told_with_file_and_line(tmp_path, data, line, words):
    path = tmp_path / "bad.toml"
    path.write_text(
        f'id = "bad"\ntitle = "Bad"\n\n[data]\n{data}\n[[layer]]\nactivation = "sigmoid"\n'
        "weights = [[1], [2]]\n",
        "utf-8",
    )
    with pytest.raises(DataError) as refused:
        load_example(path)
    sentence = str(refused.value)
    assert sentence.startswith(f"{path}, line {line}: ")
    assert words in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 500 + len(str(path))
