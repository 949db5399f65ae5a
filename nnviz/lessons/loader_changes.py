"""The reader of what a lesson starts with and of what its scenes change."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nnviz.data.naming import EXAMPLE_ENDING, TABLES, source_of
from nnviz.data.reference import Reference, read_reference
from nnviz.data.toml_tables import Table
from nnviz.data.typed_table import is_typed, read_typed
from nnviz.engine.notation import index_of_number
from nnviz.engine.recipe import RecipeError, settings
from nnviz.errors import NnvizError
from nnviz.lessons.examples import EXAMPLES
from nnviz.lessons.examples.look import read_screen
from nnviz.lessons.lesson import Changes, Look, Start, Try
from nnviz.lessons.loader_parts import (
    beside,
    expression_of,
    read_count,
    read_expression,
    read_number,
    read_truth,
)

MOST_STEPS = 1_000_000
"""Most minibatches that a lesson trains before it goes on."""
MOST_TRIES = 6
"""Most ways of training that a lesson tries first: more are not drawn."""
MOST_TRIED = 10_000
"""Most minibatches that each is trained."""
MOST_VIEWS, MOST_SHARE = 3, 20
"""Most views of a page, and the largest share of its width."""
MOST_INPUTS = 10_000
FARTHEST = 100
"""Most pixels that a picture is moved."""
_LOOK = (
    "selection", "example", "granularity", "speed", "open_panels", "front", "views", "page",
    "enlarged", "stage",
)  # fmt: skip
_START = ("example", "session", "recipe")
_SET = ("recipe", "edits", "example", "input", "shift", "train", "goto", "look_through", "look")
NEVER = ("taught", "parameter_names", "trained")
"""Fields of a recipe that are text for programs: lessons change what they hold by hands."""


def read_start(file: Table) -> Start:
    """Return what a lesson starts with.

    Raises:
        DataError: it does not say so; the sentence names file and line.
    """
    file.need("start")
    table = file.table("start")
    table.only(*_START, "tries", "train", "look")
    given = [key for key in _START if key in table]
    if len(given) != 1:
        table.refuse("[start] must say one of example, session and recipe.", *given[1:2])
    recipe = _recipe(table, "dataset")
    return Start(
        example=_example(table),
        session=beside(table, table.values["session"], "session") if "session" in table else None,
        recipe=recipe,
        tries=_tries(table),
        train=read_count(table, "train", 0, 0, MOST_STEPS),
        look=read_look(table),
    )


def _tries(start: Table) -> tuple[Try, ...]:
    found = start.tables("tries")
    if len(found) > MOST_TRIES:
        start.refuse(f"'tries' has {MOST_TRIES} at most: leave some out.", "tries")
    if found and "session" in start:
        start.refuse("a session has branches of its own: leave 'tries' out.", "tries")
    tries = []
    for table in found:
        table.only("recipe", "train")
        table.need("recipe", "train")
        recipe = _recipe(table)
        if lasting := [name for name in recipe if not settings()[name].changeable]:
            table.refuse(
                f"'{lasting[0]}' cannot change in the middle of a run: try another field.",
                *("recipe", lasting[0]),
            )
        tries.append(Try(recipe, read_count(table, "train", 1, 1, MOST_TRIED)))
    return tuple(tries)


def read_changes(scene: Table) -> Changes:
    """Return what a scene changes when it begins.

    Raises:
        DataError: it says something else; the sentence names file and line.
    """
    table = scene.table("set")
    table.only(*_SET)
    edits = table.table("edits")
    goto = read_count(table, "goto", 0, 0, MOST_STEPS) if "goto" in table else None
    values = table.array("input")
    if len(values) > MOST_INPUTS:
        table.refuse("an own input has fewer numbers: leave some out.", "input")
    return Changes(
        recipe=_recipe(table),
        edits=tuple(
            (
                expression_of(edits, name, "thing", name),
                expression_of(edits, value, "number", name),
            )
            for name, value in edits.values.items()
        ),
        example=_example(table),
        input=tuple(
            expression_of(table, value, "number", "input", place)
            for place, value in enumerate(values)
        ),
        shift=_shift(table),
        train=read_count(table, "train", 0, 0, MOST_STEPS),
        goto=goto,
        look_through=read_truth(table, "look_through"),
        look=read_look(table),
    )


def _shift(table: Table) -> tuple[int, int]:
    found = table.array("shift") or [0, 0]
    if len(found) != 2 or any(type(one) is not int or abs(one) > FARTHEST for one in found):
        table.refuse("'shift' must be two whole numbers, pixels right and down.", "shift")
    if any(found) and "input" in table:
        table.refuse("an own input is typed or shifted, not both.", "shift")
    return found[0], found[1]


def read_look(within: Table) -> Look:
    """Return what is to be looked at.

    Raises:
        DataError: it says something else; the sentence names file and line.
    """
    table = within.table("look")
    table.only(*_LOOK)
    number = read_count(table, "example", 1, 1, MOST_STEPS) if "example" in table else None
    screen = read_screen(table)
    if "enlarged" in table:
        screen = replace(screen, enlarged=table.text("enlarged"))
    return Look(
        selection=read_expression(table, "selection", "thing"),
        example=None if number is None else index_of_number(number),
        ui=screen,
        page=table.text("page"),
        stage=_stage(table),
    )


def _stage(look: Table) -> tuple[tuple[str, float], ...]:
    """Return the views of a page of the lesson's own, and their shares of its width."""
    tables = look.tables("stage")
    if len(tables) > MOST_VIEWS:
        look.refuse(f"a page has at most {MOST_VIEWS} views: leave some out.", "stage")
    if tables and "page" in look:
        look.refuse("say 'page' or 'stage', not both.", "stage")
    found: dict[str, float] = {}
    for table in tables:
        table.only("view", "share")
        table.need("view", "share")
        id, share = table.text("view"), read_number(table, "share", MOST_SHARE)
        if id in found or share <= 0:
            table.refuse("each view stands there once, with a share above 0.", "view")
        found[id] = share
    return tuple(found.items())


