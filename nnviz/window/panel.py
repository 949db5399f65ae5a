"""Panels: a titled frame around a view, which may lend what it holds to another."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.theme import icon


def capitals(title: str) -> str:
    """Write a title in capitals, all but symbols with an index: w₁ is a weight, W₁ a matrix."""
    words = title.split(" ")
    return " ".join(
        word if any(letter.isdigit() for letter in word) else word.upper() for word in words
    )


def enlarge_tip(title: str) -> str:
    """Say what the button does that enlarges a panel."""
    return f"Enlarge {title}: let it fill the window  [Ctrl+Enter]"


class PanelTitle(QFrame):
    """The strip that carries a panel's title, in capitals, and its buttons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("PanelTitle")
        self._row = QHBoxLayout(self)
        self._label = QLabel()
        self.name(title)
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._folded = False

    def name(self, title: str) -> None:
        """Carry this title from now on."""
        self._label.setText(capitals(title))

    def fold(self, folded: bool) -> None:
        """Take no room at all, or room again."""
        self._folded = folded
        for button, _ in self._buttons:
            button.setVisible(not folded)
        self.setMaximumHeight(0 if folded else self.height_unfolded())
        self.updateGeometry()

    def height_unfolded(self) -> int:
        """Return the height it has where it is not folded."""
        return super().sizeHint().height()

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
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)
        self._buttons.append((button, icon_name))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Redraw the icons in the theme's colour, and follow its scale."""
        space = theme.scale.space
        self._row.setContentsMargins(space(13), space(6), space(8), 0)
        self._row.setSpacing(space(2))
        for button, name in self._buttons:
            button.setIcon(icon(name, theme.dim))
            button.setIconSize(QSize(space(13), space(13)))
        self.fold(self._folded)


class Vacancy(QWidget):
    """Keeps the place of content that is elsewhere: it wants and needs what that did here."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.hide()
        self.note()

    def note(self) -> None:
        """Stand for the content as it is now: elsewhere it may need more."""
        content = self._content
        self._wanted, self._needed = content.sizeHint(), content.minimumSizeHint()
        self.setSizePolicy(content.sizePolicy())
        self.setMinimumSize(content.minimumSize())
        self.setMaximumSize(content.maximumSize())

    def sizeHint(self) -> QSize:
        """Want what the content wanted."""
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        """Need what the content needed."""
        return self._needed


class PanelBody(QFrame):
    """The lower part of a panel, with its content."""

    _content: QWidget
    _vacancy: Vacancy | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PanelBody")
        self._box = QVBoxLayout(self)
        self._scale = TypeScale()
        self.set_tabbed(False)

    def hold(self, content: QWidget) -> None:
        """Take its content, best when it stands in its window: Qt dresses all anew that moves."""
        self._content = content
        self._box.addWidget(content)
        content.show()  # at once: Qt shows what is added to a layout only in its next turn

    def lend(self, borrower: "PanelBody") -> QWidget:
        """Let another hold its content for a while, and return that; its place stays as it is."""
        content = self._content
        if self._vacancy is None:
            self._vacancy = Vacancy(content)
            self._box.addWidget(self._vacancy)
        self._vacancy.note()
        borrower.hold(content)
        self._vacancy.show()  # not sooner: both would need more room than there is
        return content

    def take_back(self) -> QWidget:
        """Take the content again that was lent, and return it."""
        content, vacancy = self._content, self._vacancy
        if vacancy is not None:
            # It is as small as before when the layout asks what it needs.
            content.setParent(self)
            content.setGeometry(vacancy.geometry())
            content.show()
            vacancy.hide()
        self.hold(content)
        self._box.activate()
        return content

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the gap above that a tab needs, or the one below a title."""
        space = self._scale.space
        self._box.setContentsMargins(space(9), space(9 if tabbed else 2), space(9), space(9))
        if tabbed != self.property("tabbed"):
            self.setProperty("tabbed", tabbed)
            self.style().unpolish(self)
            self.style().polish(self)

    @property
    def more_above(self) -> int:
        """The gap above that a tab needs more than a title."""
        return self._scale.space(9) - self._scale.space(2)

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        self._scale = theme.scale
        self.set_tabbed(bool(self.property("tabbed")))


class Panel(QWidget):
    """A titled frame that stays where it is: the centre of the window.

    Until `ready` is called it shows what is being waited for.

    Attributes:
        id: of the view in it.
        titles: what it is called.
        body: its lower part.

    Signals:
        enlarge_wanted(): it is to fill the window.
    """

    enlarge_wanted = Signal()

    def __init__(self, id: str, title: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.id, self.titles = id, (title,)
        self._strip = PanelTitle(title)
        self._strip.add_button("enlarge", enlarge_tip(title)).clicked.connect(self.enlarge_wanted)
        self._waiting = QLabel("Getting ready…")
        self._waiting.setObjectName("Dim")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = PanelBody()
        self._pages = QStackedWidget()
        self._kept_free = 0
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._strip)
        box.addWidget(self.body, 1)
        self.body.hold(self._pages)
        self._pages.addWidget(self._waiting)
        self._pages.addWidget(content)

    def wait_for(self, what: str) -> None:
        """Say what is being waited for; not seen once the panel is ready."""
        self._waiting.setText(what)

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the title to a tab, or show it."""
        self._strip.fold(tabbed)
        self.body.set_tabbed(tabbed)

    def keep_free_above(self, height: int) -> None:
        """Leave so much at its upper edge to a line that stands there for a while; 0 for nothing.

        It needs no more room for that: where it would be too low it gives what can be spared.
        """
        spare = max(self.height() - self.minimumSizeHint().height(), 0)
        self._kept_free = min(height, spare)
        self._box.setContentsMargins(0, self._kept_free, 0, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the size it needs; what is kept free is not in it."""
        return super().minimumSizeHint() - QSize(0, self._kept_free)

    def least(self) -> QSize:
        """Return the size it needs, with its title."""
        size = self.minimumSizeHint()
        if self.body.property("tabbed"):
            size += QSize(0, self._strip.height_unfolded() - self.body.more_above)
        return size

    def ready(self) -> None:
        """Show the content from now on."""
        self._pages.setCurrentIndex(1)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._strip.set_theme(theme)
        self.body.set_theme(theme)
