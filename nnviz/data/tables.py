"""A table as a data set: columns of numbers in, a class or one number out.

Words, and whole numbers of few kinds, are classes; any other numbers make one
output. A row of grey values is a picture. Other columns are brought to mean 0 and
standard deviation 1, measured on the training part alone, so that nothing of the
test part is known while training.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError, Dataset, FloatArray, one_hot
from nnviz.data.description import Column
from nnviz.data.generator import Progress
from nnviz.data.overlap import apart
from nnviz.data.split import stratified
from nnviz.data.table_reader import Table, is_number, read_table, short

ENDINGS = (".csv", ".tsv", ".tab", ".txt")
"""How the names of tables end."""

FEW = 20
"""Below this many rows a table is trained and tested on as a whole, like a truth table."""

MOST_CLASSES = 100

_MOST_NUMBERED = 20  # kinds of whole numbers that still count as classes
_COUNTERS = {"", "id", "index", "no", "nr", "row", "unnamed: 0"}
_SMALLEST_PICTURE = 8  # rows and columns

Values = NDArray[np.floating[Any]]
Rows = NDArray[np.intp]


def load_table(
    path: str | Path,
    seed: int = 0,
    progress: Progress | None = None,
    target: Sequence[str] = (),
) -> Dataset:
    """Read a table with a header and a label column as a data set.

    Args:
        path: the file.
        seed: which rows are held back for testing (a fifth of every class).
        progress: told about the reading; may raise to cancel.
        target: the columns to predict; none lets nnviz choose.

    Returns:
        Inputs (n, columns) float32; outputs one-hot where the label is a class, else one column
        scaled so that the training part fills 0..1.

    Raises:
        DataError: the file is no such table; one sentence, with the line number if any.
    """
    path = Path(path)
    table = _without_counter(read_table(path, progress, target))
    count = len(table.labels)
    if count < 2 or not table.features:
        raise DataError(
            f"{path} has {count} examples of {len(table.features)} columns of numbers: give a "
            "table with at least two lines and a column besides the label."
        )
    kinds, names = _classes(path, table)
    few = count < FEW
    train, test = (np.arange(count),) * 2 if few else stratified(kinds, seed)
    x, shape, scaled = _inputs(table.values, train)
    if shape and not few:  # elsewhere equal rows need not be copies
        train, test = apart(x, kinds, seed)
    y, meaning = _outputs(path, table, kinds, names, train)
    used = f"{len(train)} rows to train on, {len(test)} to test with"
    if few:
        used = f"{count} rows, so few that all of them are trained on and tested with"
    return Dataset(
        name=path.name,
        x_train=x[train],
        y_train=y[train],
        x_test=x[test],
        y_test=y[test],
        class_names=names,
        image_shape=shape,
        source=f"{path.resolve()}: {meaning}; {scaled}; {used}",
        columns=() if shape else tuple(Column(name) for name in table.features),
        targets=(Column(table.label),),
        target_reason=table.reason,
        target_choices=table.features,
    )


def _without_counter(table: Table) -> Table:
    """Leave out a first column that only counts the rows: it would give sorted classes away."""
    if len(table.features) < 2 or table.features[0].casefold() not in _COUNTERS:
        return table
    column = table.values[:, 0]
    if len(column) < 2 or not (np.diff(column) == 1).all():
        return table
    return replace(table, features=table.features[1:], values=table.values[:, 1:])


def _classes(path: Path, table: Table) -> tuple[Rows, tuple[str, ...]]:
    """Return the class of each row (n,) and the names; all 0 and none where labels are numbers.

    Raises:
        DataError: the labels are neither classes nor numbers.
    """
    labels, count = table.labels, len(table.labels)
    words = [place for place, label in enumerate(labels) if not is_number(label)]
    if words and len(words) < count / 2:
        place = words[0]
        raise DataError(
            f"{path}, line {table.lines[place]}: '{short(labels[place])}' in the column "
            f"'{short(table.label)}' is no number as the others are; mend it or remove the line."
        )
    if not words:
        numbers = np.array(labels, dtype=np.float64)
        distinct, kinds = np.unique(numbers, return_inverse=True)
        whole = bool((distinct == np.rint(distinct)).all())
        if not whole or len(distinct) > min(_MOST_NUMBERED, max(2, count // 3)):
            return np.zeros(count, dtype=np.intp), ()
        names = tuple(f"{value:.0f}" for value in distinct)
    else:
        names = tuple(sorted(set(labels), key=lambda label: (label.casefold(), label)))
        number = {name: kind for kind, name in enumerate(names)}
        kinds = np.array([number[label] for label in labels], dtype=np.intp)
    if len(names) < 2:
        raise DataError(
            f"{path} has only one kind of '{short(table.label)}' ({short(names[0])}): give a table "
            "with at least two, so that there is something to tell apart."
        )
    if len(names) > MOST_CLASSES or (count >= FEW and len(names) > count / 2):
        raise DataError(
            f"{path} has {len(names)} different values of '{short(table.label)}', too many for "
            "classes: call the column to predict 'label'."
        )
    return kinds.astype(np.intp), names


def _inputs(values: Values, train: Rows) -> tuple[FloatArray, tuple[int, int] | None, str]:
    """Scale the numbers; return them (n, k), the pictures' shape if any, and what was done."""
    side = math.isqrt(values.shape[1])
    low, high = float(values.min()), float(values.max())
    if (
        side * side == values.shape[1]
        and side >= _SMALLEST_PICTURE
        and low >= 0
        and 1 < high <= 255
        and bool((values == np.rint(values)).all())
    ):
        white = 16 if high <= 16 else 255
        pictures = np.divide(values, white, dtype=np.float32, casting="same_kind")
        return pictures, (side, side), f"pictures of {side} × {side}, grey values over {white}"
    known = values[train]
    mean = known.mean(axis=0, dtype=np.float64)
    deviation = known.std(axis=0, dtype=np.float64)
    # A column that never changes says nothing: it becomes 0 throughout, as far as training knows.
    scale = np.where(deviation > 1e-7 * np.abs(mean), deviation, 1)
    x = ((values - mean) / scale).astype(np.float32)
    return x, None, "each column with mean 0 and deviation 1 on the training rows"


def _outputs(
    path: Path, table: Table, kinds: Rows, names: tuple[str, ...], train: Rows
) -> tuple[FloatArray, str]:
    """Return the desired outputs (n, outputs) and what they mean."""
    if names:
        return one_hot(kinds, len(names)), f"the class is '{short(table.label)}'"
    numbers = np.array(table.labels, dtype=np.float64)
    low, high = numbers[train].min(), numbers[train].max()
    if high <= low:
        raise DataError(
            f"{path} has the same '{short(table.label)}' in every line, {low:g}: there is nothing "
            "to predict."
        )
    y = ((numbers - low) / (high - low)).astype(np.float32)[:, np.newaxis]
    return y, f"the output is '{short(table.label)}', 0 stands for {low:g} and 1 for {high:g}"
