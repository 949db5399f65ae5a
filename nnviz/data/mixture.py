"""Mixtures: data sets of pictures as one, each with its share of the training examples.

Parts stand interleaved, so that any stretch of a mixture, what is held back for validation too,
has of each part about what the whole has. No example comes twice: shares are met by leaving
examples out.
"""

from collections.abc import Sequence
from itertools import starmap
from math import fsum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError, Dataset, Inputs, Parts, as_given
from nnviz.data.greys import Greys, compact
from nnviz.numbers import NumberError, integer, read_number

Rows = NDArray[np.intp]
_Value = TypeVar("_Value", np.uint8, np.float32)

MOST_PARTS = 1 << 8
"""Data sets that can be mixed: one byte an example tells them apart."""
_CHUNK = 4096  # rows copied at once


def mixed(parts: Sequence[Dataset], shares: Sequence[float] = (), seed: int = 0) -> Dataset:
    """Mix data sets of pictures with the same shape, classes and preparation.

    Args:
        parts: what is mixed, two at least.
        shares: part of the training examples that each data set after the first gives; without
            any all examples are trained on.
        seed: which examples are left out where there are too many for the shares.

    Returns:
        A data set with the test examples of all of them, without borrowed ones where a part has
        its own; its `parts` tell where each example comes from.

    Raises:
        DataError: they do not go together; the sentence says why not.
    """
    for other in parts[1:]:
        _check(parts[0], other)
    if len(parts) > MOST_PARTS:
        raise DataError(f"{len(parts)} data sets are too many for one mixture.")
    rows = _chosen([len(part.train_inputs) for part in parts], shares, seed)
    tested = [part.own_tests for part in parts]
    tests = [
        np.arange(len(part.x_test) if own or not any(tested) else 0)
        for part, own in zip(parts, tested, strict=True)
    ]
    of_train, of_test = _interleaved(list(map(len, rows))), _interleaved(list(map(len, tests)))
    first, names = parts[0], _names(parts)
    notes = (
        f"{note} ({name})" for name, part in zip(names, parts, strict=True) for note in part.notes
    )
    counted = f"trained on {_counts(names, rows)}, tested with {_counts(names, tests)}"
    return Dataset(
        name="+".join(part.name for part in parts),
        x_train=as_given(_inputs([part.train_inputs for part in parts], rows, of_train)),
        y_train=_gathered([part.y_train for part in parts], rows, of_train),
        x_test=_gathered([part.x_test for part in parts], tests, of_test),
        y_test=_gathered([part.y_test for part in parts], tests, of_test),
        class_names=first.class_names,
        image_shape=first.image_shape,
        source="; ".join(starmap(_source, zip(names, parts, strict=True))),
        pictures=first.pictures,
        notes=(counted, *notes),
        parts=Parts(names, of_train, of_test),
    )


def read_shares(texts: Sequence[str], parts: Sequence[str]) -> tuple[float, ...]:
    """Read the shares of a mixture: none, or one for each part after the first.

    Raises:
        DataError: they are too few or too many, or no parts of a whole.
    """
    mixture, others = "+".join(parts), len(parts) - 1
    how = f"for example {mixture}:{','.join(['share=' + format(0.6 / len(parts), '.2g')] * others)}"
    if texts and len(texts) != others:
        raise DataError(
            f"{mixture} takes {others} {'share' if others == 1 else 'shares'}, one for each part "
            f"after the first, not {len(texts)}: {how}."
        )
    try:
        shares = tuple(map(read_number, texts))
    except NumberError as error:
        raise DataError(f"A share of {mixture} must be a number, {how}: {error}") from None
    if any(not 0 < share < 1 for share in shares) or fsum(shares) >= 1:
        raise DataError(
            f"Each share of {mixture} must lie between 0 and 1 and leave some for {parts[0]}, "
            f"{how}."
        )
    return shares


