"""Dataclasses of nnviz mean what those of the standard library mean."""

import dataclasses
from dataclasses import FrozenInstanceError, asdict, field, fields, replace

import pytest

from nnviz.dataclass import dataclass


def declared(decorator):
    """The same three classes, as one decorator declares them."""

    @decorator(frozen=True, slots=True)
    class Point:
        """A point."""

        x: float
        y: float = 0.5
        names: list[str] = field(default_factory=list)
        seen: bool = field(default=False, compare=False, repr=False)
        note: str = field(default="", kw_only=True)

    @decorator(frozen=True, slots=True)
    class Below(Point):
        """A point with a depth, and what follows from it."""

        depth: int = 1
        twice: int = field(init=False)

        def __post_init__(self):
            object.__setattr__(self, "twice", 2 * self.depth)

        def __repr__(self):
            return f"below {self.depth}"

    @decorator(frozen=True, eq=False)
    class Same:
        """Equal to itself alone."""

        x: int

    @decorator(frozen=True, slots=True)
    class Nothing:
        """Without fields."""

    return Point, Below, Same, Nothing


OURS, THEIRS = declared(dataclass), declared(dataclasses.dataclass)
MADE = {
    "one value": lambda kinds: kinds[0](1.0),
    "all by name": lambda kinds: kinds[0](x=1.0, y=2.0, names=["a"], seen=True, note="n"),
    "derived": lambda kinds: kinds[1](1.0, 2.0, ["a"], True, 3, note="n"),
    "compared by identity": lambda kinds: kinds[2](7),
    "empty": lambda kinds: kinds[3](),
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_fields_text_and_parts_are_the_same(make):
    ours, theirs = make(OURS), make(THEIRS)
    assert asdict(ours) == asdict(theirs)
    assert [one.name for one in fields(ours)] == [one.name for one in fields(theirs)]
    assert repr(ours) == repr(theirs)
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(ours, "__dict__") == hasattr(theirs, "__dict__")


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_equality_counts_what_is_compared_and_the_class(kinds):
    point, below, same, nothing = kinds
    assert point(1.0, seen=True) == point(1.0)
    assert point(1.0) != point(2.0)
    assert point(1.0) != below(1.0)
    assert point(1.0) != 1.0
    assert same(7) != same(7)
    assert nothing() == nothing()


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_what_is_equal_has_one_hash(kinds):
    point, _, same, nothing = kinds
    assert hash(point(1.0, names=())) == hash(point(1.0, names=(), seen=True))
    with pytest.raises(TypeError, match="list"):
        hash(point(1.0))
    assert len({nothing(), nothing()}) == 1
    assert len({same(7), same(7)}) == 2


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_nothing_is_set_or_deleted(kinds):
    point = kinds[0](1.0)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2.0
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_another_is_made_with_other_values(kinds):
    derived = kinds[1](1.0, depth=2)
    again = replace(derived, depth=5)
    assert (again.x, again.depth, again.twice) == (1.0, 5, 10)
    kind = kinds[0]
    match again:
        case kind(x, y):
            assert (x, y) == (1.0, 0.5)
        case _:
            pytest.fail("a derived one is one of its base, too")


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_defaults_are_made_anew_for_each(kinds):
    first, second = kinds[0](1.0), kinds[0](1.0)
    first.names.append("only here")
    assert second.names == []


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
@pytest.mark.parametrize(
    ("values", "named", "wrong"),
    [
        ((), {}, r"missing 1 required positional argument: 'x'"),
        ((1.0, 2.0, [], False, "n"), {}, r"takes from 2 to 5 positional arguments"),
        ((1.0,), {"z": 1}, r"unexpected keyword argument 'z'"),
    ],
)
def test_wrong_calls_say_what_is_wrong(kinds, values, named, wrong):
    for _ in range(2):  # before the constructor is there, and after
        with pytest.raises(TypeError, match=wrong):
            kinds[0](*values, **named)
