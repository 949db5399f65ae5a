"""Panels for the data at hand: opened with the data that they are for, closed with others."""

from collections.abc import Collection

from nnviz.window.docks import Docks


class DataPanels:
    """Knows which panels stand open for the data at hand alone."""

    def __init__(self, docks: Docks) -> None:
        self._docks = docks
        self._opened: set[str] = set()

    def open(self, id: str, *, large: bool = False) -> None:
        """Show a panel in front, large if so wished; one that was closed will be closed again."""
        if id not in dict(self._docks.items()):
            return
        if id in self._docks.open_panels():
            self._docks.open(id)
            return
        self._opened.add(id)
        if large:
            self._docks.open_large(id)
        else:
            self._docks.open(id)

    def close(self, stay: Collection[str] = ()) -> None:
        """Close what was opened here, but for those that stay."""
        left, self._opened = self._opened - {*stay}, self._opened & {*stay}
        if leaving := left & {*self._docks.open_panels()}:
            for id in leaving:
                self._docks[id].hide()
            self._docks.arrange()
