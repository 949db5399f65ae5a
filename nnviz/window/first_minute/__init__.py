"""The first minute: a start page over a living network, a guide that points, and quiet hints."""

from nnviz.window.first_minute.first_minute import FirstMinute

__all__ = ["FirstMinute"]
