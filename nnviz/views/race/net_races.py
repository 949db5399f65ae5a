"""Races on planes through the network: asked for, waited for and answered.

They take a moment: the last race stays on screen until the answer is there.
"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from nnviz.engine.race.descent import Race
from nnviz.engine.race.plane_race import RaceAnswer, RaceRequest
from nnviz.engine.race.valleys import Point
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, PlaneRequest
from nnviz.messages.events import RaceOver, Racing
from nnviz.messages.ports import Ports
from nnviz.views.race.picture import OnNet
from nnviz.views.race.planes import PlaneRaces, joined, undone
from nnviz.views.race.state import RaceState
from nnviz.views.race.steering import RaceSteering
from nnviz.views.race.text import PLANES, Lack


class NetRaces(RaceSteering):
    """The race with the planes that it can be run on; `RaceView` draws it.

    Signals:
        race_wanted(object): a `RaceRequest`; `show_answer` takes the answer.
        race_cancelled(): the race asked for last is not wanted any more.
    """

    race_wanted = Signal(object)
    race_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._planes = PlaneRaces()
        self._plane: PlaneRequest | None = None
        self._images = False
        self._lack: Lack | None = None
        self._restored: RaceState | None = None
        self.now.clicked.connect(self.take_now)

    def join(self, ports: Ports) -> None:
        """Ask for races and hear them."""
        super().join(ports)
        asker = object()
        self.race_wanted.connect(lambda request: ports.ask(request, asker))
        self.race_cancelled.connect(lambda: ports.call_off(RaceRequest, asker))
        ports.on(RaceAnswer, self.show_answer)
        self.over.connect(lambda winner: ports.publish(RaceOver(winner)))
        ports.on(Racing, self.show_progress)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remember the network, for planes to be cut through; a race goes on where it is."""
        self._planes.snapshot = snapshot
        if self._planes.vain() or (self._restored is not None and self._lack is Lack.NET):
            self.take_now()
        elif self.kind() is not None:
            self._enable_now()

    def select(self, selection: Selection | None) -> None:
        """Let a weight or bias that was clicked in whichever view be the one to slice along."""
        if selection is not None and selection.kind == "parameter":
            self._planes.selected = selection.parameter

    def kind(self) -> Kind | None:
        """Return which plane through the network is chosen; None for a formula."""
        chosen = self.chooser.currentData()  # Qt makes a plain text of the kind
        return Kind(chosen) if chosen in PLANES else None

    def put(self, race: Race) -> None:
        """Show another race, at the step at which the last one stood."""
        raise NotImplementedError

    def take_on(self, state: RaceState) -> None:
        """Let the race that is shown have the start, the rates and the step that were kept."""
        for name, rate in state.rates.items():
            self._rate(name, rate)
        if len(state.start) == self.race.valley.weights:
            self._start(state.start)
        self.race.go_to(state.step)

    def _rate(self, name: str, rate: float) -> None:
        """Give a racer another learning rate; on a plane its run is asked for later."""
        if self._plane is None:
            self.race.set_rate(name, rate)
        else:
            self.race.rates[name] = rate

    def _start(self, place: Point) -> None:
        """Let all of them start elsewhere; on a plane their runs are asked for later."""
        if self._plane is None:
            self.race.put_start(place)
        else:
            self.race.start = tuple(float(w) for w in place)

    @Slot()
    def take_now(self) -> None:
        """Race on the plane that is chosen through the network as it is now."""
        kind = self.kind()
        if kind is None:
            return
        self._give_up()
        snapshot = self._planes.snapshot
        if snapshot is not None and snapshot.untrainable:
            self._plane, self._lack, request = None, Lack.SLOPES, None
        else:
            request = self._planes.take(kind)
            self._lack = Lack.NET if request is None else None
        self._ask(request)
        self.refresh()

    def _again(self) -> None:
        """Ask for what the race on this plane lacks, if there is anything and none is awaited."""
        if self._plane is not None:
            self._ask(self._planes.again(self._plane, self.race))

    def _ask(self, request: RaceRequest | None) -> None:
        if request is not None:
            self.race_wanted.emit(request)
            self.busy.emit(True)

    @Slot(object)
    def show_answer(self, answer: RaceAnswer) -> None:
        """Show a race that has been run, unless another is wanted by now."""
        if not self._planes.accept(answer):
            return
        self.busy.emit(False)
        race, plane = answer.race, answer.request.plane
        if race is None:
            self._plane, self._lack = None, Lack.NUMBERS
            self.refresh()
            return
        if plane is self._plane:
            race = joined(race, self.race)
        else:
            race.choose(self.race.racers)
        self._plane = plane
        snapshot = self._planes.snapshot
        self._images = snapshot is not None and bool(snapshot.image_shape)
        self.put(race)
        if self._restored is not None:
            state, self._restored = self._restored, None
            self.take_on(state)
            self.refresh()
        self._again()  # for what was changed while it was run

    def settled(self) -> bool:
        """Tell whether what it asked for has come."""
        return self._planes.fraction is None

    def show_progress(self, told: Racing) -> None:
        """Tell how much of a race is done."""
        if self._planes.tell(told.generation, told.fraction):
            self.refresh()

    def _give_up(self) -> bool:
        """Wait for no race any more; tell whether one was awaited."""
        if not self._planes.give_up():
            return False
        self.race_cancelled.emit()
        self.busy.emit(False)
        if self._plane is not None:
            undone(self.race)
        return True

    def call_off(self) -> None:
        """Wait for no race any more, and show the last one."""
        if self._give_up() and self._plane is None:
            self._lack = Lack.REQUEST
        self.refresh()

    def _enable_now(self) -> None:
        """Let the button be pressed where that would change anything."""
        self.now.setEnabled(self._plane is None or not self._planes.is_now(self._plane))

    def on_net(self) -> OnNet | None:
        """Return how it stands with the plane that is chosen; None for a formula."""
        if self.kind() is None:
            return None
        self._enable_now()
        return OnNet(self._plane, self._lack, self._planes.fraction, self._images)
