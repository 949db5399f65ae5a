"""A command: something that is to be done, as a frozen value, and what it does to a run.

Commands are sent through `Ports`; each goes to whoever takes its type or a base of it.
"""

from typing import ClassVar


class Command:
    """Something that is to be done, by whoever takes its type."""

    __slots__ = ()


class RunCommand(Command):
    """What the training thread does, and what else it does to a run.

    Attributes:
        stops_play: True where a run that plays rests afterwards.
        leaves_tip: True where it may lead away from where training has come to: the figures
            of that place are made sure of first, to compare it with another line.
        ends_walk: True where it ends `LookThrough`.
        ends_epoch: True where it changes what training goes on from, or looks into its next step:
            what is owed at the end of an epoch is done first.
        adds_up: True where it means what the one before it leads to, and so calls off no way that
            is still being gone: two undos take two changes back.
    """

    __slots__ = ()
    adds_up: ClassVar[bool] = False
    stops_play: ClassVar[bool] = True
    leaves_tip: ClassVar[bool] = False
    ends_walk: ClassVar[bool] = True
    ends_epoch: ClassVar[bool] = False

    def __init_subclass__(cls, **different: bool) -> None:
        """Take what is different of a command from the line that declares it."""
        super().__init_subclass__()
        for name, holds in different.items():
            assert name in RunCommand.__annotations__, f"no command says {name}"
            setattr(cls, name, holds)


class InPassing(RunCommand, stops_play=False, ends_walk=False):
    """What neither stops a run that plays nor ends `LookThrough`."""

    __slots__ = ()
