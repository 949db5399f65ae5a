"""Entries of the main window: what its parts have to offer, listed when the palette is opened."""

from collections.abc import Iterator

from nnviz.window.command_palette import readers, sources
from nnviz.window.command_palette.entry import Entry
from nnviz.window.parts import Parts
from nnviz.window.projector import BEHIND, Projector


def entries(parts: Parts) -> Iterator[Entry]:
    """Return all there is to do; on the stage its own commands, and no panel of the desktop.

    What would be done behind the stage is left out.
    """
    projector, actions = parts.projector, dict(parts.actions)
    stage = projector.stage if projector.has_keys else None
    if stage is not None:
        actions |= {action.objectName(): action for action in stage.actions()}
        if projector.front() is stage:
            actions = {id: action for id, action in actions.items() if id not in BEHIND}
    yield from sources.of_commands(actions)
    yield from _pages(projector)
    if stage is None:
        yield from sources.of_panels(parts.docks, parts.middle.panels, parts.views)
        yield from sources.of_fields(parts.form, parts.docks, lambda: parts.requests.recipe)
    for menu, kind in parts.menus:
        yield from sources.of_menu(menu, kind)


def _pages(projector: Projector) -> Iterator[Entry]:
    from nnviz.window.projector.keys import key_of

    for number, page in enumerate(projector.pages):

        def show(number: int = number) -> None:
            projector.show_page(number)
            projector.open()

        key = key_of(number, projector.pages, projector.is_own)
        tip = f"Show this page to the class{f'; {key} turns to it there' if key else ''}."
        yield Entry(f"page:{page.id}", page.shown, "Page", show, tip, words="projector stage")


def said(parts: Parts, typed: str) -> Iterator[Entry]:
    """Return what is typed in full: a value of a field, a step."""
    yield from readers.of_values(parts.form, lambda: parts.requests.recipe, typed)
    yield from readers.of_steps(parts.shown, parts.gate, typed)
