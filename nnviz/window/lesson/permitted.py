"""What is permitted in a scene: which commands pass the port, which actions are alive."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtGui import QAction, QKeySequence

from nnviz.engine.changes import THETA
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.lessons.gestures import ALL, BIASES, GESTURES, WEIGHTS, Gesture
from nnviz.messages import commands, data_commands
from nnviz.messages.command import Command
from nnviz.messages.window_commands import EditParameter, Select
from nnviz.window.actions import refuse

HARMLESS: tuple[type[Command], ...] = (
    *(commands.CallOffReports, commands.CallOffSeeds, commands.ListRuns, commands.KeepRuns),
    *(commands.ShowData, commands.Rank, commands.ReportEvery, commands.MakeReport),
    *(commands.JudgeTrust, data_commands.ShowDrawings, data_commands.CancelFetch),
    *(data_commands.OpenCourse, data_commands.CallOffCourse),
)
"""What views ask for by themselves, what only calls off, and another course."""
NEVER = (
    *("save", "save_as", "continue_last", "verify", "save_model", "save_example"),
    *("new_lesson",),
    "look_through",  # a lesson sends examples through itself
    *("open_folder", "open_table", "new_table", "start_page", "guide", "finding", "save_page"),
)
"""Actions that no gesture frees."""
PANELS = "panels"
"""The gesture of opening and closing panels."""


def permitted(
    command: Command, allow: Collection[str], recipe: Recipe | None, at: str = ""
) -> Command | None:
    """Return a command as it may pass where these gestures are alive, or None where it may not.

    What is begun anew is only shown, as all runs of a lesson are. `at` is the id of the panel that
    hands are in, "" where nobody knows.
    """
    if not isinstance(command, HARMLESS) and not any(
        _frees(GESTURES[name], name, command, recipe, at) for name in allow
    ):
        return None
    return replace(command, demonstration=True) if isinstance(command, commands.Start) else command


def _frees(gesture: Gesture, name: str, command: Command, recipe: Recipe | None, at: str) -> bool:
    if type(command) not in gesture.commands:
        return False
    match command:
        case Select() if gesture.panels:  # selecting here and there is another gesture
            return at in ("", *gesture.panels)
        case commands.StepPhase(back):
            return back == (name == "back")
        case EditParameter(index):
            return _edits(THETA, (index,), recipe) <= set(gesture.edits)
        case commands.MakeEdit(field, _, indices):
            return _edits(field, indices, recipe) <= set(gesture.edits) or (
                ALL in gesture.edits and field != THETA
            )
        case commands.MakeEdits(changes):
            return ALL in gesture.edits or {field for field, _ in changes} <= set(gesture.edits)
    return True


def _edits(field: str, indices: Iterable[int], recipe: Recipe | None) -> set[str]:
    """Return what an edit changes, as gestures have it."""
    if field != THETA:
        return {field}
    if recipe is None:
        return {WEIGHTS, BIASES}
    within = [index for index in indices if 0 <= index < recipe.parameters]
    return {BIASES if locate(recipe, index).source is None else WEIGHTS for index in within}


class Actions:
    """Greys the actions of the window's table that are not for now, and gives them back."""

    def __init__(
        self, actions: Mapping[str, QAction], toggles: Sequence[QAction], why: str
    ) -> None:
        """Begin with all alive; `why` is what the tooltips of grey ones say.

        Those that show and hide panels are alive where panels may be opened and closed.
        """
        self._toggles = {f"panel {at}": toggle for at, toggle in enumerate(toggles)}
        self._actions, self._why = {**actions, **self._toggles}, why
        self._before: dict[str, str] = {}

    def leave_alive(self, allow: Collection[str]) -> None:
        """Let those of these gestures live, with what only concerns the looks of things."""
        freed = {id for name in allow for id in GESTURES[name].actions}
        freed |= self._toggles.keys() if PANELS in allow else set()
        bound = {id for gesture in GESTURES.values() for id in gesture.actions}
        bound |= {*NEVER, *self._toggles}
        for id in bound & self._actions.keys():
            if id in freed:
                self._give_back(id)
            else:
                self._grey(id)

    def _grey(self, id: str) -> None:
        action = self._actions[id]
        if action.property("refusal") != self._why or action.isEnabled():
            said = str(action.property("refusal") or "")
            self._before[id] = "" if said == self._why else said
            refuse(action, self._why)

    def _give_back(self, id: str) -> None:
        if id in self._before:
            refuse(self._actions[id], self._before.pop(id))

    def give_back(self) -> None:
        """Let all be alive as they were."""
        for id in list(self._before):
            self._give_back(id)

    def are_grey(self, keys: QKeySequence, without: Collection[str] = ()) -> bool:
        """Tell whether keys are those of an action that is not for now, but for some."""
        grey = self._before.keys() - set(without)
        return any(keys in self._actions[id].shortcuts() for id in grey)
