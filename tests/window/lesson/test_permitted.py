"""Every command and every action of the program is a gesture's, harmless, or closed on purpose."""

from nnviz.lessons.gestures import GESTURES
from nnviz.messages import commands as run
from nnviz.messages import data_commands as data
from nnviz.messages import window_commands as window
from nnviz.messages.command import Command, InPassing, RunCommand
from nnviz.window.commands import COMMANDS
from nnviz.window.lesson.permitted import HARMLESS, NEVER

CLOSED = {
    *(run.OpenSession, run.SaveSession, run.PutAside, run.GiveBack, run.Bookmark, run.ReturnTo),
    run.SaveBookmark,
    *(run.TakeBranch, run.NameBranch, run.DropBranch, run.EditAt, run.TrainSeeds, run.Verify),
    *(data.RemoveDrawings, data.PutDrawings, data.ExportDrawings, data.FetchData),
    *(window.ShowUi, run.LookThrough, run.LookAway),
}
"""What no lesson leaves alive, whatever it allows."""
ALIVE = {
    *("open", "quit", "leave", "help", "glossary", "about", "command_palette", "menu_bar"),
    *("preferences", "cancel", "theme", "full_screen", "larger", "smaller", "usual_size"),
    *("motion", "more_digits", "fewer_digits", "words", "projector", "remote", "blank_black"),
    *("blank_white", "spotlight", "magnify", "pen", "pen_colour", "undo_stroke", "erase_strokes"),
    *("save_stage", "arrange_pages"),
}
"""Actions that only concern looks, presenting, help and leaving: they are alive in every scene."""


def kinds(kind=Command):
    for derived in kind.__subclasses__():
        if derived.__module__.startswith("nnviz.messages."):
            yield derived
            yield from kinds(derived)


def test_every_command_is_decided_on():
    freed = {kind for gesture in GESTURES.values() for kind in gesture.commands}
    declared = {kind for kind in kinds() if not kind.__subclasses__() or kind in freed}
    abstract = {RunCommand, InPassing, data.DrawingsCommand}
    undecided = declared - freed - set(HARMLESS) - CLOSED - abstract
    assert undecided == set()
    assert CLOSED.isdisjoint(freed | set(HARMLESS))


def test_every_action_is_decided_on():
    freed = {id for gesture in GESTURES.values() for id in gesture.actions}
    undecided = COMMANDS.keys() - freed - set(NEVER) - ALIVE
    assert undecided == set()
    assert ALIVE.isdisjoint(freed | set(NEVER))
