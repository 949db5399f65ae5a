"""Requests: what the user asks of the run, as messages to the worker."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnviz.data.dataset import DataError
from nnviz.data.naming import TARGET, referred, with_choice
from nnviz.data.reference import Reference
from nnviz.data.typed_table import FIRST, is_typed
from nnviz.engine.changes import Value
from nnviz.engine.parameter_names import NONE as NO_NAMES
from nnviz.engine.recipe import ALL, Recipe, RecipeError
from nnviz.engine.run.snapshot import OWN, Array, Snapshot, with_own
from nnviz.engine.run.start import start_recipe
from nnviz.engine.taught import NONE
from nnviz.engine.training.remedies import Remedy
from nnviz.messages import commands
from nnviz.messages.events import DrawingShown, Failure, Notice
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import OpenPanel
from nnviz.window.stepping import Stepping
from nnviz.wording import keep_files


class RunRequests(QObject):
    """Asks for runs, for changes of the one on screen, and lets it play.

    Attributes:
        recipe: of the run on screen; before the first one, that last used.
        goes_on: tells whether a run of a recipe plays at once in place of the one shown.
    """

    def __init__(
        self,
        window: QWidget,
        recipe: Recipe,
        stepping: Stepping,
        shown: Callable[[], Snapshot | None],
        ports: Ports,
    ) -> None:
        """Join it to a window, which gets the keys back from the row that was edited last."""
        super().__init__(window)
        self._window, self._stepping, self._shown = window, stepping, shown
        self._ports, self._send = ports, ports.send
        self.goes_on: Callable[[Recipe, Snapshot | None], bool] = lambda _recipe, _shown: False
        self._drawing: Array | None = None  # that the network shows in place of an example
        self.recipe = recipe
        ports.on(DrawingShown, self._note_drawing)

    # -- another run ------------------------------------------------------------------------------

    def start(self, recipe: Recipe | None = None, *, demonstration: bool = False) -> None:
        """Ask for the first run: this recipe, or the one last used; or only for a demonstration."""
        wished = recipe or self.recipe
        self._send(commands.Start(wished, fit=recipe is None, demonstration=demonstration))

    def start_new(self, recipe: Recipe) -> None:
        """Start a new run of a recipe that was made for it."""
        # The next key is meant for the run, not for the row that was edited last.
        self._window.setFocus()
        if self.recipe.trained != ALL == recipe.trained:
            self._ports.publish(Notice("All parameters train in the new run."))
        self._send(commands.Start(recipe))
        if self.goes_on(recipe, self._shown()):
            self._send(commands.Play())

    def choose_data(self, name: str) -> None:
        """Start a new run on another data set; the recipe follows it."""
        keep_files((referred(name).name,))
        recipe = replace(
            self.recipe, dataset=name, taught=NONE, trained=ALL, parameter_names=NO_NAMES
        )
        self._send(commands.Start(recipe, fit=True))

    def begin_table(self) -> None:
        """Start a new run on a new table, and open it to be typed."""
        recipe = replace(start_recipe(FIRST.name), seed=self.recipe.seed)
        self._send(commands.Start(recipe))
        self._send(OpenPanel("table"))

    def choose_target(self, columns: tuple[str, ...]) -> None:
        """Start a new run on the same table that predicts these columns; none to guess."""
        reference = referred(self.recipe.dataset)
        if not is_typed(reference.name):  # no columns are a choice, too: to guess
            reference = reference.with_values(TARGET, ())
        self._choose(reference, columns, "")

    def choose_scale(self, scale: str) -> None:
        """Start a new run on the same table with its columns scaled so."""
        self._choose(referred(self.recipe.dataset), (), scale)

    def _choose(self, reference: Reference, columns: tuple[str, ...], scale: str) -> None:
        try:
            self.choose_data(str(with_choice(reference, columns, scale)))
        except DataError as error:
            self._ports.publish(Failure(str(error)))

    # -- changes of this one ----------------------------------------------------------------------

    def edit(self, name: str, value: Value) -> None:
        """Change one thing from here on."""
        self._send(commands.MakeEdit(name, value))

    def change(self, changes: Sequence[tuple[str, Value]]) -> None:
        """Change several things from here on, as one; the keys are the run's again."""
        self._window.setFocus()
        if len(changes) == 1:
            self.edit(*changes[0])
        elif changes:
            self._send(commands.MakeEdits(tuple(changes)))

    def halve_rate(self) -> None:
        """Go on with half the learning rate, as one does until the cost begins to fall."""
        self._scale_rate(0.5)

    def double_rate(self) -> None:
        """Go on with twice the learning rate."""
        self._scale_rate(2.0)

    def _scale_rate(self, factor: float) -> None:
        try:
            changed = replace(self.recipe, learning_rate=factor * self.recipe.learning_rate)
        except RecipeError as error:
            self._ports.publish(Failure(str(error)))
        else:
            self.edit("learning_rate", changed.learning_rate)

    def carry_out(self, remedy: Remedy) -> None:
        """Do what helps against a finding: change the run here, further back, or begin anew."""
        self._window.setFocus()
        if remedy.anew:
            try:
                self.start_new(remedy.applied(self.recipe))
            except RecipeError as error:
                self._ports.publish(Failure(str(error)))
        elif remedy.step is None:
            self.change(remedy.edits)
        else:
            self._send(commands.EditAt(remedy.step, remedy.edits))

    # -- playing ----------------------------------------------------------------------------------

    def toggle_playing(self) -> None:
        """Play, or pause."""
        snapshot, by_phase = self._shown(), self._stepping.granularity == "phase"
        playing = snapshot is not None and snapshot.playing
        self._send(commands.Pause() if playing else commands.Play(by_phase=by_phase))

    def _note_drawing(self, shown: DrawingShown) -> None:
        self._drawing = shown.picture

    def look_through(self) -> None:
        """Send the picture on screen through the network phase by phase, without training."""
        snapshot = self._shown()
        if snapshot is None:
            return
        minibatch, shown = snapshot.minibatch, with_own(snapshot, self._drawing)
        if minibatch is not None and snapshot.focus.index == OWN:
            picture: Array | None = snapshot.focus.x  # once more from the start
        else:
            picture = None if shown is snapshot else shown.focus.x
        self._stepping.by_phase()
        self._send(commands.LookThrough(picture))
