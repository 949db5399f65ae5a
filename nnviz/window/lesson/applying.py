"""Applying: does to the run and to the screen what a lesson wants when it or a scene begins.

What is asked of the worker is done in order. Values that depend on what came before are asked for
once the moment after it is on screen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnviz.engine.changes import THETA
from nnviz.engine.recipe import Recipe, settings
from nnviz.engine.run.snapshot import OWN, Array, Snapshot
from nnviz.engine.run.start import start_recipe
from nnviz.engine.selection import Selection
from nnviz.engine.training.phases import Phase as PhaseDone
from nnviz.engine.training.phases import phases_of
from nnviz.errors import NnvizError
from nnviz.lessons import load_example
from nnviz.lessons.left_off import Found, Phase
from nnviz.lessons.lesson import Changes, Look, Start, Try
from nnviz.lessons.observed import Observed
from nnviz.lessons.own_input import own_input
from nnviz.messages import commands
from nnviz.messages.command import Command
from nnviz.messages.events import DrawingShown, DrawingWanted, Failure, Opened
from nnviz.messages.ui_state import UiState
from nnviz.window.parts import Parts

BROAD = "surface", "race", "plane"
"""Panels that are a ground seen from above: a lesson that opens them gives them more width."""
BROAD_SHARE = 0.36
"""The share of the window's width that they have."""
NOTHING: Mapping[str, Any] = {}
Awaited = Callable[[Snapshot], bool]
"""Tells whether a moment is the one that is waited for."""


