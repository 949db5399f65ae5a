"""Readers of the command palette: what is typed sets a field, or goes to a step, by itself."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from nnviz.engine.recipe import Recipe, RecipeError, Setting, settings
from nnviz.engine.recipe_settings import read_setting
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import GoTo
from nnviz.messages.ports import Ports
from nnviz.numbers import count, integer
from nnviz.views.timeline import read_step
from nnviz.window.command_palette.entry import Entry
from nnviz.window.command_palette.matching import folded, words_of
from nnviz.window.command_palette.names import symbols_of
from nnviz.window.command_palette.sources import name_of, written
from nnviz.window.recipe import RecipeForm
from nnviz.wording import said as said_as

MOST = 4
"""Fields at most that are set by what is typed."""


def of_values(form: RecipeForm, recipe: Callable[[], Recipe], typed: str) -> Iterator[Entry]:
    """Return entries that give fields the value typed behind their name: "η 0.5", "cost cross"."""
    words = typed.replace("=", " ").split()
    found = 0
    for name, used in form.fields().items():
        if not used or found == MOST:
            continue
        for split in range(1, len(words)):
            setting = settings()[name]
            if _names(name, setting, " ".join(words[:split])):
                for value in _values(name, setting, " ".join(words[split:])):
                    found += 1
                    yield _sets(form, recipe(), name, setting, value)


def _names(name: str, setting: Setting, typed: str) -> bool:
    """Tell whether words are the name of a field: each begins one of its words, or it is short."""
    said = [*words_of(name_of(name)), *words_of(name.replace("_", " "))]
    shown = said_as(name_of(name)), said_as(setting.sign)  # what the form calls it
    said += words_of(shown[0])
    for sign in (setting.sign, shown[1]):
        said += [folded(word) for word in symbols_of(sign).split()]
    tokens = [folded(word) for word in typed.split()]
    return all(
        any(word == token or (len(token) > 2 and word.startswith(token)) for word in said)
        for token in tokens
    )


def _values(name: str, setting: Setting, typed: str) -> Iterator[Any]:
    """Return what typed words can mean as a value of a field; nothing where they mean none."""
    if choices := setting.choices:
        for choice in choices:
            entry = setting.table.get(choice)
            labels = (choice.replace("_", " "), entry.label if entry else "")
            if any(folded(label).startswith(folded(typed)) for label in labels):
                yield choice
        return
    try:
        value: Any = read_setting(name, typed)
        if isinstance(value, str):  # any words would be one
            other: Any = {name: value}
            Recipe(**other)
        yield value
    except RecipeError:
        return


def _sets(form: RecipeForm, now: Recipe, name: str, setting: Setting, value: Any) -> Entry:
    """Return the entry that sets a field; a value that it cannot have is refused."""
    refusal = ""
    try:
        replace(now, **{name: value})
    except RecipeError as error:
        refusal = str(error)
    if value == getattr(now, name):
        refusal = "It has this value."
    goes_on = form.goes_on_with(name)
    return Entry(
        f"field:{name}",
        f"Set {name_of(name)} to {written(setting, value)}",
        "Recipe",
        partial(form.set_field, name, value),
        "This run goes on with it from here." if goes_on else "A new run begins with it.",
        refusal=refusal,
    )


def of_steps(shown: Callable[[], Snapshot | None], ports: Ports, typed: str) -> Iterator[Entry]:
    """Return the entry that goes to a step or an epoch: "step 1200", "1200", "epoch 2"."""
    snapshot = shown()
    words = " ".join(typed.casefold().split()).removeprefix("go to ").removeprefix("goto ")
    if snapshot is None or not any(letter.isdigit() for letter in words):
        return
    step = read_step(words, snapshot.epoch_layout, snapshot.reached)
    if step is None:
        return
    beyond = step > snapshot.reached
    trained = count(snapshot.reached, "step")
    yield Entry(
        "action:go_to",
        "Go to a step that is not trained yet" if beyond else f"Go to step {integer(step)}",
        "Step",
        partial(ports.send, GoTo(step)),
        f"Trained so far: {trained}.",
        refusal=f"Trained so far: {trained}." if beyond else "",
    )
