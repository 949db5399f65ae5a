"""The one writer and the one reader of numbers."""

import ast
import math
import random
import re
import struct
from pathlib import Path

import pytest

from nnviz import numbers
from nnviz.numbers import (
    NumberError,
    all_of,
    column,
    count,
    editable,
    exact,
    fewer,
    fit,
    fixed,
    integer,
    percent,
    read_number,
    read_numbers,
    read_whole,
    rounded,
    set_digits,
    write,
)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (163.0, 2, "163"),
        (163.4, 1, "163"),
        (-20.0, 4, "−20"),
        (0.291027774, 4, "0.291"),
        (0.291027774, 9, "0.291027774"),
        (0.291027924, 9, "0.291027924"),
        (8.469e-5, 4, "8.469×10⁻⁵"),
        (0.0001, 4, "0.0001"),
        (15680.0, 4, "15\u202f680"),
        (1234567.8, 4, "1.235×10⁶"),
        (1234567.8, 9, "1\u202f234\u202f567.8"),
        (-1e300, 3, "−1×10³⁰⁰"),
        (0.0, 4, "0"),
        (-0.0, 4, "0"),
        (0.99999, 4, "1"),
        (math.nan, 4, "undefined"),
        (-math.inf, 4, "−∞"),
    ],
)
def test_a_number_is_written_with_the_digits_that_count(value, digits, text):
    assert write(value, digits) == text


def test_a_sign_is_written_where_it_is_asked_for():
    assert write(0.5, sign=True) == "+0.5"
    assert write(-0.5, sign=True) == "−0.5"
    assert fixed(-0.0001, 2, sign=True) == "+0.00"


def test_more_digits_can_be_wished_for():
    set_digits(9)
    assert write(0.291027774) == "0.291027774"
    set_digits(1)
    assert numbers.digits() == 3
    set_digits(99)
    assert numbers.digits() == 9


def test_a_place_with_less_room_gets_fewer_digits_unless_more_are_wished():
    assert (fewer(), fewer(2)) == (3, 2)
    set_digits(9)
    assert (fewer(), fewer(2)) == (9, 9)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1349, "0.13"), (12.3449, "12"), (0.0049, "0.005"), (0.0004, "0"), (-0.0006, "−0.001")],
)
def test_few_decimals_are_rounded_once(value, text):
    assert write(value, 2, decimals=3) == text


def test_a_narrow_place_gets_as_many_digits_as_it_has_room_for():
    assert fit(0.98765, 4) == "0.99"
    assert fit(163.257, 4) == "163"
    assert fit(163.257, 6, most=9) == "163.26"
    assert fit(123456.7, 3) == "123\u202f457"  # a wrong number would be worse than a wide one


def test_the_numbers_of_a_column_keep_one_notation():
    assert column([0.5, 0.291, 12.3]) == ["0.50", "0.29", "12.30"]
    assert column([1e-5, 2.25e-6, 0.0]) == ["1.000×10⁻⁵", "2.250×10⁻⁶", "0"]
    assert column([163.0, 1e-7, math.nan]) == ["163.0", "1.0×10⁻⁷", "undefined"]
    assert column([]) == []


def test_all_digits_are_enough_to_read_the_very_same_number():
    draw = random.Random(0)
    for _ in range(2000):
        (value,) = struct.unpack("<d", draw.randbytes(8))
        if math.isfinite(value):
            assert read_number(exact(value)) == value
    assert exact(0.1) == "0.1"
    assert exact(163.0) == "163"
    assert exact(-1.5e-7) == "−1.5×10⁻⁷"


def test_all_digits_can_be_typed_over():
    draw = random.Random(2)
    for _ in range(500):
        value = draw.choice((-1, 1)) * 10 ** draw.uniform(-12, 20)
        assert read_number(editable(value)) == value
    assert [editable(value) for value in (0.25, -1e-8, 163.0, 2.5e20)] == [
        *("0.25", "−1e-8", "163", "2.5e20"),
    ]


def test_what_is_written_can_be_read():
    draw = random.Random(1)
    for _ in range(2000):
        value = draw.choice((-1, 1)) * 10 ** draw.uniform(-12, 12)
        digits = draw.randint(3, 9)
        assert read_number(write(value, digits)) == pytest.approx(value, rel=10.0 ** (1 - digits))


def test_only_all_of_it_is_a_hundred_per_cent():
    assert percent(0.928) == "92.8\u202f%"
    assert percent(1.0, 0) == "100\u202f%"
    assert percent(0.99996) == "99.996\u202f%"
    assert percent(0.00001) == "0.001\u202f%"
    assert percent(1 - 1e-12) == percent(1 - 1e-12, 0) == ">\u202f99.999999\u202f%"
    assert percent(1e-12) == "<\u202f0.000001\u202f%"
    assert percent(0.0) == "0.0\u202f%"


