"""Commands of the program itself: first minute, help, preferences, leaving, quitting."""

from nnviz.window.commands.command import Command

PROGRAM = (
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
        "help",
        "Keys and help",
        ("F1", "?"),
        "Show what there is to do by task, with every key.",
        "dialogs.show_help",
    ),
    Command(
        "glossary",
        "Glossary",
        (),
        "Explain every sign and word, with what other books call it, and show where it stands.",
        "words.open_glossary",
    ),
    Command(
        "command_palette",
        "Command palette…",
        ("Ctrl+K",),
        "Find whatever can be done by a few letters: actions, panels, examples, data, fields.",
        "command_palette.open",
    ),
    Command(
        "menu_bar",
        "Menu bar",
        ("F10",),
        "Go to the menus; Alt does so too, and Alt with the letter underlined there.",
        "menus.open_first",
    ),
    Command(
        "leave",
        "Leave",
        ("Esc",),
        "Leave a field, call off what takes long, close Why?, an enlargement, a lesson …",
        "leave",
    ),
    Command(
        "preferences",
        "Preferences…",
        ("Ctrl+,",),
        "Text size, theme, digits, decimal comma, room for kept runs, language of lessons.",
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
