"""Actions: what the table of commands becomes in Qt, and how menus are filled with it."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.messages.command import Command as Message
from nnviz.window.commands import COMMANDS, Command

NOT_NOW = "There is nothing to do it with now."
"""Why an action is grey that does not say so itself."""


def make_actions(window: QWidget, send: Callable[[Message], None]) -> dict[str, QAction]:
    """Make the action of every command; they belong to the window whose methods are called."""
    return {id: make_action(command, window, send) for id, command in COMMANDS.items()}


def make_action(
    command: Command,
    window: QWidget,
    send: Callable[[Message], None],
    owner: object | None = None,
) -> QAction:
    """Make the action of one command; it calls the methods of its owner, else of the window."""
    action = QAction(command.text, window)
    action.setObjectName(command.id)
    action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
    # A window's shortcuts work in the panels that float over it, but not under an open pop-up
    # or menu, whose keys would be lost to it.
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    set_tip(action, command.tip)
    does = command.does
    if isinstance(does, str):
        method, owner = attrgetter(does), owner or window
        action.triggered.connect(lambda _checked=False: method(owner)())
    else:
        action.triggered.connect(lambda _checked=False: send(does))
    window.addAction(action)
    return action


def set_tip(action: QAction, tip: str) -> None:
    """Give an action a tooltip that names its key as well; why it is refused stays in its place."""
    action.setProperty("usual_tip", tip)
    _show_tip(action)


def refuse(action: QAction, why: str) -> None:
    """Let an action not be done, and its tooltip say why; done again where nothing is said."""
    action.setProperty("refusal", why)
    action.setEnabled(not why)
    _show_tip(action)


def _show_tip(action: QAction) -> None:
    tip, keys = why_not(action) or tip_of(action), keys_of(action)
    action.setToolTip(f"{tip}  [{keys}]" if keys else tip)


def tip_of(action: QAction) -> str:
    """Return the sentence about what an action does, without its key; "" where it has none."""
    return str(action.property("usual_tip") or "")


def keys_of(action: QAction) -> str:
    """Return the key that does an action, as the desktop writes it; "" where there is none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def why_not(action: QAction) -> str:
    """Return why an action cannot be done now; "" where it can."""
    return "" if action.isEnabled() else str(action.property("refusal") or NOT_NOW)


def add_entry(
    menu: QMenu, text: str, do: Callable[[], object], tip: str = "", ticked: bool | None = None
) -> None:
    """Add to a menu what is no command, called by a text as it is; None for what has no tick."""
    action = menu.addAction(text.replace("&", "&&"))
    set_tip(action, tip)
    action.setCheckable(ticked is not None)
    action.setChecked(bool(ticked))
    action.triggered.connect(lambda _checked=False: do())


def add_to(menu: QMenu, ids: Sequence[str], actions: Mapping[str, QAction]) -> None:
    """Add commands to a menu; an empty id is a separator."""
    for id in ids:
        if id:
            menu.addAction(actions[id])
        else:
            menu.addSeparator()
