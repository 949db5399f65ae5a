"""Ports without a thread behind them: what leaves the window is listed."""

from nnviz.messages.command import Command
from nnviz.runtime.bridge import Bridge
from nnviz.runtime.mailbox import Mailbox


class ListedPorts(Bridge):
    """The real ports; nobody takes or answers what the window itself does not.

    Attributes:
        sent: every command that nobody took.
        asked: every request.
        called_off: types of requests that were called off.
    """

    def __init__(self, sent=None):
        super().__init__(Mailbox())
        self.sent = [] if sent is None else sent
        self.asked, self.called_off = [], []
        self.take(Command, self.sent.append)

    def ask(self, request, asker):
        """List a request."""
        self.asked.append(request)

    def call_off(self, kind, asker):
        """List what is called off."""
        self.called_off.append(kind)