def test_words_agree_with_their_number():
    assert count(1, "test example") == "1 test example"
    assert count(0, "test example") == "0 test examples"
    assert count(1234, "entry", "entries") == "1\u202f234 entries"
    assert all_of(1, "edge") == "the only edge"
    assert all_of(2, "edge") == "both edges"
    assert all_of(1234, "edge") == "all 1\u202f234 edges"
    assert integer(-1234567) == "−1\u202f234\u202f567"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.25", 0.25),
        ("0,25", 0.25),
        ("1/4", 0.25),
        (" 1 / 4 ", 0.25),
        ("2.5e-3", 0.0025),
        ("2,5E-3", 0.0025),
        ("−0.5", -0.5),
        ("-1/3", -1 / 3),
        ("1,5/3", 0.5),
        ("1e-3", 1e-3),
        (".5", 0.5),
        ("5.", 5.0),
        (",5", 0.5),
        ("0,125", 0.125),
        ("1.125", 1.125),
        ("8.469×10⁻⁵", 8.469e-5),
        ("8,469·10^-5", 8.469e-5),
        ("1\u202f234\u202f567,5", 1234567.5),
        ("15 680", 15680.0),
        ("15\u00a0680", 15680.0),
    ],
)
def test_a_number_is_read_as_people_write_it(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "x", ".", ",", "1,2,3", "1.234,5", "1,234.5", "1_000", "0x10", "1e", "--1"),
        *("nan", "inf", "∞", "1e400", "1/0", "0/0", "1/2/3", "1/", "/2", "12 34", "1 2", "5 %"),
        "9" * 400,
    ],
)
def test_what_is_no_finite_number_is_refused(text):
    with pytest.raises(
        NumberError, match=r" number.*: write one like 0\.25, 0,25 or 1/4\.$|divides by 0"
    ):
        read_number(text)


@pytest.mark.parametrize("text", ["1,000", "-12,345", "1,000/3"])
def test_what_could_mean_two_numbers_is_refused(text):
    with pytest.raises(NumberError, match=r"could mean .* or .*: write it as one of these"):
        read_number(text)


def test_a_whole_number_is_read_exactly():
    assert read_whole("10") == 10
    assert read_whole("15\u202f680") == 15680
    assert read_whole("9223372036854775807") == 9223372036854775807
    assert read_whole("1e3") == 1000
    for text in ("10,5", "1/3", "0.1", "ten", "1,000"):
        with pytest.raises(NumberError):
            read_whole(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("−1.2, 1", (-1.2, 1)),
        ("(−1.2, 1)", (-1.2, 1)),
        ("-1.2,1", (-1.2, 1)),
        ("−1,2; 1e-1", (-1.2, 0.1)),
        ("0,5 1/4", (0.5, 0.25)),
        ("0,5", (0.5,)),
    ],
)
def test_several_numbers_are_told_apart(text, values):
    assert read_numbers(text, len(values)) == values


@pytest.mark.parametrize(("text", "count"), [("1", 2), ("1 2 3", 2), ("1 x", 2), ("1 2", 1)])
def test_too_many_or_too_few_numbers_are_refused(text, count):
    with pytest.raises(NumberError):
        read_numbers(text, count)


def test_a_long_text_is_not_repeated_in_full():
    with pytest.raises(NumberError) as raised:
        read_number("x" * 1000)
    assert len(str(raised.value)) < 120


PACKAGE = Path(__file__).parents[1] / "nnviz"
A_WRITER = re.compile(r"[+ ]?[<>^]?\d*(,|_|,?\.\d+[gGeEfF%]|[gGeEfF%])")


A_FIELD = re.compile(rf":{A_WRITER.pattern}}}")
"""How it stands in a source: what has none need not be parsed."""


def written_elsewhere(source: str) -> list[str]:
    """Format specifications of numbers in a source."""
    if not A_FIELD.search(source):
        return []
    return [
        f"{ast.unparse(node.value)}:{spec}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None
        if A_WRITER.fullmatch(spec := ast.unparse(node.format_spec)[2:-1])
    ]


def test_nobody_else_writes_or_rounds_numbers_for_people():
    found = {
        path.relative_to(PACKAGE).as_posix(): written
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "numbers.py" and (written := written_elsewhere(path.read_text("utf-8")))
    }
    assert found == {}


def test_a_planted_writer_is_found():
    assert written_elsewhere("f'{a:,} {b:.3g} {c:+.1f} {d:.0%} {e} {f:>3}'") == [
        *("a:,", "b:.3g", "c:+.1f", "d:.0%"),
    ]


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(0.01234, 2, 0.012), (8.6, 1, 9.0), (1234.5, 3, 1230.0), (0.0, 2, 0.0), (-0.0456, 1, -0.05)],
)
def test_a_number_is_rounded_to_the_digits_that_count(value, digits, expected):
    assert rounded(value, digits) == expected
