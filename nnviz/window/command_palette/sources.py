"""Sources of the command palette: actions, panels, recipe fields, and what menus list."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.engine.recipe import Recipe, Setting, settings
from nnviz.engine.recipe_settings import used_by
from nnviz.numbers import editable
from nnviz.window.actions import keys_of, tip_of, why_not
from nnviz.window.command_palette.entry import Entry
from nnviz.window.command_palette.names import symbols_of
from nnviz.window.commands import COMMANDS
from nnviz.window.docks import FORM, Docks
from nnviz.window.late_views import LateViews
from nnviz.window.panel import Panel
from nnviz.window.recipe import RecipeForm

OPENS = "command_palette"
"""The command that opens the palette, which is of no use in it."""


def of_commands(actions: Mapping[str, QAction]) -> Iterator[Entry]:
    """Return an entry for every command of the table."""
    for id, command in COMMANDS.items():
        if id != OPENS and id in actions:
            title = command.name or actions[id].text().replace("&&", "&")
            yield _of_action(actions[id], f"action:{id}", title, "Action", command.id)


def _of_action(action: QAction, id: str, title: str, kind: str, words: str = "") -> Entry:
    return Entry(
        id,
        title,
        kind,
        action.trigger,
        tip_of(action),
        keys_of(action),
        words.replace("_", " "),
        why_not(action),
    )


def of_panels(docks: Docks, middle: Iterable[Panel], views: LateViews) -> Iterator[Entry]:
    """Return entries that show each panel and give it the keys, and that close those open."""
    for panel in middle:
        go = partial(_take_keys, views, panel.id)
        yield Entry(
            f"panel:{panel.id}", panel.titles[0], "Panel", go, "Give it the keys.", "", "go"
        )
    for id, dock in docks.items():
        if id != FORM:

            def show(id: str = id) -> None:
                docks.open(id)
                _take_keys(views, id)

            tip = "Show it, in front of the others at its place, and give it the keys."
            words = f"show open {id}"
            why = why_not(dock.toggleViewAction()) if dock.isHidden() else ""
            yield Entry(f"panel:{id}", dock.titles[0], "Panel", show, tip, "", words, why)
    for id, dock in docks.items():
        if not dock.isHidden():
            title, tip = f"Close {dock.titles[0]}", "Give its room to others."
            why = why_not(dock.toggleViewAction())
            yield Entry(f"close:{id}", title, "Panel", dock.close, tip, refusal=why)


def _take_keys(views: LateViews, id: str) -> None:
    """Let the keys go to a view, or to the first thing in it that takes any."""
    view = views[id]
    takes = (one for one in (view, *view.findChildren(QWidget)) if _takes_keys(one))
    target = next(takes, view)
    target.window().activateWindow()
    target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()


def of_menu(menu: QMenu, kind: str, above: str = "") -> Iterator[Entry]:
    """Return what a menu lists besides commands, and its menus in it, filled as when it opens."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        title = f"{above}{action.property('title') or action.text().replace('&&', '&')}"
        inside = action.menu()
        if isinstance(inside, QMenu):
            yield from of_menu(inside, kind, _within(inside, above))
        elif action.objectName() not in COMMANDS and title and _listed(action):
            yield _of_action(action, f"{kind}:{title}", title, kind)


def _listed(action: QAction) -> bool:
    """Tell whether an entry of a menu does something; others are remarks there."""
    return action.isEnabled() and action.isVisible() and not action.isSeparator()


def _within(menu: QMenu, above: str) -> str:
    """Return what stands before the entries of a menu in another; folded groups need no word."""
    return f"{above}{menu.title().replace('&', '')} ▸ " if menu.objectName() else above


def of_fields(form: RecipeForm, docks: Docks, recipe: Callable[[], Recipe]) -> Iterator[Entry]:
    """Return an entry for every row of the recipe form, which takes the keys there."""
    for name, used in form.fields().items():
        setting = settings()[name]

        def edit(name: str = name) -> None:
            docks.open(FORM)
            docks[FORM].window().activateWindow()
            form.edit_field(name)

        yield Entry(
            f"field:{name}",
            title_of(name),
            "Recipe",
            edit,
            f"{setting.help}  Now: {written(setting, getattr(recipe(), name))}.",
            words=f"{name.replace('_', ' ')} {symbols_of(setting.sign)}",
            refusal="" if used else _only_with(name),
        )


def name_of(name: str) -> str:
    """Return what a field is called by itself, as in the form where that is clear alone."""
    more = {"activation": "activation of hidden layers", "output_activation": "output activation"}
    return more.get(name, settings()[name].label)


def title_of(name: str) -> str:
    """Return the name of a field with a capital: Learning rate η, but β₁."""
    called = name_of(name)
    return called if len(called) < 3 else called[0].upper() + called[1:]


def written(setting: Setting, value: object) -> str:
    """Write a value of a field as people read it."""
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    if isinstance(value, float):
        return editable(value)
    return setting.called(str(value))


def _only_with(name: str) -> str:
    """Say which choices read a field that the recipe does not use."""
    found = [
        entry.label
        for setting in settings().values()
        for entry in setting.table.values()
        if entry.name in used_by(name)
    ]
    return f"Choose {' or '.join(dict.fromkeys(found))} first: nothing else reads it."
