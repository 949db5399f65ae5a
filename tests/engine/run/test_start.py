"""Start recipes: each data set's own, and what goes over from one to another."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.data.description import PictureRule
from nnviz.data.mixture import mixed
from nnviz.engine import Recipe, Trainer, start_recipe
from nnviz.engine.changes import worded
from nnviz.engine.run.start import begin_with, left_over, without_left_over
from nnviz.engine.taught import drawing, pack
from nnviz.engine.training.augment import augments, varied
from tests.toys import TOYS


def pictures(name, count=300, side=28, classes=10):
    draw = np.random.default_rng(0)
    x = draw.random((count + 20, side * side), dtype=np.float32)
    y = one_hot(draw.integers(0, classes, count + 20), classes)
    names = tuple(map(str, range(classes)))
    return Dataset(name, x[:count], y[:count], x[count:], y[count:], names, (side, side))


def table(name, count=300, inputs=5, y=None):
    draw = np.random.default_rng(1)
    x = draw.standard_normal((count, inputs)).astype(np.float32)
    y = one_hot(draw.integers(0, 2, count), 2) if y is None else y
    return Dataset(name, x, y, x, y)


def test_the_digits_start_with_a_larger_net_and_varied_pictures():
    recipe = start_recipe("digits")
    assert (recipe.layers, recipe.cost) == ((784, 100, 10), "cross_entropy")
    assert (recipe.output_activation, recipe.schedule) == ("sigmoid", "step_decay")
    assert varied(recipe) == recipe == start_recipe(pictures("digits"))
    assert start_recipe(pictures("mnist")) == Recipe(dataset="mnist")
    assert start_recipe(pictures("a", side=8, classes=3)).layers == (64, 30, 3)


@pytest.mark.parametrize("name", TOYS)
def test_every_truth_table_is_learned_with_its_start_recipe(name):
    dataset = load_dataset(name)
    for seed in range(5):
        trainer = Trainer(replace(start_recipe(name), seed=seed), dataset)
        for _ in range(1000):
            trainer.step()
        read = trainer.network.predict(dataset.x_test) > 0.5
        assert (read == (dataset.y_test > 0.5)).all(), seed


def test_a_perceptron_is_enough_where_it_is():
    assert start_recipe("and").layers == (2, 1)
    assert start_recipe("xor").layers == (2, 3, 1)


def test_numbers_beyond_0_to_1_get_linear_outputs():
    y = np.linspace(-3, 3, 300, dtype=np.float32)[:, np.newaxis]
    recipe = start_recipe(table("far", y=y))
    assert (recipe.output_activation, recipe.layers) == ("linear", (5, 10, 1))
    assert start_recipe(table("near", y=(y + 3) / 6)).output_activation == "sigmoid"


def test_after_a_truth_table_pictures_get_a_hidden_layer_and_their_own_learning_rate():
    left = replace(start_recipe("xor"), learning_rate=10, seed=5)
    begun = begin_with(replace(left, dataset="mnist"), pictures("mnist"), load_dataset("xor"))
    assert begun.recipe == Recipe(dataset="mnist", seed=5)
    assert "layers 2,3,1 → 784,30,10" in begun.words
    assert "η 10 → 1" in begun.words


def test_tables_are_computed_exactly_and_a_precision_chosen_by_hand_is_kept():
    exact, single = start_recipe("xor"), start_recipe("circles")
    assert (exact.dtype, single.dtype) == ("float64", "float32")
    xor, circles = load_dataset("xor"), load_dataset("circles")
    for before, after, usual in (("xor", "circles", "float32"), ("circles", "xor", "float64")):
        datasets = {"xor": xor, "circles": circles}
        left = replace(start_recipe(before), dataset=after)
        assert begin_with(left, datasets[after], datasets[before]).recipe.dtype == usual
        other = {"float32": "float64", "float64": "float32"}[left.dtype]
        begun = begin_with(replace(left, dtype=other), datasets[after], datasets[before])
        assert begun.recipe.dtype == other


def test_after_and_xor_gets_what_it_needs():
    left = replace(start_recipe("and"), dataset="xor", trained="0,2", train_size=4)
    begun = begin_with(left, load_dataset("xor"), load_dataset("and"))
    assert begun.recipe == start_recipe("xor")


def test_pictures_of_the_same_kind_take_over_what_was_chosen_by_hand():
    by_hand = {"layers": (784, 50, 20, 10), "optimiser": "adam", "learning_rate": 0.01}
    chosen = Recipe(dataset="fashion", **by_hand, label_noise=0.1, train_size=200, trained="7")
    begun = begin_with(chosen, pictures("fashion"), pictures("mnist"))
    assert begun.recipe == replace(chosen, trained="all")
    begun = begin_with(chosen, pictures("fashion", 100), pictures("mnist"))
    assert begun.recipe == replace(chosen, trained="all", train_size=0)
    assert begun.words == "Training examples 200 → all: fashion has 100 training examples."


def test_the_digits_of_a_few_hands_are_varied_when_they_follow_others():
    begun = begin_with(Recipe(), pictures("digits"), pictures("mnist"))
    assert augments(begun.recipe)
    assert not augments(begin_with(Recipe(), pictures("digits"), pictures("digits")).recipe)
    assert not augments(begin_with(Recipe(), pictures("digits")).recipe)


def test_a_mixture_with_digits_of_a_few_hands_is_varied_too():
    others = {"pictures": PictureRule()}
    first, second = (replace(pictures(name), **others) for name in ("mnist", "digits"))
    both = mixed([first, second])
    assert augments(start_recipe(both))
    assert start_recipe(both) == replace(start_recipe("digits"), dataset="mnist+digits")
    begun = begin_with(Recipe(dataset="mnist+digits", learning_rate=2), both, pictures("mnist"))
    assert augments(begun.recipe)
    assert begun.recipe.learning_rate == 2
    other = mixed([first, replace(second, name="own")])
    assert not augments(start_recipe(other))


def test_more_held_back_than_there_are_is_reset_with_the_patience_that_needs_it():
    recipe = Recipe(validation_size=500, patience=3, train_size=100)
    begun = begin_with(recipe, pictures("digits", 400))
    assert begun.recipe == Recipe()
    assert "validation 500 → off" in begun.words


def test_a_saved_network_keeps_its_layers_and_loses_what_its_data_cannot_take_today():
    recipe = Recipe(layers=(784, 12, 10), train_size=1000, validation_size=2000, patience=1)
    begun = without_left_over(recipe, pictures("digits"))
    assert begun.recipe == Recipe(layers=(784, 12, 10))
    assert begun.words.endswith("digits has 300 training examples.")


def test_drawings_and_switches_stay_with_their_run():
    taught = pack([drawing(3, np.eye(28))])
    begun = begin_with(Recipe(taught=taught, trained="0"), pictures("digits"))
    assert begun.recipe == Recipe()


def test_left_over_values_are_those_that_may_change_on_the_way():
    recipe = Recipe(layers=(5, 2, 2), train_size=1000, shift=1.0, elastic=0.5, label_noise=0.2)
    assert left_over(recipe, table("a")) == {"train_size": 0, "shift": 0.0, "elastic": 0.0}
    y = np.zeros((300, 1), np.float32)
    assert left_over(Recipe(label_noise=0.2), table("a", y=y)) == {"label_noise": 0.0}
    taught = pack([drawing(3, np.eye(28))])
    assert left_over(Recipe(taught=taught), pictures("letters", classes=26)) == {"taught": "none"}
    assert left_over(Recipe(taught=taught), pictures("digits")) == {}


def test_points_with_other_features_keep_what_was_chosen_for_them():
    plain, rich = load_dataset("circles"), load_dataset("circles:features=x1+x2+x1^2")
    own = replace(start_recipe("circles"), layers=(2, 9, 4, 1), activation="relu", l2=0.5)
    wanted = replace(own, dataset="circles:features=x1+x2+x1^2")
    begun = begin_with(wanted, rich, plain)
    assert begun.recipe == replace(wanted, layers=(3, 9, 4, 1))
    assert begun.words == "Layers 2,9,4,1 → 3,9,4,1: circles has 3 inputs now."
    assert begin_with(begun.recipe, rich, rich).recipe == begun.recipe


def test_points_with_other_noise_keep_what_was_chosen_for_them():
    own = replace(start_recipe("spiral"), learning_rate=0.07, dataset="spiral:noise=0.3")
    begun = begin_with(own, load_dataset("spiral:noise=0.3"), load_dataset("spiral"))
    assert begun.recipe == own
    assert not begun.words


def test_other_points_begin_with_what_suits_them():
    own = replace(start_recipe("circles"), learning_rate=0.5, seed=3, dataset="spiral:seed=4")
    begun = begin_with(own, load_dataset("spiral:seed=4"), load_dataset("circles"))
    assert begun.recipe == replace(start_recipe("spiral"), dataset="spiral:seed=4", seed=3)
    assert start_recipe("spiral:seed=4").dataset == "spiral:seed=4"


def test_where_no_setting_differs_none_is_announced():
    recipe = replace(start_recipe("moons"), dataset="moons")
    begun = begin_with(recipe, load_dataset("moons"), load_dataset("circles"))
    assert begun.words == "New with moons."


def test_of_many_settings_that_differ_the_first_are_told_and_the_others_counted():
    before = Recipe(dataset="xor", layers=(2, 2, 2, 1), dtype="float64", batch_size=1)
    before = replace(before, order="as_given")
    wished = replace(before, dataset="circles")
    begun = begin_with(wished, load_dataset("circles"), load_dataset("xor"))
    said = begun.words.removeprefix("New with circles, as its examples are others: ")
    assert said.startswith("layers 2,2,2,1 → 2,6,1, hidden sigmoid σ → tanh, ")
    assert said.endswith(" and 2 other settings.")
    assert said.count("→") == 6
    assert len(begun.words) < 200


def test_choices_are_told_as_they_are_called_on_screen():
    assert worded("order", "as_given") == "as given"
    assert worded("order", "shuffled") == "shuffled"
    assert worded("cost", "cross_entropy") == "cross-entropy"
    recipe = Recipe(dataset="circles", layers=(2, 3, 1))
    begun = begin_with(recipe, load_dataset("circles"), load_dataset("xor"))
    assert "cost quadratic → cross-entropy, optimiser SGD → Adam" in begun.words
