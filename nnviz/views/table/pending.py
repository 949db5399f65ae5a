"""Which table is shown while edits of it are on their way to the run and back."""

from nnviz.data.typed_table import TypedTable


class Pending:
    """The names of tables that were sent to the run and have not come back with a snapshot.

    Hands are faster than the thread that trains: the next cell is changed in the table that was
    sent last, whatever moment the picture still is of.
    """

    def __init__(self) -> None:
        self._sent: list[str] = []

    def send(self, table: TypedTable) -> None:
        """Note that a table is on its way."""
        self._sent.append(table.name)

    def expects(self, name: str) -> bool:
        """Tell whether a table of this name is on its way."""
        return name in self._sent

    def arrived(self, name: str, before: str) -> bool:
        """Tell whether the data set of a snapshot is to be shown; before it was another, or this.

        Until the last table that was sent has come back, that one stays.
        """
        if name in self._sent:
            del self._sent[: self._sent.index(name) + 1]
        elif name != before:
            self._sent.clear()  # the run has gone elsewhere
        return not self._sent

    def refused(self) -> bool:
        """Give up on what was sent; tell whether there was any."""
        some = bool(self._sent)
        self._sent.clear()
        return some
