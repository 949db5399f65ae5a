"""Commands: every action of the window is one record in one table.

Buttons, menus, shortcuts and the help sheet are all made from it. A command
either sends a message to the worker or calls a method of the main window.
"""

from dataclasses import dataclass

from nnviz.runtime import messages
from nnviz.runtime.messages import Message


@dataclass(frozen=True, slots=True)
class Command:
    """One action.

    Attributes:
        id: its key in menus and toolbars.
        text: what buttons and menus say.
        shortcuts: key sequences in Qt's portable notation.
        tip: one sentence for tooltips and the help sheet.
        does: the message it sends, or the name of the main window's method it calls.
        icon: a file of resources/icons without its ending, or empty.
    """

    id: str
    text: str
    shortcuts: tuple[str, ...]
    tip: str
    does: Message | str
    icon: str = ""


COMMANDS: dict[str, Command] = {
    command.id: command
    for command in (
        Command(
            "reset",
            "reset",
            ("Ctrl+R",),
            "Go back to the start weights of this recipe.",
            messages.Reset(),
            "reset",
        ),
        Command(
            "back",
            "step",
            ("Left", ","),
            "Go back by one minibatch, exactly.",
            messages.StepBack(),
            "back",
        ),
        Command(
            "epoch_back",
            "Epoch back",
            ("Shift+Left", "PgUp"),
            "Go back to the beginning of the epoch.",
            messages.StepBack(epoch=True),
        ),
        Command("first", "First step", ("Home",), "Go back to step 0.", messages.GoTo(0)),
        Command(
            "last", "Last step", ("End",), "Go to the furthest step so far.", messages.GoTo(None)
        ),
        Command(
            "play",
            "play",
            ("Space", "Media Play"),
            "Train on and on; press again to pause.",
            "toggle_playing",
            "play",
        ),
        Command(
            "step",
            "step",
            ("Right", "."),
            "Train on one minibatch.",
            messages.StepMinibatch(),
            "step",
        ),
        Command(
            "epoch",
            "epoch",
            ("Shift+Right", "PgDown"),
            "Train to the end of this epoch.",
            messages.StepEpoch(),
            "epoch",
        ),
        Command("faster", "Faster", ("+", "="), "Allow more minibatches a second.", "go_faster"),
        Command("slower", "Slower", ("-",), "Allow fewer minibatches a second.", "go_slower"),
        Command(
            "open_folder",
            "Open a data folder…",
            ("Ctrl+O",),
            "Train on a folder with the four IDX files of MNIST or of a set like it.",
            "open_folder",
        ),
        Command(
            "open_model",
            "Open a model…",
            ("Ctrl+Shift+O",),
            "Start from the weights of a saved network.",
            "open_model",
        ),
        Command(
            "save_model",
            "Save this network…",
            ("Ctrl+S",),
            "Write recipe, weights and biases to a file.",
            "save_model",
        ),
        Command(
            "theme",
            "Light or dark",
            ("Ctrl+T",),
            "Change between the light and the dark look.",
            "toggle_theme",
        ),
        Command(
            "full_screen",
            "Full screen",
            ("F11",),
            "Fill the screen, or stop.",
            "toggle_full_screen",
        ),
        Command(
            "restore_layout",
            "Restore all panels",
            (),
            "Put every panel back where it stood at first.",
            "restore_layout",
        ),
        Command("help", "Keys and help", ("F1", "?"), "Show every key.", "show_help"),
        Command("quit", "Quit", ("Ctrl+Q",), "Close nnviz.", "close"),
    )
}
"""Every command by id."""

DATA_MENU = ("open_folder", "", "open_model", "save_model")
"""Commands at the end of the data menu; an empty id is a separator."""
VIEW_MENU = ("restore_layout", "", "theme", "full_screen")
"""Commands at the end of the view menu."""
HELP_MENU = ("help", "", "quit")
"""Commands of the help menu."""
