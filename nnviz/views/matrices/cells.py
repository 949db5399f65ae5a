"""The cells of the matrices: which number stands where, what belongs to it, and what it is.

The grid has the matrix in the middle and the vectors around it: its rows are those of the vectors
above, of the matrix, of the vectors below; its columns likewise. Corners are empty.
"""

from collections.abc import Iterator

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.explain import explain_error, explain_neuron
from nnviz.engine.run.snapshot import Array
from nnviz.engine.selection import Selection
from nnviz.numbers import write
from nnviz.views.matrices import text
from nnviz.views.matrices.picture import (
    MatricesPicture,
    Strip,
    weight_name,
    weight_selection,
)

Block = tuple[int, int, int, int]
"""Some cells: first and last row, first and last column of the grid."""


MATRIX, BESIDE, ABOVE = "matrix", "beside", "above"
Key = tuple[str, int]
"""The matrix, or one of the vectors beside it or above and below it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the grid, which holds a number."""

    row: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What stands in a cell.

    Attributes:
        strip: the vector that the number is of; None for the matrix.
        row, column: of the matrix; 0 where the vector has none.
        across: True where the vector has a number for each column.
    """

    strip: Strip | None
    row: int
    column: int
    across: bool = False

    @property
    def index(self) -> int:
        """Which number of its vector it is."""
        return self.column if self.across else self.row


def size_of(picture: MatricesPicture) -> tuple[int, int]:
    """Return how many rows and columns the grid has."""
    rows = len(picture.top) + picture.rows + len(picture.bottom)
    return rows, len(picture.left) + picture.columns + len(picture.right)


def content(picture: MatricesPicture, cell: Cell) -> Content | None:
    """Return what stands in a cell; None for a corner and beyond the grid."""
    rows, columns = size_of(picture)
    if not (0 <= cell.row < rows and 0 <= cell.column < columns):
        return None
    row, column = cell.row - len(picture.top), cell.column - len(picture.left)
    inside = 0 <= row < picture.rows, 0 <= column < picture.columns
    if all(inside):
        return Content(None, row, column)
    if inside[0]:
        beside = (
            picture.left[cell.column] if column < 0 else picture.right[column - picture.columns]
        )
        return Content(beside, row, 0)
    if inside[1]:
        sides = (*picture.top, *picture.bottom)
        strip = sides[cell.row - (picture.rows if row >= 0 else 0)]
        return Content(strip, 0, column, across=True)
    return None


def value(picture: MatricesPicture, at: Content) -> float | None:
    """Return a cell's number; None as long as it is not known."""
    if at.strip is not None:
        return float(at.strip.values[at.index]) if at.strip.known else None
    if picture.matrix is None or not picture.known:
        return None
    return float(picture.matrix[at.row, at.column])


def name(picture: MatricesPicture, at: Content) -> str:
    """Return what a cell's number is called."""
    if at.strip is None:
        return weight_name(picture, at.row, at.column)
    return at.strip.name(picture.recipe, at.index)


def selection(picture: MatricesPicture, at: Content) -> Selection:
    """Return what a click on a cell asks about."""
    if at.strip is None:
        return weight_selection(picture, at.row, at.column)
    return at.strip.selection(picture.recipe, at.index)


