"""The beginning of a new lesson: by what of a lesson file the run on screen comes back as it is.

An example or a recipe that nobody has trained yet is named, with the few numbers that were changed
by hand; whatever has a past is a session file beside the lesson.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.naming import EXAMPLE, TABLES, is_example, parts_of, referred, source_of
from nnviz.data.reference import Reference
from nnviz.data.typed_table import is_typed
from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe, settings
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.run.start import start_recipe
from nnviz.errors import NnvizError
from nnviz.lessons.examples import EXAMPLES, load_example
from nnviz.lessons.loader_changes import NEVER
from nnviz.lessons.loader_parts import file_name
from nnviz.lessons.recording.moment import Moment, parameter_expression

MOST_EDITS = 40
"""Most weights and biases that are written out; a session file holds more."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a lesson starts with, and what its first scene sets.

    Attributes:
        example: the id of an example; empty where it starts with none.
        recipe: fields of a recipe, its data set among them; empty where it starts with none. With
            neither it starts with a session.
        fields: what was changed since by hand of the recipe.
        edits: weights and biases that were changed by hand, by what lessons call them.
        beside: files that are to lie beside the lesson, by their names there, and where they are.
    """

    example: str = ""
    recipe: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    edits: Mapping[str, float] = field(default_factory=dict)
    beside: Mapping[str, Path] = field(default_factory=dict)

    @property
    def session(self) -> bool:
        """Whether it is a session file."""
        return not (self.example or self.recipe)


def beginning_of(moment: Moment) -> Beginning:
    """Return what a lesson is to start with so that a moment comes back as it is."""
    snapshot = moment.snapshot
    past = snapshot.step or snapshot.reached or moment.phase_of_step or len(snapshot.branches) > 1
    try:
        found = None if past else next(_plain(snapshot), None)
    except NnvizError:  # the data, or the example, are not there any more
        found = None
    return found or Beginning()


def _plain(snapshot: Snapshot) -> Iterator[Beginning]:
    """Return what starts with nothing but a name and some numbers, where the run is so."""
    recipe = snapshot.recipe
    if is_example(recipe.dataset):
        example = load_example(recipe.dataset)
        first = replace(example.recipe, dataset=recipe.dataset)
        fields = _differing(first, recipe)
        if _live(fields) and (edits := _edits(snapshot, example.theta)) is not None:
            own = not recipe.dataset.startswith(EXAMPLE)
            id = example.id if not own else _own_id(Path(recipe.dataset))
            files = {f"examples/{id}.toml": Path(recipe.dataset)} if own else {}
            yield Beginning(id, fields=fields, edits=edits, beside=files)
        return
    named = _named_beside(recipe.dataset)
    if named is None:
        return
    dataset, beside = named
    usual = snapshot.usual or start_recipe(recipe.dataset)
    fields = _differing(replace(usual, dataset=recipe.dataset), recipe)
    edits = _edits(snapshot, Network(recipe).theta)
    if edits is not None and not fields.keys() & NEVER:
        yield Beginning(recipe={"dataset": dataset, **fields}, edits=edits, beside=beside)


def _differing(first: Recipe, now: Recipe) -> dict[str, Any]:
    """Return those fields of a recipe that are not as in another."""
    values = {name: getattr(now, name) for name in settings()}
    return {name: value for name, value in values.items() if value != getattr(first, name)}


def _live(fields: Mapping[str, Any]) -> bool:
    """Tell whether scenes may change all of these fields in the middle of a run."""
    return all(settings()[name].changeable and name not in NEVER for name in fields)


def _edits(snapshot: Snapshot, first: Array) -> dict[str, float] | None:
    """Return the parameters that are not as at first; None where they are too many."""
    theta, recipe = snapshot.theta, snapshot.recipe
    if first.shape != theta.shape:
        return None
    changed = np.flatnonzero(first.astype(theta.dtype) != theta)
    if len(changed) > MOST_EDITS or not np.isfinite(theta[changed]).all():
        return None
    return {parameter_expression(recipe, int(at)): float(theta[at]) for at in changed}


def needs_own_files(dataset: str) -> bool:
    """Tell whether a data set, or a part of it, is in files of somebody's own."""
    if is_typed(dataset) or dataset.startswith(EXAMPLE):
        return False
    return any(source_of(part) is None for part in parts_of(referred(dataset).name))


def _named_beside(dataset: str) -> tuple[str, Mapping[str, Path]] | None:
    """Return what a lesson calls a data set, and the table that is to lie beside it."""
    if not needs_own_files(dataset):
        return dataset, {}
    reference = referred(dataset)
    path = Path(reference.name)
    if path.suffix.casefold() not in TABLES or not file_name(path.name):
        return None
    return str(Reference(path.name, reference.options)), {path.name: path}


def _own_id(path: Path) -> str:
    """Return an id for an example's file that lessons can name."""
    id = "-".join("".join(c if c.isalnum() else " " for c in path.stem).split()) or "own"
    return f"own-{id}" if id in EXAMPLES else id  # that of nnviz would be meant
