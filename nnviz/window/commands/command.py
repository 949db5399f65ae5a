"""A command: one action of the window, as one record."""

from nnviz.dataclass import dataclass
from nnviz.messages.command import Command as Message


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
