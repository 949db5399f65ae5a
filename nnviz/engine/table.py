"""Tables: activations, costs, optimisers, initialisers and schedules, each by its name.

All there is to know of one of them stands in its entry, so that adding one is adding an
entry: forms, command line, files, findings and explanations ask the table, never a name.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, TypeVar

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a table.

    Attributes:
        name: the name in recipes and on the command line.
        label: the name on screen.
        formula: what it does, as text.
        use: one sentence on when to use it.
        uses: the recipe fields that it reads; forms show such a field only where something
            that uses it is chosen.
    """

    name: str
    label: str
    formula: str
    use: str
    uses: tuple[str, ...] = field(default=(), kw_only=True)

    def given(self, recipe: Any) -> Mapping[str, Any]:
        """Return what it uses of a recipe, by field."""
        return {name: getattr(recipe, name) for name in self.uses}


E = TypeVar("E", bound=Entry)


def table(*entries: E) -> dict[str, E]:
    """Return entries by their names, in their order."""
    return {entry.name: entry for entry in entries}
