"""What is done while a scene is on, noted as a lesson has it: from commands, events and moments.

What a command changes is on screen only some moments after it: it is noted together with the first
moment that shows it, so that nothing is judged by numbers from before.
"""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from nnviz.engine.changes import THETA
from nnviz.engine.measure.report import Report
from nnviz.engine.ops import same_bits
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.surface.landscape import Landscape
from nnviz.lessons.observed import Did
from nnviz.messages import commands, data_commands
from nnviz.messages.command import Command
from nnviz.messages.events import DrawingShown, DrawingWanted, RaceOver
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import Select

_STEPS = {commands.StepMinibatch: "minibatch", commands.StepEpoch: "epoch"}


class Happenings(QObject):
    """Turns what passes into `Did`s.

    Attributes:
        happened: told of each.
        on: whether anything is noted.
        may_turn_inputs: tells whether hands may give the net another input now, or, handed True,
            its example again.
        own_input: what the net is shown in place of an example, (inputs,), or None.
    """

    def __init__(self, ports: Ports, happened: Callable[[Did], object], parent: QObject) -> None:
        """Listen to what views and threads tell."""
        super().__init__(parent)
        self.happened, self.on = happened, True
        self.may_turn_inputs: Callable[[bool], bool] = lambda _gone: True
        self.own_input: Array | None = None
        self._wanted: Array | None = None
        self._ports = ports
        self._phases: tuple[object, ...] = ()
        self._last: Snapshot | None = None
        self._awaited: list[tuple[Did, Snapshot | None]] = []
        ports.on(RaceOver, self._raced)
        ports.on(Landscape, self._surveyed)
        ports.on(Report, self._reported)
        ports.on(DrawingWanted, self._drawn)
        ports.on(DrawingShown, self._shown)

    def _note(self, kind: str, detail: str = "", indices: tuple[int, ...] = ()) -> None:
        if self.on:
            self.happened(Did(kind, detail, indices))

    def passed(self, command: Command) -> None:
        """Note a command of the user's that passed."""
        match command:
            case commands.StepMinibatch() | commands.StepEpoch():
                self._await("step", _STEPS[type(command)])
            case commands.StepBack():
                self._await("step", "back")
            case commands.StepPhase(True):
                self._note("step", "back")
            case commands.Play():
                self._note("play")
            case commands.MakeEdit(name, _, indices):
                self._await("edit", "theta" if name == THETA else name, indices)
            case commands.MakeEdits(changes):
                for name, _ in changes:
                    self._await("edit", name)
            case commands.Teach() | data_commands.TeachDrawing():
                self._note("teach")
            case Select():
                self._note("select")

    def _await(self, kind: str, detail: str, indices: tuple[int, ...] = ()) -> None:
        if self.on:
            self._awaited.append((Did(kind, detail, indices), self._last))

    def begin(self) -> None:
        """Note from now on what is done, and nothing from before."""
        self.on = True
        self._awaited.clear()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Note what commands have done by now, and which phase a step or play has done."""
        self._last = snapshot
        awaited, self._awaited = self._awaited, []
        for did, before in awaited:
            if _shows(snapshot, did, before):
                self.happened(did)
            else:
                self._awaited.append((did, before))
        minibatch, phase = snapshot.minibatch, snapshot.phase
        now = (snapshot.run, None if minibatch is None else minibatch.step, phase)
        if phase is not None and now != self._phases:
            self._note("step", phase.name)
        self._phases = now

    def _raced(self, race: RaceOver) -> None:
        self._note("race", race.winner)

    def _surveyed(self, _surface: Landscape) -> None:
        self._note("survey")

    def _reported(self, _report: Report) -> None:
        self._note("report")

    def _drawn(self, wanted: DrawingWanted) -> None:
        self._wanted = wanted.picture
        if wanted.picture is not None and wanted.picture is not self.own_input:
            self._note("draw")

    def _shown(self, shown: DrawingShown) -> None:
        by_hand, gone = not _same(shown.picture, self._wanted), shown.picture is None
        judged = by_hand and (self.on or not gone)  # another run takes it away by itself
        if judged and not self.may_turn_inputs(gone):
            self._ports.publish(DrawingWanted(self.own_input))  # as it was
            return
        self._wanted = self.own_input = shown.picture
        if by_hand and not gone:
            self._note("edit", "input")


def _same(one: Array | None, other: Array | None) -> bool:
    return one is other or (one is not None and other is not None and np.array_equal(one, other))


def _shows(snapshot: Snapshot, did: Did, before: Snapshot | None) -> bool:
    """Tell whether a moment shows what was done after another one."""
    if before is None or snapshot.run != before.run:
        return True
    if did.kind == "step":
        rests = did.detail != "epoch" or not snapshot.playing
        return snapshot.step != before.step and rests
    return snapshot.changes != before.changes or not same_bits(snapshot.theta, before.theta)
