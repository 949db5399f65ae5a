"""Panels: a titled frame around a view, and the dock that can be moved and closed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.window.look import icon


class PanelTitle(QFrame):
    """The strip that carries a panel's title, in capitals, and a dock's two buttons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("PanelTitle")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(13, 6, 8, 0)
        self._row.setSpacing(2)
        self._row.addWidget(QLabel(title.upper()))
        self._row.addStretch(1)
        self._buttons: list[tuple[QToolButton, str]] = []

    def add_button(self, icon_name: str, tip: str) -> QToolButton:
        """Add a small button at the right end."""
        button = QToolButton()
        button.setIconSize(QSize(13, 13))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row.addWidget(button)
        self._buttons.append((button, icon_name))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Redraw the icons in the theme's colour."""
        for button, name in self._buttons:
            button.setIcon(icon(name, theme.dim))


def panel_body(content: QWidget) -> QFrame:
    """Return the lower part of a panel with `content` in it."""
    body = QFrame()
    body.setObjectName("PanelBody")
    box = QVBoxLayout(body)
    box.setContentsMargins(9, 2, 9, 9)
    box.addWidget(content)
    return body


class Panel(QWidget):
    """A titled frame that stays where it is: the centre of the window.

    Until `ready` is called it shows what is being waited for.
    """

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        self._title = PanelTitle(title)
        self._waiting = QLabel("Getting ready…")
        self._waiting.setObjectName("Dim")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._waiting)
        self._pages.addWidget(content)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._title)
        box.addWidget(panel_body(self._pages), 1)

    def wait_for(self, what: str) -> None:
        """Say what is being waited for; not seen once the panel is ready."""
        self._waiting.setText(what)

    def ready(self) -> None:
        """Show the content from now on."""
        self._pages.setCurrentIndex(1)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._title.set_theme(theme)


class Dock(QDockWidget):
    """A titled frame that can be moved, floated and closed."""

    def __init__(self, id: str, title: str, content: QWidget) -> None:
        super().__init__(title)
        self.setObjectName(id)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = PanelTitle(title)
        self._title.add_button("float", f"Float {title}").clicked.connect(self._toggle_floating)
        self._title.add_button("close", f"Close {title}").clicked.connect(self.close)
        self.setTitleBarWidget(self._title)
        self.setWidget(panel_body(content))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._title.set_theme(theme)

    def _toggle_floating(self) -> None:
        self.setFloating(not self.isFloating())
