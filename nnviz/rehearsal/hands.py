"""Hands of the rehearsal: what a solution says is done with the mouse and on the keyboard.

Every gesture ends where a person would see that it is done; what never comes to pass is told in
one sentence. Nothing here sends a command to the run: that is what buttons and views are for.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from nnviz.engine.parameters import locate
from nnviz.engine.selection import Selection
from nnviz.lessons.observed import Observed
from nnviz.lessons.solution import Deed
from nnviz.rehearsal import panels
from nnviz.rehearsal.touching import CONTROL, NONE, SHIFT, Touch
from nnviz.tour.guide import Guide, TourError

MOST_STEPS = 50_000
"""Minibatches after which what is played for will not come any more."""


class Hands:
    """Does gestures in one window."""

    def __init__(
        self,
        guide: Guide,
        seen: Callable[[], Observed],
        done: Callable[[], bool],
        stepped: Callable[[], None],
    ) -> None:
        """Take hold of a window.

        Args:
            guide: waits for what is done.
            seen: returns what is on screen, as expressions look at it.
            done: tells whether the scene is finished, for what goes on until then.
            stepped: is called after every step.
        """
        self._guide, self._seen, self._done, self._stepped = guide, seen, done, stepped
        self.touch = touch = Touch(guide)
        self._deeds: Mapping[str, Callable[[Deed], None]] = {
            "step": lambda _: self.step("Right"),
            "back": lambda _: self.step("Left"),
            "epoch": lambda _: self._press_until_moved(Qt.Key.Key_Right, SHIFT),
            "home": lambda _: self._press_until_moved(Qt.Key.Key_Home),
            "play": self._play,
            "goto": self._goto,
            "halve": lambda _: self._press_until_changed(Qt.Key.Key_H),
            "double": lambda _: self._press_until_changed(Qt.Key.Key_H, SHIFT),
            "undo": lambda _: self._press_until_changed(Qt.Key.Key_Z, CONTROL),
            "select": self._select,
            "set": self._set,
            "input": self._input,
            "switch off": self._switch_off,
            "eta": self._eta,
            "open": lambda deed: panels.show(touch, deed.words[0]),
            "view": lambda deed: panels.choose(touch, *deed.words),
            "draw": lambda deed: panels.draw(touch, int(deed.words[0]), *deed.words[1:]),
            "teach": lambda deed: panels.teach(touch, int(deed.words[0])),
            "race": lambda _: panels.race(touch, done),
        }

    def do(self, deed: Deed) -> None:
        """Do one gesture.

        Raises:
            TourError: nothing came of it, or what it is done to is not in sight.
        """
        self._deeds[deed.kind](deed)

    def _wait(self, deed: str, happened: Callable[[], bool]) -> None:
        self._guide.wait(f"what '{deed}' does", happened)

    def _number(self, deed: Deed) -> float:
        assert deed.value is not None
        return float(deed.value.value(self._seen()))  # type: ignore[arg-type]  # it is one

    # -- training -----------------------------------------------------------------------------

    def step(self, way: str) -> None:
        """Go on or back by a step, and let it be seen."""
        self._press_until_moved(Qt.Key.Key_Right if way == "Right" else Qt.Key.Key_Left)
        self._stepped()

    def _press_until_moved(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        before = self._place()
        self.touch.press(key, modifiers)
        self._wait(key.name, lambda: self._place() != before and not self._guide.at().playing)

    def _place(self) -> tuple[object, ...]:
        at = self._guide.at()
        return at.run, at.step, at.phase

    def _press_until_changed(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        before = self._edits()
        self.touch.press(key, modifiers)
        self._wait(key.name, lambda: self._edits() != before)

    def _edits(self) -> tuple[object, ...]:
        at = self._guide.at()
        return at.run, at.changes, at.recipe, at.undo, at.redo

    def _play(self, deed: Deed) -> None:
        """Play for so many minibatches, or until the scene is done; then pause."""
        begun = self._guide.at().step
        count = None if deed.value is None else self._number(deed)
        self.touch.press(Qt.Key.Key_Space)

        def enough() -> bool:
            if count is None:
                return self._done() or not self._guide.at().playing
            return self._guide.at().step >= begun + count

        self._wait(deed.source, lambda: self._guide.at().step > begun)
        while not enough():  # as long as it trains it is waited for, on a busy machine too
            step = self._guide.at().step
            if step > begun + MOST_STEPS:
                raise TourError(f"{MOST_STEPS} minibatches of '{deed.source}' bring nothing about.")
            self._wait(deed.source, partial(self._beyond, step, enough))
        if self._guide.at().playing:
            self.touch.press(Qt.Key.Key_Space)
        self._wait("pause", lambda: not self._guide.at().playing)

    def _beyond(self, step: int, enough: Callable[[], bool]) -> bool:
        return enough() or self._guide.at().step > step

    def _goto(self, deed: Deed) -> None:
        step = round(self._number(deed))
        self.touch.press(Qt.Key.Key_G, CONTROL)
        self._guide.wait("the field of the step", lambda: isinstance(self.touch.focus(), QLineEdit))
        self.touch.type(str(step))
        self._wait(deed.source, lambda: self._guide.at().step == step)

    # -- neurons, weights, inputs ---------------------------------------------------------------

    def _thing(self, deed: Deed) -> Selection:
        found = None if deed.thing is None else deed.thing.thing(self._seen())
        if found is None:
            raise TourError(f"'{deed.source}' names nothing.")
        return found

    def _select(self, deed: Deed) -> None:
        thing = self._thing(deed)
        self.touch.click(thing, lambda: self._guide.app.window.selection == thing)

    def _set(self, deed: Deed) -> None:
        """Type a weight after a right click on its edge; turn a bias with the keys."""
        thing, value = self._thing(deed), self._number(deed)
        place = locate(self._guide.at().recipe, thing.parameter)
        if place.source is None:
            neuron = Selection("neuron", place.layer, place.target)
            self.touch.click(neuron, lambda: self._guide.app.window.selection == neuron)
            self.touch.turn(lambda: float(self._guide.at().theta[thing.parameter]), value)
            return
        self.touch.edit(thing, value)

    def _input(self, deed: Deed) -> None:
        """Click an input that is a switch; turn any other with the keys."""
        thing, value = self._thing(deed), self._number(deed)

        def now() -> float:
            return float(self._seen().focus.x[thing.neuron])

        if now() == value:
            return
        before = now()
        self.touch.click(
            thing, lambda: now() != before or self._guide.app.window.selection == thing
        )
        if now() != value:
            self.touch.turn(now, value)

    def _switch_off(self, deed: Deed) -> None:
        self._select(deed)
        before = self._edits()
        panels.choose_action(self.touch, 0)  # the first of them
        self._wait(deed.source, lambda: self._edits() != before)

    def _eta(self, deed: Deed) -> None:
        value = self._number(deed)
        self.touch.fill("learning_rate", value)
        self._wait(deed.source, lambda: self._guide.at().recipe.learning_rate == value)
