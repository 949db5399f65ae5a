"""Commands: every action of the window is one record in one table.

Buttons, menus, shortcuts and the help sheet are all made from it. A command
either sends a message to the worker or calls a method of the main window or of
one of its parts.
"""

from nnviz.dataclass import dataclass
from nnviz.messages import commands
from nnviz.messages.commands import Command as Message
from nnviz.messages.window_commands import LearnHand, OpenPanel

HAND_TIP = "Draw three of each digit; the network trains on with them, and shows what that brought."


@dataclass(frozen=True, slots=True)
class Command:
    """One action.

    Attributes:
        id: its key in menus and toolbars.
        text: what buttons and menus say.
        shortcuts: key sequences in Qt's portable notation.
        tip: one sentence for tooltips and the help sheet.
        does: the message it sends, or the method it calls, such as "files.save" for the main
            window's own `files.save()`.
        icon: a file of resources/icons without its ending, or empty.
        name: what the help sheet calls it, where that is not its text.
        menu: a key of `MENUS` at whose end it stands, where it is not placed in it there.
    """

    id: str
    text: str
    shortcuts: tuple[str, ...]
    tip: str
    does: Message | str
    icon: str = ""
    name: str = ""
    menu: str = ""


COMMANDS: dict[str, Command] = {
    command.id: command
    for command in (
        Command(
            "play",
            "play",
            ("Space", "Media Play"),
            "Train on and on, by phases where these are chosen; press again to pause.",
            "requests.toggle_playing",
            "play",
            "Play or pause",
        ),
        Command(
            "step",
            "step",
            ("Right", ".", "PgDown"),
            "Go on by a phase, a minibatch or an epoch, as chosen.",
            "stepping.forward",
            "step",
            "Step",
        ),
        Command(
            "back",
            "step",
            ("Left", ",", "PgUp"),
            "Go back by a phase, a minibatch or an epoch, exactly.",
            "stepping.back",
            "back",
            "Step back",
        ),
        Command(
            "granularity_phase",
            "phase",
            ("1",),
            "Step by phases: pick, forward, cost, backward, average, update.",
            "stepping.by_phase",
            name="Step by phases",
        ),
        Command(
            "granularity_minibatch",
            "minibatch",
            ("2",),
            "Step by minibatches.",
            "stepping.by_minibatch",
            name="Step by minibatches",
        ),
        Command(
            "granularity_epoch",
            "epoch",
            ("3",),
            "Step by epochs.",
            "stepping.by_epoch",
            name="Step by epochs",
        ),
        Command(
            "granularity",
            "Next kind of step",
            ("G",),
            "Go round the kinds of steps: phase, minibatch, epoch.",
            "stepping.by_next",
        ),
        Command(
            "look_through",
            "This example, layer by layer",
            ("L",),
            "Send the picture on screen through by phases, forwards and back; nothing is trained.",
            "requests.look_through",
        ),
        Command(
            "epoch",
            "epoch",
            ("Shift+Right",),
            "Train to the end of this epoch.",
            commands.StepEpoch(),
            "epoch",
            "Epoch on",
        ),
        Command(
            "epoch_back",
            "Epoch back",
            ("Shift+Left",),
            "Go back to the beginning of the epoch.",
            commands.StepBack(epoch=True),
        ),
        Command(
            "first",
            "first",
            ("Home",),
            "Go back to step 0; what was trained can be gone to again.",
            commands.GoTo(0),
            "reset",
            "First step",
        ),
        Command(
            "last", "Last step", ("End",), "Go to the furthest step so far.", commands.GoTo(None)
        ),
        Command(
            "go_to", "Go to step…", ("Ctrl+G",), "Type the step or epoch to go to.", "type_step"
        ),
        Command(
            "cancel",
            "Cancel",
            (),
            "Call off what takes long: a way to another step, a replay, a report, a fine surface.",
            "long_work.call_off",
        ),
        Command(
            "leave",
            "Leave",
            ("Esc",),
            "Leave a field, call off what takes long, close Why?, an enlargement or full screen.",
            "leave",
        ),
        Command(
            "menu_bar",
            "Menu bar",
            ("F10",),
            "Go to the menus; Alt does so too, and Alt with the letter underlined there.",
            "menus.open_first",
        ),
        Command(
            "restart",
            "Start again",
            ("Ctrl+R",),
            "Start a new run of this recipe; Ctrl+Z brings this one back.",
            "form.start",
        ),
        Command(
            "faster", "Faster", ("+", "="), "Allow more minibatches a second.", "toolbar.go_faster"
        ),
        Command(
            "slower", "Slower", ("-", "−"), "Allow fewer minibatches a second.", "toolbar.go_slower"
        ),
        Command(
            "halve_rate",
            "Halve the learning rate",
            ("H",),
            "Go on from here with half of η: too high, and the cost does not fall.",
            "requests.halve_rate",
        ),
        Command(
            "double_rate",
            "Double the learning rate",
            ("D",),
            "Go on from here with twice η: too low, and the cost crawls.",
            "requests.double_rate",
        ),
        Command(
            "undo",
            "Undo",
            ("Ctrl+Z",),
            "Take the last change back, or a new start.",
            commands.Undo(),
        ),
        Command(
            "redo",
            "Redo",
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            "Make the change again that was taken back.",
            commands.Redo(),
        ),
        Command(
            "open",
            "Open…",
            ("Ctrl+O",),
            "Go on with a saved session, or start from a saved network or an example.",
            "files.open",
        ),
        Command(
            "save",
            "Save session",
            ("Ctrl+S",),
            "Write the whole run to its file: every step, change and branch.",
            "files.save",
        ),
        Command(
            "save_as",
            "Save session as…",
            ("Ctrl+Shift+S",),
            "Write the whole run to another file.",
            "files.save_as",
        ),
        Command(
            "continue_last",
            "Continue the last run",
            (),
            "Go on where nnviz was closed last time.",
            "files.last_run_wanted.emit",
        ),
        Command(
            "verify",
            "Replay and verify",
            (),
            "Replay the run from step 0 and tell whether every number comes out the same.",
            commands.Verify(),
        ),
        Command(
            "save_model",
            "Save this network…",
            ("Ctrl+E",),
            "Write recipe, weights and biases to a file.",
            "files.save_network",
        ),
        Command(
            "save_example",
            "Save as example…",
            (),
            "Write net, data and what is on screen to a file that people can read and change.",
            "examples.save",
        ),
        Command(
            "open_folder",
            "Open a data folder…",
            ("Ctrl+D",),
            "Train on a folder of IDX files, as MNIST has, or of pictures in one folder a class.",
            "requests.open_folder",
        ),
        Command(
            "open_table",
            "Open a table…",
            (),
            "Train on a CSV or TSV file: a header, columns of numbers and one of labels.",
            "files.open_table",
        ),
        Command(
            "new_table",
            "New table…",
            (),
            "Type or paste a few examples: exact numbers, one row is enough.",
            "requests.begin_table",
        ),
        Command(
            "browse",
            "Browse…",
            ("Ctrl+B",),
            "Look through the examples: how many of each class, and every single one.",
            OpenPanel("data"),
        ),
        Command(
            "learn_hand",
            "This is my handwriting…",
            (),
            HAND_TIP,
            LearnHand(),
            menu="data",
        ),
        Command(
            "theme",
            "Next theme",
            ("Ctrl+T",),
            "Go round the themes: dark, light, and light for pale projectors.",
            "appearance.next_theme",
        ),
        Command(
            "larger",
            "Larger letters",
            ("Ctrl++", "Ctrl+="),
            "Show letters, lines and gaps larger, up to 250 %.",
            "appearance.larger",
        ),
        Command(
            "smaller",
            "Smaller letters",
            ("Ctrl+-", "Ctrl+−"),
            "Show letters, lines and gaps smaller, down to 100 %.",
            "appearance.smaller",
        ),
        Command(
            "usual_size",
            "Usual size",
            ("Ctrl+0",),
            "Show letters, lines and gaps at 100 %.",
            "appearance.usual_size",
        ),
        Command(
            "motion",
            "Less motion",
            (),
            "Let nothing move by itself, neither signals along the edges nor panels; or let it.",
            "appearance.switch_motion",
            menu="view",
        ),
        Command(
            "more_digits",
            "More digits",
            ("Ctrl+Alt+Right",),
            "Write numbers with one more digit, 9 at most, wherever there is room.",
            "appearance.more_digits",
        ),
        Command(
            "fewer_digits",
            "Fewer digits",
            ("Ctrl+Alt+Left",),
            "Write numbers with one digit fewer, 3 at least.",
            "appearance.fewer_digits",
        ),
        Command(
            "projector",
            "Projector",
            ("F5", "Shift+F5"),
            "Show one page large, for the back row: number keys turn to a page, Escape leaves.",
            "projector.toggle",
        ),
        Command(
            "remote",
            "Remote turns pages",
            ("R",),
            "On the stage PageDown and PageUp, a remote's two keys, turn pages; else they step.",
            "presenting.remote_changed",
        ),
        Command(
            "blank_black",
            "Black",
            ("B",),
            "Show black in place of the stage, and the run goes on; any key brings it back.",
            "presenting.tools.blank_black",
            name="Blank the stage",
        ),
        Command(
            "blank_white",
            "White",
            ("W",),
            "Show white in place of the stage, and the run goes on; any key brings it back.",
            "presenting.tools.blank_white",
            name="Blank the stage white",
        ),
        Command(
            "spotlight",
            "Spotlight",
            ("S",),
            "Dim the stage but for a disc round the pointer; the wheel makes it larger.",
            "presenting.tools.toggle_spotlight",
        ),
        Command(
            "pen",
            "Pen",
            ("P",),
            "Draw on the stage with the mouse; it stays until the next step.",
            "presenting.tools.toggle_pen",
        ),
        Command(
            "pen_colour",
            "Next colour of the pen",
            ("C",),
            "Take the pen, or another colour of it.",
            "presenting.tools.pen.next_colour",
        ),
        Command(
            "undo_stroke",
            "Take the last stroke back",
            ("Backspace",),
            "Take back what was drawn last on the stage.",
            "presenting.tools.pen.undo",
        ),
        Command(
            "erase_strokes",
            "Erase the strokes",
            ("E",),
            "Take back all that was drawn on the stage.",
            "presenting.tools.pen.erase",
        ),
        Command(
            "magnify",
            "Magnify",
            ("M",),
            "Draw the stage larger where the pointer is, as Ctrl and the wheel do, or all of it.",
            "presenting.tools.toggle_magnified",
        ),
        Command(
            "save_stage",
            "Save picture of the stage…",
            ("Ctrl+P",),
            "Write what the stage shows, with what is drawn on it, to a PNG file.",
            "presenting.save",
        ),
        Command(
            "words",
            "Words of other books…",
            (),
            "Choose the signs and words of another book: L for the loss, α, t, net …",
            "words.open_dialog",
        ),
        Command(
            "glossary",
            "Glossary",
            (),
            "Explain every sign and word, with what other books call it, and show where it stands.",
            "words.open_glossary",
        ),
        Command(
            "save_page",
            "Save as page…",
            (),
            "Keep what is on screen as a page of the projector, under a name of your own.",
            "projector.save_page",
        ),
        Command(
            "full_screen",
            "Full screen",
            ("F11",),
            "Fill the screen, or stop.",
            "toggle_full_screen",
        ),
        Command(
            "enlarge",
            "Enlarge the panel",
            ("Ctrl+Return", "Ctrl+Enter"),
            "Let the panel in use fill the window, the network where none is; again: back.",
            "toggle_enlarged",
        ),
        Command(
            "restore_layout",
            "Restore all panels",
            (),
            "Put every panel back where it stood at first.",
            "restore_layout",
        ),
        Command(
            "finding",
            "What is wrong?",
            ("Ctrl+I",),
            "Explain what the status line remarks on, and offer what helps.",
            "status.remark.open",
        ),
        Command(
            "start_page",
            "Start page",
            (),
            "Show what one can begin with, beside a network that learns.",
            "first_minute.open",
        ),
        Command(
            "guide",
            "Show me around",
            (),
            "Point at one thing after the other: two minutes, and no obligation.",
            "first_minute.show_around",
        ),
        Command(
            "command_palette",
            "Command palette…",
            ("Ctrl+K",),
            "Find whatever can be done by a few letters: actions, panels, examples, data, fields.",
            "command_palette.open",
        ),
        Command(
            "help",
            "Keys and help",
            ("F1", "?"),
            "Show what there is to do by task, with every key.",
            "dialogs.show_help",
        ),
        Command(
            "preferences",
            "Preferences…",
            ("Ctrl+,",),
            "Text size, theme, digits, decimal comma, room for kept runs.",
            "dialogs.show_preferences",
        ),
        Command(
            "about",
            "About nnviz",
            (),
            "Versions and licences of nnviz and of what it is made of.",
            "dialogs.show_about",
        ),
        Command("quit", "Quit", ("Ctrl+Q",), "Close nnviz.", "close"),
    )
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
