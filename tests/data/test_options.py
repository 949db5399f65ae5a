"""Options of data sets: a name is read, checked, and written in one way."""

import re

import pytest

from nnviz.data import DATASETS, DataError, load_dataset
from nnviz.data.dataset_changes import words
from nnviz.data.naming import located
from nnviz.data.options import options_of, with_options
from nnviz.data.reference import read_reference
from nnviz.engine.changes import Edit
from nnviz.engine.recipe import Recipe

WITH_OPTIONS = [name for name, source in DATASETS.items() if source.options]


def test_the_name_of_the_page_is_read():
    spiral = DATASETS["spiral"]
    values = options_of(read_reference("spiral:noise=0.3,points=400,seed=1"), spiral.options)
    assert values == {
        "noise": 0.3,
        "turns": 2.0,
        "points": 400,
        "test": 0.5,
        "seed": 1,
        "features": ("x1", "x2"),
        "drawn": (),
        "moved": (),
    }


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("spiral:seed=1,noise=1/4,points=400", "spiral:noise=0.25,points=400,seed=1"),
        ("spiral:turns=2,points=500,test=1/2", "spiral"),
        ("moons:test=0.20", "moons:test=0.2"),
        ("circles:features=x2^2+x1^2+x2", "circles:features=x2+x1^2+x2^2"),
        ("plane:direction=-30", "plane:direction=-30"),
        ("line:slope=−0.5", "line:slope=-0.5"),
    ],
)
def test_each_data_set_has_one_name(written, one):
    assert located(written) == one
    assert located(one) == one
    assert load_dataset(written).fingerprint() == load_dataset(one).fingerprint()
    assert load_dataset(written).made == load_dataset(one).made


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("spiral:wobble=3", "spiral takes no option 'wobble', only noise, turns, points, test, se"),
        ("spiral:noise=much", "The option noise takes a number from 0 to 1, not 'much'."),
        ("spiral:noise=nan", "The option noise takes a number from 0 to 1, not 'nan'."),
        ("spiral:noise=", "The option noise takes a number from 0 to 1, not ''."),
        ("spiral:noise=-0.1", "The option noise takes a number from 0 to 1, not '-0.1'."),
        ("spiral:turns=1000", "The option turns takes a number from 0.25 to 4, not '1000'."),
        (
            "spiral:points=3",
            "points takes a whole number from 8 to 20\u202f000, not '3'.",
        ),
        (
            "spiral:points=9.5",
            "points takes a whole number from 8 to 20\u202f000, not '9.5'",
        ),
        ("spiral:seed=1,seed=2", "spiral has the option 'seed' twice: give it once."),
        ("line:features=x2", "takes one or more of x1, x1^2, sinx1, joined by +, not 'x2'."),
        ("circles:features=", "takes one or more of x1, x2, x1^2, x2^2, x1x2, sinx1, sinx2"),
        ("spiral:target=y", "spiral takes no option 'target', only noise"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_with_what_it_takes(name, said):
    for read in (load_dataset, located):
        with pytest.raises(DataError, match=re.escape(said)) as raised:
            read(name)
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", WITH_OPTIONS)
def test_the_ends_of_every_range_can_be_had(name):
    for option in DATASETS[name].options:
        assert option.read(option.write(option.default)) == option.default
        assert option.help.endswith(".")
        for value in () if option.choices or not option.typed else (option.low, option.high):
            reference = with_options(
                name,
                {one.name: one.default for one in DATASETS[name].options} | {option.name: value},
                DATASETS[name].options,
            )
            data = load_dataset(str(reference))
            share = value if option.name == "test" else 0.5
            assert (
                len(data.x_test)
                == pytest.approx(share * (len(data.x_test) + len(data.x_train)), abs=2)
                != 0
            )
            assert len(data.x_train) > 0


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("spiral", "spiral:noise=0,seed=3", "noise 0.1 → off, data seed 0 → 3"),
        ("circles", "circles:drawn=1~0~0", "1 point drawn"),
        ("points:drawn=1~0~0", "points:drawn=1~0~0+0~1~1+0~2~2", "2 points drawn"),
        ("points:drawn=1~0~0+0~1~1", "points:drawn=1~0~0", "1 point erased"),
        ("points:drawn=1~0~0+0~1~1", "points:drawn=1~0~0+0~1~2", "1 point moved"),
        ("moons", "moons:moved=3~1~1", "1 point moved"),
        ("moons:moved=3~1~1", "moons", "1 point moved"),
        ("moons", "spiral", ""),
        ("and", "spiral", ""),
        ("moons:wobble=1", "moons", ""),
    ],
)
def test_another_value_is_told_as_a_change(before, after, said):
    assert words(before, after) == said
    edit = Edit(3, "dataset", after, before)
    recipe = Recipe(layers=(2, 1))
    assert edit.words(recipe) == edit.name_of_branch(recipe) or not said
    assert (edit.words(recipe) == said) == bool(said)


@pytest.mark.parametrize("name", ["spiral:noise=0,5", "spiral:", "circles:noisy", "xor:1"])
def test_what_is_no_option_is_said_and_how_options_are_written(name):
    with pytest.raises(DataError, match=r"are no options: .* numbers with a point, as in"):
        load_dataset(name)