def _check(first: Dataset, other: Dataset) -> None:
    """Refuse two data sets that do not go together."""
    why = ""
    bare = next((one for one in (first, other) if one.image_shape is None), None)
    nameless = next((one for one in (first, other) if not one.class_names), None)
    if bare is not None:
        why = f"the examples of {bare.name} are no pictures"
    elif first.image_shape != other.image_shape:
        why = f"pictures of {_size(first)} pixels are no pictures of {_size(other)}"
    elif nameless is not None:
        why = f"{nameless.name} has no classes"
    elif first.class_names != other.class_names:
        why = f"{first.name} has the classes {_told(first)}, but {other.name} {_told(other)}"
    elif _preparation(first) != _preparation(other):
        why = "their pictures are prepared in different ways"
    if why:
        raise DataError(f"{first.name} and {other.name} cannot be mixed: {why}.")


def _size(dataset: Dataset) -> str:
    return " × ".join(map(str, dataset.image_shape or ()))


def _told(dataset: Dataset) -> str:
    names = dataset.class_names
    return ", ".join(names if len(names) <= 4 else (*names[:3], "…", names[-1]))


def _preparation(dataset: Dataset) -> tuple[str, float] | None:
    """Return what says how a picture looks to a network, whatever its file is like."""
    rule = dataset.pictures
    return None if rule is None else (rule.way, rule.fill)


def _names(parts: Sequence[Dataset]) -> tuple[str, ...]:
    """Return what to call the parts; those that share a name are numbered."""
    names = [part.name for part in parts]
    return tuple(
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    )


def _source(name: str, part: Dataset) -> str:
    # Few drawings are tested with digits that nnviz writes, but not where others are mixed in.
    return f"{name}: {part.source}{'' if part.own_tests else ' when alone'}"


def _counts(names: Sequence[str], rows: Sequence[Rows]) -> str:
    pairs = zip(names, rows, strict=True)
    found = [f"{integer(len(mine))} of {name}" for name, mine in pairs if len(mine)]
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def _chosen(counts: Sequence[int], shares: Sequence[float], seed: int) -> list[Rows]:
    """Choose the training examples of each part: as many as the shares allow."""
    if not shares:
        return [np.arange(count) for count in counts]
    whole = (1 - fsum(shares), *shares)
    most = min(count / share for count, share in zip(counts, whole, strict=True))
    rows = []
    for place, (count, share) in enumerate(zip(counts, whole, strict=True)):
        wanted = min(max(round(most * share), 1), count)
        drawn = np.random.default_rng((seed, place)).permutation(count)[:wanted]
        rows.append(np.sort(drawn))
    return rows


def _interleaved(counts: Sequence[int]) -> NDArray[np.uint8]:
    """Return which part each example is of, so that each part is spread evenly over all."""
    along = np.concatenate([(np.arange(count) + 0.5) / max(count, 1) for count in counts])
    part = np.repeat(np.arange(len(counts), dtype=np.uint8), counts)
    return part[np.argsort(along, kind="stable")]


def _inputs(parts: Sequence[Inputs], rows: Sequence[Rows], of: NDArray[np.uint8]) -> Inputs:
    """Return the inputs of all parts, a byte a pixel where each has no more."""
    held = [part if isinstance(part, Greys) else compact(part) for part in parts]
    greys = [part for part in held if isinstance(part, Greys)]
    if len(greys) == len(held):
        return Greys(_gathered([part.codes for part in greys], rows, of))
    return _gathered([x.floats() if isinstance(x, Greys) else x for x in held], rows, of)


def _gathered(
    parts: Sequence[NDArray[_Value]], rows: Sequence[Rows], of: NDArray[np.uint8]
) -> NDArray[_Value]:
    """Put some rows of each part where `of` has the part's number."""
    found = np.empty((len(of), *parts[0].shape[1:]), parts[0].dtype)
    for number, (part, chosen) in enumerate(zip(parts, rows, strict=True)):
        places = np.flatnonzero(of == number)
        for start in range(0, len(places), _CHUNK):
            found[places[start : start + _CHUNK]] = part[chosen[start : start + _CHUNK]]
    return found
