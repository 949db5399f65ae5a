"""Panels: a titled frame around a view, and the dock that can be moved and closed."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
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
from nnviz.window.theme import icon


def capitals(title: str) -> str:
    """Write a title in capitals, all but symbols with an index: w₁ is a weight, W₁ a matrix."""
    words = title.split(" ")
    return " ".join(
        word if any(letter.isdigit() for letter in word) else word.upper() for word in words
    )


class PanelTitle(QFrame):
    """The strip that carries a panel's title, in capitals, and a dock's two buttons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("PanelTitle")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(13, 6, 8, 0)
        self._row.setSpacing(2)
        self._row.addWidget(QLabel(capitals(title)))
        self._row.addStretch(1)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._folded = False

    def fold(self, folded: bool) -> None:
        """Take no room at all, or room again."""
        self._folded = folded
        for button, _ in self._buttons:
            button.setVisible(not folded)
        self.setMaximumHeight(0 if folded else super().sizeHint().height())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size it wants, of no height while folded."""
        hint = super().sizeHint()
        return QSize(hint.width(), 0) if self._folded else hint

    def minimumSizeHint(self) -> QSize:
        """Return the size it needs, of no height while folded."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self._folded else hint

    def add_button(self, icon_name: str, tip: str) -> QToolButton:
        """Add a small button at the right end."""
        button = QToolButton()
        button.setIconSize(QSize(13, 13))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        self._title.add_button("float", f"Float {title}").clicked.connect(self.toggle_floating)
        self._title.add_button("close", f"Close {title}").clicked.connect(self.close)
        self.setTitleBarWidget(self._title)
        self._body = panel_body(content)
        self.setWidget(self._body)

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the title to the tab, where there is one; it takes the buttons' place too."""
        if tabbed == bool(self._body.property("tabbed")):
            return
        self._title.fold(tabbed)
        layout = self._body.layout()
        assert layout is not None
        layout.setContentsMargins(9, 9 if tabbed else 2, 9, 9)
        self._body.setProperty("tabbed", tabbed)
        self._body.style().unpolish(self._body)
        self._body.style().polish(self._body)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._title.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Come back in front of the window, where it is one of its own."""
        super().showEvent(event)
        if self.isFloating():
            QTimer.singleShot(0, self, self.raise_)

    def in_sight(self) -> bool:
        """Tell whether it stands within the window: behind a tab Qt moves it outside."""
        around = self.parentWidget()
        return self.isVisible() and around is not None and around.rect().intersects(self.geometry())

    def toggle_floating(self) -> None:
        """Make a window of its own of it, or put it back."""
        self.setFloating(not self.isFloating())
