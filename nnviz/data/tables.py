"""A table as a data set: columns of numbers in, a class or numbers out.

Words, and whole numbers that look like those of classes, are classes; any other
numbers make one output for each column that is predicted. A row of grey values is a
picture. Other columns are brought to mean 0 and standard deviation 1, measured on the
training part alone, so that nothing of the test part is known while training.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError, Dataset, FloatArray, as_given, one_hot
from nnviz.data.description import (
    INPUTS_ALONE,
    LONGEST_NAME,
    NONE,
    SCALES,
    STANDARD,
    Column,
    which_is_one,
)
from nnviz.data.generator import Progress
from nnviz.data.greys import compact
from nnviz.data.orientation import with_orientation
from nnviz.data.overlap import apart, stratified
from nnviz.data.table_classes import classes_of
from nnviz.data.table_columns import (
    are_same,
    check_scale,
    decimals_of,
    inputs_of,
    number_column,
    scaled,
    scaling,
    too_many,
    twins,
)
from nnviz.data.table_content import FEW, Rows, Table, Values
from nnviz.data.table_gaps import mostly_empty, without_gaps
from nnviz.data.table_groups import class_column, class_names, marked_by
from nnviz.data.table_names import listed, short
from nnviz.data.table_pictures import coloured, find_pictures
from nnviz.data.table_reader import read_table
from nnviz.data.table_row_names import counting, row_names
from nnviz.data.table_target import Choice, choose, says_amounts, says_classes
from nnviz.dataclass import dataclass
from nnviz.numbers import count as written
from nnviz.numbers import write

_NOTES = 6  # that are told of one table
_SISTERS = 8  # columns that are named


def load_table(
    path: str | Path,
    seed: int = 0,
    progress: Progress | None = None,
    target: Sequence[str] = (),
    scale: str = STANDARD,
) -> Dataset:
    """Read a table as a data set, with the options that `load_dataset` has.

    Returns:
        Inputs (n, columns), float64 unless the table is very large; outputs one-hot where the
        target is a class, else one column a target, scaled so that the training part fills 0..1. A
        fifth of every class is held back. Without any scaling both are the numbers of the file,
        in float64, and one row is enough.

    Raises:
        DataError: the file is no such table; one sentence, with the line number if any.
    """
    path = Path(path)
    check_scale(scale)
    table = read_table(path, progress)
    parts = _parts(table, target, least=1 if scale == NONE else 2)
    table, left_out = without_gaps(table, (*parts.inputs, *parts.choice.places))
    try:
        return _dataset(table, parts, seed, scale, left_out)
    except DataError as problem:
        if not left_out:
            raise
        raise DataError(f"{str(problem)[:-1]} ({left_out}).") from problem


def _dataset(table: Table, parts: "_Parts", seed: int, scale: str, left_out: str) -> Dataset:
    """Make a data set of rows without gaps; `left_out` says in words which others there were."""
    path = table.path
    columns, values = inputs_of(table, parts.inputs)
    count = len(table.lines)
    kinds, names = _classes(table, parts)
    few = count < FEW
    train, test = (np.arange(count),) * 2 if few else stratified(kinds, seed)
    pictures = find_pictures([column.name for column in columns], values)
    if pictures:
        x = pictures.greys(values)
        rule = pictures.rule(x)
        scaled, columns = pictures.words, ()
        choices = tuple(place for place in parts.choice.others if place not in parts.inputs)
        if not few:  # elsewhere equal rows need not be copies
            train, test = apart(x, kinds, seed)
    else:
        columns = tuple(
            replace(column, decimals=decimals_of(values[:, place]))
            for place, column in enumerate(columns)
        )
        columns = scaling(columns, values[train], scale)
        x, rule = _seen(columns, values, scale), None
        scaled = SCALES[NONE if scale == INPUTS_ALONE else scale]
        choices = parts.choice.others
    targets, y, meaning = _outputs(table, parts, kinds, names, train, scale)
    used = f"{len(train)} rows to train on, {len(test)} to test with"
    if few:
        used = f"{written(count, 'row')}, so few that all are trained on and tested with"
    _refuse_long((*names, *(column.name for column in (*columns, *targets))), path)
    notes = (*([left_out] if left_out else ()), *table.notes, *parts.notes)
    if pictures and pictures.turn:
        notes = ("its pictures are dark on light and turned to light on dark", *notes)
    if not pictures and (side := coloured(values)):
        notes = (
            f"its rows look like pictures of {side} × {side} in colour but are read as "
            f"{len(columns)} columns; give grey ones, or a folder of pictures",
            *notes,
        )
    if names and not pictures:
        called = "class" if parts.choice.one_hot else f"'{short(targets[0].name)}'"
        notes += tuple(
            f"'{short(table.names[place])}' alone tells every {called}; remove it"
            " if it is the same by another name"
            for place in twins(table, parts.inputs, kinds)
        )
        notes += tuple(
            f"{_some(table, group)} together tell every {called}; remove them if they are the same "
            "by other names"
            for group in parts.choice.groups
            if set(group) <= set(parts.inputs) and are_same(marked_by(table, group), kinds)
        )
    notes += _alike(names)
    if len(notes) > _NOTES:
        notes = (*notes[:_NOTES], f"{len(notes) - _NOTES} more columns are so")
    dataset = Dataset(
        name=path.name,
        x_train=as_given(compact(x[train]) if pictures else x[train]),
        y_train=y[train],
        x_test=x[test],
        y_test=y[test],
        class_names=names,
        image_shape=(pictures.side, pictures.side) if pictures else None,
        source=f"{path.resolve()}: {'; '.join((meaning, scaled, used))}",
        columns=columns,
        targets=targets,
        target_reason=parts.choice.reason,
        target_choices=tuple(table.names[place] for place in choices),
        target_groups=tuple(
            tuple(table.names[place] for place in group) for group in parts.choice.groups
        ),
        pictures=rule,
        notes=notes,
    )
    return with_orientation(dataset)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the columns of a table are used for, by place; `notes` says what is left out."""

    inputs: tuple[int, ...]
    choice: Choice
    notes: tuple[str, ...]


