"""What an example shows: the part [look] of its file, as the state of the screen, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from nnviz.data.toml_tables import Table
from nnviz.data.toml_text import toml_key, toml_value
from nnviz.engine.notation import index_of_number, number_of
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.messages.ui_state import GRANULARITIES, UiState

_KEYS = ("example", "selection", "granularity", "speed", "open_panels", "front", "views")
_NOTHING: Mapping[str, Any] = {}
"""Stands in views for None, which TOML does not have."""


def read_look(part: Table, recipe: Recipe, names: Mapping[int, str]) -> UiState:
    """Return what a file says is to be looked at; what it leaves out stays as it is.

    Raises:
        DataError: it says something else; the sentence names file and line.
    """
    part.only(*_KEYS)
    return replace(read_screen(part), selection=_selection(part, recipe, names))


def read_screen(part: Table) -> UiState:
    """Return what a file says of the screen, but for what is selected.

    Raises:
        DataError: it says something else; the sentence names file and line.
    """
    granularity, speed = part.text("granularity"), part.values.get("speed")
    if granularity and granularity not in GRANULARITIES:
        known = ", ".join(GRANULARITIES)
        part.refuse(f"there is no step '{granularity}': choose one of {known}.", "granularity")
    if speed is not None and type(speed) is not int:
        part.refuse("'speed' must be a whole number, the place of the slider.", "speed")
    kept = part.table("views").values
    for id, one in kept.items():
        if not isinstance(one, Mapping):
            part.refuse(f"what the view '{id}' shows must be a table.", "views", id)
    return UiState(
        granularity=granularity,
        speed=speed,
        open_panels=part.names("open_panels") if "open_panels" in part else None,
        front=part.names("front"),
        views={id: {key: _back(value) for key, value in one.items()} for id, one in kept.items()},
    )


def read_focus(part: Table, tests: int) -> int:
    """Return which test example is looked at, from 0.

    Raises:
        DataError: there is no such example; the sentence names file and line.
    """
    number = part.values.get("example", number_of(0))
    if type(number) is not int or not 0 <= index_of_number(number) < tests:
        part.refuse(f"'example' must be the number of a test example, 1 to {tests}.", "example")
    return index_of_number(number)


def _back(value: Any) -> Any:
    if value == _NOTHING and isinstance(value, Mapping):
        return None
    if isinstance(value, Mapping):
        return {key: _back(inner) for key, inner in value.items()}
    return [_back(inner) for inner in value] if isinstance(value, list) else value


def look_lines(name: str, ui: UiState, more: Mapping[str, Any]) -> Iterator[str]:
    """Write a part of a file that says what is to be looked at, but for what is selected.

    Args:
        name: of the part.
        ui: what is to be looked at; what it leaves out is not written.
        more: what else the part says, first: example, selection, page.
    """
    yield f"[{name}]"
    said: dict[str, Any] = dict(more)
    if ui.granularity:
        said["granularity"] = ui.granularity
    if ui.speed is not None:
        said["speed"] = ui.speed
    if ui.open_panels is not None:
        said["open_panels"] = list(ui.open_panels)
    if ui.front:
        said["front"] = list(ui.front)
    yield from (f"{key} = {toml_value(value)}" for key, value in said.items())
    for id, kept in ui.views.items():
        yield from ("", f"[{name}.views.{toml_key(id)}]")
        for key, value in kept.items():
            yield f"{toml_key(key)} = {toml_value(_forth(value))}"


def _forth(value: Any) -> Any:
    """Return a plain value with what stands for None in a file."""
    if value is None:
        return _NOTHING
    if isinstance(value, Mapping):
        return {str(key): _forth(inner) for key, inner in value.items()}
    return [_forth(inner) for inner in value] if isinstance(value, list | tuple) else value


def _selection(part: Table, recipe: Recipe, names: Mapping[int, str]) -> Selection | None:
    last = len(recipe.layers) - 1
    match part.values.get("selection"):
        case None:
            return None
        case "cost":
            return Selection("cost")
        case {"neuron": int(number), "layer": int(layer), **rest} if not rest:
            found = Selection("neuron", layer, index_of_number(number))
        case {"output": int(number), **rest} if not rest:
            found = Selection("output", last, index_of_number(number))
        case {"parameter": int() | str() as which, **rest} if not rest:
            found = _of_parameter(recipe, names, which)
        case _:
            found = Selection("parameter")  # fits no network
    if not found.fits(recipe):
        part.refuse(
            "'selection' must be \"cost\" or one of { neuron = 1, layer = 1 }, { output = 1 } and "
            '{ parameter = "w5" }, and this net must have it.',
            "selection",
        )
    return found


def _of_parameter(recipe: Recipe, names: Mapping[int, str], which: int | str) -> Selection:
    if isinstance(which, str):
        which = next((index for index, name in names.items() if name == which), -1)
    if not 0 <= which < recipe.parameters:
        return Selection("parameter")
    place = locate(recipe, which)
    return Selection.of_weight(recipe, place.layer, place.source, place.target)


def plain_selection(selection: Selection) -> Any:
    """Return a selection as a file says it."""
    match selection.kind:
        case "cost":
            return "cost"
        case "parameter":
            return {"parameter": selection.parameter}
        case "output":
            return {"output": number_of(selection.neuron)}
        case "neuron":
            return {"neuron": number_of(selection.neuron), "layer": selection.layer}
