"""Touch: clicks, keys and typing in the window or on the stage, wherever that has the keys."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from nnviz.engine.selection import Selection
from nnviz.numbers import editable
from nnviz.tour.guide import Guide, TourError
from nnviz.views.network import NetworkView
from nnviz.views.shared.items import Items
from nnviz.views.view import View
from nnviz.window.weight_editor import WeightEditor

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
AROUND = ((0.5, 0.5), *((x, y) for x in (0.3, 0.5, 0.7) for y in (0.3, 0.5, 0.7)))
"""Where in the box of a thing it is clicked, in turn, as shares of its sides."""
TURNS = 400
"""Presses of a key after which a number that is turned will not be reached any more."""
TRIES = 4
"""How often something that cannot be clicked is looked for again."""
LATER = 250
"""Milliseconds until it is looked for again."""
SOON = 40
"""Milliseconds in which a click is seen to do something."""


class Touch:
    """Hands on mouse and keyboard.

    Attributes:
        guide: waits and looks.
    """

    def __init__(self, guide: Guide) -> None:
        self.guide = guide

    # -- keys -------------------------------------------------------------------------------------

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keys belong to the run."""
        self.guide.app.window.take_keys()
        QTest.keyClick(self.focus() or self.front, key, modifiers)

    def focus(self) -> QWidget | None:
        """Return what has the keys."""
        return QApplication.focusWidget()

    def type(self, text: str) -> None:
        """Type into the field that has the keys, in place of what stands there, and press Enter.

        Raises:
            TourError: no field has the keys.
        """
        field = self.focus()
        if not isinstance(field, QLineEdit):
            raise TourError(f"There is no field to type {text} into.")
        field.selectAll()
        QTest.keyClicks(field, text.replace("−", "-"))  # as keyboards have it
        QTest.keyClick(field, Qt.Key.Key_Return)

    def fill(self, name: str, value: float) -> None:
        """Type a number into a field, known by its name."""
        field = self.field(name)
        QTest.mouseClick(field, LEFT)
        field.setFocus()
        self.type(editable(value))

    def field(self, name: str) -> QLineEdit:
        """Return a field in sight by its name.

        Raises:
            TourError: there is none.
        """
        for field in self.front.findChildren(QLineEdit, name):
            if isinstance(field, QLineEdit):
                return field
        raise TourError(f"The field {name} is not there.")

    # -- where ------------------------------------------------------------------------------------

    @property
    def front(self) -> QWidget:
        """The stage where it has the keys, else the window."""
        window = self.guide.app.window
        stage = window.projector.stage if window.projector.has_keys else None
        return window if stage is None else stage

    @property
    def views(self) -> Mapping[str, View]:
        """The views in front, by id."""
        window = self.guide.app.window
        stage = window.projector.stage if window.projector.has_keys else None
        return window.views.built if stage is None else stage.views.built

    def places(self, thing: Selection) -> list[tuple[QWidget, QPoint]]:
        """Return places in views at which something may be clicked, the network's first."""
        wanted = {thing}
        if thing.kind == "output":
            wanted.add(Selection("neuron", thing.layer, thing.neuron))
        views = [view for view in self.views.values() if view.in_sight()]
        views.sort(key=lambda view: not isinstance(view, NetworkView))
        return [
            (items.widget, QPoint(round(x), round(y)))
            for view in views
            for items in view.findChildren(Items)
            for item, box in items.boxes().items()
            if getattr(item, "selection", None) in wanted
            for x, y in (
                (box.left() + across * box.width(), box.top() + down * box.height())
                for across, down in AROUND
            )
        ]

    # -- doing ------------------------------------------------------------------------------------

    def click(
        self, thing: Selection, happened: Callable[[], bool], button: Qt.MouseButton = LEFT
    ) -> None:
        """Click something where it stands, until what that is for has happened.

        Raises:
            TourError: it is nowhere in sight, or nothing comes of it.
        """
        for _ in range(TRIES):  # panels that have just opened are laid out a moment later
            for view, where in self.places(thing):
                QTest.mouseMove(view, where)
                QTest.mouseClick(view, button, NONE, where)
                self.guide.live(SOON)
                if happened():
                    return
            self.guide.live(LATER)
        raise TourError(f"{thing} cannot be clicked: it is not in sight, or something covers it.")

    def edit(self, weight: Selection, value: float) -> None:
        """Type a weight after a right click on its edge.

        Raises:
            TourError: it is nowhere in sight, or does not take the value.
        """
        field = self.field("weight_field")
        editor = field.parentWidget()
        assert isinstance(editor, WeightEditor)

        def is_open() -> bool:  # where edges cross, a click may mean the other one
            return field.isVisible() and editor.index == weight.parameter

        self.click(weight, is_open, RIGHT)
        field.setFocus()
        self.type(editable(value))
        self.guide.wait(
            "the weight that was typed",
            lambda: bool(abs(self.guide.at().theta[weight.parameter] - value) <= 1e-6),
        )
        self.guide.app.window.take_keys()

    def turn(self, now: Callable[[], float], value: float) -> None:
        """Turn what is selected in the network with the keys until it has a value.

        Raises:
            TourError: that is never reached.
        """
        network = next((v for v in self.views.values() if isinstance(v, NetworkView)), None)
        if network is None:
            raise TourError("The network is not in sight: nothing can be turned there.")
        network.setFocus()
        coarse = 0.0  # what a press brought the last time
        for _ in range(TURNS):
            before = now()
            left = value - before
            if abs(left) <= 1e-9 * max(1.0, abs(value)):
                return
            held = CONTROL if abs(left) >= coarse - 1e-9 else CONTROL | SHIFT
            QTest.keyClick(network, Qt.Key.Key_Up if left > 0 else Qt.Key.Key_Down, held)
            self.guide.wait("what is turned", partial(_differs, now, before))
            if held == CONTROL:
                coarse = abs(now() - before)
        raise TourError(f"It cannot be turned to {editable(value)}.")


def _differs(now: Callable[[], float], before: float) -> bool:
    return now() != before
