"""The toolbar: the buttons that move time, the speed, and the menus."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QToolBar,
    QToolButton,
    QWidget,
)

from nnviz.numbers import write
from nnviz.views.palette import Theme
from nnviz.window.commands import COMMANDS
from nnviz.window.theme import icon

TIME = ("first", "back", "play", "step", "epoch")
"""Commands of the buttons at the left, in order."""
SHORTER = (("back", "step"), ("play",))
"""Commands whose icons say enough where there is no room for words: these first, then those."""
SEGMENTS = ("granularity_phase", "granularity_minibatch", "granularity_epoch")
"""Commands of the segmented control beside them, of which one is always chosen."""
PACES: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, None)
"""Minibatches a second at each position of the speed slider; None is as fast as possible."""
ROOMY = 1500
"""The width in pixels below which everything moves closer together."""


class Toolbar(QToolBar):
    """The bar at the top of the window.

    Signals:
        pace_changed(object): minibatches a second, or None for as fast as possible.
    """

    pace_changed = Signal(object)

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__("Toolbar")
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(14, 14))
        self._actions = actions
        for id in TIME:
            self.addAction(actions[id])
            button = self.widgetForAction(actions[id])
            if isinstance(button, QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setToolButtonStyle(
                    Qt.ToolButtonStyle.ToolButtonIconOnly
                    if id in ("first", "epoch")
                    else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                )
                if id == "play":
                    button.setObjectName("Primary")
        self._add_segments()
        self._add_speed()
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)
        self._playing = False
        self._left_out: list[int] = []  # pixels that the words would take that are left out
        self._be_compact(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move closer together where there is little room."""
        super().resizeEvent(event)
        compact = event.size().width() < ROOMY
        if compact != self.property("compact"):
            self._be_compact(compact)
        self._leave_words_out()

    def event(self, event: QEvent) -> bool:
        """Look at the room again where a button says something longer or shorter."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._leave_words_out()
        return done

    def _leave_words_out(self) -> None:
        """Leave out as many words as there is no room for, those first that icons say as well."""
        needed = self.sizeHint().width()
        if len(self._left_out) < len(SHORTER) and needed > self.width():
            step = len(self._left_out)
            self._say(SHORTER[step], words=False)
            self._left_out.append(max(needed - self._needed(), 0))
        elif self._left_out and needed + self._left_out[-1] <= self.width():
            self._left_out.pop()
            self._say(SHORTER[len(self._left_out)], words=True)

    def _needed(self) -> int:
        if (layout := self.layout()) is not None:
            layout.invalidate()
        return self.sizeHint().width()

    def _say(self, ids: tuple[str, ...], *, words: bool) -> None:
        """Show words on these buttons, and what the speed is, or their icons alone."""
        for id in ids:
            button = self.widgetForAction(self._actions[id])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(
                    Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                    if words
                    else Qt.ToolButtonStyle.ToolButtonIconOnly
                )
        if "play" in ids:
            self._speed_action.setVisible(words)
            self._keep_play_wide()

    def _be_compact(self, compact: bool) -> None:
        self.setProperty("compact", compact)
        self._caption_action.setVisible(not compact)
        self.slider.setFixedWidth(84 if compact else 110)
        for widget in (self, *self.findChildren(QToolButton)):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._keep_play_wide()

    def _keep_play_wide(self) -> None:
        """Give the play button the room of both its words, so that nothing moves when it turns."""
        action = self._actions["play"]
        button, shown = self.widgetForAction(action), action.text()
        widths = []
        for word in ("play", "pause"):
            action.setText(word)
            widths.append(button.sizeHint().width())
        action.setText(shown)
        button.setMinimumWidth(max(widths))

    def _add_segments(self) -> None:
        """Join three buttons to one control that shows what a step is."""
        control = QFrame()
        control.setObjectName("segments")
        control.setAccessibleName("what a step is")
        row = QHBoxLayout(control)
        row.setContentsMargins(5, 0, 5, 0)
        row.setSpacing(0)
        for id in SEGMENTS:
            button = QToolButton()
            button.setDefaultAction(self._actions[id])
            button.setObjectName(id)
            row.addWidget(button)
        self.addWidget(control)

    def _add_speed(self) -> None:
        self._caption_action = self.addWidget(QLabel("speed "))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("speed")
        self.slider.setAccessibleName("speed")
        self.slider.setRange(0, len(PACES) - 1)
        self.slider.setValue(len(PACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setToolTip("Speed: minibatches a second, or phases where these play (+ and −).")
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(self.slider)
        self._speed = QLabel()
        self._speed.setMinimumWidth(54)
        self._speed_action = self.addWidget(self._speed)
        self.slider.valueChanged.connect(self._pace_moved)
        self._pace_moved(self.slider.value())

    def _pace_moved(self, position: int) -> None:
        pace = PACES[position]
        self._speed.setText("full" if pace is None else f"{write(pace)}/s")
        self.pace_changed.emit(pace)

    @property
    def pace(self) -> float | None:
        """Minibatches a second that are asked for; None for as fast as possible."""
        return PACES[self.slider.value()]

    def show_pace(self, position: int | None) -> None:
        """Move the speed slider, where that is a position of it."""
        if position is not None and 0 <= position < len(PACES):
            self.slider.setValue(position)

    def go_faster(self) -> None:
        """Allow more minibatches a second."""
        self.slider.setValue(self.slider.value() + 1)

    def go_slower(self) -> None:
        """Allow fewer minibatches a second."""
        self.slider.setValue(self.slider.value() - 1)

    def add_menu(self, text: str, menu: QMenu, tip: str) -> QToolButton:
        """Add a button at the right that opens a menu."""
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addWidget(button)
        return button

    def show_button(self, button: QToolButton, shown: bool) -> None:
        """Show or hide a button that `add_menu` made."""
        for action in self.actions():
            if self.widgetForAction(action) is button:
                action.setVisible(shown)

    def add_button(self, text: str, action: QAction) -> None:
        """Add a button at the right that does what an action does, under a shorter name."""
        button = QToolButton()
        button.setText(text)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        self.addWidget(button)

    def set_playing(self, playing: bool, theme: Theme) -> None:
        """Make the play button offer what it would do now."""
        if playing == self._playing:
            return
        self._playing = playing
        action = self._actions["play"]
        action.setText("pause" if playing else "play")
        action.setIcon(icon("pause" if playing else "play", theme.panel))

    def set_theme(self, theme: Theme) -> None:
        """Redraw the icons in the theme's colours."""
        for id in TIME:
            name = "pause" if id == "play" and self._playing else COMMANDS[id].icon
            self._actions[id].setIcon(
                icon(name, theme.panel if id == "play" else theme.text, theme.dim)
            )
        self._keep_play_wide()