def _example(table: Table) -> str:
    """Return an example's id, or the path of its file beside the lesson; empty where none is."""
    if "example" not in table:
        return ""
    id = table.text("example")
    own = table.path.parent / "examples" / f"{id}{EXAMPLE_ENDING}"
    if id in EXAMPLES:
        return id
    if not id.replace("-", "").isalnum() or not own.is_file():
        table.refuse(
            f"there is no example '{id}': choose one that 'nnviz examples' lists, or put "
            f"examples/{id}{EXAMPLE_ENDING} beside the lesson.",
            "example",
        )
    return str(beside(table, f"examples/{id}{EXAMPLE_ENDING}", "example"))


def _recipe(table: Table, *needed: str) -> Mapping[str, Any]:
    """Return fields of a recipe with values that it can have."""
    part, known = table.table("recipe"), settings()
    if "recipe" in table:
        part.need(*needed)
    part.only(*(name for name in known if name not in NEVER))
    values: dict[str, Any] = {}
    for name, value in part.values.items():
        usual = known[name].default
        if isinstance(usual, float) and type(value) is int:
            value = float(value)
        if isinstance(value, list):
            value = tuple(value)
        wanted = (tuple, str) if name == "activation" else (type(usual),)
        if type(value) not in wanted:
            part.refuse(f"'{name}' must be written as {known[name].written(usual)!r} is.", name)
        try:
            known[name].check(name, value)
        except RecipeError as error:
            part.refuse(str(error), name)
        values[name] = _dataset(part, value) if name == "dataset" else value
    return values


def _dataset(part: Table, name: str) -> str:
    """Return the name of a data set: one that nnviz knows, or of a table beside the lesson."""
    try:
        if is_typed(name):
            return read_typed(name).name
        reference = read_reference(name)
    except NnvizError as error:
        part.refuse(str(error), "dataset")
    parts = reference.name.split("+")
    if all(source_of(one) is not None for one in parts):
        return name
    if len(parts) > 1 or not reference.name.casefold().endswith(TABLES):
        part.refuse(
            f"there is no data set '{name}': choose one that 'nnviz data list' lists, or name a "
            "table (.csv) beside the lesson.",
            "dataset",
        )
    return str(Reference(str(beside(part, reference.name, "dataset")), reference.options))
