"""Frozen dataclasses that cost little to declare: what they need is made when they are first used.

The standard library writes six methods of every frozen dataclass as text and compiles them, half a
millisecond a class; of the three hundred that a window imports, that was a sixth of its start. Here
the constructor alone is compiled, when it is first called, and the other five are written once for
all classes. Fields, `replace`, `asdict`, `match` and slots are the standard library's, and so is
the meaning of every word; a type checker sees an ordinary dataclass.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: Literal[True], slots: bool = False, eq: bool = True) -> Any:
        """Return a decorator that does what that of the standard library does."""
        return lambda cls: _declared(cls, slots=slots, eq=eq)


def _declared(cls: type, *, slots: bool, eq: bool) -> type:
    """Return a class as a frozen dataclass; the methods that it has itself stay."""
    own = {name for name, value in vars(cls).items() if value is not None}
    bare: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    methods = {
        "__init__": _first_call(bare),
        "__repr__": _written,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }
    if eq:
        values = _values_of(bare)
        methods |= {"__eq__": _comparing(values), "__hash__": lambda self: hash(values(self))}
    for name, method in methods.items():
        if name not in own:
            setattr(bare, name, method)
    return bare


def _first_call(cls: type) -> Callable[..., None]:
    """Return a constructor that makes the class's own, once, and leaves its place to it."""

    def __init__(self: object, /, *values: Any, **named: Any) -> None:  # noqa: N807
        cls.__init__ = own = _constructor(cls)  # type: ignore[misc]
        own(self, *values, **named)

    return __init__


def _constructor(cls: type) -> Callable[..., None]:
    """Compile a constructor: fields become its parameters, those for keywords alone the last."""
    known: dict[str, Any] = {"__set__": object.__setattr__, "__missing__": dataclasses.MISSING}
    parameters: dict[bool, list[str]] = {False: [], True: []}
    body = []
    for field in dataclasses.fields(cls):
        name, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            known[f"__default_{name}__"] = field.default
            parameter = f"{name}=__default_{name}__"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"__make_{name}__"] = field.default_factory
            parameter = f"{name}=__missing__"
            value = f"__make_{name}__() if {name} is __missing__ else {name}"
        elif field.init:
            parameter = name
        else:
            continue  # `__post_init__` sets it
        if field.init:
            parameters[bool(field.kw_only)].append(parameter)
        body.append(f" __set__(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    keywords = ["*", *parameters[True]] if parameters[True] else []
    heading = ", ".join(["self", *parameters[False], *keywords])
    exec("\n".join([f"def __init__({heading}):", *body, " return None"]), known)
    own: Callable[..., None] = known["__init__"]
    own.__qualname__ = f"{cls.__qualname__}.__init__"
    return own


def _values_of(cls: type) -> Callable[[object], object]:
    """Return a function of an object that gives what it is compared by."""
    names = [field.name for field in dataclasses.fields(cls) if field.compare]
    return attrgetter(*names) if names else lambda _: ()


def _comparing(values: Callable[[object], object]) -> Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return __eq__


def _written(self: Any) -> str:
    fields = (field.name for field in dataclasses.fields(self) if field.repr)
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields)
    return f"{type(self).__qualname__}({inside})"


def _refuse_to_set(self: object, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
