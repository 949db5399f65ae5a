"""Help: what there is to do, by task, in every panel and by key, with a line to search it."""

from nnviz.window.help.sheet import HelpSheet

__all__ = ["HelpSheet"]
