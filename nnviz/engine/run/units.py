"""Units: the values of a table as its file has them, beside the names of its columns.

A network sees a scaled value, (value − offset) / scale. Wherever a column's own name
stands, the file's own value stands beside it, in its unit; how the one becomes the
other is a step of its own.
"""

from collections.abc import Callable

from nnviz.data.description import Column, DataDescription
from nnviz.engine.run.names import input_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.symbols import Symbol
from nnviz.numbers import MINUS, fixed, write

Writer = Callable[[float], str]


def input_column(description: DataDescription, k: int) -> Column | None:
    """Return the column that is an input; None where inputs are no columns."""
    return description.inputs[k] if k < len(description.inputs) else None


def number_targets(description: DataDescription, outputs: int) -> tuple[Column, ...]:
    """Return the columns of numbers that the outputs predict; empty where they are classes."""
    targets = description.targets
    return targets if not description.class_names and len(targets) == outputs else ()


def in_file(column: Column, value: float, written: Writer = write) -> str:
    """Write what the file has where a network sees `value`, with its unit: "1.5 cm".

    A value of the file has no more decimals than the file; one between has those of `written`.
    """
    found = file_value(column, value)
    text = written(found)
    known = column.decimals
    if known is not None and found == round(found, known) and "×" not in text:
        decimals = len(text.partition(".")[2])
        text = fixed(found, known) if decimals > known else text
    return f"{text} {column.unit}".rstrip()


def file_value(column: Column, value: float) -> float:
    """Return what the file has where a network sees `value`; rounding leaves no trace."""
    found = column.to_file(value)
    if column.decimals is not None:
        exact = round(found, column.decimals)
        found = exact if abs(found - exact) < column.rounding else found
    return 0.0 if abs(found) < column.rounding else found


def input_value(snapshot: Snapshot, k: int, written: Writer = write) -> str:
    """Write the value of an input: the file's where it is a column, else as the network sees it."""
    value, column = float(snapshot.focus.x[k]), input_column(snapshot.description, k)
    return written(value) if column is None else in_file(column, value, written)


def input_label(snapshot: Snapshot, k: int) -> str:
    """Return the name of an input beside its value, which says the unit."""
    column = input_column(snapshot.description, k)
    return input_name(snapshot, k) if column is None else column.bare_name


def desired_values(snapshot: Snapshot, written: Writer = write) -> list[str]:
    """Write the desired outputs: in the file's unit where they are numbers of its columns."""
    return output_values(snapshot, snapshot.focus.y.tolist(), written)


def output_values(snapshot: Snapshot, values: list[float], written: Writer = write) -> list[str]:
    """Write outputs in the file's unit where they are numbers of its columns."""
    columns = number_targets(snapshot.description, snapshot.recipe.layers[-1])
    if not columns:
        return [written(value) for value in values]
    return [in_file(column, value, written) for column, value in zip(columns, values, strict=True)]


def scaling_in(column: Column, symbol: Symbol, value: float) -> str:
    """Write how a value of the file becomes an input: "x₁ = (1 − 2.333) / 0.979 = −1.362"."""
    inside = f"{write(file_value(column, value))} {_minus(column.offset)}"
    return f"{symbol.text} = ({inside}) / {write(column.scale)} = {write(value)}"


def scaling_out(column: Column, symbol: Symbol, value: float) -> str:
    """Write how an output becomes a value of the file: "ŷ₁·7.8 + 23.4 = 25.1 mpg"."""
    sign = "+" if column.offset >= 0 else MINUS
    left = f"{symbol.text}·{write(column.scale)} {sign} {write(abs(column.offset))}"
    return f"{left} = {in_file(column, value)}"


def per_unit(column: Column, weight: float) -> str:
    """Write a weight on a scaled column in the file's units: what one more of them adds to z."""
    return f"{write(weight / column.scale)} per {column.unit or 'unit'} of {column.bare_name}"


def _minus(offset: float) -> str:
    return f"{MINUS if offset >= 0 else '+'} {write(abs(offset))}"
