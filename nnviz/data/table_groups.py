"""Columns of a table that say one thing together, so that none of them is an input for another.

In some of them exactly one has a 1 in each row (setosa, versicolor, virginica): they are a
class spread out. Others have names that differ only in a number (y1, y2).
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import MOST_CLASSES
from nnviz.data.description import Column
from nnviz.data.table_classes import may_be_classes
from nnviz.data.table_content import FEW, Rows, Table
from nnviz.data.table_names import folded
from nnviz.data.table_row_names import words_of
from nnviz.dataclass import dataclass

Group = tuple[int, ...]
"""Places of columns, rising."""

_YES = {"true": "false", "t": "f", "yes": "no", "y": "n", "ja": "nein", "oui": "non", "si": "no"}
_ENDS = "_.:=/|["  # of what names have in common
_HEAD = 1000  # rows that show for most columns that they are no 0 and 1
_HALF = 0.5  # part of the rows that have values, at least
_NUMBERED = re.compile(r"(.*?[^\W\d])[\W_]*(\d+)", re.DOTALL)
_LABELS = "label labels target targets class classes klasse y output outcome"
_OUTPUTS = "y label target output out response ziel sortie cible salida"
_INPUT_NAMES = (
    "x v var variable f feat feature merkmal input in eingang attr attribute col column spalte "
    "lag pixel px pc dim sensor"
)
_WHOLE, _PREDICTED, _INPUTS = (
    frozenset(names.split()) for names in (_LABELS, _OUTPUTS, _INPUT_NAMES)
)
"""Names that are no part of a class, and those of numbered outputs and inputs."""


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """Which rows a column marks, and which have no value in it, (n,)."""

    ones: NDArray[np.bool_]
    missing: NDArray[np.bool_]


def marks_of(table: Table, place: int) -> tuple[NDArray[np.bool_], str] | None:
    """Tell which rows a column marks by 1 among 0, or by a word as True among False.

    Returns:
        That, (n,), and the word, "" where it is 1; None where the column holds anything else.
    """
    if place in table.words:
        column = table.words[place]
        by_word = {word.casefold(): word for word in column.kinds()}
        pair = next((word for word, no in _YES.items() if {word, no} == set(by_word)), None)
        if pair is None or len(column.kinds()) != 2:
            return None
        return column.codes == column.words.index(by_word[pair]), by_word[pair]
    if place in table.written:
        return None
    for values in (table.numbers(place)[:_HEAD], table.numbers(place)):
        if not ((values == 0) | (values == 1) | np.isnan(values)).all():
            return None
    return table.numbers(place) == 1, ""


def marked(table: Table, place: int) -> NDArray[np.bool_]:
    """Tell which rows have 1, or a word as True, in a column, whatever else it holds, (n,)."""
    if place in table.words:
        column = table.words[place]
        yes = [word.casefold() in (*_YES, "1") for word in column.words]
        return np.array(yes, dtype=np.bool_)[column.codes]
    return np.asarray(table.numbers(place) == 1)


def one_hot_groups(table: Table, places: Sequence[int]) -> list[Group]:
    """Return the groups of columns of which exactly one has a 1 in each row, and each some 1.

    Such columns stand side by side or have the beginning of their names in common; apart from
    them there are others that they can be predicted from. The places are those of columns that
    are no names of rows, rising.
    """
    known: dict[int, _Marks] = {}
    for place in places:
        found = marks_of(table, place)
        if found is not None and found[0].any() and not found[0].all():
            known[place] = _Marks(found[0], table.missing(place))
    groups = _by_beginning(table, known)
    taken = {place for group in groups for place in group}
    free = [
        place
        for place in known
        if place not in taken and " ".join(words_of(table.names[place])) not in _WHOLE
    ]
    # In a truth table one column may well be the opposite of another.
    pairs = len(table.lines) >= FEW or len(known) < len(places)
    groups += _side_by_side(known, free, places, least=2 if pairs else 3)
    return sorted(group for group in groups if len(group) < len(places))


def _by_beginning(table: Table, known: dict[int, _Marks]) -> list[Group]:
    alike: dict[str, list[int]] = {}
    for place in known:
        name = table.names[place]
        for end in (at for at, letter in enumerate(name) if letter in _ENDS and at):
            alike.setdefault(name[: end + 1], []).append(place)
    found = {tuple(group) for group in alike.values() if _is_one_hot(known, group)}
    groups: list[Group] = []
    for group in sorted(found, key=lambda group: (-len(group), group)):
        if not any(set(group) & set(other) for other in groups):
            groups.append(group)
    return groups


def _side_by_side(
    known: dict[int, _Marks], free: Sequence[int], places: Sequence[int], least: int
) -> list[Group]:
    groups: list[Group] = []
    at = 0
    while at < len(places):
        group = _begun_at(known, free, places[at : at + MOST_CLASSES])
        if len(group) >= least:
            groups.append(group)
            at += len(group)
        else:
            at += 1
    return groups


def _begun_at(known: dict[int, _Marks], free: Sequence[int], places: Sequence[int]) -> Group:
    """Return the group that begins with the first of some columns; empty where none does."""
    held, marked = set(free), None
    for end, place in enumerate(places, 1):
        if place not in held:
            break
        ones = known[place].ones
        if marked is None:
            marked = ones.copy()
        elif (marked & ones).any():
            break
        else:
            marked |= ones
        if end > 1 and _is_one_hot(known, places[:end]):
            return tuple(places[:end])
    return ()


def _is_one_hot(known: dict[int, _Marks], group: Sequence[int]) -> bool:
    if not 2 <= len(group) <= MOST_CLASSES:
        return False
    marked = np.zeros(len(known[group[0]].ones), dtype=np.intp)
    whole = np.ones(len(marked), dtype=np.bool_)
    for place in group:
        marked += known[place].ones
        whole &= ~known[place].missing
    if not (marked[whole] == 1).all() or whole.sum() < max(2, _HALF * len(whole)):
        return False
    return all(bool(known[place].ones[whole].any()) for place in group)


def marked_by(table: Table, group: Sequence[int]) -> Rows:
    """Return which column of a group has the 1 in each row, (n,)."""
    return np.asarray(np.stack([marked(table, place) for place in group]).argmax(axis=0))


def class_column(table: Table, place: int) -> Column:
    """Describe a column that stands for a class: where it has 1, or a word as True."""
    found, name = marks_of(table, place), table.names[place]
    word = found[1] if found else ""
    return Column(f"{name}={word}", word=word) if word else Column(name)


def class_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a group's columns as those of classes, without a common beginning.

    It ends with a mark as in species_setosa or species[T.setosa].
    """
    common = beginning(names)
    bare = [name[len(common) :].strip() for name in names]
    if all(name.endswith("]") for name in bare) and "[" in common:
        bare = [name[:-1] for name in bare]
    return tuple(bare) if all(bare) and len(set(bare)) == len(bare) else tuple(names)


