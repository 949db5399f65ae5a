"""The banner: a quiet line at the top of a panel that suggests something and waits.

The panel keeps the line's place free, as far as it can spare it: the window never grows for it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from nnviz.views.palette import Theme
from nnviz.views.shared.event_filter import hear
from nnviz.views.shared.named import named
from nnviz.window.panel import Panel


class Banner(QFrame):
    """Says what is suggested, with a button that does it and one that does not."""

    def __init__(self, parent: Panel) -> None:
        super().__init__(parent)
        self._behind = parent
        hear(parent, (QEvent.Type.Resize,), self._behind_resized)
        self.setObjectName("Banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = named(QLabel(wordWrap=True), "banner_text")
        self._take = named(QPushButton(), "Primary", tip="Take up what is offered.")
        self._close = close = named(QToolButton(), "banner_close", tip="Put it away.")
        close.setText("×")
        close.clicked.connect(self._put_away)
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._label, 1)
        row.addWidget(self._take)
        row.addWidget(close)
        self._lasts = self._open = self._waits = False
        self._do: Callable[[], None] = lambda: None
        self._answered: Callable[[], None] = lambda: None
        self._take.clicked.connect(self._taken)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        space = theme.scale.space
        self._row.setContentsMargins(space(12), space(4), space(8), space(4))
        self._row.setSpacing(space(10))
        self._place()

    def suggest(
        self,
        sentence: str,
        button: str,
        do: Callable[[], None],
        stays: str,
        answered: Callable[[], None] = lambda: None,
        *,
        lasts: bool = False,
    ) -> None:
        """Suggest something until it is done with the button, put away, or no longer makes sense.

        Args:
            sentence: what is suggested.
            button: what is written on the button.
            do: does what is suggested.
            stays: the menu's entry where it stays from then on, as File ▸ Recent runs.
            answered: called when it is done or put away by hand.
            lasts: True where it makes sense also once a run is under way.
        """
        self._lasts = lasts
        self._label.setText(sentence)
        self._label.setToolTip(sentence)
        self._take.setText(button)
        self._close.setToolTip(f"Not now: it stays in {stays}.")
        self._do, self._answered = do, answered
        self._place()
        self._open = True
        self._show()

    def note_begun(self) -> None:
        """Suggest no more what made sense only as long as no run was under way."""
        if not self._lasts:
            self.end()

    @property
    def suggests(self) -> bool:
        """Whether something is suggested, or waits to be."""
        return self._open

    def end(self) -> None:
        """Suggest nothing any more."""
        self._open = False
        self._show()

    def wait(self, waits: bool) -> None:
        """Keep what is suggested for later, as while a lesson is on, or suggest it again."""
        self._waits = waits
        self._show()

    def _show(self) -> None:
        self.setVisible(self._open and not self._waits)
        self._place()
        self.raise_()

    def _behind_resized(self, _behind: QObject, _event: QEvent) -> bool:
        """Stay as wide as what is behind."""
        self._place()
        return False

    def _place(self) -> None:
        width = self._behind.width()
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setGeometry(0, 0, width, height)
        self._behind.keep_free_above(0 if self.isHidden() else height)

    @property
    def text(self) -> str:
        """What is suggested."""
        return self._label.text()

    def _taken(self) -> None:
        self._put_away()
        self._do()

    def _put_away(self) -> None:
        self.end()
        self._answered()
