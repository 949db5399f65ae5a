"""The toolbar: the buttons that move time, the speed, and the menus.

Where there is no room for all it leaves words out that icons say as well, and then puts what the
menus have, too, behind a button at its end.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

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
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.window.commands import COMMANDS
from nnviz.window.reserved_button import ReservedButton
from nnviz.window.theme import icon

TIME = ("first", "back", "play", "step", "epoch")
"""Commands of the buttons at the left, in order."""
ICON_ONLY = ("first", "epoch")
"""Those of them that never have words."""
SEGMENTS = ("granularity_phase", "granularity_minibatch", "granularity_epoch")
"""Commands of the segmented control beside them, of which one is always chosen."""
PACES: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, None)
"""Minibatches a second at each position of the speed slider; None is as fast as possible."""
ROOMY = 1500
"""The width at a factor of 1 below which everything moves closer together."""
_BESIDE, _ICON = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


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
        self._actions = actions
        self._theme = DARK
        self._playing = False
        self._buttons: dict[str, QToolButton] = {}
        self._places: dict[str, QAction] = {}  # that show and hide each part of the bar
        self._behind: dict[str, list[QAction]] = {}  # what stands for a part behind the last button
        self._wished: dict[str, bool] = {}
        self._reserved: dict[str, ReservedButton] = {}
        self._folded: list[int] = []  # pixels that each step of `_folds` has saved
        self._fitting = False
        for id in TIME:
            button = self._buttons[id] = named(QToolButton(), id)
            button.setDefaultAction(actions[id])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(_ICON if id in ICON_ONLY else _BESIDE)
            self._add(id, button, [actions[id]])
        self._add_segments()
        self._add_speed()
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)
        self.more = QMenu(self)
        self.more.setToolTipsVisible(True)
        self.more.aboutToShow.connect(self._fill_more)
        more = named(QToolButton(), "more", tip="What has no room on this bar.")
        more.setText("»")
        more.setMenu(self.more)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more_action = self.addWidget(more)
        self._more_action.setVisible(False)
        # What gives way where there is no room, in this order.
        self._folds: Sequence[Callable[[bool], None]] = (
            partial(self._leave_words_out, ("back", "step")),
            self._narrow_reserved,
            partial(self._leave_words_out, ("play",)),
            partial(self._put_behind, ("lesson",)),
            partial(self._put_behind, ("speed",)),
            partial(self._put_behind, ("help",)),
            partial(self._put_behind, SEGMENTS),
            partial(self._put_behind, ("first", "epoch")),
            partial(self._put_behind, ("target",)),
            partial(self._put_behind, ("back",)),
            partial(self._put_behind, ("data",)),
        )
        self._be_compact(True)

    def _add(self, id: str, widget: QWidget, behind: list[QAction]) -> None:
        """Put a part at the right end, before the button for what has no room."""
        before = getattr(self, "_more_action", None)
        place = self.insertWidget(before, widget) if before else self.addWidget(widget)
        self._places[id], self._behind[id], self._wished[id] = place, behind, True

    # -- room -----------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: what has no room gives way."""
        return QSize(0, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move closer together where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look at the room again where a button says something longer or shorter."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Fold as much as there is no room for, and unfold what has room again."""
        if self._fitting:
            return
        self._fitting = True
        compact = self.width() < self._theme.scale.space(ROOMY)
        if compact != self.property("compact"):
            self._be_compact(compact)
            self._needed()
        needed = self.sizeHint().width()
        while needed > self.width() and len(self._folded) < len(self._folds):
            self._folds[len(self._folded)](True)
            self._folded.append(max(needed - self._needed(), 0))
            needed = self._needed()
        while self._folded and needed + self._folded[-1] <= self.width():
            self._folded.pop()
            self._folds[len(self._folded)](False)
            needed = self._needed()
        self._fitting = False

    def _needed(self) -> int:
        """Return the width it needs after a change; asking for it has it laid out once more."""
        if (layout := self.layout()) is not None:
            layout.invalidate()
        return self.sizeHint().width()

    def _leave_words_out(self, ids: tuple[str, ...], folded: bool) -> None:
        """Show the icons of these buttons alone, without what the speed is, or words as well."""
        for id in ids:
            self._buttons[id].setToolButtonStyle(_ICON if folded else _BESIDE)
        if "play" in ids:
            self._speed_action.setVisible(not folded)
            self._keep_play_wide()

    def _narrow_reserved(self, folded: bool) -> None:
        """Let reserved places take little room, or all of theirs."""
        for reserved in self._reserved.values():
            reserved.be_narrow(folded)

    def _put_behind(self, ids: tuple[str, ...], folded: bool) -> None:
        """Move parts behind the last button, or back onto the bar."""
        for id in ids:
            if id in self._places:
                self._places[id].setVisible(not folded)
        if "speed" in ids:
            self._caption_action.setVisible(not folded and not self.property("compact"))
        self._more_action.setVisible(any(map(self._is_behind, self._places)))

    def _is_behind(self, id: str) -> bool:
        return self._wished[id] and not self._places[id].isVisible()

    def _fill_more(self) -> None:
        self.more.clear()
        for id in filter(self._is_behind, self._places):
            self.more.addActions(self._behind[id])

    def _be_compact(self, compact: bool) -> None:
        self.setProperty("compact", compact)
        self._caption_action.setVisible(not compact and self._places["speed"].isVisible())
        self.slider.setFixedWidth(self._theme.scale.space(84 if compact else 110))
        for widget in (self, *self.findChildren(QToolButton)):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        for reserved in self._reserved.values():
            reserved.fit()
        self._keep_play_wide()

    def _keep_play_wide(self) -> None:
        """Give the play button the room of both its words, so that nothing moves when it turns."""
        action, button = self._actions["play"], self._buttons["play"]
        shown = action.text()
        widths = []
        for word in ("play", "pause"):
            action.setText(word)
            widths.append(button.sizeHint().width())
        action.setText(shown)
        button.setMinimumWidth(max(widths))

    # -- parts ----------------------------------------------------------------------------------

    def _add_segments(self) -> None:
        """Join three buttons to one control that shows what a step is."""
        control = named(QFrame(), "segments", said="what a step is")
        self._segments = row = QHBoxLayout(control)
        row.setSpacing(0)
        for id in SEGMENTS:
            button = named(QToolButton(), id)
            button.setDefaultAction(self._actions[id])
            row.addWidget(button)
        self._add(SEGMENTS[0], control, [self._actions[id] for id in SEGMENTS])

    def _add_speed(self) -> None:
        self._caption_action = self.addWidget(QLabel("speed "))
        tip = "Speed: minibatches a second, or phases where these play (+ and −)."
        self.slider = named(QSlider(Qt.Orientation.Horizontal), "speed", tip=tip, said="speed")
        self.slider.setRange(0, len(PACES) - 1)
        self.slider.setValue(len(PACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add("speed", self.slider, [self._actions[id] for id in ("faster", "slower")])
        self._speed = QLabel()
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
        self._move_pace(1)

    def go_slower(self) -> None:
        """Allow fewer minibatches a second."""
        self._move_pace(-1)

    def _move_pace(self, way: int) -> None:
        """Move the slider by a position; where it is at its end, tell the pace again."""
        before = self.slider.value()
        self.slider.setValue(before + way)
        if self.slider.value() == before:
            self.pace_changed.emit(self.pace)

    def add_menu(self, id: str, menu: QMenu, tip: str, width: int) -> ReservedButton:
        """Add a button at the right that opens a menu, with a place of one width at a factor of 1.

        Nothing moves when it says something else, or comes and goes.
        """
        reserved = self._reserved[id] = ReservedButton(id, menu, tip, width)
        self._add(id, reserved, [menu.menuAction()])
        return reserved

    def add_menu_button(self, id: str, text: str, menu: QMenu, tip: str) -> None:
        """Add a button at the right that opens a menu, and always says the same."""
        button = named(QToolButton(), id, tip=tip)
        button.setText(text)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add(id, button, [menu.menuAction()])

    def show_button(self, id: str, shown: bool) -> None:
        """Show or hide a button that `add_menu` made; its place stays."""
        self._wished[id] = shown
        self._reserved[id].button.setVisible(shown)
        self._more_action.setVisible(any(map(self._is_behind, self._places)))

    def add_button(self, id: str, text: str, action: QAction) -> None:
        """Add a button at the right that does what an action does, under a shorter name."""
        button = named(QToolButton(), id, tip=action.toolTip(), said=action.text())
        button.setText(text)
        button.clicked.connect(action.trigger)
        self._add(id, button, [action])

    def set_playing(self, playing: bool) -> None:
        """Make the play button offer what it would do now."""
        if playing == self._playing:
            return
        self._playing = playing
        action = self._actions["play"]
        action.setText("pause" if playing else "play")
        theme = self._theme
        action.setIcon(icon("pause" if playing else "play", theme.panel, theme.dim))

    def set_theme(self, theme: Theme) -> None:
        """Redraw the icons in the theme's colours, and follow its scale."""
        self._theme = theme
        space = theme.scale.space
        self.setIconSize(QSize(space(14), space(14)))
        for id in TIME:
            name = "pause" if id == "play" and self._playing else COMMANDS[id].icon
            self._actions[id].setIcon(
                icon(name, theme.panel if id == "play" else theme.text, theme.dim)
            )
            self._buttons[id].setIconSize(self.iconSize())
        self.slider.setMinimumHeight(space(16))
        self._segments.setContentsMargins(space(5), 0, space(5), 0)
        self._speed.setMinimumWidth(space(54))
        for reserved in self._reserved.values():
            reserved.set_scale(theme.scale)
        self._be_compact(self.width() < space(ROOMY))
        self._unfold()

    def _unfold(self) -> None:
        """Look anew at what has room: what each step saves is not what it was."""
        self._fitting = True
        while self._folded:
            self._folded.pop()
            self._folds[len(self._folded)](False)
        for place in self._places.values():
            place.setVisible(True)
        self._fitting = False
        self._fit()
