"""Names in what views are handed: those that people gave are marked, so that no word replaces them.

Only where other words are chosen, and only names that these words would touch.
"""

from dataclasses import replace

from nnviz.data.description import Column, DataDescription
from nnviz.data.naming import referred
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import BranchLook, Snapshot
from nnviz.wording import given, keep, keep_files, others_chosen


class MarkedNames:
    """Marks the names of moments; what stays the same from moment to moment is marked once."""

    def __init__(self) -> None:
        """Begin with nothing marked."""
        self._known: tuple[DataDescription, DataDescription] | None = None

    def forget(self) -> None:
        """Mark anew what comes: other words were chosen."""
        self._known = None

    def of(self, snapshot: Snapshot) -> Snapshot:
        """Return a moment as it is shown."""
        if not others_chosen():
            return snapshot
        description = snapshot.description
        if self._known is None or self._known[0] != description:
            keep_files((referred(snapshot.recipe.dataset).name,))
            self._known = description, described(description)
        marked, branches = self._known[1], snapshot.branches
        names = tuple(map(given, snapshot.class_names))
        if len(branches) > 1:
            branches = tuple(_branch(look, snapshot.recipe) for look in branches)
        return replace(snapshot, description=marked, class_names=names, branches=branches)


def described(description: DataDescription) -> DataDescription:
    """Return what numbers mean, with its names marked."""
    columns = (*description.inputs, *description.targets)
    keep((*description.class_names, *(column.name for column in columns)))
    marked = replace(
        description,
        class_names=tuple(map(given, description.class_names)),
        inputs=tuple(map(_column, description.inputs)),
        targets=tuple(map(_column, description.targets)),
    )
    return description if marked == description else marked


def _column(column: Column) -> Column:
    """Mark a column's name apart from its unit and its word, which are looked for at its end."""
    unit, word = given(column.unit), given(column.word)
    if column.word:
        return replace(column, name=f"{given(column.header)}={word}", word=word, unit=unit)
    bare = column.bare_name
    ending = column.name.removeprefix(bare).replace(column.unit, unit) if column.unit else ""
    return replace(column, name=f"{given(bare)}{ending}", unit=unit)


def _branch(look: BranchLook, recipe: Recipe) -> BranchLook:
    """Mark the name of a branch, unless it is the one that it was given by its change."""
    own = None if look.change is None else look.change.name_of_branch(recipe)
    if own is None or look.name.startswith(own):
        return look
    keep((look.name,))
    return replace(look, name=given(look.name))
