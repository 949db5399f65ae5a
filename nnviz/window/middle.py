"""The middle of the window: the centre's panel, and below it what explains it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.views.palette import Theme
from nnviz.views.view import View, ViewSpec
from nnviz.window.panel import Panel


class Middle(QWidget):
    """Panels below one another, of which the first grows.

    Attributes:
        box: its layout.
        panels: from the top.
        centre: the first of them, once it is there.
    """

    centre: Panel

    def __init__(self) -> None:
        super().__init__()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.panels: list[Panel] = []
        self._leavable: list[View] = []

    def add(self, spec: ViewSpec, view: View) -> None:
        """Add a view that stands in the centre, or below it."""
        panel = Panel(spec.id, spec.title, view, self)
        if spec.place == "centre":
            self.centre = panel
            self.panels.insert(0, panel)
            self.box.insertWidget(0, panel, 1)
            self._leavable.append(view)
        else:
            # What explains the centre is left before the centre itself.
            self._leavable.insert(0, view)
            panel.ready()
            self.panels.append(panel)
            self.box.addWidget(panel)

    def leave(self) -> bool:
        """Leave one thing in a view, the innermost first; tell whether there was one."""
        return any(view.leave() for view in self._leavable)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.box.setSpacing(theme.scale.space(8))
        for panel in self.panels:
            panel.set_theme(theme)
