"""Commands of how the window looks: panels, theme, sizes, digits, words."""

from nnviz.window.commands.command import Command

LOOKS = (
    Command(
        "finding",
        "What is wrong?",
        ("Ctrl+I",),
        "Explain what the status line remarks on, and offer what helps.",
        "status.remark.open",
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
        "theme",
        "Next theme",
        ("Ctrl+T",),
        "Go round the themes: dark, light, and light for pale projectors.",
        "appearance.next_theme",
    ),
    Command(
        "full_screen",
        "Full screen",
        ("F11",),
        "Fill the screen, or stop.",
        "toggle_full_screen",
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
        "words",
        "Words of other books…",
        (),
        "Choose the signs and words of another book: L for the loss, α, t, net …",
        "words.open_dialog",
    ),
)