class Applying(QObject):
    """Applies what a lesson wants, step by step as moments come.

    Attributes:
        busy: whether something is still being applied.

    Signals:
        failed(): there is no net to go on with, and it has been told why.
    """

    failed = Signal()

    def __init__(
        self,
        parts: Parts,
        send: Callable[[Command], None],
        observed: Callable[[], Observed | None],
        parent: QObject,
    ) -> None:
        """Begin with nothing to do; `send` passes the gate, `observed` is what expressions see."""
        super().__init__(parent)
        self._parts, self._observed, self._pass = parts, observed, send
        self._sent: list[Command] = []  # for what is being applied
        self._steps: Iterator[Awaited] | None = None
        self._awaited: Awaited | None = None
        self._then: Callable[[], None] = lambda: None
        self._begun = True  # there is a net of the lesson
        self._missing: Callable[[], None] | None = None
        self._opened = 0  # number of the run whose look is on screen
        parts.gate.on(Opened, self._open)
        parts.gate.on(Failure, self._refused)
        parts.gate.on(DrawingShown, self._look_again)

    @property
    def busy(self) -> bool:
        """Whether something is being applied."""
        return self._steps is not None

    def begin(self, start: Start, changes: Changes, then: Callable[[], None]) -> None:
        """Let a lesson begin, and its first scene; call `then` once it is all on screen."""
        self._begun = False
        self._run(self._of_start(start, changes), then)

    def apply(self, changes: Changes, then: Callable[[], None], *, rest: bool = False) -> None:
        """Let a scene change what it changes; call `then` once it is all on screen.

        `rest` is for a scene in which nobody may pause: what plays comes to rest before.
        """
        self._run(chain(self._rested() if rest else (), self._of_changes(changes)), then)

    def take_up(
        self,
        begun: Command,
        found: Found,
        then: Callable[[], None],
        missing: Callable[[], None] | None = None,
    ) -> None:
        """Let run and screen be as a scene found them; call `then` once they are.

        Args:
            begun: brings the run.
            found: how the scene found the screen.
            then: is called.
            missing: is called instead where the run cannot be brought.
        """
        self._missing = missing
        self._run(self._of_found(begun, found), then)

    def forget(self) -> None:
        """Apply no further."""
        self._steps = self._awaited = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Go on where this moment was waited for."""
        if self._awaited is not None and self._awaited(snapshot):
            self._go_on()

    def _send(self, command: Command) -> None:
        self._sent.append(command)
        self._pass(command)

    def _refused(self, failure: Failure) -> None:
        """Wait no longer for what cannot be done; without any net nothing can go on."""
        refused = any(failure.refused is command for command in self._sent)
        if self._awaited is None or not refused:
            return
        missing, self._missing = self._missing, None
        if missing is not None:
            self.forget()
            missing()
        elif self._begun:
            self._go_on()
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.forget()
        self.failed.emit()

    def _open(self, opened: Opened) -> None:
        self._opened = opened.run
        self._look_again()

    def _look_again(self, *_shown: DrawingShown) -> None:
        """Go on where the moment on screen is what was waited for, now that more is shown."""
        if (shown := self._parts.shown()) is not None:
            self.show_snapshot(shown)

    def _run(self, steps: Iterator[Awaited], then: Callable[[], None]) -> None:
        self._steps, self._then = steps, then
        self._sent.clear()
        self._go_on()

    def _go_on(self) -> None:
        steps, self._awaited = self._steps, None
        if steps is None:
            return
        try:
            awaited = next(steps, None)
        except NnvizError as error:
            self._parts.gate.publish(Failure(str(error)))
            if not self._begun:
                self._give_up()
                return
            awaited = None
        if self._steps is not steps:
            return  # something else is applied by now
        if awaited is not None:
            self._awaited = awaited
            return
        self._steps, then = None, self._then
        then()

    # -- what is done, in order -------------------------------------------------------------------

    def _clear(self) -> None:
        """Let all that is chosen in views be as at first: what was there before has no say."""
        usual, now = self._parts.keeper.usual(), self._parts.keeper.state().views
        other = {id: kept for id, kept in usual.views.items() if kept != now.get(id, {})}
        self._parts.select(None)
        self._parts.keeper.show(replace(usual, views=other))
        self._parts.projector.begin_anew()

    def _of_found(self, begun: Command, found: Found) -> Iterator[Awaited]:
        self._clear()
        self._parts.gate.publish(DrawingWanted(None))
        yield from self._started(begun, opens=isinstance(begun, commands.OpenSession))
        self._missing = None
        self._parts.keeper.show(found.ui)
        self._parts.select(found.ui.selection)
        if found.own is not None:
            self._parts.gate.publish(DrawingWanted(found.own))
        if found.phase is not None:
            yield from self._stepped_to(found.phase, found.own)

    def _stepped_to(self, wanted: Phase, own: Array | None) -> Iterator[Awaited]:
        """Go on phase by phase until one is done."""
        if wanted.walks:
            self._send(commands.LookThrough(own))
            yield lambda s: s.minibatch is not None
        shown = self._parts.shown()
        phases = () if shown is None else phases_of(shown.recipe)
        if shown is not None and not wanted.walks and wanted.name == phases[-1].name:
            begun = max(shown.step - 1, 0)  # the run was kept with what the last phase changes
            self._send(commands.GoTo(begun))
            yield lambda s: s.step == begun and s.minibatch is None
        for _ in phases:
            shown = self._parts.shown()
            before = None if shown is None else shown.phase
            if before is not None and before.name == wanted.name:
                return
            self._send(commands.StepPhase())
            yield partial(_beyond, before)

    def _of_start(self, start: Start, changes: Changes) -> Iterator[Awaited]:
        self._clear()
        yield from self._anew(start.example, start)
        self._begun = True
        yield from self._tried(start.tries)
        yield from self._trained(start.train)
        self._look(start.look)
        yield from self._of_changes(changes)

    def _rested(self) -> Iterator[Awaited]:
        shown = self._parts.shown()
        if shown is not None and shown.playing:
            self._send(commands.Pause())
            yield lambda s: not s.playing

    def _of_changes(self, changes: Changes) -> Iterator[Awaited]:
        shown = self._parts.shown()
        live, anew = _sorted(changes.recipe)
        if changes.example:
            yield from self._anew(changes.example, fields=anew)
        elif "dataset" in changes.recipe:
            begun = recipe_of(changes.recipe)
            yield from self._started(commands.Start(begun, demonstration=True))
            live = {}
        elif anew and shown is not None:
            begun = replace(shown.recipe, **{**live, **anew})
            yield from self._started(commands.Start(begun, demonstration=True))
            live = {}
        if changes.goto is not None:
            yield from self._gone_to(changes.goto)
        yield from self._changed(live)
        if edit := self._edit(changes):
            before = self._parts.shown()
            self._send(edit)
            yield lambda s: before is None or s.changes != before.changes or _has(s, edit)
        seen = self._observed()
        own: Array | None = None if seen is None else own_input(changes, seen)
        if own is not None:
            yield from self._own_input(own, changes)
        yield from self._trained(changes.train)
        if changes.look_through and (seen := self._observed()) is not None:
            self._parts.stepping.by_phase()
            if own is None and seen.focus.index == OWN and seen.focus.place < 0:
                own = seen.focus.x
            self._send(commands.LookThrough(own))
            yield lambda s: s.minibatch is not None
        self._look(changes.look)

    def _gone_to(self, step: int) -> Iterator[Awaited]:
        self._send(commands.GoTo(step))
        yield lambda s: s.step == min(step, s.reached)

    def _changed(self, live: Mapping[str, Any]) -> Iterator[Awaited]:
        """Change fields of the recipe in the middle of the run."""
        for name, value in live.items():
            self._send(commands.MakeEdit(name, value))
        if live:
            yield lambda s: all(getattr(s.recipe, name) == value for name, value in live.items())

    def _tried(self, tries: Sequence[Try]) -> Iterator[Awaited]:
        """Train each from the first step on; at the end the run stands there, as it began."""
        shown = self._parts.shown()
        for each in tries:
            yield from self._changed(each.recipe)
            yield from self._trained(each.train)
            yield from self._gone_to(0)
        if shown is not None and tries:
            names = {name for each in tries for name in each.recipe}
            yield from self._changed({name: getattr(shown.recipe, name) for name in names})

    def _own_input(self, own: Array, changes: Changes) -> Iterator[Awaited]:
        """Show an own input; the walk of another example, which would hide it, ends."""
        self._parts.gate.publish(DrawingWanted(own))
        if changes.look_through:
            return  # it is sent along with the walk to come
        shown = self._parts.shown()
        if shown is not None and shown.minibatch is not None:
            self._send(commands.LookAway())
        yield (
            lambda s: (
                s.minibatch is None and (own.shape != (s.recipe.layers[0],) or self._is_seen(own))
            )
        )

    def _is_seen(self, own: Array) -> bool:
        seen = self._observed()
        return seen is not None and seen.focus.index == OWN and np.array_equal(seen.focus.x, own)

    def _edit(self, changes: Changes) -> commands.MakeEdit | None:
        """Return what sets weights and biases, as one change."""
        seen = self._observed()
        if not changes.edits or seen is None:
            return None
        chosen: dict[int, float] = {}
        for name, value in changes.edits:
            thing = name.thing(seen)
            if thing is not None and thing.parameter >= 0:
                chosen[thing.parameter] = float(value.value(seen))  # type: ignore[arg-type]
        return commands.MakeEdit(THETA, tuple(chosen.values()), tuple(chosen)) if chosen else None

    def _anew(
        self, example: str, start: Start | None = None, fields: Mapping[str, Any] = NOTHING
    ) -> Iterator[Awaited]:
        """Begin with an example, of which these fields are different, a session or a recipe."""
        if example:
            found = load_example(example)
            begun: Command = commands.Start(
                replace(found.recipe, **fields),
                theta=found.theta,
                view=found.view,
                demonstration=True,
                example=True,
            )
        elif start is not None and start.session is not None:
            begun = commands.OpenSession(start.session, demonstration=True)
        elif start is not None:
            begun = commands.Start(recipe_of(start.recipe), demonstration=True)
        else:
            return
        self._parts.gate.publish(DrawingWanted(None))
        yield from self._started(begun, opens=getattr(begun, "view", begun) is not None)

    def _started(self, begun: Command, *, opens: bool = False) -> Iterator[Awaited]:
        shown = self._parts.shown()
        before = 0 if shown is None else shown.run
        self._send(begun)
        # What an example or a session shows must not come over what the lesson shows.
        yield lambda s: s.run > before and (not opens or self._opened == s.run)

    def _trained(self, steps: int) -> Iterator[Awaited]:
        shown = self._parts.shown()
        if steps and shown is not None:
            goal, run = shown.step + steps, shown.run
            self._send(commands.StepMinibatch(steps))
            yield lambda s: s.run == run and (s.step >= goal or bool(s.untrainable))

    def _look(self, look: Look) -> None:
        """Show what is to be looked at."""
        parts, seen = self._parts, self._observed()
        selection: Selection | None = None
        if look.selection is not None and seen is not None:
            selection = look.selection.thing(seen)
        state: UiState = replace(look.ui, selection=selection)
        parts.keeper.show(state)
        for id in look.ui.front:
            if id in BROAD and id in (look.ui.open_panels or ()):
                parts.docks.open_large(id, BROAD_SHARE)
        if look.ui.enlarged is not None and look.ui.enlarged != parts.enlarged.id:
            parts.enlarge(look.ui.enlarged or parts.enlarged.id)
        if look.selection is not None:
            parts.select(selection)
        if look.example is not None:
            self._send(commands.FocusOn(look.example))
        if look.page:
            parts.projector.show_page_of(look.page)
        if look.stage:
            parts.projector.show_made(look.stage)
        parts.projector.choose(look.ui.views)


def recipe_of(fields: Mapping[str, Any]) -> Recipe:
    """Return what a data set is started with, with these fields in place of its own.

    Raises:
        NnvizError: they do not go together.
    """
    return replace(start_recipe(fields["dataset"]), **fields)


def _sorted(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields that change in the middle of a run, and those that begin another."""
    known = settings()
    live = {name: value for name, value in fields.items() if known[name].changeable}
    return live, {name: value for name, value in fields.items() if name not in live}


def _has(snapshot: Snapshot, edit: commands.MakeEdit) -> bool:
    values = edit.value if isinstance(edit.value, tuple) else (edit.value,)
    found = snapshot.theta[list(edit.indices)]
    return bool(np.allclose(found, np.array(values, found.dtype), rtol=1e-6, atol=0))


def _beyond(before: PhaseDone | None, snapshot: Snapshot) -> bool:
    """Tell whether another phase than one was done last."""
    return snapshot.phase is not None and snapshot.phase != before
