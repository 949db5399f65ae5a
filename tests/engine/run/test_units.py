import numpy as np
import pytest

from nnviz.data.description import Column
from nnviz.engine.run.units import file_value, in_file, per_unit
from nnviz.numbers import write
from tests.data.seen import from_file


def _spacious(value):
    return write(value, 4, zeros=True)


@pytest.mark.parametrize(
    ("decimals", "value", "text"),
    [(0, 25, "25 years"), (1, 25, "25.0 years"), (2, 25, "25.00 years"), (None, 25, "25.00 years")],
)
def test_a_value_of_the_file_has_no_more_decimals_than_the_file(decimals, value, text):
    column = Column("age (years)", "years", 41.3, 12.7, decimals=decimals)
    seen = float(np.float32(from_file(column, value)))
    assert in_file(column, seen, _spacious) == text


def test_what_rounding_left_is_no_part_of_a_value():
    column = Column("age", "", 41.3, 12.7, decimals=1)
    seen = float(np.float32(from_file(column, 17.3)))
    assert column.to_file(seen) != 17.3
    assert file_value(column, seen) == 17.3


def test_a_value_between_those_of_the_file_keeps_its_decimals():
    column = Column("age (years)", "years", 0.0, 10.0, decimals=0)
    assert in_file(column, 2.534, _spacious) == "25.34 years"


def test_a_unit_is_said_once_in_what_a_weight_does():
    column = Column("height (cm)", "cm", 170.0, 10.0)
    assert per_unit(column, 5.0) == "0.5 per cm of height"
