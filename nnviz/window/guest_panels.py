"""Guest panels: opened with the data that they are for, and closed again with others."""

from collections.abc import Collection

from nnviz.window.docks import Docks


class GuestPanels:
    """Knows which panels stand open for the data at hand alone."""

    def __init__(self, docks: Docks) -> None:
        self._docks = docks
        self._opened: set[str] = set()

    def come(self, id: str, *, large: bool = False) -> None:
        """Show a panel in front; one that was closed is a guest, and large if so wished."""
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

    def go(self, stay: Collection[str] = ()) -> None:
        """Close the guests again, but for those that stay."""
        left, self._opened = self._opened - {*stay}, self._opened & {*stay}
        if leaving := left & {*self._docks.open_panels()}:
            for id in leaving:
                self._docks[id].hide()
            self._docks.arrange()
