"""Edits: changes made to a run by hand, each with the step at which it was made.

A recipe plus a list of changes decides every number of a run. What can change
on the way is listed here; layers, activations, cost and optimiser cannot,
because the parameters and what the optimiser remembers would lose their meaning.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nnviz.data import dataset_changes
from nnviz.data.typed_table import is_typed, title_of_typed
from nnviz.dataclass import dataclass
from nnviz.engine import taught
from nnviz.engine.notation import parameter_name
from nnviz.engine.recipe import ALL, Recipe, RecipeError, settings
from nnviz.numbers import integer, write

Value = float | str | tuple[float, ...]

CHANGEABLE = tuple(name for name, setting in settings().items() if setting.changeable)
"""Recipe fields that may change in the middle of a run."""
VARIED = tuple(name for name, setting in settings().items() if setting.varies == "inputs")
"""Those of them that decide what a step sees instead of its examples as they are."""
NAMED = 3
"""Most parameters that are named one by one where they change together."""
LONGEST = 60
"""Most letters of a value in words."""
THETA = "theta"
"""What a change of single parameters is called."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit by hand.

    Attributes:
        step: minibatches done when it was made.
        name: a field of `CHANGEABLE`, or `THETA` for single parameters.
        value: the field's new value, or one value for each parameter.
        old: what it was before.
        indices: which entries of theta, where those change; else empty.
    """

    step: int
    name: str
    value: Value
    old: Value
    indices: tuple[int, ...] = ()

    def words(self, recipe: Recipe, inputs: Sequence[str] = ()) -> str:
        """Say what changed, for example "η 3 → 1" or "w²₈,₅: 0.2 → 0".

        Weights on inputs are named with these where they have names: "w¹₁,₂ age: 0.2 → 0".
        """
        if self.name in ("trained", "taught"):
            return self.name_of_branch(recipe, inputs)
        if self.name == "dataset" and (
            said := dataset_changes.words(str(self.old), str(self.value))
        ):
            return said
        if self.name != THETA:
            old, new = (worded(self.name, value) for value in (self.old, self.value))
            return f"{symbol(self.name)} {old} → {new}"
        assert isinstance(self.value, tuple)
        assert isinstance(self.old, tuple)
        if len(self.indices) == 1:
            name = parameter_name(recipe, self.indices[0], inputs)
            return f"{name}: {short(self.old[0])} → {short(self.value[0])}"
        what = f"{integer(len(self.indices))} parameters"
        return f"{what} → 0" if not any(self.value) else f"{what} changed"

    def told(self, recipe: Recipe, inputs: Sequence[str] = ()) -> str:
        """Say what happened to single parameters, each with its old and its new value."""
        if self.name != THETA or len(self.indices) > NAMED:
            return self.words(recipe, inputs)
        assert isinstance(self.value, tuple)
        assert isinstance(self.old, tuple)
        moves = zip(self.indices, self.old, self.value, strict=True)
        return ", ".join(
            f"{parameter_name(recipe, index, inputs)}: {short(old)} → {short(new)}"
            for index, old, new in moves
        )

    def name_of_branch(self, recipe: Recipe, inputs: Sequence[str] = ()) -> str:
        """Return what to call the run that this change began, for example "η = 1"."""
        if self.name == "trained":
            only = () if self.value == ALL else str(self.value).split(",")
            if len(only) > 2:
                return f"only {integer(len(only))} train"
            names = " and ".join(parameter_name(recipe, int(index), inputs) for index in only)
            return f"only {names}" if only else "all train"
        if self.name == "taught":
            return taught.words(str(self.old), str(self.value))
        if self.name == "dataset" and (
            is_typed(str(self.value)) or dataset_changes.words(str(self.old), str(self.value))
        ):
            return self.words(recipe)
        if self.name != THETA:
            return f"{symbol(self.name)} = {worded(self.name, self.value)}"
        assert isinstance(self.value, tuple)
        if len(self.indices) == 1:
            return f"{parameter_name(recipe, self.indices[0])} = {short(self.value[0])}"
        return self.words(recipe)


def together(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits with those of one number at one step as one, or none where it is as before.

    Nothing was trained between them, so what they come to is all that they did to the run.
    """
    found: list[Edit] = []
    for edit in edits:
        before = next((one for one in reversed(found) if one.name == edit.name), None)
        alike = before is not None and (before.step, before.indices) == (edit.step, edit.indices)
        if before is None or not alike or isinstance(edit.value, str):
            found.append(edit)
            continue
        at = found.index(before)
        found[at : at + 1] = [] if before.old == edit.value else [replace(before, value=edit.value)]
    return tuple(found)


def check_changeable(name: str) -> None:
    """Refuse to change what stays as it is for a whole run, as a `RecipeError`."""
    if name not in CHANGEABLE:
        raise RecipeError(
            f"The {name.replace('_', ' ')} cannot change in the middle of a run: start a new one."
        )


def symbol(name: str) -> str:
    """Return the short name of a recipe field: "η", "L2 λ", "minibatch"."""
    return settings()[name].sign


def worded(name: str, value: Value) -> str:
    """Write a value of a recipe field in short, 0 and names of tables as they are on screen."""
    setting = settings()[name]
    zero, choice = setting.zero, str(value)
    if choice in setting.choices or choice in setting.table:
        return setting.called(choice)
    return zero if zero and value == 0 else short(value)


def short(value: Value) -> str:
    """Write a value as the one writer of numbers does, a folder by its own name, in short."""
    if isinstance(value, float):
        return write(value)
    if isinstance(value, str) and is_typed(value):
        return title_of_typed(value)
    if isinstance(value, str) and "/" in value.replace("\\", "/"):
        return value.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]  # a folder: its own name
    if isinstance(value, int):
        return f"{integer(value)}"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
