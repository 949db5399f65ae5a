"""Commands of the projector and of presenting on it."""

from nnviz.window.commands.command import Command

PRESENTING = (
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
        "save_page",
        "Save as page…",
        (),
        "Keep what is on screen as a page of the projector, under a name of your own.",
        "projector.save_page",
    ),
    Command(
        "arrange_pages",
        "Pages of the projector…",
        (),
        "Choose the projector's pages and their order; rename and delete your own.",
        "projector.arrange_pages",
    ),
)