def _parts(table: Table, target: Sequence[str], least: int = 2) -> _Parts:
    """Divide the columns into inputs, targets and those that are left out.

    Refused is where nothing is left to predict from, or nothing to predict, and where there are
    fewer rows than the least number.
    """
    names, count = table.names, len(table.lines)
    if count < least:
        raise DataError(
            f"{table.path} has {written(count, 'example')}: give a table with a header and at "
            "least two lines, or one line that is not scaled (--scale none)."
        )
    left_out = row_names(table) | mostly_empty(table)
    choice = choose(table, tuple(left_out), target)
    away = choice.given_away
    free = [place for place in table.there if place not in (*choice.places, *away)]
    for place in free:
        if place in table.words and place not in left_out and too_many(table.words[place]):
            left_out[place] = f"has {len(table.words[place].kinds())} different words"
    inputs = [place for place in free if place not in left_out]
    if not inputs:  # a number of the row is better than nothing
        empty = mostly_empty(table)
        inputs = [place for place in free if place in table.places and place not in empty]
    if not inputs:
        without = [f", and '{short(names[place])}' {left_out[place]}" for place in free]
        raise DataError(
            f"{table.path} has no column to predict '{short(names[choice.places[0]])}' from"
            f"{''.join(without[:1])}: give a table with a column of numbers besides the label."
        )
    notes = [
        f"'{short(names[place])}' {why} and is left out"
        for place, why in sorted(left_out.items())
        if place not in inputs and place not in choice.places
    ]
    notes += [
        f"'{short(names[place])}' goes up by one from row to row; remove it if it only counts them"
        for place in counting(table, inputs)
        if len(inputs) > 1
    ]
    if away:
        which = "is no input" if len(away) == 1 else "are no inputs"
        given = " and ".join(f"'{short(names[place])}'" for place in choice.places)
        notes.insert(0, f"{_some(table, away)} {which}: that would give {given} away")
    return _Parts(tuple(inputs), choice, tuple(notes))


