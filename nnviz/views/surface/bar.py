"""The buttons under the surface: which plane, which two weights, which drawing, and a menu."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from nnviz.engine.surface.landscape import Kind
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls
from nnviz.views.shared.type_scale import Step
from nnviz.views.surface.state import GRIDS, MODES, SAMPLES, SurfaceState
from nnviz.views.surface.text import BUTTONS, KINDS, MENU, SHORT, TIPS, axis_mark, sample_text
from nnviz.views.surface3d.panel import mode_buttons

V = TypeVar("V")
GAP = 4
"""Pixels between two buttons at a factor of 1."""


class SurfaceBar(QWidget):
    """A row of buttons that leaves out what there is no room for; the menu has all of it.

    Attributes:
        least, fewest: the width in which what spans the plane has room, and only the menu.

    Signals:
        chosen(object): another `SurfaceState`.
        axis_clicked(int): choose the parameter along w1 (0) or w2 (1).
        back_wanted(): look at the surface as at first.
    """

    chosen = Signal(object)
    axis_clicked = Signal(int)
    back_wanted = Signal()

    def __init__(self, parent: QWidget, *, with_scene: bool) -> None:
        """Make the row; without a scene there is no drawing to choose."""
        super().__init__(parent)
        self._with_scene = with_scene
        self._scale = DARK.scale
        self._state = SurfaceState()
        self._names = self._whole = ("", "")
        self._shown: tuple[object, ...] | None = None
        self.kinds, self.menu = QMenu(self), QMenu(self)
        self.kind = panel_button("", TIPS["kind"], self)
        self.kind.clicked.connect(lambda: self._open(self.kinds, self.kind))
        self.choosers = tuple(
            panel_button("", TIPS["axis"].format(axis=axis_mark(axis)), self) for axis in (0, 1)
        )
        for axis, button in enumerate(self.choosers):
            button.clicked.connect(lambda _=False, axis=axis: self.axis_clicked.emit(axis))
        self.again = panel_button(BUTTONS["again"], TIPS["again"], self)
        self.again.clicked.connect(self._choose_again)
        self.modes = mode_buttons({mode: TIPS["mode"].format(mode=mode) for mode in MODES}, self)
        for name, button in self.modes.items():
            button.clicked.connect(lambda _=False, name=name: self._choose(mode=name))
        self.more = panel_button(BUTTONS["more"], TIPS["more"], self)
        self.more.clicked.connect(lambda: self._open(self.menu, self.more))
        self._kind_actions = self._kinds_in(self.kinds)
        self._build_menu()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._scale = theme.scale
        font = self._scale.font(self.font(), Step.BODY)
        for button in (self.kind, *self.choosers, self.again, *self.modes.values(), self.more):
            button.setStyleSheet(controls(theme, corner=4))
            button.setFont(font)
        for menu in self.findChildren(QMenu):
            menu.setFont(font)
        self.setFont(font)
        self.arrange()

    def show_choice(
        self,
        state: SurfaceState,
        names: tuple[str, str],
        whole: tuple[str, str],
        mode: str,
        *,
        enabled: bool,
    ) -> None:
        """Show what is chosen, what stands along w1 and w2, and which drawing is seen.

        The whole names stand on the buttons where there is room, and always in their tips.
        """
        shown = state, names, whole, mode, enabled
        if shown == self._shown:
            return  # several times a second while training
        self._shown = shown
        self._state, self._names, self._whole = state, names, whole
        for axis, button in enumerate(self.choosers):
            mark, tip = axis_mark(axis), TIPS["axis"].format(axis=axis_mark(axis))
            longer = whole[axis] != names[axis]
            button.setToolTip(f"{whole[axis]}\n{tip}" if longer else tip)
            button.setAccessibleName(f"{mark}: {whole[axis]}" if longer else "")
        for button in (self.kind, *self.choosers, self.again):
            button.setEnabled(enabled)
        for actions in (self._kind_actions, self._menu_kinds):
            actions[state.kind].setChecked(True)
        self._grids[state.points].setChecked(True)
        self._samples[state.sample].setChecked(True)
        self._drawings[mode].setChecked(True)
        self.modes[mode].setChecked(True)
        self._log.setChecked(state.log)
        self._again.setEnabled(state.kind is Kind.RANDOM)
        self.arrange()

    def resizeEvent(self, event: object) -> None:
        """Arrange the buttons anew."""
        self.arrange()

    def arrange(self) -> None:
        """Place the buttons, in as many words as there is room for."""
        modes = list(self.modes.values()) if self._with_scene else []
        if self._state.kind is Kind.LINE:
            modes = []
        for button in (self.kind, *self.choosers, self.again, *self.modes.values()):
            button.hide()
        own = self._name_own(self._names, False, False, "")
        self.least, self.fewest = self._wide([*own, self.more]), self._wide([self.more])
        gap = self._scale.space(GAP)
        for long, prefix, with_kind, with_modes, down, names in (
            (True, True, True, True, " ▾", self._whole),
            (True, False, True, True, " ▾", self._whole),
            (False, False, True, True, " ▾", self._whole),
            (True, True, True, True, " ▾", self._names),
            (True, False, True, True, " ▾", self._names),
            (False, False, True, True, " ▾", self._names),
            (False, False, True, False, " ▾", self._names),
            (False, False, False, False, " ▾", self._names),
            (False, False, False, False, "", self._names),
            (False, False, False, False, "", None),
        ):
            own = [] if names is None else self._name_own(names, long, prefix, down)
            left = [self.kind, *own] if with_kind else own
            right = [*modes, self.more] if with_modes else [self.more]
            if self._wide(left) + self._wide(right) + gap <= self.width():
                break
        x = 0
        for button in left:
            x = self._put(button, x) + gap
        x = self.width() - self._wide(right)
        for button in right:
            x = self._put(button, x) + (gap if modes and button is modes[-1] else 0)

    def _name_own(
        self, names: tuple[str, str], long: bool, prefix: bool, down: str
    ) -> list[QPushButton]:
        """Write what is chosen on the buttons of the plane; return those of its own directions."""
        kind = self._state.kind
        axes = {Kind.PARAMETERS: 2, Kind.LINE: 1}.get(kind, 0)
        self.kind.setText(f"{KINDS[kind][0] if long else SHORT[kind]} ▾")
        for axis, button in enumerate(self.choosers):
            mark = f"{axis_mark(axis, axes)}: " if prefix else ""
            button.setText(f"{mark}{names[axis]}{down}")
        return [*self.choosers[:axes], *([self.again] if kind is Kind.RANDOM else [])]

    def _put(self, button: QPushButton, x: int) -> int:
        """Show a button at a place; return where it ends."""
        wide = button.sizeHint().width()
        button.setGeometry(x, 0, wide, self.height())
        button.show()
        return x + wide

    def _wide(self, buttons: Sequence[QPushButton]) -> int:
        gap = self._scale.space(GAP)
        return sum(button.sizeHint().width() + gap for button in buttons) - gap

    def sizeHint(self) -> QSize:
        """Return the size of the row."""
        high = self.fontMetrics().height() + self._scale.space(4)
        return QSize(self._scale.space(300), max(high, self._scale.target))

    def _build_menu(self) -> None:
        menu = self.menu
        self._menu_kinds = self._kinds_in(menu.addMenu(MENU["plane"]))
        self._again = menu.addAction(MENU["again"], self._choose_again)
        menu.addSeparator()
        drawings = menu.addMenu(MENU["drawing"])
        self._drawings = self._group(drawings, "mode", {name: name for name in MODES})
        drawings.menuAction().setVisible(self._with_scene)
        back = menu.addAction(MENU["back"], self.back_wanted.emit)
        back.setVisible(self._with_scene)
        self._log = menu.addAction(MENU["log"])
        self._log.setCheckable(True)
        self._log.triggered.connect(lambda on: self._choose(log=on))
        menu.addSeparator()
        grids = {n: f"{n} × {n}" for n in GRIDS}
        self._grids = self._group(menu.addMenu(MENU["grid"]), "points", grids)
        samples = {n: sample_text(n, SAMPLES[-1]) for n in SAMPLES}
        self._samples = self._group(menu.addMenu(MENU["sample"]), "sample", samples)

    def _kinds_in(self, menu: QMenu) -> dict[Kind, QAction]:
        """Fill a menu with the kinds of planes, and say what they are."""
        made = self._group(menu, "kind", {kind: label for kind, (label, _) in KINDS.items()})
        for kind, (_, tip) in KINDS.items():
            made[kind].setToolTip(tip)
        menu.setToolTipsVisible(True)
        return made

    def _group(self, menu: QMenu, field: str, labels: Mapping[V, str]) -> dict[V, QAction]:
        """Fill a menu with values of a field, of which one is chosen; return their entries."""
        group, made = QActionGroup(self), {}
        for value, label in labels.items():
            made[value] = action = menu.addAction(label)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, value=value: self._choose(**{field: value}))
            group.addAction(action)
        return made

    def _choose(self, **chosen: Any) -> None:
        self.chosen.emit(replace(self._state, **chosen))

    def _choose_again(self) -> None:
        self._choose(seed=self._state.seed + 1)

    def _open(self, menu: QMenu, button: QPushButton) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - self._scale.space(2))))
