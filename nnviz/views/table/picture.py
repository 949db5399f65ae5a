"""What the table shows of a data set: its cells, what is said of it, and which rows are tested."""

from nnviz.data.dataset import Dataset
from nnviz.data.typed_table import MOST_CELLS, TypedTable, is_typed, read_typed
from nnviz.dataclass import dataclass
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.table import text


@dataclass(frozen=True, slots=True)
class TablePicture:
    """A table and what is said of it.

    Attributes:
        table: the cells; None where there is no table to show.
        about: what is said, the fullest wording first.
        first_test: the row from which on rows are tested with; 0 where all are.
    """

    table: TypedTable | None = None
    about: tuple[str, ...] = NO_RUN
    first_test: int = 0

    def row_of(self, example: int) -> int:
        """Return the row of a test example; −1 where it has none."""
        row = example + self.first_test
        there = self.table is not None and example >= 0 and row < len(self.table.rows)
        return row if there else -1

    def example_of(self, row: int) -> int:
        """Return the test example in a row; −1 of a row that is held for training alone."""
        return row - self.first_test if row >= self.first_test else -1


NO_TABLE = TablePicture(about=text.NO_TABLE)
"""What is shown of pictures."""


def of_typed(table: TypedTable) -> TablePicture:
    """Return what is shown of a typed table."""
    return TablePicture(table, text.about(table, typed=True, held_back=0))


def picture(name: str, dataset: Dataset | None) -> TablePicture | None:
    """Return what is shown of the data set of a name; None where it must be at hand, and is not."""
    if is_typed(name):
        return of_typed(read_typed(name))
    if dataset is None:
        return None
    from nnviz.data.typed_data import table_of  # with what scales columns, when it is wanted

    table = table_of(dataset)
    if table is None:
        rows = len(dataset.train_inputs) + len(dataset.x_test)
        cells = rows * (dataset.inputs + dataset.outputs)
        large = dataset.image_shape is None and cells > MOST_CELLS
        return TablePicture(about=text.too_large(cells)) if large else NO_TABLE
    held_back = len(table.rows) - len(dataset.train_inputs)
    about = text.about(table, typed=False, held_back=held_back)
    return TablePicture(table, about, len(dataset.train_inputs) if held_back else 0)