def _some(table: Table, places: Sequence[int]) -> str:
    """Return the names of columns, the first of many."""
    return listed([table.names[place] for place in places], _SISTERS)


def _alike(names: Sequence[str]) -> tuple[str, ...]:
    """Return what to say of classes whose names differ only in capitals."""
    same: dict[str, list[str]] = {}
    for name in names:
        same.setdefault(name.casefold(), []).append(name)
    return tuple(
        f"{', '.join(repr(short(name)) for name in several)} are classes of their own; write them "
        "alike if they are one"
        for several in same.values()
        if len(several) > 1
    )


def _refuse_long(names: Sequence[str], path: Path) -> None:
    """Refuse names that saved networks could not carry."""
    longest = max(names, key=len, default="")
    if len(longest) > LONGEST_NAME:
        raise DataError(
            f"{path}: '{short(longest)}' has {len(longest)} letters, more than the {LONGEST_NAME} "
            "of a name of a column or a class: remove the column, or predict another."
        )


def _classes(table: Table, parts: _Parts) -> tuple[Rows, tuple[str, ...]]:
    """Return the class of each row (n,) and the names; all 0 and none where these are numbers."""
    targets = parts.choice.places
    if parts.choice.one_hot:
        kinds = marked_by(table, targets)
        if (kinds == kinds[0]).all():
            raise DataError(
                f"{table.path} has '{short(table.names[targets[kinds[0]]])}' in every row, nothing "
                "to tell apart: choose another column to predict."
            )
        return kinds, class_names([table.names[place] for place in targets])
    if len(targets) > 1:
        for place in targets:
            if place in table.words:
                raise DataError(
                    f"{table.path}: '{short(table.names[place])}' holds words, so it can only be "
                    "predicted alone: several columns at once must be numbers."
                )
        return np.zeros(len(table.lines), dtype=np.intp), ()
    name = table.names[targets[0]]
    if len(table.lines) == 1 and targets[0] in table.places:
        return np.zeros(1, dtype=np.intp), ()  # one number is no kind among others
    return classes_of(table, targets[0], called=says_classes(name), amount=says_amounts(name))


def _outputs(
    table: Table, parts: _Parts, kinds: Rows, names: tuple[str, ...], train: Rows, scale: str
) -> tuple[tuple[Column, ...], FloatArray, str]:
    """Return what the outputs are, what is desired of them (n, outputs), and that in words."""
    targets = parts.choice.places
    if parts.choice.one_hot:
        each = tuple(class_column(table, place) for place in targets)
        return each, one_hot(kinds, len(names)), f"the class is {which_is_one(each)}"
    if names:
        name = table.names[targets[0]]
        return (Column(name),), one_hot(kinds, len(names)), f"the class is '{short(name)}'"
    columns, words = [], []
    for place in targets:
        numbers = table.numbers(place)
        low, high = float(numbers[train].min()), float(numbers[train].max())
        column = number_column(table, place)
        unit = f" {column.unit}" if column.unit else ""
        if scale == NONE:
            columns.append(replace(column, decimals=decimals_of(numbers)))
            words.append(f"the output is '{short(column.name)}'{unit and f', in{unit}'}")
            continue
        if high <= low:
            raise DataError(
                f"{table.path} has the same '{short(column.name)}' in every line, "
                f"{write(low, 7)}: choose another column to predict."
            )
        columns.append(replace(column, offset=low, scale=high - low, decimals=decimals_of(numbers)))
        words.append(
            f"the output is '{short(column.name)}', 0 stands for {write(low, 7)}{unit} and 1 for "
            f"{write(high, 7)}{unit}"
        )
    numbers = np.stack([table.numbers(place) for place in targets], axis=1)
    return tuple(columns), _seen(columns, numbers, scale), "; ".join(words)


def _seen(columns: Sequence[Column], values: Values, scale: str) -> FloatArray:
    """Return what a network sees of values of the file, (n, columns), with all digits read."""
    exact = scale == NONE or values.dtype == np.float64
    return np.asarray(scaled(columns, values), np.float64 if exact else np.float32)