def lit(picture: MatricesPicture, cell: Cell) -> tuple[Block, ...]:
    """Return the cells that a cell's number is made of, or that it has a part in."""
    at = content(picture, cell)
    if at is None:
        return ()
    rows, columns = size_of(picture)
    top, left = len(picture.top), len(picture.left)
    own: Block = (cell.row, cell.row, cell.column, cell.column)
    whole_row: Block = (cell.row, cell.row, 0, columns - 1)
    whole_column: Block = (0, rows - 1, cell.column, cell.column)
    kind = None if at.strip is None else at.strip.kind
    if kind is None:
        parts: list[Block] = [own]
        if picture.left:
            parts.append((cell.row, cell.row, 0, left - 1))
        if picture.top:
            parts.append((0, top - 1, cell.column, cell.column))
        if picture.bottom:
            below = top + picture.rows + 1  # what it adds to: z below b
            parts.append((below, below, cell.column, cell.column))
        if picture.right:
            beside = left + picture.columns
            parts.append((cell.row, cell.row, beside, beside))
        return tuple(parts)
    if kind == "sum":
        all_of_left: Block = (top, top + picture.rows - 1, 0, left - 1)
        return all_of_left, (0, cell.row, cell.column, cell.column)
    if kind == "activation" and at.across:
        return ((cell.row - 1, cell.row, cell.column, cell.column),)  # of its sum
    if kind in ("error", "felt") and not at.across and picture.top:
        all_of_top: Block = (0, top - 1, left, left + picture.columns - 1)
        return all_of_top, (cell.row, cell.row, left, cell.column)
    if kind == "bias":
        return ((cell.row, cell.row + 1, cell.column, cell.column),)
    if kind == "slope" and picture.matrix is not None:
        return ((cell.row, cell.row, cell.column, columns - 1),)
    return (whole_column,) if at.across else (whole_row,)


def words(picture: MatricesPicture, cell: Cell) -> tuple[str, ...]:
    """Say what a cell's number is made of, the fullest wording first."""
    at = content(picture, cell)
    if at is None:
        return (text.POINT,)
    number = value(picture, at)
    if number is None:
        return (f"{name(picture, at)}: {text.LATER}", text.LATER)
    short = f"{name(picture, at)} = {write(number)}"
    return (_made(picture, at, number) or short, short)


def _made(picture: MatricesPicture, at: Content, number: float) -> str:
    """Write a number with what it is made of; empty where that is nothing else."""
    network, focus = picture.moment.network, picture.moment.focus
    if at.strip is None:
        return _product(picture, at, number)
    if at.strip.kind in ("sum", "activation") and at.strip.layer > 0 and at.across:
        parts = explain_neuron(network, focus.x, at.strip.layer, at.index)
        made = parts.sum if at.strip.kind == "sum" else parts.activation
        return made.text_with_numbers
    if at.strip.kind == "error" and at.strip.layer == picture.layer and picture.right:
        error = explain_error(network, focus.x, focus.y, at.strip.layer, at.index)
        return error.equation.text_with_numbers
    return ""


def _product(picture: MatricesPicture, at: Content, number: float) -> str:
    """Write a weight times what it weighs, or a slope as the product that it is."""
    own = f"{weight_name(picture, at.row, at.column)} = {write(number)}"
    sides = [(strip, at.row) for strip in picture.left] + [
        (strip, at.column) for strip in picture.top
    ]
    known = [(strip, index) for strip, index in sides if strip.known]
    factors = [strip.name(picture.recipe, index) for strip, index in known]
    numbers = [write(float(strip.values[index])) for strip, index in known]
    if len(known) == 2:
        return f"{weight_name(picture, at.row, at.column)} = {factors[0]}·{factors[1]} = " \
               f"{numbers[0]}·{numbers[1]} = {write(number)}"  # fmt: skip
    if len(known) == 1:
        product = number * float(known[0][0].values[known[0][1]])
        return f"{own}, times {factors[0]} = {numbers[0]}: {write(product)}"
    return own


def sections(shown: MatricesPicture) -> Iterator[tuple[Key, Block, Array | None]]:
    """Return the matrix and each vector: a key, its cells, its numbers as (rows, columns)."""
    top, left = len(shown.top), len(shown.left)
    down, across = (top, top + shown.rows - 1), (left, left + shown.columns - 1)
    if shown.matrix is not None:
        yield (MATRIX, 0), (*down, *across), shown.matrix if shown.known else None
    for place, strip in enumerate((*shown.left, *shown.right)):
        at = place if place < left else place + shown.columns
        yield (BESIDE, place), (*down, at, at), _numbers(strip, across=False)
    for place, strip in enumerate((*shown.top, *shown.bottom)):
        at = place if place < top else place + shown.rows
        yield (ABOVE, place), (at, at, *across), _numbers(strip, across=True)


def _numbers(strip: Strip, *, across: bool) -> Array | None:
    """Return a vector as a row or a column; None as long as it is not known."""
    if not strip.known:
        return None
    return strip.values[np.newaxis] if across else strip.values[:, np.newaxis]
