"""Commands that open and save files, and choose data."""

from nnviz.messages.window_commands import LearnHand, OpenPanel
from nnviz.window.commands.command import Command

FILES = (
    Command(
        "open",
        "Open…",
        ("Ctrl+O",),
        "Go on with a saved session, start from a saved network or an example, or open lessons.",
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
        "new_lesson",
        "New lesson from what is on screen…",
        (),
        "Write what is on screen as the first scene of a lesson, to go on with in any editor.",
        "course.record",
    ),
    Command(
        "open_folder",
        "Open a folder…",
        ("Ctrl+D",),
        "Train on a folder of IDX files or of pictures, one folder a class; or open its lessons.",
        "files.open_folder",
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
        "Draw three of each digit; the network trains on with them, and shows what that brought.",
        LearnHand(),
        menu="data",
    ),
)
