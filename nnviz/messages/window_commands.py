"""Commands that the main window itself obeys, as frozen values."""

from nnviz.dataclass import dataclass
from nnviz.engine.selection import Selection
from nnviz.messages.command import Command
from nnviz.messages.ui_state import UiState


@dataclass(frozen=True, slots=True)
class Select(Command):
    """Let this be what is explained and marked in every view; None for nothing any more."""

    selection: Selection | None


@dataclass(frozen=True, slots=True)
class EditParameter(Command):
    """Let one entry of theta be edited beside the pointer."""

    index: int


@dataclass(frozen=True, slots=True)
class ShowUi(Command):
    """Show what a state of the screen says; what it leaves out, or does not fit, stays as it is."""

    state: UiState


@dataclass(frozen=True, slots=True)
class LearnHand(Command):
    """Let somebody draw three of each digit, for the network to learn their handwriting."""


@dataclass(frozen=True, slots=True)
class OpenPanel(Command):
    """Show a panel, known by its `ViewSpec.id`, in front of those it shares its place with."""

    id: str
