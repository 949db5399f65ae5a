import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.description import (
    INK,
    NOTHING_KNOWN,
    SCALED,
    Column,
    DataDescription,
    PictureRule,
    goes_with,
    otherwise,
)
from nnviz.data.zipped_arrays import BrokenError
from nnviz.files.descriptions import from_plain, to_plain
from tests.data.seen import from_file

HEIGHT = Column("height", "cm", 170.0, 12.5)


def test_a_column_turns_values_of_the_file_into_inputs_and_back():
    assert from_file(HEIGHT, 182.5) == 1.0
    assert HEIGHT.to_file(-2.0) == 145.0
    assert HEIGHT.scaled
    assert not Column("x").scaled


@given(st.floats(-1e6, 1e6), st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_scaling_there_and_back_is_the_same_value(value, offset, scale):
    column = Column("x", "", offset, scale)
    assert column.to_file(from_file(column, value)) == pytest.approx(value, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    "description",
    [
        NOTHING_KNOWN,
        DataDescription(
            ("cat", "dog"), (28, 28), pictures=PictureRule(SCALED, True, 16.0, 0.0, False)
        ),
        DataDescription(("0", "1"), (8, 8), pictures=PictureRule(INK)),
        DataDescription(
            inputs=(HEIGHT, Column("größe")),
            targets=(Column("price", "€", 10.0, 90.0),),
            target_reason="it is the last column",
            target_choices=("height", "price"),
        ),
    ],
)
def test_a_description_survives_json(description):
    assert from_plain(json.loads(json.dumps(to_plain(description)))) == description


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("class_names", "cat"),
        ("class_names", [1]),
        ("class_names", ["x" * 2000]),
        ("image_shape", [28]),
        ("image_shape", [0, 28]),
        ("image_shape", [1e9, 28]),
        ("inputs", [["a", "", 0.0]]),
        ("inputs", [["a", "", 0.0, 0.0]]),
        ("inputs", [["a", "", float("nan"), 1.0]]),
        ("inputs", [["a", "", True, 1.0]]),
        ("targets", {"a": 1}),
        ("target_reason", None),
        ("pictures", ["somehow", True, 255.0, 0.7, True]),
        ("pictures", ["ink", 1, 255.0, 0.7, True]),
        ("pictures", ["ink", True, 0.0, 0.7, True]),
        ("pictures", ["ink", True, 255.0, 1.5, True]),
        ("pictures", ["ink", True, 255.0, 0.7, 0]),
    ],
)
def test_damaged_parts_are_named(part, value):
    plain = {**to_plain(NOTHING_KNOWN), part: value}
    with pytest.raises(BrokenError, match=part.replace("_", " ")):
        from_plain(plain)


def test_something_else_is_no_description():
    with pytest.raises(BrokenError):
        from_plain(["class_names"])


@pytest.mark.parametrize(
    ("description", "inputs", "outputs", "fits"),
    [
        (NOTHING_KNOWN, 3, 2, True),
        (DataDescription(class_names=("a", "b")), 3, 2, True),
        (DataDescription(class_names=("a", "b")), 3, 1, True),
        (DataDescription(class_names=("a", "b", "c")), 3, 1, False),
        (DataDescription(class_names=("a", "b", "c")), 3, 4, False),
        (DataDescription(image_shape=(8, 8)), 64, 10, True),
        (DataDescription(image_shape=(8, 8)), 63, 10, False),
        (DataDescription(inputs=(Column("a"), Column("b"))), 2, 1, True),
        (DataDescription(inputs=(Column("a"), Column("b"))), 3, 1, False),
        (DataDescription(targets=(Column("a"), Column("b"))), 3, 1, False),
    ],
)
def test_a_description_goes_with_a_network_of_its_sizes(description, inputs, outputs, fits):
    assert goes_with(description, inputs, outputs) is fits


TRAINED = DataDescription(
    ("a", "b"), inputs=(HEIGHT, Column("width")), targets=(Column("kind"),), target_reason="chosen"
)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, ""),
        ({"target_reason": "its name says so", "target_choices": ("width",)}, ""),
        ({"class_names": ("b", "a")}, "its classes had other names"),
        ({"inputs": (Column("width"), HEIGHT)}, "its columns were others"),
        ({"inputs": (replace(HEIGHT, offset=171.0), Column("width"))}, "were scaled otherwise"),
        ({"targets": (Column("width"),)}, "its columns were others"),
        ({"image_shape": (1, 2), "pictures": PictureRule()}, "pictures were prepared otherwise"),
    ],
)
def test_what_meant_something_else_is_said(change, says):
    sentence = otherwise(TRAINED, replace(TRAINED, **change))
    assert says in sentence
    assert bool(says) == bool(sentence)


def test_a_unit_in_a_name_is_not_said_twice():
    for name, unit, bare in (
        ("height (cm)", "cm", "height"),
        ("weight [kg]", "kg", "weight"),
        ("height", "cm", "height"),
        ("age (years)", "", "age (years)"),
        ("(cm)", "cm", "(cm)"),
    ):
        assert Column(name, unit).bare_name == bare


def test_decimals_travel_and_columns_are_equal_without_them():
    column = Column("age (years)", "years", 40.5, 12.25, decimals=0)
    plain = to_plain(DataDescription(inputs=(column,)))
    assert from_plain(plain).inputs[0].decimals == 0
    older = {**plain, "inputs": [["age (years)", "years", 40.5, 12.25]]}
    assert from_plain(older).inputs[0].decimals is None
    assert from_plain(older).inputs == (column,)


def test_decimals_that_nobody_knows_stay_unknown():
    read = from_plain({"inputs": [["a", "", 0.0, 1.0, "", None]]})
    assert read.inputs[0].decimals is None


@pytest.mark.parametrize("decimals", [True, -1, 16, 0.5, "2"])
def test_decimals_in_a_file_that_are_none_are_refused(decimals):
    plain = {"inputs": [["a", "", 0.0, 1.0, "", decimals]]}
    with pytest.raises(BrokenError, match="inputs"):
        from_plain(plain)
