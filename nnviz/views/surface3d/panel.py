"""What the panels of surface and race are made of: a body that scrolls, a scene, a message."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.scrolled import Scrolled
from nnviz.views.surface3d import gl_context
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.view import View


class ReliefPanel(View):
    """A panel with drawings of one surface.

    Attributes:
        WISHED: the size at which it stands in the right column, in pixels at a factor of 1.
        SMALLEST: the smallest size at which it can be used; likewise. Smaller panels scroll.
        scene: the 3-D drawing, None without OpenGL.
    """

    WISHED = SMALLEST = 0, 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = Scrolled(self)
        self.body = self.area.content
        shared = gl_context.shared_gl()
        self.scene: Any = None if shared is None else self.make_scene(shared)
        self.message = QLabel(self.body)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)

    def make_scene(self, shared: OffscreenGL) -> Any:
        """Return the 3-D drawing."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Return the size at which it stands in the right column."""
        return QSize(*map(self._theme.scale.space, self.WISHED))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.area.fit(theme, *self.SMALLEST)
        self.updateGeometry()
        self.update()

    def _dress(self) -> None:
        """Let the parts have the whole panel."""
        self.area.setGeometry(self.rect())


def mode_buttons(tips: dict[str, str], parent: QWidget) -> dict[str, QPushButton]:
    """Return a button for each drawing, one of them pressed, by its name."""
    buttons = {name: panel_button(name, tip, parent) for name, tip in tips.items()}
    for button in buttons.values():
        button.setCheckable(True)
        button.setAutoExclusive(True)
    return buttons
