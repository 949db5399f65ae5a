"""Until the first moment: panels stay empty while a run is on its way.

What they say without a run, that there is none and where to choose one, would else flash past at
every start.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import DataMissing, Failure
from nnviz.messages.ports import Ports
from nnviz.views.view import View
from nnviz.window.panel import PanelBody


class UntilFirstMoment(QObject):
    """Covers the panels with views until there is a moment to show, or there will be none.

    Where nobody knows yet what will run, panels of the run are covered too: with `unknown`.
    """

    def __init__(self, window: QWidget, ports: Ports, *, unknown: bool = False) -> None:
        super().__init__(window)
        bodies = window.findChildren(PanelBody)
        self._covers = [
            Cover(body) for body in bodies if unknown or body.findChild(View) is not None
        ]
        for kind in (Snapshot, Failure, DataMissing):
            ports.on(kind, self._end)

    def _end(self, _told: object) -> None:
        covers, self._covers = self._covers, []
        for cover in covers:
            cover.hide()
            cover.deleteLater()


class Cover(QWidget):
    """Lies over all that a panel holds, in the panel's own colour."""

    def __init__(self, body: PanelBody) -> None:
        super().__init__(body)
        self.setObjectName("PanelCover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._body = body
        body.installEventFilter(self)
        self._lie()
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay over all, and as large as the panel."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self._lie()
        return False

    def _lie(self) -> None:
        self.setGeometry(self._body.contentsRect())
        self.raise_()
