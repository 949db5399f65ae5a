"""The views of a window by id, each built when it is first wanted.

A view that stands in the window at once is built with it. A closed panel's view, and one that is
slow to build, has an empty place until it is seen: so the window and the network in it are there
sooner, and modules that nobody asks for are never imported. They are imported on the GUI thread:
PySide makes a class of Qt's when it is first named, and ends the program where two threads name one
at once. What was chosen in such a view is kept for it meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from nnviz.engine.selection import Selection
from nnviz.messages.events import Selected
from nnviz.messages.ports import Ports
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec

OVERDUE_MS = 3000
"""Milliseconds after which a window that still waits for a run builds what waits, too."""


class ViewPlace(QWidget):
    """Where a view is going to stand, empty until it is built.

    Signals:
        seen(): it has come on screen.
    """

    seen = Signal()

    def __init__(self, spec: ViewSpec) -> None:
        super().__init__()
        self._spec = spec
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def hold(self, view: View) -> None:
        """Take the view, at once: Qt shows what is added to a layout only in its next turn."""
        self._box.addWidget(view)
        view.show()
        self._box.activate()

    def minimumSizeHint(self) -> QSize:
        """Need as much room as the view says that it will."""
        hint = super().minimumSizeHint()
        return hint if self._box.count() else QSize(*self._spec.least)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it is on screen."""
        super().showEvent(event)
        self.seen.emit()


class LateViews(Mapping[str, View]):
    """Builds each view of a window once, when it is looked up or its place is seen.

    Attributes:
        built: those that are built, by id.
        came: called with the id of each that is built late.
    """

    def __init__(self, ports: Ports, parent: QObject, selected: Selection | None = None) -> None:
        """Begin with none built; `selected` is what is selected already."""
        self._ports = ports
        self._theme = DARK
        self._selected = selected
        self._specs: dict[str, ViewSpec] = {}
        self._places: dict[str, ViewPlace] = {}
        self._kept: dict[str, Mapping[str, Any]] = {}
        self._usual: dict[str, Mapping[str, Any]] = {}
        self._painted = self._begun = False
        self._waiting: list[str] = []
        self._soon = QTimer(parent, singleShot=True, interval=0)
        self._soon.timeout.connect(self._build_next)
        self._overdue = QTimer(parent, singleShot=True, interval=OVERDUE_MS)
        self._overdue.timeout.connect(self.moment_shown)
        self.built: dict[str, View] = {}
        self.came: Callable[[str], None] = lambda _id: None
        ports.on(Selected, self._note_selected)

    def _note_selected(self, selected: Selected) -> None:
        self._selected = selected.selection

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)

    def __contains__(self, id: object) -> bool:
        return id in self._specs

    def __getitem__(self, id: str) -> View:
        """Return a view, built now if it is not yet."""
        return self.built[id] if id in self.built else self._build(id)

    def add(self, spec: ViewSpec) -> View:
        """Build a view that stands in the window at once."""
        self.know(spec)
        return self._build(spec.id)

    def know(self, spec: ViewSpec) -> None:
        """Build a view when it is looked up."""
        self._specs[spec.id] = spec

    def place(self, spec: ViewSpec) -> ViewPlace:
        """Return the place of a view that is built when it is seen."""
        self.know(spec)
        self._places[spec.id] = place = ViewPlace(spec)
        place.seen.connect(lambda: self._seen(spec.id))
        return place

    def _build(self, id: str) -> View:
        view = self._specs[id].view()
        view.setObjectName(f"{id}_view")
        if not view.accessibleName():
            view.setAccessibleName(self._specs[id].title)
        self.built[id], self._usual[id] = view, view.state()
        if id in self._places:
            self._places[id].hold(view)
        view.wear(self._theme)
        view.join(self._ports)
        if self._selected is not None:
            view.select(self._selected)
        if id in self._kept:
            view.restore(self._kept.pop(id))
        if id in self._places:
            self.came(id)
        return view

    # -- when they are built ----------------------------------------------------------------------

    def _seen(self, id: str) -> None:
        """Build a view whose panel is opened; while the window itself appears it waits a moment."""
        if id in self.built:
            return
        if self._painted:
            self._build(id)
        elif id not in self._waiting:
            self._waiting.append(id)
            self._go_on()

    def painted(self) -> None:
        """Note that the window is on screen: what is opened now is built at once."""
        if not self._painted:
            self._painted = True
            self._overdue.start()
            self._go_on()

    def moment_shown(self) -> None:
        """Build one by one what waits: the network is on screen, or is not going to be soon."""
        self._begun = True
        self._go_on()

    def _go_on(self) -> None:
        if self._painted and self._begun and self._waiting and not self._soon.isActive():
            self._soon.start(0)

    def _build_next(self) -> None:
        id = self._waiting[0]
        if self._places[id].isVisible():  # else it will be seen again
            self[id]
        self._waiting.remove(id)
        self._go_on()

    def settled(self) -> bool:
        """Tell whether all that are seen are built."""
        return not self._waiting

    # -- what is kept for them --------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Let those that are built, and the others then, take on other colours and sizes."""
        self._theme = theme
        for view in self.built.values():
            view.wear(theme)

    def state(self, id: str) -> Mapping[str, Any]:
        """Return what is chosen in a view, or what is kept for it."""
        return self.built[id].state() if id in self.built else self._kept.get(id, {})

    def usual(self, id: str) -> Mapping[str, Any]:
        """Return what is chosen in a view in which nobody has chosen anything, as `state`."""
        return self._usual.get(id, {})

    def restore(self, id: str, kept: Mapping[str, Any]) -> None:
        """Choose in a view what its `state` returned once, or keep that for it."""
        if id in self.built:
            self.built[id].restore(kept)
        else:
            self._kept[id] = kept

    def in_sight(self, id: str) -> bool:
        """Tell whether a view stands within its window."""
        return id in self.built and self.built[id].in_sight()

    def from_left(self, window: QWidget) -> dict[str, View]:
        """Return the views that can be seen, by id, from the left of their window."""
        seen = {id: self.built[id] for id in self if self.in_sight(id)}
        left = {id: view.mapTo(window, QPoint()).x() for id, view in seen.items()}
        return dict(sorted(seen.items(), key=lambda item: left[item[0]]))

    def looked_at(self) -> list[str]:
        """Return which views the user looks at: pointed at, with the focus, or enlarged."""
        focused = QApplication.focusWidget()
        return [id for id, view in self.built.items() if view.looked_at(focused)]