def beginning(names: Sequence[str]) -> str:
    """Return what names begin with in common, to the last mark in it: "species_"."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    common = "".join(letters[0] for letters in alike)
    return common[: max(common.rfind(mark) for mark in _ENDS) + 1]


def series_of(table: Table, place: int, places: Sequence[int]) -> Group:
    """Return the columns of numbers that are called as one is but for the number at the end.

    Empty where there are no others, where they are called as inputs are, or where little
    else is left to predict them from.
    """
    stem = _stem(table.names[place])
    group = tuple(
        other for other in places if _stem(table.names[other]) == stem and other in table.places
    )
    others = len(places) - len(group)
    if not stem or place not in group or len(group) < 2 or not others:
        return ()
    if any(_stem(table.names[p]) == stem and p in table.words for p in places):
        return ()
    last = words_of(stem)[-1:]
    if set(last) & _PREDICTED:
        return group
    classes = any(may_be_classes(table, other) for other in group)
    return () if classes or set(last) & _INPUTS or len(group) > others else group


def series_first(table: Table, places: Sequence[int]) -> int | None:
    """Return the last of numbered columns called as what is predicted, where the table begins so.

    As in y1, y2, x1, x2, x3.
    """
    stem = _stem(table.names[places[0]])
    group = series_of(table, places[0], places) if stem in _PREDICTED else ()
    return group[-1] if group and group == tuple(places[: len(group)]) else None


def _stem(name: str) -> str:
    """Return a name without the number at its end; "" where it has none."""
    found = _NUMBERED.fullmatch(unicodedata.normalize("NFKC", name).strip())
    return folded(found[1]) if found else ""
