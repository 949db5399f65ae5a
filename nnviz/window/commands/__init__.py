"""Commands: every action of the window is one record in one table.

Buttons, menus, shortcuts and the help sheet are all made from it. A command
either sends a message to the worker or calls a method of the main window or of
one of its parts.
"""

from nnviz.window.commands.command import Command
from nnviz.window.commands.files import FILES
from nnviz.window.commands.looks import LOOKS
from nnviz.window.commands.presenting import PRESENTING
from nnviz.window.commands.program import PROGRAM
from nnviz.window.commands.training import TRAINING

__all__ = ["COMMANDS", "MENUS", "Command", "in_menu"]

COMMANDS: dict[str, Command] = {
    command.id: command for command in (*TRAINING, *FILES, *LOOKS, *PRESENTING, *PROGRAM)
}
"""Every command by id."""

MENUS: dict[str, tuple[str, ...]] = {
    "file": (
        "open",
        "save",
        "save_as",
        "continue_last",
        "",
        "save_model",
        "save_example",
        "new_lesson",
        "",
        "quit",
    ),
    "edit": ("undo", "redo", "", "preferences"),
    "run": (
        *("play", "step", "back", "epoch", "epoch_back", "first", "last", "go_to"),
        *("look_through", "", "granularity_phase", "granularity_minibatch", "granularity_epoch"),
        *(
            "",
            "halve_rate",
            "double_rate",
            "",
            "faster",
            "slower",
            "",
            "restart",
            "verify",
            "cancel",
        ),
    ),
    "data": ("new_table", "open_folder", "open_table", "browse"),
    "view": (
        *("finding", "", "enlarge", "restore_layout", "", "theme", "full_screen"),
        *("", "larger", "smaller", "usual_size", "", "more_digits", "fewer_digits", "words"),
    ),
    "present": (
        *("projector", "", "remote", "", "blank_black", "blank_white", "spotlight", "magnify", ""),
        *("pen", "pen_colour", "undo_stroke", "erase_strokes", "", "save_stage", "save_page"),
        "arrange_pages",
    ),
    "help": (
        "start_page",
        "guide",
        "",
        "help",
        "glossary",
        "command_palette",
        "menu_bar",
        "",
        "about",
    ),
}
"""Commands of each menu in their order; an empty id is a separator."""


def in_menu(menu: str) -> tuple[str, ...]:
    """Return the ids of a menu's commands: those placed in it, then those that name it."""
    more = (command.id for command in COMMANDS.values() if command.menu == menu)
    return (*MENUS[menu], *(id for id in more if id not in MENUS[menu]))
