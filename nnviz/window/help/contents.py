"""Contents of the help sheet: tasks with their commands, gestures of each panel, symbols."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtGui import QKeySequence

from nnviz.dataclass import dataclass
from nnviz.engine.notation import symbols
from nnviz.views.view import ViewSpec
from nnviz.window.commands import MENUS, Command, in_menu
from nnviz.wording import Sign, said

TASKS: dict[str, str] = {
    "run": "Play and step",
    "view": "Look closer",
    "edit": "Change something",
    "data": "Choose data",
    "file": "Save and open",
    "present": "Show it to a class",
    "help": "Find your way",
}
"""The task that each menu's commands belong to, in the order of the sheet."""
REST = "More keys"
"""Of commands that stand in no menu."""
TASK_OF = {"granularity": "run", "restart": "edit", "leave": "help", "learn_hand": "edit"}
"""The menu of a command's task, where that is another than its own or it has none."""
SYMBOLS = "Symbols"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is called, its keys or signs, and what it does or means."""

    name: str
    keys: str
    tip: str


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading."""

    title: str
    rows: tuple[Row, ...]


def contents(commands: Mapping[str, Command], specs: Sequence[ViewSpec]) -> list[Section]:
    """Return all sections: tasks first, then the panels, then the symbols."""
    sections = [Section(title, tuple(rows)) for title, rows in _by_task(commands).items() if rows]
    for spec in specs:
        if spec.gestures:
            rows = tuple(Row(gesture, "", does) for gesture, does in spec.gestures)
            sections.append(Section(f"In the panel “{spec.title}”", rows))
    signs = tuple(Row("", Sign(example), meaning) for _, example, meaning in symbols())
    return [*sections, Section(SYMBOLS, signs)]


def _by_task(commands: Mapping[str, Command]) -> dict[str, list[Row]]:
    menu_of = {id: menu for menu in MENUS for id in in_menu(menu)} | TASK_OF
    found: dict[str, list[Row]] = {title: [] for title in (*TASKS.values(), REST)}
    for id in _in_order(commands):
        found[TASKS.get(menu_of.get(id, ""), REST)].append(_row(commands[id]))
    return found


def _in_order(commands: Mapping[str, Command]) -> Iterator[str]:
    """Yield commands as their menus have them, then those that stand in none."""
    placed = [id for menu in TASKS if menu in MENUS for id in in_menu(menu) if id in commands]
    yield from placed
    yield from (id for id in commands if id not in placed)


def _row(command: Command) -> Row:
    keys = [QKeySequence(keys) for keys in command.shortcuts[:1]]
    written = QKeySequence.listToString(keys, QKeySequence.SequenceFormat.NativeText)
    return Row(command.name or command.text, written, command.tip)


def found(section: Section, typed: str) -> list[bool]:
    """Tell which rows of a section hold every word that is typed, its heading's words as well."""
    words = typed.casefold().split()
    texts = [f"{section.title} {row.name} {row.keys} {row.tip}" for row in section.rows]
    both = [f"{text} {said(text)}".casefold() for text in texts]  # whatever words are shown
    return [all(word in text for word in words) for text in both]
