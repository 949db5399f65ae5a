"""Settings of a recipe as forms and command lines ask for them: read, grouped, and used by whom."""

from typing import Any

from nnviz.engine.recipe import settings
from nnviz.engine.settings import MORE, Group


def read_setting(name: str, text: str) -> Any:
    """Read one field's value from what somebody typed; its range is checked by `Recipe`.

    Raises:
        RecipeError: the text is not a value of the field's kind.
    """
    return settings()[name].read(name, text)


def used_by(name: str) -> tuple[str, ...]:
    """Return those that alone read a field, by name: optimisers, schedules; empty where all do."""
    entries = [entry for setting in settings().values() for entry in setting.table.values()]
    return tuple(dict.fromkeys(entry.name for entry in entries if name in entry.uses))


def group_of(name: str) -> Group:
    """Return where a field stands in a form: what a choice alone reads, with the choice."""
    known = settings()
    if (own := known[name].group) is not None:
        return own
    for setting in known.values():
        if setting.group and any(name in entry.uses for entry in setting.table.values()):
            return setting.group
    return MORE
