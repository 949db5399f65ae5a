"""The description of a data set as plain values of networks and sessions, read with distrust."""

from collections.abc import Mapping
from dataclasses import astuple
from math import isfinite
from typing import Any

from nnviz.data.description import (
    LONGEST_NAME,
    MOST_DECIMALS,
    WAYS,
    Column,
    DataDescription,
    PictureRule,
)
from nnviz.data.features import FeatureInputs, features_for
from nnviz.data.zipped_arrays import BrokenError

_MOST_NAMES = 1 << 16
_FEWEST, _PARTS = 4, 6  # of a column: earlier versions wrote fewer
_LARGEST_SIDE = 1 << 12


def to_plain(description: DataDescription) -> dict[str, Any]:
    """Return a description as plain values that JSON can hold."""
    rule = description.pictures
    return {
        "class_names": list(description.class_names),
        "image_shape": list(description.image_shape) if description.image_shape else None,
        "inputs": [list(astuple(column)) for column in description.inputs],
        "targets": [list(astuple(column)) for column in description.targets],
        "target_reason": description.target_reason,
        "target_choices": list(description.target_choices),
        "pictures": None if rule is None else list(astuple(rule)),
        "target_groups": [list(group) for group in description.target_groups],
        "features": _features_to_plain(description.features),
    }


def from_plain(plain: object) -> DataDescription:
    """Read what `to_plain` returned, with distrust.

    Raises:
        BrokenError: it is something else; the message names the part.
    """
    if not isinstance(plain, Mapping):
        raise BrokenError("the description of its data is damaged")
    return DataDescription(
        class_names=_names(plain, "class_names"),
        image_shape=_shape(plain.get("image_shape")),
        inputs=_columns(plain, "inputs"),
        targets=_columns(plain, "targets"),
        target_reason=_text(plain.get("target_reason", ""), "target_reason"),
        target_choices=_names(plain, "target_choices"),
        pictures=_rule(plain.get("pictures")),
        target_groups=tuple(
            _names({"target_groups": group}, "target_groups")
            for group in _list(plain, "target_groups")
        ),
        features=_features(plain.get("features")),
    )


def _features_to_plain(features: FeatureInputs | None) -> list[Any] | None:
    return None if features is None else [features.coordinates, list(features.names)]


def _features(value: object) -> FeatureInputs | None:
    match value:
        case None:
            return None
        case [1 | 2 as coordinates, list(names)] if names:
            known = [feature.name for feature in features_for(coordinates)]
            if names == [name for name in known if name in names]:
                return FeatureInputs(coordinates, tuple(names))
    raise _bad("features")


def _bad(part: str) -> BrokenError:
    return BrokenError(f"the {part.replace('_', ' ')} in the description of its data are bad")


def _list(plain: Mapping[Any, Any], part: str) -> list[Any]:
    values = plain.get(part, [])
    if not isinstance(values, list) or len(values) > _MOST_NAMES:
        raise _bad(part)
    return values


def _text(value: object, part: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise _bad(part)
    return value


def _number(value: object, part: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise _bad(part)
    return float(value)


def _names(plain: Mapping[Any, Any], part: str) -> tuple[str, ...]:
    return tuple(_text(value, part) for value in _list(plain, part))


def _columns(plain: Mapping[Any, Any], part: str) -> tuple[Column, ...]:
    columns = []
    for value in _list(plain, part):
        if not isinstance(value, list) or not _FEWEST <= len(value) <= _PARTS:
            raise _bad(part)
        name, unit, offset, scale = value[:_FEWEST]
        word = value[4] if len(value) > _FEWEST else ""
        decimals = value[5] if len(value) == _PARTS else None
        column = Column(
            _text(name, part),
            _text(unit, part),
            _number(offset, part),
            _number(scale, part),
            _text(word, part),
            decimals,
        )
        known = type(decimals) is int and 0 <= decimals <= MOST_DECIMALS
        if column.scale <= 0 or not (known or decimals is None):
            raise _bad(part)
        columns.append(column)
    return tuple(columns)


def _shape(value: object) -> tuple[int, int] | None:
    match value:
        case None:
            return None
        case [int(rows), int(columns)] if (
            0 < rows <= _LARGEST_SIDE and 0 < columns <= _LARGEST_SIDE
        ):
            return int(rows), int(columns)
    raise _bad("image_shape")


def _rule(value: object) -> PictureRule | None:
    match value:
        case None:
            return None
        case [str(way), bool(turn), white, fill, bool(plain), *more] if way in WAYS:
            divisor, part = _number(white, "pictures"), _number(fill, "pictures")
            black = [_number(value, "pictures") for value in more] or [0.0]
            if divisor > 0 and 0 <= part <= 1 and len(black) == 1:
                return PictureRule(way, turn, divisor, part, plain, black[0])
    raise _bad("pictures")
